import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/replay/outcome.js';
import { runCall, runPlan } from '../../src/replay/run-call.js';
import { eventDelivery } from '../../src/services/events.js';
import { snsPrincipal } from '../../src/services/sns-principal.js';
import type { World } from '../../src/world/world.js';
import { arnOf, worldOf } from '../field-cases/adapter.js';
import { planOf } from '../field-cases/calls.js';
import type { RawStep, RawWorld } from '../field-cases/case-format.js';

const ACCOUNT = '111122223333';
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

function queueArn(name: string): string {
  return `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
}

function raw(more: RawWorld = {}): RawWorld {
  return {
    principals: {
      admin: { arn: `arn:aws:iam::${ACCOUNT}:role/admin`, policies: [ALLOW_ALL] },
      stranger: { arn: 'arn:aws:iam::444455556666:role/stranger', policies: [ALLOW_ALL] },
    },
    keys: {
      k1: {
        arn: KEY,
        aliases: [],
        manager: 'CUSTOMER',
        state: 'Enabled',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        },
        grants: [],
      },
    },
    queues: {
      orders: {
        arn: queueArn('orders'),
        attributes: {
          SqsManagedSseEnabled: 'true',
          RedrivePolicy: { deadLetterTargetArn: queueArn('orders-dlq'), maxReceiveCount: 3 },
        },
      },
      'orders-dlq': { arn: queueArn('orders-dlq'), attributes: { SqsManagedSseEnabled: 'true' } },
    },
    ...more,
  };
}

function run(step: Omit<RawStep, 'expect'>, world: RawWorld = raw()): Outcome {
  const before = worldOf(world);
  return runPlan(before, planOf(before, { ...step, expect: 'ok' }));
}

describe('SetQueueAttributes', () => {
  it.each([
    [{ KmsMasterKeyId: KEY, SqsManagedSseEnabled: 'true' }, 'InvalidAttributeName', 'You can use one type'],
    [{ KmsDataKeyReusePeriodSeconds: '59' }, 'InvalidAttributeValue', 'KmsDataKeyReusePeriodSeconds.'],
    [{ KmsDataKeyReusePeriodSeconds: '86401' }, 'InvalidAttributeValue', 'KmsDataKeyReusePeriodSeconds.'],
    [{ KmsDataKeyReusePeriodSeconds: '' }, 'InvalidAttributeValue', 'KmsDataKeyReusePeriodSeconds.'],
    [{ SqsManagedSseEnabled: 'yes' }, 'InvalidAttributeValue', 'SqsManagedSseEnabled.'],
    [{ Colour: 'red' }, 'InvalidAttributeName', 'Unknown Attribute Colour.'],
    [{ kmsmasterkeyid: KEY }, 'InvalidAttributeName', 'Unknown Attribute kmsmasterkeyid.'],
    [{ ContentBasedDeduplication: 'true' }, 'InvalidAttributeName', 'Unknown Attribute'],
    [{ DeduplicationScope: 'queue' }, 'InvalidAttributeName', 'only when FifoQueue is set to true'],
  ] as const)('refuses %j', (params, code, text) => {
    const { refusal } = run({ op: 'sqs:SetQueueAttributes', by: 'admin', on: 'orders', params });
    expect(refusal).toMatchObject({ by: 'parameter', error: { code, http: 400 } });
    expect(refusal?.error.message).toContain(text);
  });

  it.each([
    [{ KmsMasterKeyId: '', SqsManagedSseEnabled: 'true' }],
    [{ KmsMasterKeyId: 'alias/aws/sqs', SqsManagedSseEnabled: 'false', KmsDataKeyReusePeriodSeconds: '60' }],
    [{ KmsMasterKeyId: 'no-such-key' }],
    [{ KmsDataKeyReusePeriodSeconds: '86400', VisibilityTimeout: '0' }],
  ] as const)('takes %j', (params) => {
    expect(run({ op: 'sqs:SetQueueAttributes', by: 'admin', on: 'orders', params }).succeeded).toBe(true);
  });

  it('is authorized before it is validated', () => {
    const params = { Colour: 'red' };
    const { refusal } = run({ op: 'sqs:SetQueueAttributes', by: 'stranger', on: 'orders', params });
    expect(refusal).toMatchObject({ by: 'cross-account-exclusion', error: { code: 'AccessDenied' } });
  });
});

describe('GetQueueUrl', () => {
  it('finds no queue of another account unless the call names its owner', () => {
    const step = { op: 'sqs:GetQueueUrl', by: 'stranger', on: 'orders' };
    const error = { code: 'AWS.SimpleQueueService.NonExistentQueue', http: 400 };
    expect(run(step).refusal).toMatchObject({ by: 'not-found', error });
    const named = run({ ...step, params: { QueueOwnerAWSAccountId: ACCOUNT } });
    expect(named.refusal).toMatchObject({ by: 'queue-policy', error });
    expect(run({ ...step, by: 'admin' }).succeeded).toBe(true);
  });
});

describe('StartMessageMoveTask', () => {
  const step = { op: 'sqs:StartMessageMoveTask', by: 'admin', on: 'orders-dlq' };

  it.each([
    [
      { ...step, on: 'orders' },
      'InvalidParameterValue',
      'Source queue must be configured as a Dead Letter Queue.',
    ],
    [{ ...step, on: 'nowhere' }, 'ResourceNotFoundException', 'SourceArn'],
    [
      { ...step, params: { destination: queueArn('nowhere') } },
      'ResourceNotFoundException',
      'DestinationArn',
    ],
  ])('%j is refused', (asked, code, text) => {
    const { error } = run(asked).refusal ?? {};
    expect(error).toMatchObject({ code, message: expect.stringContaining(text) });
  });

  it('moves messages to where they came from, without the network of its caller', () => {
    const endpoint = 'vpce-1a2b3c4d';
    const moved = run({ ...step, context: { 'aws:SourceVpce': endpoint, 'aws:SourceVpc': 'vpc-1' } });
    expect(moved.hops.map(({ to, fate }) => [to, fate])).toEqual([
      ['orders-dlq', 'arrived'],
      ['orders-dlq', 'arrived'],
      ['orders', 'arrived'],
      ['orders-dlq', 'arrived'],
    ]);
    expect(moved.world.state.messages.get('orders-dlq')).toEqual([]);
    const networks = moved.hops.flatMap(({ outcome }) =>
      outcome.asked.map(({ ask }) => ask.request.context.network),
    );
    expect(networks.flatMap((network) => [...network.keys()]).filter((key) => key.includes('vpc'))).toEqual(
      [],
    );
  });
});

describe('a direct KMS call', () => {
  it.each([
    ['Disabled', 'kms:Decrypt', 'DisabledException'],
    ['PendingImport', 'kms:Decrypt', 'KMSInvalidStateException'],
    ['Disabled', 'kms:DescribeKey', undefined],
  ])('on a key that is %s: %s gives %s', (state, op, code) => {
    const { keys } = raw();
    const k1 = keys?.k1;
    const world = k1 === undefined ? raw() : raw({ keys: { k1: { ...k1, state } } });
    expect(run({ op, by: 'admin', on: 'k1' }, world).refusal?.error.code).toBe(code);
  });
});

describe('a key of another account that does not exist', () => {
  const elsewhere = KEY.replace(ACCOUNT, '777788889999');
  const queue = { arn: queueArn('orders'), attributes: { KmsMasterKeyId: elsewhere } };

  it('cannot be told from one that refuses', () => {
    const send = run(
      { op: 'sqs:SendMessage', by: 'admin', on: 'orders' },
      raw({ queues: { orders: queue } }),
    );
    expect(send.refusal).toMatchObject({ by: 'not-found', error: { code: 'KMS.AccessDeniedException' } });
    expect(send.refusal?.error.message).toMatch(
      /^User: arn:aws:sts::111122223333:assumed-role\/admin\/<session> is not authorized to perform: kms:GenerateDataKey on this resource because the resource does not exist in this Region/,
    );
  });
});

describe('keys given for the first hop', () => {
  it('about the queue do not follow the call to KMS', () => {
    const queue = { arn: queueArn('orders'), attributes: { KmsMasterKeyId: KEY } };
    const context = { 'aws:ResourceTag/env': 'prod', 'aws:SourceIp': '203.0.113.7' };
    const sent = run(
      { op: 'sqs:SendMessage', by: 'admin', on: 'orders', context },
      raw({ queues: { orders: queue } }),
    );
    const tags = sent.asked.map(({ ask }) => ask.request.context.resource.get('aws:resourcetag/env'));
    expect(tags).toEqual(['prod', undefined, undefined]);
    const addresses = sent.asked.map(({ ask }) => ask.request.context.network.get('aws:sourceip'));
    expect(addresses).toEqual(['203.0.113.7', '203.0.113.7', '203.0.113.7']);
  });
});

describe('two sessions of a role', () => {
  const queue = { arn: queueArn('orders'), attributes: { KmsMasterKeyId: KEY }, messages: [] };

  it('share data keys under other names, and not under other session policies', () => {
    let world: World = worldOf(raw({ queues: { orders: queue } }));
    world = { ...world, state: { ...world.state, cachesDataKeys: true } };
    const { call } = planOf(world, { op: 'sqs:SendMessage', by: 'admin', on: 'orders', expect: 'ok' });
    const only = (action: string) => ({
      ...ALLOW_ALL,
      Statement: [{ Effect: 'Allow', Action: ['sqs:*', action], Resource: '*' }],
    });
    const scoped = ['kms:*', 'kms:?*'].map((action) => {
      const { principals } = worldOf(
        raw({ principals: { p: { arn: `arn:aws:iam::${ACCOUNT}:role/p`, policies: [only(action)] } } }),
      ).estate;
      return principals.get('p')?.identity ?? [];
    });
    const sessions = [{}, { name: 'other' }, ...scoped.map((policies) => ({ policies }))];
    const asked = sessions.map((session) => {
      const outcome = runCall(world, { ...call, session });
      world = outcome.world;
      return outcome.asked.filter(({ cached, ask }) => !cached && ask.request.action.startsWith('kms:'))
        .length;
    });
    expect(asked).toEqual([2, 0, 2, 2]);
  });
});

describe('services that deliver', () => {
  it.each([
    ['af-south-1', 'us-east-1', 'sns.af-south-1.amazonaws.com'],
    ['af-south-1', 'af-south-1', 'sns.amazonaws.com'],
    ['us-east-1', 'af-south-1', 'sns.amazonaws.com'],
    ['us-east-1', 'eu-west-1', 'sns.amazonaws.com'],
    ['cn-north-1', 'cn-northwest-1', 'sns.amazonaws.com'],
  ])('SNS in %s writes to a queue in %s as %s', (topic, queue, principal) => {
    expect(snsPrincipal(topic, queue)).toBe(principal);
  });

  it('EventBridge with a role calls as that role, without address', () => {
    const world = worldOf(raw());
    const arn = arnOf(`arn:aws:events:us-east-1:${ACCOUNT}:rule/nightly`);
    const target = { queue: 'orders', role: 'admin' };
    const outcome = runCall(world, eventDelivery(world, { name: 'nightly', arn, targets: [target] }, target));
    expect(outcome.succeeded).toBe(true);
    const [asked] = outcome.asked;
    expect(asked?.ask.request.caller.kind).toBe('session');
    expect(asked?.ask.request.context.network.has('aws:sourceip')).toBe(false);
    expect(asked?.ask.request.context.call.has('aws:sourcearn')).toBe(false);
  });
});
