/** What `gainsay init` writes: a queue under a KMS key, a producer, a consumer, and one step that fails, to learn from. */
export const INIT_FILES: readonly (readonly [path: string, text: string])[] = [
  [
    'scenarios/first.scenario.yaml',
    `# yaml-language-server: $schema=../node_modules/gainsay/schema/scenario-1.json
gainsay: 1
title: A producer and a consumer of an encrypted queue
region: us-east-1
account: "111122223333"

principals:
  producer: { policies: [policies/producer.json] }    # arn:aws:iam::111122223333:role/producer
  consumer: { policies: [policies/consumer.json] }

keys:
  orders-key: { alias: alias/orders }                 # no policy given: the default one, which trusts the account

queues:
  orders: { encryption: { kms: alias/orders, reuse: 5m } }

steps:
  - title: Sending asks KMS for a data key and verifies it
    as: producer
    call: sqs:SendMessage
    queue: orders
    calls: [kms:GenerateDataKey, kms:Decrypt]

  # This step fails: the consumer may receive, but not decrypt. Run \`npx gainsay test\` to read why, then either
  # add kms:Decrypt to policies/consumer.json, or write down that the denial is what you want:
  #   expect: { denied: KMS.AccessDeniedException, at: kms:Decrypt, by: identity-policy }
  - title: The consumer reads the message
    as: consumer
    call: sqs:ReceiveMessage
    queue: orders
`,
  ],
  [
    'scenarios/policies/producer.json',
    `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Send",
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:us-east-1:111122223333:orders"
    },
    {
      "Sid": "UseTheKey",
      "Effect": "Allow",
      "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
      "Resource": "arn:aws:kms:us-east-1:111122223333:key/*"
    }
  ]
}
`,
  ],
  [
    'scenarios/policies/consumer.json',
    `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Receive",
      "Effect": "Allow",
      "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
      "Resource": "arn:aws:sqs:us-east-1:111122223333:orders"
    }
  ]
}
`,
  ],
];
