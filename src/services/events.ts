import { policiesFor } from '../world/applicable-policies.js';
import { type Call, calledOn, nameOn } from '../world/call.js';
import { requestFor } from '../world/request-context.js';
import type { EventRule, UndeliveredEvent, World } from '../world/world.js';
import { asRole } from './as-role.js';
import type { AwsError } from './aws-error.js';
import { denialSentence } from './denial.js';
import type { Ask, Check, ChildCall, OnRefused, Plan, ServiceRecord } from './plan.js';
import { unchanged } from './plan.js';
import { serviceSend } from './service-send.js';
import { inTheRegion, standardQueueOnly } from './source-checks.js';

type Target = EventRule['targets'][number];

/** How long EventBridge tries, unless the target says otherwise. */
const RETRY_PERIOD = 24 * 3_600_000;

/**
 * PutEvents with an event that the rule matches: the caller is authorized on the event bus, then the rule serves its
 * targets. Page: EventBridge User Guide, Permissions for event buses. Rules: EVAL-IDENTITY-OR-RESOURCE,
 * EVENTS-RETRIES-THEN-DROPS
 */
export function planPutEvents(world: World, call: Call): Plan {
  const rule = calledOn(world.estate.rules, call);
  if (rule === undefined) return { call, steps: [noSuchRule(call)], effect: unchanged };
  const deliveries = rule.targets.map((target) => eventHop(world, rule, target));
  return { call, steps: [askBus(world, call, rule), ...deliveries], effect: unchanged };
}

/**
 * EventBridge delivering to a rule's target: as the target's role where one is given, else as itself.
 * Page: EventBridge User Guide, Using resource-based policies. Rule: EVENTS-ROLE-IS-THE-CALLER
 */
export function eventDelivery(world: World, rule: EventRule, target: Target): Call {
  const role = target.role === undefined ? undefined : world.estate.principals.get(target.role);
  if (role === undefined) return asItself(rule, target.queue);
  return asRole(role, 'sqs:SendMessage', target.queue);
}

function asItself(rule: EventRule, queue: string): Call {
  const { text, account, region } = rule.arn;
  return serviceSend('events.amazonaws.com', { arn: text, account, region }, queue);
}

/**
 * What EventBridge does with an event that it may not deliver: with a dead-letter queue it goes there at once, without
 * one EventBridge tries again until the permission is there or its time is over. A target in another Region is none.
 * Rules: EVENTS-RETRIES-THEN-DROPS, EVENTS-DELIVERS-ONCE-REPAIRED, EVENTS-DEAD-LETTER-QUEUE-ADMITS-EVENTBRIDGE,
 * SOURCES-IN-THE-QUEUES-REGION
 */
export function eventHop(
  world: World,
  rule: EventRule,
  target: Target,
  until = world.now + RETRY_PERIOD,
): ChildCall {
  const { queue, deadLetter } = target;
  const near = inTheRulesRegion(world, rule, queue, 'a target of a rule');
  if (!near.holds)
    return { ...refusedByPutTargets(rule, eventDelivery(world, rule, target)), checks: [near] };
  const onRefused: OnRefused =
    deadLetter === undefined
      ? { what: 'retries', event: { rule: rule.name, queue, until } }
      : { what: 'deadLetters', hop: deadLetterHop(world, rule, deadLetter) };
  return {
    do: 'call',
    call: eventDelivery(world, rule, target),
    from: `rule ${rule.name}`,
    to: queue,
    onRefused,
    why: 'EVENTS-RETRIES-THEN-DROPS',
    seenAs: ['metric FailedInvocations of the rule'],
    ...(deadLetter === undefined
      ? {}
      : { record: (error: AwsError) => deadLetterAttributes(world, rule, queue, error) }),
  };
}

/** The next try with an event that was kept; `undefined` when its rule or target is gone. */
export function retryHop(
  world: World,
  { rule: name, queue, until }: UndeliveredEvent,
): ChildCall | undefined {
  const rule = world.estate.rules.get(name);
  const target = rule?.targets.find((each) => each.queue === queue);
  return rule === undefined || target === undefined ? undefined : eventHop(world, rule, target, until);
}

