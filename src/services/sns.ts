import { isoInstant } from '../syntax/date.js';
import { policiesFor } from '../world/applicable-policies.js';
import { type Call, calledOn, nameOn } from '../world/call.js';
import { cachedForPublishing, rememberForPublishing, requesterOf } from '../world/data-keys.js';
import { resolveKey } from '../world/key-reference.js';
import { requestFor } from '../world/request-context.js';
import type { Subscription, Topic, World } from '../world/world.js';
import { type AwsError, requestId } from './aws-error.js';
import { denialSentence, kmsSuffix, passedOnSentence } from './denial.js';
import { missingKey, type PassesOn, useKey } from './kms-use.js';
import {
  type Ask,
  type Check,
  type ChildCall,
  type Plan,
  type PlanStep,
  type ServiceRecord,
  unchanged,
} from './plan.js';
import { serviceSend } from './service-send.js';
import { snsPrincipal } from './sns-principal.js';
import { acceptable, standardQueueOnly } from './source-checks.js';

/**
 * Publish: the publisher is authorized on the topic and, if the topic has a key, on that key; then SNS delivers to
 * each subscribed queue as itself. A delivery that is refused does not fail the Publish.
 * Page: SNS Developer Guide, Managing Amazon SNS encryption keys and costs.
 * Rules: SNS-PUBLISH-SUCCEEDS-DELIVERY-IS-LOST, SNS-TOPIC-KEY-IS-THE-PUBLISHERS, SNS-TOPIC-KEY-IS-REUSED
 */
export function planPublish(world: World, call: Call): Plan {
  const topic = calledOn(world.estate.topics, call);
  if (topic === undefined) return { call, steps: [noSuchTopic(call)], effect: unchanged };
  const deliveries = topic.subscriptions.map((subscription) => topicHop(world, topic, subscription));
  const { steps, effect } = useTopicKey(world, call, topic);
  return { call, steps: [askTopic(world, call, topic), ...steps, ...deliveries], effect };
}

/**
 * What SNS does with a message for one subscription: a refusal is final, and the message goes to the subscription's
 * dead-letter queue, if it has one and SNS may write there. Rules: SNS-PUBLISH-SUCCEEDS-DELIVERY-IS-LOST,
 * SNS-DEAD-LETTER-QUEUE-ADMITS-SNS, SNS-DELIVERY-STATUS-RECORD
 */
export function topicHop(world: World, topic: Topic, subscription: Subscription): ChildCall {
  const { queue, deadLetter, confirmed = true } = subscription;
  if (!confirmed) return pendingHop(world, topic, subscription);
  const base = attemptAt(world, topic, queue);
  return {
    ...base,
    checks: [...(base.checks ?? []), isConfirmed(subscription)],
    onRefused:
      deadLetter === undefined
        ? { what: 'drops' }
        : {
            what: 'deadLetters',
            hop: {
              ...attemptAt(world, topic, deadLetter),
              why: 'SNS-DEAD-LETTER-QUEUE-ADMITS-SNS',
              seenAs: ['metric NumberOfNotificationsFailedToRedriveToDlq of the topic'],
            },
          },
  };
}

/** Nothing is sent for a subscription that is not confirmed: no failure is counted and no dead letter written. Rule: SNS-SUBSCRIPTION-IS-CONFIRMED */
function pendingHop(world: World, topic: Topic, subscription: Subscription): ChildCall {
  const base = hopTo(world, topic, subscription.queue);
  const checks = [...(base.checks ?? []), isConfirmed(subscription)];
  return { ...base, checks, seenAs: ['attribute SubscriptionsPending of the topic'] };
}

function attemptAt(world: World, topic: Topic, queue: string): ChildCall {
  return {
    ...hopTo(world, topic, queue),
    record: (error, serial) => deliveryRecord(world, topic, queue, error, serial),
  };
}

function hopTo(world: World, topic: Topic, queue: string): ChildCall {
  return {
    do: 'call',
    call: deliveryOf(world, topic, queue),
    from: `topic ${topic.name}`,
    to: queue,
    checks: [mayDeliverTo(world, topic, queue)],
    onRefused: { what: 'drops' },
    why: 'SNS-PUBLISH-SUCCEEDS-DELIVERY-IS-LOST',
    seenAs: ['metric NumberOfNotificationsFailed of the topic', 'delivery status log, if enabled'],
  };
}

/** SNS writing to a queue on behalf of a topic. Rule: SQS-SERVICE-CALLS-KMS-ITSELF */
export function deliveryOf(world: World, topic: Topic, queue: string): Call {
  const { text, account, region } = topic.arn;
  const host = snsPrincipal(region, world.estate.queues.get(queue)?.arn.region);
  return serviceSend(host, { arn: text, account, region }, queue);
}

/** FIFO topics deliver to queues of both kinds, standard topics to standard queues. Rule: SOURCES-WITHOUT-FIFO-QUEUES */
function mayDeliverTo(world: World, topic: Topic, queue: string): Check {
  const check = standardQueueOnly(world, queue, () =>
    snsError(
      'InvalidParameter',
      400,
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
      'Subscribe',
    ),
  );
  return topic.arn.resource.endsWith('.fifo') ? { ...check, holds: true } : check;
}

/** Page: SNS Developer Guide, Sending messages to a queue in a different account. Rule: SNS-SUBSCRIPTION-IS-CONFIRMED */
function isConfirmed({ queue, confirmed = true }: Subscription): Check {
  return acceptable(confirmed, queue, 'SNS-SUBSCRIPTION-IS-CONFIRMED', () =>
    snsError('PendingConfirmation', 400, `the subscription of ${queue} is pending confirmation`, 'Subscribe'),
  );
}

