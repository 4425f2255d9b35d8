import { sqsException } from '../catalogue/sqs-exceptions.js';
import type { Verdict } from '../evaluator/verdict.js';
import { invariant } from '../syntax/invariant.js';
import { type Call, operationOf } from '../world/call.js';
import type { Key, Queue } from '../world/world.js';
import { type AwsError, requestId } from './aws-error.js';
import { denialSentence, kmsSuffix, passedOnSentence } from './denial.js';

/** SQS's own denial. Page: measured on AWS. Rule: ANSWER-SQS-DENIAL */
export function sqsDenial(call: Call, action: string, queue: Queue, verdict: Verdict): AwsError {
  return sqsDenialOn(call, action, queue.arn.text, verdict);
}

/** SQS's own denial on what is no queue of the world. */
export function sqsDenialOn(call: Call, action: string, arn: string, verdict: Verdict): AwsError {
  const sentence = denialSentence(call.caller, action.toLowerCase(), arn, verdict);
  return {
    code: 'AccessDenied',
    shape: 'com.amazon.coral.service#AccessDeniedException',
    http: 403,
    message:
      call.caller.kind === 'service' && call.caller.host.startsWith('sns.')
        ? snsNames(sentence, call.caller.host)
        : sentence,
    service: 'sqs',
    operation: operationOf(call),
  };
}

/** SQS prints an internal user of SNS instead of the service principal. Seen in delivery logs. */
function snsNames(sentence: string, host: string): string {
  return sentence.replace(
    `User: ${host} `,
    () => 'User: arn:aws:iam::<sns-internal-account>:user/<AIRPORT>.SQS ',
  );
}

export function noSuchQueue(call: Call): AwsError {
  return {
    code: 'AWS.SimpleQueueService.NonExistentQueue',
    shape: 'com.amazonaws.sqs#QueueDoesNotExist',
    http: 400,
    message: 'The specified queue does not exist.',
    service: 'sqs',
    operation: operationOf(call),
  };
}

/** Page: SQS Developer Guide, Encryption at rest. The text is ours: AWS does not document it. */
export function notSecure(call: Call): AwsError {
  return {
    code: 'InvalidSecurity',
    shape: 'com.amazonaws.sqs#InvalidSecurity',
    http: 403,
    message: 'All requests to this queue must use HTTPS and SigV4.',
    service: 'sqs',
    operation: operationOf(call),
  };
}

/** Page: SQS API Reference, GetQueueUrl: a queue that the caller may not see does not exist for it. */
export function hiddenQueue(call: Call): AwsError {
  return {
    ...noSuchQueue(call),
    message: 'The specified queue does not exist or you do not have access to it.',
  };
}

/** Page: SQS API Reference, StartMessageMoveTask. */
export function noSuchResource(call: Call, parameter: 'SourceArn' | 'DestinationArn'): AwsError {
  const message = `The resource that you specified for the ${parameter} parameter doesn't exist.`;
  return { ...refused(call, 'ResourceNotFoundException', message), http: 404 };
}

export function badParameter(call: Call, message: string): AwsError {
  return refused(call, 'InvalidParameterValue', message);
}

export function badAttributeName(call: Call, message: string): AwsError {
  return refused(call, 'InvalidAttributeName', message);
}

export function badAttributeValue(call: Call, message: string): AwsError {
  return refused(call, 'InvalidAttributeValue', message);
}

/** Page: SQS API Reference, AddPermission. */
export function overLimit(call: Call, message: string): AwsError {
  return { ...refused(call, 'OverLimit', message), http: 403 };
}

function refused(call: Call, code: string, message: string): AwsError {
  return sqsError(call, code, message, { shape: code });
}

/** Any other error of SQS. `shape` is the name of its exception in the JSON protocol. */
export function sqsError(
  call: Call,
  code: string,
  message: string,
  { shape, http = 400 }: { readonly shape: string; readonly http?: number },
): AwsError {
  return {
    code,
    shape: sqsException(code)?.type ?? `com.amazonaws.sqs#${shape}`,
    http,
    message,
    service: 'sqs',
    operation: operationOf(call),
  };
}

/** KMS's codes as SQS repeats them. */
const PASSED_ON: ReadonlyMap<string, string> = new Map([
  ['AccessDeniedException', 'KMS.AccessDeniedException'],
  ['DisabledException', 'KMS.DisabledException'],
  ['KMSInvalidStateException', 'KMS.InvalidStateException'],
  ['NotFoundException', 'KMS.NotFoundException'],
  ['OptInRequired', 'KMS.OptInRequired'],
  ['ThrottlingException', 'KMS.ThrottlingException'],
  ['InvalidKeyUsageException', 'KMS.InvalidKeyUsageException'],
]);

/** An error of KMS as SQS passes it on. Page: SQS API Reference, errors of SendMessage and ReceiveMessage. Rule: ANSWER-KMS-THROUGH-SQS */
export function kmsErrorThroughSqs(call: Call, kmsCode: string, text: string, serial: number): AwsError {
  const code = PASSED_ON.get(kmsCode) ?? 'KMS.InvalidStateException';
  const known = sqsException(code);
  invariant(known !== undefined, 'what SQS passes on is an error of SQS');
  return {
    code,
    shape: known.type,
    http: known.http,
    message: `${text} ${kmsSuffix(kmsCode, requestId(serial))}`,
    service: 'sqs',
    operation: operationOf(call),
  };
}

export function kmsDenialThroughSqs(
  call: Call,
  action: string,
  key: Key,
  verdict: Verdict,
  serial: number,
): AwsError {
  const text = passedOnSentence(call.caller, action, key, verdict);
  return kmsErrorThroughSqs(call, 'AccessDeniedException', text, serial);
}
