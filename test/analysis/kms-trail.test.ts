import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countKmsRequests, sumKmsCounts } from '../../src/analysis/kms-count.js';
import { type KmsTrailRecord, kmsTrail } from '../../src/analysis/kms-trail.js';
import { world as randomWorld } from '../../src/fuzz/world.js';
import { runCall } from '../../src/replay/run-call.js';
import { runScenario } from '../../src/scenario/run.js';
import { kmsErrorIn } from '../../src/services/denial.js';
import { HEAD, scenarioOf } from '../scenario/in-memory.js';

const SHOP = '111122223333';
const PARTNER = '444455556666';
const KEY = `arn:aws:kms:us-east-1:${SHOP}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const QUEUE = `arn:aws:sqs:us-east-1:${SHOP}:orders`;

const STORY = `${HEAD}
starts: 2026-03-04T05:06:07Z
principals:
  worker: { policies: [admin.json] }
  poor: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }] }
  ann: { type: user, policies: [admin.json] }
  partner: { account: "${PARTNER}", policies: [admin.json] }
keys:
  orders-key:
    id: 1234abcd-12ab-34cd-56ef-1234567890ab
    policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: ["arn:aws:iam::${SHOP}:root", "arn:aws:iam::${PARTNER}:root"] }, Action: "kms:*", Resource: "*" } }
queues:
  orders:
    encryption: { kms: orders-key }
    policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "sqs:*", Resource: "*" } }
  plain: { encryption: sqs }
topics:
  news: { subscriptions: [{ queue: orders }] }
steps:
  - { as: worker, call: sqs:SendMessage, queue: orders, times: 3 }
  - { as: worker, call: sqs:SendMessage, queue: plain }
  - { as: poor, call: sqs:ReceiveMessage, queue: orders, expect: denied }
  - { as: partner, call: sqs:ReceiveMessage, queue: orders }
  - { as: ann, call: kms:Decrypt, key: orders-key, from: 203.0.113.9, with: { EncryptionContext: { team: red } } }
  - { as: worker, call: sns:Publish, topic: news, expect: { lost: [{ queue: orders }] } }
  - set: { keys: { orders-key: { state: Disabled } } }
  - { as: ann, call: sqs:SendMessage, queue: orders, expect: denied }
`;

const results = [...runScenario(scenarioOf(STORY))];

function trailOf(step: number): readonly KmsTrailRecord[] {
  const outcome = results[step - 1]?.outcome;
  return outcome === undefined ? [] : kmsTrail(outcome);
}

const BASE = {
  eventTime: '2026-03-04T05:06:07Z',
  eventSource: 'kms.amazonaws.com',
  awsRegion: 'us-east-1',
  resources: [{ accountId: SHOP, type: 'AWS::KMS::Key', ARN: KEY }],
  recipientAccountId: SHOP,
};
const BY_SQS = { sourceIPAddress: 'sqs.amazonaws.com', userAgent: 'sqs.amazonaws.com' };
const CONTEXT = { encryptionContext: { 'aws:sqs:arn': QUEUE } };
const DECRYPTS = { requestParameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', ...CONTEXT } };

describe('the trail of KMS', () => {
  it('runs a story that goes as it says', () => {
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('has none of calls that cached data keys answer, and none of SSE-SQS', () => {
    expect(trailOf(1)).toEqual([]);
    expect(trailOf(2)).toEqual([]);
  });

  it('has the caller, SQS behind it, and the error in KMS’s own words', () => {
    expect(trailOf(3)).toEqual([
      {
        ...BASE,
        ...BY_SQS,
        ...DECRYPTS,
        eventName: 'Decrypt',
        userIdentity: {
          type: 'AssumedRole',
          arn: `arn:aws:sts::${SHOP}:assumed-role/poor/<session>`,
          accountId: SHOP,
          invokedBy: 'sqs.amazonaws.com',
        },
        errorCode: 'AccessDenied',
        errorMessage: `User: arn:aws:sts::${SHOP}:assumed-role/poor/<session> is not authorized to perform: kms:Decrypt on resource: ${KEY} because no identity-based policy allows the kms:Decrypt action`,
      },
    ]);
  });

  it('is written in both accounts, and the owner of the key sees of the caller only the account', () => {
    const shared = { ...BASE, ...BY_SQS, ...DECRYPTS, eventName: 'Decrypt' };
    expect(trailOf(4)).toEqual([
      {
        ...shared,
        userIdentity: {
          type: 'AssumedRole',
          arn: `arn:aws:sts::${PARTNER}:assumed-role/partner/<session>`,
          accountId: PARTNER,
          invokedBy: 'sqs.amazonaws.com',
        },
        recipientAccountId: PARTNER,
      },
      { ...shared, userIdentity: { type: 'AWSAccount', accountId: PARTNER, invokedBy: 'sqs.amazonaws.com' } },
    ]);
  });

  it('has direct calls without a service, with the address', () => {
    expect(trailOf(5)).toEqual([
      {
        ...BASE,
        eventName: 'Decrypt',
        sourceIPAddress: '203.0.113.9',
        userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${SHOP}:user/ann`, accountId: SHOP },
        requestParameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', encryptionContext: { team: 'red' } },
      },
    ]);
  });

  it('has services that call as themselves', () => {
    expect(trailOf(6)).toMatchObject([
      {
        eventName: 'GenerateDataKey',
        sourceIPAddress: 'sns.amazonaws.com',
        userIdentity: { type: 'AWSService', invokedBy: 'sns.amazonaws.com' },
        requestParameters: CONTEXT,
        errorCode: 'AccessDenied',
        recipientAccountId: SHOP,
      },
    ]);
  });

  it('has the state of the key as an error', () => {
    expect(trailOf(8)).toMatchObject([
      { eventName: 'GenerateDataKey', errorCode: 'DisabledException', errorMessage: `${KEY} is disabled.` },
    ]);
  });
});

