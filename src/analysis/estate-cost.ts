import { kmsRequestsOf } from '../replay/outcome.js';
import { runCall } from '../replay/run-call.js';
import type { Call } from '../world/call.js';
import { changeThing } from '../world/change.js';
import { requesterOf } from '../world/data-keys.js';
import { resolveKey } from '../world/key-reference.js';
import type { Principal, Queue, Topic, World } from '../world/world.js';
import { flowsOf } from './flows.js';
import { judge } from './judge.js';
import { kmsRequestsByFormula } from './kms-cost.js';
import { atRest } from './probes.js';
import { callOf, whoCan } from './who-can.js';

/** What is not counted from the world but given. */
export interface EstateCostInput {
  readonly billingSeconds: number;
  readonly reusePeriodSeconds?: number;
  readonly producers?: number;
  readonly consumers?: number;
}

/** The KMS requests of one encrypted queue or topic in a billing period. */
export interface ResourceCost {
  readonly kind: 'queue' | 'topic';
  readonly name: string;
  readonly key: string;
  readonly reusePeriodSeconds: number;
  readonly producers: number;
  readonly consumers: number;
  /** Who they are, where they were counted from the world. */
  readonly producedBy?: readonly string[];
  readonly consumedBy?: readonly string[];
  /** By AWS's formula. */
  readonly formula: number;
  /**
   * By replay: every producer and consumer of the world busy all the time, each consumer getting messages of every producer. Left out for topics, which
   * have no consumers, and where the numbers were given.
   */
  readonly simulated?: number;
}

/** For topics AWS keeps data keys for five minutes. Page: SNS Developer Guide, Managing Amazon SNS encryption keys and costs. */
const TOPIC_REUSE = 300;

/**
 * What the keys of all encrypted queues and topics of a world are asked for in a billing period, by AWS's formula and by replay. Producers are the
 * principals that may send, distinct as requesters, and services that deliver, each once; consumers are those that may receive.
 * Pages: SQS Developer Guide, Key management. Rules: SQS-COST-FORMULA, SQS-CACHED-DATA-KEY, SQS-CACHES-ARE-APART
 */
export function costOfEstate(world: World, input: EstateCostInput): readonly ResourceCost[] {
  const queues = [...world.estate.queues.values()].flatMap((queue) => queueCost(world, queue, input) ?? []);
  const topics = [...world.estate.topics.values()].flatMap((topic) => topicCost(world, topic, input) ?? []);
  return [...queues, ...topics];
}

function queueCost(world: World, queue: Queue, input: EstateCostInput): ResourceCost | undefined {
  const { encryption } = queue;
  if (encryption.sse !== 'kms') return undefined;
  const reusePeriodSeconds = input.reusePeriodSeconds ?? encryption.reusePeriod / 1000;
  const principals = requesters(world, 'sqs:SendMessage', queue.name);
  const services = deliveringServices(world, queue.name);
  const receivers = requesters(world, 'sqs:ReceiveMessage', queue.name);
  const producedBy = [...principals.map(({ name }) => name), ...services.keys()];
  const producers = input.producers ?? producedBy.length;
  const consumers = input.consumers ?? receivers.length;
  const { billingSeconds } = input;
  const given = input.producers !== undefined || input.consumers !== undefined;
  const busy = {
    senders: [...principals.map((each) => sendOf(world, each, queue)), ...services.values()],
    receivers,
  };
  const perPeriod = given ? undefined : requestsPerPeriod(world, queue, reusePeriodSeconds, busy);
  return {
    kind: 'queue',
    name: queue.name,
    key: resolveKey(world.estate, encryption.key, queue.arn).key?.name ?? encryption.key,
    reusePeriodSeconds,
    producers,
    consumers,
    ...(input.producers === undefined ? { producedBy } : {}),
    ...(input.consumers === undefined ? { consumedBy: receivers.map(({ name }) => name) } : {}),
    formula: kmsRequestsByFormula({ billingSeconds, reusePeriodSeconds, producers, consumers }),
    ...(perPeriod === undefined ? {} : { simulated: (perPeriod * billingSeconds) / reusePeriodSeconds }),
  };
}

