/**
 * KMS actions: what policies name, who can use them across accounts, and what can allow them.
 *
 * Sources: KMS Developer Guide, "AWS KMS permissions" (copy of 2026) for cross-account use, resources and kind of
 * policy; Service Authorization Reference, data of 2026-09-26, for condition keys; KMS API Reference (2026),
 * `CreateGrant`, for what can be granted.
 */
import { byName } from './table.js';

export interface KmsAction {
  /** As AWS spells it: `kms:Decrypt`. */
  readonly name: string;
  /**
   * `no`: a permission given to another account has no effect, whatever the policies say. `special`: only
   * `kms:ListRetirableGrants`, which is allowed in the caller's account and lists grants on keys of all accounts.
   */
  readonly crossAccount: 'yes' | 'no' | 'special' | 'notApplicable';
  /** What is authorized: the key's ARN, `*` (`any`), or an alias and one or more keys, each on its own. */
  readonly resource: 'key' | 'any' | 'aliasAndKey';
  /**
   * What can allow it. `keyPolicy`: the key policy, or IAM policies where the key policy delegates to the account;
   * `iam`: IAM policies only, a key policy has no effect; `aliasIamAndKeyPolicy`: IAM for the alias, as `keyPolicy`
   * for the key; `grantOnly`: the grant itself, IAM policies can only deny or delegate. A grant allows in addition
   * whatever is `grantable`.
   */
  readonly allowedBy: 'keyPolicy' | 'iam' | 'aliasIamAndKeyPolicy' | 'grantOnly';
  readonly grantable: boolean;
  /** Condition keys that only some actions carry; a name that ends in `:` or `/` stands for all keys of that prefix. */
  readonly conditionKeys: readonly string[];
  /** Reads a ciphertext: the key can come from it instead of from the request. */
  readonly ciphertext: boolean;
  /** The request can carry a grant token, which makes a fresh grant usable at once. */
  readonly grantTokens: boolean;
  /** The request can name the key by an alias; only then can it carry `kms:RequestAlias`. */
  readonly takesAlias: boolean;
  /** Called by AWS alone, through a service-linked role. */
  readonly internal?: true;
}

/** Carried by every action on a key, beside its own. `kms:ViaService` only when a service acts with the caller's identity. */
export const KMS_COMMON_CONDITION_KEYS: readonly string[] = Object.freeze([
  'kms:CallerAccount',
  'kms:ViaService',
  'aws:ResourceTag/',
  'kms:KeyOrigin',
  'kms:KeySpec',
  'kms:KeyUsage',
  'kms:CustomerMasterKeySpec',
  'kms:CustomerMasterKeyUsage',
  'kms:MultiRegion',
  'kms:MultiRegionKeyType',
  'kms:ResourceAliases',
]);

const CONTEXT = ['kms:EncryptionContext:', 'kms:EncryptionContextKeys'];
const ENCRYPTION = ['kms:EncryptionAlgorithm', ...CONTEXT];
const ALIAS = ['kms:RequestAlias'];
const ATTESTATION = ['kms:RecipientAttestation:'];
const SIGNATURE = ['kms:MessageType', 'kms:SigningAlgorithm', ...ALIAS];
const REENCRYPTION = [...ENCRYPTION, 'kms:ReEncryptOnSameKey', ...ALIAS];
const CREATE_GRANT = [
  ...CONTEXT,
  'kms:GrantConstraintSourceArn',
  'kms:GrantConstraintType',
  'kms:GrantIsForAWSResource',
  'kms:GrantOperations',
  'kms:GranteePrincipal',
  'kms:GranteeServicePrincipal',
  'kms:RetiringPrincipal',
  'kms:RetiringServicePrincipal',
];
const CREATE_KEY = [
  'aws:RequestTag/',
  'aws:ResourceTag/',
  'aws:TagKeys',
  'kms:BypassPolicyLockoutSafetyCheck',
  // The Service Authorization Reference lists the next two here; the guide gives them to key operations only.
  'kms:CallerAccount',
  'kms:ViaService',
  'kms:KeyOrigin',
  'kms:KeySpec',
  'kms:KeyUsage',
  // Older names of the two before, with the same values.
  'kms:CustomerMasterKeySpec',
  'kms:CustomerMasterKeyUsage',
  'kms:MultiRegion',
  'kms:MultiRegionKeyType',
];
/** Custom key stores: of the common keys the caller's account alone. */
const KEY_STORE = ['kms:CallerAccount'];