const MORE = `${HEAD}
settings: { kms-requests-per-second: 3, data-keys: cold }
principals:
  ann: { type: user, policies: [admin.json] }
  root: { type: root }
  partner: { account: "${PARTNER}", policies: [admin.json] }
keys:
  orders-key: { alias: alias/orders }
  other-key: {}
  their-key:
    account: "${PARTNER}"
    policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "kms:*", Resource: "*" } }
queues:
  orders: { encryption: { kms: alias/orders } }
  lost: { encryption: { kms: alias/nothing } }
  far: { encryption: { kms: their-key }, policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "sqs:*", Resource: "*" } } }
  undelivered: { policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "sqs:*", Resource: "*" } }, encryption: { kms: their-key } }
topics:
  news: { subscriptions: [{ queue: orders, dead-letter: undelivered }] }
steps:
  - { as: ann, call: sqs:SendMessage, queue: lost, expect: denied }
  - { as: ann, call: kms:ReEncrypt, key: orders-key, with: { DestinationKeyId: other-key } }
  - { as: ann, call: sqs:SendMessage, queue: orders }
  - { as: ann, call: sqs:SendMessage, queue: orders, expect: { denied: KMS.ThrottlingException } }
  - { as: ann, call: kms:Decrypt, key: orders-key, expect: { denied: ThrottlingException } }
  - wait: 10s
  - { as: ann, call: kms:ListKeys }
  - { as: ann, call: sns:Publish, topic: news, expect: { lost: [{ queue: orders, becomes: dead-lettered }] } }
`;

