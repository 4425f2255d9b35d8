import { type Call, PUBLIC_ENDPOINT } from '../world/call.js';
import { visibleMessages } from '../world/messages.js';
import type { LambdaFunction, World } from '../world/world.js';
import { type ChildCall, type Plan, unchanged } from './plan.js';

/**
 * An event source mapping polling its queue with the function's execution role: it reads attributes, receives, and
 * deletes what the function has handled. Nobody sees a refusal: the function is just not invoked.
 * Page: Lambda Developer Guide, Using Lambda with Amazon SQS. Rule: LAMBDA-POLLS-AS-ITS-ROLE
 */
export function planPoll(world: World, call: Call, lambda: LambdaFunction, queue: string): Plan {
  const role = world.estate.principals.get(lambda.role);
  const polled = world.estate.queues.get(queue);
  const batch = polled === undefined ? 0 : Math.min(10, visibleMessages(world, polled).length);
  const child = (api: string, parameters: ReadonlyMap<string, string>): ChildCall => ({
    do: 'call',
    call: {
      api,
      caller: role?.caller ?? call.caller,
      ...(role === undefined ? {} : { principal: role }),
      path: PUBLIC_ENDPOINT,
      on: queue,
      parameters,
      context: [['aws:SourceIp', undefined]],
    },
    from: `function ${lambda.name}`,
    to: queue,
    onRefused: { what: 'fails' },
    why: 'LAMBDA-POLLS-AS-ITS-ROLE',
    seenAs: ['no invocations of the function', 'metric ApproximateAgeOfOldestMessage of the queue'],
  });
  const receive = child('sqs:ReceiveMessage', new Map([['MaxNumberOfMessages', '10']]));
  const attributes = child('sqs:GetQueueAttributes', new Map());
  const steps =
    batch === 0
      ? [receive, attributes]
      : [receive, attributes, child('sqs:DeleteMessage', new Map([['Entries', String(batch)]]))];
  return { call, steps, effect: unchanged };
}
