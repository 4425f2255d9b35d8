/**
 * The table of KMS's permissions as AWS's pages have it, written out by hand: KMS Developer Guide, AWS KMS permissions, and
 * the Service Authorization Reference for condition keys. A name that ends in `:` or `/` is a prefix.
 */
export interface PermissionRow {
  readonly action: string;
  readonly crossAccount: 'yes' | 'no' | 'n/a' | 'special';
  readonly resource: 'key' | '*' | 'alias and key';
  readonly allowedBy: 'key policy' | 'IAM' | 'alias' | 'retire';
  readonly grantable: 'yes' | 'no';
  readonly keys: readonly string[];
}

function row(
  action: string,
  crossAccount: PermissionRow['crossAccount'],
  resource: PermissionRow['resource'],
  allowedBy: PermissionRow['allowedBy'],
  grantable: PermissionRow['grantable'],
  keys = '',
): PermissionRow {
  return {
    action,
    crossAccount,
    resource,
    allowedBy,
    grantable,
    keys: keys.split(' ').filter((each) => each !== ''),
  };
}

/** Carried by every action on a key. */
export const COMMON_KEYS = [
  'kms:CallerAccount',
  'aws:ResourceTag/',
  'kms:KeyOrigin',
  'kms:KeySpec',
  'kms:KeyUsage',
  'kms:MultiRegion',
  'kms:MultiRegionKeyType',
  'kms:ResourceAliases',
];

