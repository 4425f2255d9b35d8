import { KEY_STATES } from '../catalogue/key-states.js';
import { DECIDERS } from '../evaluator/layer.js';
import { isAccountId } from '../syntax/arn.js';
import { type Located, byKind, choice, describe, duration, flag, integer, list, map, object, raw, record, refuse, type Shape, scalarText, text } from './shape.js';

/** The format of scenario files, version 1: what is read here is what schema/scenario-1.json says. */

const name = (description: string): Shape<Located<string>> => text(description);
const arn = text('an ARN', { pattern: '^arn:' });
const region = text('a Region, such as us-east-1', { pattern: '^[a-z]{2}(-[a-z]+)+-\\d$' });
const accountRef = text('an account: a name from `accounts`, or 12 quoted digits');

const accountId: Shape<string> = {
  schema: { type: 'string', pattern: '^\\d{12}$', description: 'a 12-digit account id, quoted' },
  read: (reading, spot) => {
    const value = scalarText(spot.node);
    const quoted = spot.node.kind === 'string' && spot.node.quoted !== false;
    if (value !== undefined && isAccountId(value) && quoted) return value;
    const digits = value !== undefined && /^\d{1,12}$/.test(value);
    return refuse(reading, spot, {
      code: 'account-id',
      message: digits && value.length === 12 ? `the account id ${value} is not quoted` : `${describe(spot.node)} is no account id`,
      expected: '12 digits in quotes',
      help: digits ? `write "${value.padStart(12, '0')}": other YAML readers take bare digits for a number and drop leading zeros` : undefined,
    });
  },
};

/** A policy: the path of a file, or the document itself. Read when its type is known. */
const policy = raw('the path of a JSON or YAML policy file, relative to this file, or the policy itself', {
  anyOf: [{ type: 'string' }, { type: 'object', required: ['Statement'] }],
});
const policies = list(policy, 'policies, each a file or inline');

const tags = map(record(text('a tag value'), 'tags'), (read) => new Map([...read].map(([key, { value }]) => [key, value])));

export const session = object(
  {
    name: text('the session name'),
    policies: list(policy, 'session policies'),
    tags,
    mfa: flag('whether the session was made with a second factor'),
  },
  'a session',
);

export const principal = object(
  {
    type: choice(['role', 'user', 'root', 'federated-user'], 'what kind of principal; a role unless said'),
    arn,
    account: accountRef,
    id: text('the unique id, such as AROAEXAMPLEID0000000'),
    policies,
    boundary: policy,
    tags,
    session,
    user: text('the user that federated a federated user, by name or ARN'),
  },
  'a principal',
);

const grant = object(
  {
    id: text('a name for the grant'),
    grantee: name('the grantee: a principal of this file, an ARN, or a service principal'),
    operations: list(text('a grant operation, such as Decrypt'), 'grant operations'),
    retiring: name('the retiring principal'),
    'encryption-context-equals': map(record(text('a value'), 'pairs'), (read) => new Map([...read].map(([key, { value }]) => [key, value]))),
    'encryption-context-subset': map(record(text('a value'), 'pairs'), (read) => new Map([...read].map(([key, { value }]) => [key, value]))),
    'source-arn': arn,
  },
  'a grant',
  ['grantee', 'operations'],
);

export const key = object(
  {
    arn,
    id: text('the key id; made up from the name unless given'),
    account: accountRef,
    region,
    alias: text('an alias', { pattern: '^alias/' }),
    aliases: list(text('an alias', { pattern: '^alias/' }), 'aliases'),
    policy,
    state: choice(KEY_STATES, 'the key state; Enabled unless said'),
    manager: choice(['customer', 'aws'], 'who manages the key'),
    spec: text('the key spec; SYMMETRIC_DEFAULT unless said'),
    usage: choice(['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'], 'the key usage'),
    origin: choice(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'the key origin'),
    grants: list(grant, 'grants on the key'),
    tags,
  },
  'a key',
);

const kmsEncryption = object(
  {
    kms: text('alias/name, alias ARN, key ARN, key id, or the name of a key in this file'),
    reuse: duration('the data key reuse period, 60 s to 24 h; 5m unless said'),
  },
  'encryption',
  ['kms'],
);

export type EncryptionWord = 'none' | 'sqs';
type ReadKms = NonNullable<ReturnType<typeof kmsEncryption.read>>;
const encryption: Shape<EncryptionWord | ReadKms> = byKind<EncryptionWord | ReadKms>(
  { scalar: choice<EncryptionWord>(['none', 'sqs'], 'no encryption, or SSE-SQS'), mapping: kmsEncryption },
  '`none`, `sqs`, or `{ kms: alias/name, reuse: 5m }`',
);

