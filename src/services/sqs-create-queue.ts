import { QUEUE_NAME_MAX_LENGTH, queueAttribute } from '../catalogue/sqs-attributes.js';
import { accountOf } from '../evaluator/principal.js';
import type { Caller } from '../evaluator/request.js';
import { type Arn, parseArn } from '../syntax/arn.js';
import { invariant } from '../syntax/invariant.js';
import { policiesFor } from '../world/applicable-policies.js';
import { type Call, type Parameter, textParameter } from '../world/call.js';
import { changeThing, withThing } from '../world/change.js';
import { spread } from '../world/clock.js';
import { requestFor } from '../world/request-context.js';
import type { Queue, World } from '../world/world.js';
import { jsonText } from './json-parameter.js';
import { type Ask, type Plan, type PlanStep, unchanged } from './plan.js';
import { attributesOf, checkAttributes } from './sqs-attribute-checks.js';
import { sqsCheck } from './sqs-check.js';
import { sqsDenialOn, sqsError } from './sqs-errors.js';
import { queueByArn } from './sqs-redrive-checks.js';
import { SPREAD, withAttributes } from './sqs-set-attributes.js';
import { tagEntries, tagsGiven } from './sqs-tags.js';

/** A name is taken for a minute after its queue was deleted. Page: SQS API Reference, DeleteQueue. */
const NAME_IS_TAKEN = 60_000;

/**
 * Makes a queue in the account of the caller, with SSE-SQS unless its attributes say otherwise. The same queue may be
 * made again with the same attributes. Tags need a permission of their own.
 * Page: SQS API Reference, CreateQueue. Rules: SQS-CREATE-QUEUE, SQS-TAGS-IN-REQUEST, SQS-QUEUE-NAME, SQS-NO-KMS-CALL
 */
export function planCreateQueue(world: World, call: Call): Plan {
  const name = textParameter(call, 'QueueName') ?? call.on ?? '';
  const arn = arnInAccountOf(call, name);
  const attributes = attributesOf(call);
  const isFifo = attributes.get('FifoQueue') === 'true';
  const existing = queueByArn(world, arn.text);
  const tagged = tagsGiven(call);
  const sayable = isQueueName(name, isFifo);
  const actions = tagged.size === 0 ? ['sqs:CreateQueue'] : ['sqs:CreateQueue', 'sqs:TagQueue'];
  const deleted = world.state.deletions.get(arn.text);
  const differing = existing === undefined ? undefined : differsIn(world, call, existing, attributes);
  const why = 'SQS-CREATE-QUEUE';
  const steps: PlanStep[] = [
    ...actions.map((action) => askInAccount(world, call, action, arn, existing)),
    sqsCheck(call, sayable, 'SQS-QUEUE-NAME', () =>
      sqsError(
        call,
        'AccessDenied',
        `Access to the resource https://sqs.${arn.region}.amazonaws.com/ is denied.`,
        { http: 403, shape: 'AccessDenied' },
      ),
    ),
    sqsCheck(call, deleted === undefined || world.now >= deleted + NAME_IS_TAKEN, why, () =>
      sqsError(
        call,
        'AWS.SimpleQueueService.QueueDeletedRecently',
        'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
        { shape: 'QueueDeletedRecently' },
      ),
    ),
    ...checkAttributes({ world, call, arn, isFifo, creating: true }),
    sqsCheck(call, differing === undefined, why, () =>
      sqsError(
        call,
        'QueueAlreadyExists',
        `A queue already exists with the same name and a different value for attribute ${differing ?? ''}`,
        { shape: 'QueueNameExists' },
      ),
    ),
  ];
  return { call, steps, effect: (after) => (existing === undefined ? withQueue(after, call, arn) : after) };
}

function withQueue(world: World, call: Call, arn: Arn): World {
  const wanted = call.on ?? arn.resource;
  const name = world.estate.queues.has(wanted) ? arn.text : wanted;
  const bare: Queue = {
    name,
    arn,
    encryption: { sse: 'sqs' },
    visibilityTimeout: 30_000,
    tags: tagsGiven(call),
  };
  return withThing(world, 'queues', name, withAttributes(world, call, bare, attributesOf(call)));
}

