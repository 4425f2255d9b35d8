import { type HowItSends, SOURCE_TYPES } from '../catalogue/event-sources.js';
import { type Call, calledOn } from '../world/call.js';
import { visibleMessages } from '../world/messages.js';
import type { Principal, QueueSource, World } from '../world/world.js';
import { asRole } from './as-role.js';
import type { AwsError } from './aws-error.js';
import { type ChildCall, type OnRefused, type Plan, unchanged } from './plan.js';
import { serviceSend } from './service-send.js';
import { standardQueueOnly } from './source-checks.js';

/**
 * What a source sends to a queue: with its role where its type has one, else as the service itself. `undefined` for a
 * source without the role that it needs. Page: SQS Developer Guide, Key management, and the guide of each service.
 * Rules: SCHEDULER-SENDS-AS-ITS-ROLE, PIPES-ACT-AS-THEIR-ROLE, INTEGRATIONS-SEND-AS-THEIR-ROLE,
 * HOOKS-SEND-AS-THEIR-ROLE, SOURCES-CALL-AS-THEMSELVES, SOURCES-WITHOUT-FIFO-QUEUES
 */
export function sourceHop(world: World, source: QueueSource, queue: string): ChildCall | undefined {
  const type = SOURCE_TYPES.get(source.type);
  const call = sendOf(world, source, queue);
  if (type === undefined || call === undefined) return undefined;
  const { sends } = type;
  const hop: ChildCall = {
    do: 'call',
    call,
    from: `${source.type} ${source.name}`,
    to: queue,
    checks: sends.standardTarget === true ? [standard(world, queue, sends)] : [],
    // What a pipe has read from a queue and may not send on stays there.
    onRefused: { what: source.polls === undefined ? sends.onRefused : 'fails' },
    why: sends.why,
    seenAs: sends.seenAs,
  };
  return { ...hop, onRefused: refusedBy(world, source, sends, hop) };
}

function refusedBy(world: World, source: QueueSource, sends: HowItSends, hop: ChildCall): OnRefused {
  const { deadLetter } = source;
  const call = deadLetter === undefined ? undefined : sendOf(world, source, deadLetter);
  if (deadLetter === undefined || call === undefined) return hop.onRefused;
  const checks = sends.standardDeadLetters === true ? [standard(world, deadLetter, sends)] : [];
  return { what: 'deadLetters', hop: { ...hop, call, to: deadLetter, checks, onRefused: { what: 'drops' } } };
}

function sendOf(world: World, source: QueueSource, queue: string): Call | undefined {
  const type = SOURCE_TYPES.get(source.type);
  if (type?.caller === 'service') {
    const { text, account, region } = source.arn;
    return serviceSend(type.principal, { arn: text, account, region }, queue);
  }
  const role = roleOf(world, source);
  return role === undefined ? undefined : asRole(role, 'sqs:SendMessage', queue);
}

function roleOf(world: World, { role }: QueueSource): Principal | undefined {
  return role === undefined ? undefined : world.estate.principals.get(role);
}

function standard(
  world: World,
  queue: string,
  { service }: HowItSends,
): ReturnType<typeof standardQueueOnly> {
  return standardQueueOnly(
    world,
    queue,
    (): AwsError => ({
      code: 'ValidationError',
      http: 400,
      message: `${queue} is a FIFO queue, and only a standard queue is taken here`,
      service,
      operation: 'SendMessage',
    }),
  );
}

/**
 * A pipe at work on its queue, with its role: it receives, sends on, and deletes what it has sent. What is refused
 * stays in the queue it came from. Page: EventBridge User Guide, Permissions for Amazon EventBridge Pipes.
 * Rule: PIPES-ACT-AS-THEIR-ROLE
 */
export function planPipe(world: World, call: Call): Plan | undefined {
  const pipe = calledOn(world.estate.sources, call);
  const from = pipe?.polls;
  if (pipe === undefined || from === undefined) return undefined;
  const role = roleOf(world, pipe);
  if (role === undefined) return undefined;
  const read = world.estate.queues.get(from);
  const batch = read === undefined ? 0 : Math.min(10, visibleMessages(world, read).length);
  const child = (api: string, on: string, parameters: Call['parameters'] = new Map()): ChildCall => ({
    do: 'call',
    call: asRole(role, api, on, parameters),
    from: `pipe ${pipe.name}`,
    to: on,
    onRefused: { what: 'fails' },
    why: 'PIPES-ACT-AS-THEIR-ROLE',
    seenAs: ['metric ExecutionFailed of the pipe', `metric ApproximateAgeOfOldestMessage of ${from}`],
  });
  const entries = new Map([['Entries', String(batch)]]);
  return {
    call,
    steps: [
      child('sqs:ReceiveMessage', from, new Map([['MaxNumberOfMessages', '10']])),
      child('sqs:GetQueueAttributes', from),
      ...(batch === 0
        ? []
        : [
            child('sqs:SendMessageBatch', pipe.queue, entries),
            child('sqs:DeleteMessageBatch', from, entries),
          ]),
    ],
    effect: unchanged,
  };
}
