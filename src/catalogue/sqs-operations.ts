/**
 * SQS API operations: the action that is checked, cross-account use, the KMS calls they cause.
 *
 * Sources: SQS Developer Guide, "Amazon SQS API permissions" and "Limitations of custom policies" (copies of 2026),
 * "Key management" and "Configure dead-letter queue redrive" (copies of 2025/26); SQS service model (2026-08);
 * Service Authorization Reference, data of 2026-09-26.
 */
import { byName, frozen } from './table.js';

export interface SqsOperation {
  /** As AWS spells it: `SendMessageBatch`. */
  readonly name: string;
  /** The action that policies must allow: a batch operation is checked as its single counterpart. */
  readonly action: string;
  /** Can a queue policy let another account in? Where not, such a permission is legal and has no effect. */
  readonly crossAccount: boolean;
  /**
   * KMS calls on a queue encrypted under a KMS key. `generateDataKeyAndDecrypt`: unless the caller's data key is
   * cached; `decryptPerDataKey`: for each data key among the returned messages that is not cached; `moveTask`: see
   * `MOVE_TASK_PERMISSIONS`.
   */
  readonly kms: 'generateDataKeyAndDecrypt' | 'decryptPerDataKey' | 'none' | 'moveTask';
  /** Authorized on a queue's ARN. Only `ListQueues` is not: it is authorized on `arn:P:sqs:R:A:`, by IAM policies alone. */
  readonly resourceLevel: boolean;
  /** How the request names its queue. A task handle encodes the source queue's ARN. */
  readonly addressing: 'queueUrl' | 'queueName' | 'arn' | 'taskHandle' | 'none';
  /** Needed as well if the request carries tags. */
  readonly whenTagged?: string;
}

type Traits = Partial<Omit<SqsOperation, 'name'>>;

function operation(name: string, traits: Traits = {}): SqsOperation {
  return {
    name,
    action: `sqs:${name}`,
    crossAccount: false,
    kms: 'none',
    resourceLevel: true,
    addressing: 'queueUrl',
    ...traits,
  };
}

const SHARED: Traits = { crossAccount: true };
const SEND: Traits = { crossAccount: true, kms: 'generateDataKeyAndDecrypt' };

/** All 23 operations by their lower-cased name (`sendmessagebatch`). */
export const SQS_OPERATIONS: ReadonlyMap<string, SqsOperation> = byName([
  operation('AddPermission'),
  operation('CancelMessageMoveTask', { kms: 'moveTask', addressing: 'taskHandle' }),
  operation('ChangeMessageVisibility', SHARED),
  operation('ChangeMessageVisibilityBatch', { ...SHARED, action: 'sqs:ChangeMessageVisibility' }),
  operation('CreateQueue', { addressing: 'queueName', whenTagged: 'sqs:TagQueue' }),
  operation('DeleteMessage', SHARED),
  operation('DeleteMessageBatch', { ...SHARED, action: 'sqs:DeleteMessage' }),
  operation('DeleteQueue'),
  operation('GetQueueAttributes', SHARED),
  operation('GetQueueUrl', { ...SHARED, addressing: 'queueName' }),
  operation('ListDeadLetterSourceQueues', SHARED),
  operation('ListMessageMoveTasks', { addressing: 'arn' }),
  operation('ListQueueTags'),
  operation('ListQueues', { resourceLevel: false, addressing: 'none' }),
  operation('PurgeQueue', SHARED),
  operation('ReceiveMessage', { crossAccount: true, kms: 'decryptPerDataKey' }),
  operation('RemovePermission'),
  operation('SendMessage', SEND),
  operation('SendMessageBatch', { ...SEND, action: 'sqs:SendMessage' }),
  operation('SetQueueAttributes'),
  operation('StartMessageMoveTask', { kms: 'moveTask', addressing: 'arn' }),
  operation('TagQueue'),
  operation('UntagQueue'),
]);

