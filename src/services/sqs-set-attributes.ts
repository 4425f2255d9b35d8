import { queueAttribute } from '../catalogue/sqs-attributes.js';
import { type Call, listTexts, type Parameter } from '../world/call.js';
import { changeThing } from '../world/change.js';
import { spread } from '../world/clock.js';
import type { Encryption, Queue, World } from '../world/world.js';
import { jsonText } from './json-parameter.js';
import type { Plan, PlanStep } from './plan.js';
import { attributesOf, checkAttributes } from './sqs-attribute-checks.js';
import { submittedPolicy } from './sqs-policy-checks.js';
import { isFifo, redriveAllowOf, redriveOf } from './sqs-redrive-checks.js';

/** How long SQS may take until attributes that were set are in force. Page: SQS API Reference, SetQueueAttributes. */
export const SPREAD = { attributes: 60_000, retention: 900_000 } as const;

/**
 * Sets attributes, all or none: authorized, validated, and then in force, at once or when they have spread. The key is
 * not looked up, and KMS is not asked. Page: SQS API Reference, SetQueueAttributes.
 * Rules: SQS-NO-KMS-CALL, SQS-CHANGES-SPREAD
 */
export function planSetAttributes(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const given = { world, call, arn: queue.arn, isFifo: isFifo(queue.arn.resource), creating: false };
  const attributes = attributesOf(call);
  const late = new Map([...attributes].filter(([name]) => name === 'MessageRetentionPeriod'));
  const soon = new Map([...attributes].filter(([name]) => !late.has(name)));
  const set = (some: ReadonlyMap<string, Parameter>, time: number, world: World): World =>
    some.size === 0
      ? world
      : spread(world, time, `attributes of ${queue.name}: ${[...some.keys()].join(', ')}`, (now) =>
          changeThing(now, 'queues', queue.name, (present) => withAttributes(now, call, present, some)),
        );
  return {
    call,
    steps: [...first, ...checkAttributes(given)],
    effect: (after) => set(late, SPREAD.retention, set(soon, SPREAD.attributes, after)),
  };
}

/**
 * The queue with attributes that have been checked; those that are not given stay.
 * Rules: SQS-ONE-ENCRYPTION, SQS-POLICY-IS-REPLACED
 */
export function withAttributes(
  world: World,
  call: Call,
  queue: Queue,
  attributes: ReadonlyMap<string, Parameter>,
): Queue {
  const { policy, redrive, redriveAllow, delay, ...rest } = queue;
  const policyGiven = attributes.get('Policy');
  const submitted = policyGiven === undefined ? undefined : submittedPolicy(call, policyGiven);
  const nextPolicy =
    policyGiven === undefined ? policy : submitted?.ok === true ? submitted.value : undefined;
  const redriveGiven = attributes.get('RedrivePolicy');
  const nextRedrive = redriveGiven === undefined ? redrive : redriveOf(world, redriveGiven);
  const allowGiven = attributes.get('RedriveAllowPolicy');
  const nextAllow = allowGiven === undefined ? redriveAllow : redriveAllowOf(allowGiven);
  const nextDelay = seconds(attributes, 'DelaySeconds') ?? delay ?? 0;
  const others = othersOf(queue, attributes);
  return {
    ...rest,
    encryption: encryptionAfter(queue.encryption, attributes),
    visibilityTimeout: seconds(attributes, 'VisibilityTimeout') ?? queue.visibilityTimeout,
    ...(nextPolicy === undefined ? {} : { policy: nextPolicy }),
    ...(nextRedrive === undefined ? {} : { redrive: nextRedrive }),
    ...(nextAllow === undefined ? {} : { redriveAllow: nextAllow }),
    ...(nextDelay === 0 ? {} : { delay: nextDelay }),
    ...(others.size === 0 ? {} : { otherAttributes: others }),
  };
}

/** In milliseconds; `undefined` when the attribute is not given. */
function seconds(attributes: ReadonlyMap<string, Parameter>, name: string): number | undefined {
  const [text] = listTexts(attributes.get(name) ?? []);
  return text === undefined || text === '' ? undefined : Number(text) * 1000;
}

const DEFAULT_REUSE = 300_000;

/**
 * A key turns encryption with it on and SSE-SQS off. An empty key leaves the queue without encryption, unless the same
 * call asks for SSE-SQS. A reuse period without a key has no effect. Rule: SQS-ONE-ENCRYPTION
 */
function encryptionAfter(before: Encryption, attributes: ReadonlyMap<string, Parameter>): Encryption {
  const [key] = listTexts(attributes.get('KmsMasterKeyId') ?? []);
  const [own] = listTexts(attributes.get('SqsManagedSseEnabled') ?? []);
  const kept = before.sse === 'kms' ? before.reusePeriod : DEFAULT_REUSE;
  const reusePeriod = seconds(attributes, 'KmsDataKeyReusePeriodSeconds') ?? kept;
  if (key !== undefined && key !== '') return { sse: 'kms', key, reusePeriod };
  if (own === 'true') return { sse: 'sqs' };
  if (key === '') return before.sse === 'kms' || own === 'false' ? { sse: 'none' } : before;
  if (before.sse === 'kms') return { ...before, reusePeriod };
  return own === 'false' ? { sse: 'none' } : before;
}

const HELD: ReadonlySet<string> = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
  'DelaySeconds',
]);

function othersOf(queue: Queue, attributes: ReadonlyMap<string, Parameter>): ReadonlyMap<string, string> {
  const others = new Map(queue.otherAttributes);
  for (const [name, value] of attributes)
    if (!HELD.has(name) && queueAttribute(name) !== undefined) others.set(name, jsonText(value));
  return others;
}
