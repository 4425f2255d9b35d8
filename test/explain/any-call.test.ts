import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../src/conditions/context.js';
import { type Explanation, explainHop, explainOutcome } from '../../src/explain/explanation.js';
import { traceLines } from '../../src/explain/full-trace.js';
import { columnsOf } from '../../src/explain/plain-text.js';
import { whyLines } from '../../src/explain/why.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import type { Outcome } from '../../src/replay/outcome.js';
import { runCall } from '../../src/replay/run-call.js';
import type { Organization } from '../../src/world/world.js';
import { call, grant, key, PARTNER, queue, role, SHOP, topic, world } from './small-world.js';

const ORDERS = `arn:aws:sqs:us-east-1:${SHOP}:orders`;
const NASTY = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '\u202e\u0007',
    'x'.repeat(5000),
    '注文'.repeat(200),
    '',
    ' ',
    '${aws:username}',
    '*',
    'a b c d',
  ),
);
const action = fc.constantFrom(
  'sqs:SendMessage',
  'sqs:*',
  'kms:*',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  '*',
  'sns:Publish',
);
const resource = fc.oneof(
  fc.constantFrom('*', ORDERS, `${ORDERS}-old`, `arn:aws:sns:us-east-1:${SHOP}:news`),
  NASTY,
);
const KEYS = [
  'aws:SourceIp',
  'aws:SourceArn',
  'aws:SourceVpce',
  'aws:PrincipalTag/team',
  'aws:RequestedRegion',
  'kms:ViaService',
  'aws:CurrentTime',
  'aws:MultiFactorAuthPresent',
] as const;
const OPERATORS = [
  'StringEquals',
  'StringNotEqualsIfExists',
  'StringLike',
  'ForAllValues:StringLike',
  'ForAnyValue:StringNotEquals',
  'ArnLike',
  'NotIpAddress',
  'IpAddress',
  'Null',
  'Bool',
  'NumericLessThanEquals',
  'DateGreaterThan',
] as const;
const condition = fc.dictionary(
  fc.constantFrom(...OPERATORS),
  fc.dictionary(
    fc.constantFrom(...KEYS),
    fc.array(fc.oneof(NASTY, fc.constantFrom('10.0.0.0/8', 'true', 'us-east-1')), {
      minLength: 1,
      maxLength: 6,
    }),
    {
      minKeys: 1,
      maxKeys: 3,
    },
  ),
  { maxKeys: 2 },
);
const principal = fc.constantFrom(
  '*',
  { AWS: SHOP },
  { AWS: `arn:aws:iam::${SHOP}:role/worker` },
  { AWS: `arn:aws:iam::${PARTNER}:root` },
  { Service: ['sns.amazonaws.com', 's3.amazonaws.com'] },
);

function policies(type: PolicyType): fc.Arbitrary<Policy | undefined> {
  const named = type === 'queue' || type === 'key';
  const statement = fc.record({
    Sid: named ? NASTY : fc.constantFrom('Sid1', 'Sid2'),
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    ...(named ? { Principal: principal } : {}),
    Action: fc.array(action, { minLength: 1, maxLength: 4 }),
    Resource: resource,
    Condition: condition,
  });
  return fc.array(statement, { minLength: 1, maxLength: 4 }).map((statements) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 1);
    const parsed = parsePolicy({ name: `policies/${type}.json`, text }, type);
    return parsed.ok ? parsed.value : undefined;
  });
}

const calls = fc.record({
  api: fc.constantFrom(
    'sqs:SendMessage',
    'sqs:ReceiveMessage',
    'sqs:SetQueueAttributes',
    'sns:Publish',
    'kms:Decrypt',
  ),
  missing: fc.boolean(),
  abroad: fc.boolean(),
  name: NASTY,
  identity: policies('identity'),
  boundary: policies('permissions-boundary'),
  queuePolicy: policies('queue'),
  keyPolicy: policies('key'),
  scp: policies('scp'),
  state: fc.constantFrom('Enabled', 'Enabled', 'Disabled', 'PendingDeletion'),
  sse: fc.constantFrom('none', 'kms', 'managed'),
  endpoint: fc.boolean(),
  address: fc.boolean(),
  unknown: fc.boolean(),
  deadLetter: fc.boolean(),
} as const);

type Made = typeof calls extends fc.Arbitrary<infer T> ? T : never;

