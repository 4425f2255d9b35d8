import { failedTask, type Hop, kmsRequestsOf, type Outcome } from '../../src/replay/outcome.js';
import { passTime } from '../../src/replay/pass-time.js';
import { runPlan } from '../../src/replay/run-call.js';
import type { RuleId } from '../../src/rules/registry.js';
import { messagesOf } from '../../src/world/messages.js';
import type { World } from '../../src/world/world.js';
import { arnOf, policyOf, worldOf } from '../field-cases/adapter.js';
import { planOf } from '../field-cases/calls.js';
import { fixed, type RawStep, type RawWorld } from '../field-cases/case-format.js';
import { type Evidence, jsonFilesIn, readJson } from './single-cases.js';

type Named<T> = Readonly<Record<string, T>>;
type Assignments = readonly { readonly path: readonly string[]; readonly value?: unknown }[];

export interface FlowStep extends RawStep {
  /** Seconds that pass before the step. */
  readonly after?: number;
  /** Changes of the world before the step; what has happened so far stays. */
  readonly set?: Assignments;
  /** The KMS requests that were really made, in order. */
  readonly kms?: readonly string[];
  readonly hops?: readonly { readonly to: string; readonly fate: string }[];
  /** What the service wrote down about the first delivery that failed, in part. */
  readonly record?: Named<unknown>;
  /** How many messages each queue holds afterwards. */
  readonly messages?: Named<number>;
  readonly decides?: readonly RuleId[];
  readonly spares?: readonly RuleId[];
}

export interface FlowCase {
  readonly id: string;
  readonly rules: readonly RuleId[];
  readonly situation: string;
  readonly evidence: Evidence;
  readonly cites: string;
  /** `kept`: the steps follow one another in one world; otherwise each starts from the world as it is written. */
  readonly caches?: 'kept';
  readonly world: RawWorld;
  readonly steps: readonly FlowStep[];
  readonly fix?: { readonly set: Assignments };
  readonly stepsAfterFix?: readonly FlowStep[];
}

export const FLOW_FILES = jsonFilesIn('flows').map((file) => ({
  file,
  cases: readJson<{ readonly cases: readonly FlowCase[] }>(`flows/${file}`).cases,
}));

export const FLOW_CASES: readonly FlowCase[] = FLOW_FILES.flatMap(({ cases }) => cases);

/** One step replayed: the world before it, and what became of it. */
export interface Replayed {
  readonly title: string;
  readonly step: FlowStep;
  readonly before: World;
  readonly outcome: Outcome;
  /** What was delivered, or finally lost, in the time that passed before the step. */
  readonly late: readonly Hop[];
}

export function replayCase(one: FlowCase): readonly Replayed[] {
  const { id, world, steps, stepsAfterFix = [], fix } = one;
  const repaired = fixed(world, fix?.set ?? []);
  return [
    ...replaySteps(id, world, steps, one.caches === 'kept'),
    ...replaySteps(`${id}, fixed`, repaired, stepsAfterFix, false),
  ];
}

function replaySteps(
  id: string,
  first: RawWorld,
  steps: readonly FlowStep[],
  kept: boolean,
): readonly Replayed[] {
  let raw = first;
  let world = kept ? asWritten(raw, true) : undefined;
  return steps.map((step, index) => {
    const next = fixed(world === undefined ? first : raw, step.set ?? []);
    const written = asWritten(next, kept);
    const start = world === undefined ? written : changed(world, written, step.set ?? []);
    const passed = step.after === undefined ? undefined : passTime(start, step.after * 1000);
    const before = passed?.world ?? start;
    raw = next;
    const outcome = runPlan(before, planOf(before, step));
    if (world !== undefined) world = outcome.world;
    const who = typeof step.by === 'string' ? step.by : step.by.service;
    return {
      title: `${id}, step ${index + 1}: ${step.op} by ${who} on ${step.on}`,
      step,
      before,
      outcome,
      late: passed?.hops ?? [],
    };
  });
}

function asWritten(raw: RawWorld, kept: boolean): World {
  const world = completeWorld(raw);
  const { propagation = 'at-once' } = raw as MoreOfTheWorld;
  return { ...world, state: { ...world.state, cachesDataKeys: kept, propagation } };
}

/** The world in which the things that the changes name are as they are written now; what calls have made of others stays. */
function changed(world: World, written: World, changes: Assignments): World {
  const sections = new Set(changes.map(({ path: [section = ''] }) => section));
  let { estate } = world;
  if (sections.has('accounts')) estate = { ...estate, organizations: written.estate.organizations };
  for (const { path } of changes) {
    const section = SECTIONS.find((each) => each === path[0]);
    const name = path[1];
    if (section === undefined || name === undefined) continue;
    const things = new Map<string, unknown>(estate[section]);
    const thing = written.estate[section].get(name);
    if (thing === undefined) things.delete(name);
    else things.set(name, thing);
    estate = { ...estate, [section]: things };
  }
  return { ...world, estate };
}

