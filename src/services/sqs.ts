import { sqsOperation } from '../catalogue/sqs-operations.js';
import { type Call, operationOf, textParameter } from '../world/call.js';
import {
  cachedForReceiving,
  cachedForSending,
  rememberForReceiving,
  rememberForSending,
  requesterOf,
} from '../world/data-keys.js';
import { type KeyHome, keyByArn, resolveKey } from '../world/key-reference.js';
import {
  addMessages,
  dueForDeadLetter,
  markReceived,
  messagesOf,
  moveToDeadLetter,
  removeMessages,
  visibleMessages,
} from '../world/messages.js';
import type { Message, Queue, World } from '../world/world.js';
import { missingKey, type PassesOn, useKey } from './kms-use.js';
import { type Plan, type PlanStep, unchanged } from './plan.js';
import { kmsDenialThroughSqs, kmsErrorThroughSqs } from './sqs-errors.js';
import { planMoveTask } from './sqs-move-task.js';
import { queueMustExist, reachQueue } from './sqs-queue.js';
import { planSetAttributes } from './sqs-set-attributes.js';

/**
 * What a call on a queue asks and does: the queue must exist, an encrypted queue takes HTTPS and signed requests only,
 * SQS decides its own action, and then KMS is asked as the queue's encryption demands.
 * Page: SQS Developer Guide, Key management. Rules: SQS-AUTHORIZATION-FIRST, SQS-BATCH-IS-SINGLE-ACTION
 */
export function planSqs(world: World, call: Call): Plan {
  const operation = sqsOperation(operationOf(call));
  const queue = call.on === undefined ? undefined : world.estate.queues.get(call.on);
  if (operation === undefined || queue === undefined)
    return { call, steps: [queueMustExist(call)], effect: unchanged };
  const first = reachQueue(world, call, queue, operation);
  switch (operation.name) {
    case 'SendMessage':
    case 'SendMessageBatch':
      return planSend(world, call, queue, first);
    case 'ReceiveMessage':
      return planReceive(world, call, queue, first);
    case 'DeleteMessage':
    case 'DeleteMessageBatch':
      return { call, steps: first, effect: (after) => deleteReceived(after, call, queue) };
    case 'PurgeQueue':
      return { call, steps: first, effect: (after) => ({ ...after, state: purge(after, queue) }) };
    case 'SetQueueAttributes':
      return planSetAttributes(world, call, queue, first);
    case 'StartMessageMoveTask':
      return planMoveTask(world, call, queue, first);
    default:
      return { call, steps: first, effect: unchanged };
  }
}

function passesOn(call: Call): PassesOn {
  return {
    denial: (action, key, verdict, serial) => kmsDenialThroughSqs(call, action, key, verdict, serial),
    other: (code, text, serial) => kmsErrorThroughSqs(call, code, text, serial),
  };
}

function homeOf(queue: Queue): KeyHome {
  const { partition, region, account } = queue.arn;
  return { partition, region, account };
}

/**
 * Rules: SQS-SEND-NEEDS-TWO-KMS-ACTIONS, SQS-CACHED-DATA-KEY, SQS-DENIED-SEND-STORES-NOTHING, SQS-KEY-RESOLVED-AT-USE,
 * SQS-SSE-SQS-ASKS-NOBODY, SQS-CACHE-OUTLIVES-REVOCATION
 */
function planSend(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const count = countOf(call);
  const { encryption } = queue;
  if (encryption.sse !== 'kms') {
    return { call, steps: first, effect: (after) => store(after, queue, count, undefined) };
  }
  const reference = resolveKey(world.estate, encryption.key, homeOf(queue));
  const errors = passesOn(call);
  const { key } = reference;
  if (key === undefined) {
    return {
      call,
      steps: [...first, missingKey(call, 'kms:GenerateDataKey', reference, errors)],
      effect: unchanged,
    };
  }
  const requester = requesterOf(call);
  const keyArn = key.arn.text;
  const cached = cachedForSending(world, queue, keyArn, requester);
  const forward = {
    by: 'sqs' as const,
    region: queue.arn.region,
    encryptionContext: new Map([['aws:sqs:arn', queue.arn.text]]),
  };
  const alias = reference.alias === undefined ? {} : { alias: reference.alias };
  const common = {
    world,
    call,
    why: 'SQS-SEND-NEEDS-TWO-KMS-ACTIONS' as const,
    errors,
    ...(cached === undefined ? {} : { cached }),
  };
  const steps = [
    ...first,
    ...useKey({ ...common, action: 'kms:GenerateDataKey', forward: { ...forward, ...alias } }, key),
    ...useKey({ ...common, action: 'kms:Decrypt', forward }, key),
  ];
  return {
    call,
    steps,
    effect: (after) => {
      const dataKey = cached?.dataKey ?? `data key ${after.state.serial}`;
      const sealed = { keyArn, contextQueueArn: queue.arn.text, dataKey };
      const stored = store(after, queue, count, sealed);
      if (cached !== undefined) return stored;
      return {
        ...stored,
        state: rememberForSending(stored.state, queue, requester, { dataKey, keyArn, obtained: after.now }),
      };
    },
  };
}

