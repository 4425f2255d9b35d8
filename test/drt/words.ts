import type { Random } from './random.js';

/** A small alphabet, so that what policies say and what requests hold meet often. */
export type Words = readonly [string, ...string[]];

export const OURS = '111122223333';
export const THEIRS = '444455556666';
export const ACCOUNTS: Words = [OURS, THEIRS];

export interface Kind {
  readonly service: string;
  readonly actions: Words;
  /** Other actions, which policies name. */
  readonly patterns: Words;
  readonly arn: (partition: string, account: string, random: Random) => string;
}

const REGIONS: Words = ['us-east-1', 'us-east-1', 'us-east-1', 'eu-west-1'];
export const KEY_ACTIONS: Words = [
  'Decrypt',
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'DescribeKey',
  'ReEncryptFrom',
  'Sign',
  'CreateGrant',
  'CreateGrant',
  'RetireGrant',
  'RetireGrant',
  'ListGrants',
  'RevokeGrant',
  'PutKeyPolicy',
  'EnableKeyRotation',
  'ScheduleKeyDeletion',
];

export const KMS: Kind = {
  service: 'kms',
  actions: KEY_ACTIONS,
  patterns: ['*', 'De*', 'd?crypt', 'Generate*', '*Grant', '*Key*', 'List*', 'C*'],
  arn: (partition, account, random) =>
    `arn:${partition}:kms:${random.pick(REGIONS)}:${account}:key/${random.pick(['k-1', 'k-1', 'k-2'])}`,
};

export const SQS: Kind = {
  service: 'sqs',
  actions: [
    'SendMessage',
    'SendMessage',
    'ReceiveMessage',
    'GetQueueUrl',
    'DeleteQueue',
    'SetQueueAttributes',
  ],
  patterns: ['*', 'Send*', '*Message', '?endMessage', 'Delete*', '*Queue*'],
  arn: (partition, account, random) =>
    `arn:${partition}:sqs:${random.pick(REGIONS)}:${account}:${random.pick(['orders', 'orders', 'orders-dlq', 'Ada'])}`,
};

export const OTHERS: readonly [Kind, ...Kind[]] = [
  {
    service: 'sns',
    actions: ['Publish', 'Subscribe', 'GetTopicAttributes'],
    patterns: ['*', 'Pub*', 'Get*'],
    arn: (partition, account, random) =>
      `arn:${partition}:sns:${random.pick(REGIONS)}:${account}:${random.pick(['news', 'Ada'])}`,
  },
  {
    service: 's3',
    actions: ['GetObject', 'PutObject', 'GetObject'],
    patterns: ['*', 'Get*', '*Object'],
    arn: (partition, _account, random) => `arn:${partition}:s3:::store/${random.pick(['a', 'Ada/b', 'x:y'])}`,
  },
  {
    service: 'events',
    actions: ['PutEvents', 'PutRule'],
    patterns: ['*', 'Put*'],
    arn: (partition, account, random) =>
      `arn:${partition}:events:${random.pick(REGIONS)}:${account}:event-bus/main`,
  },
  {
    service: 'sts',
    actions: ['AssumeRole'],
    patterns: ['*', 'Assume*'],
    arn: (partition, account, random) =>
      `arn:${partition}:iam::${account}:role/${random.pick(['target', 'app/target'])}`,
  },
];

export const KEYLESS: Words = [
  'CreateKey',
  'ListKeys',
  'ListAliases',
  'GenerateRandom',
  'ListRetirableGrants',
];
export const ON_ALIASES: Words = ['CreateAlias', 'UpdateAlias', 'DeleteAlias'];

export const HOSTS: Words = [
  'sns.amazonaws.com',
  'sns.amazonaws.com',
  's3.amazonaws.com',
  'sns.us-east-1.amazonaws.com',
];
export const USERS: Words = ['user/Ada', 'user/Ada', 'user/team/Bob'];
/** Roles with their paths. */
export const ROLES: Words = ['worker', 'worker', 'app/poller', 'aws-service-role/x.amazonaws.com/Linked'];
export const SESSIONS: Words = ['s1', 's1', 's2'];
export const USER_ID = 'AIDAIOSFODNN7EXAMPLE1';
export const ROLE_ID = 'AROAIOSFODNN7EXAMPLE1';

export type KeyType = 'string' | 'arn' | 'bool' | 'numeric' | 'date' | 'ip' | 'binary';

export interface KeyWords {
  readonly key: string;
  readonly type: KeyType;
  readonly many?: true;
  /** Values of requests, from which policies take theirs too. */
  readonly values: Words;
}

