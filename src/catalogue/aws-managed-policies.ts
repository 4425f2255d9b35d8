/**
 * Policies that AWS writes, as JSON text.
 *
 * Sources: AWS Organizations User Guide, "Service control policies" and "Resource control policies"; KMS Developer
 * Guide, "Default key policy" (copy of 2026); Amazon VPC guide, "Control access to VPC endpoints"; the policy of
 * `alias/aws/sqs` from published copies.
 */
import { frozen } from './table.js';

function text(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

function version2012(...statements: readonly object[]): {
  readonly Version: string;
  readonly Statement: readonly object[];
} {
  return { Version: '2012-10-17', Statement: statements };
}

/** An AWS managed policy with the ARN under which it is attached. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly arn: string;
  /** JSON text. */
  readonly document: string;
}

/** The SCP that is attached to every root, organizational unit and account when it is created. */
export const FULL_AWS_ACCESS: AwsManagedPolicy = frozen({
  name: 'FullAWSAccess',
  arn: 'arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess',
  document: text(version2012({ Effect: 'Allow', Action: '*', Resource: '*' })),
});

/** The RCP that is attached everywhere and cannot be detached; the only RCP with an Allow. */
export const RCP_FULL_AWS_ACCESS: AwsManagedPolicy = frozen({
  name: 'RCPFullAWSAccess',
  arn: 'arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess',
  document: text(version2012({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })),
});

/** What a VPC endpoint has until its owner writes another policy: everything for everyone. */
export const DEFAULT_VPC_ENDPOINT_POLICY: string = text(
  version2012({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }),
);

/** Where a policy of AWS's stands. */
export interface PolicyHome {
  readonly partition: string;
  readonly account: string;
}

function accountPrincipal(home: PolicyHome): { readonly AWS: string } {
  return { AWS: `arn:${home.partition}:iam::${home.account}:root` };
}

/** The key policy of a key that was created without one: it lets the account's IAM policies grant everything. */
export function defaultKeyPolicy(home: PolicyHome): string {
  return text({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: accountPrincipal(home),
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/** Services with a key of their own, `alias/aws/SERVICE`, in each account and Region. */
export const AWS_MANAGED_KEY_SERVICES: readonly string[] = frozen([
  'acm',
  'backup',
  'codecommit',
  'connect',
  'dynamodb',
  'ebs',
  'elasticfilesystem',
  'es',
  'fsx',
  'glue',
  'kinesis',
  'kinesisvideo',
  'lambda',
  'rds',
  'redshift',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'workspaces',
  'xray',
]);

/**
 * The key policy of the AWS managed key `alias/aws/SERVICE`: every principal of the account may use the key through
 * the service in that Region, and nobody otherwise; nobody can change it. The text is published for `sqs`; the keys
 * of other services follow the same pattern.
 */
export function awsManagedKeyPolicy(service: string, home: PolicyHome & { readonly region: string }): string {
  const [title, users] =
    service === 'sqs' ? ['Simple Queue Service (SQS)', 'use SQS'] : [service, `use ${service}`];
  return text({
    Version: '2012-10-17',
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: `Allow access through ${title} for all principals in the account that are authorized to ${users}`,
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            // kms:ViaService ends in amazonaws.com in China too.
            'kms:ViaService': `${service}.${home.region}.amazonaws.com`,
            'kms:CallerAccount': home.account,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: accountPrincipal(home),
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  });
}

/** What the console lets key administrators do, by its statement `Allow access for Key Administrators`. */
export const KEY_ADMINISTRATOR_ACTIONS: readonly string[] = frozen([
  'kms:Create*',
  'kms:Describe*',
  'kms:Enable*',
  'kms:List*',
  'kms:Put*',
  'kms:Update*',
  'kms:Revoke*',
  'kms:Disable*',
  'kms:Get*',
  'kms:Delete*',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
  'kms:RotateKeyOnDemand',
]);

/** What the console lets key users do, by its statement `Allow use of the key`, for each kind of key. */
export const KEY_USER_ACTIONS = frozen({
  symmetric: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
  asymmetricEncryption: [
    'kms:Encrypt',
    'kms:Decrypt',
    'kms:ReEncrypt*',
    'kms:DescribeKey',
    'kms:GetPublicKey',
  ],
  signing: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign', 'kms:Verify'],
  hmac: ['kms:DescribeKey', 'kms:GenerateMac', 'kms:VerifyMac'],
  keyAgreement: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:DeriveSharedSecret'],
} as const);
