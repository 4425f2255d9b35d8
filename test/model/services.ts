import type { Asked } from './statement.js';
import { splitArn } from './wildcard.js';

function words(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().split(/\s+/));
}

/** Services on whose resources RCPs act. SNS is not among them. */
export const RCP_SERVICES =
  words(`s3 sts kms sqs secretsmanager cognito cognito-idp cognito-identity logs dynamodb
  appconfig appstream autoscaling codebuild codecommit comprehend comprehendmedical dax ecr health kinesisvideo aoss signin
  support textract transcribe translate events kendra swf xray firehose cloudfront`);

/** SQS actions that a queue policy cannot give to another account. */
const SQS_UNSHARED =
  words(`AddPermission CancelMessageMoveTask CreateQueue DeleteQueue ListMessageMoveTasks ListQueues
  ListQueueTags RemovePermission SetQueueAttributes StartMessageMoveTask TagQueue UntagQueue`);

/** KMS actions that can be used across accounts; all others on a key cannot. */
const KMS_SHARED =
  words(`CreateGrant Decrypt DeriveSharedSecret DescribeKey Encrypt GenerateDataKey GenerateDataKeyPair
  GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac GetKeyRotationStatus GetPublicKey
  ListGrants ReEncryptFrom ReEncryptTo RetireGrant RevokeGrant Sign Verify VerifyMac`);

/** KMS actions that name no key. */
const KMS_KEYLESS = words(`ConnectCustomKeyStore CreateCustomKeyStore CreateKey DeleteCustomKeyStore
  DescribeCustomKeyStores DisconnectCustomKeyStore GenerateRandom ListAliases ListKeys ListRetirableGrants UpdateCustomKeyStore`);

/** Cross-account use is not applicable to them, or another question (section 6). */
const KMS_NOT_ABOUT_ACCOUNTS = words('GenerateRandom ListRetirableGrants');

const KMS_ON_ALIASES = words('CreateAlias DeleteAlias UpdateAlias');

/** The operations that a grant can hold. */
export const GRANTABLE =
  words(`Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair
  GenerateDataKeyPairWithoutPlaintext ReEncryptFrom ReEncryptTo Sign Verify GenerateMac VerifyMac DeriveSharedSecret
  GetPublicKey DescribeKey CreateGrant RetireGrant`);

/** The operations that send an encryption context. */
export const SENDS_ENCRYPTION_CONTEXT = words(`Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext
  GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext ReEncryptFrom ReEncryptTo`);

/** The action without its prefix, in lower case. */
export function operationOf(asked: Pick<Asked, 'action'>): string {
  return asked.action.slice(asked.action.indexOf(':') + 1).toLowerCase();
}

/** KMS actions on no key, the alias half of the alias actions, and sqs:ListQueues: resource policies have no effect. */
export function isDecidedByIamAlone(asked: Asked): boolean {
  const operation = operationOf(asked);
  if (asked.service === 'sqs') return operation === 'listqueues';
  const onAlias =
    KMS_ON_ALIASES.has(operation) && splitArn(asked.resource)?.[5]?.startsWith('alias/') === true;
  return (
    asked.service === 'kms' &&
    asked.facts['keyless-actions-iam-only'] &&
    (KMS_KEYLESS.has(operation) || onAlias)
  );
}

/** Actions that no permission can share with another account. */
export function isUnshared(asked: Asked): boolean {
  const operation = operationOf(asked);
  if (asked.service === 'sqs') return asked.facts['sqs-unshared-actions'] && SQS_UNSHARED.has(operation);
  if (asked.service !== 'kms' || KMS_NOT_ABOUT_ACCOUNTS.has(operation)) return false;
  return asked.facts['kms-unshared-actions'] && !KMS_SHARED.has(operation);
}

export function isRetireGrant(asked: Asked): boolean {
  return asked.service === 'kms' && operationOf(asked) === 'retiregrant';
}

/** The trust policy of a role: it has no Resource, and identity policies count only where it says so. */
export function isRoleTrust(asked: Asked): boolean {
  const arn = splitArn(asked.resource);
  return asked.service === 'sts' && arn?.[2] === 'iam' && arn[5]?.startsWith('role/') === true;
}
