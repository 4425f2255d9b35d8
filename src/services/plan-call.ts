import { kmsOperation } from '../catalogue/kms-operations.js';
import { sqsOperation } from '../catalogue/sqs-operations.js';
import { type Call, operationOf, serviceOf } from '../world/call.js';
import type { World } from '../world/world.js';
import { planPutEvents } from './events.js';
import { planKms } from './kms.js';
import { planEventSourceMapping, planPoll } from './lambda.js';
import type { Plan } from './plan.js';
import { unchanged } from './plan.js';
import { planS3 } from './s3.js';
import { planPublish } from './sns.js';
import { planPipe } from './sources.js';
import { planSqs } from './sqs.js';

/** The plan of a call, by its service. Calls that `isModelled` refuses never get here. */
export function planCall(world: World, call: Call): Plan {
  switch (serviceOf(call)) {
    case 'sqs':
      return planSqs(world, call);
    case 'kms':
      return planKms(world, call);
    case 'sns':
      return planPublish(world, call);
    case 's3':
      return planS3(world, call);
    case 'events':
      return planPutEvents(world, call);
    case 'lambda': {
      const lambda = call.on === undefined ? undefined : world.estate.functions.get(call.on);
      if (lambda?.polls === undefined) break;
      return operationOf(call) === 'CreateEventSourceMapping'
        ? planEventSourceMapping(world, call, lambda, lambda.polls)
        : planPoll(world, call, lambda, lambda.polls);
    }
    case 'pipes': {
      const pipe = call.on === undefined ? undefined : world.estate.sources.get(call.on);
      if (pipe === undefined) break;
      return planPipe(world, call, pipe);
    }
  }
  return { call, steps: [], effect: unchanged };
}

/** The calls that are replayed beside those of SQS and KMS, and what each is called on. */
export const OTHER_CALLS: ReadonlyMap<string, Exclude<CalledOn, 'queue' | 'key'>> = new Map([
  ['sns:Publish', 'topic'],
  ['s3:PutObject', 'bucket'],
  ['s3:PutBucketNotificationConfiguration', 'bucket'],
  ['events:PutEvents', 'rule'],
  ['lambda:CreateEventSourceMapping', 'function'],
] as const);

/** What a call may be made on: the singular of a section of the world. */
export type CalledOn = 'queue' | 'key' | 'topic' | 'bucket' | 'rule' | 'function';

/** The section of the world that a modelled call names its resource from; `undefined` for a call that is not modelled. */
export function resourceOf(api: string): CalledOn | undefined {
  const [service = '', operation = ''] = api.split(':', 2);
  if (service === 'sqs') return sqsOperation(operation) === undefined ? undefined : 'queue';
  if (service === 'kms') return kmsOperation(operation) === undefined ? undefined : 'key';
  return OTHER_CALLS.get(api);
}
