/**
 * Who calls SQS, and KMS for the queue's key, when a service delivers to a queue or reads from one.
 *
 * Sources: SQS Developer Guide, "Key management" (June 2023 and copies of 2025/26); Amazon SNS, Amazon S3, Amazon
 * EventBridge and AWS Lambda guides, pages on permissions and dead-letter queues (2022 to 2025).
 */
import type { RuleId } from '../rules/registry.js';
import type { Basis } from '../rules/rule.js';
import { byName, frozen } from './table.js';

interface EventSourceRow {
  readonly name: string;
  readonly title: string;
  readonly basis: Basis;
  /** How it is replayed, for what a scenario may define as a source of its own type. */
  readonly sends?: HowItSends;
}

/** What a source does that has no rules but those of its row. */
export interface HowItSends {
  readonly why: RuleId;
  /** Of the source's ARN: the service and the resource, in which `{name}` stands for the name. */
  readonly service: string;
  readonly resource: string;
  /** `fails`: whoever set the source going is told; `drops`: nobody is. */
  readonly onRefused: 'fails' | 'drops';
  /** Where somebody could notice a refusal. */
  readonly seenAs: readonly string[];
  /** AWS takes no FIFO queue for a target, or for a dead-letter queue. */
  readonly standardTarget?: true;
  readonly standardDeadLetters?: true;
  /** It may have a dead-letter queue, to which it writes with the same role. */
  readonly deadLetters?: true;
  /** It may read from a queue as well. */
  readonly polls?: true;
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

/** The SQS guide says that these support `aws:SourceArn` on queue keys, and does not spell out their principals. */
function rare(
  name: string,
  title: string,
  principal: string,
  service: string,
  resource: string,
): ServiceEventSource {
  return {
    name,
    title,
    basis: 'assumed',
    caller: 'service',
    principal,
    sourceArn: `arn:{partition}:${service}:{region}:{account}:${resource}`,
    sourceAccount: 'owner of the resource',
    sends: { why: 'SOURCES-CALL-AS-THEMSELVES', service, resource, onRefused: 'drops', seenAs: [] },
  };
}

function sendsAsRole(name: string, title: string, basis: Basis, sends?: HowItSends): RoleEventSource {
  return {
    name,
    title,
    basis,
    caller: 'role',
    queueActions: [...SENDS.queueActions],
    keyActions: [...SENDS.keyActions],
    ...(sends === undefined ? {} : { sends }),
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
  rare('codebuild', 'CodeBuild', 'codebuild.amazonaws.com', 'codebuild', 'project/{name}'),
  rare(
    'customer-profiles',
    'Connect Customer Profiles',
    'profile.amazonaws.com',
    'profile',
    'domains/{name}',
  ),
  rare(
    'voice-connector',
    'Chime Voice Connector',
    'voiceconnector.chime.amazonaws.com',
    'chime',
    'vc/{name}',
  ),
  rare('lambda', 'Lambda', 'lambda.amazonaws.com', 'lambda', 'function:{name}'),
  rare(
    'auto-scaling',
    'Auto Scaling',
    'autoscaling.amazonaws.com',
    'autoscaling',
    'autoScalingGroup:0b1c2d3e:autoScalingGroupName/{name}',
  ),
  // Assumed where the guides name the role and its SendMessage, and the KMS half follows from how SQS encrypts.
  sendsAsRole('schedule', 'EventBridge Scheduler', 'documented', {
    why: 'SCHEDULER-SENDS-AS-ITS-ROLE',
    service: 'scheduler',
    resource: 'schedule/default/{name}',
    onRefused: 'drops',
    seenAs: ['metrics TargetErrorCount and InvocationDroppedCount of the schedule group'],
    deadLetters: true,
    standardDeadLetters: true,
  }),
  sendsAsRole('pipe', 'EventBridge Pipes', 'documented', {
    why: 'PIPES-ACT-AS-THEIR-ROLE',
    service: 'pipes',
    resource: 'pipe/{name}',
    onRefused: 'drops',
    seenAs: ['metric ExecutionFailed of the pipe'],
    polls: true,
  }),
  sendsAsRole('api', 'API Gateway', 'assumed', {
    why: 'INTEGRATIONS-SEND-AS-THEIR-ROLE',
    service: 'execute-api',
    resource: '{name}',
    onRefused: 'fails',
    seenAs: ['the integration response'],
  }),
  sendsAsRole('state-machine', 'Step Functions', 'assumed', {
    why: 'INTEGRATIONS-SEND-AS-THEIR-ROLE',
    service: 'states',
    resource: 'stateMachine:{name}',
    onRefused: 'fails',
    seenAs: ['the error of the task in the execution history'],
  }),
  sendsAsRole('iot-rule', 'AWS IoT', 'assumed', {
    why: 'INTEGRATIONS-SEND-AS-THEIR-ROLE',
    service: 'iot',
    resource: 'rule/{name}',
    onRefused: 'drops',
    seenAs: ['the error action of the rule', 'metric Failure of the rule'],
    standardTarget: true,
  }),
  sendsAsRole('lifecycle-hook', 'Auto Scaling lifecycle hook', 'assumed', {
    why: 'HOOKS-SEND-AS-THEIR-ROLE',
    service: 'autoscaling',
    resource: 'autoScalingGroup:0b1c2d3e:autoScalingGroupName/{name}',
    onRefused: 'drops',
    seenAs: ['the hook is abandoned: the activity history of the Auto Scaling group'],
    standardTarget: true,
  }),
  sendsAsRole('events-role', 'EventBridge target with a role', 'assumed'),
  sendsAsRole('lambda-destination', 'Lambda on-failure destination or dead-letter queue', 'documented'),
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

/** The types that a scenario may give to a source, by name, with how each sends. */
export const SOURCE_TYPES: ReadonlyMap<string, EventSource & { readonly sends: HowItSends }> = new Map(
  [...EVENT_SOURCES].flatMap(([name, source]) =>
    source.sends === undefined ? [] : [[name, frozen({ ...source, sends: source.sends })] as const],
  ),
);

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