function topicCost(world: World, topic: Topic, input: EstateCostInput): ResourceCost | undefined {
  if (topic.key === undefined) return undefined;
  const publishers = requesters(world, 'sns:Publish', topic.name);
  const producers = input.producers ?? publishers.length;
  const { billingSeconds } = input;
  const reusePeriodSeconds = TOPIC_REUSE;
  return {
    kind: 'topic',
    name: topic.name,
    key: resolveKey(world.estate, topic.key, topic.arn).key?.name ?? topic.key,
    reusePeriodSeconds,
    producers,
    consumers: 0,
    ...(input.producers === undefined ? { producedBy: publishers.map(({ name }) => name) } : {}),
    formula: kmsRequestsByFormula({ billingSeconds, reusePeriodSeconds, producers, consumers: 0 }),
  };
}

/** Principals that may make the call, one for each requester that SQS keeps data keys for. */
function requesters(world: World, action: string, name: string): readonly Principal[] {
  const on = { kind: action.startsWith('sns:') ? ('topic' as const) : ('queue' as const), name };
  const all = [...world.estate.principals.values()];
  const cells = whoCan(world, { principals: all, asks: [{ action, on: [on] }], flows: false });
  const known = new Set<string>();
  return all.filter((principal, index) => {
    const requester = requesterOf(callOf(world, principal, action, on));
    if (cells[index]?.answer !== 'allowed' || known.has(requester)) return false;
    known.add(requester);
    return true;
  });
}

/** A service counts once, however many of its resources deliver; roles that deliver are principals of the world. */
function deliveringServices(world: World, queue: string): ReadonlyMap<string, Call> {
  const resting = atRest(world);
  const found = new Map<string, Call>();
  for (const { plan } of flowsOf(resting, queue)) {
    const { caller } = plan.call;
    if (caller.kind !== 'service' || found.has(caller.host) || judge(resting, plan).answer !== 'allowed')
      continue;
    found.set(caller.host, plan.call);
  }
  return found;
}

function sendOf(world: World, principal: Principal, { name }: Queue): Call {
  return callOf(world, principal, 'sqs:SendMessage', { kind: 'queue', name });
}

interface Busy {
  readonly senders: readonly Call[];
  readonly receivers: readonly Principal[];
}

/** A few periods are alike: data keys last exactly one. */
const PERIODS = 3;

/** Replays a few reuse periods in which everybody sends and receives, and counts what reaches KMS in one of them. */
function requestsPerPeriod(
  world: World,
  queue: Queue,
  reusePeriodSeconds: number,
  { senders, receivers }: Busy,
): number {
  const reusePeriod = reusePeriodSeconds * 1000;
  const prepared = changeThing(world, 'queues', queue.name, ({ delay: _, redrive: __, ...each }) => ({
    ...each,
    encryption: each.encryption.sse === 'kms' ? { ...each.encryption, reusePeriod } : each.encryption,
  }));
  let now = emptied(atRest(prepared));
  let requests = 0;
  const make = (call: Call): void => {
    const outcome = runCall(now, call);
    requests += kmsRequestsOf(outcome).length;
    now = outcome.world;
  };
  for (let period = 0; period < PERIODS; period += 1) {
    for (const call of senders) make(call);
    for (const receiver of receivers) {
      now = emptied(now);
      for (const call of senders) make(call);
      const receive = callOf(now, receiver, 'sqs:ReceiveMessage', { kind: 'queue', name: queue.name });
      for (let left = senders.length; left > 0; left -= 10) make(receive);
    }
    now = { ...emptied(now), now: now.now + reusePeriod };
  }
  return requests / PERIODS;
}

function emptied(world: World): World {
  return { ...world, state: { ...world.state, messages: new Map() } };
}
