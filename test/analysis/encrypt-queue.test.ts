import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../src/analysis/cell-changes.js';
import { reasonOf } from '../../src/analysis/cell-words.js';
import { encryptQueue, withEncryption } from '../../src/analysis/encrypt-queue.js';
import { atRest } from '../../src/analysis/probes.js';
import type { Cell } from '../../src/analysis/who-can.js';
import { callOf, whoCan } from '../../src/analysis/who-can.js';
import { world as randomWorld } from '../../src/fuzz/world.js';
import { runCall } from '../../src/replay/run-call.js';
import { resolveKey } from '../../src/world/key-reference.js';
import { HEAD, scenarioOf } from '../scenario/in-memory.js';

const STORY = `${HEAD}
principals:
  producer:
    policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:SendMessage", "kms:GenerateDataKey", "kms:Decrypt"], Resource: "*" } }]
  worker:
    policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }]
keys:
  orders-key: { alias: alias/orders }
  other-key: {}
  far-key: { region: eu-west-1 }
queues:
  orders:
    redrive: { to: dead, after: 3 }
    policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: [sns.amazonaws.com, s3.amazonaws.com, events.amazonaws.com] }, Action: "sqs:SendMessage", Resource: "*" } }
  dead: {}
  sealed: { encryption: { kms: alias/orders }, messages: [{ encrypted-with: orders-key, count: 2 }] }
topics:
  news: { subscriptions: [{ queue: orders }] }
buckets:
  photos: { notifications: [{ queue: orders }] }
rules:
  nightly: { targets: [{ queue: orders }] }
functions:
  handler: { role: worker, polls: orders }
`;

const { world } = scenarioOf(STORY);

function words({ who, action, on }: Cell): string {
  return `${who}: ${action} on ${on.name}`;
}

describe('what sends to a queue by itself, and what reads from it', () => {
  const sources = `${STORY}
sources:
  build: { type: codebuild, queue: sealed-off }
  daily: { type: schedule, role: worker, queue: dead, dead-letter: sealed-off }
  bridge: { type: pipe, role: worker, polls: sealed-off, queue: dead }
`
    .replace('  dead: {}', '  dead: {}\n  sealed-off: { policy: *open }')
    .replace('    policy: { Version', '    policy: &open { Version')
    .replace('[sns.amazonaws.com,', '[codebuild.amazonaws.com, sns.amazonaws.com,')
    .replace(
      'role: worker, polls: orders',
      'role: worker, polls: orders, on-failure: sealed-off, dead-letter: sealed-off',
    );

  it('breaks as well: builds, failed invocations, schedules with their dead letters, and pipes', () => {
    const change = encryptQueue(scenarioOf(sources).world, 'sealed-off', 'orders-key');
    const breaks = change.ok ? change.value.breaks : [];
    const flows = breaks.flatMap(({ after }) => (after?.is === 'flow' ? [words(after)] : []));
    expect(flows.toSorted()).toEqual([
      'codebuild build: sqs:SendMessage on sealed-off',
      'dead letters of schedule daily: sqs:SendMessage on sealed-off',
      'failed invocations of function handler: sqs:SendMessage on sealed-off',
      'pipe bridge: sqs:ReceiveMessage on sealed-off',
    ]);
  });
});

