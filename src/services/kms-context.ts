import { KMS_COMMON_CONDITION_KEYS, type KmsAction, kmsAction } from '../catalogue/kms-actions.js';
import { UNKNOWN } from '../conditions/context.js';
import {
  type Call,
  listParameter,
  type Parameter,
  pairsParameter,
  textPairs,
  textParameter,
} from '../world/call.js';
import type { ContextEntry, KmsRequest, KmsSubjectAsked } from './kms-operation.js';

/** A condition key that repeats a parameter. */
interface ParameterKey {
  readonly parameter: string;
  /** The older name of the parameter. */
  readonly once?: string;
  /** What AWS fills in for a parameter that was not sent; without it, the key is absent. */
  readonly default?: string;
  /** AWS demands the parameter: a call that does not say it sends some value. */
  readonly required?: true;
}

const KEY_SPEC: ParameterKey = {
  parameter: 'KeySpec',
  once: 'CustomerMasterKeySpec',
  default: 'SYMMETRIC_DEFAULT',
};
const KEY_USAGE: ParameterKey = { parameter: 'KeyUsage', default: 'ENCRYPT_DECRYPT' };

/**
 * Page: KMS Developer Guide, AWS KMS condition keys.
 * Rule: KMS-PARAMETER-KEYS
 */
const PARAMETER_KEYS: ReadonlyMap<string, ParameterKey> = new Map<string, ParameterKey>([
  ['kms:BypassPolicyLockoutSafetyCheck', { parameter: 'BypassPolicyLockoutSafetyCheck' }],
  ['kms:DataKeyPairSpec', { parameter: 'KeyPairSpec', required: true }],
  ['kms:EncryptionAlgorithm', { parameter: 'EncryptionAlgorithm', default: 'SYMMETRIC_DEFAULT' }],
  ['kms:ExpirationModel', { parameter: 'ExpirationModel' }],
  ['kms:KeyAgreementAlgorithm', { parameter: 'KeyAgreementAlgorithm', default: 'ECDH' }],
  ['kms:MacAlgorithm', { parameter: 'MacAlgorithm', required: true }],
  ['kms:MessageType', { parameter: 'MessageType', default: 'RAW' }],
  ['kms:PrimaryRegion', { parameter: 'PrimaryRegion', required: true }],
  ['kms:ReplicaRegion', { parameter: 'ReplicaRegion', required: true }],
  ['kms:RotationPeriodInDays', { parameter: 'RotationPeriodInDays' }],
  ['kms:SigningAlgorithm', { parameter: 'SigningAlgorithm', required: true }],
  ['kms:WrappingAlgorithm', { parameter: 'WrappingAlgorithm', required: true }],
  ['kms:WrappingKeySpec', { parameter: 'WrappingKeySpec', required: true }],
  ['kms:KeySpec', KEY_SPEC],
  ['kms:CustomerMasterKeySpec', KEY_SPEC],
  ['kms:KeyUsage', KEY_USAGE],
  ['kms:CustomerMasterKeyUsage', KEY_USAGE],
  ['kms:KeyOrigin', { parameter: 'Origin', default: 'AWS_KMS' }],
  ['kms:MultiRegion', { parameter: 'MultiRegion', default: 'false' }],
]);

/** The two halves of ReEncrypt say the same of their own key. */
const HALVES: ReadonlyMap<string, 'Source' | 'Destination'> = new Map([
  ['kms:ReEncryptFrom', 'Source'],
  ['kms:ReEncryptTo', 'Destination'],
]);

/** The encryption context of a permission, in the letter case it was sent in. Rule: KMS-ENCRYPTION-CONTEXT-KEYS */
export function encryptionContextOf(call: Call, action: string): ReadonlyMap<string, string> {
  if (kmsAction(action)?.conditionKeys.includes('kms:EncryptionContextKeys') !== true) return new Map();
  return pairsParameter(call, `${HALVES.get(action) ?? ''}EncryptionContext`);
}

/** Rules: KMS-PARAMETER-KEYS, KMS-REQUEST-ALIAS, KMS-REQUEST-TAGS */
export function* parameterEntries(request: KmsRequest, asked: KmsSubjectAsked): Generator<ContextEntry> {
  const { call } = request;
  const { action } = asked.permission;
  for (const name of kmsAction(action)?.conditionKeys ?? []) {
    const source = PARAMETER_KEYS.get(name);
    if (source !== undefined) yield [name, given(call, action, source)];
  }
  if (textParameter(call, 'MultiRegion') === 'true') yield ['kms:MultiRegionKeyType', 'PRIMARY'];
  yield ['kms:RequestAlias', asked.requestAlias];
  const tags = tagsOf(call);
  for (const [key, value] of tags) yield [`aws:RequestTag/${key}`, value];
  const tagKeys = tags.size > 0 ? [...tags.keys()] : listParameter(call, 'TagKeys');
  if (tagKeys.length > 0) yield ['aws:TagKeys', tagKeys];
}

function given(call: Call, action: string, source: ParameterKey): ContextEntry[1] {
  const value = textParameter(call, `${HALVES.get(action) ?? ''}${source.parameter}`);
  const older = source.once === undefined ? undefined : textParameter(call, source.once);
  return value ?? older ?? source.default ?? (source.required === true ? UNKNOWN : undefined);
}

/** The tags of a request: AWS's list of `TagKey` and `TagValue`, or a mapping. */
export function tagsOf(call: Call): ReadonlyMap<string, string> {
  const given = call.parameters.get('Tags');
  if (!Array.isArray(given)) return textPairs(given);
  return new Map(
    (given as readonly Parameter[]).flatMap((each) => {
      const pairs = textPairs(each);
      const key = pairs.get('TagKey');
      return key === undefined ? [] : [[key, pairs.get('TagValue') ?? ''] as const];
    }),
  );
}

/**
 * Leaves out the keys of KMS that the operation does not carry: a condition on one meets a missing key.
 * Page: KMS Developer Guide, AWS KMS permissions. Rule: KMS-OPERATION-CARRIES-KEYS
 */
export function* carried(
  action: string,
  onKey: boolean,
  entries: Iterable<ContextEntry>,
): Generator<ContextEntry> {
  const row = kmsAction(action);
  for (const entry of entries) {
    const [name] = entry;
    const limited = name.startsWith('kms:') || name.startsWith('aws:RequestTag/') || name === 'aws:TagKeys';
    if (!limited || row === undefined || carries(row, onKey, name)) yield entry;
  }
}

function carries(row: KmsAction, onKey: boolean, name: string): boolean {
  const matches = (key: string): boolean =>
    key === name || ((key.endsWith(':') || key.endsWith('/')) && name.startsWith(key));
  // Asked on an alias, an action on aliases and keys is still one of those that say who calls.
  if (name === 'kms:CallerAccount' && row.resource !== 'any') return true;
  return row.conditionKeys.some(matches) || (onKey && KMS_COMMON_CONDITION_KEYS.some(matches));
}
