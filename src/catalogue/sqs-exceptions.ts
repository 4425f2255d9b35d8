/**
 * The errors of SQS: the code of the query protocol, the name of the exception in the JSON protocol, and the HTTP status.
 *
 * Sources: SQS service model (botocore of 2026-08 with the JSON protocol, of 2023-07 with the query protocol); answers
 * recorded on AWS for the names that the model does not have.
 */
import { byName } from './table.js';

export interface SqsException {
  /** The code of the query protocol, which SDKs report: `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly name: string;
  /** The `__type` of the JSON protocol: `com.amazonaws.sqs#QueueDoesNotExist`. */
  readonly type: string;
  readonly http: number;
  /** The member of the JSON body that holds the message. */
  readonly member: 'message' | 'Message';
}

function exception(
  name: string,
  http = 400,
  { type = `com.amazonaws.sqs#${lastPart(name)}`, member = 'message' as SqsException['member'] } = {},
): SqsException {
  return { name, type, http, member };
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function renamed(name: string, shape: string, http = 400): SqsException {
  return exception(name, http, { type: `com.amazonaws.sqs#${shape}` });
}

const PREFIX = 'AWS.SimpleQueueService';

/** By the lower-cased code. */
export const SQS_EXCEPTIONS: ReadonlyMap<string, SqsException> = byName([
  exception('AccessDenied', 403, {
    type: 'com.amazon.coral.service#AccessDeniedException',
    member: 'Message',
  }),
  renamed('KMS.AccessDeniedException', 'KmsAccessDenied'),
  renamed('KMS.DisabledException', 'KmsDisabled'),
  renamed('KMS.InvalidKeyUsageException', 'KmsInvalidKeyUsage'),
  renamed('KMS.InvalidStateException', 'KmsInvalidState'),
  renamed('KMS.NotFoundException', 'KmsNotFound'),
  renamed('KMS.OptInRequired', 'KmsOptInRequired', 403),
  renamed('KMS.ThrottlingException', 'KmsThrottled'),
  exception(`${PREFIX}.BatchEntryIdsNotDistinct`),
  exception(`${PREFIX}.BatchRequestTooLong`),
  exception(`${PREFIX}.EmptyBatchRequest`),
  exception(`${PREFIX}.InvalidBatchEntryId`),
  exception(`${PREFIX}.MessageNotInflight`),
  renamed(`${PREFIX}.NonExistentQueue`, 'QueueDoesNotExist'),
  exception(`${PREFIX}.PurgeQueueInProgress`, 403),
  exception(`${PREFIX}.QueueDeletedRecently`),
  exception(`${PREFIX}.TooManyEntriesInBatchRequest`),
  exception(`${PREFIX}.UnsupportedOperation`),
  exception('InvalidAddress', 404),
  exception('InvalidAttributeName'),
  exception('InvalidAttributeValue'),
  exception('InvalidIdFormat'),
  exception('InvalidMessageContents'),
  // Not in the model: recorded, as are other answers of the framework below SQS.
  exception('InvalidParameterValue', 400, {
    type: 'com.amazon.coral.service#InvalidParameterValueException',
  }),
  exception('InvalidSecurity', 403),
  exception('OverLimit', 403),
  renamed('QueueAlreadyExists', 'QueueNameExists'),
  exception('ReceiptHandleIsInvalid', 404),
  exception('RequestThrottled', 403),
  exception('ResourceNotFoundException', 404),
]);

/** The error of that code; `undefined` for a code that SQS does not answer. */
export function sqsException(code: string): SqsException | undefined {
  return SQS_EXCEPTIONS.get(code.toLowerCase());
}
