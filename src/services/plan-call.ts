import { kmsOperation } from '../catalogue/kms-operations.js';
import { sqsOperation } from '../catalogue/sqs-operations.js';
import { type Call, nameOn, operationOf, serviceOf } from '../world/call.js';
import type { World } from '../world/world.js';
import { planPutEvents } from './events.js';
import { planKms } from './kms.js';
import { planEventSourceMapping, planPoll } from './lambda.js';
import { type Check, type Plan, unchanged } from './plan.js';
import { planS3 } from './s3.js';
import { planPublish } from './sns.js';
import { planPipe } from './sources.js';
import { planSqs } from './sqs.js';

/** The plan of a call, by its service. A call that is not replayed is refused: nothing is known of who may make it. */
export function planCall(world: World, call: Call): Plan {
  return planned(world, call) ?? { call, steps: [notReplayed(call)], effect: unchanged };
}

function planned(world: World, call: Call): Plan | undefined {
  const operation = operationOf(call);
  switch (serviceOf(call)) {
    case 'sqs': {
      const known = sqsOperation(operation);
      return known && planSqs(world, asSpelled(call, `sqs:${known.name}`), known);
    }
    case 'kms': {
      const known = kmsOperation(operation);
      return known && planKms(world, asSpelled(call, `kms:${known.name}`));
    }
  }
  switch (call.api) {
    case 'sns:Publish':
      return planPublish(world, call);
    case 's3:PutObject':
    case 's3:PutBucketNotificationConfiguration':
      return planS3(world, call);
    case 'events:PutEvents':
      return planPutEvents(world, call);
    case 'lambda:CreateEventSourceMapping':
      return planEventSourceMapping(world, call);
    case 'lambda:Poll':
      return planPoll(world, call);
    case 'pipes:Poll':
      return planPipe(world, call);
  }
  return undefined;
}

/** What a call does depends on its name, which programs may write as they like. */
function asSpelled(call: Call, api: string): Call {
  return call.api === api ? call : { ...call, api };
}

/** Rule: EVAL-DEFAULT-DENY */
function notReplayed(call: Call): Check {
  const operation = operationOf(call);
  return {
    do: 'check',
    holds: false,
    at: call.api,
    on: nameOn(call),
    by: 'not-found',
    why: 'EVAL-DEFAULT-DENY',
    refusedWith: () => ({
      code: 'InvalidAction',
      http: 400,
      message: `The action ${operation} is not valid for this endpoint.`,
      service: serviceOf(call),
      operation,
    }),
  };
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
