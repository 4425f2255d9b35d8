import { type Call, textParameter } from '../world/call.js';
import { visibleMessages } from '../world/messages.js';
import { withoutNetworkKeys } from '../world/request-context.js';
import type { Queue, World } from '../world/world.js';
import type { Check, ChildCall, Plan, PlanStep } from './plan.js';
import { unchanged } from './plan.js';
import { badParameter, noSuchResource } from './sqs-errors.js';
import { queueByArn } from './sqs-redrive-checks.js';

/**
 * A message move task: accepted or refused at the call, then one message after the other is received, sent to its
 * destination and deleted, with the rights of the one who started it and without its network.
 * Page: SQS Developer Guide, Configure a dead-letter queue redrive.
 * Rules: SQS-REDRIVE-FAILS-LATER, SQS-REDRIVE-REENCRYPTS, SQS-REDRIVE-HAS-NO-NETWORK
 */
export function planMoveTask(world: World, call: Call, queue: Queue, first: readonly PlanStep[]): Plan {
  const sources = [...world.estate.queues.values()].filter(({ redrive }) => redrive?.to === queue.name);
  const isDeadLetter: Check = {
    do: 'check',
    holds: sources.length > 0,
    at: call.api,
    on: queue.name,
    by: 'parameter',
    why: 'SQS-REDRIVE-FAILS-LATER',
    refusedWith: () => badParameter(call, 'Source queue must be configured as a Dead Letter Queue.'),
  };
  const given = textParameter(call, 'DestinationArn');
  const named = given === undefined ? undefined : queueByArn(world, given);
  const destinationExists: Check = {
    ...isDeadLetter,
    holds: given === undefined || named !== undefined,
    by: 'not-found',
    refusedWith: () => noSuchResource(call, 'DestinationArn'),
  };
  const messages = sources.length === 0 ? [] : visibleMessages(world, queue);
  const children = messages.flatMap(({ encryption }) => {
    const source = encryption === undefined ? undefined : queueByArn(world, encryption.contextQueueArn);
    const origin = sources.find((each) => each.name === source?.name) ?? sources[0];
    const destination = named ?? origin;
    return destination === undefined ? [] : move(call, queue, destination);
  });
  return { call, steps: [...first, isDeadLetter, destinationExists, ...children], effect: unchanged };
}

function move(call: Call, from: Queue, to: Queue): readonly ChildCall[] {
  const task = {
    caller: call.caller,
    path: call.path,
    context: withoutNetworkKeys(call.context),
    parameters: new Map<string, string>(),
    throughMoveTask: true,
  };
  const own: Pick<Call, 'principal' | 'session'> = {
    ...(call.principal === undefined ? {} : { principal: call.principal }),
    ...(call.session === undefined ? {} : { session: call.session }),
  };
  const child = (api: string, queue: Queue): ChildCall => ({
    do: 'call',
    call: { ...task, ...own, api, on: queue.name },
    from: `move task of ${from.name}`,
    to: queue.name,
    onRefused: { what: 'failsTask' },
    why: 'SQS-REDRIVE-REENCRYPTS',
    seenAs: ['status FAILED in ListMessageMoveTasks'],
  });
  return [child('sqs:ReceiveMessage', from), child('sqs:SendMessage', to), child('sqs:DeleteMessage', from)];
}