function isQueueName(name: string, isFifo: boolean): boolean {
  const stem = isFifo && name.endsWith('.fifo') ? name.slice(0, -'.fifo'.length) : name;
  return (
    /^[A-Za-z0-9_-]+$/.test(stem) && isFifo === name.endsWith('.fifo') && name.length <= QUEUE_NAME_MAX_LENGTH
  );
}

/** The first attribute given that the existing queue has another value of; those that are not given do not count. */
function differsIn(
  world: World,
  call: Call,
  queue: Queue,
  attributes: ReadonlyMap<string, Parameter>,
): string | undefined {
  for (const [name, value] of attributes) {
    const others = new Map(queue.otherAttributes);
    const preset = queueAttribute(name)?.default;
    if (preset !== undefined && !others.has(name)) others.set(name, preset);
    const present = { ...queue, ...(others.size === 0 ? {} : { otherAttributes: others }) };
    const next = withAttributes(world, call, present, new Map([[name, value]]));
    if (name === 'FifoQueue' ? jsonText(value) !== 'true' : shape(next) !== shape(present)) return name;
  }
  return undefined;
}

/** Everything that attributes say of a queue, to be compared. */
function shape({
  policy,
  encryption,
  redrive,
  redriveAllow,
  visibilityTimeout,
  delay,
  otherAttributes,
}: Queue): string {
  const others = [...(otherAttributes ?? [])].filter(([name]) => name !== 'FifoQueue').sort();
  return JSON.stringify([
    policy?.statements,
    encryption,
    redrive,
    redriveAllow,
    visibilityTimeout,
    delay ?? 0,
    others,
  ]);
}

/** What nobody can be let into by a queue policy, as there is no queue yet, or none is named. */
function askInAccount(world: World, call: Call, action: string, arn: Arn, existing?: Queue): Ask {
  const resource = { arn: arn.text, account: arn.account };
  const tags = existing === undefined ? {} : { tags: existing.tags };
  return {
    do: 'ask',
    request: requestFor(world, call, action, { resource, region: arn.region, ...tags }, tagEntries(call)),
    policies: policiesFor(world, call, {
      owner: arn.account,
      policy: existing?.policy,
      forwarded: false,
    }),
    on: arn.resource,
    why: action === 'sqs:TagQueue' ? 'SQS-TAGS-IN-REQUEST' : 'EVAL-IDENTITY-OR-RESOURCE',
    refusedWith: (verdict) => sqsDenialOn(call, action, arn.text, verdict),
  };
}

/** Lists queues: authorized on an ARN without a name. Rule: SQS-LIST-QUEUES-IS-IAM-ONLY */
export function planListQueues(world: World, call: Call): Plan {
  const arn = arnInAccountOf(call, '');
  const ask = askInAccount(world, call, call.api, arn);
  return { call, steps: [{ ...ask, on: arn.text, why: 'SQS-LIST-QUEUES-IS-IAM-ONLY' }], effect: unchanged };
}

/** The queue is gone at once, or when its end has spread; its messages go along. Page: SQS API Reference, DeleteQueue. */
export function planDeleteQueue(call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const gone = (world: World): World => {
    const messages = new Map(world.state.messages);
    messages.delete(queue.name);
    return changeThing(
      { ...world, state: { ...world.state, messages } },
      'queues',
      queue.name,
      () => undefined,
    );
  };
  return {
    call,
    steps: first,
    effect: (after) => {
      const deletions = new Map(after.state.deletions).set(queue.arn.text, after.now);
      const marked: World = { ...after, state: { ...after.state, deletions } };
      return spread(marked, SPREAD.attributes, `the end of ${queue.name}`, gone);
    },
  };
}

/** Queues are made in the account of whoever calls, in the Region that is called. */
function arnInAccountOf(call: Call, name: string): Arn {
  const { caller, region = '' } = call;
  const arn = parseArn(`arn:${partitionOf(caller)}:sqs:${region}:${accountOf(caller) ?? ''}:${name}`);
  invariant(arn !== undefined, 'six parts make an ARN');
  return arn;
}

function partitionOf(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
    case 'session':
    case 'federatedUser':
      return caller.arn.partition;
    case 'root':
      return caller.partition;
    case 'service':
    case 'anonymous':
      return 'aws';
  }
}
