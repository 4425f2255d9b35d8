import { SOURCE_TYPES } from '../catalogue/event-sources.js';
import type { Hop } from '../replay/outcome.js';
import { isoInstant } from '../syntax/date.js';
import type { Call } from '../world/call.js';
import { operationName, type RefusedCall, serviceWords } from './refused-call.js';

/** What becomes of the message that a refused call was about, and where anyone could notice. */
export interface Fate {
  readonly becomes: 'notSent' | 'safe' | 'delayed' | 'lost' | 'deadLettered';
  readonly says: string;
  /** The same without what can be left out where there is little room. */
  readonly short?: string;
  readonly seenAs: readonly string[];
}

const NO_SIGN: readonly string[] = [];

/** The fate after a refusal that the caller is told of; `undefined` for calls that are about no message. */
export function fateOfRefused({ outcome, refusal, hops }: RefusedCall): Fate | undefined {
  const { call } = outcome;
  const outer = hops[0];
  const on = call.on ?? 'the queue';
  const told = (becomes: Fate['becomes'], says: string): Fate => ({ becomes, says, seenAs: NO_SIGN });
  if (outer?.why === 'S3-VALIDATES-DESTINATIONS') {
    return told(
      'notSent',
      'only a test message: the notifications are not configured, and the caller is told',
    );
  }
  if (outer?.why === 'LAMBDA-POLLS-AS-ITS-ROLE') return fateOfPoll(outcome, outer);
  if (outer?.why === 'PIPES-ACT-AS-THEIR-ROLE') return fateInPipe(call, outer);
  if (outer?.why === 'INTEGRATIONS-SEND-AS-THEIR-ROLE') {
    const says = 'not sent: nothing is stored; whoever set it going is told';
    return { becomes: 'notSent', says, seenAs: outer.seenAs };
  }
  const holdsMessages = refusal.by !== 'not-found' || refusal.at !== call.api;
  if (!holdsMessages && call.api !== 'sns:Publish' && !call.api.startsWith('sqs:SendMessage'))
    return undefined;
  switch (call.api) {
    case 'sqs:SendMessage':
    case 'sqs:SendMessageBatch':
      return told('notSent', 'not sent: nothing is stored; the caller has the error and can send again');
    case 'sqs:ReceiveMessage':
      return told(
        'safe',
        `safe: it stays in ${on} until its retention ends; the caller has the error${mayCount(outcome)}`,
      );
    case 'sqs:DeleteMessage':
    case 'sqs:DeleteMessageBatch':
    case 'sqs:PurgeQueue':
      return told('safe', `not deleted: it stays in ${on} and will be received again`);
    case 'sqs:ChangeMessageVisibility':
    case 'sqs:ChangeMessageVisibilityBatch':
    case 'sqs:StartMessageMoveTask':
      return told('safe', `safe: it stays in ${on}; the caller has the error`);
    case 'sns:Publish':
      return told(
        'notSent',
        'not published: no queue gets it; the caller has the error and can publish again',
      );
    default:
      return undefined;
  }
}

/** Whether a receive that KMS refuses counts is not documented; one report implies it. Rule: SQS-REFUSED-RECEIVE-MAY-COUNT */
function mayCount({ call, world, asked }: RefusedCall['outcome']): string {
  const redrive = call.on === undefined ? undefined : world.estate.queues.get(call.on)?.redrive;
  const reachedKms = asked.some(({ ask }) => ask.request.action.startsWith('kms:'));
  if (redrive === undefined || !reachedKms) return '';
  return `; it may be counted towards the ${redrive.maxReceives} receives after which it goes to ${redrive.to} (AWS does not say)`;
}

function fateOfPoll(outcome: RefusedCall['outcome'], { from, seenAs }: Hop): Fate {
  const { call } = outcome;
  const on = call.on ?? 'the queue';
  if (operationName(call.api) === 'DeleteMessage') {
    return { becomes: 'delayed', says: `not deleted: ${from} handles it again and again`, seenAs };
  }
  const short = `delayed: it stays in ${on} and ${from} is not invoked`;
  return { becomes: 'delayed', says: `${short}${mayCount(outcome)}`, short, seenAs };
}

/** What a pipe has received and may not send on or delete comes back in its queue. */
function fateInPipe({ api, on = 'the queue' }: Call, { from, seenAs }: Hop): Fate {
  const says = operationName(api).startsWith('Delete')
    ? `not deleted: ${from} sends it on again and again`
    : operationName(api).startsWith('Send')
      ? `delayed: it stays in the source of ${from} until ${on} takes it`
      : `delayed: it stays in ${on} and ${from} does not get it`;
  return { becomes: 'delayed', says, seenAs };
}

