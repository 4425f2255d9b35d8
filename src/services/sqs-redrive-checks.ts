import { REDRIVE } from '../catalogue/sqs-attributes.js';
import { parseArn } from '../syntax/arn.js';
import { listTexts, type Parameter } from '../world/call.js';
import type { Queue, RedriveAllow, World } from '../world/world.js';
import { jsonMembers, jsonText } from './json-parameter.js';
import type { Check } from './plan.js';
import type { AttributesGiven } from './sqs-attribute-checks.js';
import { sqsCheck } from './sqs-check.js';
import { badParameter } from './sqs-errors.js';

export function queueByArn(world: World, arn: string): Queue | undefined {
  const text = parseArn(arn)?.text;
  return [...world.estate.queues.values()].find((queue) => queue.arn.text === text);
}

export function isFifo(name: string): boolean {
  return name.endsWith('.fifo');
}

/**
 * A redrive policy names a dead-letter queue that exists, in the same account and Region, of the same type, and that
 * lets this queue use it. The empty text takes the redrive policy away.
 * Pages: SQS API Reference, SetQueueAttributes; SQS Developer Guide, Amazon SQS dead-letter queues.
 * Rules: SQS-ATTRIBUTE-VALIDATION, SQS-DEAD-LETTER-QUEUE-FITS, SQS-REDRIVE-ALLOW
 */
export function checkRedrivePolicy(given: AttributesGiven, value: Parameter): readonly Check[] {
  if (value === '') return [];
  const { world, call, arn } = given;
  const check = (holds: boolean, why: Check['why'], reason: string): Check =>
    sqsCheck(call, holds, why, () =>
      badParameter(
        call,
        `Value ${jsonText(value)} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
      ),
    );
  const validation = (holds: boolean, reason: string): Check =>
    check(holds, 'SQS-ATTRIBUTE-VALIDATION', reason);
  const fits = (holds: boolean, reason: string): Check => check(holds, 'SQS-DEAD-LETTER-QUEUE-FITS', reason);
  const members = jsonMembers(value);
  if (members === undefined) return [validation(false, 'Redrive policy is not a valid JSON map.')];
  const target = members.get('deadLetterTargetArn');
  const count = members.get('maxReceiveCount');
  const { min, max } = REDRIVE.maxReceiveCount;
  const { account, partition, region } = arn;
  const to = typeof target === 'string' ? parseArn(target) : undefined;
  const found = to === undefined ? undefined : queueByArn(world, to.text);
  return [
    ...(['deadLetterTargetArn', 'maxReceiveCount'] as const).map((name) =>
      validation(members.has(name), `Redrive policy does not contain mandatory attribute: ${name}.`),
    ),
    validation(
      typeof count === 'string' && /^\d{1,9}$/.test(count) && Number(count) >= min && Number(count) <= max,
      `Invalid value for maxReceiveCount: ${count === undefined ? '' : jsonText(count)}, valid values are from ${min} to ${max} both inclusive.`,
    ),
    fits(
      to === undefined || to.account === account,
      'Dead-letter target owner should be same as the source.',
    ),
    fits(
      found !== undefined && to?.region === region && to.partition === partition,
      'Dead letter target does not exist.',
    ),
    fits(
      found === undefined || isFifo(found.arn.resource) === given.isFifo,
      'Dead-letter queue must be same type of queue as the source.',
    ),
    check(
      found === undefined || letsIn(found, arn.text),
      'SQS-REDRIVE-ALLOW',
      'The redrive allow policy of the dead-letter queue does not let this queue use it.',
    ),
  ];
}

/** Rule: SQS-REDRIVE-ALLOW */
function letsIn({ redriveAllow }: Queue, source: string): boolean {
  if (redriveAllow === undefined) return true;
  return redriveAllow.permission === 'byQueue' && redriveAllow.sources.includes(source);
}

/** The redrive policy of a queue, from an attribute that has been checked. */
export function redriveOf(world: World, value: Parameter): Queue['redrive'] {
  const members = value === '' ? undefined : jsonMembers(value);
  const [target = ''] = listTexts(members?.get('deadLetterTargetArn') ?? '');
  const [count = ''] = listTexts(members?.get('maxReceiveCount') ?? '');
  const found = queueByArn(world, target);
  return found === undefined ? undefined : { to: found.name, maxReceives: Number(count) };
}

/** Page: SQS API Reference, SetQueueAttributes. Rule: SQS-ATTRIBUTE-VALIDATION */
export function checkRedriveAllowPolicy({ call }: AttributesGiven, value: Parameter): readonly Check[] {
  if (value === '') return [];
  const check = (holds: boolean, reason: string): Check =>
    sqsCheck(call, holds, 'SQS-ATTRIBUTE-VALIDATION', () =>
      badParameter(
        call,
        `Value ${jsonText(value)} for parameter RedriveAllowPolicy is invalid. Reason: Amazon SQS can't create the redrive allow policy. ${reason}`,
      ),
    );
  const members = jsonMembers(value);
  const permission = members?.get('redrivePermission');
  const sources = listTexts(members?.get('sourceQueueArns') ?? []);
  const most = REDRIVE.maxSourceQueueArns;
  return [
    check(members !== undefined, 'The value is not a valid JSON map.'),
    check(
      REDRIVE.permissions.some((each) => each === permission),
      `The redrivePermission must be one of ${REDRIVE.permissions.join(', ')}.`,
    ),
    check(
      permission !== 'byQueue' || sources.length > 0,
      'When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.',
    ),
    check(
      permission === 'byQueue' || sources.length === 0,
      'You can specify sourceQueueArns values only with the byQueue permission type.',
    ),
    check(sources.length <= most, `You can specify at most ${most} sourceQueueArns values.`),
    check(
      sources.every((each) => parseArn(each)?.service === 'sqs'),
      'Each of the sourceQueueArns values must be the ARN of a queue.',
    ),
  ];
}

/** What a `RedriveAllowPolicy` that has been checked lets in; `undefined` for every queue. */
export function redriveAllowOf(value: Parameter): RedriveAllow | undefined {
  const members = value === '' ? undefined : jsonMembers(value);
  const permission = members?.get('redrivePermission');
  if (permission === 'denyAll') return { permission };
  if (permission !== 'byQueue') return undefined;
  return { permission, sources: listTexts(members?.get('sourceQueueArns') ?? []) };
}