describe('more of the trail', () => {
  const more = [...runScenario(scenarioOf(MORE))];
  const trail = (step: number): readonly KmsTrailRecord[] => {
    const outcome = more[step - 1]?.outcome;
    return outcome === undefined ? [] : kmsTrail(outcome);
  };
  const errors = (step: number): unknown =>
    trail(step).map(({ eventName, awsRegion, errorCode, resources }) => [
      eventName,
      awsRegion,
      errorCode,
      resources.length,
    ]);

  it('runs a story that goes as it says', () => {
    expect(more.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('has what was refused before a policy was asked', () => {
    expect(errors(1)).toEqual([['GenerateDataKey', 'us-east-1', 'NotFoundException', 0]]);
    expect(trail(1)[0]?.userIdentity.invokedBy).toBe('sqs.amazonaws.com');
    expect(trail(1)[0]?.errorMessage).toBe(`Alias arn:aws:kms:us-east-1:${SHOP}:alias/nothing is not found.`);
    expect(errors(4)).toEqual([['GenerateDataKey', 'us-east-1', 'ThrottlingException', 1]]);
    expect(errors(5)).toEqual([['Decrypt', 'us-east-1', 'ThrottlingException', 1]]);
    expect(trail(5)[0]?.userIdentity).toEqual({
      type: 'IAMUser',
      arn: `arn:aws:iam::${SHOP}:user/ann`,
      accountId: SHOP,
    });
  });

  it('has one record of a direct call, with all its keys', () => {
    expect(errors(2)).toEqual([['ReEncrypt', 'us-east-1', undefined, 2]]);
    expect(errors(7)).toEqual([['ListKeys', '', undefined, 0]]);
  });

  it('has deliveries to a dead-letter queue, under the key of another account', () => {
    expect(
      trail(8).map(({ eventName, userIdentity, errorCode, recipientAccountId }) => [
        eventName,
        userIdentity.type,
        errorCode,
        recipientAccountId,
      ]),
    ).toEqual([
      ['GenerateDataKey', 'AWSService', undefined, PARTNER],
      ['Decrypt', 'AWSService', undefined, PARTNER],
    ]);
  });

  it('counts what it records', () => {
    expect(sumKmsCounts(more.slice(0, 5).map(({ kms }) => kms))).toEqual([
      {
        who: 'ann',
        action: 'kms:GenerateDataKey',
        key: `arn:aws:kms:us-east-1:${SHOP}:alias/nothing`,
        requests: 1,
        refused: 1,
      },
      { who: 'ann', action: 'kms:ReEncrypt', key: 'orders-key', requests: 1, refused: 0 },
      { who: 'ann', action: 'kms:GenerateDataKey', key: 'orders-key', requests: 2, refused: 1 },
      { who: 'ann', action: 'kms:Decrypt', key: 'orders-key', requests: 2, refused: 1 },
    ]);
  });

  it('has as many records as requests are counted, in random worlds', () => {
    let recorded = 0;
    fc.assert(
      fc.property(randomWorld(), ({ world, calls }) => {
        let now = world;
        for (const call of calls) {
          const outcome = runCall(now, call);
          now = outcome.world;
          const records = kmsTrail(outcome);
          const counted = countKmsRequests([outcome]).reduce((sum, { requests }) => sum + requests, 0);
          recorded += records.length;
          // Across accounts there are two of one request.
          expect(records.length).toBeGreaterThanOrEqual(counted);
          expect(records.length).toBeLessThanOrEqual(2 * counted);
          const refused = countKmsRequests([outcome]).reduce((sum, each) => sum + each.refused, 0);
          expect(records.some(({ errorCode }) => errorCode !== undefined)).toBe(refused > 0);
        }
      }),
      { seed: 20261405, numRuns: 150 },
    );
    expect(recorded).toBeGreaterThan(50);
  });
});

describe('the count of KMS requests', () => {
  it('counts by principal, action and key, in all turns of a step', () => {
    expect(results[0]?.kms).toEqual([
      { who: 'worker', action: 'kms:GenerateDataKey', key: 'orders-key', requests: 1, refused: 0 },
      { who: 'worker', action: 'kms:Decrypt', key: 'orders-key', requests: 1, refused: 0 },
    ]);
    expect(countKmsRequests(results.flatMap(({ outcome }) => outcome ?? []))).toEqual([
      { who: 'poor', action: 'kms:Decrypt', key: 'orders-key', requests: 1, refused: 1 },
      { who: 'partner', action: 'kms:Decrypt', key: 'orders-key', requests: 1, refused: 0 },
      { who: 'ann', action: 'kms:Decrypt', key: 'orders-key', requests: 1, refused: 0 },
      { who: 'sns.amazonaws.com', action: 'kms:GenerateDataKey', key: 'orders-key', requests: 1, refused: 1 },
      { who: 'ann', action: 'kms:GenerateDataKey', key: 'orders-key', requests: 1, refused: 1 },
    ]);
  });
});

describe('the error of KMS in an error of SQS', () => {
  const base = { http: 400, operation: 'SendMessage' };

  it.each([
    [
      'sqs',
      'KMS.DisabledException',
      'KEY is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException; Request ID: 1; Proxy: null)',
      'DisabledException',
      'KEY is disabled.',
    ],
    ['kms', 'DisabledException', 'KEY is disabled.', 'DisabledException', 'KEY is disabled.'],
    ['sqs', 'AccessDenied', 'no', 'AccessDenied', 'no'],
  ])('%s %s', (service, code, message, kmsCode, kmsMessage) => {
    expect(kmsErrorIn({ ...base, service, code, message })).toEqual({ code: kmsCode, message: kmsMessage });
  });
});
