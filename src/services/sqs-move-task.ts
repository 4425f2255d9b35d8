import { decodeBase64 } from '../conditions/binary.js';
import { type Call, textParameter } from '../world/call.js';
import { later } from '../world/clock.js';
import { hasActiveTask, lastTask, taskOf, withTask } from '../world/move-tasks.js';
import type { MoveTask, Queue, World } from '../world/world.js';
import { jsonMembers } from './json-parameter.js';
import { type Check, type Plan, type PlanStep, unchanged } from './plan.js';
import { sqsCheck } from './sqs-check.js';
import { badParameter, noSuchResource, sqsError } from './sqs-errors.js';
import { askToCancel, askToRead } from './sqs-move-permissions.js';
import { movesOf, sourcesOf, taskAfterMoves } from './sqs-moves.js';
import { isFifo, queueByArn } from './sqs-redrive-checks.js';

/** Messages a second. Page: SQS API Reference, StartMessageMoveTask. */
const MOST_PER_SECOND = 500;
/** How long a task that is being cancelled takes to stop, on the virtual clock. */
const UNTIL_CANCELLED = 1_000;

/**
 * A message move task: accepted or refused at the call, then one message after the other is received, sent to its
 * destination and deleted, with the rights of the one who started it and without its network. A task with a rate moves
 * so many at once and the others second by second.
 * Page: SQS Developer Guide, Configure a dead-letter queue redrive.
 * Rules: SQS-REDRIVE-FAILS-LATER, SQS-REDRIVE-TAKES-TIME, SQS-ONE-ACTIVE-TASK, SQS-REDRIVE-DESTINATION-FITS
 */
export function planMoveTask(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const given = textParameter(call, 'DestinationArn');
  const found = given === undefined ? undefined : queueByArn(world, given);
  const destination = found?.arn.region === queue.arn.region ? found : undefined;
  const rate = textParameter(call, 'MaxNumberOfMessagesPerSecond');
  const why = 'SQS-REDRIVE-FAILS-LATER';
  const rateHolds =
    rate === undefined || (/^\d{1,9}$/.test(rate) && Number(rate) >= 1 && Number(rate) <= MOST_PER_SECOND);
  const isDeadLetter = sqsCheck(call, sourcesOf(world, queue).length > 0, why, () =>
    badParameter(call, 'Source queue must be configured as a Dead Letter Queue.'),
  );
  const checks: readonly Check[] = [
    isDeadLetter,
    sqsCheck(
      call,
      given === undefined || destination !== undefined,
      found === undefined ? why : 'SQS-REDRIVE-DESTINATION-FITS',
      () => noSuchResource(call, 'DestinationArn'),
      'not-found',
    ),
    sqsCheck(
      call,
      destination === undefined || isFifo(destination.arn.resource) === isFifo(queue.arn.resource),
      'SQS-REDRIVE-DESTINATION-FITS',
      () => badParameter(call, 'The destination queue must be of the same type as the source queue.'),
    ),
    sqsCheck(call, rateHolds, why, () =>
      badParameter(
        call,
        `Value ${rate} for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and ${MOST_PER_SECOND}, if provided.`,
      ),
    ),
    sqsCheck(call, !hasActiveTask(world, queue.name), 'SQS-ONE-ACTIVE-TASK', () =>
      badParameter(
        call,
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      ),
    ),
  ];
  const task: MoveTask = {
    id: `task ${world.state.serial + 1}`,
    source: queue.name,
    status: 'RUNNING',
    startedBy: call,
    started: world.now,
    ...(destination === undefined ? {} : { destination: destination.name }),
    ...(rate === undefined ? {} : { rate: Number(rate) }),
    next: world.now,
    moved: 0,
  };
  const sound = checks.every(({ holds }) => holds);
  const moves = sound ? movesOf(world, task) : { children: [], count: 0 };
  return {
    call,
    steps: [...first, ...checks, ...moves.children],
    effect: (after) =>
      taskOf(after, task.id) === undefined
        ? withTask(after, taskAfterMoves(after, task, moves.count))
        : after,
  };
}

/**
 * Stops a task: the one that the handle names, or, without a handle, the last one of the queue.
 * Page: SQS API Reference, CancelMessageMoveTask. Rules: SQS-MOVE-TASK-HANDLE, SQS-MOVE-TASK-PERMISSIONS
 */
export function planCancelTask(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const handle = textParameter(call, 'TaskHandle');
  const isHandle = handle === undefined || sourceInHandle(handle) !== undefined;
  const task = handle === undefined ? lastTask(world, queue.name) : undefined;
  const why = 'SQS-MOVE-TASK-HANDLE';
  return {
    call,
    steps: [
      ...first,
      ...askToCancel(world, call, queue),
      sqsCheck(call, isHandle, why, () => badParameter(call, 'Value for parameter TaskHandle is invalid.')),
      sqsCheck(
        call,
        task?.status === 'RUNNING',
        why,
        () =>
          sqsError(call, 'ResourceNotFoundException', 'Task does not exist.', {
            shape: 'ResourceNotFoundException',
            http: 404,
          }),
        'not-found',
      ),
    ],
    effect: (after) => (task === undefined ? after : cancelled(after, task)),
  };
}

function cancelled(world: World, task: MoveTask): World {
  const asked = withTask(world, { ...task, status: 'CANCELLING' });
  return later(asked, UNTIL_CANCELLED, `the move task of ${task.source} is cancelled`, (now) =>
    withTask(now, { ...(taskOf(now, task.id) ?? task), status: 'CANCELLED' }),
  );
}

/** The ARN that a task handle encodes; `undefined` for what is no handle. */
function sourceInHandle(handle: string): string | undefined {
  const decoded = decodeBase64(handle);
  const source = decoded === undefined ? undefined : jsonMembers(decoded)?.get('sourceArn');
  return typeof source === 'string' ? source : undefined;
}

/** Page: SQS API Reference, ListMessageMoveTasks. Rule: SQS-MOVE-TASK-PERMISSIONS */
export function planListTasks(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  return { call, steps: [...first, ...askToRead(world, call, queue)], effect: unchanged };
}
