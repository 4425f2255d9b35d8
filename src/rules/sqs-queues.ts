import type { Rule } from './rule.js';

const SET_ATTRIBUTES = 'SQS API Reference, SetQueueAttributes';
const DLQ = 'SQS Developer Guide, Amazon SQS dead-letter queues';

/** What SQS keeps of a queue, who may change it, and what it refuses whatever the policies say. */
export const SQS_QUEUE_RULES = {
  'SQS-ATTRIBUTE-VALIDATION': {
    says: 'a call that gives an attribute which SQS does not know, or with a value out of range, fails with InvalidAttributeName, InvalidAttributeValue or InvalidParameterValue and changes nothing',
    page: SET_ATTRIBUTES,
    basis: 'observed',
    facts: ['sqs:T-4'],
  },
  'SQS-ONE-ENCRYPTION': {
    says: 'a queue has one encryption: a KMS key turns SSE-SQS off, taking the key away leaves the queue without, and asking for both is refused',
    page: SET_ATTRIBUTES,
    basis: 'observed',
    facts: ['sqs:T-3', 'sqs:T-4'],
  },
  'SQS-POLICY-IS-REPLACED': {
    says: 'setting the attribute Policy replaces the whole queue policy; the empty text removes it',
    page: SET_ATTRIBUTES,
    basis: 'observed',
    facts: ['sqs:P-1', 'sqs:P-2'],
  },
  'SQS-POLICY-IS-CHECKED': {
    says: 'a queue policy is stored only if it is well formed, names users and roles that exist, and keeps to SQS’s quotas',
    page: 'SQS Developer Guide, Quotas related to policies',
    basis: 'assumed',
    facts: ['sqs:P-3', 'sqs:P-4', 'sqs:P-6'],
  },
  'SQS-CHANGES-SPREAD': {
    says: 'attributes that were set, the queue policy among them, may take 60 seconds to be in force, MessageRetentionPeriod 15 minutes',
    page: SET_ATTRIBUTES,
    basis: 'documented',
    facts: ['sqs:P-18'],
  },
  'SQS-DEAD-LETTER-QUEUE-FITS': {
    says: 'a dead-letter queue exists when it is named, and is of the account, Region and type of its source queue',
    page: DLQ,
    basis: 'documented',
    facts: ['sqs:T-5'],
  },
  'SQS-REDRIVE-ALLOW': {
    says: 'RedriveAllowPolicy says which queues may name a queue as their dead-letter queue; it is checked when they do',
    page: DLQ,
    basis: 'assumed',
    facts: ['sqs:T-6'],
  },
  'SQS-ADD-PERMISSION': {
    says: 'AddPermission adds a statement to the queue policy, with a label that is not in use, for accounts, and with at most seven actions; RemovePermission takes one away by its label',
    page: 'SQS API Reference, AddPermission',
    basis: 'observed',
    facts: ['sqs:P-5', 'sqs:T-4'],
  },
  'SQS-CREATE-QUEUE': {
    says: 'CreateQueue makes a queue in the caller’s account, with SSE-SQS unless asked otherwise; of a name that is there it must give the same attributes, and a deleted name is taken for 60 seconds',
    page: 'SQS API Reference, CreateQueue',
    basis: 'observed',
    facts: ['sqs:T-4', 'sqs:D-7'],
  },
  'SQS-QUEUE-NAME': {
    says: 'a malformed queue name at CreateQueue answers AccessDenied, whatever the policies say',
    page: 'SQS API Reference, CreateQueue',
    basis: 'assumed',
    facts: ['sqs:T-4', 'sqs:D-5'],
  },
  'SQS-TAGS-IN-REQUEST': {
    says: 'tags in a request are in aws:RequestTag and aws:TagKeys; creating a queue with tags asks for sqs:TagQueue as well',
    page: 'SQS API Reference, CreateQueue',
    basis: 'documented',
    facts: ['sqs:A-8'],
  },
  'SQS-LIST-QUEUES-IS-IAM-ONLY': {
    says: 'ListQueues is authorized on arn:PARTITION:sqs:REGION:ACCOUNT: without a name, by IAM policies alone',
    page: 'SQS Developer Guide, Amazon SQS API permissions: actions and resource reference',
    basis: 'documented',
    facts: ['sqs:A-3'],
  },
  'SQS-ONE-PURGE-A-MINUTE': {
    says: 'a queue can be purged once in 60 seconds',
    page: 'SQS API Reference, PurgeQueue',
    basis: 'documented',
    facts: ['sqs:D-7'],
  },
  'SQS-MESSAGE-PARAMETERS': {
    says: 'a batch holds one to ten entries with distinct ids, a receive takes one to ten messages, and timeouts and delays have their ranges; such mistakes are told after authorization',
    page: 'SQS API Reference, SendMessageBatch',
    basis: 'documented',
    facts: ['sqs:D-7'],
  },
} as const satisfies Record<string, Rule>;
