import { UNKNOWN } from '../../src/conditions/context.js';
import { type Explanation, explainHop, explainOutcome } from '../../src/explain/explanation.js';
import type { Hop, Outcome } from '../../src/replay/outcome.js';
import { runCall } from '../../src/replay/run-call.js';
import type { Call } from '../../src/world/call.js';
import { messagesOf, moveToDeadLetter } from '../../src/world/messages.js';
import type { Organization, World } from '../../src/world/world.js';
import {
  arn,
  call,
  DELEGATES,
  EVERYTHING,
  grant,
  KMS_STAR,
  key,
  PARTNER,
  policy,
  queue,
  role,
  SEND_ORDERS,
  SHOP,
  topic,
  world,
} from './small-world.js';

/** A world, a call in it, and what is explained of it. */
export interface Situation {
  readonly title: string;
  readonly outcome: () => Outcome;
  readonly explanation: () => Explanation | undefined;
}

const ORDERS = `arn:aws:sqs:us-east-1:${SHOP}:orders`;
const NEWS = `arn:aws:sns:us-east-1:${SHOP}:news`;
const ENCRYPTED = { sse: 'kms', key: 'alias/orders-key', reusePeriod: 300_000 } as const;

function refused(title: string, made: () => { readonly world: World; readonly call: Call }): Situation {
  const outcome = (): Outcome => {
    const { world: before, call: asked } = made();
    return runCall(before, asked);
  };
  return { title, outcome, explanation: () => explainOutcome(outcome()) };
}

function delivery(title: string, made: () => { readonly world: World; readonly call: Call }): Situation {
  const outcome = (): Outcome => {
    const { world: before, call: asked } = made();
    return runCall(before, asked);
  };
  const explanation = (): Explanation | undefined => {
    const result = outcome();
    const hop: Hop | undefined = result.hops.find(({ fate }) => fate !== 'arrived');
    return hop === undefined ? undefined : explainHop(hop, result.call);
  };
  return { title, outcome, explanation };
}

function organization(scps: readonly ReturnType<typeof policy>[]): Organization {
  const full = policy('scp', 'full-access', EVERYTHING);
  return {
    id: 'o-a1b2c3d4e5',
    root: {
      name: 'r-root',
      scps: [full],
      rcps: [],
      units: [
        {
          name: 'workloads',
          scps,
          rcps: [],
          units: [],
          accounts: [{ account: SHOP, scps: [full], rcps: [] }],
        },
      ],
      accounts: [],
    },
  };
}

const worker = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  role('worker', [policy('identity', 'worker', ...statements)]);