export const queue = object(
  {
    arn,
    account: accountRef,
    region,
    policy,
    encryption,
    redrive: object(
      { to: name('the dead-letter queue'), after: integer(1, 1000, 'maxReceiveCount; 10 unless said') },
      'redrive',
      ['to'],
    ),
    visibility: duration('the visibility timeout; 30s unless said'),
    messages: list(
      object(
        {
          'moved-from': name('the queue that the messages were sent to'),
          'encrypted-with': text('the key that encrypted them'),
          count: integer(1, 10_000, 'how many; 1 unless said'),
        },
        'messages',
      ),
      'what the queue holds at the start; nothing unless said',
    ),
    attributes: raw('what `aws sqs get-queue-attributes` printed, or its file; instead of policy, encryption and redrive'),
    tags,
  },
  'a queue',
);

export const topic = object(
  {
    arn,
    account: accountRef,
    region,
    policy,
    encryption,
    subscriptions: list(
      object({ queue: name('the subscribed queue'), 'dead-letter': name('the dead-letter queue of the subscription') }, 'a subscription', ['queue']),
      'subscriptions',
    ),
    tags,
  },
  'a topic',
);

export const bucket = object(
  {
    account: accountRef,
    region,
    policy,
    notifications: list(object({ queue: name('the queue to notify') }, 'a notification', ['queue']), 'event notifications'),
  },
  'a bucket',
);

export const rule = object(
  {
    arn,
    account: accountRef,
    region,
    bus: text('the event bus; the default one unless said'),
    targets: list(
      object(
        { queue: name('the target queue'), role: name('the role of the target'), 'dead-letter': name('the dead-letter queue of the target') },
        'a target',
        ['queue'],
      ),
      'targets',
    ),
  },
  'a rule',
);

export const lambda = object(
  {
    arn,
    account: accountRef,
    region,
    role: name('the execution role, a principal of this file'),
    polls: name('the queue of its event source mapping'),
  },
  'a function',
  ['role'],
);

export const endpoint = object(
  {
    service: text('the service, such as sqs or kms'),
    vpc: text('the VPC', { pattern: '^vpc-' }),
    account: accountRef,
    policy,
  },
  'an endpoint',
  ['service'],
);

/** Organization units nest, so they are read by a reader of their own. */
const organizationSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: {
    id: { type: 'string', pattern: '^o-' },
    management: { type: 'string', description: 'the management account: SCPs and RCPs never apply to it' },
    scps: { $ref: '#/$defs/policies' },
    rcps: { $ref: '#/$defs/policies' },
    accounts: { $ref: '#/$defs/members' },
    units: { $ref: '#/$defs/units' },
  },
};

export const DEFINITIONS = {
  policies: policies.schema,
  members: {
    description: 'member accounts: a list of names, or a mapping to the policies attached to each',
    anyOf: [
      { type: 'array', items: { type: 'string' } },
      {
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          properties: { scps: { $ref: '#/$defs/policies' }, rcps: { $ref: '#/$defs/policies' } },
        },
      },
    ],
  },
  units: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      additionalProperties: false,
      properties: {
        scps: { $ref: '#/$defs/policies' },
        rcps: { $ref: '#/$defs/policies' },
        accounts: { $ref: '#/$defs/members' },
        units: { $ref: '#/$defs/units' },
      },
    },
  },
};

export const SECTIONS = {
  principals: principal,
  keys: key,
  queues: queue,
  topics: topic,
  buckets: bucket,
  rules: rule,
  functions: lambda,
  endpoints: endpoint,
} as const;

export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SectionName[];

const reason = {
  queue: name('the queue of a lost delivery'),
  denied: text('the error code, such as KMS.AccessDeniedException, or true for any'),
  failed: choice(['task'], 'the call was accepted and its task failed'),
  at: text('the action refused, such as kms:Decrypt'),
  key: name('the key it was refused on'),
  by: choice(DECIDERS, 'the layer that refused'),
  statement: text('the Sid or number of the deciding statement'),
  explicit: flag('whether a statement denies, or no statement allows'),
  message: text('a part of the message'),
  because: list(text('a rule id'), 'rules that must be among those that decided'),
} as const;

export const expectation = object(
  {
    ...reason,
    lost: list(object(reason, 'a lost delivery'), 'the caller got a success, and exactly these deliveries did not happen'),
    undetermined: list(text('a condition key or layer'), 'the answer hangs on these, which the file does not say'),
  },
  'an expectation',
);

export const calls = list(text('a KMS request: `kms:Decrypt`, or `kms:Decrypt key-name`'), 'exactly these KMS requests, in this order');

