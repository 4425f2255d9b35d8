import { policiesFor } from '../world/applicable-policies.js';
import type { Call } from '../world/call.js';
import { requestFor } from '../world/request-context.js';
import type { Bucket, World } from '../world/world.js';
import { denialSentence } from './denial.js';
import { type Ask, type ChildCall, type Plan, type PlanStep, unchanged } from './plan.js';
import { serviceSend } from './service-send.js';

/** The IAM action behind PutBucketNotificationConfiguration. */
const ACTION = 's3:PutBucketNotification';

/**
 * Configuring notifications: S3 asks for its own permission and then sends a test message to each destination; any
 * refusal fails the call with one headline.
 * Page: S3 User Guide, Granting permissions to publish event notification messages. Rule: S3-VALIDATES-DESTINATIONS
 */
export function planNotificationConfiguration(world: World, call: Call): Plan {
  const bucket = call.on === undefined ? undefined : world.estate.buckets.get(call.on);
  if (bucket === undefined) return { call, steps: [noSuchBucket(call)], effect: unchanged };
  const tests = bucket.notifications.map(
    ({ queue }): ChildCall => ({
      do: 'call',
      call: notificationOf(bucket, queue),
      from: `bucket ${bucket.name}`,
      to: queue,
      onRefused: { what: 'fails' },
      why: 'S3-VALIDATES-DESTINATIONS',
      seenAs: ['the error of the configuration call'],
      failsWith: (cause) => ({
        code: 'InvalidArgument',
        http: 400,
        message: 'Unable to validate the following destination configurations',
        service: 's3',
        operation: 'PutBucketNotificationConfiguration',
        cause,
      }),
    }),
  );
  return { call, steps: [askBucket(world, call, bucket), ...tests], effect: unchanged };
}

/** What S3 does with a notification once it is configured. Rule: S3-DELIVERY-IS-SILENT */
export function bucketHop(bucket: Bucket, queue: string): ChildCall {
  return {
    do: 'call',
    call: notificationOf(bucket, queue),
    from: `bucket ${bucket.name}`,
    to: queue,
    onRefused: { what: 'drops' },
    why: 'S3-DELIVERY-IS-SILENT',
    seenAs: [],
  };
}

/** S3 writing to a queue on behalf of a bucket, whose ARN shows neither account nor Region. Rule: S3-DELIVERY-IS-SILENT */
export function notificationOf(bucket: Bucket, queue: string): Call {
  const { arn, account, region } = bucket;
  return serviceSend('s3.amazonaws.com', { arn: arn.text, account, region }, queue);
}

function noSuchBucket(call: Call): PlanStep {
  return {
    do: 'check',
    holds: false,
    at: ACTION,
    on: call.on ?? '',
    by: 'not-found',
    why: 'S3-VALIDATES-DESTINATIONS',
    refusedWith: () => ({
      code: 'NoSuchBucket',
      http: 404,
      message: 'The specified bucket does not exist',
      service: 's3',
      operation: 'PutBucketNotificationConfiguration',
    }),
  };
}

function askBucket(world: World, call: Call, bucket: Bucket): Ask {
  const resource = { arn: bucket.arn.text, account: bucket.account };
  return {
    do: 'ask',
    request: requestFor(world, call, ACTION, { resource, region: bucket.region }),
    policies: policiesFor(world, call, { owner: bucket.account, policy: bucket.policy, forwarded: false }),
    on: bucket.name,
    why: 'EVAL-IDENTITY-OR-RESOURCE',
    refusedWith: (verdict) => ({
      code: 'AccessDenied',
      http: 403,
      message: denialSentence(call.caller, ACTION, bucket.arn.text, verdict),
      service: 's3',
      operation: 'PutBucketNotificationConfiguration',
    }),
  };
}
