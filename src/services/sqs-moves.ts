import type { Call } from '../world/call.js';
import { visibleMessages } from '../world/messages.js';
import { withTask } from '../world/move-tasks.js';
import { withoutNetworkKeys } from '../world/request-context.js';
import type { Message, MoveTask, Queue, World } from '../world/world.js';
import type { ChildCall } from './plan.js';
import { sqsCheck } from './sqs-check.js';
import { sqsError } from './sqs-errors.js';
import { queueByArn } from './sqs-redrive-checks.js';

const A_SECOND = 1_000;
/** Page: SQS API Reference, StartMessageMoveTask. */
const LONGEST = 36 * 3_600_000;

/** The queues whose dead-letter queue it is. */
export function sourcesOf(world: World, queue: Queue): readonly Queue[] {
  return [...world.estate.queues.values()].filter(({ redrive }) => redrive?.to === queue.name);
}

/** The calls by which a task moves what it moves now: all messages, or as many as it moves in a second. */
export function movesOf(
  world: World,
  task: MoveTask,
): { readonly children: readonly ChildCall[]; readonly count: number } {
  const queue = world.estate.queues.get(task.source);
  if (queue === undefined) return { children: [], count: 0 };
  const messages = visibleMessages(world, queue).slice(0, task.rate);
  const child = (api: string, on: Queue, message?: Message): ChildCall => move(task, api, on, message);
  const children = messages.flatMap((message) => {
    const name = destinationOf(world, task, queue, message);
    const to = name === undefined ? undefined : world.estate.queues.get(name);
    return [
      child('sqs:ReceiveMessage', queue, message),
      ...(to === undefined
        ? [nowhere(task, queue, name)]
        : [child('sqs:SendMessage', to), child('sqs:DeleteMessage', queue, message)]),
    ];
  });
  const begins = task.moved === 0 && task.started === world.now;
  const look = begins ? [child('sqs:GetQueueAttributes', queue)] : [];
  const nothing = begins && messages.length === 0 ? [child('sqs:ReceiveMessage', queue)] : [];
  return { children: [...look, ...nothing, ...children], count: messages.length };
}

/**
 * Where a message goes: to the destination of the task, or back to the queue that SQS moved it away from. `undefined`
 * for a message that was sent to the dead-letter queue itself. Rule: SQS-REDRIVE-KNOWS-THE-SOURCE
 */
function destinationOf(
  world: World,
  { destination }: MoveTask,
  queue: Queue,
  { movedFrom, encryption }: Message,
): string | undefined {
  if (destination !== undefined || movedFrom !== undefined) return destination ?? movedFrom;
  const sentTo = encryption?.contextQueueArn ?? queue.arn.text;
  return sentTo === queue.arn.text ? undefined : (queueByArn(world, sentTo)?.name ?? sentTo);
}

/**
 * The end of a task at a message that it cannot move: nobody knows where it came from, or that queue is gone.
 * Page: SQS Developer Guide, Troubleshoot dead-letter queue and DLQ redrive issues. Rule: SQS-REDRIVE-KNOWS-THE-SOURCE
 */
function nowhere(task: MoveTask, queue: Queue, to: string | undefined): ChildCall {
  const hop = move(task, 'sqs:SendMessage', queue, undefined);
  const { on: _, ...call } = hop.call;
  const code =
    to === undefined ? 'CouldNotDetermineMessageSource' : 'AWS.SimpleQueueService.NonExistentQueue';
  const why =
    to === undefined
      ? `a message was sent to ${queue.name} itself, so that only DestinationArn could say where it goes`
      : `the queue ${to}, to which a message would go, does not exist`;
  const by = to === undefined ? 'parameter' : 'not-found';
  const known = sqsCheck(
    call,
    false,
    'SQS-REDRIVE-KNOWS-THE-SOURCE',
    () => sqsError(call, code, why, { shape: code }),
    by,
  );
  return { ...hop, call, checks: [{ ...known, on: to ?? queue.name }] };
}

/**
 * A call of the task: by whoever started it, from the network of SQS.
 * Page: SQS Developer Guide, Configure a dead-letter queue redrive.
 * Rules: SQS-REDRIVE-REENCRYPTS, SQS-REDRIVE-HAS-NO-NETWORK
 */
function move(task: MoveTask, api: string, queue: Queue, message: Message | undefined): ChildCall {
  const { caller, principal, session, path, context } = task.startedBy;
  const call: Call = {
    caller,
    ...(principal === undefined ? {} : { principal }),
    ...(session === undefined ? {} : { session }),
    path,
    context: withoutNetworkKeys(context),
    parameters: new Map(),
    throughMoveTask: true,
    api,
    on: queue.name,
    ...(message === undefined ? {} : { message: message.id }),
  };
  return {
    do: 'call',
    call,
    from: `move task of ${task.source}`,
    to: queue.name,
    onRefused: {
      what: 'failsTask',
      fails: (world, error) => withTask(world, { ...task, status: 'FAILED', failure: error.code }),
    },
    why: 'SQS-REDRIVE-REENCRYPTS',
    seenAs: ['status FAILED in ListMessageMoveTasks'],
  };
}

/** The task after it has moved so many messages: completed, out of time, or to go on in a second. */
export function taskAfterMoves(world: World, task: MoveTask, count: number): MoveTask {
  const queue = world.estate.queues.get(task.source);
  const left = queue === undefined ? 0 : visibleMessages(world, queue).length;
  const moved = task.moved + count;
  const next = world.now + A_SECOND;
  if (left === 0 || task.rate === undefined) return { ...task, moved, status: 'COMPLETED' };
  if (next - task.started >= LONGEST)
    return { ...task, moved, status: 'FAILED', failure: 'the task has run for 36 hours' };
  return { ...task, moved, next };
}
