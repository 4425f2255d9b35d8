/**
 * Which operations a key's state stands in the way of.
 *
 * Source: KMS Developer Guide, "Key states of AWS KMS keys" (copy later than April 2026). Where the page of June 2023
 * said otherwise, a comment says so; the newer value is used.
 */
import { CUSTOM_KEY_STORES } from './key-specs.js';
import { frozen } from './table.js';

/** `Creating`, `Updating`, `PendingReplicaDeletion`: multi-Region keys only; `PendingImport`: origin `EXTERNAL`; `Unavailable`: custom key stores. */
export const KEY_STATES = frozen([
  'Enabled',
  'Disabled',
  'PendingDeletion',
  'PendingReplicaDeletion',
  'PendingImport',
  'Unavailable',
  'Creating',
  'Updating',
] as const);
export type KeyState = (typeof KEY_STATES)[number];

export type KeyStateFootnote = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

/**
 * `ok`: the state is no obstacle; `fails`: by one of the footnotes; `depends`: fails if the condition of the footnote
 * holds; `notApplicable`: a key of that kind is never in that state.
 */
export interface KeyStateCell {
  readonly outcome: 'ok' | 'fails' | 'depends' | 'notApplicable';
  readonly footnotes: readonly KeyStateFootnote[];
}

export interface KeyStateError {
  readonly exception?: 'DisabledException' | 'KMSInvalidStateException' | 'UnsupportedOperationException';
  /** The message after the key's ARN. */
  readonly text?: string;
  /** The footnote applies to such a key only. */
  readonly when?: 'customKeyStore' | 'importedMaterial' | 'noImportedMaterial' | 'targetKeyPendingDeletion';
  readonly note?: string;
}

const PENDING_DELETION = 'is pending deletion (or pending replica deletion).';

/** The page's footnotes by number. */
export const KEY_STATE_FOOTNOTES: ReadonlyMap<KeyStateFootnote, KeyStateError> = new Map(
  frozen<[KeyStateFootnote, KeyStateError][]>([
    [1, { exception: 'DisabledException', text: 'is disabled.' }],
    [2, { exception: 'DisabledException', text: PENDING_DELETION }],
    [3, { exception: 'KMSInvalidStateException', text: PENDING_DELETION }],
    [
      4,
      {
        exception: 'KMSInvalidStateException',
        text: 'is not pending deletion (or pending replica deletion).',
      },
    ],
    [
      5,
      {
        exception: 'KMSInvalidStateException',
        text: 'is pending import because no key material has ever been imported or one of the imported key materials is deleted or expired.',
        note: 'in 2023 the text ended after `is pending import`',
      },
    ],
    [
      6,
      {
        exception: 'UnsupportedOperationException',
        text: 'origin is EXTERNAL which is not valid for this operation.',
      },
    ],
    [
      7,
      {
        exception: 'UnsupportedOperationException',
        when: 'customKeyStore',
        note: 'in 2023 for imported key material too',
      },
    ],
    [8, { exception: 'KMSInvalidStateException', text: PENDING_DELETION, when: 'importedMaterial' }],
    [9, { exception: 'UnsupportedOperationException', when: 'noImportedMaterial' }],
    [
      10,
      {
        exception: 'KMSInvalidStateException',
        text: 'is pending deletion.',
        when: 'targetKeyPendingDeletion',
      },
    ],
    [11, { exception: 'KMSInvalidStateException', text: 'is unavailable.' }],
    [12, { note: 'succeeds, but the state shows the change only when the key store is back' }],
    [13, { note: 'a key pending deletion stays so while its key store is unavailable' }],
    [14, { exception: 'KMSInvalidStateException', text: 'is creating.' }],
    [15, { exception: 'KMSInvalidStateException', text: 'is updating.' }],
  ]),
);

const OK: KeyStateCell = { outcome: 'ok', footnotes: [] };
const NOT_APPLICABLE: KeyStateCell = { outcome: 'notApplicable', footnotes: [] };

function okBut(...footnotes: KeyStateFootnote[]): KeyStateCell {
  return { outcome: 'ok', footnotes };
}
function fails(...footnotes: KeyStateFootnote[]): KeyStateCell {
  return { outcome: 'fails', footnotes };
}
function depends(...footnotes: KeyStateFootnote[]): KeyStateCell {
  return { outcome: 'depends', footnotes };
}

/** The page has one column for `PendingDeletion` and `PendingReplicaDeletion`. */
type Row = readonly [
  operations: string,
  enabled: KeyStateCell,
  disabled: KeyStateCell,
  pendingDeletion: KeyStateCell,
  pendingImport: KeyStateCell,
  unavailable: KeyStateCell,
  creating: KeyStateCell,
  updating: KeyStateCell,
];