/** The line that SNS writes to its log about a failed delivery. Rule: SNS-DELIVERY-STATUS-RECORD */
function deliveryRecord(
  world: World,
  topic: Topic,
  queue: string,
  error: AwsError,
  serial: number,
): ServiceRecord {
  const destination = world.estate.queues.get(queue)?.arn.text ?? queue;
  return {
    what: 'delivery status record',
    holds: {
      notification: {
        messageId: requestId(serial),
        topicArn: topic.arn.text,
        timestamp: isoInstant(world.now),
      },
      delivery: {
        deliveryId: requestId(serial + 1),
        destination,
        providerResponse: JSON.stringify({
          ErrorCode: error.code,
          ErrorMessage: error.message,
          sqsRequestId: 'Unrecoverable',
        }),
        attempts: 1,
        statusCode: error.http,
      },
      status: 'FAILURE',
    },
  };
}

function noSuchTopic(call: Call): PlanStep {
  return {
    do: 'check',
    holds: false,
    at: call.api,
    on: nameOn(call),
    by: 'not-found',
    why: 'SNS-PUBLISH-SUCCEEDS-DELIVERY-IS-LOST',
    refusedWith: () => snsError('NotFound', 404, 'Topic does not exist'),
  };
}

function askTopic(world: World, call: Call, topic: Topic): Ask {
  const resource = { arn: topic.arn.text, account: topic.arn.account };
  const owner =
    call.caller.kind === 'user' || call.caller.kind === 'session' ? call.caller.arn.account : undefined;
  return {
    do: 'ask',
    request: requestFor(
      world,
      call,
      'sns:Publish',
      { resource, tags: topic.tags, region: topic.arn.region },
      [['aws:SourceOwner', owner]],
    ),
    policies: policiesFor(world, call, { owner: topic.arn.account, policy: topic.policy, forwarded: false }),
    on: topic.name,
    why: 'EVAL-IDENTITY-OR-RESOURCE',
    refusedWith: (verdict) =>
      snsError(
        'AuthorizationError',
        403,
        denialSentence(call.caller, 'SNS:Publish', topic.arn.text, verdict),
      ),
  };
}

/** Rules: SNS-TOPIC-KEY-IS-THE-PUBLISHERS, SNS-TOPIC-KEY-IS-REUSED */
function useTopicKey(world: World, call: Call, topic: Topic): Pick<Plan, 'steps' | 'effect'> {
  if (topic.key === undefined) return { steps: [], effect: unchanged };
  const { partition, region, account } = topic.arn;
  const reference = resolveKey(world.estate, topic.key, { partition, region, account });
  const errors = passesOn(call);
  if (reference.key === undefined) {
    return { steps: [missingKey(call, 'kms:GenerateDataKey', reference, errors)], effect: unchanged };
  }
  const requester = requesterOf(call);
  const keyArn = reference.key.arn.text;
  const cached = cachedForPublishing(world, topic, keyArn, requester);
  const encryptionContext = new Map([['aws:sns:topicArn', topic.arn.text]]);
  const forward = { by: 'sns' as const, region, encryptionContext };
  const alias = reference.alias === undefined ? {} : { alias: reference.alias };
  const common = {
    world,
    call: asSeenByKey(call),
    forward,
    why: 'SNS-TOPIC-KEY-IS-THE-PUBLISHERS' as const,
    errors,
    ...(cached === undefined ? {} : { cached }),
  };
  const steps = [
    ...useKey({ ...common, action: 'kms:GenerateDataKey', forward: { ...forward, ...alias } }, reference.key),
    ...useKey({ ...common, action: 'kms:Decrypt' }, reference.key),
  ];
  if (cached !== undefined) return { steps, effect: unchanged };
  const dataKey = `data key of topic ${topic.name}`;
  return {
    steps,
    effect: (after) => ({
      ...after,
      state: rememberForPublishing(after.state, topic, requester, { dataKey, keyArn, obtained: after.now }),
    }),
  };
}

/**
 * EventBridge names no source when it uses the key of a topic: a condition on one refuses it.
 * Page: SNS Developer Guide, Managing Amazon SNS encryption keys and costs. Rule: SNS-TOPIC-KEY-NAMES-NO-RULE
 */
function asSeenByKey(call: Call): Call {
  if (call.caller.kind !== 'service' || call.caller.host !== 'events.amazonaws.com') return call;
  const { source: _, ...rest } = call;
  return rest;
}

const CODES: ReadonlyMap<string, string> = new Map([
  ['AccessDeniedException', 'KMSAccessDeniedException'],
  ['DisabledException', 'KMSDisabledException'],
  ['KMSInvalidStateException', 'KMSInvalidStateException'],
  ['NotFoundException', 'KMSNotFoundException'],
  ['ThrottlingException', 'KMSThrottlingException'],
]);

function passesOn(call: Call): PassesOn {
  const pass = (code: string, text: string, serial: number): AwsError =>
    snsError(
      CODES.get(code) ?? 'KMSInvalidStateException',
      400,
      `${text} ${kmsSuffix(code, requestId(serial))}`,
    );
  return {
    denial: (action, key, verdict, serial) =>
      pass('AccessDeniedException', passedOnSentence(call.caller, action, key, verdict), serial),
    other: pass,
  };
}

function snsError(code: string, http: number, message: string, operation = 'Publish'): AwsError {
  return { code, http, message, service: 'sns', operation };
}
