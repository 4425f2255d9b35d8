import { conditionKey, segmentOf } from '../catalogue/condition-keys.js';
import { type CompiledCondition, compileCondition } from '../conditions/condition.js';
import { and, FALSE, TRUE, type Truth } from '../conditions/truth.js';
import type { Condition, Policy, PolicyType, Statement } from '../policy/policy.js';
import { compileActions } from './action.js';
import { isExempt, reachOf } from './principal.js';
import { DIRECT_REACH, type Reach } from './reach.js';
import type { AuthorizationRequest, Caller } from './request.js';
import { compileResources, type ResourceTest } from './resource.js';
import { emptyMemo, type StatementRef, type VerdictMemo } from './verdict.js';

/** A statement with all its patterns parsed. Made once per policy, whatever the number of requests. */
export interface CompiledStatement {
  readonly ref: StatementRef;
  readonly source: Statement;
  /** The principal element reaches every caller directly, or the policy type names no principal. */
  readonly reachesEveryone: boolean;
  readonly matchesAction: (lowerCased: string) => boolean;
  readonly resource: ResourceTest | 'everything';
  readonly conditions: readonly CompiledCondition[];
  /** It holds for every request whose action it names. */
  readonly unconditional: boolean;
  readonly verdicts: VerdictMemo;
}

const compiledPolicies = new WeakMap<Policy, readonly CompiledStatement[]>();

/**
 * The compiled statements of a policy that can have an effect. Memoised by the policy, which is frozen.
 * Rule: KMS-STATEMENT-WITHOUT-EFFECT
 */
export function compilePolicy(policy: Policy): readonly CompiledStatement[] {
  const known = compiledPolicies.get(policy);
  if (known !== undefined) return known;
  const compiled = policy.statements
    .filter((statement) => !statement.inert)
    .map((statement) => compileStatement(policy, statement));
  compiledPolicies.set(policy, compiled);
  return compiled;
}

function compileStatement(policy: Policy, statement: Statement): CompiledStatement {
  const variables = policy.version === '2012-10-17';
  const { principal } = statement;
  const reachesEveryone =
    principal === undefined ||
    (!principal.negated && principal.entries.some(({ kind }) => kind === 'everyone'));
  const resource = compileResources(statement.resource, variables);
  return {
    ref: Object.freeze({ policy, statement: statement.index }),
    source: statement,
    reachesEveryone,
    matchesAction: compileActions(statement.action),
    resource,
    conditions: statement.conditions.map((condition) => compileFor(policy.type, condition, variables)),
    unconditional: reachesEveryone && resource === 'everything' && statement.conditions.length === 0,
    verdicts: emptyMemo(),
  };
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
 * Rule: KMS-RESOURCE-ALIASES-IAM-ONLY
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
    const condition = conditions[i];
    if (condition !== undefined) holds = and(holds, condition.evaluate(request.context));
  }
  return holds;
}
