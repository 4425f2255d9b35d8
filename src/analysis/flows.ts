import { asRole } from '../services/as-role.js';
import { type EventSource, planDelivery } from '../services/delivery.js';
import type { ChildCall, Plan } from '../services/plan.js';
import { planCall } from '../services/plan-call.js';
import { PUBLIC_ENDPOINT } from '../world/call.js';
import type { World } from '../world/world.js';

/** What a service does with a queue by itself: a delivery to it, or the polling of a function or a pipe. */
export interface Flow {
  /** `topic news`, `dead letters of rule nightly`, `failed invocations of function worker`, `schedule daily`. */
  readonly who: string;
  readonly action: 'sqs:SendMessage' | 'sqs:ReceiveMessage';
  readonly queue: string;
  readonly plan: Plan;
}

/** Every flow of the world that sends to the queue or receives from it, as a plan to be judged. */
export function flowsOf(world: World, queue: string): readonly Flow[] {
  return [...deliveries(world, queue), ...polls(world, queue)];
}

function* deliveries(world: World, queue: string): Generator<Flow> {
  const { topics, buckets, rules, functions, sources } = world.estate;
  for (const { name, subscriptions } of topics.values())
    yield* deliveriesOf(world, { kind: 'topic', name }, subscriptions, queue);
  for (const { name, notifications } of buckets.values())
    yield* deliveriesOf(world, { kind: 'bucket', name }, notifications, queue);
  for (const { name, targets } of rules.values())
    yield* deliveriesOf(world, { kind: 'rule', name }, targets, queue);
  for (const { name, onFailure, deadLetter } of functions.values()) {
    const failures = [...new Set([onFailure, deadLetter])].flatMap((to) =>
      to === undefined ? [] : [{ queue: to }],
    );
    yield* deliveriesOf(world, { kind: 'function', name }, failures, queue);
  }
  for (const source of sources.values())
    yield* deliveriesOf(world, { kind: 'source', name: source.name }, [source], queue);
}

function* deliveriesOf(
  world: World,
  source: EventSource,
  targets: readonly { readonly queue: string; readonly deadLetter?: string }[],
  queue: string,
): Generator<Flow> {
  let deadLetters = false;
  for (const target of targets) {
    if (target.queue !== queue && (target.deadLetter !== queue || deadLetters)) continue;
    const [hop] = planDelivery(world, source, target.queue)?.steps ?? [];
    if (hop?.do !== 'call') continue;
    const who = source.kind === 'function' ? `failed invocations of ${hop.from}` : hop.from;
    if (target.queue === queue) yield flowOf(world, who, queue, hop);
    if (target.deadLetter !== queue || deadLetters || hop.onRefused.what !== 'deadLetters') continue;
    deadLetters = true;
    yield flowOf(world, `dead letters of ${who}`, queue, hop.onRefused.hop);
  }
}

function flowOf(world: World, who: string, queue: string, { call, checks = [] }: ChildCall): Flow {
  const plan = planCall(world, call);
  return { who, action: 'sqs:SendMessage', queue, plan: { ...plan, steps: [...checks, ...plan.steps] } };
}

function* polls(world: World, queue: string): Generator<Flow> {
  for (const { name, polls: polled, role } of world.estate.functions.values()) {
    const principal = world.estate.principals.get(role);
    if (polled !== queue || principal === undefined) continue;
    const plan = planCall(world, {
      api: 'lambda:Poll',
      caller: principal.caller,
      principal,
      path: PUBLIC_ENDPOINT,
      on: name,
      parameters: new Map(),
      context: [],
    });
    yield { who: `function ${name}`, action: 'sqs:ReceiveMessage', queue, plan };
  }
  for (const { name, type, polls: polled, role = '' } of world.estate.sources.values()) {
    const principal = world.estate.principals.get(role);
    if (polled !== queue || principal === undefined) continue;
    const plan = planCall(world, asRole(principal, 'pipes:Poll', name));
    // What it may send on is a flow of its own.
    const steps = plan.steps.filter((step) => step.do === 'call' && step.to === queue);
    yield { who: `${type} ${name}`, action: 'sqs:ReceiveMessage', queue, plan: { ...plan, steps } };
  }
}
