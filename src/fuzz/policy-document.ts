import fc from 'fast-check';
import type { PolicyType } from '../policy/policy.js';
import { POLICY_TYPES, type PolicyTypeRules } from '../policy/policy-types.js';
import { actionPattern, simplestAction } from './action.js';
import { chance, choice, oneOrMore, some } from './choice.js';
import { type ConditionBlock, perhapsConditionBlock } from './condition.js';
import { accountId, principalArn, resourcePattern, SERVICE_HOSTS, serviceHost } from './names.js';
import { type FuzzOptions, vocabularyOf } from './vocabulary.js';

/** A policy document as one writes it in JSON. */
export interface PolicyDocument {
  readonly Version: '2012-10-17' | '2008-10-17';
  readonly Statement: readonly StatementDocument[];
}

type OneOrMany = string | readonly string[];

export type PrincipalDocument = '*' | Readonly<Partial<Record<'AWS' | 'Service', OneOrMany>>>;

export interface StatementDocument {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalDocument;
  readonly NotPrincipal?: PrincipalDocument;
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Condition?: ConditionBlock;
}

/** More do not fit into a session policy with certainty. */
const MOST_STATEMENTS: Partial<Record<PolicyType, number>> = { session: 2 };

/**
 * A policy document of a type, valid by construction: reading it gives neither errors nor warnings. It shrinks to one
 * statement that allows everything, or denies it where the type cannot allow.
 */
export function policyDocument(type: PolicyType, options: FuzzOptions = {}): fc.Arbitrary<PolicyDocument> {
  const rules = POLICY_TYPES[type];
  const versions = rules.version === 'any' ? chance(8) : fc.constant(false);
  const statements = some(statement(type, rules, options), MOST_STATEMENTS[type] ?? 3, {
    named: false,
    body: simplestStatement(rules, options),
  });
  return fc.record({ old: versions, statements }).map(({ old, statements: made }) => {
    const Statement = made.map(({ named, body }, index) =>
      named ? { Sid: `Statement${index + 1}`, ...body } : body,
    );
    // Policy variables need the newer version.
    const isOld = old && !JSON.stringify(Statement).includes('${');
    return { Version: isOld ? '2008-10-17' : '2012-10-17', Statement };
  });
}

function simplestStatement(rules: PolicyTypeRules, options: FuzzOptions): StatementDocument {
  return {
    Effect: rules.allow ? 'Allow' : 'Deny',
    ...(rules.principal === 'forbidden' ? {} : { Principal: '*' }),
    Action: simplestAction(options, !rules.allow),
    Resource: '*',
  };
}

/** What every document of a type shrinks to: it allows everything, or denies it where the type cannot allow. */
export function simplestDocument(type: PolicyType, options: FuzzOptions): PolicyDocument {
  return { Version: '2012-10-17', Statement: [simplestStatement(POLICY_TYPES[type], options)] };
}

interface MadeStatement {
  readonly named: boolean;
  readonly body: StatementDocument;
}

function statement(
  type: PolicyType,
  rules: PolicyTypeRules,
  options: FuzzOptions,
): fc.Arbitrary<MadeStatement> {
  const effects: fc.Arbitrary<'Allow' | 'Deny'> = rules.allow
    ? choice<'Allow' | 'Deny'>([6, fc.constant('Allow')], [1, fc.constant('Deny')])
    : fc.constant('Deny');
  return fc
    .record({
      named: chance(25),
      effect: effects,
      principal: principal(rules, options),
      exempt: rules.notPrincipal ? chance(10) : fc.constant(false),
      exempted: some(principalArn([], options), 2, rootOf(options)),
      action: oneOrMore(actionPattern(options, !rules.allow), 2, simplestAction(options, !rules.allow)),
      notAction: rules.notAction ? chance(6) : fc.constant(false),
      resource: type === 'key' ? fc.constant('*') : oneOrMore(resourcePattern(options), 2, '*'),
      notResource: type === 'key' ? fc.constant(false) : chance(4),
      condition: perhapsConditionBlock({ ...options, policyType: type }),
    })
    .map((made) => ({ named: made.named, body: bodyOf(made) }));
}

function rootOf(options: FuzzOptions): string {
  return `arn:aws:iam::${vocabularyOf(options).accounts[0]}:root`;
}

interface Parts {
  readonly effect: 'Allow' | 'Deny';
  readonly principal: PrincipalDocument | undefined;
  readonly exempt: boolean;
  readonly exempted: readonly string[];
  readonly action: OneOrMany;
  readonly notAction: boolean;
  readonly resource: OneOrMany;
  readonly notResource: boolean;
  readonly condition: ConditionBlock | undefined;
}

function bodyOf(parts: Parts): StatementDocument {
  const { effect, principal: who, exempt, exempted, action, notAction, resource, notResource } = parts;
  // NotPrincipal goes with Deny only.
  const names =
    who === undefined
      ? {}
      : exempt && effect === 'Deny'
        ? { NotPrincipal: { AWS: exempted } }
        : { Principal: who };
  return {
    Effect: effect,
    ...names,
    ...(notAction ? { NotAction: action } : { Action: action }),
    ...(notResource ? { NotResource: resource } : { Resource: resource }),
    ...(parts.condition === undefined ? {} : { Condition: parts.condition }),
  };
}

function principal(
  { principal: rule }: PolicyTypeRules,
  options: FuzzOptions,
): fc.Arbitrary<PrincipalDocument | undefined> {
  const everyone: fc.Arbitrary<PrincipalDocument> = fc.constant('*');
  switch (rule) {
    case 'forbidden':
      return fc.constant(undefined);
    case 'everyone-only':
      return everyone;
    case 'required': {
      const identity = choice(
        [2, principalArn(['root'], options)],
        [1, accountId(options)],
        [4, principalArn(['role', 'user'], options)],
        [1, principalArn(['session', 'federatedUser'], options)],
        [1, fc.constant('*')],
      );
      return choice<PrincipalDocument>(
        [3, everyone],
        [5, oneOrMore(identity, 2, rootOf(options)).map((AWS) => ({ AWS }))],
        [3, oneOrMore(serviceHost(), 2, SERVICE_HOSTS[0]).map((Service) => ({ Service }))],
      );
    }
  }
}
