import { describe, expect, it } from 'vitest';
import { HEAD, problemsOf } from './in-memory.js';

const RECEIVES_ONLY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Receive', Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: '*' },
    { Sid: 'NoPurge', Effect: 'Deny', Action: 'sqs:PurgeQueue', Resource: '*' },
    {
      Sid: 'SendFromHome',
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: '*',
      Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    },
  ],
});
const ALLOWS_NEWS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    },
  ],
});
const OLD_KEY_ONLY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['sqs:*', 'kms:*'], Resource: '*' },
    { Sid: 'NotOldKey', Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' },
  ],
});

const WORLD = `${HEAD}
principals:
  admin: { policies: [admin.json] }
  reader: { policies: [reader.json] }
  operator: { policies: [operator.json] }
keys:
  orders-key: { alias: alias/orders }
queues:
  orders: { policy: news.json }
  closed: {}
  sealed: { policy: news.json, encryption: { kms: alias/orders } }
  full: { encryption: { kms: alias/orders }, messages: [{ count: 2 }], redrive: { to: full-dlq } }
  full-dlq: { encryption: { kms: alias/orders }, messages: [{ moved-from: full, count: 1 }] }
topics:
  news: { subscriptions: [{ queue: orders }, { queue: closed }, { queue: sealed }] }
  good-news: { subscriptions: [{ queue: orders }] }
  kept-news: { subscriptions: [{ queue: closed, dead-letter: orders }] }
`;
const OTHERS = { 'reader.json': RECEIVES_ONLY, 'news.json': ALLOWS_NEWS, 'operator.json': OLD_KEY_ONLY };

const SEND = 'as: admin, call: sqs:SendMessage, queue: orders';
const DENIED = 'as: reader, call: sqs:SendMessage, queue: orders, from: 192.0.2.1';
const PURGE = 'as: reader, call: sqs:PurgeQueue, queue: orders';
const UNCERTAIN = 'as: reader, call: sqs:SendMessage, queue: orders';
const RECEIVE = 'as: operator, call: sqs:ReceiveMessage, queue: full';
const PUBLISH = 'as: admin, call: sns:Publish, topic: news';
const MOVE = 'as: operator, call: sqs:StartMessageMoveTask, queue: full-dlq';

