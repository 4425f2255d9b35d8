import { KEY_SPECS } from '../catalogue/key-specs.js';
import { KMS_QUOTAS } from '../catalogue/quotas.js';
import { textParameter } from '../world/call.js';
import type { Key } from '../world/world.js';
import { daysCheck } from './kms-days.js';
import { kmsCheck } from './kms-errors.js';
import { type KmsBehaviours, type KmsRequest, keyOf } from './kms-operation.js';
import type { Check } from './plan.js';

/** Page: KMS Developer Guide, Rotate AWS KMS keys. Rule: KMS-ROTATION-FITS-THE-KEY */
export const ROTATION_BEHAVIOURS: KmsBehaviours = {
  EnableKeyRotation: {
    validation: (request) => [daysCheck(request, 'RotationPeriodInDays', KMS_QUOTAS.rotationPeriodInDays)],
    contextEntries: ({ call }) => [['kms:RotationPeriodInDays', textParameter(call, 'RotationPeriodInDays')]],
    checks: (request) => [...rotatable(request), ownMaterial(request)],
  },
  DisableKeyRotation: { checks: (request) => [...rotatable(request), ownMaterial(request)] },
  RotateKeyOnDemand: { checks: rotatable },
};

/** Rotation is for symmetric encryption keys, and related multi-Region keys are rotated by their primary. */
function rotatable(request: KmsRequest): readonly Check[] {
  const key = keyOf(request);
  return [
    unsupported(request, isSymmetricEncryption(key), `key spec is ${key.spec}`),
    unsupported(request, key.multiRegionType !== 'REPLICA', 'is a multi-Region replica key,'),
  ];
}

function isSymmetricEncryption({ spec, usage }: Key): boolean {
  return KEY_SPECS.get(spec.toLowerCase())?.family === 'symmetric' && usage === 'ENCRYPT_DECRYPT';
}

/** KMS makes no new material by itself for a key whose material was imported; on demand it takes what was imported next. */
function ownMaterial(request: KmsRequest): Check {
  const origin = keyOf(request).origin;
  return unsupported(request, origin !== 'EXTERNAL', `origin is ${origin}`);
}

function unsupported(request: KmsRequest, holds: boolean, text: string): Check {
  return kmsCheck(request, holds, 'key-state', 'KMS-ROTATION-FITS-THE-KEY', {
    code: 'UnsupportedOperationException',
    message: `${keyOf(request).arn.text} ${text} which is not valid for this operation.`,
  });
}