const QUEUE_ARN = `arn:aws:sqs:us-east-1:${OURS}:orders`;
const TOPIC_ARN = `arn:aws:sns:us-east-1:${OURS}:news`;
const SUBSCRIPTION_ARN = `${TOPIC_ARN}:s-1`;
const DATES: Words = [
  '2026-01-01T00:00:00Z',
  '2026-01-01T01:00:00+01:00',
  '2026-01-01T00:00:00.5Z',
  '2026-01-01',
  '2026-01',
  '2026',
  '1767225600',
  '2025-06-30T12:00Z',
  '2026-02-30',
  'soon',
];
const BIG = ['100000000000000000001', '100000000000000000002'] as const;
const NUMBERS: Words = ['1', '1.0', '10', '9', '-1', '0', '-0', '1e1', '0.1', 'many', ''];
const ADDRESSES: Words = [
  '203.0.113.7',
  '203.0.113.7',
  '10.0.0.1',
  '10.0.0.255',
  '2001:db8::1',
  '2001:DB8:0::1',
  '::ffff:10.0.0.1',
  '::ffff:203.0.113.7',
  'here',
];
const BOOLS: Words = ['true', 'false', 'True', 'yes'];

export const KEYS: readonly [KeyWords, ...KeyWords[]] = [
  { key: 'aws:PrincipalOrgID', type: 'string', values: ['o-1', 'o-2'] },
  { key: 'aws:SourceAccount', type: 'string', values: [OURS, THEIRS] },
  { key: 'aws:PrincipalAccount', type: 'string', values: [OURS, THEIRS] },
  { key: 'aws:ResourceAccount', type: 'string', values: [OURS, THEIRS] },
  { key: 'aws:PrincipalType', type: 'string', values: ['User', 'AssumedRole', 'Account', 'user'] },
  { key: 'aws:userid', type: 'string', values: [USER_ID, `${ROLE_ID}:s1`, OURS, 'anonymous'] },
  { key: 'aws:username', type: 'string', values: ['Ada', 'Bob', 'ada', '*'] },
  { key: 'aws:PrincipalTag/team', type: 'string', values: ['blue', 'Blue', '*', '*', 'b?ue', '', 'orders'] },
  { key: 'aws:ResourceTag/team', type: 'string', values: ['blue', 'Blue', 'bl*'] },
  { key: 'aws:RequestedRegion', type: 'string', values: ['us-east-1', 'eu-west-1'] },
  {
    key: 'kms:ViaService',
    type: 'string',
    values: ['sqs.us-east-1.amazonaws.com', 's3.us-east-1.amazonaws.com'],
  },
  { key: 'kms:CallerAccount', type: 'string', values: [OURS, THEIRS] },
  { key: 'kms:EncryptionContext:tenant', type: 'string', values: ['t1', 't2', 'T1'] },
  {
    key: 'kms:GrantConstraintType',
    type: 'string',
    values: ['EncryptionContextEquals', 'EncryptionContextSubset'],
  },
  { key: 'aws:SourceOwner', type: 'string', values: [OURS, THEIRS] },
  { key: 'aws:PrincipalServiceName', type: 'string', values: ['sns.amazonaws.com', 's3.amazonaws.com'] },
  { key: 'aws:TagKeys', type: 'string', many: true, values: ['team', 'Team', 'cost', ''] },
  {
    key: 'aws:PrincipalOrgPaths',
    type: 'string',
    many: true,
    values: ['o-1/r-1/', 'o-1/r-1/ou-1/', 'o-2/r-2/'],
  },
  { key: 'kms:EncryptionContextKeys', type: 'string', many: true, values: ['tenant', 'Tenant', 'app'] },
  { key: 'kms:ResourceAliases', type: 'string', many: true, values: ['alias/a', 'alias/b'] },
  { key: 'kms:GrantOperations', type: 'string', many: true, values: ['Decrypt', 'Encrypt', 'CreateGrant'] },
  {
    key: 'aws:PrincipalServiceNamesList',
    type: 'string',
    many: true,
    values: ['sns.amazonaws.com', 'sns.us-east-1.amazonaws.com'],
  },
  {
    key: 'aws:SourceArn',
    type: 'arn',
    values: [QUEUE_ARN, TOPIC_ARN, SUBSCRIPTION_ARN, SUBSCRIPTION_ARN, 'arn:aws:s3:::store', 'orders'],
  },
  {
    key: 'aws:PrincipalArn',
    type: 'arn',
    values: [`arn:aws:iam::${OURS}:role/worker`, `arn:aws:iam::${OURS}:user/Ada`],
  },
  { key: 'custom:Arn', type: 'arn', values: [SUBSCRIPTION_ARN] },
  { key: 'lambda:SourceFunctionArn', type: 'arn', values: [`arn:aws:lambda:us-east-1:${OURS}:function:f`] },
  { key: 'aws:SecureTransport', type: 'bool', values: BOOLS },
  { key: 'aws:ViaAWSService', type: 'bool', values: BOOLS },
  { key: 'aws:PrincipalIsAWSService', type: 'bool', values: BOOLS },
  { key: 'aws:MultiFactorAuthPresent', type: 'bool', values: BOOLS },
  { key: 'aws:MultiFactorAuthAge', type: 'numeric', values: NUMBERS },
  { key: 'kms:RotationPeriodInDays', type: 'numeric', values: [...BIG, '5'] },
  { key: 'custom:Serial', type: 'numeric', values: BIG },
  { key: 'aws:CurrentTime', type: 'date', values: DATES },
  { key: 'aws:TokenIssueTime', type: 'date', values: DATES },
  { key: 'aws:SourceIp', type: 'ip', values: ADDRESSES },
  { key: 'aws:VpcSourceIp', type: 'ip', values: ADDRESSES },
  { key: 'custom:Bytes', type: 'binary', values: ['QUI=', 'QUJD', 'QUJ=', 'A', ''] },
];

