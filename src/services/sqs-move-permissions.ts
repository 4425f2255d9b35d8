import { MOVE_TASK_PERMISSIONS, sqsOperation } from '../catalogue/sqs-operations.js';
import { type Call, operationOf } from '../world/call.js';
import { resolveKey } from '../world/key-reference.js';
import type { Queue, World } from '../world/world.js';
import { missingKey, useKey } from './kms-use.js';
import type { Ask, PlanStep } from './plan.js';
import { homeOf, passesOn } from './sqs-kms.js';
import { askQueue } from './sqs-queue.js';

/**
 * What listing the tasks of a queue asks for beside its own action. Page: SQS Developer Guide, Configure a dead-letter
 * queue redrive. Rule: SQS-MOVE-TASK-PERMISSIONS
 */
export function askToRead(world: World, call: Call, queue: Queue): readonly Ask[] {
  const needed = MOVE_TASK_PERMISSIONS.get(operationOf(call).toLowerCase())?.onSource ?? [];
  return needed.flatMap((action) => {
    const operation = action === call.api ? undefined : sqsOperation(action);
    if (operation === undefined) return [];
    return [{ ...askQueue(world, call, queue, operation), why: 'SQS-MOVE-TASK-PERMISSIONS' as const }];
  });
}

/**
 * Cancelling asks for the rights to read the queue, and to decrypt if it is encrypted with a key. Page: SQS Developer
 * Guide, Configure a dead-letter queue redrive. Rule: SQS-MOVE-TASK-PERMISSIONS
 */
export function askToCancel(world: World, call: Call, queue: Queue): readonly PlanStep[] {
  const asks = askToRead(world, call, queue);
  const { encryption } = queue;
  if (encryption.sse !== 'kms') return asks;
  const errors = passesOn(call);
  const action = 'kms:Decrypt';
  const reference = resolveKey(world.estate, encryption.key, homeOf(queue));
  if (reference.key === undefined) return [...asks, missingKey(call, action, reference, errors)];
  const encryptionContext = new Map([['aws:sqs:arn', queue.arn.text]]);
  const forward = { by: 'sqs', region: queue.arn.region, encryptionContext } as const;
  const why = 'SQS-MOVE-TASK-PERMISSIONS';
  return [...asks, ...useKey({ world, call, action, forward, why, errors }, reference.key)];
}
