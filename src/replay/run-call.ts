import { authorize } from '../evaluator/authorize.js';
import type { Ask, Check, ChildCall, Plan } from '../services/plan.js';
import { planCall } from '../services/plan-call.js';
import { invariant } from '../syntax/invariant.js';
import type { Call } from '../world/call.js';
import { countKmsRequest } from '../world/request-quota.js';
import { keepEvent } from '../world/undelivered.js';
import type { World } from '../world/world.js';
import type { Asked, ColdRefusal, Hop, Outcome, Refusal } from './outcome.js';

/**
 * Runs one call: plans it, asks and checks in order, runs what it causes, and applies its effect. The first refusal
 * ends it and leaves the world as it was, but for hops that had happened before.
 */
export function runCall(world: World, call: Call): Outcome {
  return runPlan(world, planCall(world, call));
}

export function runPlan(world: World, plan: Plan): Outcome {
  const asked: Asked[] = [];
  const hops: Hop[] = [];
  let now = world;
  const end = (succeeded: boolean, refusal?: Refusal): Outcome => ({
    call: plan.call,
    at: world.now,
    succeeded,
    ...(refusal === undefined ? {} : { refusal }),
    ...(cold === undefined || !succeeded ? {} : { cold }),
    asked,
    hops,
    world: now,
  });
  let cold: ColdRefusal | undefined;
  let taskFailed = false;
  for (const step of plan.steps) {
    if (step.do === 'ask') {
      const counted = meter(now, step);
      if (counted === undefined) {
        now = countRequest(now);
        return end(false, throttled(step, now.state.serial));
      }
      now = counted;
      const answer = answerTo(step);
      asked.push(answer);
      now = countRequest(now);
      if (!refuses(answer)) continue;
      const refusal = denied(answer, now.state.serial);
      if (step.cached === undefined) return end(false, refusal);
      cold ??= { ...refusal, ...step.cached };
    } else if (step.do === 'check') {
      if (step.holds) continue;
      now = countRequest(now);
      const error = step.refusedWith(now.state.serial);
      const { at, on, by } = step;
      const refusal: Refusal = { at, on, by, error, check: step, undetermined: false };
      if (step.cached === undefined) return end(false, refusal);
      cold ??= { ...refusal, ...step.cached };
    } else if (!taskFailed) {
      const hop = runHop(now, step);
      hops.push(hop);
      now = hop.deadLetter?.outcome.world ?? hop.outcome.world;
      taskFailed = hop.fate === 'taskFailed';
      const inner = hop.outcome.refusal;
      if (hop.fate === 'refused' && inner !== undefined) {
        return end(false, { ...inner, error: step.failsWith?.(inner.error) ?? inner.error });
      }
    }
  }
  now = plan.effect(now);
  return end(true);
}

/** The world with the request counted against the quota of its caller; `undefined` if that is used up. */
function meter(world: World, { metered, cached }: Ask): World | undefined {
  return metered === undefined || cached !== undefined ? world : countKmsRequest(world, metered);
}

/** Rule: KMS-REQUEST-QUOTA */
function throttled({ request, on, metered }: Ask, serial: number): Refusal {
  invariant(metered !== undefined, 'only what is metered is throttled');
  const { refusedWith } = metered;
  const at = request.action;
  const why = 'KMS-REQUEST-QUOTA';
  const check: Check = { do: 'check', holds: false, at, on, by: 'quota', why, refusedWith };
  return { at, on, by: 'quota', error: refusedWith(serial), check, undetermined: false };
}

function answerTo(ask: Ask): Asked {
  return { ask, verdict: authorize(ask.request, ask.policies), cached: ask.cached !== undefined };
}

/** Where nobody has to allow, an answer that nothing denies is enough. */
function refuses({ ask, verdict }: Asked): boolean {
  if (ask.onlyDenies !== true) return verdict.decision !== 'allowed';
  return verdict.decision === 'explicitDeny' || verdict.possible.includes('explicitDeny');
}

/** Every request gets an id of its own. */
function countRequest(world: World): World {
  return { ...world, state: { ...world.state, serial: world.state.serial + 1 } };
}

function denied(asked: Asked, serial: number): Refusal {
  const { ask, verdict } = asked;
  return {
    at: ask.request.action,
    on: ask.on,
    by: verdict.decidedBy,
    error: ask.refusedWith(verdict, serial),
    asked,
    undetermined: verdict.decision === 'undetermined',
  };
}

/** Makes one call that another call causes, or that is made later in its stead. */
export function runHop(world: World, child: ChildCall): Hop {
  const plan = planCall(world, child.call);
  const outcome = runPlan(world, { ...plan, steps: [...(child.checks ?? []), ...plan.steps] });
  const { from, to, onRefused, why, seenAs } = child;
  const error = outcome.refusal?.error;
  const record = error === undefined ? undefined : child.record?.(error, outcome.world.state.serial);
  const hop = { from, to, onRefused, why, seenAs, outcome, ...(record === undefined ? {} : { record }) };
  if (outcome.succeeded) return { ...hop, fate: 'arrived' };
  switch (onRefused.what) {
    case 'fails':
      return { ...hop, fate: 'refused' };
    case 'failsTask': {
      const after = error === undefined ? undefined : onRefused.fails?.(outcome.world, error);
      return {
        ...hop,
        fate: 'taskFailed',
        ...(after === undefined ? {} : { outcome: { ...outcome, world: after } }),
      };
    }
    case 'stays':
      return { ...hop, fate: 'stays' };
    case 'drops':
      return { ...hop, fate: 'lost' };
    case 'retries':
      return {
        ...hop,
        fate: 'delayed',
        outcome: { ...outcome, world: keepEvent(outcome.world, onRefused.event) },
      };
    case 'deadLetters': {
      const deadLetter = runHop(outcome.world, onRefused.hop);
      return { ...hop, fate: deadLetter.fate === 'arrived' ? 'deadLettered' : 'lost', deadLetter };
    }
  }
}