/** What a policy writes beside the values above. */
export const OPERANDS: Readonly<Record<KeyType, Words>> = {
  string: [
    '*',
    'b*',
    '?lue',
    'o-*',
    'sqs.*.amazonaws.com',
    '${aws:PrincipalAccount}',
    '${aws:PrincipalTag/team}',
    '${aws:PrincipalTag/none}*',
    '${aws:PrincipalTag/none}*',
    '${AWS:USERNAME}',
    "${aws:PrincipalTag/none, 'blue'}",
    "${aws:PrincipalTag/none, 'b'}*",
    "${aws:PrincipalTag/none, 'blue'}",
    "${aws:TagKeys, 'blue'}",
    '${aws:PrincipalTag/none}',
    '${aws:PrincipalTag/team}',
    '${aws:TagKeys}',
    '${*}',
    'bl${*}',
    '${aws:username',
    '',
  ],
  arn: [
    '*',
    'arn:*',
    'arn:*:*:*:*:*',
    'arn:aws:sqs:*:*:orders',
    `arn:aws:s*:us-east-1:${OURS}:*`,
    'arn:aws:s?s:*:${aws:PrincipalAccount}:orders',
    `arn:aws:iam::${OURS}:role/*`,
    `arn:aws:iam::${OURS}:user/\${aws:username}`,
    'arn:aws:*:orders',
    `arn:aws:*:${OURS}:news:*`,
    `arn:aws:*:${OURS}:news:*`,
    `arn:aws:*:${OURS}:news:s-1`,
    `arn:aws:*:${OURS}:function:f`,
  ],
  bool: ['true', 'false', 'TRUE', '1', '${aws:SecureTransport}'],
  numeric: [
    '${aws:MultiFactorAuthAge}',
    '${kms:RotationPeriodInDays}',
    '5',
    '1',
    '01',
    '+1',
    '1.50',
    '.5',
    '1.',
    '1e400',
    '0x1',
    ' 1',
  ],
  date: [
    '${aws:CurrentTime}',
    '1e9',
    '1767225600.0',
    '-5',
    '+5',
    '.5',
    '5.',
    '2026-01-01T00:00:00Z',
    '2026-06-15',
    '2025',
    '0',
    '1767225600.5',
    '2026-01-01T24:00:00Z',
    'later',
  ],
  ip: [
    '${aws:SourceIp}',
    '${aws:VpcSourceIp}',
    '203.0.113.0/24',
    '10.0.0.0/8',
    '10.0.0.1/32',
    '0.0.0.0/0',
    '::/0',
    '2001:db8::/32',
    '10.0.0.0/33',
    '10.0.0/24',
  ],
  binary: ['QUI=', 'QUJD', '${*}'],
};

export const OPERATORS: Readonly<Record<KeyType, Words>> = {
  string: [
    'StringEquals',
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringLike',
    'StringNotLike',
  ],
  arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'StringLike', 'StringEquals'],
  bool: ['Bool', 'Bool', 'StringEquals'],
  numeric: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  date: [
    'DateEquals',
    'DateNotEquals',
    'DateLessThan',
    'DateLessThanEquals',
    'DateGreaterThan',
    'DateGreaterThanEquals',
  ],
  ip: ['IpAddress', 'NotIpAddress'],
  binary: ['BinaryEquals'],
};
