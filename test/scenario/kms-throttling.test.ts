import { describe, expect, it } from 'vitest';
import { explainOutcome } from '../../src/explain/explanation.js';
import { HEAD, problemsOf, replay } from './in-memory.js';

const WORLD = `${HEAD}
settings: { kms-requests-per-second: 2, data-keys: cold }
principals:
  admin: { policies: [admin.json] }
  partner: { account: "444455556666", policies: [admin.json] }
keys:
  orders-key:
    policy:
      Version: "2012-10-17"
      Statement: { Effect: Allow, Principal: { AWS: ["111122223333", "444455556666"] }, Action: "kms:*", Resource: "*" }
  far-key: { region: eu-west-1 }
queues: { orders: { encryption: { kms: orders-key } } }
topics: { news: { encryption: { kms: orders-key } } }
steps:
`;
const SEND = '{ as: admin, call: sqs:SendMessage, queue: orders';
const works = (...steps: readonly string[]): void =>
  expect(problemsOf(`${WORLD}${steps.map((step) => `  - ${step}\n`).join('')}`).flat()).toEqual([]);

describe('a quota of KMS requests', () => {
  it('throttles direct calls, calls through SQS and calls through SNS', () => {
    works(
      '{ as: admin, call: kms:Decrypt, key: orders-key, times: 2 }',
      '{ as: admin, call: kms:Decrypt, key: orders-key, expect: { denied: ThrottlingException, by: quota, because: [KMS-REQUEST-QUOTA] } }',
      `${SEND}, expect: { denied: KMS.ThrottlingException, at: kms:GenerateDataKey, by: quota } }`,
      '{ as: admin, call: sns:Publish, topic: news, expect: { denied: KMSThrottlingException, by: quota } }',
      'wait: 1s',
      `${SEND} }`,
      `${SEND}, expect: { denied: KMS.ThrottlingException } }`,
      'wait: 500ms',
      `${SEND}, expect: { denied: KMS.ThrottlingException } }`,
    );
  });

  it('is the caller’s account’s and Region’s own', () => {
    works(
      '{ as: admin, call: kms:Decrypt, key: orders-key, times: 2 }',
      '{ as: partner, call: kms:Decrypt, key: orders-key, times: 2 }',
      '{ as: partner, call: kms:Decrypt, key: orders-key, expect: { denied: ThrottlingException } }',
      '{ as: admin, call: kms:Decrypt, key: far-key }',
    );
  });

  it('is not used by what asks KMS nothing, nor by cached data keys', () => {
    works('{ as: admin, call: sqs:GetQueueAttributes, queue: orders, times: 9 }', `${SEND} }`);
    const cached = WORLD.replace(', data-keys: cold', '');
    expect(problemsOf(`${cached}  - ${SEND}, times: 9 }\n`).flat()).toEqual([]);
  });

  it('is explained, and is not there unless asked for', () => {
    const step = '  - { as: admin, call: kms:Decrypt, key: orders-key, times: 3 }\n';
    const outcome = replay(WORLD + step).at(-1)?.outcome;
    expect(outcome && explainOutcome(outcome)?.reason.says[0]).toContain('used up its KMS requests');
    expect(problemsOf(WORLD.replace('kms-requests-per-second: 2, ', '') + step).flat()).toEqual([]);
  });
});
