import type { Call } from '../world/call.js';
import { cachedForSending, rememberForSending, requesterOf } from '../world/data-keys.js';
import { resolveKey } from '../world/key-reference.js';
import { addMessages } from '../world/messages.js';
import type { Message, Queue, World } from '../world/world.js';
import { missingKey, useKey } from './kms-use.js';
import { type Plan, type PlanStep, unchanged } from './plan.js';
import { homeOf, passesOn } from './sqs-kms.js';
import { countOf, secondsOf } from './sqs-parameters.js';

/**
 * Rules: SQS-SEND-NEEDS-TWO-KMS-ACTIONS, SQS-CACHED-DATA-KEY, SQS-DENIED-SEND-STORES-NOTHING, SQS-KEY-RESOLVED-AT-USE,
 * SQS-SSE-SQS-ASKS-NOBODY, SQS-CACHE-OUTLIVES-REVOCATION
 */
export function planSend(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const { encryption } = queue;
  if (encryption.sse !== 'kms') {
    return { call, steps: first, effect: (after) => store(after, queue, call, undefined) };
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
      const stored = store(after, queue, call, sealed);
      if (cached !== undefined) return stored;
      return {
        ...stored,
        state: rememberForSending(stored.state, queue, requester, { dataKey, keyArn, obtained: after.now }),
      };
    },
  };
}

function store(world: World, queue: Queue, call: Call, encryption: Message['encryption']): World {
  const count = countOf(call);
  const visibleAt = world.now + (secondsOf(call, 'DelaySeconds') ?? queue.delay ?? 0);
  const messages: Message[] = Array.from({ length: count }, (_, index) => ({
    id: `message ${world.state.serial + index + 1}`,
    ...(encryption === undefined ? {} : { encryption }),
    sent: world.now,
    visibleAt,
    receives: 0,
  }));
  const state = addMessages(world.state, queue.name, messages);
  return { ...world, state: { ...state, serial: state.serial + count + 1 } };
}