export const PERMISSIONS: readonly PermissionRow[] = [
  row('CancelKeyDeletion', 'no', 'key', 'key policy', 'no'),
  row('ConnectCustomKeyStore', 'no', '*', 'IAM', 'no'),
  row('CreateAlias', 'no', 'alias and key', 'alias', 'no'),
  row('CreateCustomKeyStore', 'no', '*', 'IAM', 'no'),
  row(
    'CreateGrant',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:EncryptionContext: kms:EncryptionContextKeys kms:GrantConstraintSourceArn kms:GrantConstraintType kms:GrantIsForAWSResource kms:GrantOperations kms:GranteePrincipal kms:GranteeServicePrincipal kms:RetiringPrincipal kms:RetiringServicePrincipal',
  ),
  row(
    'CreateKey',
    'no',
    '*',
    'IAM',
    'no',
    'aws:RequestTag/ aws:ResourceTag/ aws:TagKeys kms:BypassPolicyLockoutSafetyCheck kms:KeyOrigin kms:KeySpec kms:KeyUsage kms:MultiRegion kms:MultiRegionKeyType',
  ),
  row(
    'Decrypt',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:EncryptionAlgorithm kms:EncryptionContext: kms:EncryptionContextKeys kms:RecipientAttestation: kms:RequestAlias',
  ),
  row('DeleteAlias', 'no', 'alias and key', 'alias', 'no'),
  row('DeleteCustomKeyStore', 'no', '*', 'IAM', 'no'),
  row('DeleteImportedKeyMaterial', 'no', 'key', 'key policy', 'no'),
  row(
    'DeriveSharedSecret',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:KeyAgreementAlgorithm kms:RecipientAttestation: kms:RequestAlias',
  ),
  row('DescribeCustomKeyStores', 'no', '*', 'IAM', 'no'),
  row('DescribeKey', 'yes', 'key', 'key policy', 'yes', 'kms:RequestAlias'),
  row('DisableKey', 'no', 'key', 'key policy', 'no', 'kms:TrailingDaysWithoutKeyUsage'),
  row('DisableKeyRotation', 'no', 'key', 'key policy', 'no'),
  row('DisconnectCustomKeyStore', 'no', '*', 'IAM', 'no'),
  row('EnableKey', 'no', 'key', 'key policy', 'no'),
  row('EnableKeyRotation', 'no', 'key', 'key policy', 'no', 'kms:RotationPeriodInDays'),
  row(
    'Encrypt',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:EncryptionAlgorithm kms:EncryptionContext: kms:EncryptionContextKeys kms:RequestAlias',
  ),
  row(
    'GenerateDataKey',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:EncryptionAlgorithm kms:EncryptionContext: kms:EncryptionContextKeys kms:RecipientAttestation: kms:RequestAlias',
  ),
  row(
    'GenerateDataKeyPair',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:DataKeyPairSpec kms:EncryptionAlgorithm kms:EncryptionContext: kms:EncryptionContextKeys kms:RecipientAttestation: kms:RequestAlias',
  ),
  row(
    'GenerateDataKeyPairWithoutPlaintext',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:DataKeyPairSpec kms:EncryptionAlgorithm kms:EncryptionContext: kms:EncryptionContextKeys kms:RequestAlias',
  ),
  row(
    'GenerateDataKeyWithoutPlaintext',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:EncryptionAlgorithm kms:EncryptionContext: kms:EncryptionContextKeys kms:RequestAlias',
  ),
  row('GenerateMac', 'yes', 'key', 'key policy', 'yes', 'kms:MacAlgorithm kms:RequestAlias'),
  row('GenerateRandom', 'n/a', '*', 'IAM', 'no', 'kms:RecipientAttestation:'),
  row('GetKeyLastUsage', 'no', 'key', 'key policy', 'no'),
  row('GetKeyPolicy', 'no', 'key', 'key policy', 'no'),
  row('GetKeyRotationStatus', 'yes', 'key', 'key policy', 'no'),
  row('GetParametersForImport', 'no', 'key', 'key policy', 'no', 'kms:WrappingAlgorithm kms:WrappingKeySpec'),
  row('GetPublicKey', 'yes', 'key', 'key policy', 'yes', 'kms:RequestAlias'),
  row('ImportKeyMaterial', 'no', 'key', 'key policy', 'no', 'kms:ExpirationModel kms:ValidTo'),
  row('ListAliases', 'no', '*', 'IAM', 'no'),
  row('ListGrants', 'yes', 'key', 'key policy', 'no', 'kms:GrantIsForAWSResource'),
  row('ListKeyPolicies', 'no', 'key', 'key policy', 'no'),
  row('ListKeyRotations', 'no', 'key', 'key policy', 'no'),
  row('ListKeys', 'no', '*', 'IAM', 'no'),
  row('ListResourceTags', 'no', 'key', 'key policy', 'no'),
  row('ListRetirableGrants', 'special', '*', 'IAM', 'no'),
  row('PutKeyPolicy', 'no', 'key', 'key policy', 'no', 'kms:BypassPolicyLockoutSafetyCheck'),
  row(
    'ReEncryptFrom',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:EncryptionAlgorithm kms:EncryptionContext: kms:EncryptionContextKeys kms:ReEncryptOnSameKey kms:RequestAlias',
  ),
  row(
    'ReEncryptTo',
    'yes',
    'key',
    'key policy',
    'yes',
    'kms:EncryptionAlgorithm kms:EncryptionContext: kms:EncryptionContextKeys kms:ReEncryptOnSameKey kms:RequestAlias',
  ),
  row('ReplicateKey', 'no', 'key', 'key policy', 'no', 'kms:ReplicaRegion'),
  row(
    'RetireGrant',
    'yes',
    'key',
    'retire',
    'yes',
    'kms:EncryptionContext: kms:EncryptionContextKeys kms:GrantConstraintType',
  ),
  row('RevokeGrant', 'yes', 'key', 'key policy', 'no', 'kms:GrantIsForAWSResource'),
  row('RotateKeyOnDemand', 'no', 'key', 'key policy', 'no'),
  row(
    'ScheduleKeyDeletion',
    'no',
    'key',
    'key policy',
    'no',
    'kms:ScheduleKeyDeletionPendingWindowInDays kms:TrailingDaysWithoutKeyUsage',
  ),
  row('Sign', 'yes', 'key', 'key policy', 'yes', 'kms:MessageType kms:RequestAlias kms:SigningAlgorithm'),
  row('TagResource', 'no', 'key', 'key policy', 'no', 'aws:RequestTag/ aws:TagKeys'),
  row('UntagResource', 'no', 'key', 'key policy', 'no', 'aws:TagKeys'),
  row('UpdateAlias', 'no', 'alias and key', 'alias', 'no'),
  row('UpdateCustomKeyStore', 'no', '*', 'IAM', 'no'),
  row('UpdateKeyDescription', 'no', 'key', 'key policy', 'no'),
  row('UpdatePrimaryRegion', 'no', 'key', 'key policy', 'no', 'kms:PrimaryRegion'),
  row('Verify', 'yes', 'key', 'key policy', 'yes', 'kms:MessageType kms:RequestAlias kms:SigningAlgorithm'),
  row('VerifyMac', 'yes', 'key', 'key policy', 'yes', 'kms:MacAlgorithm kms:RequestAlias'),
];
