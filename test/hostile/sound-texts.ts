/** Policies as people write them; each can be read without an issue as one of the types. */
export const POLICIES = [
  `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "SendAndReceive",
      "Effect": "Allow",
      "Action": ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:*Attributes"],
      "Resource": "arn:aws:sqs:us-east-1:111122223333:\${aws:username, 'nobody'}-*",
      "Condition": {
        "StringEquals": { "aws:PrincipalTag/team": ["red", "blue"] },
        "Bool": { "aws:SecureTransport": true },
        "NumericLessThanEquals": { "aws:MultiFactorAuthAge": "3600" },
        "DateGreaterThan": { "aws:CurrentTime": "2024-01-01T00:00:00Z" }
      }
    }
  ]
}
`,
  `{
  "Version": "2012-10-17",
  "Id": "orders",
  "Statement": [
    { "Sid": "News", "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com", "AWS": ["111122223333", "arn:aws:iam::111122223333:role/worker"] },
      "Action": "sqs:SendMessage", "Resource": "*",
      "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:sns:*:111122223333:news" }, "ForAnyValue:StringLike": { "aws:TagKeys": ["a*", "?b"] } } },
    { "Effect": "Deny", "NotPrincipal": "*", "NotAction": "sqs:Get*", "NotResource": "arn:aws:sqs:*:*:?",
      "Condition": { "NotIpAddress": { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] }, "Null": { "aws:username": "true" } } }
  ]
}
`,
  '{"Statement":{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}}',
  '{"Policy": "{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Deny\\",\\"Principal\\":\\"*\\",\\"Action\\":\\"sqs:*\\",\\"Resource\\":\\"*\\"}]}"}',
] as const;

export const YAML_POLICIES = [
  `# kept as YAML
Version: "2012-10-17"
Statement:
  - Sid: Use
    Effect: Allow
    Principal: { AWS: "*" }
    Action: [kms:Decrypt, "kms:Generate*"]
    Resource: "*"
    Condition:
      StringLike: { kms:ViaService: "sqs.*.amazonaws.com" }
`,
] as const;

const HEAD =
  'gainsay: 1\nregion: us-east-1\naccount: shop\naccounts: { shop: "111122223333", other: "444455556666" }\n';

export const SCENARIOS = [
  `${HEAD}title: a topic writes to an encrypted queue
principals:
  publisher: { policies: [policy.json], session: { name: s, tags: { team: red } } }
keys:
  orders-key: { alias: alias/orders, tags: { a: b } }
queues:
  orders: { encryption: { kms: alias/orders, reuse: 5m }, redrive: { to: dead, after: 3 } }
  dead: {}
topics:
  news: { subscriptions: [{ queue: orders }] }
steps:
  - { title: one, as: publisher, call: sns:Publish, topic: news }
  - { as: publisher, call: sqs:SendMessage, queue: orders, expect: { denied: AccessDenied, at: sqs:SendMessage } }
  - wait: 5m
  - set: { queues: { orders: { encryption: sqs } } }
  - { as: anonymous, call: sqs:ReceiveMessage, queue: orders, tls: false, from: 203.0.113.7 }
  - check: { queue: orders, messages: 1 }
`,
  `${HEAD}principals: &all
  ann:
    type: user
    boundary: &policy
      Version: "2012-10-17"
      Statement: { Effect: Allow, Action: "*", Resource: "*" }
    policies: [*policy, policy.json]
organization:
  id: o-a1b2c3d4e5
  scps: [FullAWSAccess]
queues:
  orders:
    attributes: { VisibilityTimeout: "30", SqsManagedSseEnabled: "true" }
steps:
  - as: ann
    call: sqs:ReceiveMessage
    queue: orders
    context: { "aws:PrincipalTag/team": red }
    expect: allowed
`,
] as const;

export const JSON_SCENARIOS = [
  JSON.stringify({
    gainsay: 1,
    region: 'us-east-1',
    account: '111122223333',
    principals: { ann: { type: 'user', policies: ['policy.json'] } },
    keys: { k: { alias: 'alias/k' } },
    queues: { q: { encryption: { kms: 'alias/k', reuse: '5m' } } },
    steps: [
      { as: 'ann', call: 'sqs:SendMessage', queue: 'q' },
      { as: 'ann', call: 'kms:Decrypt', key: 'k', with: { EncryptionContext: { a: 'b' } } },
    ],
  }),
] as const;

export const LINES = [
  JSON.stringify({
    id: 'a',
    request: {
      principal: 'arn:aws:sts::111122223333:assumed-role/worker/s',
      action: 'sqs:SendMessage',
      resource: 'arn:aws:sqs:us-east-1:111122223333:nobody-orders',
      context: {
        'aws:SourceIp': '203.0.113.7',
        'aws:TagKeys': ['a', 'b'],
        'aws:username': { unknown: true },
        'aws:MultiFactorAuthAge': '60',
        'aws:CurrentTime': '2026-01-01T00:00:00Z',
        'aws:SecureTransport': 'true',
        'aws:PrincipalTag/team': 'red',
      },
    },
    identity: [JSON.parse(POLICIES[0]) as unknown],
    resourcePolicy: JSON.parse(POLICIES[1]) as unknown,
    scps: [['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}']],
  }),
  JSON.stringify({
    id: 'k',
    request: {
      principal: 'arn:aws:iam::111122223333:user/ann',
      action: 'kms:Decrypt',
      resource: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      encryptionContext: { a: 'b' },
      grantTokens: ['t'],
    },
    identity: [],
    keyPolicy: JSON.parse(POLICIES[2]) as unknown,
    grants: [
      {
        granteePrincipal: 'arn:aws:iam::111122223333:user/ann',
        operations: ['Decrypt'],
        constraints: { EncryptionContextSubset: { a: 'b' } },
      },
    ],
  }),
] as const;

export const COMMAND_LINES: readonly [readonly string[], ...(readonly string[])[]] = [
  ['test', '--verbose', 'x.yaml'],
  ['test', '--json', '*.json', 'folder'],
  ['explain', 'x.yaml', '--step', '2'],
  ['explain', 'x.yaml', '--step', 'one', '--json'],
  ['decide', '--strict'],
  ['rules', 'COND-AND', '--json'],
  ['cost', '--reuse', '300', '--billing-seconds', '2678400', '--producers', '1', '--consumers', '1'],
  ['--version'],
  ['help', 'test'],
];
