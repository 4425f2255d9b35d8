import { type Random, randomFor } from '../drt/random.js';

/** A scenario file as the value that its JSON stands for. */
export interface FlowDocument {
  readonly gainsay: 1;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  readonly [section: string]: unknown;
}

export interface FlowSize {
  readonly queues: number;
  readonly steps: number;
}

const SHOP = '111122223333';
const BANK = '444455556666';
const everything = (Action: unknown, Effect = 'Allow'): object => ({ Effect, Action, Resource: '*' });
const policy = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });

/** Principals that may do everything, some of it, and what a deny or a boundary leaves of it. */
const PRINCIPALS = {
  admin: { policies: [policy(everything('*'))] },
  producer: { policies: [policy(everything(['sqs:SendMessage', 'kms:GenerateDataKey', 'kms:Decrypt']))] },
  consumer: { policies: [policy(everything(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'kms:Decrypt']))] },
  forgetful: { policies: [policy(everything(['sqs:*', 'kms:GenerateDataKey']))] },
  blocked: { policies: [policy(everything('*'), everything('kms:Decrypt', 'Deny'))] },
  bounded: { policies: [policy(everything('*'))], boundary: policy(everything('sqs:*')) },
  ann: { type: 'user', policies: [policy(everything(['sqs:*', 'sns:*', 'kms:*']))] },
  teller: { account: BANK, policies: [policy(everything('*'))] },
};

const SERVICES = policy(
  { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${SHOP}:root` }, Action: 'kms:*', Resource: '*' },
  {
    Effect: 'Allow',
    Principal: { Service: ['sns.amazonaws.com', 'events.amazonaws.com'] },
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Resource: '*',
  },
);
const KEYS = {
  plain: {},
  served: { policy: SERVICES, alias: 'alias/served' },
  shut: { state: 'Disabled' },
  foreign: { account: BANK },
};
const OPEN = policy({ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' });

/**
 * A world of so many queues, of which every fifth is a dead-letter queue of the others, and so many steps in it: calls
 * by everybody, deliveries, polls, waits, changes. The same for the same seed and number.
 */
export function randomFlow(seed: string, number: number, size: FlowSize): FlowDocument {
  const random = randomFor(seed, number);
  const names = Array.from({ length: size.queues }, (_, index) => `queue-${index}`);
  const dead = names.filter((_, index) => index % 5 === 4);
  const queues = Object.fromEntries(
    names.map((name, index) => [name, queueOf(random, index % 5 === 4 ? [] : dead)]),
  );
  const topics = Object.fromEntries(
    ['news', 'alarms', 'orders'].map((name) => [name, topicOf(random, names)]),
  );
  return {
    gainsay: 1,
    region: 'us-east-1',
    account: SHOP,
    principals: PRINCIPALS,
    keys: KEYS,
    queues,
    topics,
    functions: {
      handler: { role: 'admin', polls: pick(random, names) },
      slow: { role: 'consumer', polls: pick(random, names) },
    },
    steps: Array.from({ length: size.steps }, () => stepOf(random, names)),
  };
}

function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new Error('there is something to pick from');
  return item;
}

function queueOf(random: Random, dead: readonly string[]): object {
  const encryption = pick(random, [
    'none',
    'sqs',
    { kms: 'plain', reuse: '5m' },
    { kms: 'served', reuse: '1h' },
    { kms: 'alias/served', reuse: '60s' },
    { kms: 'alias/aws/sqs' },
    { kms: 'shut' },
    { kms: 'foreign' },
  ]);
  return {
    encryption,
    visibility: pick(random, ['0s', '30s', '10m']),
    ...(random.chance(0.6) ? { policy: OPEN } : {}),
    ...(dead.length > 0 && random.chance(0.7)
      ? { redrive: { to: pick(random, dead), after: 1 + random.below(3) } }
      : {}),
  };
}

function topicOf(random: Random, queues: readonly string[]): object {
  const subscriptions = Array.from({ length: 1 + random.below(3) }, (_, index) => ({
    queue: pick(
      random,
      queues.filter((_queue, at) => at % 3 === index),
    ),
    ...(random.chance(0.4) ? { 'dead-letter': pick(random, queues) } : {}),
  }));
  return {
    policy: policy({ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' }),
    subscriptions,
  };
}

const deadOf = (queues: readonly string[], random: Random): string =>
  pick(
    random,
    queues.filter((_, index) => index % 5 === 4),
  );

/** Nearly half of the steps send, as many receive or delete; the rest is everything else. */
function stepOf(random: Random, queues: readonly string[]): Readonly<Record<string, unknown>> {
  const as = pick(random, Object.keys(PRINCIPALS));
  const queue = pick(random, queues);
  const call = (name: string, more: object = {}): Readonly<Record<string, unknown>> => ({
    as,
    call: name,
    queue,
    ...more,
  });
  const dice = random.below(100);
  if (dice < 30) return call('sqs:SendMessage');
  if (dice < 38) return call('sqs:SendMessageBatch', { with: { Entries: 1 + random.below(10) } });
  if (dice < 62) return call('sqs:ReceiveMessage', { with: { MaxNumberOfMessages: 1 + random.below(10) } });
  if (dice < 78) return call('sqs:DeleteMessageBatch', { with: { Entries: 10 } });
  if (dice < 82) return { as, call: 'sns:Publish', topic: pick(random, ['news', 'alarms', 'orders']) };
  if (dice < 86) return { poll: pick(random, ['handler', 'slow']) };
  if (dice < 88) return call('sqs:PurgeQueue');
  if (dice < 91)
    return {
      as: pick(random, ['admin', 'ann']),
      call: 'sqs:StartMessageMoveTask',
      queue: deadOf(queues, random),
      // Without one, a task stops at what was sent to the dead-letter queue itself.
      ...(random.chance(0.8) ? { with: { DestinationArn: `arn:aws:sqs:us-east-1:${SHOP}:${queue}` } } : {}),
    };
  if (dice < 92)
    return { set: { queues: { [queue]: { encryption: pick(random, ['none', { kms: 'served' }]) } } } };
  if (dice < 93) return { set: { keys: { plain: { state: pick(random, ['Enabled', 'Disabled']) } } } };
  if (dice < 94) return call('sqs:SendMessage', { tls: false });
  return { wait: pick(random, ['1s', '30s', '5m', '2h']) };
}