const ROWS: readonly Row[] = [
  ['CancelKeyDeletion', fails(4), fails(4), OK, fails(4), fails(4, 13), fails(4), fails(4)],
  ['CreateAlias', OK, OK, fails(3), OK, OK, OK, OK],
  ['CreateGrant', OK, fails(1), fails(2, 3), fails(5), OK, fails(14), OK],
  [
    'Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncrypt',
    OK,
    fails(1),
    fails(2, 3),
    fails(5),
    fails(11),
    fails(14),
    OK,
  ],
  [
    'GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext',
    OK,
    fails(1),
    fails(2, 3),
    fails(5),
    fails(7), // 2023: footnote 11
    fails(14),
    OK,
  ],
  [
    'GenerateMac VerifyMac Sign Verify DeriveSharedSecret',
    OK,
    fails(1),
    fails(2, 3),
    fails(5), // 2023: not applicable
    NOT_APPLICABLE,
    fails(14),
    OK,
  ],
  ['DeleteAlias', OK, OK, OK, OK, OK, OK, OK],
  [
    'DeleteImportedKeyMaterial',
    okBut(9),
    okBut(9),
    okBut(9),
    OK, // without effect
    NOT_APPLICABLE,
    fails(14),
    fails(15),
  ],
  [
    'DescribeKey GetKeyPolicy ListAliases ListGrants ListKeyPolicies ListResourceTags PutKeyPolicy RetireGrant RevokeGrant',
    OK,
    OK,
    OK,
    OK,
    OK,
    OK,
    OK,
  ],
  // Younger than the page. It reads metadata, as DescribeKey does: assumed to work in every state.
  ['GetKeyLastUsage', OK, OK, OK, OK, OK, OK, OK],
  ['DisableKey EnableKey', OK, OK, fails(3), fails(5), okBut(12), fails(14), fails(15)],
  [
    'DisableKeyRotation EnableKeyRotation',
    depends(7),
    fails(1, 7),
    fails(3, 7),
    fails(6),
    fails(7),
    fails(14),
    depends(7),
  ],
  ['GetKeyRotationStatus', depends(7), depends(7), depends(7), fails(6), fails(7), depends(7), depends(7)],
  ['GetParametersForImport', depends(9), depends(9), fails(8, 9), OK, fails(9), fails(14), fails(15)],
  // 2023: fails by footnote 1 when disabled, and does not apply to pending import.
  ['GetPublicKey', OK, OK, fails(2, 3), OK, NOT_APPLICABLE, fails(14), OK],
  // 2023: footnotes 8 and 9 when pending deletion.
  ['ImportKeyMaterial', depends(9), depends(9), fails(9), OK, fails(9), fails(14), OK],
  ['ListKeyRotations', depends(7), depends(7), depends(7), OK, fails(7), depends(7), depends(7)],
  ['ReplicateKey', OK, fails(1), fails(2, 3), fails(5), NOT_APPLICABLE, fails(14), fails(15)],
  ['RotateKeyOnDemand', depends(7), fails(1, 7), fails(3, 7), fails(5), fails(7), fails(14), depends(7)],
  ['ScheduleKeyDeletion', OK, OK, fails(3), OK, OK, OK, fails(15)],
  ['TagResource UntagResource UpdateKeyDescription', OK, OK, fails(3), OK, OK, OK, OK],
  ['UpdateAlias', OK, OK, depends(10), OK, OK, OK, OK],
  ['UpdatePrimaryRegion', OK, fails(1), fails(2, 3), fails(5), NOT_APPLICABLE, fails(14), OK],
];

/** Operation (lower case) to state to cell. Operations without a key (`CreateKey`, `ListKeys`, `GenerateRandom`, …) are not in it. */
export const KEY_STATE_MATRIX: ReadonlyMap<string, ReadonlyMap<KeyState, KeyStateCell>> = new Map(
  ROWS.flatMap((row) => {
    const [operations, enabled, disabled, pendingDeletion, pendingImport, unavailable, creating, updating] =
      frozen(row);
    const cells: ReadonlyMap<KeyState, KeyStateCell> = new Map([
      ['Enabled', enabled],
      ['Disabled', disabled],
      ['PendingDeletion', pendingDeletion],
      ['PendingReplicaDeletion', pendingDeletion],
      ['PendingImport', pendingImport],
      ['Unavailable', unavailable],
      ['Creating', creating],
      ['Updating', updating],
    ]);
    return operations.split(' ').map((operation) => [operation.toLowerCase(), cells] as const);
  }),
);

/**
 * What the key's state does to an operation, named with or without `kms:`, whatever its letter case. The actions
 * `ReEncryptFrom` and `ReEncryptTo` answer as `ReEncrypt`. `undefined` for an operation without a key or an unknown one.
 */
export function keyStateCell(operation: string, state: KeyState): KeyStateCell | undefined {
  const lower = operation.toLowerCase();
  const name = lower.startsWith('kms:') ? lower.slice('kms:'.length) : lower;
  const row = name === 'reencryptfrom' || name === 'reencryptto' ? 'reencrypt' : name;
  return KEY_STATE_MATRIX.get(row)?.get(state);
}

/** What an operation is told of a key: its state, and where its material comes from. */
export interface StatefulKey {
  readonly state: KeyState;
  readonly origin: string;
}

/**
 * Why the key's state, or its origin, refuses an operation; `undefined` if it does not. A footnote for keys of one origin
 * comes before one for all; of two for all the later counts: for a key pending deletion the page lists two, and the
 * second is what people see.
 */
export function keyStateError(operation: string, key: StatefulKey): KeyStateError | undefined {
  const cell = keyStateCell(operation, key.state);
  if (cell === undefined || cell.outcome === 'notApplicable') return undefined;
  const errors = cell.footnotes.flatMap((footnote) => KEY_STATE_FOOTNOTES.get(footnote) ?? []);
  const special = errors.find(({ when }) => when !== undefined && holdsFor(when, key));
  if (special !== undefined || cell.outcome !== 'fails') return special;
  const plain = errors.filter(({ when, exception }) => when === undefined && exception !== undefined);
  return plain.at(-1) ?? errors.at(-1);
}

function holdsFor(when: NonNullable<KeyStateError['when']>, { origin }: StatefulKey): boolean {
  switch (when) {
    case 'customKeyStore':
      return CUSTOM_KEY_STORES.has(origin);
    case 'importedMaterial':
      return origin === 'EXTERNAL';
    case 'noImportedMaterial':
      return origin !== 'EXTERNAL';
    case 'targetKeyPendingDeletion':
      // Said of another key than the one that the operation is asked on.
      return false;
  }
}
