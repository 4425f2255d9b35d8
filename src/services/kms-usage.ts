import { algorithmsOf } from '../catalogue/key-algorithms.js';
import { CUSTOM_KEY_STORES, keyOffers } from '../catalogue/key-specs.js';
import { type Call, textParameter } from '../world/call.js';
import type { Key } from '../world/world.js';
import type { KeyInUse } from './kms-operation.js';
import type { PassesOn } from './kms-use.js';
import type { Check } from './plan.js';

/** The parameters that choose an algorithm; ReEncrypt has one for each of its keys. */
const PARAMETERS = [
  'EncryptionAlgorithm',
  'SigningAlgorithm',
  'MacAlgorithm',
  'KeyAgreementAlgorithm',
] as const;

/** The call that uses a key, and which of its keys that is. */
export interface KeyUser {
  readonly call: Call;
  readonly half: KeyInUse['half'];
}

/**
 * Whether a key is of the kind that an operation needs: by its usage, its spec, and the algorithm that is asked for.
 * Page: KMS API Reference, InvalidKeyUsageException. Rules: KMS-KEY-USAGE, KMS-KEY-ALGORITHM,
 * KMS-KEY-STORE-LIMITS
 */
export function checkUsage(
  key: Key,
  action: string,
  errors: Pick<PassesOn, 'other'>,
  user?: KeyUser,
): readonly Check[] {
  const operation = action.slice('kms:'.length);
  const refuses = (
    holds: boolean,
    why: Check['why'],
    text: string,
    code = exceptionOf(operation),
  ): Check => ({
    do: 'check',
    holds,
    at: action,
    on: key.name,
    by: 'key-state',
    why,
    refusedWith: (serial) =>
      errors.other(code, `${key.arn.text} ${text} which is not valid for ${operation}.`, serial),
  });
  const pairs = operation.startsWith('GenerateDataKeyPair') && CUSTOM_KEY_STORES.has(key.origin);
  const offers = keyOffers(operation, key.usage, key.spec);
  const algorithm = offers && user !== undefined ? wrongAlgorithm(key, operation, user) : undefined;
  return [
    refuses(
      offers,
      'KMS-KEY-USAGE',
      operation === 'GetPublicKey' ? `key spec is ${key.spec}` : `key usage is ${key.usage}`,
    ),
    refuses(!pairs, 'KMS-KEY-STORE-LIMITS', `origin is ${key.origin}`, 'UnsupportedOperationException'),
    ...(algorithm === undefined
      ? []
      : [refuses(false, 'KMS-KEY-ALGORITHM', `key spec is ${key.spec} and the algorithm ${algorithm},`)]),
  ];
}

/** A key without a public half is of the wrong kind, not of the wrong usage. */
function exceptionOf(operation: string): string {
  return operation === 'GetPublicKey' ? 'UnsupportedOperationException' : 'InvalidKeyUsageException';
}

/** Operations that choose an algorithm for encryption use the symmetric one unless they say another. */
function wrongAlgorithm(key: Key, operation: string, { call, half }: KeyUser): string | undefined {
  const [given] = PARAMETERS.flatMap((name) => textParameter(call, `${half ?? ''}${name}`) ?? []);
  const chooses = operation === 'Encrypt' || operation === 'Decrypt' || operation === 'ReEncrypt';
  const algorithm = given ?? (chooses ? 'SYMMETRIC_DEFAULT' : undefined);
  if (algorithm === undefined) return undefined;
  const offered = algorithmsOf(key.spec, key.usage);
  return offered === undefined || offered.includes(algorithm) ? undefined : algorithm;
}
