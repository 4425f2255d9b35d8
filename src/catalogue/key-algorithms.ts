/**
 * The algorithms that key specs offer, for each usage.
 *
 * Source: KMS API Reference (2026), `CreateKey`, `Encrypt`, `Sign`, `GenerateMac`, `DeriveSharedSecret`.
 */
import type { KeyUsage } from './key-specs.js';
import { frozen } from './table.js';

type Algorithms = Readonly<Partial<Record<KeyUsage, readonly string[]>>>;

const RSA: Algorithms = {
  ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
  SIGN_VERIFY: [
    'RSASSA_PSS_SHA_256',
    'RSASSA_PSS_SHA_384',
    'RSASSA_PSS_SHA_512',
    'RSASSA_PKCS1_V1_5_SHA_256',
    'RSASSA_PKCS1_V1_5_SHA_384',
    'RSASSA_PKCS1_V1_5_SHA_512',
  ],
};

function nist(signing: string): Algorithms {
  return { SIGN_VERIFY: [signing], KEY_AGREEMENT: ['ECDH'] };
}

function hmac(algorithm: string): Algorithms {
  return { GENERATE_VERIFY_MAC: [algorithm] };
}

const ML_DSA: Algorithms = { SIGN_VERIFY: ['ML_DSA_SHAKE_256'] };

const ROWS: ReadonlyMap<string, Algorithms> = new Map(
  frozen<[string, Algorithms][]>([
    ['SYMMETRIC_DEFAULT', { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] }],
    ['RSA_2048', RSA],
    ['RSA_3072', RSA],
    ['RSA_4096', RSA],
    ['ECC_NIST_P256', nist('ECDSA_SHA_256')],
    ['ECC_NIST_P384', nist('ECDSA_SHA_384')],
    ['ECC_NIST_P521', nist('ECDSA_SHA_512')],
    ['ECC_SECG_P256K1', { SIGN_VERIFY: ['ECDSA_SHA_256'] }],
    ['ECC_NIST_EDWARDS25519', { SIGN_VERIFY: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'] }],
    ['HMAC_224', hmac('HMAC_SHA_224')],
    ['HMAC_256', hmac('HMAC_SHA_256')],
    ['HMAC_384', hmac('HMAC_SHA_384')],
    ['HMAC_512', hmac('HMAC_SHA_512')],
    ['SM2', { ENCRYPT_DECRYPT: ['SM2PKE'], SIGN_VERIFY: ['SM2DSA'], KEY_AGREEMENT: ['ECDH'] }],
    ['ML_DSA_44', ML_DSA],
    ['ML_DSA_65', ML_DSA],
    ['ML_DSA_87', ML_DSA],
  ]),
);

/** The algorithms of a key by its spec and usage; `undefined` for a spec that KMS does not have. */
export function algorithmsOf(spec: string, usage: KeyUsage): readonly string[] | undefined {
  const row = ROWS.get(spec);
  return row === undefined ? undefined : (row[usage] ?? []);
}
