/**
 * Who calls SQS, and KMS for the queue's key, when a service delivers to a queue or reads from one.
 *
 * Sources: SQS Developer Guide, "Key management" (June 2023 and copies of 2025/26); Amazon SNS, Amazon S3, Amazon
 * EventBridge and AWS Lambda guides, pages on permissions and dead-letter queues (2022 to 2025).
 */
import type { Basis } from '../rules/rule.js';
import { byName } from './table.js';

interface EventSourceRow {
  readonly name: string;
  readonly title: string;
  readonly basis: Basis;
}

/** The service calls as itself. The queue policy and the key policy must let its principal in. */
export interface ServiceEventSource extends EventSourceRow {
  readonly caller: 'service';
  /** `sns.amazonaws.com`. */
  readonly principal: string;
  /** `{partition}`, `{region}`, `{account}`, `{name}` stand for the source's own. */
  readonly sourceArn: string;
  /** Whose account `aws:SourceAccount` holds: never the queue's as such. */
  readonly sourceAccount: string;
  /** From an opt-in Region to another Region the principal is `SERVICE.REGION.amazonaws.com`. */
  readonly regionalPrincipal?: true;
}

/** The service calls with a role: an ordinary role session, and KMS is called in a forward access session of that role. */
export interface RoleEventSource extends EventSourceRow {
  readonly caller: 'role';
  /** Actions that the role needs on the queue, and on the queue's key. */
  readonly queueActions: readonly string[];
  readonly keyActions: readonly string[];
}

export type EventSource = ServiceEventSource | RoleEventSource;

const SENDS = { queueActions: ['sqs:SendMessage'], keyActions: ['kms:GenerateDataKey', 'kms:Decrypt'] };

function service(
  name: string,
  title: string,
  principal: string,
  sourceArn: string,
  sourceAccount: string,
  basis: Basis,
): ServiceEventSource {
  return { name, title, basis, caller: 'service', principal, sourceArn, sourceAccount };
}

function sendsAsRole(name: string, title: string, basis: Basis): RoleEventSource {
  return {
    name,
    title,
    basis,
    caller: 'role',
    queueActions: [...SENDS.queueActions],
    keyActions: [...SENDS.keyActions],
  };
}

const RULE_ARN = 'arn:{partition}:events:{region}:{account}:rule/{name}';

export const EVENT_SOURCES: ReadonlyMap<string, EventSource> = byName<EventSource>([
  {
    ...service(
      'sns',
      'SNS subscription, and its dead-letter queue',
      'sns.amazonaws.com',
      'arn:{partition}:sns:{region}:{account}:{name}',
      'owner of the topic',
      'documented',
    ),
    regionalPrincipal: true,
  },
  service(
    's3',
    'S3 event notification',
    's3.amazonaws.com',
    // Neither Region nor account: only aws:SourceAccount tells whose bucket it is.
    'arn:{partition}:s3:::{name}',
    'owner of the bucket',
    'documented',
  ),
  // The name is `BUS/RULE` for a rule of a bus other than the default one.
  service(
    'events',
    'EventBridge rule, and the dead-letter queue of its target',
    'events.amazonaws.com',
    RULE_ARN,
    'owner of the rule',
    'documented',
  ),
  // The guide says that the next five support aws:SourceArn on queue keys and does not spell out their principals.
  service(
    'codebuild',
    'CodeBuild',
    'codebuild.amazonaws.com',
    'arn:{partition}:codebuild:{region}:{account}:{name}',
    'owner of the resource',
    'assumed',
  ),
  service(
    'profile',
    'Connect Customer Profiles',
    'profile.amazonaws.com',
    'arn:{partition}:profile:{region}:{account}:{name}',
    'owner of the resource',
    'assumed',
  ),
  service(
    'chime',
    'Chime Voice Connector',
    'voiceconnector.chime.amazonaws.com',
    'arn:{partition}:chime:{region}:{account}:{name}',
    'owner of the resource',
    'assumed',
  ),
  service(
    'lambda',
    'Lambda',
    'lambda.amazonaws.com',
    'arn:{partition}:lambda:{region}:{account}:{name}',
    'owner of the resource',
    'assumed',
  ),
  service(
    'autoscaling',
    'Auto Scaling',
    'autoscaling.amazonaws.com',
    'arn:{partition}:autoscaling:{region}:{account}:{name}',
    'owner of the resource',
    'assumed',
  ),
  // Assumed where the guides name the role and its SendMessage, and the KMS half follows from how SQS encrypts.
  sendsAsRole('scheduler', 'EventBridge Scheduler', 'documented'),
  sendsAsRole('events-role', 'EventBridge target with a role', 'assumed'),
  sendsAsRole('pipes-target', 'EventBridge Pipes, queue as target', 'documented'),
  sendsAsRole('apigateway', 'API Gateway integration', 'assumed'),
  sendsAsRole('states', 'Step Functions task', 'assumed'),
  sendsAsRole('iot', 'IoT rule action', 'assumed'),
  sendsAsRole('lambda-destination', 'Lambda on-failure destination or dead-letter queue', 'documented'),
  sendsAsRole('autoscaling-hook', 'Auto Scaling lifecycle hook', 'assumed'),
  {
    name: 'lambda-event-source-mapping',
    title: 'Lambda event source mapping',
    basis: 'documented',
    caller: 'role',
    queueActions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    keyActions: ['kms:Decrypt'],
  },
  {
    name: 'pipes-source',
    title: 'EventBridge Pipes, queue as source',
    basis: 'documented',
    caller: 'role',
    queueActions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    keyActions: ['kms:Decrypt'],
  },
]);

const BY_PRINCIPAL: ReadonlyMap<string, ServiceEventSource> = new Map(
  [...EVENT_SOURCES.values()].flatMap((source) =>
    source.caller === 'service' ? [[source.principal, source] as const] : [],
  ),
);

/** The event source that calls as this service principal (`sns.amazonaws.com`); `undefined` for any other. */
export function eventSourceOf(principal: string): ServiceEventSource | undefined {
  return BY_PRINCIPAL.get(principal.toLowerCase());
}

/** No flow calls KMS as this principal: a key policy that trusts it alone helps no event source. */
export const NEVER_A_KMS_CALLER = 'sqs.amazonaws.com';