/** What cannot be configured is not tried either: PutTargets refuses it. */
function refusedByPutTargets({ name }: EventRule, call: Call): ChildCall {
  return {
    do: 'call',
    call,
    from: `rule ${name}`,
    to: call.on ?? '',
    onRefused: { what: 'drops' },
    why: 'SOURCES-IN-THE-QUEUES-REGION',
    seenAs: ['the error of PutTargets'],
  };
}

/** Always written as EventBridge itself, whatever the role of the target. Rule: EVENTS-DEAD-LETTER-QUEUE-ADMITS-EVENTBRIDGE */
function deadLetterHop(world: World, rule: EventRule, queue: string): ChildCall {
  return {
    do: 'call',
    call: asItself(rule, queue),
    from: `rule ${rule.name}`,
    to: queue,
    checks: [
      standardDeadLetters(world, queue),
      inTheRulesRegion(world, rule, queue, 'a dead-letter queue of EventBridge'),
    ],
    onRefused: { what: 'drops' },
    why: 'EVENTS-DEAD-LETTER-QUEUE-ADMITS-EVENTBRIDGE',
    seenAs: ['metric InvocationsFailedToBeSentToDlq of the rule'],
  };
}

function standardDeadLetters(world: World, queue: string): Check {
  return standardQueueOnly(world, queue, () =>
    eventsError(
      'ValidationException',
      400,
      'a dead-letter queue of EventBridge is a standard queue',
      'PutTargets',
    ),
  );
}

/** Rule: SOURCES-IN-THE-QUEUES-REGION */
function inTheRulesRegion(world: World, { arn: { region } }: EventRule, queue: string, what: string): Check {
  return inTheRegion(world, region, queue, () =>
    eventsError('ValidationException', 400, `${what} is in the Region of the rule`, 'PutTargets'),
  );
}

/** What EventBridge writes on a dead letter. Rule: EVENTS-DEAD-LETTER-ATTRIBUTES */
function deadLetterAttributes(world: World, rule: EventRule, queue: string, error: AwsError): ServiceRecord {
  return {
    what: 'message attributes of the dead letter',
    holds: {
      RULE_ARN: rule.arn.text,
      TARGET_ARN: world.estate.queues.get(queue)?.arn.text ?? queue,
      ERROR_CODE: errorCode(error),
      ERROR_MESSAGE: error.message,
      RETRY_ATTEMPTS: '0',
    },
  };
}

function errorCode({ code }: AwsError): string {
  if (code.endsWith('NonExistentQueue')) return 'NO_RESOURCE';
  return code.includes('AccessDenied') ? 'NO_PERMISSIONS' : 'ERROR_FROM_TARGET';
}

/** A custom bus stands in the ARN of the rule before its name. */
function busArn({ arn: { partition, region, account, resource } }: EventRule): string {
  const [, first = '', second] = resource.split('/');
  const bus = second === undefined ? 'default' : first;
  return `arn:${partition}:events:${region}:${account}:event-bus/${bus}`;
}

function askBus(world: World, call: Call, rule: EventRule): Ask {
  const { account, region } = rule.arn;
  const arn = busArn(rule);
  const resource = { arn, account };
  return {
    do: 'ask',
    request: requestFor(world, call, 'events:PutEvents', { resource, region }),
    policies: policiesFor(world, call, { owner: account, policy: rule.busPolicy, forwarded: false }),
    on: arn.slice(arn.lastIndexOf(':') + 1),
    why: 'EVAL-IDENTITY-OR-RESOURCE',
    refusedWith: (verdict) =>
      eventsError(
        'AccessDeniedException',
        400,
        denialSentence(call.caller, 'events:PutEvents', arn, verdict),
        'PutEvents',
      ),
  };
}

function noSuchRule(call: Call): Check {
  return {
    do: 'check',
    holds: false,
    at: call.api,
    on: nameOn(call),
    by: 'not-found',
    why: 'EVENTS-RETRIES-THEN-DROPS',
    refusedWith: () =>
      eventsError('ResourceNotFoundException', 400, 'Event bus does not exist.', 'PutEvents'),
  };
}

function eventsError(code: string, http: number, message: string, operation: string): AwsError {
  return { code, http, message, service: 'events', operation };
}
