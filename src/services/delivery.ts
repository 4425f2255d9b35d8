import type { World } from '../world/world.js';
import { eventHop } from './events.js';
import { failureHop } from './lambda.js';
import { type ChildCall, type Plan, unchanged } from './plan.js';
import { bucketHop } from './s3.js';
import { topicHop } from './sns.js';
import { sourceHop } from './sources.js';

/** What feeds a queue by itself, without a caller who would be told of a failure. */
export interface EventSource {
  readonly kind: 'topic' | 'bucket' | 'rule' | 'function' | 'source';
  readonly name: string;
}

/** One delivery from an event source to a queue, with what becomes of the message when it is refused; `undefined` when there is no such source. */
export function planDelivery(world: World, from: EventSource, to: string): Plan | undefined {
  const hop = hopFrom(world, from, to);
  return hop === undefined ? undefined : { call: hop.call, steps: [hop], effect: unchanged };
}

function hopFrom(world: World, from: EventSource, to: string): ChildCall | undefined {
  const { estate } = world;
  switch (from.kind) {
    case 'topic': {
      const topic = estate.topics.get(from.name);
      if (topic === undefined) return undefined;
      const subscription = topic.subscriptions.find(({ queue }) => queue === to) ?? { queue: to };
      return topicHop(world, topic, subscription);
    }
    case 'bucket': {
      const bucket = estate.buckets.get(from.name);
      return bucket === undefined ? undefined : bucketHop(world, bucket, to);
    }
    case 'rule': {
      const rule = estate.rules.get(from.name);
      if (rule === undefined) return undefined;
      const target = rule.targets.find(({ queue }) => queue === to) ?? { queue: to };
      return eventHop(world, rule, target);
    }
    case 'function': {
      const lambda = estate.functions.get(from.name);
      return lambda === undefined ? undefined : failureHop(world, lambda, to);
    }
    case 'source': {
      const source = estate.sources.get(from.name);
      return source === undefined ? undefined : sourceHop(world, source, to);
    }
  }
}
