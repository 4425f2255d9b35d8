import type { Call } from '../world/call.js';
import { cachedForReceiving, rememberForReceiving, requesterOf } from '../world/data-keys.js';
import { keyByArn, resolveKey } from '../world/key-reference.js';
import { markReceived, visibleMessages } from '../world/messages.js';
import type { Message, Queue, World } from '../world/world.js';
import { missingKey, useKey } from './kms-use.js';
import type { Plan, PlanStep } from './plan.js';
import { isDeadLetter, movesToDeadLetter } from './sqs-dead-letter.js';
import { homeOf, passesOn } from './sqs-kms.js';
import { countOf, secondsOf } from './sqs-parameters.js';

/**
 * Rules: SQS-RECEIVE-NEEDS-DECRYPT, SQS-EMPTY-RECEIVE, SQS-DENIED-RECEIVE-IS-AN-ERROR, SQS-DEAD-LETTER-AFTER-RECEIVES,
 * SQS-ENCRYPTION-CONTEXT
 */
export function planReceive(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const visible = visibleMessages(world, queue);
  const isDue = (message: Message): boolean =>
    call.message === undefined && isDeadLetter(world, queue, message);
  const due = visible.filter(isDue);
  const returned = visible
    .filter((message) => !isDue(message) && (call.message === undefined || call.message === message.id))
    .slice(0, countOf(call));
  const requester = requesterOf(call);
  const errors = passesOn(call);
  const steps: PlanStep[] = [...first, ...movesToDeadLetter(queue, due)];
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
      const ids = new Set(returned.map(({ id }) => id));
      const timeout = secondsOf(call, 'VisibilityTimeout');
      let state = markReceived(after.state, queue, ids, requester, after.now, timeout);
      for (const each of decrypted)
        state = rememberForReceiving(state, queue, requester, { ...each, obtained: after.now });
      return { ...after, state };
    },
  };
}