/** The operation of that name, with or without `sqs:`, whatever its letter case; `undefined` if SQS has none such. */
export function sqsOperation(name: string): SqsOperation | undefined {
  const lower = name.toLowerCase();
  return SQS_OPERATIONS.get(lower.startsWith('sqs:') ? lower.slice('sqs:'.length) : lower);
}

export interface SqsAction {
  /** As AWS spells it in policies: `sqs:SendMessage`. Denial texts have it in lower case. */
  readonly name: string;
  readonly crossAccount: boolean;
  readonly resourceLevel: boolean;
  /** Condition keys beside the global ones that every action can carry; `aws:RequestTag/` stands for the prefix. */
  readonly conditionKeys: readonly string[];
}

const TAGS_IN_REQUEST: ReadonlyMap<string, readonly string[]> = new Map([
  ['sqs:CreateQueue', ['aws:RequestTag/', 'aws:TagKeys']],
  ['sqs:TagQueue', ['aws:RequestTag/', 'aws:TagKeys']],
  ['sqs:UntagQueue', ['aws:TagKeys']],
]);

/** The 20 actions that policies can name, by their lower-cased name (`sqs:sendmessage`). */
export const SQS_ACTIONS: ReadonlyMap<string, SqsAction> = byName(
  [...SQS_OPERATIONS.values()]
    .filter((row) => row.action === `sqs:${row.name}`)
    .map((row) => ({
      name: row.action,
      crossAccount: row.crossAccount,
      resourceLevel: row.resourceLevel,
      conditionKeys: [
        ...(row.resourceLevel ? ['aws:ResourceTag/'] : []),
        ...(TAGS_IN_REQUEST.get(row.action) ?? []),
      ],
    })),
);

/** The action of that name, whatever its letter case; `undefined` for a name that no SQS policy statement can match. */
export function sqsAction(name: string): SqsAction | undefined {
  return SQS_ACTIONS.get(name.toLowerCase());
}

/**
 * Names that look like actions and match nothing, by their lower-cased name, with the action that was meant: the batch
 * operations have no action of their own, and one page of AWS's guide misspells a move-task action.
 */
export const SQS_MISTAKEN_ACTIONS: ReadonlyMap<string, string> = new Map([
  ...[...SQS_OPERATIONS.values()]
    .filter((row) => row.action !== `sqs:${row.name}`)
    .map((row): [string, string] => [`sqs:${row.name.toLowerCase()}`, row.action]),
  ['sqs:listmessagemovetask', 'sqs:ListMessageMoveTasks'],
]);

export interface MoveTaskPermissions {
  readonly name: 'StartMessageMoveTask' | 'CancelMessageMoveTask' | 'ListMessageMoveTasks';
  /** On the dead-letter queue that messages are moved from. */
  readonly onSource: readonly string[];
  readonly onDestination: readonly string[];
  /** On every key that encrypted a message in the source. */
  readonly onMessageKeys: readonly string[];
  /** On the destination's key, if it has one: a moved message is encrypted anew. */
  readonly onDestinationKey: readonly string[];
}

/** A move task acts with the rights of whoever starts it, through the ordinary message actions. */
export const MOVE_TASK_PERMISSIONS: ReadonlyMap<string, MoveTaskPermissions> = byName(
  frozen<MoveTaskPermissions[]>([
    {
      name: 'StartMessageMoveTask',
      onSource: [
        'sqs:StartMessageMoveTask',
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
      ],
      onDestination: ['sqs:SendMessage'],
      onMessageKeys: ['kms:Decrypt'],
      onDestinationKey: ['kms:GenerateDataKey', 'kms:Decrypt'],
    },
    {
      name: 'CancelMessageMoveTask',
      onSource: [
        'sqs:CancelMessageMoveTask',
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
      ],
      onDestination: [],
      onMessageKeys: ['kms:Decrypt'],
      onDestinationKey: [],
    },
    {
      name: 'ListMessageMoveTasks',
      onSource: ['sqs:ListMessageMoveTasks', 'sqs:GetQueueAttributes'],
      onDestination: [],
      onMessageKeys: [],
      onDestinationKey: [],
    },
  ]),
);
