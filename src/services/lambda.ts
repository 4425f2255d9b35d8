import { policiesFor } from '../world/applicable-policies.js';
import { type Call, calledOn, nameOn } from '../world/call.js';
import { visibleMessages } from '../world/messages.js';
import { requestFor } from '../world/request-context.js';
import type { LambdaFunction, Principal, World } from '../world/world.js';
import { asRole } from './as-role.js';
import type { AwsError } from './aws-error.js';
import { denialSentence } from './denial.js';
import { type Ask, type Check, type ChildCall, type Plan, unchanged } from './plan.js';
import { inTheRegion, standardQueueOnly } from './source-checks.js';
import { askQueue, queueMustExist } from './sqs-queue.js';

/**
 * An event source mapping polling its queue with the function's execution role: it reads attributes, receives, and
 * deletes what the function has handled. Nobody sees a refusal: the function is just not invoked.
 * Page: Lambda Developer Guide, Using Lambda with Amazon SQS. Rule: LAMBDA-POLLS-AS-ITS-ROLE
 */
export function planPoll(world: World, call: Call): Plan | undefined {
  const lambda = calledOn(world.estate.functions, call);
  if (lambda?.polls === undefined) return undefined;
  const queue = lambda.polls;
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
  return role === undefined
    ? { ...call, parameters: new Map(), context: [['aws:SourceIp', undefined]] }
    : asRole(role, call.api, lambda.name);
}

/**
 * What a failed asynchronous invocation leaves: Lambda sends it to the function's on-failure destination or dead-letter
 * queue with the execution role. Page: Lambda Developer Guide, Retaining records of asynchronous invocations.
 * Rules: LAMBDA-FAILURES-AS-ITS-ROLE, SOURCES-WITHOUT-FIFO-QUEUES
 */
export function failureHop(world: World, lambda: LambdaFunction, queue: string): ChildCall | undefined {
  const role = world.estate.principals.get(lambda.role);
  if (role === undefined) return undefined;
  return {
    do: 'call',
    call: asRole(role, 'sqs:SendMessage', queue),
    from: `function ${lambda.name}`,
    to: queue,
    checks: [
      standardQueueOnly(world, queue, () =>
        lambdaError('a FIFO queue cannot take failed invocations', 'PutFunctionEventInvokeConfig'),
      ),
    ],
    onRefused: { what: 'drops' },
    why: 'LAMBDA-FAILURES-AS-ITS-ROLE',
    seenAs: [
      queue === lambda.deadLetter
        ? 'metric DeadLetterErrors of the function'
        : 'metric DestinationDeliveryFailures of the function',
    ],
  };
}

/**
 * The identity of a function's code: its execution role, with the function's ARN, which Lambda's own calls lack.
 * Page: Lambda Developer Guide, Using source function ARN. Rule: LAMBDA-CODE-NAMES-ITS-FUNCTION
 */
export function codeOf(
  lambda: LambdaFunction,
  role: Principal,
): Pick<Call, 'caller' | 'principal' | 'context'> {
  return {
    caller: role.caller,
    principal: role,
    context: [['lambda:SourceFunctionArn', lambda.arn.text]],
  };
}

/**
 * Creating the mapping: the caller must be let, and the execution role must be let in to receive. Whether the role may
 * use the queue's key shows only when Lambda polls.
 * Page: Lambda Developer Guide, Using Lambda with Amazon SQS. Rules: LAMBDA-MAPPING-CHECKS-RECEIVE, SOURCES-IN-THE-QUEUES-REGION
 */
export function planEventSourceMapping(world: World, call: Call): Plan | undefined {
  const lambda = calledOn(world.estate.functions, call);
  if (lambda === undefined) return undefined;
  const configures = askConfiguring(world, call, lambda);
  const queue = lambda.polls;
  if (queue === undefined) return { call, steps: [configures, namesNoSource(call)], effect: unchanged };
  const receiving: Call = { ...asExecutionRole(world, call, lambda), api: 'sqs:ReceiveMessage', on: queue };
  const polled = world.estate.queues.get(queue);
  if (polled === undefined)
    return { call, steps: [configures, queueMustExist(receiving)], effect: unchanged };
  const near = {
    ...inTheRegion(world, lambda.arn.region, queue, () =>
      mappingError('the queue and the function are in different Regions'),
    ),
    at: call.api,
  };
  const ask = askQueue(world, receiving, polled, { name: 'ReceiveMessage', action: 'sqs:ReceiveMessage' });
  const refusedWith: Ask['refusedWith'] = (verdict, serial) => ({
    ...mappingError('The function execution role does not have permissions to call ReceiveMessage on SQS'),
    cause: ask.refusedWith(verdict, serial),
  });
  return {
    call,
    steps: [
      configures,
      near,
      { ...ask, why: 'LAMBDA-MAPPING-CHECKS-RECEIVE', madeBy: receiving, refusedWith },
    ],
    effect: unchanged,
  };
}

/** Rule: LAMBDA-MAPPING-CHECKS-RECEIVE */
function namesNoSource(call: Call): Check {
  return {
    do: 'check',
    holds: false,
    at: call.api,
    on: nameOn(call),
    by: 'parameter',
    why: 'LAMBDA-MAPPING-CHECKS-RECEIVE',
    refusedWith: () => mappingError('The request names no EventSourceArn.'),
  };
}

/** The mapping is named by no ARN yet: policies speak of it as `*`, and of the function in a condition. */
function askConfiguring(world: World, call: Call, lambda: LambdaFunction): Ask {
  const action = 'lambda:CreateEventSourceMapping';
  const { account, region, text } = lambda.arn;
  const resource = { arn: '*', account };
  return {
    do: 'ask',
    request: requestFor(world, call, action, { resource, region }, [['lambda:FunctionArn', text]]),
    policies: policiesFor(world, call, { owner: account, policy: undefined, forwarded: false }),
    on: lambda.name,
    why: 'EVAL-IDENTITY-OR-RESOURCE',
    refusedWith: (verdict) => ({
      code: 'AccessDeniedException',
      http: 403,
      message: denialSentence(call.caller, action, '*', verdict),
      service: 'lambda',
      operation: 'CreateEventSourceMapping',
    }),
  };
}

function mappingError(message: string): AwsError {
  return lambdaError(message, 'CreateEventSourceMapping');
}

function lambdaError(message: string, operation: string): AwsError {
  return {
    code: 'InvalidParameterValueException',
    shape: 'InvalidParameterValueException',
    http: 400,
    message,
    service: 'lambda',
    operation,
  };
}