type Traits = Partial<Omit<KmsAction, 'name' | 'conditionKeys' | 'grantTokens' | 'takesAlias'>>;

function action(name: string, traits: Traits, conditionKeys: readonly string[] = []): KmsAction {
  const grantable = traits.grantable ?? false;
  return {
    name: `kms:${name}`,
    crossAccount: 'no',
    resource: 'key',
    allowedBy: 'keyPolicy',
    ciphertext: false,
    ...traits,
    grantable,
    conditionKeys: [...conditionKeys],
    // The operations that accept grant tokens are those that a grant can hold.
    grantTokens: grantable,
    takesAlias: conditionKeys.includes('kms:RequestAlias'),
  };
}

const OWN_ACCOUNT: Traits = {};
const SHARED: Traits = { crossAccount: 'yes' };
const SHARED_AND_GRANTABLE: Traits = { crossAccount: 'yes', grantable: true };
const NO_KEY: Traits = { resource: 'any', allowedBy: 'iam' };
const ALIAS_AND_KEY: Traits = { resource: 'aliasAndKey', allowedBy: 'aliasIamAndKeyPolicy' };

/** Every KMS action by its lower-cased name (`kms:decrypt`). `kms:ReEncrypt` is not an action. */
export const KMS_ACTIONS: ReadonlyMap<string, KmsAction> = byName([
  action('CancelKeyDeletion', OWN_ACCOUNT),
  action('ConnectCustomKeyStore', NO_KEY, KEY_STORE),
  action('CreateAlias', ALIAS_AND_KEY),
  action('CreateCustomKeyStore', NO_KEY, KEY_STORE),
  action('CreateGrant', SHARED_AND_GRANTABLE, CREATE_GRANT),
  action('CreateKey', NO_KEY, CREATE_KEY),
  action('Decrypt', { ...SHARED_AND_GRANTABLE, ciphertext: true }, [...ENCRYPTION, ...ATTESTATION, ...ALIAS]),
  action('DeleteAlias', ALIAS_AND_KEY),
  action('DeleteCustomKeyStore', NO_KEY, KEY_STORE),
  action('DeleteImportedKeyMaterial', OWN_ACCOUNT),
  action('DeriveSharedSecret', SHARED_AND_GRANTABLE, ['kms:KeyAgreementAlgorithm', ...ATTESTATION, ...ALIAS]),
  action('DescribeCustomKeyStores', NO_KEY, KEY_STORE),
  action('DescribeKey', SHARED_AND_GRANTABLE, ALIAS),
  action('DisableKey', OWN_ACCOUNT, ['kms:TrailingDaysWithoutKeyUsage']),
  action('DisableKeyRotation', OWN_ACCOUNT),
  action('DisconnectCustomKeyStore', NO_KEY, KEY_STORE),
  action('EnableKey', OWN_ACCOUNT),
  action('EnableKeyRotation', OWN_ACCOUNT, ['kms:RotationPeriodInDays']),
  action('Encrypt', SHARED_AND_GRANTABLE, [...ENCRYPTION, ...ALIAS]),
  action('GenerateDataKey', SHARED_AND_GRANTABLE, [...ENCRYPTION, ...ATTESTATION, ...ALIAS]),
  action('GenerateDataKeyPair', SHARED_AND_GRANTABLE, [
    'kms:DataKeyPairSpec',
    ...ENCRYPTION,
    ...ATTESTATION,
    ...ALIAS,
  ]),
  action('GenerateDataKeyPairWithoutPlaintext', SHARED_AND_GRANTABLE, [
    'kms:DataKeyPairSpec',
    ...ENCRYPTION,
    ...ALIAS,
  ]),
  action('GenerateDataKeyWithoutPlaintext', SHARED_AND_GRANTABLE, [...ENCRYPTION, ...ALIAS]),
  action('GenerateMac', SHARED_AND_GRANTABLE, ['kms:MacAlgorithm', ...ALIAS]),
  action('GenerateRandom', { ...NO_KEY, crossAccount: 'notApplicable' }, ATTESTATION),
  action('GetKeyLastUsage', OWN_ACCOUNT),
  action('GetKeyPolicy', OWN_ACCOUNT),
  action('GetKeyRotationStatus', SHARED),
  action('GetParametersForImport', OWN_ACCOUNT, ['kms:WrappingAlgorithm', 'kms:WrappingKeySpec']),
  action('GetPublicKey', SHARED_AND_GRANTABLE, ALIAS),
  action('ImportKeyMaterial', OWN_ACCOUNT, ['kms:ExpirationModel', 'kms:ValidTo']),
  action('ListAliases', NO_KEY),
  action('ListGrants', SHARED, ['kms:GrantIsForAWSResource']),
  action('ListKeyPolicies', OWN_ACCOUNT),
  action('ListKeyRotations', OWN_ACCOUNT),
  action('ListKeys', NO_KEY),
  action('ListResourceTags', OWN_ACCOUNT),
  action('ListRetirableGrants', { ...NO_KEY, crossAccount: 'special' }),
  action('PutKeyPolicy', OWN_ACCOUNT, ['kms:BypassPolicyLockoutSafetyCheck']),
  action('ReEncryptFrom', { ...SHARED_AND_GRANTABLE, ciphertext: true }, REENCRYPTION),
  action('ReEncryptTo', SHARED_AND_GRANTABLE, REENCRYPTION),
  action('ReplicateKey', OWN_ACCOUNT, ['kms:ReplicaRegion']),
  action('RetireGrant', { ...SHARED_AND_GRANTABLE, allowedBy: 'grantOnly' }, [
    ...CONTEXT,
    'kms:GrantConstraintType',
  ]),
  action('RevokeGrant', SHARED, ['kms:GrantIsForAWSResource']),
  action('RotateKeyOnDemand', OWN_ACCOUNT),
  action('ScheduleKeyDeletion', OWN_ACCOUNT, [
    'kms:ScheduleKeyDeletionPendingWindowInDays',
    'kms:TrailingDaysWithoutKeyUsage',
  ]),
  action('Sign', SHARED_AND_GRANTABLE, SIGNATURE),
  // Used by the service-linked role AWSServiceRoleForKeyManagementServiceMultiRegionKeys only.
  action('SynchronizeMultiRegionKey', { internal: true }),
  action('TagResource', OWN_ACCOUNT, ['aws:RequestTag/', 'aws:TagKeys']),
  action('UntagResource', OWN_ACCOUNT, ['aws:TagKeys']),
  action('UpdateAlias', ALIAS_AND_KEY),
  action('UpdateCustomKeyStore', NO_KEY, KEY_STORE),
  action('UpdateKeyDescription', OWN_ACCOUNT),
  action('UpdatePrimaryRegion', OWN_ACCOUNT, ['kms:PrimaryRegion']),
  action('Verify', SHARED_AND_GRANTABLE, SIGNATURE),
  action('VerifyMac', SHARED_AND_GRANTABLE, ['kms:MacAlgorithm', ...ALIAS]),
]);

/** The action of that name, whatever its letter case; `undefined` for a name that KMS does not have. */
export function kmsAction(name: string): KmsAction | undefined {
  return KMS_ACTIONS.get(name.toLowerCase());
}

/** What a grant can hold, as `CreateGrant` spells it: without the `kms:` prefix. */
export const GRANT_OPERATIONS: readonly string[] = Object.freeze(
  [...KMS_ACTIONS.values()].filter((row) => row.grantable).map((row) => row.name.slice('kms:'.length)),
);
