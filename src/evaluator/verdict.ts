import type { ContextValue } from '../conditions/context.js';
import type { Policy } from '../policy/policy.js';
import type { RuleId } from '../rules/registry.js';
import type { Decision, Outcome } from './combine.js';
import { DECIDERS, type Decider, type Layer, layersOf, resourcePolicyName } from './layer.js';

/** A statement of a policy; its place is looked up with `placeOfStatement`. */
export interface StatementRef {
  readonly policy: Policy;
  readonly statement: number;
}

/** The answer to one request. Frozen, and the same object for the same answer. */
export interface Verdict {
  readonly decision: Decision | 'undetermined';
  /** The decisions that are possible; one unless undetermined. */
  readonly possible: readonly Decision[];
  /** The layer that AWS would name; on an allow, the layer that gave it. When undetermined, of the worst possible decision. */
  readonly decidedBy: Decider;
  /** The deciding statement, if there is one: a denial for want of an allow has none. */
  readonly statement?: StatementRef;
  /** The rules of AWS that decided, the most telling first. */
  readonly rules: readonly RuleId[];
  /** Layers that were not given, were assumed not to exist, and could have changed the answer. */
  readonly assumed: readonly Layer[];
  /** When undetermined: the condition keys and layers that are not known and that the answer hangs on. */
  readonly dependsOn: readonly string[];
  /** When undetermined: for possible decisions, values of the unknown condition keys that lead there and nowhere else. */
  readonly witnesses?: readonly Witness[];
}

/** Values of the unknown condition keys, `undefined` for absent, with which one decision is sure. */
export interface Witness {
  readonly decision: Decision;
  readonly values: readonly (readonly [key: string, value: ContextValue | undefined])[];
}

/**
 * What a compiled statement, or a set of policies, keeps of the verdicts it has given before. Nearly every statement
 * gives one verdict or none, so the last one stands beside the map, and there is no map before a second one.
 */
export interface VerdictMemo {
  lastKey: number;
  last: Verdict | undefined;
  all: Map<number, Verdict> | undefined;
}

export function emptyMemo(): VerdictMemo {
  return { lastKey: -1, last: undefined, all: undefined };
}

/** The decider as the outside sees it. */
export function deciderOf(outcome: Outcome, service: string): Decider {
  return outcome.layer === 'resource-policy' ? resourcePolicyName(service) : outcome.layer;
}

const NOTHING: readonly never[] = Object.freeze([]);
const POSSIBLE: Readonly<Record<Decision, readonly Decision[]>> = {
  allowed: Object.freeze(['allowed'] as const),
  explicitDeny: Object.freeze(['explicitDeny'] as const),
  implicitDeny: Object.freeze(['implicitDeny'] as const),
};

/** A definite verdict, made once per memo, outcome, decider and set of assumed layers. */
export function internVerdict(
  memo: VerdictMemo,
  outcome: Outcome,
  assumed: number,
  service: string,
  statement: StatementRef | undefined,
): Verdict {
  const decidedBy = deciderOf(outcome, service);
  // One policy may speak for resources of several services, under whose names it decides.
  const key =
    (outcome.index * 16 + (outcome.layer === 'resource-policy' ? DECIDERS.indexOf(decidedBy) : 0)) * 256 +
    assumed;
  if (memo.lastKey === key && memo.last !== undefined) return memo.last;
  const verdict = memo.all?.get(key) ?? makeVerdict(outcome, assumed, decidedBy, statement);
  if (memo.last !== undefined) {
    memo.all ??= new Map([[memo.lastKey, memo.last]]);
    memo.all.set(key, verdict);
  }
  memo.lastKey = key;
  memo.last = verdict;
  return verdict;
}

function makeVerdict(
  outcome: Outcome,
  assumed: number,
  decidedBy: Decider,
  statement: StatementRef | undefined,
): Verdict {
  return Object.freeze({
    decision: outcome.decision,
    possible: POSSIBLE[outcome.decision],
    decidedBy,
    ...(statement === undefined ? {} : { statement }),
    rules: rulesOf(outcome, statement),
    assumed: assumed === 0 ? NOTHING : Object.freeze(layersOf(assumed)),
    dependsOn: NOTHING,
  });
}

/** An allow through `Principal: "*"` rests on a reading of its own, which the answer must show. */
function rulesOf(outcome: Outcome, statement: StatementRef | undefined): readonly RuleId[] {
  if (outcome.decision !== 'allowed' || outcome.layer !== 'resource-policy' || statement === undefined)
    return outcome.rules;
  const principal = statement.policy.statements[statement.statement]?.principal;
  if (principal === undefined || !principal.entries.some((entry) => entry.kind === 'everyone'))
    return outcome.rules;
  return Object.freeze([...outcome.rules, 'EVAL-EVERYONE-IS-DIRECT' as const]);
}

/** A verdict between several decisions, named after the worst of them. */
export function undeterminedVerdict(
  possible: readonly Decision[],
  worst: Outcome,
  assumed: number,
  service: string,
  statement: StatementRef | undefined,
  dependsOn: readonly string[],
  witnesses: readonly Witness[],
): Verdict {
  return Object.freeze({
    decision: 'undetermined',
    possible: Object.freeze(possible),
    decidedBy: deciderOf(worst, service),
    ...(statement === undefined ? {} : { statement }),
    rules: worst.rules,
    assumed: assumed === 0 ? NOTHING : Object.freeze(layersOf(assumed)),
    dependsOn: Object.freeze(dependsOn),
    ...(witnesses.length === 0 ? {} : { witnesses: Object.freeze(witnesses) }),
  });
}
