import { describe, expect, it } from 'vitest';
import { complaints, problemsOf } from './in-memory.js';

const HEAD = `
gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  admin: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:*", "kms:*"], Resource: "*" } }] }
keys:
  orders-key: { alias: alias/orders }
queues:
  orders: {}
`;

describe('queues that a scenario makes', () => {
  it('can be named by later steps, by the name in the file or that at AWS', () => {
    expect(
      problemsOf(`${HEAD}
steps:
  - { as: admin, call: sqs:CreateQueue, with: { QueueName: jobs, Attributes: { KmsMasterKeyId: alias/orders } } }
  - { as: admin, call: sqs:SendMessage, queue: jobs, calls: [kms:GenerateDataKey orders-key, kms:Decrypt orders-key] }
  - { check: { queue: jobs, messages: 1, encrypted-with: orders-key } }
  - { as: admin, call: sqs:CreateQueue, queue: second, with: { QueueName: orders-2, tags: { team: red } } }
  - { as: admin, call: sqs:SendMessage, queue: second }
  - { as: admin, call: sqs:DeleteQueue, queue: second }
  - { as: admin, call: sqs:SendMessage, queue: second, expect: { denied: AWS.SimpleQueueService.NonExistentQueue } }
  - { as: admin, call: sqs:CreateQueue, queue: orders }
`).flat(),
    ).toEqual([]);
  });

  it('are asked for in the Region that the call names', () => {
    expect(
      problemsOf(`${HEAD}
steps:
  - { as: admin, call: sqs:CreateQueue, with: { QueueName: far, Region: eu-west-1, Attributes: { KmsMasterKeyId: alias/orders } } }
  - { as: admin, call: sqs:SendMessage, queue: far, expect: { denied: KMS.NotFoundException } }
  - { as: admin, call: sqs:ListQueues }
`).flat(),
    ).toEqual([]);
  });

  it('are unknown before they are made', () => {
    expect(
      complaints(`${HEAD}
steps:
  - { as: admin, call: sqs:SendMessage, queue: jobs }
  - { as: admin, call: sqs:CreateQueue, queue: jobs }
`).length,
    ).toBeGreaterThan(0);
  });

  it('need a name and a Region', () => {
    const steps = 'steps:\n  - { as: admin, call: sqs:CreateQueue }\n';
    expect(complaints(`${HEAD}\n${steps}`).join()).toContain('names no queue');
    const nowhere = `
gainsay: 1
account: "111122223333"
principals: { admin: {} }
steps: [{ as: admin, call: sqs:CreateQueue, queue: jobs }]
`;
    expect(complaints(nowhere).join()).toContain('no Region');
  });

  it('are not what ListQueues is called on', () => {
    const steps = 'steps:\n  - { as: admin, call: sqs:ListQueues, queue: orders }\n';
    expect(complaints(`${HEAD}\n${steps}`).join()).toContain('is not called on a queue');
  });
});