function outcomeOf(made: Made): Outcome {
  const more = made.boundary === undefined ? {} : { permissionsBoundary: made.boundary };
  const found = role(
    'worker',
    made.identity === undefined ? [] : [made.identity],
    more,
    made.abroad ? PARTNER : SHOP,
  );
  const worker = { ...found, name: made.name };
  const reuse = { reusePeriod: 300_000 };
  const orders = queue('orders', {
    ...(made.queuePolicy === undefined ? {} : { policy: made.queuePolicy }),
    ...(made.sse === 'none'
      ? {}
      : {
          encryption: {
            sse: 'kms',
            key: made.sse === 'kms' ? 'alias/orders-key' : 'alias/aws/sqs',
            ...reuse,
          },
        }),
  });
  const constrained = grant(made.name, `arn:aws:iam::${SHOP}:role/worker`, ['Decrypt', 'GenerateDataKey'], {
    encryptionContextSubset: new Map([['aws:sqs:arn', made.name]]),
  });
  const keys =
    made.keyPolicy === undefined
      ? []
      : [key('orders-key', made.keyPolicy, { state: made.state, grants: [constrained] })];
  const scps = made.scp === undefined ? [] : [made.scp];
  const organization: Organization = {
    id: 'o-a1b2c3d4e5',
    root: { name: 'r-root', scps, rcps: [], units: [], accounts: [{ account: SHOP, scps, rcps: [] }] },
  };
  const subscription = { queue: 'orders', ...(made.deadLetter ? { deadLetter: 'orders' } : {}) };
  const before = world({
    principals: [worker],
    keys,
    queues: [orders],
    topics: [topic('news', { subscriptions: [subscription] })],
    estate: made.scp === undefined ? {} : { organizations: [organization] },
  });
  const on = made.missing
    ? made.name
    : made.api === 'sns:Publish'
      ? 'news'
      : made.api === 'kms:Decrypt'
        ? 'orders-key'
        : 'orders';
  const path = {
    tls: true,
    ...(made.endpoint ? { endpoint: 'vpce-1' } : {}),
    ...(made.address ? { sourceIp: '203.0.113.9' } : {}),
  };
  const context = made.unknown ? ([['aws:PrincipalTag/team', UNKNOWN]] as const) : [];
  return runCall(before, call(worker, made.api, on, { path, context }));
}

function explanationsOf(outcome: Outcome): readonly Explanation[] {
  const hops = outcome.hops.flatMap((hop) => [
    hop,
    ...(hop.deadLetter === undefined ? [] : [hop.deadLetter]),
  ]);
  return [
    explainOutcome(outcome),
    ...hops.map((hop) => explainHop(hop, outcome.call)),
    ...hops.map((hop) => explainHop(hop)),
  ].flatMap((explanation) => explanation ?? []);
}

const VISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('whatever the policies hold', () => {
  it('a refusal takes at most eight lines of a hundred columns, and shows no hidden character', () => {
    let explained = 0;
    fc.assert(
      fc.property(calls, fc.integer({ min: 40, max: 120 }), (made, width) => {
        for (const explanation of explanationsOf(outcomeOf(made))) {
          explained += 1;
          const lines = whyLines(explanation, { width });
          expect(lines.length).toBeGreaterThanOrEqual(3);
          expect(lines.length).toBeLessThanOrEqual(8);
          const rule = lines.findIndex((line) => line.startsWith('rule '));
          const cited = lines.slice(rule).findIndex((line, index) => index > 0 && !line.startsWith(' '));
          const sentence = rule < 0 ? '' : lines.slice(rule, cited < 0 ? undefined : rule + cited).join(' ');
          if (rule >= 0 && width >= 80) expect(sentence).toMatch(/: +(certain|observed|assumed)$/);
          for (const line of lines) {
            expect(columnsOf(line)).toBeLessThanOrEqual(Math.min(width, 100));
            expect(line).not.toMatch(VISIBLE);
          }
          expect(lines[0]).toMatch(/^answer/);
          expect(lines.filter((line) => line.startsWith('rule')).length).toBe(1);
        }
      }),
      { seed: 20261302, numRuns: 400 },
    );
    expect(explained).toBeGreaterThan(200);
  });

  it('the whole trace keeps to a hundred columns and shows no hidden character', () => {
    fc.assert(
      fc.property(calls, (made) => {
        for (const line of traceLines(outcomeOf(made))) {
          expect(columnsOf(line)).toBeLessThanOrEqual(100);
          expect(line).not.toMatch(VISIBLE);
        }
      }),
      { seed: 20261303, numRuns: 150 },
    );
  });
});