describe('encrypting a queue', () => {
  const change = encryptQueue(world, 'orders', 'orders-key');

  it('breaks event sources, pollers, consumers, readers of dead letters and redrives that the key does not let in', () => {
    const breaks = change.ok ? change.value.breaks : [];
    expect(breaks.map(({ after }) => (after === undefined ? '' : words(after))).toSorted()).toEqual([
      'bucket photos: sqs:SendMessage on orders',
      'function handler: sqs:ReceiveMessage on orders',
      'rule nightly: sqs:SendMessage on orders',
      'topic news: sqs:SendMessage on orders',
      'worker: sqs:ReceiveMessage on dead',
      'worker: sqs:ReceiveMessage on orders',
      'worker: sqs:SendMessage on orders',
      'worker: sqs:StartMessageMoveTask on dead',
    ]);
    const topic = breaks.find(({ after }) => after?.who === 'topic news')?.after;
    expect(topic === undefined ? '' : reasonOf(topic, topic.action)).toBe(
      'kms:GenerateDataKey on orders-key: the key policy does not allow it',
    );
  });

  it('leaves alone those who may use the key, and says what becomes of messages', () => {
    if (!change.ok) throw new Error(change.issues[0].message);
    const { from, to, stays, mends, notes } = change.value;
    expect([from, to, mends]).toEqual(['SSE-SQS', 'orders-key', []]);
    expect(stays.filter(({ answer }) => answer === 'allowed').map(words)).toEqual([
      'producer: sqs:SendMessage on orders',
    ]);
    expect(notes).toEqual([
      'messages that are in the queue by then stay as they are: SQS does not encrypt them anew',
      'messages that move to dead keep the key of orders: whoever reads them there needs kms:Decrypt on orders-key',
    ]);
  });

  it('keeps the old key for the messages that are there', () => {
    const other = encryptQueue(world, 'sealed', 'other-key');
    expect(other.ok ? other.value.notes : []).toEqual([
      'the 2 messages of the queue stay encrypted with orders-key: keep it enabled, and its readers allowed, until they are gone',
    ]);
  });

  it.each([
    ['ordes', 'orders-key', 'unknown-name', 'QUEUE'],
    ['orders', 'order-key', 'unknown-name', '--key'],
    ['orders', 'alias/nothing', 'unknown-name', '--key'],
    ['orders', 'far-key', 'wrong-value', '--key'],
  ])('of %s with %s is refused', (queue, key, code, source) => {
    const refused = encryptQueue(world, queue, key);
    expect(refused.ok ? [] : refused.issues).toMatchObject([{ code, at: { source } }]);
  });

  it('with the key that it has breaks nobody, in random worlds', () => {
    let encrypted = 0;
    fc.assert(
      fc.property(randomWorld(), ({ world: start }) => {
        for (const queue of start.estate.queues.values()) {
          if (queue.encryption.sse !== 'kms') continue;
          const key = resolveKey(start.estate, queue.encryption.key, queue.arn).key;
          if (key === undefined || !start.estate.keys.has(key.name)) continue;
          encrypted += 1;
          const same = encryptQueue(start, queue.name, key.name);
          expect(same.ok && [same.value.breaks, same.value.mends, same.value.notes]).toEqual([[], [], []]);
        }
      }),
      { seed: 20261406, numRuns: 100 },
    );
    expect(encrypted).toBeGreaterThan(20);
  });

  it('breaks exactly those whose calls succeed before and fail after, in random worlds', () => {
    let broken = 0;
    fc.assert(
      fc.property(randomWorld(), ({ world: start }) => {
        const path = { tls: true, sourceIp: '203.0.113.9' };
        for (const queue of start.estate.queues.values()) {
          const changed = encryptQueue(start, queue.name, 'alias/aws/sqs', path);
          const swapped = withEncryption(start, queue.name, 'alias/aws/sqs');
          if (!changed.ok || !swapped.ok) throw new Error('every world has the key that AWS keeps');
          const [before, after] = [atRest(start), atRest(swapped.value.after)];
          const breaks = changed.value.breaks
            .flatMap((each) => each.after ?? [])
            .filter(({ is }) => is === 'principal');
          for (const { who, action, on } of breaks.filter(({ answer }) => answer === 'denied')) {
            const principal = start.estate.principals.get(who);
            if (principal === undefined || action === 'sqs:StartMessageMoveTask') continue;
            broken += 1;
            const was = runCall(before, callOf(before, principal, action, on, path));
            const is = runCall(after, callOf(after, principal, action, on, path));
            expect([was.succeeded || was.refusal?.undetermined, is.succeeded]).toEqual([true, false]);
          }
        }
      }),
      { seed: 20261407, numRuns: 150 },
    );
    expect(broken).toBeGreaterThan(5);
  });
});

describe('the changes between two matrices', () => {
  it('are none between a matrix and itself, in random worlds', () => {
    fc.assert(
      fc.property(randomWorld(), ({ world: start }) => {
        const asks = [
          {
            action: 'sqs:SendMessage',
            on: [...start.estate.queues.keys()].map((name) => ({ kind: 'queue' as const, name })),
          },
        ];
        const question = { principals: [...start.estate.principals.values()], asks, flows: true };
        const { changes, same } = changesBetween(whoCan(start, question), whoCan(start, question));
        expect(changes).toEqual([]);
        expect(same.length).toBeGreaterThan(0);
      }),
      { seed: 20261408, numRuns: 50 },
    );
  });
});
