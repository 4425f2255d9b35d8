/**
 * Key policies that AWS writes, as JSON text.
 *
 * Sources: KMS Developer Guide, "Default key policy" (copy of 2026); the policy of `alias/aws/sqs` from published copies.
 */
import { DEFAULT_KEY_SPEC } from './key-specs.js';
import { frozen } from './table.js';

function text(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

/** Where a policy of AWS's stands. */
export interface PolicyHome {
  readonly partition: string;
  readonly account: string;
}

function accountPrincipal(home: PolicyHome): { readonly AWS: string } {
  return { AWS: `arn:${home.partition}:iam::${home.account}:root` };
}

/** The statement that both the API and the console begin a default key policy with. */
function enableIam(home: PolicyHome): object {
  return {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: accountPrincipal(home),
    Action: 'kms:*',
    Resource: '*',
  };
}

/** The key policy of a key that was created without one: it lets the account's IAM policies grant everything. */
export function defaultKeyPolicy(home: PolicyHome): string {
  return text({ Version: '2012-10-17', Id: 'key-default-1', Statement: [enableIam(home)] });
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
const KEY_ADMINISTRATOR_ACTIONS: readonly string[] = frozen([
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
const KEY_USER_ACTIONS: Readonly<Record<string, readonly string[]>> = frozen({
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
});

/** Whom somebody chose in the console for a new key. */
export interface ConsoleChoices {
  /** ARNs. */
  readonly administrators: readonly string[];
  /** ARNs. */
  readonly users: readonly string[];
  /** Ids of other accounts. */
  readonly accounts: readonly string[];
}

/** What the console's policy hangs on in the key. */
export interface ConsoleKey {
  readonly spec: string;
  readonly usage: string;
  readonly origin: string;
  readonly multiRegionType?: string;
}

/** The key policy that the console writes: the account first, then who was chosen, by the kind of the key. */
export function consoleKeyPolicy(home: PolicyHome, key: ConsoleKey, chosen: ConsoleChoices): string {
  const everyKey = { Effect: 'Allow', Resource: '*' };
  const users = [
    ...chosen.users,
    ...chosen.accounts.map((account) => accountPrincipal({ ...home, account }).AWS),
  ];
  const kind = kindOf(key);
  const administration = {
    Sid: 'Allow access for Key Administrators',
    ...everyKey,
    Principal: { AWS: chosen.administrators },
    Action: [
      ...KEY_ADMINISTRATOR_ACTIONS,
      ...(key.origin === 'EXTERNAL' ? ['kms:ImportKeyMaterial'] : []),
      ...(key.multiRegionType === 'PRIMARY' ? ['kms:ReplicateKey'] : []),
    ],
  };
  const use = {
    Sid: 'Allow use of the key',
    ...everyKey,
    Principal: { AWS: users },
    Action: KEY_USER_ACTIONS[kind],
  };
  const attachment = {
    Sid: 'Allow attachment of persistent resources',
    ...everyKey,
    Principal: { AWS: users },
    Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
    Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  };
  return text({
    Version: '2012-10-17',
    Id: 'key-consolepolicy-3',
    Statement: [
      enableIam(home),
      ...(chosen.administrators.length === 0 ? [] : [administration]),
      ...(users.length === 0 ? [] : [use, ...(kind === 'symmetric' ? [attachment] : [])]),
    ],
  });
}

/** The row of `KEY_USER_ACTIONS` for a key. */
function kindOf({ spec, usage }: ConsoleKey): string {
  if (usage === 'SIGN_VERIFY') return 'signing';
  if (usage === 'GENERATE_VERIFY_MAC') return 'hmac';
  if (usage === 'KEY_AGREEMENT') return 'keyAgreement';
  return spec === DEFAULT_KEY_SPEC ? 'symmetric' : 'asymmetricEncryption';
}