/** The fate of a message whose delivery was refused while the call that caused it succeeded. */
export function fateOfHop(hop: Hop): Fate | undefined {
  const { fate, seenAs, to, deadLetter } = hop;
  switch (fate) {
    case 'arrived':
    case 'refused':
      return undefined;
    case 'taskFailed':
      return {
        becomes: 'safe',
        says: 'safe: it stays in the dead-letter queue; the move task ends FAILED',
        seenAs,
      };
    case 'delayed':
      return {
        becomes: 'delayed',
        says: `delayed: EventBridge tries again ${untilWords(hop)}, and then it is lost`,
        seenAs,
      };
    case 'stays':
      return {
        becomes: 'safe',
        says: `safe: it stays in ${hop.from} until its retention ends, and every receive tries the move again`,
        seenAs,
      };
    case 'deadLettered':
      return {
        becomes: 'deadLettered',
        says: `in the dead-letter queue ${deadLetter?.to ?? ''} instead of ${to}; not lost`,
        seenAs,
      };
    case 'lost':
      return lostFate(hop);
  }
}

/** Lost where it was sent and, where there is a dead-letter queue, there too, with a refusal and a sign of its own. */
function lostFate({ to, why, seenAs, deadLetter }: Hop): Fate {
  if (deadLetter === undefined) {
    const silent = why === 'S3-DELIVERY-IS-SILENT' ? ', and nothing shows it' : '';
    return { becomes: 'lost', says: `lost: it never reaches ${to}${silent}`, seenAs };
  }
  const { refusal } = deadLetter.outcome;
  const there = refusal === undefined ? '' : ` (there ${refusal.error.code} at ${refusal.at})`;
  const short = `lost: both ${to} and the dead-letter queue ${deadLetter.to} refuse it`;
  return { becomes: 'lost', says: `${short}${there}`, short, seenAs: [...deadLetter.seenAs, ...seenAs] };
}

function untilWords({ onRefused }: Hop): string {
  if (onRefused.what !== 'retries') return 'for a while';
  return `until ${isoInstant(onRefused.event.until).replace('T', ' ').replace('.000Z', 'Z')}`;
}

/** Where a refused delivery shows that was replayed without the call that caused it. */
const SEEN: ReadonlyMap<string, readonly string[]> = new Map([
  ['SNS', ['metric NumberOfNotificationsFailed of the topic', 'delivery status log, if enabled']],
  ['EventBridge', ['metric FailedInvocations of the rule']],
]);

/** What becomes of a delivery that a service makes and that is replayed by itself; `undefined` for other calls. */
export function aftermathOfDelivery({ caller, api, on }: Call): Aftermath | undefined {
  if (caller.kind !== 'service' || api !== 'sqs:SendMessage') return undefined;
  const service = serviceWords(caller.host);
  const seenAs = SEEN.get(service) ?? NO_SIGN;
  return {
    told: toldService(OUTER.get(service), service),
    fate: { becomes: 'lost', says: `lost: it never reaches ${on ?? 'the queue'}`, seenAs },
  };
}

/** What follows a refusal: who learns of it, and what becomes of the message. */
export interface Aftermath {
  readonly told: Told;
  readonly fate: Fate | undefined;
}

/** Who learnt of a refusal. */
export type Told =
  | { readonly who: 'caller' }
  /** The outer call, if there is one, succeeded; only the service that delivers got the error. */
  | { readonly who: 'service'; readonly succeeded?: string; readonly service: string }
  /** The call was accepted and its task failed. */
  | { readonly who: 'task'; readonly accepted: string };

export function toldOf(hop: Hop, cause: Call | undefined): Told {
  const { caller } = hop.outcome.call;
  const outer = cause === undefined ? undefined : operationName(cause.api);
  if (hop.fate === 'taskFailed') return { who: 'task', accepted: outer ?? 'StartMessageMoveTask' };
  const service = caller.kind === 'service' ? serviceWords(caller.host) : serviceOfOrigin(hop.from);
  return toldService(outer ?? OUTER.get(service), service);
}

function toldService(succeeded: string | undefined, service: string): Told {
  return { who: 'service', ...(succeeded === undefined ? {} : { succeeded }), service };
}

const OUTER: ReadonlyMap<string, string> = new Map([
  ['SNS', 'Publish'],
  ['EventBridge', 'PutEvents'],
  ['S3', 'the upload'],
]);

/** `EventBridge` for `rule nightly`, `Lambda` for `function billing`; other sources by the title of their type. */
function serviceOfOrigin(from: string): string {
  const kind = from.slice(0, from.indexOf(' '));
  return ORIGINS.get(kind) ?? SOURCE_TYPES.get(kind)?.title ?? 'the service';
}

const ORIGINS: ReadonlyMap<string, string> = new Map([
  ['rule', 'EventBridge'],
  ['topic', 'SNS'],
  ['bucket', 'S3'],
  ['function', 'Lambda'],
]);
