import { describe, expect, it } from 'vitest';
import { kmsTrail } from '../../src/analysis/kms-trail.js';
import { KMS_OPERATIONS } from '../../src/catalogue/kms-operations.js';
import { SQS_OPERATIONS } from '../../src/catalogue/sqs-operations.js';
import { readCaller } from '../../src/evaluator/caller.js';
import type { Caller } from '../../src/evaluator/request.js';
import { explainOutcome } from '../../src/explain/explanation.js';
import { traceLines } from '../../src/explain/full-trace.js';
import { whyLines } from '../../src/explain/why.js';
import { runCall } from '../../src/replay/run-call.js';
import { invariant } from '../../src/syntax/invariant.js';
import { type Call, PUBLIC_ENDPOINT } from '../../src/world/call.js';
import { HEAD, scenarioOf, thing } from '../scenario/in-memory.js';

/** What a program may hand to `runCall` and a scenario file cannot: calls on what is not there, by anybody, with nothing given. */
const { world } = scenarioOf(`${HEAD}
principals: { admin: { policies: [admin.json] } }
keys: { k: { alias: alias/k } }
queues: { orders: {}, sealed: { encryption: { kms: alias/k } } }
topics: { news: { subscriptions: [{ queue: orders }] } }
buckets: { photos: { notifications: [{ queue: orders }] } }
rules: { nightly: { targets: [{ queue: orders }] } }
functions: { handler: { role: admin, polls: orders } }
sources: { bridge: { type: pipe, role: admin, polls: orders, queue: sealed } }
`);
const admin = thing(world.estate.principals, 'admin');
const names = (operations: Iterable<{ readonly name: string }>, service: string): readonly string[] =>
  [...operations].map(({ name }) => `${service}:${name}`);
const SQS = names(SQS_OPERATIONS.values(), 'sqs');
const KMS = names(KMS_OPERATIONS.values(), 'kms');
const OTHERS = [
  'sns:Publish',
  's3:PutObject',
  's3:PutBucketNotificationConfiguration',
  'events:PutEvents',
] as const;

function call(api: string, more: Partial<Call> = {}): Call {
  return {
    api,
    caller: admin.caller,
    principal: admin,
    path: PUBLIC_ENDPOINT,
    parameters: new Map(),
    context: [],
    ...more,
  };
}

function callerOf(text: string): Caller {
  const caller = readCaller(text);
  invariant(caller !== undefined, `${text} is a caller`);
  return caller;
}

/** They are asked on no key, so that nothing can be missing. */
const KEYLESS = [...KMS_OPERATIONS.values()]
  .filter(({ permissions }) => permissions.every(({ on }) => on === 'none' || on === 'createdKey'))
  .map(({ name }) => `kms:${name}`);
/** They name no queue, or make the one that they name. */
const QUEUELESS = ['sqs:CreateQueue', 'sqs:ListQueues'];

const ALL = [...SQS, ...KMS, ...OTHERS];
const ON_SOMETHING = ALL.filter((api) => ![...QUEUELESS, ...KEYLESS].includes(api));
/** The name of a thing that a call can be made on. */
const onOf = (api: string): string =>
  ({ sqs: 'orders', kms: 'k', sns: 'news', s3: 'photos', events: 'nightly' })[api.split(':', 1)[0] ?? ''] ??
  '';

describe('a call on something that is not there', () => {
  it.each(ON_SOMETHING)('%s is refused, whether it names something else or nothing', (api) => {
    for (const on of [{ on: 'gone' }, {}]) {
      const outcome = runCall(world, call(api, on));
      expect(outcome.refusal?.by).toMatch(/^(not-found|parameter)$/);
      expect(outcome.world.estate).toBe(world.estate);
      expect(explainOutcome(outcome)?.error.code).toBe(outcome.refusal?.error.code);
      expect(traceLines(outcome).join('\n')).toContain(outcome.refusal?.error.code);
    }
  });
});

describe('callers without an account', () => {
  const callers: readonly (readonly [string, Caller])[] = [
    ['an anonymous caller', { kind: 'anonymous' }],
    ['a service', callerOf('ec2.amazonaws.com')],
  ];
  it.each(callers.flatMap(([who, caller]) => ALL.map((api) => [who, api, caller] as const)))(
    '%s may not call %s, which no policy allows it',
    (_, api, caller) => {
      const { principal: __, ...made } = call(api, { caller, on: onOf(api) });
      const outcome = runCall(world, made);
      expect(outcome.succeeded).toBe(false);
      expect(outcome.world.estate).toBe(world.estate);
      const explained = explainOutcome(outcome);
      expect(explained?.error.code).toBe(outcome.refusal?.error.code);
      if (explained !== undefined) expect(whyLines(explained)[0]).toContain(explained.error.code);
      for (const record of kmsTrail(outcome)) expect(record.errorCode).toBeDefined();
    },
  );
});

describe('a call that is not replayed', () => {
  it.each([
    'sqs:Nope',
    'kms:Nope',
    'sns:Subscribe',
    's3:GetObject',
    'events:PutRule',
    'lambda:Invoke',
    'dynamodb:GetItem',
    'nonsense',
  ])('%s is refused rather than let through', (api) => {
    const outcome = runCall(world, call(api, { on: onOf(api) }));
    expect(outcome.refusal).toMatchObject({ by: 'not-found', error: { code: 'InvalidAction', http: 400 } });
  });

  it.each(['lambda:Poll', 'pipes:Poll', 'lambda:CreateEventSourceMapping'])(
    '%s of what does not exist or polls nothing is refused as well',
    (api) => {
      for (const on of [{}, { on: 'gone' }])
        expect(runCall(world, call(api, on)).refusal?.error.code).toBe('InvalidAction');
    },
  );
});

describe('the name of a call', () => {
  it.each([...SQS, ...KMS])('%s may be written in any letter case', (api) => {
    const [service = '', operation = ''] = api.split(':');
    const on = onOf(api);
    const asSpelled = runCall(world, call(api, { on }));
    const other = runCall(world, call(`${service}:${operation.toLowerCase()}`, { on }));
    expect([other.succeeded, other.refusal?.at, other.refusal?.error]).toEqual([
      asSpelled.succeeded,
      asSpelled.refusal?.at,
      asSpelled.refusal?.error,
    ]);
    expect(other.asked.map(({ ask }) => ask.request.action)).toEqual(
      asSpelled.asked.map(({ ask }) => ask.request.action),
    );
  });
});
