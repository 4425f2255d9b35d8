/**
 * Condition keys of KMS.
 *
 * Sources: KMS Developer Guide, "AWS KMS condition keys" (copy later than April 2026); Service Authorization
 * Reference, data of 2026-09-26. There is no `kms:PolicyName`.
 */
import { type ConditionKey, conditionKeyRow as row } from '../condition-key.js';
import { frozen } from '../table.js';

const MANY = { many: true } as const;

/** Properties of the key; of the key to be, in `CreateKey`. */
const KEY_PROPERTIES: readonly ConditionKey[] = [
  row('kms:CustomerMasterKeySpec', 'String', 'resource', { note: 'deprecated: `kms:KeySpec`' }),
  row('kms:CustomerMasterKeyUsage', 'String', 'resource', { note: 'deprecated: `kms:KeyUsage`' }),
  row('kms:KeyOrigin', 'String', 'resource'),
  row('kms:KeySpec', 'String', 'resource'),
  row('kms:KeyUsage', 'String', 'resource'),
  row('kms:MultiRegion', 'Bool', 'resource'),
  row('kms:MultiRegionKeyType', 'String', 'resource', { note: 'absent for single-Region keys' }),
  row('kms:ResourceAliases', 'String', 'resource', {
    ...MANY,
    policyTypes: ['identity', 'permissions-boundary', 'session', 'scp'],
    note: 'every `alias/…` of the key; absent if it has none; IAM policies only',
  }),
  row('kms:TrailingDaysWithoutKeyUsage', 'Numeric', 'resource', { note: 'DisableKey, ScheduleKeyDeletion' }),
];

const CALLER: readonly ConditionKey[] = [
  row('kms:CallerAccount', 'String', 'call', {
    note: 'in a forward access session the account of the first caller',
  }),
  row('kms:ViaService', 'String', 'call', {
    note: '`SERVICE.REGION.amazonaws.com`, in China too; only when a service uses the identity of its caller',
  }),
];

const PARAMETERS: readonly ConditionKey[] = [
  row('kms:BypassPolicyLockoutSafetyCheck', 'Bool', 'call', {
    note: 'CreateKey (IAM policies), PutKeyPolicy; absent if not sent',
  }),
  row('kms:DataKeyPairSpec', 'String', 'call'),
  row('kms:EncryptionAlgorithm', 'String', 'call', { note: '`SYMMETRIC_DEFAULT` if not sent' }),
  row('kms:EncryptionContext:', 'String', 'call', {
    note: 'one key for each pair; takes no set operator; the name of the pair without regard to letter case',
  }),
  row('kms:EncryptionContextKeys', 'String', 'call', { ...MANY, note: 'absent without encryption context' }),
  row('kms:ExpirationModel', 'String', 'call', { note: 'absent if not sent' }),
  row('kms:GrantConstraintSourceArn', 'ARN', 'call'),
  row('kms:GrantConstraintType', 'String', 'call'),
  row('kms:GrantIsForAWSResource', 'Bool', 'call'),
  row('kms:GrantOperations', 'String', 'call', MANY),
  row('kms:GranteePrincipal', 'String', 'call', { note: 'an ARN, compared by String operators' }),
  row('kms:GranteeServicePrincipal', 'String', 'call'),
  row('kms:KeyAgreementAlgorithm', 'String', 'call'),
  row('kms:MacAlgorithm', 'String', 'call'),
  row('kms:MessageType', 'String', 'call', { note: '`RAW` if not sent' }),
  row('kms:PrimaryRegion', 'String', 'call'),
  row('kms:ReEncryptOnSameKey', 'Bool', 'call'),
  row('kms:ReplicaRegion', 'String', 'call'),
  row('kms:RequestAlias', 'String', 'call', {
    note: '`alias/…` as typed, never an ARN; absent if the request names the key otherwise',
  }),
  row('kms:RetiringPrincipal', 'String', 'call', { note: 'absent if not sent' }),
  row('kms:RetiringServicePrincipal', 'String', 'call'),
  row('kms:RotationPeriodInDays', 'Numeric', 'call'),
  row('kms:ScheduleKeyDeletionPendingWindowInDays', 'Numeric', 'call', { note: '30 if not sent' }),
  row('kms:SigningAlgorithm', 'String', 'call'),
  // The Service Authorization Reference says Date; the guide's example compares seconds with a Numeric operator.
  row('kms:ValidTo', 'Date', 'call', { alsoType: 'Numeric', note: 'absent if not sent' }),
  row('kms:WrappingAlgorithm', 'String', 'call'),
  row('kms:WrappingKeySpec', 'String', 'call'),
  row('kms:RecipientAttestation:', 'String', 'call', {
    note: '`ImageSha384`, `PCR0` to `PCR31`, `NitroTPMPCR0` to `NitroTPMPCR23`, from the attestation document',
  }),
];

export const KMS_CONDITION_KEYS: readonly ConditionKey[] = frozen([
  ...KEY_PROPERTIES,
  ...CALLER,
  ...PARAMETERS,
]);
