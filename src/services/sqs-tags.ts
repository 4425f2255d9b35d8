import type { ContextValue } from '../conditions/context.js';
import { type Call, listParameter, operationOf, pairsParameter } from '../world/call.js';
import { changeThing } from '../world/change.js';
import type { Queue } from '../world/world.js';
import type { Plan, PlanStep } from './plan.js';

type Entry = readonly [string, ContextValue | undefined];

/** Tags that a call puts on a queue; `CreateQueue` spells the parameter in small letters. */
export function tagsGiven(call: Call): ReadonlyMap<string, string> {
  return new Map([...pairsParameter(call, 'tags'), ...pairsParameter(call, 'Tags')]);
}

/**
 * The condition keys that follow from tags in the request.
 * Page: Service Authorization Reference, Amazon SQS. Rule: SQS-TAGS-IN-REQUEST
 */
export function tagEntries(call: Call): readonly Entry[] {
  const tags = tagsGiven(call);
  const keys = operationOf(call) === 'UntagQueue' ? listParameter(call, 'TagKeys') : [...tags.keys()];
  if (keys.length === 0) return [];
  return [...[...tags].map(([key, value]): Entry => [`aws:RequestTag/${key}`, value]), ['aws:TagKeys', keys]];
}

/** Page: SQS API Reference, TagQueue, UntagQueue. Rule: SQS-TAGS-IN-REQUEST */
export function planTags(call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const removed = new Set(operationOf(call) === 'UntagQueue' ? listParameter(call, 'TagKeys') : []);
  const added = operationOf(call) === 'TagQueue' ? tagsGiven(call) : new Map<string, string>();
  return {
    call,
    steps: first,
    effect: (after) =>
      changeThing(after, 'queues', queue.name, (present) => ({
        ...present,
        tags: new Map([...present.tags, ...added].filter(([key]) => !removed.has(key))),
      })),
  };
}
