import type { Rule } from './rule.js';

const KEYS = 'SQS Developer Guide, Key management';
const ENCRYPTION = 'SQS Developer Guide, Encryption at rest';
const PERMISSIONS = 'SQS Developer Guide, Amazon SQS API permissions: actions and resource reference';
const DLQ = 'SQS Developer Guide, Amazon SQS dead-letter queues';
const REDRIVE = 'SQS Developer Guide, Configure a dead-letter queue redrive';

/** What SQS calls ask of KMS, what is cached, and what becomes of the message. */
export const SQS_RULES = {
  'SQS-BATCH-IS-SINGLE-ACTION': {
    says: 'a batch call is authorized as its single action: sqs:SendMessageBatch asks for sqs:SendMessage',
    page: PERMISSIONS,
    basis: 'documented',
    facts: ['sqs:A-1', 'sqs:A-2'],
  },
  'SQS-SEND-NEEDS-TWO-KMS-ACTIONS': {
    says: 'sending to an SSE-KMS queue makes SQS call kms:GenerateDataKey and then kms:Decrypt with the sender’s identity',
    page: KEYS,
    basis: 'documented',
    facts: ['sqs:K-1', 'sqs:K-2', 'sqs:K-4'],
  },
  'SQS-RECEIVE-NEEDS-DECRYPT': {
    says: 'receiving from an SSE-KMS queue makes SQS call kms:Decrypt with the receiver’s identity, on the key that encrypted each message',
    page: KEYS,
    basis: 'documented',
    facts: ['sqs:K-3', 'sqs:L-2', 'sqs:L-10', 'kms:KX-3'],
  },
  'SQS-EMPTY-RECEIVE': {
    says: 'a receive that finds no message calls nothing at KMS',
    page: KEYS,
    basis: 'assumed',
    facts: ['sqs:K-5'],
  },
  'SQS-NO-KMS-CALL': {
    says: 'deleting, purging and changing visibility or attributes call nothing at KMS',
    page: KEYS,
    basis: 'documented',
    facts: ['sqs:K-6', 'sqs:K-7', 'kms:KQ-5'],
  },
  'SQS-KMS-CALL-IS-THE-CALLER': {
    says: 'SQS calls KMS with the identity of its caller (forward access session): kms:ViaService names SQS, and source address of a VPC endpoint is gone',
    page: 'IAM User Guide, Forward access sessions',
    basis: 'assumed',
    facts: [
      'iam:FAS-1',
      'iam:FAS-2',
      'iam:FAS-3',
      'sqs:V-4',
      'kms:KQ-9',
      'kms:KW-1',
      'kms:KQ-8',
      'kms:KQ-10',
    ],
  },
  'SQS-SERVICE-CALLS-KMS-ITSELF': {
    says: 'SNS, S3 and EventBridge need the queue policy and then the key policy to allow their own service principal',
    page: KEYS,
    basis: 'documented',
    facts: ['sqs:S-1', 'kms:KQ-1', 'sqs:X-1'],
  },
  'SQS-ENCRYPTION-CONTEXT': {
    says: 'the encryption context of SQS’s KMS calls is aws:sqs:arn = the ARN of the queue the message was sent to',
    page: KEYS,
    basis: 'observed',
    facts: ['sqs:K-8', 'kms:KQ-4'],
  },
  'SQS-CACHED-DATA-KEY': {
    says: 'within the data key reuse period a requester’s data key is served from the cache: KMS is not asked',
    page: KEYS,
    basis: 'documented',
    facts: ['sqs:C-1', 'sqs:C-2', 'sqs:C-3', 'kms:KQ-3'],
  },
  'SQS-CACHES-ARE-APART': {
    says: 'encryption and decryption are cached separately: a sender that then receives causes a further kms:Decrypt',
    page: KEYS,
    basis: 'assumed',
    facts: ['sqs:C-4'],
  },
  'SQS-CACHE-OUTLIVES-REVOCATION': {
    says: 'a cached data key keeps working until it expires, even if the permission is gone',
    page: KEYS,
    basis: 'assumed',
    facts: ['sqs:C-5', 'sqs:C-6'],
  },
  'SQS-AUTHORIZATION-FIRST': {
    says: 'SQS decides its own action first; KMS is asked only afterwards',
    page: KEYS,
    basis: 'assumed',
    facts: ['sqs:E-4'],
  },
  'SQS-DENIED-SEND-STORES-NOTHING': {
    says: 'a send that KMS refuses fails as a whole and stores nothing',
    page: KEYS,
    basis: 'assumed',
    facts: ['sqs:E-1'],
  },
  'SQS-DENIED-RECEIVE-IS-AN-ERROR': {
    says: 'a receive that KMS refuses is an error, not an empty answer; the messages stay in the queue',
    page: KEYS,
    basis: 'observed',
    facts: ['sqs:E-2'],
  },
  'SQS-REFUSED-RECEIVE-MAY-COUNT': {
    says: 'a receive that KMS refuses is not counted here, but may be counted towards maxReceiveCount: AWS does not say',
    page: DLQ,
    basis: 'assumed',
    facts: ['sqs:E-3'],
  },
  'SQS-SSE-NEEDS-HTTPS': {
    says: 'an encrypted queue takes only signed requests over HTTPS; others fail with InvalidSecurity before any policy is read',
    page: ENCRYPTION,
    basis: 'assumed',
    facts: ['sqs:P-12', 'sqs:H-2'],
  },
  'SQS-SSE-SQS-ASKS-NOBODY': {
    says: 'SSE-SQS encrypts with keys of the service: no KMS permission is asked of anyone',
    page: ENCRYPTION,
    basis: 'documented',
    facts: ['sqs:M-1', 'kms:KM-4', 'kms:KQ-6'],
  },
  'SQS-KEY-RESOLVED-AT-USE': {
    says: 'KmsMasterKeyId is stored as given and resolved at each use, in the account and Region of the queue',
    page: ENCRYPTION,
    basis: 'assumed',
    facts: ['sqs:T-1', 'sqs:T-2', 'kms:KQ-2'],
  },
  'SQS-MOVE-KEEPS-ENCRYPTION': {
    says: 'a message moved to a dead-letter queue keeps the key it was encrypted with; nobody’s permission is asked',
    page: ENCRYPTION,
    basis: 'documented',
    facts: ['sqs:L-1'],
  },
  'SQS-MOVE-HEEDS-DENIES': {
    says: 'a move to a dead-letter queue needs nobody’s permission, but statements of that queue’s policy that deny sqs:SendMessage stop it, with the source queue as aws:SourceArn; the message then stays where it is',
    page: 'SQS Developer Guide, Least-privilege policies',
    basis: 'assumed',
    facts: ['sqs:L-3'],
  },
  'SQS-REDRIVE-REENCRYPTS': {
    says: 'a message move task reads with the starter’s identity and sends anew, encrypted under the destination’s key',
    page: REDRIVE,
    basis: 'assumed',
    facts: ['sqs:L-5', 'sqs:L-6'],
  },
  'SQS-REDRIVE-FAILS-LATER': {
    says: 'only StartMessageMoveTask is checked at the call; missing rights on messages or keys fail the task',
    page: REDRIVE,
    basis: 'assumed',
    facts: ['sqs:L-7', 'sqs:L-9'],
  },
  'SQS-REDRIVE-KNOWS-THE-SOURCE': {
    says: 'without a destination each message goes back to the queue that SQS moved it away from; one that was sent to the dead-letter queue itself, or whose queue is gone, fails the task',
    page: 'SQS Developer Guide, Troubleshoot dead-letter queue and DLQ redrive issues',
    basis: 'documented',
    facts: ['sqs:L-5'],
  },
  'SQS-REDRIVE-DESTINATION-FITS': {
    says: 'the destination of a move task is a queue of the same Region and of the same type',
    page: REDRIVE,
    basis: 'assumed',
    facts: ['sqs:L-5'],
  },
  'SQS-MOVE-TASK-PERMISSIONS': {
    says: 'cancelling a move task asks for sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes on the dead-letter queue as well, and for kms:Decrypt if it has a key; listing tasks asks for sqs:GetQueueAttributes',
    page: REDRIVE,
    basis: 'documented',
    facts: ['sqs:L-5'],
  },
  'SQS-MOVE-TASK-HANDLE': {
    says: 'a move task is cancelled by its handle, which names the queue, while it runs; what is no handle, and a task that is not there or over, are refused',
    page: 'SQS API Reference, CancelMessageMoveTask',
    basis: 'observed',
    facts: ['sqs:A-5', 'sqs:L-9'],
  },
  'SQS-ONE-ACTIVE-TASK': {
    says: 'a dead-letter queue has one active move task at a time',
    page: 'SQS API Reference, StartMessageMoveTask',
    basis: 'observed',
    facts: ['sqs:L-5', 'sqs:L-9'],
  },
  'SQS-REDRIVE-TAKES-TIME': {
    says: 'a move task with MaxNumberOfMessagesPerSecond moves so many messages in each second, for 36 hours at most; without it all at once',
    page: 'SQS API Reference, StartMessageMoveTask',
    basis: 'assumed',
    facts: ['sqs:L-5'],
  },
  'SQS-REDRIVE-HAS-NO-NETWORK': {
    says: 'calls made by a move task carry no VPC endpoint and no source address of the starter',
    page: REDRIVE,
    basis: 'documented',
    facts: ['sqs:L-8'],
  },
  'SQS-DEAD-LETTER-AFTER-RECEIVES': {
    says: 'a message received more often than maxReceiveCount allows moves to the dead-letter queue',
    page: DLQ,
    basis: 'documented',
    facts: ['sqs:L-1'],
  },
  'SQS-QUEUE-MUST-EXIST': {
    says: 'a call on a queue that does not exist answers NonExistentQueue',
    page: 'SQS API Reference, Common errors',
    basis: 'observed',
    facts: ['sqs:D-6'],
  },
  'SQS-COST-FORMULA': {
    says: 'KMS requests per queue are about R = B / D x (2 x producers + consumers)',
    page: KEYS,
    basis: 'documented',
    facts: ['sqs:R-1', 'sqs:R-2', 'sqs:R-3'],
  },
  'SQS-SOURCE-CONTEXT': {
    says: 'aws:SourceArn and aws:SourceAccount are present only on a service principal’s own calls and name the topic, bucket or rule and its account',
    page: 'IAM User Guide, AWS global condition context keys',
    basis: 'documented',
    facts: ['iam:FAS-4', 'sqs:S-2', 'sqs:S-8', 'sqs:S-10', 'kms:KW-3', 'sqs:P-15'],
  },
  'SQS-SERVICE-HAS-NO-NETWORK': {
    says: 'a service principal’s own call carries no source address, VPC or endpoint',
    page: 'IAM User Guide, AWS global condition context keys',
    basis: 'assumed',
    facts: ['iam:FAS-6', 'sqs:V-2'],
  },
} as const satisfies Record<string, Rule>;
