import { policiesFor } from '../world/applicable-policies.js';
import { type Call, calledOn, nameOn, operationOf, textParameter } from '../world/call.js';
import { requestFor } from '../world/request-context.js';
import type { Bucket, World } from '../world/world.js';
import type { AwsError } from './aws-error.js';
import { denialSentence } from './denial.js';
import { type Ask, type ChildCall, type Plan, type PlanStep, unchanged } from './plan.js';
import { serviceSend } from './service-send.js';
import { inTheRegion, standardQueueOnly } from './source-checks.js';

/** The calls on a bucket that are replayed. */
export function planS3(world: World, call: Call): Plan {
  return call.api === 's3:PutObject'
    ? planPutObject(world, call)
    : planNotificationConfiguration(world, call);
}

/** The IAM action behind PutBucketNotificationConfiguration. */
const CONFIGURES = 's3:PutBucketNotification';

/**
 * Configuring notifications: S3 asks for its own permission and then sends a test message to each destination; any
 * refusal fails the call with one headline.
 * Page: S3 User Guide, Granting permissions to publish event notification messages. Rule: S3-VALIDATES-DESTINATIONS
 */
export function planNotificationConfiguration(world: World, call: Call): Plan {
  const bucket = calledOn(world.estate.buckets, call);
  if (bucket === undefined) return { call, steps: [noSuchBucket(call, CONFIGURES)], effect: unchanged };
  const tests = bucket.notifications.map(
    ({ queue }): ChildCall => ({
      ...bucketHop(world, bucket, queue),
      onRefused: { what: 'fails' },
      why: 'S3-VALIDATES-DESTINATIONS',
      seenAs: ['the error of the configuration call'],
      failsWith: (cause) => notValidated(world, queue, cause),
    }),
  );
  const ask = askBucket(world, call, bucket, { action: CONFIGURES, arn: bucket.arn.text });
  return { call, steps: [ask, ...tests], effect: unchanged };
}

/**
 * Storing an object: the caller is authorized, and S3 notifies each queue later. A notification that S3 may not
 * deliver leaves no trace, and the upload has succeeded. Rule: S3-DELIVERY-IS-SILENT
 */
function planPutObject(world: World, call: Call): Plan {
  const bucket = calledOn(world.estate.buckets, call);
  if (bucket === undefined) return { call, steps: [noSuchBucket(call, call.api)], effect: unchanged };
  const arn = `${bucket.arn.text}/${textParameter(call, 'Key') ?? ''}`;
  const hops = bucket.notifications.map(({ queue }) => bucketHop(world, bucket, queue));
  return {
    call,
    steps: [askBucket(world, call, bucket, { action: 's3:PutObject', arn }), ...hops],
    effect: unchanged,
  };
}

/** What S3 does with a notification once it is configured. Rules: S3-DELIVERY-IS-SILENT, SOURCES-IN-THE-QUEUES-REGION */
export function bucketHop(world: World, bucket: Bucket, queue: string): ChildCall {
  const near = inTheRegion(world, bucket.region, queue, () => invalid(ELSEWHERE));
  return {
    do: 'call',
    call: notificationOf(bucket, queue),
    from: `bucket ${bucket.name}`,
    to: queue,
    checks: [near, standardQueueOnly(world, queue, () => invalid(FIFO))],
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

const FIFO = 'FIFO SQS queues are not supported';
const ELSEWHERE =
  'The notification destination service region is not valid for the bucket location constraint';

function invalid(message: string): AwsError {
  return {
    code: 'InvalidArgument',
    http: 400,
    message,
    service: 's3',
    operation: 'PutBucketNotificationConfiguration',
  };
}

/** One headline for every refusal; what it was stands beside it. Rule: S3-VALIDATES-DESTINATIONS */
function notValidated(world: World, queue: string, cause: AwsError): AwsError {
  return {
    ...invalid('Unable to validate the following destination configurations'),
    details: {
      ArgumentName1: world.estate.queues.get(queue)?.arn.text ?? queue,
      ArgumentValue1: reasonOf(cause),
    },
    cause,
  };
}

function reasonOf({ code, message }: AwsError): string {
  if (code === 'InvalidArgument') return message;
  if (code.endsWith('NonExistentQueue')) return 'The destination queue does not exist';
  return 'Permissions on the destination queue do not allow S3 to publish notifications from this bucket';
}

function noSuchBucket(call: Call, action: string): PlanStep {
  return {
    do: 'check',
    holds: false,
    at: action,
    on: nameOn(call),
    by: 'not-found',
    why: 'S3-VALIDATES-DESTINATIONS',
    refusedWith: () => ({
      code: 'NoSuchBucket',
      http: 404,
      message: 'The specified bucket does not exist',
      service: 's3',
      operation: operationOf(call),
    }),
  };
}

function askBucket(
  world: World,
  call: Call,
  bucket: Bucket,
  { action, arn }: { readonly action: string; readonly arn: string },
): Ask {
  const resource = { arn, account: bucket.account };
  return {
    do: 'ask',
    request: requestFor(world, call, action, { resource, region: bucket.region }),
    policies: policiesFor(world, call, { owner: bucket.account, policy: bucket.policy, forwarded: false }),
    on: bucket.name,
    why: 'EVAL-IDENTITY-OR-RESOURCE',
    refusedWith: (verdict) => ({
      code: 'AccessDenied',
      http: 403,
      message: denialSentence(call.caller, action, arn, verdict),
      service: 's3',
      operation: operationOf(call),
    }),
  };
}