const SECTIONS = [
  'principals',
  'keys',
  'queues',
  'topics',
  'buckets',
  'rules',
  'functions',
  'sources',
] as const;

interface MoreOfTheWorld {
  readonly propagation?: 'delayed';
  readonly topics?: Named<{
    readonly subscriptions?: readonly { queue: string; deadLetterQueue?: string; confirmed?: boolean }[];
  }>;
  readonly buckets?: Named<{ readonly region?: string; readonly notifications?: readonly string[] }>;
  readonly rules?: Named<{ readonly role?: string; readonly busPolicy?: unknown }>;
  readonly functions?: Named<{ readonly onFailure?: string; readonly deadLetterQueue?: string }>;
  readonly sources?: Named<{
    readonly type: string;
    readonly arn: string;
    readonly role?: string;
    readonly queue: string;
    readonly polls?: string;
    readonly deadLetterQueue?: string;
  }>;
}

/** The world of a case, with what only these cases say of topics, buckets and rules. */
function completeWorld(raw: RawWorld): World {
  const world = worldOf(raw);
  const more = raw as MoreOfTheWorld & Omit<RawWorld, keyof MoreOfTheWorld>;
  const { topics, buckets, rules, functions } = world.estate;
  return {
    ...world,
    estate: {
      ...world.estate,
      topics: each(topics, (topic) => ({
        ...topic,
        subscriptions: (more.topics?.[topic.name]?.subscriptions ?? []).map(
          ({ queue, deadLetterQueue, confirmed }) => ({
            queue,
            ...(deadLetterQueue === undefined ? {} : { deadLetter: deadLetterQueue }),
            ...(confirmed === undefined ? {} : { confirmed }),
          }),
        ),
      })),
      buckets: each(buckets, (bucket) => {
        const { region = bucket.region, notifications = [] } = more.buckets?.[bucket.name] ?? {};
        return { ...bucket, region, notifications: notifications.map((queue) => ({ queue })) };
      }),
      rules: each(rules, (rule) => {
        const { role, busPolicy } = more.rules?.[rule.name] ?? {};
        return {
          ...rule,
          ...(busPolicy === undefined
            ? {}
            : { busPolicy: policyOf(busPolicy, 'resource', `policy of the bus of ${rule.name}`) }),
          targets: rule.targets.map((target) => ({ ...target, ...(role === undefined ? {} : { role }) })),
        };
      }),
      functions: each(functions, (lambda) => {
        const { onFailure, deadLetterQueue: deadLetter } = more.functions?.[lambda.name] ?? {};
        return {
          ...lambda,
          ...(onFailure === undefined ? {} : { onFailure }),
          ...(deadLetter === undefined ? {} : { deadLetter }),
        };
      }),
      sources: new Map(
        Object.entries(more.sources ?? {}).map(([name, { arn, deadLetterQueue: deadLetter, ...source }]) => [
          name,
          { name, ...source, arn: arnOf(arn), ...(deadLetter === undefined ? {} : { deadLetter }) },
        ]),
      ),
    },
  };
}

function each<T>(things: ReadonlyMap<string, T>, complete: (thing: T) => T): ReadonlyMap<string, T> {
  return new Map([...things].map(([name, thing]) => [name, complete(thing)]));
}

/** What is seen of a step from outside, in the words of the cases. */
export interface Seen {
  readonly outcome: 'ok' | 'denied';
  readonly code?: string;
  readonly at?: string;
  readonly http?: number;
  readonly action?: string;
  readonly kms: readonly string[];
  readonly hops: readonly { readonly to: string; readonly fate: string }[];
  readonly messages: Named<number>;
}

export function seenOf({ outcome }: Replayed): Seen {
  const failed = failedTask(outcome)?.outcome.refusal;
  const refusal = failed ?? outcome.refusal;
  const { world } = outcome;
  const seen = {
    kms: kmsRequestsOf(outcome).map(({ action }) => action),
    hops: outcome.hops.map(({ to, fate }) => ({ to, fate })),
    messages: Object.fromEntries(
      [...world.estate.queues.keys()].map((name) => [name, messagesOf(world.state, name).length]),
    ),
  };
  if (refusal === undefined) return { outcome: 'ok', ...seen };
  const [where = ''] = refusal.at.split(':');
  const { code, http, service, cause } = refusal.error;
  return {
    outcome: 'denied',
    code: failed === undefined ? code : 'TASK_FAILED',
    at: cause === undefined ? where : service,
    ...(http === undefined ? {} : { http }),
    action: refusal.at,
    ...seen,
  };
}
