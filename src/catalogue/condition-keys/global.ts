/**
 * Global condition keys (`aws:…`).
 *
 * Sources: IAM User Guide, "AWS global condition context keys" (copy later than November 2025), "Policy elements:
 * variables and tags"; `aws:SourceOwner`: Amazon SNS Developer Guide, default topic policy.
 */
import { type ConditionKey, conditionKeyRow as row } from '../condition-key.js';
import { frozen } from '../table.js';

const MANY = { many: true } as const;
const SENSITIVE = { sensitive: true } as const;

const PRINCIPAL_KEYS: readonly ConditionKey[] = [
  row('aws:PrincipalArn', 'ARN', 'principal', {
    note: 'for a session the ARN of its role, never of the session',
  }),
  row('aws:PrincipalAccount', 'String', 'principal', SENSITIVE),
  row('aws:PrincipalOrgID', 'String', 'principal', { ...SENSITIVE, note: 'absent for AWS services' }),
  row('aws:PrincipalOrgPaths', 'String', 'principal', { ...MANY, note: 'each path ends with `/`' }),
  row('aws:PrincipalTag/', 'String', 'principal'),
  row('aws:PrincipalType', 'String', 'principal'),
  row('aws:userid', 'String', 'principal'),
  row('aws:username', 'String', 'principal', { note: 'IAM users only' }),
  row('aws:PrincipalIsAWSService', 'Bool', 'principal', {
    note: 'false for service roles, service-linked roles and forward access sessions',
  }),
  row('aws:PrincipalServiceName', 'String', 'principal', { note: 'direct calls by AWS services only' }),
  row('aws:PrincipalServiceNamesList', 'String', 'principal', {
    ...MANY,
    note: 'direct calls by AWS services only',
  }),
  row('aws:TokenIssueTime', 'Date', 'principal', { note: 'temporary credentials only' }),
  row('aws:MultiFactorAuthPresent', 'Bool', 'principal', {
    note: 'absent for long-term credentials and federated identities',
  }),
  row('aws:MultiFactorAuthAge', 'Numeric', 'principal', {
    note: 'only if multi-factor authentication was used',
  }),
  row('aws:FederatedProvider', 'String', 'principal', { note: 'sessions federated by OpenID Connect only' }),
  row('aws:SourceIdentity', 'String', 'principal', { note: 'only if set when the role was assumed' }),
  row('aws:AssumedRoot', 'Bool', 'principal', { note: 'AssumeRoot sessions only' }),
  row('aws:SignInSessionArn', 'ARN', 'principal', { note: 'OAuth sign-in sessions only' }),
  row('aws:ChatbotSourceArn', 'ARN', 'principal', { note: 'chat sessions only' }),
  row('aws:Ec2InstanceSourceVpc', 'String', 'principal', { note: 'EC2 instance-role credentials only' }),
  row('aws:Ec2InstanceSourcePrivateIPv4', 'IP', 'principal', { note: 'EC2 instance-role credentials only' }),
];

const NETWORK_KEYS: readonly ConditionKey[] = [
  row('aws:SourceIp', 'IP', 'network', { note: 'absent through a VPC endpoint and for AWS services' }),
  row('aws:VpcSourceIp', 'IP', 'network', { note: 'through a VPC endpoint only' }),
  row('aws:SourceVpc', 'String', 'network', { ...SENSITIVE, note: 'through a VPC endpoint only' }),
  row('aws:SourceVpce', 'String', 'network', { ...SENSITIVE, note: 'through a VPC endpoint only' }),
  row('aws:SourceVpcArn', 'ARN', 'network', {
    note: 'through a VPC endpoint, and only with some services: KMS, not SQS, SNS, EventBridge',
  }),
  row('aws:VpceAccount', 'String', 'network', {
    ...SENSITIVE,
    note: 'through a VPC endpoint, and only with some services: KMS, not SQS, SNS, EventBridge',
  }),
  row('aws:VpceOrgID', 'String', 'network', {
    ...SENSITIVE,
    note: 'through a VPC endpoint, and only with some services: KMS and SQS, not SNS, EventBridge',
  }),
  row('aws:VpceOrgPaths', 'String', 'network', {
    ...MANY,
    note: 'through a VPC endpoint, and only with some services: KMS, not SQS, SNS, EventBridge',
  }),
  row('aws:SecureTransport', 'Bool', 'network'),
];

const RESOURCE_KEYS: readonly ConditionKey[] = [
  row('aws:ResourceAccount', 'String', 'resource', SENSITIVE),
  row('aws:ResourceOrgID', 'String', 'resource', SENSITIVE),
  row('aws:ResourceOrgPaths', 'String', 'resource', { ...MANY, note: 'each path ends with `/`' }),
  row('aws:ResourceTag/', 'String', 'resource', {
    note: 'KMS keys (not aliases), queues and topics have it',
  }),
];

const CALL_KEYS: readonly ConditionKey[] = [
  row('aws:SourceArn', 'ARN', 'call', { note: 'direct calls by AWS services only' }),
  row('aws:SourceAccount', 'String', 'call', { ...SENSITIVE, note: 'direct calls by AWS services only' }),
  row('aws:SourceOrgID', 'String', 'call', { ...SENSITIVE, note: 'direct calls by AWS services only' }),
  row('aws:SourceOrgPaths', 'String', 'call', { ...MANY, note: 'direct calls by AWS services only' }),
  row('aws:SourceOwner', 'String', 'call', {
    note: 'an older key of SNS and a few services; for SNS calls the account of the caller',
  }),
  row('aws:RequestTag/', 'String', 'call', { note: 'only if the request carries tags' }),
  row('aws:TagKeys', 'String', 'call', { ...MANY, note: 'only if the request carries tags or tag keys' }),
  row('aws:ViaAWSService', 'Bool', 'call', { note: 'true only in forward access sessions' }),
  row('aws:CalledVia', 'String', 'call', { ...MANY, note: 'forward access sessions only' }),
  row('aws:CalledViaFirst', 'String', 'call', { note: 'forward access sessions only' }),
  row('aws:CalledViaLast', 'String', 'call', { note: 'forward access sessions only' }),
  row('aws:ViaAWSMCPService', 'Bool', 'call', { note: 'calls of MCP servers only' }),
  row('aws:CalledViaAWSMCP', 'String', 'call', { note: 'calls of MCP servers only' }),
  row('aws:IsMcpServiceAction', 'Bool', 'call', { note: 'calls of MCP servers only' }),
  row('aws:CurrentTime', 'Date', 'call'),
  row('aws:EpochTime', 'Date', 'call', { alsoType: 'Numeric' }),
  row('aws:RequestedRegion', 'String', 'call', { note: 'the Region of the endpoint that was called' }),
  row('aws:UserAgent', 'String', 'call'),
  row('aws:Referer', 'String', 'call', { note: 'links in browsers only' }),
];

export const GLOBAL_CONDITION_KEYS: readonly ConditionKey[] = frozen([
  ...PRINCIPAL_KEYS,
  ...NETWORK_KEYS,
  ...RESOURCE_KEYS,
  ...CALL_KEYS,
]);
