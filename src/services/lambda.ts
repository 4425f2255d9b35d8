import { sqsOperation } from '../catalogue/sqs-operations.js';
import { type Call, PUBLIC_ENDPOINT } from '../world/call.js';
import { visibleMessages } from '../world/messages.js';
import type { LambdaFunction, World } from '../world/world.js';
import { type Ask, type ChildCall, type Plan, unchanged } from './plan.js';
import { askQueue, queueMustExist } from './sqs-queue.js';

/**
 * An event source mapping polling its queue with the function's execution role: it reads attributes, receives, and
 * deletes what the function has handled. Nobody sees a refusal: the function is just not invoked.
 * Page: Lambda Developer Guide, Using Lambda with Amazon SQS. Rule: LAMBDA-POLLS-AS-ITS-ROLE
 */
export function planPoll(world: World, call: Call, lambda: LambdaFunction, queue: string): Plan {
  const polled = world.estate.queues.get(queue);
  const batch = polled === undefined ? 0 : Math.min(10, visibleMessages(world, polled).length);
  const child = (api: string, parameters: ReadonlyMap<string, string>): ChildCall => ({
    do: 'call',
    call: { ...asExecutionRole(world, call, lambda), api, on: queue, parameters },
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

/** Lambda itself calls with the role, from a network of its own. */
function asExecutionRole(world: World, call: Call, lambda: LambdaFunction): Omit<Call, 'api' | 'on'> {
  const role = world.estate.principals.get(lambda.role);
  return {
    caller: role?.caller ?? call.caller,
    ...(role === undefined ? {} : { principal: role }),
    path: PUBLIC_ENDPOINT,
    parameters: new Map(),
    context: [['aws:SourceIp', undefined]],
  };
}

/**
 * Creating the mapping, as far as Lambda checks the execution role: it must be let in to receive. Whether it may use
 * the queue's key shows only when Lambda polls; whether the caller may configure the function is not asked here.
 * Page: Lambda Developer Guide, Using Lambda with Amazon SQS. Rule: LAMBDA-POLLS-AS-ITS-ROLE
 */
export function planEventSourceMapping(
  world: World,
  call: Call,
  lambda: LambdaFunction,
  queue: string,
): Plan {
  const receiving: Call = { ...asExecutionRole(world, call, lambda), api: 'sqs:ReceiveMessage', on: queue };
  const operation = sqsOperation('ReceiveMessage');
  const polled = world.estate.queues.get(queue);
  if (operation === undefined || polled === undefined)
    return { call, steps: [queueMustExist(receiving)], effect: unchanged };
  const ask = askQueue(world, receiving, polled, operation);
  const refusedWith: Ask['refusedWith'] = (verdict, serial) => ({
    code: 'InvalidParameterValueException',
    shape: 'InvalidParameterValueException',
    http: 400,
    message: 'The function execution role does not have permissions to call ReceiveMessage on SQS',
    service: 'lambda',
    operation: 'CreateEventSourceMapping',
    cause: ask.refusedWith(verdict, serial),
  });
  return { call, steps: [{ ...ask, why: 'LAMBDA-POLLS-AS-ITS-ROLE', refusedWith }], effect: unchanged };
}
