import { policiesFor } from '../world/applicable-policies.js';
import { type Call, PUBLIC_ENDPOINT } from '../world/call.js';
import { dueForDeadLetter, moveToDeadLetter } from '../world/messages.js';
import { requestFor } from '../world/request-context.js';
import type { Message, Queue, World } from '../world/world.js';
import type { ChildCall, Plan } from './plan.js';
import { sqsDenial } from './sqs-errors.js';

/** Whether the next receive moves the message away. A dead-letter queue that is gone takes nothing. */
export function isDeadLetter(world: World, queue: Queue, message: Message): boolean {
  const to = queue.redrive?.to;
  return to !== undefined && world.estate.queues.has(to) && dueForDeadLetter(queue, message);
}

/** The move of messages that were received too often, before the receive returns others. Rule: SQS-DEAD-LETTER-AFTER-RECEIVES */
export function movesToDeadLetter(queue: Queue, messages: readonly Message[]): readonly ChildCall[] {
  const to = queue.redrive?.to;
  if (to === undefined || messages.length === 0) return [];
  const { arn, name } = queue;
  return [
    {
      do: 'call',
      call: {
        api: 'sqs:SendMessage',
        caller: { kind: 'service', host: 'sqs.amazonaws.com' },
        source: { arn: arn.text, account: arn.account, region: arn.region },
        path: PUBLIC_ENDPOINT,
        on: to,
        parameters: new Map(),
        context: [],
        moves: { from: name, messages },
      },
      from: name,
      to,
      onRefused: { what: 'stays' },
      why: 'SQS-DEAD-LETTER-AFTER-RECEIVES',
      seenAs: ['metric ApproximateAgeOfOldestMessage of the source queue'],
    },
  ];
}

/**
 * SQS moves messages to a dead-letter queue itself, without any permission and without KMS. Statements of that queue's
 * policy that deny are taken to count, against aws:SourceArn = the source queue; nothing has to allow it.
 * Page: SQS Developer Guide, Amazon SQS dead-letter queues. Rule: SQS-MOVE-HEEDS-DENIES
 */
export function planMoveToDeadLetter(
  world: World,
  call: Call,
  to: Queue,
  { from, messages }: NonNullable<Call['moves']>,
): Plan {
  const { arn, policy, name, tags } = to;
  const resource = { arn: arn.text, account: arn.account };
  const policies = policiesFor(world, call, { owner: arn.account, policy, forwarded: true });
  return {
    call,
    steps: [
      {
        do: 'ask',
        request: requestFor(world, call, call.api, { resource, tags, region: arn.region }),
        policies: { ...policies, scp: 'none', rcp: 'none' },
        on: name,
        why: 'SQS-MOVE-HEEDS-DENIES',
        onlyDenies: true,
        refusedWith: (verdict) => sqsDenial(call, call.api, to, verdict),
      },
    ],
    effect: (after) => ({ ...after, state: moveToDeadLetter(after.state, from, name, messages, after.now) }),
  };
}
