import type { SqsOperation } from '../catalogue/sqs-operations.js';
import { accountOf } from '../evaluator/principal.js';
import type { RuleId } from '../rules/registry.js';
import { policiesFor } from '../world/applicable-policies.js';
import { type Call, nameOn, operationOf, textParameter } from '../world/call.js';
import { requestFor } from '../world/request-context.js';
import type { Queue, World } from '../world/world.js';
import type { Ask, Check, PlanStep } from './plan.js';
import { hiddenQueue, noSuchQueue, noSuchResource, notSecure, sqsDenial } from './sqs-errors.js';
import { tagEntries } from './sqs-tags.js';

/**
 * What stands before every operation on a queue: the transport that its encryption demands, finding it by name, and
 * SQS's own decision. Rules: SQS-SSE-NEEDS-HTTPS, SQS-QUEUE-MUST-EXIST, SQS-BATCH-IS-SINGLE-ACTION
 */
export function reachQueue(
  world: World,
  call: Call,
  queue: Queue,
  operation: SqsOperation,
): readonly PlanStep[] {
  return [
    secureTransport(call, queue),
    ...lookUp(call, queue, operation),
    askQueue(world, call, queue, operation),
  ];
}

/** Rule: SQS-QUEUE-MUST-EXIST */
export function queueMustExist(call: Call): Check {
  return {
    do: 'check',
    holds: false,
    at: call.api,
    on: nameOn(call),
    by: 'not-found',
    why: 'SQS-QUEUE-MUST-EXIST',
    refusedWith: () =>
      operationOf(call).includes('MessageMoveTask') ? noSuchResource(call, 'SourceArn') : noSuchQueue(call),
  };
}

/** A queue that is asked for by name is looked for in the caller's account, unless the call names its owner. */
function lookUp(call: Call, queue: Queue, operation: SqsOperation): readonly Check[] {
  if (operation.name !== 'GetQueueUrl') return [];
  const account = textParameter(call, 'QueueOwnerAWSAccountId') ?? accountOf(call.caller);
  const holds = account === undefined || account === queue.arn.account;
  return [{ ...queueMustExist(call), holds, on: queue.name, refusedWith: () => hiddenQueue(call) }];
}

/** Rule: SQS-SSE-NEEDS-HTTPS */
function secureTransport(call: Call, queue: Queue): Check {
  const encrypted = queue.encryption.sse !== 'none';
  return {
    do: 'check',
    holds: !encrypted || (call.path.tls && call.caller.kind !== 'anonymous'),
    at: call.api,
    on: queue.name,
    by: 'parameter',
    why: 'SQS-SSE-NEEDS-HTTPS',
    refusedWith: () => notSecure(call),
  };
}

/** What SQS itself asks about an operation on a queue. */
export function askQueue(
  world: World,
  call: Call,
  queue: Queue,
  operation: Pick<SqsOperation, 'name' | 'action'>,
): Ask {
  const { action } = operation;
  const resource = { arn: queue.arn.text, account: queue.arn.account };
  const why: RuleId = operation.name.endsWith('Batch')
    ? 'SQS-BATCH-IS-SINGLE-ACTION'
    : 'EVAL-IDENTITY-OR-RESOURCE';
  return {
    do: 'ask',
    request: requestFor(
      world,
      call,
      action,
      { resource, tags: queue.tags, region: queue.arn.region },
      tagEntries(call),
    ),
    policies: policiesFor(world, call, {
      owner: queue.arn.account,
      policy: queue.policy,
      forwarded: call.throughMoveTask ?? false,
    }),
    on: queue.name,
    why: call.caller.kind === 'service' ? 'SQS-SERVICE-CALLS-KMS-ITSELF' : why,
    refusedWith: (verdict) =>
      operation.name === 'GetQueueUrl' ? hiddenQueue(call) : sqsDenial(call, action, queue, verdict),
  };
}