export const SITUATIONS: readonly Situation[] = [
  refused('a role without any identity policy', () => {
    const nobody = role('worker', []);
    return {
      world: world({ principals: [nobody], queues: [queue('orders')] }),
      call: call(nobody, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('an identity policy about another queue', () => {
    const one = worker({ ...SEND_ORDERS, Resource: `${ORDERS}-dlq` });
    return {
      world: world({ principals: [one], queues: [queue('orders')] }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a queue policy whose condition is missed', () => {
    const one = role('partner-app', [policy('identity', 'partner', SEND_ORDERS)], {}, PARTNER);
    const queuePolicy = policy('queue', 'queue', {
      Sid: 'PartnerMaySend',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${PARTNER}:role/partner-app` },
      Action: 'sqs:SendMessage',
      Resource: ORDERS,
      Condition: { StringEquals: { 'aws:PrincipalTag/team': ['billing', 'shipping'] } },
    });
    return {
      world: world({ principals: [one], queues: [queue('orders', { policy: queuePolicy })] }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a key policy that does not delegate to IAM', () => {
    const one = worker(SEND_ORDERS, KMS_STAR);
    const keyPolicy = policy('key', 'key', {
      Sid: 'AllowConsumers',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${SHOP}:role/consumer` },
      Action: 'kms:GenerateDataKey',
      Resource: '*',
    });
    return {
      world: world({
        principals: [one],
        keys: [key('orders-key', keyPolicy)],
        queues: [queue('orders', { encryption: ENCRYPTED })],
      }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a key policy that delegates, and no identity policy for the second action', () => {
    const one = worker(SEND_ORDERS, {
      Sid: 'MakeDataKeys',
      Effect: 'Allow',
      Action: 'kms:GenerateDataKey*',
      Resource: '*',
    });
    return {
      world: world({
        principals: [one],
        keys: [key('orders-key', policy('key', 'key', DELEGATES))],
        queues: [queue('orders', { encryption: ENCRYPTED })],
      }),
      call: call(one, 'sqs:SendMessageBatch', 'orders'),
    };
  }),
  refused('a Deny that matches because a key is absent', () => {
    const one = worker(SEND_ORDERS, KMS_STAR);
    const keyPolicy = policy('key', 'key', DELEGATES, {
      Sid: 'OnlyThroughTheEndpoint',
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:GenerateDataKey',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } },
    });
    return {
      world: world({
        principals: [one],
        keys: [key('orders-key', keyPolicy)],
        queues: [queue('orders', { encryption: ENCRYPTED })],
      }),
      call: call(one, 'sqs:SendMessage', 'orders', {
        path: { tls: true, endpoint: 'vpce-0a1b2c3d4e5f60718' },
      }),
    };
  }),
  refused('a Deny by a condition that is met', () => {
    const one = worker(EVERYTHING, {
      Effect: 'Deny',
      Action: 'sqs:*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    return {
      world: world({ principals: [one], queues: [queue('orders')] }),
      call: call(one, 'sqs:SendMessage', 'orders', { path: { tls: false, sourceIp: '203.0.113.9' } }),
    };
  }),
  refused('a unit of the organization that does not allow', () => {
    const one = worker(SEND_ORDERS);
    const scp = policy('scp', 'only-eu', {
      ...EVERYTHING,
      Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-central-1'] } },
    });
    return {
      world: world({
        principals: [one],
        queues: [queue('orders')],
        estate: { organizations: [organization([scp])] },
      }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a Deny in a service control policy', () => {
    const one = worker(SEND_ORDERS);
    const scp = policy('scp', 'guard', EVERYTHING, {
      Sid: 'NoSending',
      Effect: 'Deny',
      Action: 'sqs:Send*',
      Resource: '*',
    });
    return {
      world: world({
        principals: [one],
        queues: [queue('orders')],
        estate: { organizations: [organization([scp])] },
      }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a permissions boundary, and a session policy behind it', () => {
    const permissionsBoundary = policy('permissions-boundary', 'boundary', {
      Sid: 'ReceiveOnly',
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      Resource: '*',
    });
    const session = { policies: [policy('session', 'session', { ...EVERYTHING, Action: 's3:*' })] };
    const one = role('worker', [policy('identity', 'worker', SEND_ORDERS)], { permissionsBoundary, session });
    return {
      world: world({ principals: [one], queues: [queue('orders')] }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a session policy about another queue', () => {
    const session = {
      policies: [
        policy('session', 'session', { ...SEND_ORDERS, Resource: `arn:aws:sqs:us-east-1:${SHOP}:invoices` }),
      ],
    };
    const one = role('worker', [policy('identity', 'worker', SEND_ORDERS)], { session });
    return {
      world: world({ principals: [one], queues: [queue('orders')] }),
      call: call(one, 'sqs:ReceiveMessage', 'orders'),
    };
  }),
  refused('a VPC endpoint whose policy is about another account', () => {
    const one = worker(SEND_ORDERS);
    const endpointPolicy = policy('vpc-endpoint', 'endpoint', {
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceAccount': PARTNER } },
    });
    const endpoints = new Map([['vpce-1', { id: 'vpce-1', service: 'sqs', policy: endpointPolicy }]]);
    return {
      world: world({ principals: [one], queues: [queue('orders')], estate: { endpoints } }),
      call: call(one, 'sqs:SendMessage', 'orders', { path: { tls: true, endpoint: 'vpce-1' } }),
    };
  }),
  refused('an operation that cannot be shared across accounts', () => {
    const one = role('partner-app', [policy('identity', 'partner', EVERYTHING)], {}, PARTNER);
    return {
      world: world({ principals: [one], queues: [queue('orders')] }),
      call: call(one, 'sqs:SetQueueAttributes', 'orders'),
    };
  }),
  refused('a key that is pending deletion', () => {
    const one = worker(SEND_ORDERS, KMS_STAR);
    return {
      world: world({
        principals: [one],
        keys: [key('orders-key', policy('key', 'key', DELEGATES), { state: 'PendingDeletion' })],
        queues: [queue('orders', { encryption: ENCRYPTED })],
      }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a key for message authentication', () => {
    const one = worker(SEND_ORDERS, KMS_STAR);
    const traits = { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' } as const;
    return {
      world: world({
        principals: [one],
        keys: [key('orders-key', policy('key', 'key', DELEGATES), traits)],
        queues: [queue('orders', { encryption: ENCRYPTED })],
      }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a queue that does not exist', () => {
    const one = worker(SEND_ORDERS);
    return { world: world({ principals: [one] }), call: call(one, 'sqs:ReceiveMessage', 'ordesr') };
  }),
  refused('an alias that does not exist', () => {
    const one = worker(SEND_ORDERS, KMS_STAR);
    return {
      world: world({ principals: [one], queues: [queue('orders', { encryption: ENCRYPTED })] }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  delivery('a delivery of SNS that the queue policy does not expect', () => {
    const publisher = worker(EVERYTHING);
    const queuePolicy = policy('queue', 'queue', {
      Sid: 'AllowNews',
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: ORDERS,
      Condition: { ArnEquals: { 'aws:SourceArn': NEWS } },
    });
    return {
      world: world({
        principals: [publisher],
        queues: [queue('orders', { policy: queuePolicy })],
        topics: [topic('other', { subscriptions: [{ queue: 'orders' }] })],
      }),
      call: call(publisher, 'sns:Publish', 'other'),
    };
  }),
  delivery('a delivery of SNS that the AWS managed key refuses', () => {
    const publisher = worker(EVERYTHING);
    const queuePolicy = policy('queue', 'queue', {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: ORDERS,
    });
    return {
      world: world({
        principals: [publisher],
        queues: [
          queue('orders', { policy: queuePolicy, encryption: { ...ENCRYPTED, key: 'alias/aws/sqs' } }),
          queue('undelivered', { policy: queuePolicy }),
        ],
        topics: [topic('news', { subscriptions: [{ queue: 'orders', deadLetter: 'undelivered' }] })],
      }),
      call: call(publisher, 'sns:Publish', 'news'),
    };
  }),
  delivery('a delivery of SNS that ends in a dead-letter queue', () => {
    const publisher = worker(EVERYTHING);
    const toDeadLetters = policy('queue', 'dlq', {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    });
    return {
      world: world({
        principals: [publisher],
        queues: [queue('orders'), queue('undelivered', { policy: toDeadLetters })],
        topics: [topic('news', { subscriptions: [{ queue: 'orders', deadLetter: 'undelivered' }] })],
      }),
      call: call(publisher, 'sns:Publish', 'news'),
    };
  }),
  refused('an address that is not known', () => {
    const one = worker({
      ...SEND_ORDERS,
      Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } },
    });
    return {
      world: world({ principals: [one], queues: [queue('orders')] }),
      call: call(one, 'sqs:SendMessage', 'orders', { path: { tls: true } }),
    };
  }),
  refused('a tag that is not known', () => {
    const one = worker({
      ...SEND_ORDERS,
      Condition: { StringLike: { 'aws:PrincipalTag/team': 'orders-*' } },
    });
    return {
      world: world({ principals: [one], queues: [queue('orders')] }),
      call: call(one, 'sqs:SendMessage', 'orders', { context: [['aws:PrincipalTag/team', UNKNOWN]] }),
    };
  }),
  refused('a Deny on the address of a call that SQS makes', () => {
    const one = worker(SEND_ORDERS, KMS_STAR);
    const keyPolicy = policy('key', 'key', DELEGATES, {
      Sid: 'NotFromTheGuests',
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:*',
      Resource: '*',
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    });
    return {
      world: world({
        principals: [one],
        keys: [key('orders-key', keyPolicy)],
        queues: [queue('orders', { encryption: ENCRYPTED })],
      }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a Deny on the address of a call that SQS makes, with the address not known', () => {
    const one = worker(SEND_ORDERS, KMS_STAR);
    const keyPolicy = policy('key', 'key', DELEGATES, {
      Sid: 'OnlyFromTheOffice',
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:*',
      Resource: '*',
      Condition: { NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } },
    });
    return {
      world: world({
        principals: [one],
        keys: [key('orders-key', keyPolicy)],
        queues: [queue('orders', { encryption: ENCRYPTED })],
      }),
      call: call(one, 'sqs:SendMessage', 'orders', { path: { tls: true } }),
    };
  }),
  refused('a grant whose encryption context is another one', () => {
    const one = worker(SEND_ORDERS);
    const elsewhere = grant('g-1', `arn:aws:iam::${SHOP}:role/worker`, ['GenerateDataKey', 'Decrypt'], {
      encryptionContextSubset: new Map([['aws:sqs:arn', `arn:aws:sqs:us-east-1:${SHOP}:invoices`]]),
    });
    const keyPolicy = policy('key', 'key', { ...DELEGATES, Action: ['kms:Describe*', 'kms:Put*'] });
    return {
      world: world({
        principals: [one],
        keys: [key('orders-key', keyPolicy, { grants: [elsewhere] })],
        queues: [queue('orders', { encryption: ENCRYPTED })],
      }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a key of another account that its own account does not open', () => {
    const one = role('partner-app', [policy('identity', 'partner', SEND_ORDERS, KMS_STAR)], {}, PARTNER);
    const queuePolicy = policy('queue', 'queue', {
      Effect: 'Allow',
      Principal: { AWS: PARTNER },
      Action: 'sqs:*',
      Resource: ORDERS,
    });
    const keyPolicy = policy('key', 'key', DELEGATES, {
      Sid: 'PartnerThroughSqs',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${PARTNER}:root` },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: {
        StringEquals: {
          'kms:ViaService': 'sqs.eu-west-1.amazonaws.com',
          'kms:EncryptionContext:aws:sqs:arn': `${ORDERS}-old`,
        },
      },
    });
    return {
      world: world({
        principals: [one],
        keys: [key('orders-key', keyPolicy)],
        queues: [queue('orders', { policy: queuePolicy, encryption: ENCRYPTED })],
      }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a Deny with NotPrincipal', () => {
    const one = worker(SEND_ORDERS);
    const queuePolicy = policy('queue', 'queue', {
      Effect: 'Deny',
      NotPrincipal: { AWS: [`arn:aws:iam::${SHOP}:root`, `arn:aws:iam::${SHOP}:role/consumer`] },
      Action: 'sqs:*',
      Resource: ORDERS,
    });
    return {
      world: world({ principals: [one], queues: [queue('orders', { policy: queuePolicy })] }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a condition value with a wildcard that the operator does not read', () => {
    const one = worker({
      ...SEND_ORDERS,
      Condition: { StringEquals: { 'aws:PrincipalArn': `arn:aws:iam::${SHOP}:role/*` } },
    });
    return {
      world: world({ principals: [one], queues: [queue('orders')] }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a policy variable whose value is another one', () => {
    const one = role(
      'worker',
      [
        policy('identity', 'worker', {
          ...SEND_ORDERS,
          Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
        }),
      ],
      { tags: new Map([['team', 'billing']]) },
    );
    return {
      world: world({ principals: [one], queues: [queue('orders', { tags: new Map([['team', 'orders']]) })] }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
  refused('a receive by a function that may not decrypt', () => {
    const producer = role('producer', [policy('identity', 'producer', EVERYTHING)]);
    const execution = role('billing-role', [
      policy('identity', 'billing', { ...SEND_ORDERS, Action: 'sqs:*' }),
    ]);
    const before = world({
      principals: [producer, execution],
      keys: [key('orders-key', policy('key', 'key', DELEGATES))],
      queues: [queue('orders', { encryption: ENCRYPTED })],
      estate: {
        functions: new Map([
          [
            'billing',
            {
              name: 'billing',
              arn: arn(`arn:aws:lambda:us-east-1:${SHOP}:function:billing`),
              role: 'billing-role',
              polls: 'orders',
            },
          ],
        ]),
      },
    });
    const sent = runCall(before, call(producer, 'sqs:SendMessage', 'orders')).world;
    const poll: Call = {
      ...call(execution, 'lambda:Poll', 'billing'),
      caller: { kind: 'service', host: 'lambda.amazonaws.com' },
    };
    return { world: sent, call: poll };
  }),
  refused('notifications of a bucket to a queue that does not know it', () => {
    const admin = worker(EVERYTHING);
    const bucket = {
      name: 'uploads',
      arn: arn('arn:aws:s3:::uploads'),
      account: SHOP,
      region: 'us-east-1',
      notifications: [{ queue: 'orders' }],
    };
    return {
      world: world({
        principals: [admin],
        queues: [queue('orders')],
        estate: { buckets: new Map([['uploads', bucket]]) },
      }),
      call: call(admin, 's3:PutBucketNotificationConfiguration', 'uploads'),
    };
  }),
  delivery('a move task that may not send', () => {
    const mover = worker({
      ...SEND_ORDERS,
      Action: [
        'sqs:StartMessageMoveTask',
        'sqs:GetQueueAttributes',
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
      ],
      Resource: '*',
    });
    const producer = role('producer', [policy('identity', 'producer', EVERYTHING)]);
    const before = world({
      principals: [mover, producer],
      queues: [queue('orders', { redrive: { to: 'dead-orders', maxReceives: 3 } }), queue('dead-orders')],
    });
    const sent = runCall(before, call(producer, 'sqs:SendMessage', 'orders')).world;
    const letters = messagesOf(sent.state, 'orders');
    const state = moveToDeadLetter(sent.state, 'orders', 'dead-orders', letters, sent.now);
    return { world: { ...sent, state }, call: call(mover, 'sqs:StartMessageMoveTask', 'dead-orders') };
  }),
  refused('a name that tries to write backwards', () => {
    const one = role('partner-app', [policy('identity', 'partner', SEND_ORDERS)], {}, PARTNER);
    const queuePolicy = policy('queue', 'queue', {
      Sid: 'a\u202Eb\u0007',
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource: ORDERS,
      Condition: { StringEquals: { 'aws:RequestedRegion': '\u2066eu\u2069\n' } },
    });
    return {
      world: world({ principals: [one], queues: [queue('orders', { policy: queuePolicy })] }),
      call: call(one, 'sqs:SendMessage', 'orders'),
    };
  }),
];
