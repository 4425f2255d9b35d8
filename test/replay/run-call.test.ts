import { describe, expect, it } from 'vitest';
import { failedTask, kmsRequestsOf, lostHops } from '../../src/replay/outcome.js';
import { runCall } from '../../src/replay/run-call.js';
import { messagesOf } from '../../src/world/messages.js';
import type { Message, World } from '../../src/world/world.js';
import {
  call,
  DELEGATES,
  EVERYTHING,
  KMS_STAR,
  key,
  policy,
  queue,
  role,
  SEND_ORDERS,
  SHOP,
  topic,
  world,
} from '../explain/small-world.js';

const ADMIN = role('admin', [policy('identity', 'admin', EVERYTHING)]);
const NO_KMS = role('no-kms', [policy('identity', 'no-kms', SEND_ORDERS)]);
const NOT_DECRYPT = role('not-decrypt', [
  policy('identity', 'not-decrypt', EVERYTHING, { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' }),
]);
const KEY = key('orders-key', policy('key', 'key', DELEGATES));
const SSE_KMS = { sse: 'kms', key: 'alias/orders-key', reusePeriod: 300_000 } as const;
const OPEN = policy('queue', 'open', { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' });

const WORLD = world({
  principals: [ADMIN, NO_KMS, NOT_DECRYPT],
  keys: [KEY],
  queues: [
    queue('orders', { encryption: SSE_KMS, redrive: { to: 'dlq', maxReceives: 1 } }),
    queue('dlq', { encryption: SSE_KMS }),
    queue('open', { policy: OPEN }),
    queue('closed'),
  ],
  topics: [
    topic('news', { subscriptions: [{ queue: 'open' }, { queue: 'closed' }] }),
    topic('kept', { subscriptions: [{ queue: 'closed', deadLetter: 'open' }] }),
    topic('twice-lost', { subscriptions: [{ queue: 'closed', deadLetter: 'closed' }] }),
  ],
});

const SEND = (by = ADMIN) => call(by, 'sqs:SendMessage', 'orders');
const RECEIVE = (by = ADMIN) => call(by, 'sqs:ReceiveMessage', 'orders');

const dataKeysOf = ({ state }: World): readonly unknown[] =>
  [...state.dataKeys].map(([queueArn, keys]) => [queueArn, [...keys]]);

function countIn(after: World, name: string): number {
  return messagesOf(after.state, name).length;
}

describe('a call', () => {
  it('that is allowed has its effect and counts its KMS requests', () => {
    const outcome = runCall(WORLD, SEND());
    expect(outcome.succeeded).toBe(true);
    expect(outcome.refusal).toBeUndefined();
    expect(kmsRequestsOf(outcome)).toEqual([
      { action: 'kms:GenerateDataKey', key: 'orders-key' },
      { action: 'kms:Decrypt', key: 'orders-key' },
    ]);
    expect(countIn(outcome.world, 'orders')).toBe(1);
    expect(countIn(WORLD, 'orders')).toBe(0);
  });

  it('that is refused ends at the first refusal and stores nothing', () => {
    const outcome = runCall(WORLD, SEND(NO_KMS));
    expect(outcome.succeeded).toBe(false);
    expect(outcome.refusal).toMatchObject({
      at: 'kms:GenerateDataKey',
      on: 'orders-key',
      by: 'identity-policy',
      undetermined: false,
      error: { code: 'KMS.AccessDeniedException' },
    });
    expect(outcome.asked.map(({ ask }) => ask.request.action)).toEqual([
      'sqs:SendMessage',
      'kms:GenerateDataKey',
    ]);
    expect(countIn(outcome.world, 'orders')).toBe(0);
  });

  it('is served from the cache the second time, with the verdict that KMS would give', () => {
    const second = runCall(runCall(WORLD, SEND()).world, SEND());
    expect(second.succeeded).toBe(true);
    expect(kmsRequestsOf(second)).toEqual([]);
    expect(second.asked.map(({ cached, verdict }) => [cached, verdict.decision])).toEqual([
      [false, 'allowed'],
      [true, 'allowed'],
      [true, 'allowed'],
    ]);
  });

  it('on a queue that is not there finds no queue, whatever the policies', () => {
    expect(runCall(WORLD, call(ADMIN, 'sqs:SendMessage', 'none')).refusal).toMatchObject({
      by: 'not-found',
      error: { code: 'AWS.SimpleQueueService.NonExistentQueue' },
    });
  });

  it('gives every request an id of its own', () => {
    const first = runCall(WORLD, SEND());
    const second = runCall(first.world, RECEIVE());
    expect(first.world.state.serial).toBeGreaterThan(WORLD.state.serial);
    expect(second.world.state.serial).toBeGreaterThan(first.world.state.serial);
  });
});

describe('a message', () => {
  it('received too often goes to the dead-letter queue as it is', () => {
    let outcome = runCall(runCall(WORLD, SEND()).world, RECEIVE());
    expect(countIn(outcome.world, 'orders')).toBe(1);
    const [before] = messagesOf(outcome.world.state, 'orders');
    outcome = runCall({ ...outcome.world, now: outcome.world.now + 30_000 }, RECEIVE());
    expect([countIn(outcome.world, 'orders'), countIn(outcome.world, 'dlq')]).toEqual([0, 1]);
    expect(messagesOf(outcome.world.state, 'dlq')[0]?.encryption).toEqual(before?.encryption);
  });

  it('is deleted by the one who received it alone', () => {
    const received = runCall(runCall(WORLD, SEND()).world, RECEIVE()).world;
    const deleted = (by: typeof ADMIN) => runCall(received, call(by, 'sqs:DeleteMessage', 'orders'));
    expect(countIn(deleted(NOT_DECRYPT).world, 'orders')).toBe(1);
    expect(countIn(deleted(ADMIN).world, 'orders')).toBe(0);
  });
});

describe('a hop', () => {
  const publish = (name: string) => runCall(WORLD, call(ADMIN, 'sns:Publish', name));

  it('that is refused loses its message, and the caller has a success', () => {
    const outcome = publish('news');
    expect(outcome.succeeded).toBe(true);
    expect(outcome.hops.map(({ to, fate }) => [to, fate])).toEqual([
      ['open', 'arrived'],
      ['closed', 'lost'],
    ]);
    expect(lostHops(outcome).map(({ to, outcome: { refusal } }) => [to, refusal?.error.code])).toEqual([
      ['closed', 'AccessDenied'],
    ]);
    expect([countIn(outcome.world, 'open'), countIn(outcome.world, 'closed')]).toEqual([1, 0]);
  });

  it('that is refused puts its message into the dead-letter queue of the subscription', () => {
    const outcome = publish('kept');
    expect(outcome.hops[0]).toMatchObject({
      fate: 'deadLettered',
      deadLetter: { to: 'open', fate: 'arrived' },
    });
    expect(countIn(outcome.world, 'open')).toBe(1);
  });

  it('whose dead-letter queue refuses as well loses its message', () => {
    expect(publish('twice-lost').hops[0]).toMatchObject({ fate: 'lost', deadLetter: { fate: 'lost' } });
  });
});

describe('a move task', () => {
  const message = (id: string): Message => ({
    id,
    encryption: {
      keyArn: KEY.arn.text,
      contextQueueArn: `arn:aws:sqs:us-east-1:${SHOP}:orders`,
      dataKey: 'old',
    },
    sent: WORLD.now,
    visibleAt: WORLD.now,
    receives: 0,
  });
  const full: World = {
    ...WORLD,
    state: { ...WORLD.state, messages: new Map([['dlq', [message('1'), message('2')]]]) },
  };
  const start = (by: typeof ADMIN) => runCall(full, call(by, 'sqs:StartMessageMoveTask', 'dlq'));

  it('moves every message, with the rights of the one who started it', () => {
    const outcome = start(ADMIN);
    expect(failedTask(outcome)).toBeUndefined();
    expect([countIn(outcome.world, 'dlq'), countIn(outcome.world, 'orders')]).toEqual([0, 2]);
  });

  it('that may not decrypt is accepted, fails at the first message and moves none', () => {
    const outcome = start(NOT_DECRYPT);
    expect(outcome.succeeded).toBe(true);
    expect(outcome.hops.map(({ fate }) => fate)).toEqual(['arrived', 'taskFailed']);
    expect(failedTask(outcome)?.outcome.refusal).toMatchObject({ at: 'kms:Decrypt', on: 'orders-key' });
    expect([countIn(outcome.world, 'dlq'), countIn(outcome.world, 'orders')]).toEqual([2, 0]);
  });
});

describe('a replay', () => {
  it('gives deeply equal outcomes each time', () => {
    const story = (): unknown => {
      let now = WORLD;
      return [SEND(), RECEIVE(), call(ADMIN, 'sns:Publish', 'news'), SEND(NO_KMS), RECEIVE(NO_KMS)].map(
        (each) => {
          const outcome = runCall(now, each);
          now = { ...outcome.world, now: outcome.world.now + 10_000 };
          return JSON.parse(
            JSON.stringify({ outcome, messages: [...now.state.messages], dataKeys: dataKeysOf(now) }),
          );
        },
      );
    };
    expect(story()).toEqual(story());
  });

  it('leaves its world as it was', () => {
    const before = JSON.stringify([...WORLD.state.messages, ...dataKeysOf(WORLD), WORLD.now]);
    for (const each of [SEND(), RECEIVE(), call(ADMIN, 'sqs:PurgeQueue', 'orders')]) runCall(WORLD, each);
    expect(JSON.stringify([...WORLD.state.messages, ...dataKeysOf(WORLD), WORLD.now])).toBe(before);
  });

  it('needs no permission on the key for a queue that KMS does not encrypt', () => {
    const kms = role('kms-only', [policy('identity', 'kms-only', KMS_STAR)]);
    expect(runCall(WORLD, call(kms, 'sqs:SendMessage', 'open')).succeeded).toBe(true);
    expect(kmsRequestsOf(runCall(WORLD, call(ADMIN, 'sqs:SendMessage', 'closed')))).toEqual([]);
  });
});
