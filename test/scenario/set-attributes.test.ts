import { describe, expect, it } from 'vitest';
import { problemsOf } from './in-memory.js';

const HEAD = `
gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  admin: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:*", "kms:*"], Resource: "*" } }] }
  guest: { account: "444455556666", policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }] }
keys:
  orders-key: { alias: alias/orders }
queues:
  orders: { encryption: sqs, visibility: 0s }
  dlq: { redrive-allow: { byQueue: [orders] } }
  shut: { redrive-allow: denyAll }
`;

describe('SetQueueAttributes in a scenario', () => {
  it('takes a policy as a mapping and removes it with the empty text', () => {
    expect(
      problemsOf(`${HEAD}
steps:
  - { as: guest, call: sqs:SendMessage, queue: orders, expect: { denied: AccessDenied, by: queue-policy } }
  - as: admin
    call: sqs:SetQueueAttributes
    queue: orders
    with:
      Attributes:
        Policy:
          Version: "2012-10-17"
          Statement: { Effect: Allow, Principal: { AWS: "444455556666" }, Action: "sqs:SendMessage", Resource: "*" }
  - { as: guest, call: sqs:SendMessage, queue: orders }
  - { as: admin, call: sqs:SetQueueAttributes, queue: orders, with: { Attributes: { Policy: "" } } }
  - { as: guest, call: sqs:SendMessage, queue: orders, expect: { denied: AccessDenied, by: queue-policy } }
`).flat(),
    ).toEqual([]);
  });

  it('refuses a policy that AWS would not store, whole, and says which rule', () => {
    expect(
      problemsOf(`${HEAD}
steps:
  - as: admin
    call: sqs:SetQueueAttributes
    queue: orders
    with:
      Attributes:
        VisibilityTimeout: 60
        Policy:
          Version: "2012-10-17"
          Statement: { Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:role/nobody" }, Action: "sqs:SendMessage", Resource: "*" }
    expect: { denied: InvalidAttributeValue, by: parameter, message: "parameter Policy.", because: [SQS-POLICY-IS-CHECKED] }
  - { as: admin, call: sqs:SendMessage, queue: orders }
  - { as: admin, call: sqs:ReceiveMessage, queue: orders }
  - { as: admin, call: sqs:ReceiveMessage, queue: orders, calls: [] }
`).flat(),
    ).toEqual([]);
  });

  it('sets encryption and redrive, with names of the file only in the file', () => {
    expect(
      problemsOf(`${HEAD}
steps:
  - as: admin
    call: sqs:SetQueueAttributes
    queue: orders
    with:
      Attributes:
        KmsMasterKeyId: alias/orders
        RedrivePolicy: { deadLetterTargetArn: "arn:aws:sqs:us-east-1:111122223333:dlq", maxReceiveCount: 1 }
  - { as: admin, call: sqs:SendMessage, queue: orders, calls: [kms:GenerateDataKey orders-key, kms:Decrypt orders-key] }
  - { as: admin, call: sqs:ReceiveMessage, queue: orders }
  - { as: admin, call: sqs:ReceiveMessage, queue: orders }
  - { check: { queue: dlq, messages: 1, encrypted-with: orders-key } }
  - as: admin
    call: sqs:SetQueueAttributes
    queue: orders
    with: { Attributes: { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:111122223333:shut","maxReceiveCount":1}' } }
    expect: { denied: InvalidParameterValue, because: [SQS-REDRIVE-ALLOW] }
`).flat(),
    ).toEqual([]);
  });

  it('needs a minute where changes spread', () => {
    expect(
      problemsOf(`${HEAD}
settings: { propagation: delayed }
steps:
  - { as: admin, call: sqs:SetQueueAttributes, queue: orders, with: { Attributes: { SqsManagedSseEnabled: false } } }
  - { as: admin, call: sqs:SendMessage, queue: orders, tls: false, expect: { denied: InvalidSecurity } }
  - { wait: 60s }
  - { as: admin, call: sqs:SendMessage, queue: orders, tls: false }
`).flat(),
    ).toEqual([]);
  });
});
