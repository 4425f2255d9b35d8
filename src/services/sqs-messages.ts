import type { Call } from '../world/call.js';
import { requesterOf } from '../world/data-keys.js';
import { messagesOf, removeMessages, withVisibility } from '../world/messages.js';
import type { Message, Queue, World } from '../world/world.js';
import type { Plan, PlanStep } from './plan.js';
import { sqsCheck } from './sqs-check.js';
import { sqsError } from './sqs-errors.js';
import { countOf, secondsOf } from './sqs-parameters.js';

/** Deletes what this requester has received and not yet deleted, oldest first, as many as the call names. Rule: SQS-NO-KMS-CALL */
export function planDelete(call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  return {
    call,
    steps: first,
    effect: (after) => {
      const ids = new Set(receivedBy(after, call, queue).map(({ id }) => id));
      return { ...after, state: removeMessages(after.state, queue.name, ids) };
    },
  };
}

/** Makes what this requester has received invisible for another time, counted from now. Rule: SQS-NO-KMS-CALL */
export function planVisibility(call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const timeout = secondsOf(call, 'VisibilityTimeout') ?? 0;
  return {
    call,
    steps: first,
    effect: (after) => {
      const ids = new Set(receivedBy(after, call, queue).map(({ id }) => id));
      return { ...after, state: withVisibility(after.state, queue.name, ids, after.now + timeout) };
    },
  };
}

function receivedBy(world: World, call: Call, queue: Queue): readonly Message[] {
  if (call.message !== undefined)
    return messagesOf(world.state, queue.name).filter(({ id }) => id === call.message);
  const requester = requesterOf(call);
  const mine = messagesOf(world.state, queue.name).filter(({ receivedBy }) => receivedBy === requester);
  return mine.slice(0, countOf(call));
}

const BETWEEN_PURGES = 60_000;

/** Empties the queue, once a minute at most. Page: SQS API Reference, PurgeQueue. Rule: SQS-ONE-PURGE-A-MINUTE */
export function planPurge(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const { text } = queue.arn;
  const last = world.state.purges.get(text);
  const once = sqsCheck(
    call,
    last === undefined || world.now >= last + BETWEEN_PURGES,
    'SQS-ONE-PURGE-A-MINUTE',
    () =>
      sqsError(
        call,
        'AWS.SimpleQueueService.PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${queue.arn.resource} is allowed every 60 seconds.`,
        { shape: 'PurgeQueueInProgress', http: 403 },
      ),
  );
  return {
    call,
    steps: [...first, once],
    effect: (after) => {
      const ids = new Set(messagesOf(after.state, queue.name).map(({ id }) => id));
      const purges = new Map(after.state.purges).set(text, after.now);
      return { ...after, state: { ...removeMessages(after.state, queue.name, ids), purges } };
    },
  };
}
