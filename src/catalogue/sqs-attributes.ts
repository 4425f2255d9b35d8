/**
 * Queue attributes: ranges, values, defaults.
 *
 * Source: SQS API Reference, `SetQueueAttributes` (service model of 2026-08); `MaximumMessageSize` as of 2025, before
 * that 262,144 at most.
 */
import { byName, frozen } from './table.js';

export type QueueAttributeValue =
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'json' }
  | { readonly kind: 'keyId' };

export interface QueueAttribute {
  readonly name: string;
  readonly value: QueueAttributeValue;
  /** Left out: the attribute is absent until it is set. */
  readonly default?: string;
  readonly fifoOnly: boolean;
  /** Can be given when the queue is created and never changed. */
  readonly creationOnly?: true;
  readonly note?: string;
}

function integer(name: string, min: number, max: number, preset: number): QueueAttribute {
  return { name, value: { kind: 'integer', min, max }, default: String(preset), fifoOnly: false };
}

/** What `CreateQueue` and `SetQueueAttributes` take, by lower-cased name. SQS itself minds the letter case of the names. */
export const QUEUE_ATTRIBUTES: ReadonlyMap<string, QueueAttribute> = byName<QueueAttribute>([
  integer('DelaySeconds', 0, 900, 0),
  integer('MaximumMessageSize', 1_024, 1_048_576, 1_048_576),
  integer('MessageRetentionPeriod', 60, 1_209_600, 345_600),
  integer('ReceiveMessageWaitTimeSeconds', 0, 20, 0),
  integer('VisibilityTimeout', 0, 43_200, 30),
  { name: 'Policy', value: { kind: 'json' }, fifoOnly: false, note: 'the empty string removes it' },
  {
    name: 'RedrivePolicy',
    value: { kind: 'json' },
    fifoOnly: false,
    note: 'deadLetterTargetArn and maxReceiveCount',
  },
  {
    name: 'RedriveAllowPolicy',
    value: { kind: 'json' },
    fifoOnly: false,
    note: 'on the dead-letter queue; without it every queue may use it',
  },
  {
    name: 'KmsMasterKeyId',
    value: { kind: 'keyId' },
    fifoOnly: false,
    note: 'stored as given, resolved when it is used; turns SqsManagedSseEnabled off',
  },
  { ...integer('KmsDataKeyReusePeriodSeconds', 60, 86_400, 300), note: 'without a key it has no effect' },
  {
    name: 'SqsManagedSseEnabled',
    value: { kind: 'boolean' },
    default: 'true',
    fifoOnly: false,
    note: 'excludes a KMS key',
  },
  {
    name: 'FifoQueue',
    value: { kind: 'boolean' },
    fifoOnly: true,
    creationOnly: true,
    note: 'the queue name must end in .fifo',
  },
  { name: 'ContentBasedDeduplication', value: { kind: 'boolean' }, fifoOnly: true },
  {
    name: 'DeduplicationScope',
    value: { kind: 'oneOf', values: ['messageGroup', 'queue'] },
    fifoOnly: true,
  },
  {
    name: 'FifoThroughputLimit',
    value: { kind: 'oneOf', values: ['perQueue', 'perMessageGroupId'] },
    fifoOnly: true,
  },
]);

/** Attributes that `GetQueueAttributes` returns and nobody can set. */
export const READ_ONLY_QUEUE_ATTRIBUTES: readonly string[] = frozen([
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
]);

export const REDRIVE = frozen({
  maxReceiveCount: { min: 1, max: 1_000, default: 10 },
  permissions: ['allowAll', 'denyAll', 'byQueue'],
  defaultPermission: 'allowAll',
  /** Only with `byQueue`, and then at least one. */
  maxSourceQueueArns: 10,
} as const);

/** Name of a queue, `.fifo` included. */
export const QUEUE_NAME_MAX_LENGTH = 80;

/** The attribute of that name, whatever its letter case (for suggestions); `undefined` for one that SQS does not have. */
export function queueAttribute(name: string): QueueAttribute | undefined {
  return QUEUE_ATTRIBUTES.get(name.toLowerCase());
}
