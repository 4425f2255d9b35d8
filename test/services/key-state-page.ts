/**
 * What each state of a key does to each operation, as the page has it (KMS Developer Guide, Key states of AWS KMS keys):
 * `OK`, `X` fails, `?` depends, `-` not applicable; numbers are the page's footnotes. Written from the page, not from src.
 */
export const PAGE_STATES = [
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingImport',
  'Unavailable',
  'Creating',
  'Updating',
] as const;

export const PAGE: readonly (readonly [operations: string, ...cells: string[]])[] = [
  ['CancelKeyDeletion', 'X[4]', 'X[4]', 'OK', 'X[4]', 'X[4],[13]', 'X[4]', 'X[4]'],
  ['CreateAlias', 'OK', 'OK', 'X[3]', 'OK', 'OK', 'OK', 'OK'],
  ['CreateGrant', 'OK', 'X[1]', 'X[2]/[3]', 'X[5]', 'OK', 'X[14]', 'OK'],
  [
    'Decrypt, Encrypt, GenerateDataKey, GenerateDataKeyWithoutPlaintext, ReEncrypt',
    'OK',
    'X[1]',
    'X[2]/[3]',
    'X[5]',
    'X[11]',
    'X[14]',
    'OK',
  ],
  [
    'GenerateDataKeyPair, GenerateDataKeyPairWithoutPlaintext',
    'OK',
    'X[1]',
    'X[2]/[3]',
    'X[5]',
    'X[7]',
    'X[14]',
    'OK',
  ],
  [
    'GenerateMac, VerifyMac, Sign, Verify, DeriveSharedSecret',
    'OK',
    'X[1]',
    'X[2]/[3]',
    'X[5]',
    '-',
    'X[14]',
    'OK',
  ],
  ['DeleteAlias', 'OK', 'OK', 'OK', 'OK', 'OK', 'OK', 'OK'],
  ['DeleteImportedKeyMaterial', 'OK[9]', 'OK[9]', 'OK[9]', 'OK', '-', 'X[14]', 'X[15]'],
  [
    'DescribeKey, GetKeyPolicy, ListAliases, ListGrants, ListKeyPolicies, ListResourceTags, PutKeyPolicy, RetireGrant, RevokeGrant',
    'OK',
    'OK',
    'OK',
    'OK',
    'OK',
    'OK',
    'OK',
  ],
  ['DisableKey, EnableKey', 'OK', 'OK', 'X[3]', 'X[5]', 'OK[12]', 'X[14]', 'X[15]'],
  ['DisableKeyRotation, EnableKeyRotation', '?[7]', 'X[1]/[7]', 'X[3]/[7]', 'X[6]', 'X[7]', 'X[14]', '?[7]'],
  ['GetKeyRotationStatus', '?[7]', '?[7]', '?[7]', 'X[6]', 'X[7]', '?[7]', '?[7]'],
  ['GetParametersForImport', '?[9]', '?[9]', 'X[8]/[9]', 'OK', 'X[9]', 'X[14]', 'X[15]'],
  ['GetPublicKey', 'OK', 'OK', 'X[2]/[3]', 'OK', '-', 'X[14]', 'OK'],
  ['ImportKeyMaterial', '?[9]', '?[9]', 'X[9]', 'OK', 'X[9]', 'X[14]', 'OK'],
  ['ListKeyRotations', '?[7]', '?[7]', '?[7]', 'OK', 'X[7]', '?[7]', '?[7]'],
  ['ReplicateKey', 'OK', 'X[1]', 'X[2]/[3]', 'X[5]', '-', 'X[14]', 'X[15]'],
  ['RotateKeyOnDemand', '?[7]', 'X[1]/[7]', 'X[3]/[7]', 'X[5]', 'X[7]', 'X[14]', '?[7]'],
  ['ScheduleKeyDeletion', 'OK', 'OK', 'X[3]', 'OK', 'OK', 'OK', 'X[15]'],
  ['TagResource, UntagResource, UpdateKeyDescription', 'OK', 'OK', 'X[3]', 'OK', 'OK', 'OK', 'OK'],
  ['UpdateAlias', 'OK', 'OK', '?[10]', 'OK', 'OK', 'OK', 'OK'],
  ['UpdatePrimaryRegion', 'OK', 'X[1]', 'X[2]/[3]', 'X[5]', '-', 'X[14]', 'OK'],
];

type Told = readonly [code: string, text: string];
const PENDING = 'is pending deletion (or pending replica deletion).';

/** What the caller is told by each footnote; of those without a text on the page, the exception. */
export const FOOTNOTES: Readonly<Record<number, Told | undefined>> = {
  1: ['DisabledException', 'is disabled.'],
  2: ['DisabledException', PENDING],
  3: ['KMSInvalidStateException', PENDING],
  4: ['KMSInvalidStateException', 'is not pending deletion (or pending replica deletion).'],
  5: [
    'KMSInvalidStateException',
    'is pending import because no key material has ever been imported or one of the imported key materials is deleted or expired.',
  ],
  6: ['UnsupportedOperationException', 'origin is EXTERNAL which is not valid for this operation.'],
  7: ['UnsupportedOperationException', ''],
  8: ['KMSInvalidStateException', ''],
  9: ['UnsupportedOperationException', ''],
  11: ['KMSInvalidStateException', 'is unavailable.'],
  14: ['KMSInvalidStateException', 'is creating.'],
  15: ['KMSInvalidStateException', 'is updating.'],
};
