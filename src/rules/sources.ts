import type { Rule } from './rule.js';

const SNS_DLQ = 'SNS Developer Guide, Amazon SNS dead-letter queues';
const SNS_KEYS = 'SNS Developer Guide, Managing Amazon SNS encryption keys and costs';
const S3_GRANTS =
  'S3 User Guide, Granting permissions to publish event notification messages to a destination';
const EVENTS_DLQ = 'EventBridge User Guide, Using dead-letter queues to process undelivered events';

/** What feeds queues and drains them: who calls, what AWS checks beforehand, and what becomes of a message that is refused. */
export const SOURCE_RULES = {
  'SNS-PUBLISH-SUCCEEDS-DELIVERY-IS-LOST': {
    says: 'when SNS may not write to a queue, Publish still succeeds and the message is dropped unless the subscription has a dead-letter queue',
    page: SNS_DLQ,
    basis: 'documented',
    facts: ['sqs:S-3'],
  },
  'SNS-TOPIC-KEY-IS-THE-PUBLISHERS': {
    says: 'publishing to a topic with its own key needs kms:GenerateDataKey and kms:Decrypt on that key with the publisher’s identity',
    page: SNS_KEYS,
    basis: 'documented',
    facts: ['sqs:S-5'],
  },
  'SNS-TOPIC-KEY-IS-REUSED': {
    says: 'SNS reuses the data key of a topic and a publisher for five minutes: until then it does not ask KMS again',
    page: SNS_KEYS,
    basis: 'documented',
    facts: ['sqs:R-3'],
  },
  'SNS-TOPIC-KEY-NAMES-NO-RULE': {
    says: 'EventBridge names neither rule nor account when it uses the key of an encrypted topic, so no condition on aws:SourceArn, aws:SourceAccount or aws:SourceOrgID admits it there',
    page: SNS_KEYS,
    basis: 'documented',
    facts: ['sqs:S-5'],
  },
  'SNS-DEAD-LETTER-QUEUE-ADMITS-SNS': {
    says: 'the dead-letter queue of a subscription must admit SNS by its own policy and key; otherwise the message is lost there as well (NumberOfNotificationsFailedToRedriveToDlq)',
    page: SNS_DLQ,
    basis: 'documented',
    facts: ['sqs:8', 'sqs:S-1'],
  },
  'SNS-DELIVERY-STATUS-RECORD': {
    says: 'with delivery status logging, SNS writes one record of a failed delivery: status FAILURE, one attempt, and the answer of SQS as providerResponse',
    page: 'SNS Developer Guide, Amazon SNS message delivery status',
    basis: 'observed',
    facts: ['sqs:S-4'],
  },
  'SNS-SUBSCRIPTION-IS-CONFIRMED': {
    says: 'a subscription that somebody other than the owner of the queue made gets nothing until it is confirmed from a message in the queue',
    page: 'SNS Developer Guide, Sending Amazon SNS messages to an Amazon SQS queue in a different account',
    basis: 'documented',
    facts: ['sqs:S-6'],
  },
  'SNS-OPT-IN-REGION-HAS-A-NAME': {
    says: 'from a topic in an opt-in Region to a queue in another Region SNS calls as sns.REGION.amazonaws.com, with the Region of the topic',
    page: 'SNS Developer Guide, Cross-region deliveries',
    basis: 'documented',
    facts: ['sqs:8'],
  },
  'SOURCES-WITHOUT-FIFO-QUEUES': {
    says: 'S3 notifications, IoT rules, lifecycle hooks, standard SNS topics, failed invocations of Lambda and the dead-letter queues of EventBridge take no FIFO queue',
    page: 'S3 User Guide, Amazon S3 Event Notifications; SNS Developer Guide, Message delivery for FIFO topics; EventBridge User Guide, Using dead-letter queues; AWS IoT Developer Guide, SQS; CloudFormation Template Reference, AWS::Lambda::EventInvokeConfig DestinationConfig',
    basis: 'documented',
    facts: ['sqs:8', 'sqs:S-7'],
  },
  'SOURCES-IN-THE-QUEUES-REGION': {
    says: 'a bucket notifies, a rule of EventBridge sends to, and an event source mapping polls only queues of its own Region',
    page: 'S3 User Guide, Amazon S3 Event Notifications; EventBridge User Guide, Sending events to an AWS service in another account; Lambda Developer Guide, Using Lambda with Amazon SQS',
    basis: 'documented',
    facts: ['sqs:S-7', 'sqs:S-11'],
  },
  'S3-VALIDATES-DESTINATIONS': {
    says: 'PutBucketNotificationConfiguration sends a test message to each new destination; any refusal fails the call',
    page: S3_GRANTS,
    basis: 'observed',
    facts: ['sqs:S-7'],
  },
  'S3-DELIVERY-IS-SILENT': {
    says: 'a notification that S3 may not deliver later is lost without a sign',
    page: 'S3 User Guide, Amazon S3 Event Notifications',
    basis: 'assumed',
    facts: ['sqs:S-7'],
  },
  'EVENTS-RETRIES-THEN-DROPS': {
    says: 'EventBridge sends what it may not deliver to the target’s dead-letter queue, or drops it after retries of up to 24 hours (FailedInvocations)',
    page: EVENTS_DLQ,
    basis: 'documented',
    facts: ['sqs:S-9'],
  },
  'EVENTS-DELIVERS-ONCE-REPAIRED': {
    says: 'an event without a dead-letter queue arrives late when what refused it is repaired within the 24 hours of its retries',
    page: 'EventBridge User Guide, Event retry policy and using dead-letter queues',
    basis: 'assumed',
    facts: ['sqs:S-9'],
  },
  'EVENTS-DEAD-LETTER-QUEUE-ADMITS-EVENTBRIDGE': {
    says: 'EventBridge writes to the dead-letter queue of a target as itself: that queue needs a policy and a key statement of its own, or the event is lost',
    page: EVENTS_DLQ,
    basis: 'documented',
    facts: ['sqs:8', 'sqs:S-9'],
  },
  'EVENTS-DEAD-LETTER-ATTRIBUTES': {
    says: 'a dead letter of EventBridge says in its message attributes which rule failed at which target and why (ERROR_CODE NO_PERMISSIONS)',
    page: EVENTS_DLQ,
    basis: 'documented',
    facts: ['sqs:S-9'],
  },
  'EVENTS-ROLE-IS-THE-CALLER': {
    says: 'a rule target with a role is served as that role; without one as events.amazonaws.com',
    page: 'EventBridge User Guide, Using resource-based policies',
    basis: 'assumed',
    facts: ['sqs:S-9'],
  },
  'LAMBDA-POLLS-AS-ITS-ROLE': {
    says: 'an event source mapping receives, deletes and reads attributes with the function’s execution role; when refused, the function is just not invoked',
    page: 'Lambda Developer Guide, Using Lambda with Amazon SQS',
    basis: 'documented',
    facts: ['sqs:S-11', 'kms:KQ-7', 'iam:FAS-5', 'sqs:S-12'],
  },
  'LAMBDA-MAPPING-CHECKS-RECEIVE': {
    says: 'an event source mapping is created only if the execution role may receive from the queue; that it may not decrypt shows when Lambda polls',
    page: 'Lambda Developer Guide, Using Lambda with Amazon SQS',
    basis: 'observed',
    facts: ['sqs:S-11'],
  },
  'LAMBDA-FAILURES-AS-ITS-ROLE': {
    says: 'Lambda sends failed asynchronous invocations to the on-failure destination or dead-letter queue with the execution role, which needs sqs:SendMessage and the two KMS actions',
    page: 'Lambda Developer Guide, Retaining records of asynchronous invocations',
    basis: 'documented',
    facts: ['sqs:8', 'kms:KQ-7'],
  },
  'LAMBDA-CODE-NAMES-ITS-FUNCTION': {
    says: 'calls of a function’s code carry lambda:SourceFunctionArn, and what Lambda calls itself, such as polling, does not; that the KMS calls of SQS for that code carry it too is assumed',
    page: 'Lambda Developer Guide, Using source function ARN to control function access behavior',
    basis: 'assumed',
    facts: ['sqs:S-13'],
  },
  'SCHEDULER-SENDS-AS-ITS-ROLE': {
    says: 'EventBridge Scheduler sends to its target and to its dead-letter queue with the execution role of the schedule, at KMS too; queue and key policies for scheduler.amazonaws.com do not matter',
    page: 'EventBridge Scheduler User Guide, Setting up the execution role',
    basis: 'documented',
    facts: ['sqs:8', 'kms:KQ-7'],
  },
  'PIPES-ACT-AS-THEIR-ROLE': {
    says: 'a pipe receives, deletes and reads attributes on its source queue, and sends to its target queue, with its execution role; what it may not send on stays in the source',
    page: 'EventBridge User Guide, Permissions for Amazon EventBridge Pipes',
    basis: 'documented',
    facts: ['sqs:8', 'kms:KQ-7'],
  },
  'INTEGRATIONS-SEND-AS-THEIR-ROLE': {
    says: 'an API Gateway integration, a Step Functions task and an IoT rule action send with the role they were given, which needs sqs:SendMessage and the two KMS actions',
    page: 'the guides of API Gateway, Step Functions and AWS IoT on roles for Amazon SQS',
    basis: 'assumed',
    facts: ['sqs:8', 'kms:KQ-7'],
  },
  'HOOKS-SEND-AS-THEIR-ROLE': {
    says: 'an Auto Scaling lifecycle hook sends with the role of the hook',
    page: 'Amazon EC2 Auto Scaling User Guide, Prepare to add a lifecycle hook',
    basis: 'assumed',
    facts: ['sqs:8', 'kms:KQ-7'],
  },
  'SOURCES-CALL-AS-THEMSELVES': {
    says: 'CodeBuild, Connect Customer Profiles, Chime Voice Connector, Lambda and Auto Scaling call as their own service principal, with the ARN and the account of their resource',
    page: 'SQS Developer Guide, Key management',
    basis: 'assumed',
    facts: ['sqs:8'],
  },
} as const satisfies Record<string, Rule>;
