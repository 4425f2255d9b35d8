import { queueAttribute } from '../catalogue/sqs-attributes.js';
import { type Call, pairsParameter } from '../world/call.js';
import type { Queue } from '../world/world.js';
import type { AwsError } from './aws-error.js';
import { type Check, type Plan, type PlanStep, unchanged } from './plan.js';
import { badAttributeName, badAttributeValue } from './sqs-errors.js';

/**
 * Setting attributes, given in the parameter `Attributes`: authorized and validated. The key is not looked up, and
 * KMS is not asked; nothing of the queue changes. Page: SQS API Reference, SetQueueAttributes. Rule: SQS-NO-KMS-CALL
 */
export function planSetAttributes(call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const attributes = pairsParameter(call, 'Attributes');
  const checks = [
    check(call, queue, !hasBothEncryptions(attributes), () =>
      badAttributeName(
        call,
        'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
      ),
    ),
    ...[...attributes].map(([name, value]) => checkAttribute(call, queue, name, value)),
  ];
  return { call, steps: [...first, ...checks], effect: unchanged };
}

/** An empty key turns encryption with KMS off, so it goes with SSE-SQS. */
function hasBothEncryptions(attributes: ReadonlyMap<string, string>): boolean {
  const key = attributes.get('KmsMasterKeyId') ?? '';
  return key !== '' && attributes.get('SqsManagedSseEnabled') === 'true';
}

function checkAttribute(call: Call, queue: Queue, name: string, value: string): Check {
  const attribute = queueAttribute(name);
  const isFifo = queue.arn.resource.endsWith('.fifo');
  if (attribute?.name !== name || (attribute.fifoOnly && !isFifo)) {
    const text =
      name === 'DeduplicationScope'
        ? 'You can specify the DeduplicationScope only when FifoQueue is set to true.'
        : `Unknown Attribute ${name}.`;
    return check(call, queue, false, () => badAttributeName(call, text));
  }
  const holds = attribute.creationOnly !== true && isAllowed(attribute.value, value);
  const reason = attribute.creationOnly === true ? ' Reason: Modifying queue type is not supported.' : '';
  return check(call, queue, holds, () =>
    badAttributeValue(call, `Invalid value for the parameter ${name}.${reason}`),
  );
}

type AllowedValue = NonNullable<ReturnType<typeof queueAttribute>>['value'];

function isAllowed(allowed: AllowedValue, value: string): boolean {
  switch (allowed.kind) {
    case 'integer': {
      const number = Number(value);
      return value !== '' && Number.isInteger(number) && number >= allowed.min && number <= allowed.max;
    }
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'oneOf':
      return allowed.values.includes(value);
    case 'json':
    case 'keyId':
      return true;
  }
}

function check(call: Call, queue: Queue, holds: boolean, refusedWith: () => AwsError): Check {
  return {
    do: 'check',
    holds,
    at: call.api,
    on: queue.name,
    by: 'parameter',
    why: 'SQS-NO-KMS-CALL',
    refusedWith,
  };
}
