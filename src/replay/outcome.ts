import type { Decider } from '../evaluator/layer.js';
import type { Verdict } from '../evaluator/verdict.js';
import type { RuleId } from '../rules/registry.js';
import type { AwsError } from '../services/aws-error.js';
import type { Ask, Check, OnRefused, ServiceRecord } from '../services/plan.js';
import type { Call } from '../world/call.js';
import type { Instant, World } from '../world/world.js';

/** One answered question. `cached`: a data key answered instead, and the verdict is what a cold cache would get. */
export interface Asked {
  readonly ask: Ask;
  readonly verdict: Verdict;
  readonly cached: boolean;
}

/** Why a call did not go through: the question or check that refused, or the hop that failed. */
export interface Refusal {
  /** The action that was refused: `kms:Decrypt`. */
  readonly at: string;
  /** The resource it was refused on, by name. */
  readonly on: string;
  readonly by: Decider;
  readonly error: AwsError;
  readonly asked?: Asked;
  readonly check?: Check;
  /** The verdict hangs on something unknown: the call may as well be allowed. */
  readonly undetermined: boolean;
}

/** What became of one hop that a call caused. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly outcome: Outcome;
  readonly onRefused: OnRefused;
  readonly why: RuleId;
  readonly seenAs: readonly string[];
  /**
   * `arrived`, or what became of the message: lost, kept by the service that tries again or where it was, in a dead-letter queue,
   * refused with the outer call, or left by a failed task.
   */
  readonly fate: 'arrived' | 'lost' | 'delayed' | 'stays' | 'deadLettered' | 'refused' | 'taskFailed';
  readonly deadLetter?: Hop;
  /** What the service wrote down about the refusal. */
  readonly record?: ServiceRecord;
}

/** A refusal that a cached data key has spared the caller, until that instant. */
export interface ColdRefusal extends Refusal {
  readonly until: Instant;
}

/** What became of one call. */
export interface Outcome {
  readonly call: Call;
  readonly at: Instant;
  /** Whether the caller got a success. */
  readonly succeeded: boolean;
  readonly refusal?: Refusal;
  /** What would have refused a call that was answered from cached data keys, had the caches been cold. */
  readonly cold?: ColdRefusal;
  readonly asked: readonly Asked[];
  readonly hops: readonly Hop[];
  readonly world: World;
}

/** A KMS request that was really made: its action and the name of the key. */
export interface KmsRequest {
  readonly action: string;
  readonly key: string;
}

/** The KMS requests that a call caused, its hops included, in order; refused ones count, cached ones do not. */
export function kmsRequestsOf(outcome: Outcome): readonly KmsRequest[] {
  const own = outcome.asked
    .filter(({ cached, ask }) => !cached && ask.request.action.startsWith('kms:'))
    .map(({ ask }) => ({ action: ask.request.action, key: ask.on }));
  const children = outcome.hops.flatMap((hop) => [
    ...kmsRequestsOf(hop.outcome),
    ...(hop.deadLetter === undefined ? [] : kmsRequestsOf(hop.deadLetter.outcome)),
  ]);
  return [...own, ...children];
}

/** The hops whose message did not arrive where it was sent. */
export function lostHops(outcome: Outcome): readonly Hop[] {
  return outcome.hops.filter(({ fate }) => LOST.has(fate));
}

const LOST: ReadonlySet<Hop['fate']> = new Set(['lost', 'delayed', 'stays', 'deadLettered']);

/** The first hop at which a task failed. */
export function failedTask(outcome: Outcome): Hop | undefined {
  return outcome.hops.find(({ fate }) => fate === 'taskFailed');
}
