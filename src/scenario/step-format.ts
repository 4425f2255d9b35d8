import { DECIDERS } from '../evaluator/layer.js';
import { MOVE_TASK_STATUSES } from '../world/world.js';
import { name } from './parts-format.js';
import {
  byKind,
  choice,
  duration,
  flag,
  integer,
  list,
  object,
  raw,
  record,
  text,
  textLike,
} from './shape.js';
import { session } from './world-format.js';

/** What a step may say: one verb, and what is expected of it. */
const reason = {
  queue: name('the queue of a lost delivery'),
  denied: text('the error code, such as KMS.AccessDeniedException, or true for any', {
    type: ['string', 'boolean'],
    not: { const: false },
  }),
  failed: choice(['task'], 'the call was accepted and its task failed'),
  at: text('the action refused, such as kms:Decrypt'),
  key: name('the key it was refused on'),
  by: choice(DECIDERS, 'the layer that refused'),
  statement: text('the Sid or number of the deciding statement', { type: ['string', 'integer'] }),
  explicit: flag('whether a statement denies, or no statement allows'),
  message: text('a part of the message'),
  because: list(text('a rule id'), 'rules that must be among those that decided'),
} as const;

export const expectation = object(
  {
    ...reason,
    lost: list(
      object(
        {
          ...reason,
          becomes: choice(['lost', 'delayed', 'stays', 'dead-lettered'], 'what became of the message'),
        },
        'a lost delivery',
      ),
      'the caller got a success, and exactly these deliveries did not happen',
    ),
    undetermined: list(
      text('a condition key or layer'),
      'the answer hangs on these, which the file does not say',
    ),
  },
  'an expectation',
);

export const calls = list(
  text('a KMS request: `kms:Decrypt`, or `kms:Decrypt key-name`'),
  'exactly these KMS requests, in this order',
);

const scalarOrList = raw('a value, or a list of values');

const common = { title: text('what the step shows'), note: text('a remark') } as const;
const expecting = {
  expect: byKind<'allowed' | 'denied' | NonNullable<ReturnType<typeof expectation.read>>>(
    {
      scalar: choice<'allowed' | 'denied'>(['allowed', 'denied'], 'what the caller gets'),
      mapping: expectation,
    },
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
      rule: name('the rule that matches the event'),
      function: name('the function called on'),
      makes: name('the name by which later steps know the replica that kms:ReplicateKey makes'),
      with: record(scalarOrList, 'parameters under AWS’s names'),
      session,
      through: textLike('the VPC endpoint the call enters by, such as vpce-1a2b3c4d', /^vpce-/),
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
    {
      ...common,
      deliver: name('a topic, bucket, rule, function or source of this file'),
      to: name('the queue'),
      ...expecting,
    },
    'a deliver step',
    ['deliver', 'to'],
  ),
  poll: object({ ...common, poll: name('a function or pipe of this file'), ...expecting }, 'a poll step', [
    'poll',
  ]),
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
          task: choice(MOVE_TASK_STATUSES, 'the status of the message move task that was started last on it'),
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
