import { describe, expect, it } from 'vitest';
import { runCall, runPlan } from '../../src/replay/run-call.js';
import { type EventSource, planDelivery } from '../../src/services/delivery.js';
import type { Estate, World } from '../../src/world/world.js';
import { HEAD, scenarioOf, thing } from '../scenario/in-memory.js';

/** An estate that a program puts together need not hold everything that it names. */
const { world } = scenarioOf(`${HEAD}
principals: { admin: { policies: [admin.json] } }
queues: { orders: { messages: [{ count: 2 }] }, other: {}, dead: {} }
topics: { news: { subscriptions: [{ queue: orders, dead-letter: dead }] } }
buckets: { photos: { notifications: [{ queue: orders }] } }
rules: { nightly: { targets: [{ queue: orders, dead-letter: dead }] } }
functions: { handler: { role: admin, polls: orders, on-failure: other } }
sources:
  bridge: { type: pipe, role: admin, polls: orders, queue: other }
  timer: { type: schedule, role: admin, queue: orders, dead-letter: dead }
`);
const without = (...sections: readonly (keyof Estate)[]): World => ({
  ...world,
  estate: { ...world.estate, ...Object.fromEntries(sections.map((section) => [section, new Map()])) },
});
const admin = thing(world.estate.principals, 'admin');
const call = (api: string, on: string): Parameters<typeof runCall>[1] => ({
  api,
  on,
  caller: admin.caller,
  principal: admin,
  path: { tls: true },
  parameters: new Map(api === 's3:PutObject' ? [['Key', 'a']] : []),
  context: [],
});
const KINDS: readonly EventSource['kind'][] = ['topic', 'bucket', 'rule', 'function', 'source'];

describe('a delivery', () => {
  it.each(KINDS)('is none from a %s that is not there', (kind) => {
    expect(planDelivery(world, { kind, name: 'gone' }, 'orders')).toBeUndefined();
  });

  it.each([
    ['function', 'handler'],
    ['source', 'timer'],
  ] as const)('is none from a %s whose role is gone', (kind, name) => {
    expect(planDelivery(world, { kind, name }, 'orders')).toBeDefined();
    expect(planDelivery(without('principals'), { kind, name }, 'orders')).toBeUndefined();
  });

  it.each([
    ['topic', 'news'],
    ['rule', 'nightly'],
  ] as const)('from a %s may be tried to a queue that it does not have for a target', (kind, name) => {
    const plan = planDelivery(world, { kind, name }, 'other');
    expect(plan?.steps).toMatchObject([{ do: 'call', to: 'other' }]);
    expect(plan && runPlan(world, plan).hops[0]?.outcome.succeeded).toBe(false);
  });

  it.each([
    ['sns:Publish', 'news', 'AWS.SimpleQueueService.NonExistentQueue'],
    ['events:PutEvents', 'nightly', 'AWS.SimpleQueueService.NonExistentQueue'],
    ['s3:PutObject', 'photos', 'AWS.SimpleQueueService.NonExistentQueue'],
  ])('of %s to a queue that is gone is refused as such', (api, on, code) => {
    const [hop] = runCall(without('queues'), call(api, on)).hops;
    expect(hop?.outcome.refusal?.error.code).toBe(code);
    expect(hop?.fate).not.toBe('arrived');
  });

  it('that has no queue any more says so on its dead letter, and in the error of the configuration', () => {
    const queues = new Map([...world.estate.queues].filter(([name]) => name !== 'orders'));
    const gone: World = { ...world, estate: { ...world.estate, queues } };
    const [event] = runCall(gone, call('events:PutEvents', 'nightly')).hops;
    expect(event?.record?.holds).toMatchObject({ TARGET_ARN: 'orders', ERROR_CODE: 'NO_RESOURCE' });
    const { refusal } = runCall(gone, call('s3:PutBucketNotificationConfiguration', 'photos'));
    expect(refusal?.error.details).toEqual({
      ArgumentName1: 'orders',
      ArgumentValue1: 'The destination queue does not exist',
    });
  });
});

describe('polling', () => {
  it.each([
    ['lambda:Poll', 'handler'],
    ['pipes:Poll', 'bridge'],
  ])('%s fails on a queue that is gone', (api, on) => {
    expect(runCall(world, call(api, on)).succeeded).toBe(true);
    expect(runCall(without('queues'), call(api, on)).refusal?.error.code).toBe(
      'AWS.SimpleQueueService.NonExistentQueue',
    );
  });

  it('without its role a pipe does nothing, and a function is let in by nobody', () => {
    expect(runCall(without('principals'), call('pipes:Poll', 'bridge')).refusal?.error.code).toBe(
      'InvalidAction',
    );
    const { principal: _, ...asNobody } = call('lambda:Poll', 'handler');
    expect(runCall(without('principals'), asNobody).succeeded).toBe(false);
  });

  it('a mapping to a queue that is gone is refused', () => {
    const outcome = runCall(without('queues'), call('lambda:CreateEventSourceMapping', 'handler'));
    expect(outcome.refusal).toMatchObject({ by: 'not-found', at: 'sqs:ReceiveMessage' });
  });
});
