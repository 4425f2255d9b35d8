import { queueAttribute } from '../catalogue/sqs-attributes.js';
import type { Arn } from '../syntax/arn.js';
import type { Call, Parameter } from '../world/call.js';
import type { World } from '../world/world.js';
import type { Check } from './plan.js';
import { sqsCheck } from './sqs-check.js';
import { badAttributeName, badAttributeValue } from './sqs-errors.js';
import { checkPolicyAttribute } from './sqs-policy-checks.js';
import { checkRedriveAllowPolicy, checkRedrivePolicy } from './sqs-redrive-checks.js';

/** The queue whose attributes are given: one that exists, or one that the call would make. */
export interface AttributesGiven {
  readonly world: World;
  readonly call: Call;
  readonly arn: Arn;
  readonly isFifo: boolean;
  readonly creating: boolean;
}

/** The attributes that a call gives, by name and as they were given. */
export function attributesOf(call: Call): ReadonlyMap<string, Parameter> {
  const given = call.parameters.get('Attributes');
  return given instanceof Map ? given : new Map();
}

/**
 * What SQS checks about attributes before it takes any of them. Page: SQS API Reference, SetQueueAttributes.
 * Rules: SQS-ATTRIBUTE-VALIDATION, SQS-ONE-ENCRYPTION
 */
export function checkAttributes(given: AttributesGiven): readonly Check[] {
  const { call } = given;
  const attributes = attributesOf(call);
  return [
    sqsCheck(call, !hasBothEncryptions(attributes), 'SQS-ONE-ENCRYPTION', () =>
      badAttributeName(
        call,
        'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
      ),
    ),
    ...[...attributes].flatMap(([name, value]) => checkAttribute(given, name, value)),
  ];
}

/** An empty key turns encryption with KMS off, so it goes with SSE-SQS. */
function hasBothEncryptions(attributes: ReadonlyMap<string, Parameter>): boolean {
  const key = attributes.get('KmsMasterKeyId') ?? '';
  return key !== '' && attributes.get('SqsManagedSseEnabled') === 'true';
}

function checkAttribute(given: AttributesGiven, name: string, value: Parameter): readonly Check[] {
  const { call, isFifo, creating } = given;
  const why = 'SQS-ATTRIBUTE-VALIDATION';
  const attribute = queueAttribute(name);
  if (attribute?.name !== name || (attribute.fifoOnly && !isFifo)) {
    const text =
      name === 'DeduplicationScope'
        ? 'You can specify the DeduplicationScope only when FifoQueue is set to true.'
        : `Unknown Attribute ${name}.`;
    return [sqsCheck(call, false, why, () => badAttributeName(call, text))];
  }
  const fixed = attribute.creationOnly === true && !creating;
  const reason = fixed ? ' Reason: Modifying queue type is not supported.' : '';
  const check = sqsCheck(call, !fixed && isAllowed(attribute.value, value), why, () =>
    badAttributeValue(call, `Invalid value for the parameter ${name}.${reason}`),
  );
  return [check, ...(check.holds ? checkInside(given, name, value) : [])];
}

/** Attributes that hold a document. */
function checkInside(given: AttributesGiven, name: string, value: Parameter): readonly Check[] {
  switch (name) {
    case 'Policy':
      return checkPolicyAttribute(given.world, given.call, value);
    case 'RedrivePolicy':
      return checkRedrivePolicy(given, value);
    case 'RedriveAllowPolicy':
      return checkRedriveAllowPolicy(given, value);
    default:
      return [];
  }
}

type AllowedValue = NonNullable<ReturnType<typeof queueAttribute>>['value'];

function isAllowed(allowed: AllowedValue, value: Parameter): boolean {
  if (allowed.kind === 'json') return typeof value === 'string' || value instanceof Map;
  if (typeof value !== 'string') return false;
  switch (allowed.kind) {
    case 'integer': {
      const number = Number(value);
      return /^\d{1,9}$/.test(value) && number >= allowed.min && number <= allowed.max;
    }
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'oneOf':
      return allowed.values.includes(value);
    case 'keyId':
      return true;
  }
}