function store(world: World, queue: Queue, count: number, encryption: Message['encryption']): World {
  const messages: Message[] = Array.from({ length: count }, (_, index) => ({
    id: `message ${world.state.serial + index + 1}`,
    ...(encryption === undefined ? {} : { encryption }),
    sent: world.now,
    visibleAt: world.now,
    receives: 0,
  }));
  const state = addMessages(world.state, queue.name, messages);
  return { ...world, state: { ...state, serial: state.serial + count + 1 } };
}

/** How many messages a call sends, receives or deletes: `Entries` of a batch, `MaxNumberOfMessages` of a receive. */
function countOf(call: Call): number {
  const entries = call.parameters.get('Entries');
  const given = Array.isArray(entries)
    ? entries.length
    : Number(textParameter(call, 'Entries') ?? textParameter(call, 'MaxNumberOfMessages') ?? '1');
  return Number.isInteger(given) && given >= 1 ? Math.min(given, 10) : 1;
}

/**
 * Rules: SQS-RECEIVE-NEEDS-DECRYPT, SQS-EMPTY-RECEIVE, SQS-DENIED-RECEIVE-IS-AN-ERROR, SQS-DEAD-LETTER-AFTER-RECEIVES,
 * SQS-ENCRYPTION-CONTEXT
 */
function planReceive(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const visible = visibleMessages(world, queue);
  const due = visible.filter((message) => dueForDeadLetter(queue, message));
  const returned = visible.filter((message) => !dueForDeadLetter(queue, message)).slice(0, countOf(call));
  const requester = requesterOf(call);
  const errors = passesOn(call);
  const steps: PlanStep[] = [...first];
  const decrypted: { readonly dataKey: string; readonly keyArn: string }[] = [];
  const seen = new Set<string>();
  for (const { encryption } of returned) {
    if (encryption === undefined || seen.has(encryption.dataKey)) continue;
    seen.add(encryption.dataKey);
    const cached = cachedForReceiving(world, queue, encryption.dataKey, requester);
    if (cached === undefined) decrypted.push(encryption);
    const key = keyByArn(world.estate, encryption.keyArn);
    if (key === undefined) {
      const reference = resolveKey(world.estate, encryption.keyArn, homeOf(queue));
      if (cached === undefined) steps.push(missingKey(call, 'kms:Decrypt', reference, errors));
      continue;
    }
    const encryptionContext = new Map([['aws:sqs:arn', encryption.contextQueueArn]]);
    const forward = { by: 'sqs' as const, region: queue.arn.region, encryptionContext };
    steps.push(
      ...useKey(
        {
          world,
          call,
          action: 'kms:Decrypt',
          forward,
          why: 'SQS-RECEIVE-NEEDS-DECRYPT',
          errors,
          ...(cached === undefined ? {} : { cached }),
        },
        key,
      ),
    );
  }
  return {
    call,
    steps,
    effect: (after) => {
      const to = queue.redrive?.to;
      let state =
        to === undefined ? after.state : moveToDeadLetter(after.state, queue.name, to, due, after.now);
      state = markReceived(state, queue, new Set(returned.map(({ id }) => id)), requester, after.now);
      for (const each of decrypted)
        state = rememberForReceiving(state, queue, requester, { ...each, obtained: after.now });
      return { ...after, state };
    },
  };
}

/** Deletes what this requester has received and not yet deleted, oldest first, as many as the call names. */
function deleteReceived(world: World, call: Call, queue: Queue): World {
  const requester = requesterOf(call);
  const mine = messagesOf(world.state, queue.name).filter(({ receivedBy }) => receivedBy === requester);
  const ids = new Set(mine.slice(0, countOf(call)).map(({ id }) => id));
  return { ...world, state: removeMessages(world.state, queue.name, ids) };
}

function purge(world: World, queue: Queue): World['state'] {
  const ids = new Set(messagesOf(world.state, queue.name).map(({ id }) => id));
  return removeMessages(world.state, queue.name, ids);
}
