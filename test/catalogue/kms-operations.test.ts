import { describe, expect, it } from 'vitest';
import { conditionKey } from '../../src/catalogue/condition-keys.js';
import { GRANT_OPERATIONS, KMS_ACTIONS, kmsAction } from '../../src/catalogue/kms-actions.js';
import { KMS_OPERATIONS, kmsOperation } from '../../src/catalogue/kms-operations.js';

const CROSS_ACCOUNT =
  `CreateGrant Decrypt DeriveSharedSecret DescribeKey Encrypt GenerateDataKey GenerateDataKeyPair
  GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GenerateMac GetKeyRotationStatus GetPublicKey
  ListGrants ReEncryptFrom ReEncryptTo RetireGrant RevokeGrant Sign Verify VerifyMac`.split(/\s+/);

const OWN_ACCOUNT =
  `CancelKeyDeletion ConnectCustomKeyStore CreateAlias CreateCustomKeyStore CreateKey DeleteAlias
  DeleteCustomKeyStore DeleteImportedKeyMaterial DescribeCustomKeyStores DisableKey DisableKeyRotation
  DisconnectCustomKeyStore EnableKey EnableKeyRotation GetKeyLastUsage GetKeyPolicy GetParametersForImport
  ImportKeyMaterial ListAliases ListKeyPolicies ListKeyRotations ListKeys ListResourceTags PutKeyPolicy ReplicateKey
  RotateKeyOnDemand ScheduleKeyDeletion TagResource UntagResource UpdateAlias UpdateCustomKeyStore
  UpdateKeyDescription UpdatePrimaryRegion`.split(/\s+/);

const GRANTABLE = `Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair
  GenerateDataKeyPairWithoutPlaintext ReEncryptFrom ReEncryptTo Sign Verify GenerateMac VerifyMac DeriveSharedSecret
  GetPublicKey DescribeKey CreateGrant RetireGrant`.split(/\s+/);

describe('KMS actions', () => {
  it.each(CROSS_ACCOUNT)('kms:%s can be used across accounts', (name) => {
    expect(kmsAction(`kms:${name}`)?.crossAccount).toBe('yes');
  });

  it.each(OWN_ACCOUNT)('kms:%s works in its own account only', (name) => {
    expect(kmsAction(`kms:${name}`)?.crossAccount).toBe('no');
  });

  it('are those two lists, GenerateRandom, ListRetirableGrants and one that only AWS calls', () => {
    const known = [...CROSS_ACCOUNT, ...OWN_ACCOUNT, 'GenerateRandom', 'ListRetirableGrants'];
    const rows = [...KMS_ACTIONS.values()];
    expect(rows.filter((row) => row.internal !== true).map((row) => row.name)).toEqual(
      known.map((name) => `kms:${name}`).sort(),
    );
    expect(rows.filter((row) => row.internal === true).map((row) => row.name)).toEqual([
      'kms:SynchronizeMultiRegionKey',
    ]);
    expect(KMS_ACTIONS.size).toBe(56);
    expect(kmsAction('kms:GenerateRandom')?.crossAccount).toBe('notApplicable');
    expect(kmsAction('kms:ListRetirableGrants')?.crossAccount).toBe('special');
  });

  it('that a grant can hold are seventeen, and they are the ones that take grant tokens', () => {
    expect([...GRANT_OPERATIONS].sort()).toEqual([...GRANTABLE].sort());
    expect(GRANT_OPERATIONS).toHaveLength(17);
    for (const row of KMS_ACTIONS.values()) expect(row.grantTokens).toBe(row.grantable);
  });

  it('that authorize `*` can be allowed by IAM policies alone', () => {
    const keyless = [...KMS_ACTIONS.values()].filter((row) => row.resource === 'any');
    expect(keyless).toHaveLength(11);
    for (const row of KMS_ACTIONS.values()) expect(row.allowedBy === 'iam').toBe(row.resource === 'any');
  });

  it('that read a ciphertext are Decrypt and ReEncryptFrom', () => {
    const rows = [...KMS_ACTIONS.values()].filter((row) => row.ciphertext);
    expect(rows.map((row) => row.name)).toEqual(['kms:Decrypt', 'kms:ReEncryptFrom']);
  });

  it('accept an alias where they carry kms:RequestAlias', () => {
    expect(kmsAction('kms:Decrypt')?.takesAlias).toBe(true);
    expect(kmsAction('kms:GetPublicKey')?.takesAlias).toBe(true);
    expect(kmsAction('kms:CreateGrant')?.takesAlias).toBe(false);
    expect(kmsAction('kms:RevokeGrant')?.takesAlias).toBe(false);
  });

  it('carry only condition keys that the catalogue knows', () => {
    for (const row of KMS_ACTIONS.values()) {
      for (const key of row.conditionKeys) {
        const name = key.endsWith('/') || key.endsWith(':') ? `${key}x` : key;
        expect(conditionKey(name)?.name, `${row.name} ${key}`).toBe(key);
      }
    }
  });

  it.each(['KMS:DECRYPT', 'kms:decrypt', 'Kms:Decrypt'])('are found as %s', (name) => {
    expect(kmsAction(name)?.name).toBe('kms:Decrypt');
  });

  it.each(['kms:ReEncrypt', 'decrypt', '', '__proto__', 'constructor', 'kms:__proto__'])(
    'do not include %j',
    (name) => {
      expect(kmsAction(name)).toBeUndefined();
    },
  );
});

