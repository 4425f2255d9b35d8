import { authorize } from '../evaluator/authorize.js';
import type { Decider, Layer } from '../evaluator/layer.js';
import type { StatementRef } from '../evaluator/verdict.js';
import type { Ask, Check, ChildCall, Plan } from '../services/plan.js';
import { planCall } from '../services/plan-call.js';
import type { World } from '../world/world.js';

/** Whether a call may be made: what replay would say of it with cold caches, without making it. */
export interface Judgement {
  readonly answer: 'allowed' | 'denied' | 'undetermined';
  /** What refuses, or may refuse; absent when it is allowed. */
  readonly refusal?: Refused;
  /** When undetermined: the condition keys and layers that are not known and that the answer hangs on. */
  readonly dependsOn: readonly string[];
  /** Layers that were not given and could have changed the answer. */
  readonly assumed: readonly Layer[];
}

/** The request that is refused: the call itself, or one that it causes, such as kms:Decrypt for a receive. */
export interface Refused {
  readonly at: string;
  /** The resource it is refused on, by name. */
  readonly on: string;
  readonly by: Decider;
  readonly explicit: boolean;
  /** The statement that denies, if one does. */
  readonly statement?: StatementRef;
  /** The error that the caller gets. */
  readonly code: string;
  readonly message: string;
  /** The call itself is accepted: it is its task that fails. */
  readonly inTask?: true;
}

const NOTHING: readonly never[] = [];

/**
 * Judges a plan from its asks and checks. Unlike a replay it does not stop at what is undetermined, since a later request may
 * be denied surely; it heeds no cached data key; and it passes over checks of parameters, which a question about permissions does not give.
 */
export function judge(world: World, plan: Plan): Judgement {
  const seen: Seen = { open: undefined, dependsOn: NOTHING, assumed: NOTHING, asked: 0 };
  const denied = walk(world, plan, seen);
  const { open, assumed, dependsOn, asked } = seen;
  if (denied !== undefined) return { answer: 'denied', refusal: denied, dependsOn: NOTHING, assumed };
  if (open !== undefined) return { answer: 'undetermined', refusal: open, dependsOn, assumed };
  if (asked > 0) return { answer: 'allowed', dependsOn: NOTHING, assumed };
  // A call that cannot even be asked about has failed a check.
  const failed = plan.steps.find((step) => step.do === 'check' && !step.holds);
  if (failed?.do !== 'check') return { answer: 'allowed', dependsOn: NOTHING, assumed };
  return { answer: 'denied', refusal: refusedByCheck(failed), dependsOn: NOTHING, assumed };
}

interface Seen {
  open: Refused | undefined;
  dependsOn: readonly string[];
  assumed: readonly Layer[];
  asked: number;
}

function walk(world: World, plan: Plan, seen: Seen): Refused | undefined {
  for (const step of plan.steps) {
    const refused =
      step.do === 'ask'
        ? answerTo(step, seen)
        : step.do === 'check'
          ? failing(step)
          : caused(world, step, seen);
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function answerTo(ask: Ask, seen: Seen): Refused | undefined {
  seen.asked += 1;
  const verdict = authorize(ask.request, ask.policies);
  seen.assumed = union(seen.assumed, verdict.assumed);
  if (verdict.decision === 'allowed') return undefined;
  const sure = verdict.decision !== 'undetermined';
  if (ask.onlyDenies === true && !verdict.possible.includes('explicitDeny')) return undefined;
  if (!sure && seen.open !== undefined) {
    seen.dependsOn = union(seen.dependsOn, verdict.dependsOn);
    return undefined;
  }
  const { code, message } = ask.refusedWith(verdict, 0);
  const refused: Refused = {
    at: ask.request.action,
    on: ask.on,
    by: verdict.decidedBy,
    explicit: verdict.possible[0] === 'explicitDeny',
    ...(verdict.statement === undefined ? {} : { statement: verdict.statement }),
    code,
    message,
  };
  if (sure) return refused;
  seen.open = refused;
  seen.dependsOn = verdict.dependsOn;
  return undefined;
}

/** Parameters that nobody gave refuse nobody; what is so whatever the parameters are does. */
const HEEDED: ReadonlySet<string> = new Set(['SQS-SSE-NEEDS-HTTPS', 'SQS-REDRIVE-FAILS-LATER']);

function failing(check: Check): Refused | undefined {
  const { holds, by, why } = check;
  if (holds || by === 'quota' || why === 'SQS-MOVE-TASK-HANDLE') return undefined;
  return by === 'parameter' && !HEEDED.has(why) ? undefined : refusedByCheck(check);
}

function refusedByCheck({ at, on, by, refusedWith }: Check): Refused {
  const { code, message } = refusedWith(0);
  return { at, on, by, explicit: false, code, message };
}

/** What a call causes counts as far as its refusal reaches the one who made the call. */
function caused(world: World, child: ChildCall, seen: Seen): Refused | undefined {
  const { what } = child.onRefused;
  if (what !== 'fails' && what !== 'failsTask') return undefined;
  for (const check of child.checks ?? []) {
    const refused = failing(check);
    if (refused !== undefined) return refused;
  }
  const before = seen.open;
  const refused = walk(world, planCall(world, child.call), seen);
  if (what !== 'failsTask') return refused;
  if (before === undefined && seen.open !== undefined) seen.open = { ...seen.open, inTask: true };
  return refused === undefined ? undefined : { ...refused, inTask: true };
}

function union<T>(some: readonly T[], others: readonly T[]): readonly T[] {
  if (others.length === 0) return some;
  if (some.length === 0) return others;
  return [...new Set([...some, ...others])];
}