const scalarOrList = raw('a value, or a list of values');

const common = { title: text('what the step shows'), note: text('a remark') } as const;
const expecting = {
  expect: byKind<'allowed' | 'denied' | NonNullable<ReturnType<typeof expectation.read>>>(
    { scalar: choice<'allowed' | 'denied'>(['allowed', 'denied'], 'what the caller gets'), mapping: expectation },
    '`allowed`, `denied`, or a mapping such as `{ denied: KMS.AccessDeniedException, at: kms:Decrypt }`',
  ),
  calls,
} as const;

export const STEPS = {
  call: object(
    {
      ...common,
      as: text('a principal of this file, an ARN, a service principal, or anonymous'),
      call: text('an API call, such as sqs:SendMessage', { pattern: '^[a-z0-9-]+:[A-Z][A-Za-z0-9]+$' }),
      queue: name('the queue called on'),
      key: name('the key called on'),
      topic: name('the topic called on'),
      bucket: name('the bucket called on'),
      with: record(scalarOrList, 'parameters under AWS’s names'),
      session,
      through: text('the VPC endpoint the call enters by', { pattern: '^vpce-' }),
      from: text('the address the call comes from'),
      tls: flag('false for plain HTTP'),
      context: record(scalarOrList, 'condition keys, over those that follow from the file'),
      unknown: list(text('a condition key'), 'condition keys whose value is not known'),
      times: integer(1, 10_000, 'how often; once unless said'),
      ...expecting,
    },
    'a call step',
    ['as', 'call'],
  ),
  deliver: object(
    { ...common, deliver: name('a topic, bucket or rule of this file'), to: name('the queue'), ...expecting },
    'a deliver step',
    ['deliver', 'to'],
  ),
  poll: object({ ...common, poll: name('a function of this file'), ...expecting }, 'a poll step', ['poll']),
  set: object(
    {
      ...common,
      set: raw('section, name, attribute: the value replaces the attribute whole', {
        type: 'object',
        additionalProperties: { type: 'object' },
      }),
    },
    'a set step',
    ['set'],
  ),
  remove: object(
    {
      ...common,
      remove: raw('section: a list of names, or a mapping from names to lists of attributes', {
        type: 'object',
        additionalProperties: {
          anyOf: [
            { type: 'array', items: { type: 'string' } },
            { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
          ],
        },
      }),
    },
    'a remove step',
    ['remove'],
  ),
  wait: object({ ...common, wait: duration('how long') }, 'a wait step', ['wait']),
  check: object(
    {
      ...common,
      check: object(
        {
          queue: name('the queue'),
          messages: integer(0, 1_000_000, 'how many messages it holds'),
          'encrypted-with': name('the key that encrypted all of them, or none'),
        },
        'a check',
        ['queue'],
      ),
    },
    'a check step',
    ['check'],
  ),
} as const;

export type Verb = keyof typeof STEPS;
export const VERBS = Object.keys(STEPS) as readonly Verb[];

export const settings = object(
  { 'data-keys': choice(['cached', 'cold'], 'cold: no data key is ever served from the cache') },
  'settings',
);

export const HEADER = {
  gainsay: text('the version of the format: 1'),
  title: text('what the scenario shows'),
  region,
  account: accountRef,
  partition: choice(['aws', 'aws-cn', 'aws-us-gov'], 'the partition; aws unless said'),
  starts: text('the virtual clock at the first step, ISO 8601; 2026-01-01T00:00:00Z unless said'),
  settings,
  extends: text('a file that holds everything but the steps'),
  accounts: record(accountId, 'accounts by name'),
  organization: raw('the organization', { $ref: '#/$defs/organization' }),
  organizations: raw('several organizations', { type: 'array', items: { $ref: '#/$defs/organization' } }),
} as const;

/** The JSON Schema of scenario files, as editors use it. */
export function scenarioSchema(): unknown {
  const sections = Object.fromEntries(
    SECTION_NAMES.map((section) => [section, { type: 'object', additionalProperties: SECTIONS[section].schema }]),
  );
  const header = Object.fromEntries(Object.entries(HEADER).map(([field, shape]) => [field, shape.schema]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://gainsay.dev/schema/scenario-1.json',
    title: 'gainsay scenario, format 1',
    type: 'object',
    additionalProperties: false,
    required: ['gainsay'],
    properties: {
      ...header,
      gainsay: { enum: [1, '1'], description: 'the version of the format' },
      ...sections,
      steps: { type: 'array', description: 'what happens, in order', items: { anyOf: VERBS.map((verb) => STEPS[verb].schema) } },
    },
    $defs: { ...DEFINITIONS, organization: organizationSchema },
  };
}
