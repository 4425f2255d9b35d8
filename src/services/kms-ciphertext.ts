import { type KmsPermission, permissionsOf } from '../catalogue/kms-operations.js';
import { textParameter } from '../world/call.js';
import type { Key } from '../world/world.js';
import { kmsCheck } from './kms-errors.js';
import { keyInRegion, namedKey, sharesMaterial } from './kms-key-reference.js';
import type { KeyInUse, KmsBehaviours, KmsRequest, KmsSubjectAsked } from './kms-operation.js';
import type { Check } from './plan.js';

/** Operations that read a ciphertext. Page: KMS API Reference, Decrypt and ReEncrypt. */
export const CIPHERTEXT_BEHAVIOURS: KmsBehaviours = {
  Decrypt: { checks: (request) => rightKey(request) },
  ReEncrypt: {
    validation: (request) => {
      const { refusal } = destinationOf(request);
      return refusal === undefined ? [] : [refusal];
    },
    subjects: bothKeys,
    keysInUse: (request) => [
      ...inUse(request.key, 'Source'),
      ...inUse(destinationOf(request).key, 'Destination'),
    ],
    contextEntries: (request) => [
      ['kms:ReEncryptOnSameKey', String(request.key?.arn.text === destinationOf(request).key?.arn.text)],
    ],
    checks: rightKey,
  },
};

function inUse(key: Key | undefined, half: NonNullable<KeyInUse['half']>): readonly KeyInUse[] {
  return key === undefined ? [] : [{ key, half }];
}

function destinationOf({ world, call }: KmsRequest): ReturnType<typeof namedKey> {
  const typed = textParameter(call, 'DestinationKeyId');
  if (typed !== undefined) return namedKey(world, call, typed, 'kms:ReEncryptTo');
  const refusal = kmsCheck({ call, key: undefined }, false, 'parameter', 'KMS-SEVERAL-DECISIONS', {
    code: 'ValidationException',
    message: 'The request names no DestinationKeyId.',
  });
  return { refusal };
}

/** Two decisions, also when both keys are one. Rules: KMS-SEVERAL-DECISIONS, KMS-REENCRYPT-ON-SAME-KEY */
function bothKeys(request: KmsRequest): readonly KmsSubjectAsked[] {
  const destination = destinationOf(request);
  const of = (
    permission: KmsPermission,
  ): Pick<KmsRequest, 'requestAlias'> & { readonly key?: Key | undefined } =>
    permission.on === 'sourceKey' ? request : destination;
  return permissionsOf('ReEncrypt').map((permission) => {
    const { key, requestAlias } = of(permission);
    return {
      permission,
      region: request.region,
      ...(key === undefined ? {} : { key }),
      ...(requestAlias === undefined ? {} : { requestAlias }),
    };
  });
}

/** The key that is named must be the one of the ciphertext, which is the one called on. Rule: KMS-INCORRECT-KEY */
function rightKey(request: KmsRequest): readonly Check[] {
  const { world, call, key } = request;
  const on = call.on === undefined ? undefined : world.estate.keys.get(call.on);
  if (key === undefined || on === undefined) return [];
  const sealed = keyInRegion(world, on, textParameter(call, 'Region')) ?? on;
  return [
    kmsCheck(request, sharesMaterial(sealed, key), 'parameter', 'KMS-INCORRECT-KEY', {
      code: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
    }),
  ];
}
