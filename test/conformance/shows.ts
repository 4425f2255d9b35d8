import { failedTask, type Hop, type Outcome } from '../../src/replay/outcome.js';
import type { RuleId } from '../../src/rules/registry.js';
import { messagesOf } from '../../src/world/messages.js';
import type { Queue } from '../../src/world/world.js';
import type { Replayed } from './flow-cases.js';

/** All outcomes of a step: of the call itself and of every call that it caused. */
function outcomesOf(outcome: Outcome): readonly Outcome[] {
  const inner = (hop: Hop): readonly Outcome[] => [
    ...outcomesOf(hop.outcome),
    ...(hop.deadLetter === undefined ? [] : inner(hop.deadLetter)),
  ];
  return [outcome, ...outcome.hops.flatMap(inner)];
}

/** The rules that a step's outcome names: why it asked and checked what it did, and why it caused what it caused. */
export function namedRules(outcome: Outcome): ReadonlySet<RuleId> {
  return new Set(
    outcomesOf(outcome).flatMap(({ asked, refusal, hops }) => [
      ...asked.flatMap(({ ask, verdict }) => [ask.why, ...verdict.rules]),
      ...(refusal?.check === undefined ? [] : [refusal.check.why]),
      ...hops.flatMap(({ why, deadLetter }) => [why, ...(deadLetter === undefined ? [] : [deadLetter.why])]),
    ]),
  );
}

type Shows = (replayed: Replayed) => boolean;

const asked = ({ outcome }: Replayed) => outcomesOf(outcome).flatMap((each) => each.asked);
const kmsAsked = (replayed: Replayed) =>
  asked(replayed).filter(({ ask }) => ask.request.action.startsWith('kms:'));
const queueOf = ({ before, step }: Replayed): Queue | undefined => before.estate.queues.get(step.on);
const sse = (replayed: Replayed): string | undefined => queueOf(replayed)?.encryption.sse;
const refusedAt = ({ outcome }: Replayed, service: string): boolean =>
  outcome.refusal?.at.startsWith(`${service}:`) === true;
const grantsOn = (world: Replayed['before'], key: string): number =>
  world.estate.keys.get(key)?.grants.length ?? 0;
const isSend = ({ step }: Replayed): boolean => step.op.startsWith('sqs:SendMessage');
const isReceive = ({ step }: Replayed): boolean => step.op === 'sqs:ReceiveMessage';
const isTransfer = (replayed: Replayed): boolean =>
  isSend(replayed) || isReceive(replayed) || replayed.step.op.endsWith(':SendMessage');
const countIn = (world: Replayed['before'], queue: string): number => messagesOf(world.state, queue).length;
const direct = (of: Replayed) => (of.step.op.startsWith('kms:') ? kmsAsked(of) : []);
const PARAMETER_SLOTS = [
  'kms:encryptionalgorithm',
  'kms:messagetype',
  'kms:signingalgorithm',
  'kms:datakeypairspec',
];
const through = (replayed: Replayed) =>
  kmsAsked(replayed).filter(({ ask }) => ask.request.through !== undefined);

