import { describe, expect, it } from 'vitest';
import { KEY_SPECS, KEY_USAGES, keyOffers } from '../../src/catalogue/key-specs.js';
import {
  KEY_STATE_FOOTNOTES,
  KEY_STATE_MATRIX,
  KEY_STATES,
  type KeyState,
  keyStateCell,
} from '../../src/catalogue/key-states.js';
import { KMS_ACTIONS } from '../../src/catalogue/kms-actions.js';
import { KMS_OPERATIONS } from '../../src/catalogue/kms-operations.js';

describe('the matrix of key states', () => {
  it('has a cell for every operation on a key in every state', () => {
    for (const operation of KMS_OPERATIONS.values()) {
      if (
        operation.permissions.every(
          (permission) => permission.on === 'none' || permission.on === 'createdKey',
        )
      )
        continue;
      for (const state of KEY_STATES) {
        expect(keyStateCell(operation.name, state), `${operation.name} ${state}`).toBeDefined();
      }
    }
    for (const cells of KEY_STATE_MATRIX.values()) expect([...cells.keys()]).toEqual([...KEY_STATES]);
  });

  it('names operations that KMS has', () => {
    for (const name of KEY_STATE_MATRIX.keys()) expect(KMS_OPERATIONS.has(name), name).toBe(true);
  });

  it('leaves out operations without a key', () => {
    for (const name of ['CreateKey', 'ListKeys', 'GenerateRandom']) {
      expect(keyStateCell(name, 'Enabled')).toBeUndefined();
    }
  });

  it('gives a reason for every failure, and every footnote is used', () => {
    const used = new Set<number>();
    for (const cells of KEY_STATE_MATRIX.values()) {
      for (const cell of cells.values()) {
        if (cell.outcome === 'fails' || cell.outcome === 'depends')
          expect(cell.footnotes).not.toHaveLength(0);
        for (const footnote of cell.footnotes) used.add(footnote);
      }
    }
    expect([...used].sort((a, b) => a - b)).toEqual([...KEY_STATE_FOOTNOTES.keys()]);
    expect(KEY_STATE_FOOTNOTES.size).toBe(15);
  });

  it.each<[string, KeyState, string]>([
    ['Decrypt', 'Enabled', 'ok'],
    ['Decrypt', 'Disabled', 'fails 1'],
    ['Decrypt', 'PendingDeletion', 'fails 2 3'],
    ['Decrypt', 'PendingReplicaDeletion', 'fails 2 3'],
    ['Decrypt', 'PendingImport', 'fails 5'],
    ['GenerateDataKey', 'Unavailable', 'fails 11'],
    ['GenerateDataKey', 'Creating', 'fails 14'],
    ['GenerateDataKey', 'Updating', 'ok'],
    ['GenerateDataKeyPair', 'Unavailable', 'fails 7'],
    ['Sign', 'Unavailable', 'notApplicable'],
    ['DescribeKey', 'Unavailable', 'ok'],
    ['CancelKeyDeletion', 'Enabled', 'fails 4'],
    ['CancelKeyDeletion', 'PendingDeletion', 'ok'],
    ['CancelKeyDeletion', 'Unavailable', 'fails 4 13'],
    ['EnableKey', 'Unavailable', 'ok 12'],
    ['EnableKeyRotation', 'Disabled', 'fails 1 7'],
    ['GetKeyRotationStatus', 'Creating', 'depends 7'],
    ['UpdateAlias', 'PendingDeletion', 'depends 10'],
    ['ScheduleKeyDeletion', 'Updating', 'fails 15'],
    ['CreateGrant', 'Unavailable', 'ok'],
    ['kms:decrypt', 'Disabled', 'fails 1'],
    ['kms:ReEncryptFrom', 'Disabled', 'fails 1'],
    ['ReEncryptTo', 'Updating', 'ok'],
  ])('%s in state %s: %s', (operation, state, expected) => {
    const cell = keyStateCell(operation, state);
    expect([cell?.outcome, ...(cell?.footnotes ?? [])].join(' ')).toBe(expected);
  });

  it('finds nothing by inherited names', () => {
    for (const name of ['__proto__', 'constructor', 'kms:', '']) {
      expect(keyStateCell(name, 'Enabled')).toBeUndefined();
    }
  });
});

describe('key specs and usages', () => {
  it('hold every spec', () => {
    expect(KEY_SPECS.size).toBe(17);
    expect([...KEY_USAGES.values()].map((row) => row.name)).toHaveLength(4);
  });

  it('name operations that KMS has', () => {
    for (const row of KEY_USAGES.values()) {
      for (const operation of [...row.operations, ...row.symmetricOnly]) {
        const name = operation.toLowerCase();
        expect(KMS_ACTIONS.has(`kms:${name}`) || KMS_OPERATIONS.has(name), operation).toBe(true);
      }
    }
  });

  it.each([
    ['GenerateDataKey', 'ENCRYPT_DECRYPT', 'SYMMETRIC_DEFAULT', true],
    ['GenerateDataKey', 'ENCRYPT_DECRYPT', 'RSA_2048', false],
    ['Decrypt', 'ENCRYPT_DECRYPT', 'RSA_2048', true],
    ['Decrypt', 'SIGN_VERIFY', 'RSA_2048', false],
    ['Sign', 'SIGN_VERIFY', 'ECC_NIST_P256', true],
    ['GenerateMac', 'GENERATE_VERIFY_MAC', 'HMAC_256', true],
    ['GetPublicKey', 'ENCRYPT_DECRYPT', 'SYMMETRIC_DEFAULT', false],
    ['GetPublicKey', 'KEY_AGREEMENT', 'SM2', true],
    ['DescribeKey', 'GENERATE_VERIFY_MAC', 'HMAC_256', true],
  ] as const)('%s with a key for %s of spec %s: %s', (operation, usage, spec, expected) => {
    expect(keyOffers(operation, usage, spec)).toBe(expected);
  });
});
