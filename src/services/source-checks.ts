import type { RuleId } from '../rules/registry.js';
import type { World } from '../world/world.js';
import type { AwsError } from './aws-error.js';
import type { Check } from './plan.js';

/** A FIFO queue is known by its name. */
export function isFifo(world: World, queue: string): boolean {
  return world.estate.queues.get(queue)?.arn.resource.endsWith('.fifo') ?? queue.endsWith('.fifo');
}

/** A target that AWS does not accept for the source, whatever the policies say. Rule: SOURCES-WITHOUT-FIFO-QUEUES */
export function standardQueueOnly(world: World, queue: string, refusedWith: () => AwsError): Check {
  return acceptable(!isFifo(world, queue), queue, 'SOURCES-WITHOUT-FIFO-QUEUES', refusedWith);
}

/** A queue that does not exist is in the Region where it is looked for. Rule: SOURCES-IN-THE-QUEUES-REGION */
export function inTheRegion(world: World, region: string, queue: string, refusedWith: () => AwsError): Check {
  const holds = (world.estate.queues.get(queue)?.arn.region ?? region) === region;
  return acceptable(holds, queue, 'SOURCES-IN-THE-QUEUES-REGION', refusedWith);
}

/** Rules: SOURCES-WITHOUT-FIFO-QUEUES, SOURCES-IN-THE-QUEUES-REGION, SNS-SUBSCRIPTION-IS-CONFIRMED */
export function acceptable(holds: boolean, queue: string, why: RuleId, refusedWith: () => AwsError): Check {
  return { do: 'check', holds, at: 'sqs:SendMessage', on: queue, by: 'parameter', why, refusedWith };
}
