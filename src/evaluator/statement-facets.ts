import { type RuleChoices, ruleChoices } from '../conditions/deciding-rules.js';
import type { PrincipalEntry } from '../policy/policy.js';
import type { RuleId } from '../rules/registry.js';
import type { CompiledStatement } from './compile.js';
import type { Facet } from './recorder.js';

/** What is the same about a statement in every explanation: its facets, and the rules by which they hold or fail. */
export interface StatementFacets {
  readonly actionRules: readonly RuleId[];
  readonly principalRules: readonly RuleId[];
  readonly resourceRules: readonly RuleId[];
  readonly conditions: readonly ConditionFacet[];
}

export interface ConditionFacet {
  readonly facet: Facet;
  readonly rules: RuleChoices;
}

export const ACTION_FACET: Facet = Object.freeze({ of: 'action' });
export const PRINCIPAL_FACET: Facet = Object.freeze({ of: 'principal' });
export const RESOURCE_FACET: Facet = Object.freeze({ of: 'resource' });

/** Worked out once for each statement. */
export function facetsOf(statement: CompiledStatement): StatementFacets {
  statement.telling ??= {
    actionRules: statement.source.action.negated ? ACTION_NOT : ACTION,
    principalRules: principalRules(statement),
    resourceRules: statement.source.resource.negated ? RESOURCE_NOT : RESOURCE,
    conditions: statement.conditions.map(({ use, key, many }, index) => ({
      facet: Object.freeze({ of: 'condition', index, operator: use.text, key }),
      rules: ruleChoices(use, many),
    })),
  };
  return statement.telling;
}

const ACTION: readonly RuleId[] = Object.freeze(['ACTION-MATCHES'] as const);
const ACTION_NOT: readonly RuleId[] = Object.freeze(['ACTION-NOT', 'ACTION-MATCHES'] as const);
const RESOURCE: readonly RuleId[] = Object.freeze(['RESOURCE-MATCHES'] as const);
const RESOURCE_NOT: readonly RuleId[] = Object.freeze(['RESOURCE-NOT', 'RESOURCE-MATCHES'] as const);
const NOT_PRINCIPAL: readonly RuleId[] = Object.freeze(['NOT-PRINCIPAL-WHOLE-CHAIN'] as const);

function principalRules({ source }: CompiledStatement): readonly RuleId[] {
  if (source.principal?.negated === true) return NOT_PRINCIPAL;
  const kinds = new Set((source.principal?.entries ?? []).map(({ kind }) => kind));
  return Object.freeze([...kinds].flatMap((kind) => PRINCIPAL_RULES[kind] ?? []));
}

const PRINCIPAL_RULES: Readonly<Partial<Record<PrincipalEntry['kind'], RuleId>>> = {
  everyone: 'PRINCIPAL-EVERYONE',
  account: 'PRINCIPAL-ACCOUNT',
  service: 'PRINCIPAL-SERVICE',
  role: 'PRINCIPAL-ROLE',
  session: 'PRINCIPAL-SESSION',
  federatedUser: 'PRINCIPAL-FEDERATED-USER',
  uniqueId: 'PRINCIPAL-UNIQUE-ID',
};
