import type { Decider } from '../evaluator/layer.js';
import type { ApplicablePolicies, AuthorizationRequest } from '../evaluator/request.js';
import type { Verdict } from '../evaluator/verdict.js';
import type { RuleId } from '../rules/registry.js';
import type { Call } from '../world/call.js';
import type { QuotaHolder } from '../world/request-quota.js';
import type { Instant, UndeliveredEvent, World } from '../world/world.js';
import type { AwsError } from './aws-error.js';

/**
 * What one API call asks, checks and causes, as data and in order. No decision is taken while planning, so replay,
 * explanations and matrices read the same plan.
 */
export interface Plan {
  readonly call: Call;
  readonly steps: readonly PlanStep[];
  /** What becomes of the world when nothing refused. */
  readonly effect: (world: World) => World;
}

export type PlanStep = Ask | Check | ChildCall;

/** A request for authorization. With `cached`, a data key answers instead: the verdict is what a cold cache would get. */
export interface Ask {
  readonly do: 'ask';
  readonly request: AuthorizationRequest;
  readonly policies: ApplicablePolicies;
  /** The resource by the name people know. */
  readonly on: string;
  readonly why: RuleId;
  readonly refusedWith: (verdict: Verdict, serial: number) => AwsError;
  readonly cached?: { readonly until: Instant };
  /** Whose call is judged where that is not the call itself: what the role of a function may do when somebody configures it. */
  readonly madeBy?: Call;
  /** Nobody has to allow it: only a statement that denies refuses. */
  readonly onlyDenies?: true;
  /** The request counts against a quota, and is refused before it is answered when that is used up. */
  readonly metered?: QuotaHolder & { readonly refusedWith: (serial: number) => AwsError };
}

/** Something other than a policy that can refuse: a missing queue, the state of a key, a parameter. */
export interface Check {
  readonly do: 'check';
  readonly holds: boolean;
  /** The action under which it is checked: `kms:Decrypt`. */
  readonly at: string;
  readonly on: string;
  readonly by: Decider;
  readonly why: RuleId;
  readonly refusedWith: (serial: number) => AwsError;
  /** A data key answers instead: what is checked holds for a cold cache only. */
  readonly cached?: { readonly until: Instant };
}

/** A call that this call causes: a delivery, a validation, the work of a task. */
export interface ChildCall {
  readonly do: 'call';
  readonly call: Call;
  readonly from: string;
  readonly to: string;
  /** What must hold before the call can be made at all: that the source may have such a queue for a target. */
  readonly checks?: readonly Check[];
  readonly onRefused: OnRefused;
  readonly why: RuleId;
  /** Where somebody could notice a refusal. */
  readonly seenAs: readonly string[];
  /** The error that the outer call answers with, when it fails along. */
  readonly failsWith?: (cause: AwsError) => AwsError;
  /** What the service that delivers writes down about a refusal. */
  readonly record?: (error: AwsError, serial: number) => ServiceRecord;
}

/** What a service writes about a failed delivery, under its own names: a line of a log, the attributes of a dead letter. */
export interface ServiceRecord {
  readonly what: string;
  readonly holds: Readonly<Record<string, unknown>>;
}

/**
 * `fails`: the outer call fails; `drops`: the message is lost; `deadLetters`: it goes to a dead-letter queue first;
 * `retries`: the service keeps it and tries again for a while; `stays`: it stays where it is; `failsTask`: the call was
 * accepted, its task fails, and `fails` writes that down.
 */
export type OnRefused =
  | { readonly what: 'fails' }
  | { readonly what: 'drops' }
  | { readonly what: 'deadLetters'; readonly hop: ChildCall }
  | { readonly what: 'retries'; readonly event: UndeliveredEvent }
  | { readonly what: 'stays' }
  | { readonly what: 'failsTask'; readonly fails?: (world: World, error: AwsError) => World };

export const unchanged = (world: World): World => world;