/** How a rule shows in the outcome of a step, for the rules that no plan names. */
export const SHOWS: Readonly<Partial<Record<RuleId, Shows>>> = {
  'SQS-EMPTY-RECEIVE': (of) =>
    isReceive(of) && of.outcome.succeeded && sse(of) === 'kms' && kmsAsked(of).length === 0,
  'SQS-NO-KMS-CALL': (of) =>
    !isTransfer(of) &&
    of.outcome.succeeded &&
    (sse(of) === 'kms' || of.step.params?.KmsMasterKeyId !== undefined) &&
    kmsAsked(of).length === 0,
  'SQS-ONE-ENCRYPTION': (of) =>
    namedRules(of.outcome).has('SQS-ONE-ENCRYPTION') ||
    of.outcome.world.estate.queues.get(of.step.on)?.encryption.sse !== sse(of),
  'SQS-POLICY-IS-REPLACED': (of) =>
    of.step.op === 'sqs:SetQueueAttributes' &&
    of.outcome.world.estate.queues.get(of.step.on)?.policy !== queueOf(of)?.policy,
  'SQS-ADD-PERMISSION': (of) =>
    namedRules(of.outcome).has('SQS-ADD-PERMISSION') ||
    (of.step.op.endsWith('Permission') &&
      of.outcome.world.estate.queues.get(of.step.on)?.policy !== queueOf(of)?.policy),
  'SQS-CREATE-QUEUE': (of) =>
    namedRules(of.outcome).has('SQS-CREATE-QUEUE') ||
    of.outcome.world.estate.queues.size > of.before.estate.queues.size,
  'SQS-TAGS-IN-REQUEST': (of) => asked(of).some(({ ask }) => ask.request.context.call.has('aws:tagkeys')),
  'SQS-REFUSED-RECEIVE-MAY-COUNT': (of) =>
    isReceive(of) && refusedAt(of, 'kms') && queueOf(of)?.redrive !== undefined,
  'SQS-REDRIVE-TAKES-TIME': ({ step, outcome }) =>
    step.op === 'sqs:StartMessageMoveTask' && outcome.world.state.moveTasks.at(-1)?.status === 'RUNNING',
  'SQS-CHANGES-SPREAD': ({ before, outcome }) => outcome.world.state.due.length > before.state.due.length,
  'SQS-KMS-CALL-IS-THE-CALLER': (of) => through(of).length > 0,
  'SQS-ENCRYPTION-CONTEXT': (of) =>
    kmsAsked(of).some(({ ask }) => ask.request.encryptionContext?.has('aws:sqs:arn') === true),
  'SQS-CACHED-DATA-KEY': (of) => asked(of).some(({ cached }) => cached),
  'SQS-CACHES-ARE-APART': (of) =>
    of.before.state.dataKeys.size > 0 &&
    of.step.after === undefined &&
    kmsAsked(of).some(({ cached }) => !cached),
  'SQS-CACHE-OUTLIVES-REVOCATION': (of) =>
    asked(of).some(({ cached, verdict }) => cached && verdict.decision !== 'allowed'),
  'SQS-AUTHORIZATION-FIRST': (of) =>
    isTransfer(of) && sse(of) === 'kms' && refusedAt(of, 'sqs') && kmsAsked(of).length === 0,
  'SQS-DENIED-SEND-STORES-NOTHING': (of) =>
    isSend(of) &&
    refusedAt(of, 'kms') &&
    countIn(of.outcome.world, of.step.on) === countIn(of.before, of.step.on),
  'SQS-DENIED-RECEIVE-IS-AN-ERROR': (of) =>
    isReceive(of) && refusedAt(of, 'kms') && countIn(of.outcome.world, of.step.on) > 0,
  'SQS-SSE-SQS-ASKS-NOBODY': (of) =>
    isTransfer(of) && sse(of) === 'sqs' && of.outcome.succeeded && kmsAsked(of).length === 0,
  'SQS-KEY-RESOLVED-AT-USE': (of) => {
    const encryption = queueOf(of)?.encryption;
    return isTransfer(of) && encryption?.sse === 'kms' && !encryption.key.startsWith('arn:');
  },
  'SQS-MOVE-KEEPS-ENCRYPTION': (of) => {
    const own = queueOf(of)?.arn.text;
    return (
      isReceive(of) &&
      kmsAsked(of).some(({ ask }) => ask.request.encryptionContext?.get('aws:sqs:arn') !== own)
    );
  },
  'SQS-REDRIVE-FAILS-LATER': (of) =>
    failedTask(of.outcome) !== undefined || namedRules(of.outcome).has('SQS-REDRIVE-FAILS-LATER'),
  'SQS-REDRIVE-HAS-NO-NETWORK': (of) =>
    of.outcome.call.path.endpoint !== undefined &&
    outcomesOf(of.outcome).some(
      (each) =>
        each.call.throughMoveTask === true &&
        each.asked.some(({ ask }) => !ask.request.context.network.has('aws:sourcevpce')),
    ),
  'SQS-DEAD-LETTER-AFTER-RECEIVES': (of) => {
    const to = queueOf(of)?.redrive?.to;
    return isReceive(of) && to !== undefined && countIn(of.outcome.world, to) > countIn(of.before, to);
  },
  'SQS-SOURCE-CONTEXT': (of) => asked(of).some(({ ask }) => ask.request.context.call.has('aws:sourcearn')),
  'SQS-SERVICE-HAS-NO-NETWORK': (of) =>
    asked(of).some(
      ({ ask: { request } }) =>
        request.caller.kind === 'service' && !request.context.network.has('aws:sourceip'),
    ),
  'SNS-PUBLISH-SUCCEEDS-DELIVERY-IS-LOST': (of) =>
    of.step.op === 'sns:Publish' &&
    of.outcome.succeeded &&
    of.outcome.hops.some(({ fate }) => fate !== 'arrived'),
  'S3-DELIVERY-IS-SILENT': ({ step, outcome }) =>
    step.op === 's3:PutObject'
      ? outcome.hops.some(({ fate }) => fate === 'lost')
      : typeof step.by !== 'string' && step.op === 'delivery:SendMessage' && !outcome.succeeded,
  'EVENTS-RETRIES-THEN-DROPS': (of) =>
    namedRules(of.outcome).has('EVENTS-RETRIES-THEN-DROPS') &&
    of.outcome.hops.some(({ fate }) => fate !== 'arrived'),
  'LAMBDA-CODE-NAMES-ITS-FUNCTION': (of) =>
    asked(of).some(({ ask }) => ask.request.context.call.has('lambda:sourcefunctionarn')),
  'EVENTS-DELIVERS-ONCE-REPAIRED': ({ late }) => late.some(({ fate }) => fate === 'arrived'),
  'EVENTS-DEAD-LETTER-ATTRIBUTES': (of) =>
    of.outcome.hops.some(({ record }) => record?.what === 'message attributes of the dead letter'),
  'SNS-DELIVERY-STATUS-RECORD': (of) =>
    of.outcome.hops.some(({ record }) => record?.what === 'delivery status record'),
  'SNS-OPT-IN-REGION-HAS-A-NAME': (of) =>
    asked(of).some(
      ({ ask: { request } }) =>
        request.caller.kind === 'service' && /^sns\..+\.amazonaws/.test(request.caller.host),
    ),
  'SNS-TOPIC-KEY-IS-REUSED': (of) =>
    asked(of).some(({ ask, cached }) => cached && ask.why === 'SNS-TOPIC-KEY-IS-THE-PUBLISHERS'),
  'SNS-TOPIC-KEY-NAMES-NO-RULE': (of) =>
    kmsAsked(of).some(
      ({ ask: { request } }) =>
        request.encryptionContext?.has('aws:sns:topicArn') === true &&
        request.caller.kind === 'service' &&
        !request.context.call.has('aws:sourcearn'),
    ),
  'EVENTS-ROLE-IS-THE-CALLER': (of) =>
    of.step.op === 'events:PutEvents' &&
    of.outcome.hops.some(({ outcome }) => outcome.call.caller.kind === 'session'),
  'KMS-CREATE-GRANT-KEYS': (of) =>
    kmsAsked(of).some(({ ask }) => ask.request.context.call.has('kms:grantoperations')),
  'KMS-GRANT-FOR-AWS-RESOURCE': (of) =>
    kmsAsked(of).some(({ ask }) => ask.request.context.call.has('kms:grantisforawsresource')),
  'KMS-REVOKE-GRANT': ({ before, outcome, step }) =>
    step.op === 'kms:RevokeGrant' && grantsOn(outcome.world, step.on) < grantsOn(before, step.on),
  'KMS-STATE-FOLLOWS-CALLS': ({ before, outcome, step }) =>
    outcome.world.estate.keys.get(step.on)?.state !== before.estate.keys.get(step.on)?.state,
  'KMS-PRIMARY-GOES-LAST': ({ before, outcome }) =>
    [...outcome.world.estate.keys.values(), ...before.estate.keys.values()].some(
      ({ state, deletionWindow }) => state === 'PendingReplicaDeletion' && deletionWindow !== undefined,
    ),
  'KMS-DELETED-KEY-IS-GONE': ({ before, outcome }) =>
    outcome.refusal?.by === 'not-found' &&
    outcome.refusal.at.startsWith('kms:') &&
    before.estate.keys.size === 0,
  'KMS-POLICY-IS-REPLACED': ({ before, outcome, step }) =>
    outcome.world.estate.keys.get(step.on)?.policy !== before.estate.keys.get(step.on)?.policy,
  'KMS-REPLICA-IS-A-NEW-KEY': (of) =>
    of.step.op === 'kms:ReplicateKey' && direct(of).some(({ ask }) => ask.request.action === 'kms:CreateKey'),
  'KMS-POLICY-SPREADS': ({ before, outcome, step }) =>
    step.op === 'kms:PutKeyPolicy' && outcome.world.state.due.length > before.state.due.length,
  'KMS-SEVERAL-DECISIONS': (of) => direct(of).length > 1,
  'KMS-OPERATION-CARRIES-KEYS': (of) =>
    direct(of).some(({ ask }) => !ask.request.context.call.has('kms:calleraccount')),
  'KMS-PARAMETER-KEYS': (of) =>
    PARAMETER_SLOTS.some((slot) => direct(of).some(({ ask }) => ask.request.context.call.has(slot))),
  'KMS-ENCRYPTION-CONTEXT-KEYS': (of) =>
    direct(of).some(({ ask }) => ask.request.context.call.has('kms:encryptioncontextkeys')),
  'KMS-REENCRYPT-ON-SAME-KEY': (of) =>
    direct(of).some(({ ask }) => ask.request.context.call.get('kms:reencryptonsamekey') === 'true'),
  'KMS-REQUEST-ALIAS': (of) =>
    kmsAsked(of).some(({ ask }) => ask.request.context.call.has('kms:requestalias')),
  'KMS-REQUEST-TAGS': (of) => direct(of).some(({ ask }) => ask.request.context.call.has('aws:tagkeys')),
  'KMS-TAGS-CHANGE': ({ before, outcome, step }) =>
    outcome.world.estate.keys.get(step.on)?.tags !== before.estate.keys.get(step.on)?.tags,
  'KMS-ALIASES-CHANGE': ({ before, outcome }) =>
    [...outcome.world.estate.keys].some(
      ([name, { aliases }]) => aliases.join() !== before.estate.keys.get(name)?.aliases.join(),
    ),
  'KMS-ALIAS-CHANGES-SPREAD': ({ before, outcome, step }) =>
    step.op.endsWith('Alias') && outcome.world.state.due.length > before.state.due.length,
  'KMS-CREATE-KEY': ({ before, outcome, step }) =>
    step.op === 'kms:CreateKey' &&
    (outcome.world.estate.keys.size > before.estate.keys.size || namedRules(outcome).has('KMS-CREATE-KEY')),
  'KMS-MULTI-REGION-KEYS': (of) =>
    direct(of).some(({ ask }) => ask.request.context.resource.has('kms:multiregionkeytype')),
  'KMS-REPLICA-SERVES-ITS-REGION': (of) =>
    through(of).some(({ ask }) => ask.request.context.resource.has('kms:multiregionkeytype')),
  'KMS-AWS-KEY-AT-FIRST-USE': (of) =>
    kmsAsked(of).some(
      ({ ask }) =>
        ask.policies.keyManager === 'aws' &&
        ![...of.before.estate.keys.values()].some(({ arn }) => arn.text === ask.request.resource.arn),
    ),
  'KMS-VIA-SERVICE': (of) => kmsAsked(of).some(({ ask }) => ask.request.context.call.has('kms:viaservice')),
  'KMS-AWS-MANAGED-KEY': (of) => kmsAsked(of).some(({ ask }) => ask.policies.keyManager === 'aws'),
  'KMS-AUTHORIZATION-BEFORE-STATE': ({ before, outcome: { refusal } }) =>
    refusal?.at.startsWith('kms:') === true &&
    refusal.asked !== undefined &&
    before.estate.keys.get(refusal.on)?.state !== 'Enabled',
  'KMS-OBFUSCATED-DENIAL': ({ outcome: { refusal } }) =>
    refusal?.error.code === 'KMS.AccessDeniedException' &&
    !refusal.error.message.includes(' on resource: arn:aws:kms:'),
  'CONTEXT-NETWORK': (of) =>
    asked(of).some(
      ({ ask: { request } }) =>
        request.context.network.has('aws:sourcevpce') && !request.context.network.has('aws:sourceip'),
    ),
  'VPCE-NOT-FOR-FORWARDED-CALLS': (of) =>
    of.outcome.call.path.endpoint !== undefined && through(of).length > 0,
};

/** Whether the rule shows in the step: named by what the step asked, checked or caused, or as `SHOWS` says. */
export function shows(rule: RuleId, replayed: Replayed): boolean {
  return SHOWS[rule]?.(replayed) ?? namedRules(replayed.outcome).has(rule);
}
