import type { SqsOperation } from '../catalogue/sqs-operations.js';
import { type Call, calledOn } from '../world/call.js';
import type { Queue, World } from '../world/world.js';
import { type Plan, type PlanStep, unchanged } from './plan.js';
import { planCreateQueue, planDeleteQueue, planListQueues } from './sqs-create-queue.js';
import { planMoveToDeadLetter } from './sqs-dead-letter.js';
import { planDelete, planPurge, planVisibility } from './sqs-messages.js';
import { planCancelTask, planListTasks, planMoveTask } from './sqs-move-task.js';
import { checkParameters } from './sqs-parameters.js';
import { planAddPermission, planRemovePermission } from './sqs-permissions.js';
import { queueMustExist, reachQueue } from './sqs-queue.js';
import { planReceive } from './sqs-receive.js';
import { planSend } from './sqs-send.js';
import { planSetAttributes } from './sqs-set-attributes.js';
import { planTags } from './sqs-tags.js';

/** What an operation does on a queue that could be reached: the steps `first` come before its own. */
type PlanOnQueue = (world: World, call: Call, queue: Queue, first: readonly PlanStep[]) => Plan;

/** Operations that do more than to be allowed or not. */
const OPERATIONS: ReadonlyMap<string, PlanOnQueue> = new Map<string, PlanOnQueue>([
  ['SendMessage', planSend],
  ['SendMessageBatch', planSend],
  ['ReceiveMessage', planReceive],
  ['DeleteMessage', (_, call, queue, first) => planDelete(call, queue, first)],
  ['DeleteMessageBatch', (_, call, queue, first) => planDelete(call, queue, first)],
  ['ChangeMessageVisibility', (_, call, queue, first) => planVisibility(call, queue, first)],
  ['ChangeMessageVisibilityBatch', (_, call, queue, first) => planVisibility(call, queue, first)],
  ['PurgeQueue', planPurge],
  ['DeleteQueue', (_, call, queue, first) => planDeleteQueue(call, queue, first)],
  ['SetQueueAttributes', planSetAttributes],
  ['AddPermission', planAddPermission],
  ['RemovePermission', (_, call, queue, first) => planRemovePermission(call, queue, first)],
  ['TagQueue', (_, call, queue, first) => planTags(call, queue, first)],
  ['UntagQueue', (_, call, queue, first) => planTags(call, queue, first)],
  ['StartMessageMoveTask', planMoveTask],
  ['CancelMessageMoveTask', planCancelTask],
  ['ListMessageMoveTasks', planListTasks],
]);

/**
 * What a call of SQS asks and does: the queue must exist, an encrypted queue takes HTTPS and signed requests only,
 * SQS decides its own action, checks the parameters, and then KMS is asked as the queue's encryption demands.
 * Page: SQS Developer Guide, Key management. Rules: SQS-AUTHORIZATION-FIRST, SQS-BATCH-IS-SINGLE-ACTION
 */
export function planSqs(world: World, call: Call, operation: SqsOperation): Plan {
  if (operation.name === 'CreateQueue') return planCreateQueue(world, call);
  if (operation.name === 'ListQueues') return planListQueues(world, call);
  const queue = calledOn(world.estate.queues, call);
  if (queue === undefined) return { call, steps: [queueMustExist(call)], effect: unchanged };
  if (call.moves !== undefined) return planMoveToDeadLetter(world, call, queue, call.moves);
  const first = [...reachQueue(world, call, queue, operation), ...checkParameters(call, operation.name)];
  const plan = OPERATIONS.get(operation.name);
  return plan === undefined ? { call, steps: first, effect: unchanged } : plan(world, call, queue, first);
}