describe('KMS operations', () => {
  it('are the public actions, with ReEncrypt instead of its two halves', () => {
    expect(KMS_OPERATIONS.size).toBe(54);
    expect(kmsOperation('ReEncryptFrom')).toBeUndefined();
    expect(kmsOperation('SynchronizeMultiRegionKey')).toBeUndefined();
  });

  it('need permissions that exist', () => {
    for (const operation of KMS_OPERATIONS.values()) {
      expect(operation.permissions.length).toBeGreaterThan(0);
      for (const permission of operation.permissions) expect(kmsAction(permission.action)).toBeDefined();
    }
  });

  it.each([
    ['Decrypt', ['kms:Decrypt key keyPolicy called']],
    ['ListKeys', ['kms:ListKeys none iam called']],
    ['RetireGrant', ['kms:RetireGrant key grantOnly called']],
    [
      'ReEncrypt',
      ['kms:ReEncryptFrom sourceKey keyPolicy called', 'kms:ReEncryptTo destinationKey keyPolicy called'],
    ],
    ['CreateAlias', ['kms:CreateAlias alias iam called', 'kms:CreateAlias targetKey keyPolicy called']],
    ['DeleteAlias', ['kms:DeleteAlias alias iam called', 'kms:DeleteAlias targetKey keyPolicy called']],
    [
      'UpdateAlias',
      [
        'kms:UpdateAlias alias iam called',
        'kms:UpdateAlias previousTargetKey keyPolicy called',
        'kms:UpdateAlias targetKey keyPolicy called',
      ],
    ],
    ['CreateKey', ['kms:CreateKey none iam called', 'kms:TagResource createdKey iam called tagged']],
    [
      'ReplicateKey',
      [
        'kms:ReplicateKey primaryKey keyPolicy primary',
        'kms:CreateKey none iam replica',
        'kms:TagResource createdKey iam replica tagged',
      ],
    ],
    [
      'UpdatePrimaryRegion',
      [
        'kms:UpdatePrimaryRegion primaryKey keyPolicy primary',
        'kms:UpdatePrimaryRegion replicaKey keyPolicy replica',
      ],
    ],
  ])('%s needs %j', (name, expected) => {
    const permissions = kmsOperation(name)?.permissions ?? [];
    expect(
      permissions.map((p) =>
        [p.action, p.on, p.allowedBy, p.region, ...(p.when === undefined ? [] : [p.when])].join(' '),
      ),
    ).toEqual(expected);
  });

  it('are found with and without prefix in any letter case, and nothing is found by inherited names', () => {
    expect(kmsOperation('KMS:reencrypt')?.name).toBe('ReEncrypt');
    for (const name of ['__proto__', 'constructor', 'toString', 'kms:', '']) {
      expect(kmsOperation(name)).toBeUndefined();
    }
  });
});