/** What is expected, of which step, and what is said of it; nothing where it holds. */
const EXPECTATIONS: readonly (readonly [step: string, ...problems: readonly string[]])[] = [
  [SEND],
  [`${SEND}, expect: allowed`],
  [`${SEND}, expect: denied`, 'expected an error, but the call succeeded'],
  [`${SEND}, expect: { denied: AccessDenied }`, 'expected an error AccessDenied, but the call succeeded'],
  [DENIED, 'expected success, but got AccessDenied'],
  [`${DENIED}, expect: denied`],
  [`${DENIED}, expect: { denied: true }`],
  [`${DENIED}, expect: { denied: AccessDenied, at: sqs:SendMessage, by: identity-policy, explicit: false }`],
  [`${DENIED}, expect: { denied: Other }`, 'expected the error Other, got AccessDenied'],
  [
    `${DENIED}, expect: { denied: true, at: kms:Decrypt }`,
    'expected the refusal at kms:Decrypt, got sqs:SendMessage',
  ],
  [`${DENIED}, expect: { denied: true, by: scp }`, 'expected the refusal by scp, got identity-policy'],
  [
    `${DENIED}, expect: { denied: true, key: orders-key }`,
    'expected the refusal on key orders-key, got orders',
  ],
  [
    `${DENIED}, expect: { denied: true, explicit: true }`,
    'expected a statement that denies, got implicitDeny',
  ],
  [`${DENIED}, expect: { denied: true, statement: Send }`, 'expected the statement Send, got none'],
  [`${DENIED}, expect: { denied: true, message: is not authorized to perform }`],
  [`${PURGE}, expect: { denied: AccessDenied, explicit: true, statement: NoPurge }`],
  [`${PURGE}, expect: { denied: AccessDenied, statement: 2 }`],
  [`${PURGE}, expect: { denied: AccessDenied, because: [EVAL-EXPLICIT-DENY] }`],
  [
    `${PURGE}, expect: { denied: AccessDenied, explicit: false }`,
    'expected no statement that denies, got explicitDeny',
  ],
  [
    `${PURGE}, expect: { denied: AccessDenied, statement: Receive }`,
    'expected the statement Receive, got `NoPurge`',
  ],
  [
    `${PUBLISH}, expect: { lost: [{ queue: closed }, { queue: sealed, at: kms:GenerateDataKey, by: key-policy }] }`,
  ],
  [`${PUBLISH}, expect: { lost: [{ queue: closed }] }`, 'the delivery to sealed was lost as well'],
  [
    `${PUBLISH}, expect: { lost: [{ queue: orders }, { queue: closed }, { queue: sealed }] }`,
    'expected the delivery to orders to be lost, but it arrived',
  ],
  [
    `${PUBLISH}, expect: { lost: [{ queue: closed, denied: Other }, { queue: sealed }] }`,
    'expected the error Other, got AccessDenied',
  ],
  [
    PUBLISH,
    'the call succeeded, but the delivery to closed was lost',
    'the call succeeded, but the delivery to sealed was lost',
  ],
  ['as: admin, call: sns:Publish, topic: good-news'],
  ['as: admin, call: sns:Publish, topic: good-news, expect: { lost: [] }'],
  [
    'as: admin, call: sns:Publish, topic: kept-news',
    'the call succeeded, but the delivery to closed was dead-lettered',
  ],
  ['as: admin, call: sns:Publish, topic: kept-news, expect: { lost: [{ queue: closed }] }'],
  [
    'as: reader, call: sns:Publish, topic: news, expect: { lost: [{ queue: closed }] }',
    'expected the call to succeed, but got AuthorizationError',
  ],
  ['deliver: news, to: orders'],
  ['deliver: news, to: closed', 'the delivery to closed was lost'],
  ['deliver: news, to: closed, expect: { denied: AccessDenied, by: queue-policy }'],
  ['deliver: news, to: closed, expect: { lost: [{ queue: closed, denied: AccessDenied }] }'],
  [`${MOVE}, expect: { failed: task, at: kms:Decrypt, key: orders-key, by: identity-policy }`],
  [`${MOVE}, expect: { failed: task, denied: KMS.AccessDeniedException }`],
  [
    `${MOVE}, expect: { failed: task, by: key-policy }`,
    'expected the refusal by key-policy, got identity-policy',
  ],
  [MOVE, 'the call was accepted, but its task failed: kms:Decrypt'],
  [
    'as: admin, call: sqs:StartMessageMoveTask, queue: full-dlq, expect: { failed: task }',
    'expected the task to fail, but it did its work',
  ],
  [
    'as: reader, call: sqs:StartMessageMoveTask, queue: full-dlq, expect: { failed: task }',
    'expected the call to be accepted, but it was refused: AccessDenied at sqs:StartMessageMoveTask',
  ],
  [`${UNCERTAIN}, expect: { undetermined: [aws:SourceIp] }`],
  [
    `${UNCERTAIN}, expect: { undetermined: [aws:UserAgent] }`,
    'expected the answer to hang on aws:UserAgent; it hangs on aws:SourceIp, which the file does not say',
  ],
  [UNCERTAIN, 'expected success, but the answer hangs on aws:SourceIp, which the file does not say'],
  [
    `${UNCERTAIN}, expect: denied`,
    'expected an error, but the answer hangs on aws:SourceIp, which the file does not say',
  ],
  [
    `${SEND}, expect: { undetermined: [aws:SourceIp] }`,
    'expected an answer that hangs on something unknown, but it is certain: allowed',
  ],
  [`${RECEIVE}, expect: denied, calls: [kms:Decrypt]`],
  [`${RECEIVE}, expect: denied, calls: [kms:Decrypt orders-key]`],
  [
    `${RECEIVE}, expect: denied, calls: []`,
    'expected the KMS requests none; made were kms:Decrypt orders-key',
  ],
  [
    `${RECEIVE}, expect: denied, calls: [kms:GenerateDataKey, kms:Decrypt]`,
    'expected the KMS requests kms:GenerateDataKey, kms:Decrypt; made were kms:Decrypt orders-key',
  ],
  [`${SEND}, calls: [kms:Decrypt]`, 'expected the KMS requests kms:Decrypt; made were none'],
  [`${SEND}, calls: []`],
  ['check: { queue: full, messages: 2, encrypted-with: orders-key }'],
  ['check: { queue: full, messages: 1 }', 'expected 1 message in full, found 2'],
  ['check: { queue: orders, messages: 3 }', 'expected 3 messages in orders, found 0'],
  [
    'check: { queue: full, encrypted-with: none }',
    'expected messages encrypted with none, found one with orders-key',
  ],
];

describe('an expectation', () => {
  it.each(EXPECTATIONS.map(([step, ...problems]) => ({ step, problems })))(
    '$step: $problems',
    ({ step, problems }) => {
      expect(problemsOf(`${WORLD}steps:\n  - { ${step} }\n`, OTHERS)).toEqual([problems]);
    },
  );
});
