import { conditionKey, segmentOf } from '../catalogue/condition-keys.js';
import { type CompiledCondition, compileCondition } from '../conditions/condition.js';
import { and, FALSE, TRUE, type Truth } from '../conditions/truth.js';
import type { Condition, Policy, PolicyType, Statement } from '../policy/policy.js';
import { compileActions } from './action.js';
import { isExempt, reachOf } from './principal.js';
import { DIRECT_REACH, type Reach } from './reach.js';
import type { AuthorizationRequest, Caller } from './request.js';
import { compileResources, type ResourceTest } from './resource.js';
import type { StatementFacets } from './statement-facets.js';
import { emptyMemo, type StatementRef, type VerdictMemo } from './verdict.js';

/**
 * A statement whose patterns are parsed once, whatever the number of requests, and when they are first asked: a request
 * leaves most statements of a large policy after a look at their actions.
 */
export class CompiledStatement {
  readonly ref: StatementRef;
  readonly source: Statement;
  /** The principal element reaches every caller directly, or the policy type names no principal. */
  readonly reachesEveryone: boolean;
  readonly verdicts: VerdictMemo = emptyMemo();
  /** What explanations say of it in every request; made when the first one is asked for. */
  telling: StatementFacets | undefined = undefined;
  private actionTest: ((lowerCased: string) => boolean) | undefined = undefined;
  private resourceTest: ResourceTest | 'everything' | undefined = undefined;
  private conditionTests: readonly CompiledCondition[] | undefined = undefined;
  private readonly shared: SharedConditions;

  constructor(policy: Policy, source: Statement, shared: SharedConditions) {
    const { principal } = source;
    this.ref = Object.freeze({ policy, statement: source.index });
    this.source = source;
    this.shared = shared;
    this.reachesEveryone =
      principal === undefined ||
      (!principal.negated && principal.entries.some(({ kind }) => kind === 'everyone'));
  }

  matchesAction(lowerCased: string): boolean {
    this.actionTest ??= compileActions(this.source.action);
    return this.actionTest(lowerCased);
  }

  get resource(): ResourceTest | 'everything' {
    this.resourceTest ??= compileResources(this.source.resource, hasVariables(this.ref.policy));
    return this.resourceTest;
  }

  get conditions(): readonly CompiledCondition[] {
    this.conditionTests ??= compileConditions(this.ref.policy, this.source, this.shared);
    return this.conditionTests;
  }

  /** It holds for every request whose action it names. */
  get unconditional(): boolean {
    return this.reachesEveryone && this.source.conditions.length === 0 && this.resource === 'everything';
  }
}

const compiledPolicies = new WeakMap<Policy, readonly CompiledStatement[]>();

/**
 * The compiled statements of a policy that can have an effect. Memoised by the policy, which is frozen.
 * Rule: KMS-STATEMENT-WITHOUT-EFFECT
 */
export function compilePolicy(policy: Policy): readonly CompiledStatement[] {
  const known = compiledPolicies.get(policy);
  if (known !== undefined) return known;
  const compiled = compileOnce(policy);
  compiledPolicies.set(policy, compiled);
  return compiled;
}

/** The same without remembering, for policies that are asked once. */
export function compileOnce(policy: Policy): readonly CompiledStatement[] {
  const compiled: CompiledStatement[] = [];
  const shared: SharedConditions = new Map();
  for (const statement of policy.statements) {
    if (!statement.inert) compiled.push(new CompiledStatement(policy, statement, shared));
  }
  return compiled;
}

function hasVariables(policy: Policy): boolean {
  return policy.version === '2012-10-17';
}

/** Statements of one policy repeat their conditions, and equal ones are compiled once. By what they say. */
type SharedConditions = Map<string, CompiledCondition>;

function compileConditions(
  policy: Policy,
  { conditions }: Statement,
  shared: SharedConditions,
): readonly CompiledCondition[] {
  return conditions.map((condition) => {
    const name = JSON.stringify([condition.operator.text, condition.key, condition.operands]);
    const known = shared.get(name);
    if (known !== undefined) return known;
    const made = compileFor(policy.type, condition, hasVariables(policy));
    shared.set(name, made);
    return made;
  });
}

function compileFor(type: PolicyType, condition: Condition, variables: boolean): CompiledCondition {
  const { key } = condition;
  const slot = key.toLowerCase();
  const known = conditionKey(slot);
  const options = { variables, many: known?.many, segment: segmentOf(slot), segmentOf };
  const supported = known?.policyTypes === undefined || known.policyTypes.some((allowed) => allowed === type);
  if (supported) return compileCondition(condition, options);
  return { ...compileCondition({ ...condition, key: UNSUPPORTED }, options), key };
}

/**
 * A key that no request carries: how a condition key looks to a policy of a type in which AWS does not support it.
 * Rules: KMS-RESOURCE-ALIASES-IAM-ONLY, CONTEXT-SOURCE-FUNCTION
 */
const UNSUPPORTED = '\u0000unsupported';

/**
 * How far the statement's principal element reaches the caller: direct where the policy type names no principal, and
 * `'exempt'` for a caller that NotPrincipal lists (which a permissions boundary undoes).
 */
export function reachOfStatement(statement: CompiledStatement, caller: Caller): Reach | 'exempt' {
  const { principal } = statement.source;
  if (statement.reachesEveryone || principal === undefined) return DIRECT_REACH;
  if (!principal.negated) return reachOf(principal.entries, caller);
  return isExempt(principal, caller) ? 'exempt' : DIRECT_REACH;
}

/** Whether resource and conditions hold, given that action and principal do. Stops at the first that cannot. Rule: COND-AND */
export function scopeHolds(statement: CompiledStatement, request: AuthorizationRequest): Truth {
  const { resource, conditions } = statement;
  let holds: Truth = resource === 'everything' ? TRUE : resource(request.resource.arn, request.context);
  for (let i = 0; i < conditions.length && holds !== FALSE; i += 1) {
    const condition = conditions[i] as CompiledCondition;
    holds = and(holds, condition.evaluate(request.context));
  }
  return holds;
}
