import { authorize } from '../evaluator/authorize.js';
import { bindPolicies } from '../evaluator/bind.js';
import { refusingOutcomes } from '../evaluator/combine.js';
import { Evaluation } from '../evaluator/evaluation.js';
import type { Decider, Layer } from '../evaluator/layer.js';
import { recordTrace, type Trace } from '../evaluator/recorder.js';
import { deciderOf } from '../evaluator/verdict.js';
import type { Asked, Hop, Outcome } from '../replay/outcome.js';
import type { AwsError } from '../services/aws-error.js';
import type { Ask } from '../services/plan.js';
import type { Call } from '../world/call.js';
import { checkReason } from './check-reason.js';
import { type CitedRule, citeFirst, citeRule } from './cited-rule.js';
import { type Dependency, dependency } from './depends-on.js';
import {
  type Aftermath,
  aftermathOfDelivery,
  type Fate,
  fateOfHop,
  fateOfRefused,
  type Told,
  toldOf,
} from './fate.js';
import { type NearestMiss, nearestMiss } from './nearest-miss.js';
import { type Reason, reasonOfVerdict } from './refusal-reason.js';
import { type ChainLink, chainOf, findRefusal, type RefusedCall } from './refused-call.js';
import { compareSourceAddress, type SourceAddress } from './source-address.js';
import { tellingRules } from './telling-rule.js';

/** All that there is to say about one refusal, as plain data; `whyLines` puts it into words. */
export interface Explanation {
  /** The request may as well be allowed: the answer hangs on `dependsOn`. */
  readonly undetermined: boolean;
  /** What AWS would answer; of a call that a service makes, what the service gets. */
  readonly error: AwsError;
  readonly told: Told;
  /** The calls that led to the refused request, outermost first; the last is the refused request itself. */
  readonly chain: readonly ChainLink[];
  readonly by: Decider;
  readonly explicit: boolean;
  readonly reason: Reason;
  readonly nearest?: NearestMiss;
  readonly rule?: CitedRule;
  readonly fate?: Fate;
  /** Layers that were not given and assumed not to change the answer. */
  readonly assumed: readonly Layer[];
  readonly dependsOn: readonly Dependency[];
  /** What would refuse next, one after the other, if this refusal were mended. */
  readonly alsoRefusing: readonly Decider[];
  /** Both decisions, where the answer hangs on SQS passing the caller's address on to KMS. */
  readonly sourceAddress?: SourceAddress;
}

/** Explains why a call was refused; `undefined` for a call that succeeded, whatever became of its deliveries. */
export function explainOutcome(outcome: Outcome): Explanation | undefined {
  const found = findRefusal(outcome);
  if (found === undefined) return undefined;
  const cause = found.hops.length === 0 || isNobodys(outcome.call, found.hops[0]) ? undefined : outcome.call;
  const delivery = found.hops.length === 0 ? aftermathOfDelivery(outcome.call) : undefined;
  const aftermath = delivery ?? { told: { who: 'caller' }, fate: fateOfRefused(found) };
  return explainRefused(found, outcome.refusal?.error ?? found.refusal.error, cause, aftermath);
}

/**
 * Explains why a delivery was refused while the call that caused it succeeded; `undefined` for a hop that arrived.
 * `cause` is that call, if it is known.
 */
export function explainHop(hop: Hop, outer?: Call): Explanation | undefined {
  const cause = outer === undefined || isNobodys(outer, hop) ? undefined : outer;
  const inner = findRefusal(hop.outcome);
  if (inner === undefined) return undefined;
  const found: RefusedCall = { ...inner, hops: [hop, ...inner.hops] };
  const failsAlong = hop.fate === 'refused';
  return explainRefused(found, hop.outcome.refusal?.error ?? inner.refusal.error, cause, {
    told: failsAlong ? { who: 'caller' } : toldOf(hop, cause),
    fate: failsAlong ? fateOfRefused(found) : fateOfHop(hop),
  });
}

/** A poll and the passing of time are nobody's calls, and a delivery that is replayed by itself has no outer call. */
function isNobodys(outer: Call, hop: Hop | undefined): boolean {
  return outer.api.endsWith(':Poll') || outer.api === 'events:Deliver' || outer === hop?.outcome.call;
}

/** Explains one refusal; `error` is what its outermost caller gets. */
export function explainRefused(
  found: RefusedCall,
  error: AwsError,
  cause: Call | undefined,
  aftermath: Aftermath,
): Explanation {
  const { refusal } = found;
  const base = {
    undetermined: refusal.undetermined,
    error,
    told: aftermath.told,
    chain: chainOf(found, cause),
    by: refusal.by,
    ...(aftermath.fate === undefined ? {} : { fate: aftermath.fate }),
  };
  if (refusal.asked !== undefined) return { ...base, ...explainVerdict(found, refusal.asked) };
  const rule = refusal.check === undefined ? undefined : citeRule(refusal.check.why, refusal.at);
  return {
    ...base,
    explicit: false,
    reason: checkReason(found),
    ...(rule === undefined ? {} : { rule }),
    assumed: [],
    dependsOn: [],
    alsoRefusing: [],
  };
}

type OfVerdict = Pick<
  Explanation,
  'explicit' | 'reason' | 'nearest' | 'rule' | 'assumed' | 'dependsOn' | 'alsoRefusing' | 'sourceAddress'
>;

function explainVerdict(found: RefusedCall, asked: Asked): OfVerdict {
  const { ask, verdict } = asked;
  const trace = traceOf(ask);
  // Nobody can mend the policy of a key that AWS keeps.
  const isOfAws = ask.policies.keyManager === 'aws' && verdict.decidedBy === 'key-policy';
  const nearest = isOfAws ? undefined : nearestMiss(trace, ask, verdict);
  const sourceAddress = compareSourceAddress(ask, verdict);
  const rule = citeFirst(tellingRules(asked, nearest), ask.request.action);
  return {
    explicit: verdict.possible[0] === 'explicitDeny',
    reason: reasonOfVerdict(found, asked, trace),
    ...(nearest === undefined ? {} : { nearest }),
    ...(rule === undefined ? {} : { rule }),
    assumed: verdict.assumed,
    dependsOn: verdict.dependsOn.map(dependency),
    alsoRefusing: verdict.decision === 'undetermined' ? [] : alsoRefusing(ask),
    ...(sourceAddress === undefined ? {} : { sourceAddress }),
  };
}

/** Decides once more with somebody listening. */
export function traceOf({ request, policies }: Ask): Trace {
  const recorder = recordTrace();
  authorize(request, policies, recorder);
  return recorder.trace;
}

function alsoRefusing({ request, policies }: Ask): readonly Decider[] {
  const evaluation = new Evaluation(request, bindPolicies(policies));
  const refusals = refusingOutcomes(evaluation).slice(1);
  return [...new Set(refusals.map((outcome) => deciderOf(outcome, evaluation.facts.service)))];
}
