import { KEY_STATES } from '../catalogue/key-states.js';
import { accountRef, arn, encryption, name, policies, policy, region, tags } from './parts-format.js';
import {
  byKind,
  choice,
  duration,
  flag,
  integer,
  list,
  map,
  object,
  raw,
  record,
  text,
  textLike,
} from './shape.js';
import { bucket, lambda, rule, source, topic } from './source-format.js';

/** What a scenario file says of the world: accounts, principals, keys, queues and what feeds them. */

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
    'encryption-context-equals': map(
      record(text('a value'), 'pairs'),
      (read) => new Map([...read].map(([key, { value }]) => [key, value])),
    ),
    'encryption-context-subset': map(
      record(text('a value'), 'pairs'),
      (read) => new Map([...read].map(([key, { value }]) => [key, value])),
    ),
    'source-arn': textLike('an ARN', /^arn:/),
  },
  'a grant',
  ['grantee', 'operations'],
);

const alias = textLike('an alias, such as alias/orders', /^alias\/./);

export const consoleChoices = object(
  {
    administrators: list(name('a principal of this file or an ARN'), 'key administrators'),
    users: list(name('a principal of this file or an ARN'), 'key users'),
    accounts: list(accountRef, 'other accounts that may use the key'),
  },
  'what was chosen in the console',
);

export const key = object(
  {
    arn,
    id: text('the key id; made up from the name unless given'),
    account: accountRef,
    region,
    alias,
    aliases: list(alias, 'aliases'),
    policy,
    console: consoleChoices,
    state: choice(KEY_STATES, 'the key state; Enabled unless said'),
    manager: choice(['customer', 'aws'], 'who manages the key'),
    spec: text('the key spec; SYMMETRIC_DEFAULT unless said'),
    usage: choice(
      ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'],
      'the key usage',
    ),
    origin: choice(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'], 'the key origin'),
    'multi-region': choice(
      ['primary', 'replica'],
      'for a key id that begins with mrk-: which of the keys with that id it is; primary unless said',
    ),
    grants: list(grant, 'grants on the key'),
    tags,
  },
  'a key',
);

const byQueue = object(
  {
    byQueue: list(name('a source queue: its name in this file, or its ARN'), 'the source queues, at most 10'),
  },
  'a redrive permission',
  ['byQueue'],
);
type ReadByQueue = NonNullable<ReturnType<typeof byQueue.read>>;

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
    'redrive-allow': byKind<'allowAll' | 'denyAll' | ReadByQueue>(
      {
        scalar: choice<'allowAll' | 'denyAll'>(['allowAll', 'denyAll'], 'every queue, or none'),
        mapping: byQueue,
      },
      'which queues may use it as their dead-letter queue: `allowAll`, `denyAll`, or `{ byQueue: [orders] }`',
    ),
    visibility: duration('the visibility timeout, at most 12 h; 30s unless said', {
      least: 0,
      most: 43_200_000,
      words: 'at most `12h`',
    }),
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
    attributes: raw(
      'what `aws sqs get-queue-attributes` printed, or its file; instead of policy, encryption, redrive and redrive-allow',
    ),
    tags,
  },
  'a queue',
);

export const endpoint = object(
  {
    service: text('the service, such as sqs or kms'),
    vpc: textLike('the VPC, such as vpc-1a2b3c4d', /^vpc-/),
    account: accountRef,
    policy,
  },
  'an endpoint',
  ['service'],
);

/** Organization units nest, so they are read by a reader of their own. */
export const organizationSchema = {
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
  sources: source,
  endpoints: endpoint,
} as const;

export type SectionName = keyof typeof SECTIONS;
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly SectionName[];
