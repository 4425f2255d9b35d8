/**
 * Key specs, usages and origins, and which operations they offer.
 *
 * Source: KMS API Reference (2026), `CreateKey`, and the cryptographic operations.
 */
import { byName, frozen } from './table.js';

export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC' | 'KEY_AGREEMENT';

export interface KeyUsageRow {
  readonly name: KeyUsage;
  /** Operations that need this usage. */
  readonly operations: readonly string[];
  /** Operations that need the spec `SYMMETRIC_DEFAULT` in addition. */
  readonly symmetricOnly: readonly string[];
}

const USAGES = frozen<KeyUsageRow[]>([
  {
    name: 'ENCRYPT_DECRYPT',
    operations: ['Encrypt', 'Decrypt', 'ReEncrypt', 'ReEncryptFrom', 'ReEncryptTo'],
    symmetricOnly: [
      'GenerateDataKey',
      'GenerateDataKeyWithoutPlaintext',
      'GenerateDataKeyPair',
      'GenerateDataKeyPairWithoutPlaintext',
    ],
  },
  { name: 'SIGN_VERIFY', operations: ['Sign', 'Verify'], symmetricOnly: [] },
  { name: 'GENERATE_VERIFY_MAC', operations: ['GenerateMac', 'VerifyMac'], symmetricOnly: [] },
  { name: 'KEY_AGREEMENT', operations: ['DeriveSharedSecret'], symmetricOnly: [] },
]);

/** By lower-cased usage. */
export const KEY_USAGES: ReadonlyMap<string, KeyUsageRow> = byName(USAGES);

export interface KeySpecRow {
  readonly name: string;
  readonly family: 'symmetric' | 'rsa' | 'ecc' | 'hmac' | 'sm2' | 'mlDsa';
  readonly asymmetric: boolean;
  readonly usages: readonly KeyUsage[];
  /** Left out: offered in every partition. */
  readonly partition?: 'aws-cn';
}

function specs(names: string, family: KeySpecRow['family'], usages: readonly KeyUsage[]): KeySpecRow[] {
  const asymmetric = family !== 'symmetric' && family !== 'hmac';
  return names.split(' ').map((name) => ({ name, family, asymmetric, usages: [...usages] }));
}

/** By lower-cased spec. */
export const KEY_SPECS: ReadonlyMap<string, KeySpecRow> = byName([
  ...specs('SYMMETRIC_DEFAULT', 'symmetric', ['ENCRYPT_DECRYPT']),
  ...specs('RSA_2048 RSA_3072 RSA_4096', 'rsa', ['ENCRYPT_DECRYPT', 'SIGN_VERIFY']),
  ...specs('ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521', 'ecc', ['SIGN_VERIFY', 'KEY_AGREEMENT']),
  ...specs('ECC_SECG_P256K1 ECC_NIST_EDWARDS25519', 'ecc', ['SIGN_VERIFY']),
  ...specs('HMAC_224 HMAC_256 HMAC_384 HMAC_512', 'hmac', ['GENERATE_VERIFY_MAC']),
  ...specs('SM2', 'sm2', ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT']).map((row) => ({
    ...row,
    partition: 'aws-cn' as const,
  })),
  ...specs('ML_DSA_44 ML_DSA_65 ML_DSA_87', 'mlDsa', ['SIGN_VERIFY']),
]);

export const KEY_ORIGINS = frozen(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const);
export type KeyOrigin = (typeof KEY_ORIGINS)[number];

/** Origins of keys in custom key stores. */
export const CUSTOM_KEY_STORES: ReadonlySet<string> = new Set<KeyOrigin>([
  'AWS_CLOUDHSM',
  'EXTERNAL_KEY_STORE',
]);

export const DEFAULT_KEY_SPEC = 'SYMMETRIC_DEFAULT';
export const DEFAULT_KEY_USAGE: KeyUsage = 'ENCRYPT_DECRYPT';
export const DEFAULT_KEY_ORIGIN: KeyOrigin = 'AWS_KMS';

/** Does a key of this usage and spec offer the operation (named without `kms:`)? Operations that suit every key do, and unknown ones. */
export function keyOffers(operation: string, usage: KeyUsage, spec: string): boolean {
  if (operation === 'GetPublicKey') return KEY_SPECS.get(spec.toLowerCase())?.asymmetric ?? true;
  for (const row of USAGES) {
    if (row.operations.includes(operation)) return row.name === usage;
    if (row.symmetricOnly.includes(operation)) return row.name === usage && spec === DEFAULT_KEY_SPEC;
  }
  return true;
}
