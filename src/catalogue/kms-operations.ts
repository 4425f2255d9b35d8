/**
 * KMS API operations and the permissions that each one needs. An operation that touches two keys, or an alias and a
 * key, is several decisions.
 *
 * Sources: KMS Developer Guide, "AWS KMS permissions" and "Controlling access to aliases" (copies of 2026); KMS API
 * Reference (2026).
 */
import { KMS_ACTIONS, type KmsAction } from './kms-actions.js';
import { byName } from './table.js';

/** Which of the operation's things a permission is asked on. */
export type KmsSubject =
  /** The one key that the request (or its ciphertext) names. */
  | 'key'
  /** `ReEncrypt`: the key that encrypted the ciphertext, and the key it is encrypted under next. */
  | 'sourceKey'
  | 'destinationKey'
  | 'alias'
  /** `UpdateAlias`: the key that the alias points at so far. */
  | 'previousTargetKey'
  | 'targetKey'
  /** Multi-Region keys: the current primary, and the replica that becomes primary. */
  | 'primaryKey'
  | 'replicaKey'
  /** A key that the same request creates: its ARN is not known beforehand. */
  | 'createdKey'
  /** `*`. */
  | 'none';

export interface KmsPermission {
  /** As AWS spells it: `kms:ReEncryptFrom`. */
  readonly action: string;
  readonly on: KmsSubject;
  /** What can allow it on that subject; see `KmsAction.allowedBy`. */
  readonly allowedBy: 'keyPolicy' | 'iam' | 'grantOnly';
  /** Where it is asked: in the Region called, or with multi-Region keys in the primary's or the replica's Region. */
  readonly region: 'called' | 'primary' | 'replica';
  /** Asked only if the request carries tags. */
  readonly when?: 'tagged';
}

export interface KmsOperation {
  /** As AWS spells it: `ReEncrypt`. */
  readonly name: string;
  /** All of them are needed, on each subject separately: also when two subjects are the same key. */
  readonly permissions: readonly KmsPermission[];
}

function needs(
  action: string,
  on: KmsSubject,
  allowedBy: KmsPermission['allowedBy'],
  region: KmsPermission['region'] = 'called',
): KmsPermission {
  return { action: `kms:${action}`, on, allowedBy, region };
}

function whenTagged(permission: KmsPermission): KmsPermission {
  return { ...permission, when: 'tagged' };
}

const SEVERAL_PERMISSIONS: readonly KmsOperation[] = [
  {
    name: 'ReEncrypt',
    permissions: [
      needs('ReEncryptFrom', 'sourceKey', 'keyPolicy'),
      needs('ReEncryptTo', 'destinationKey', 'keyPolicy'),
    ],
  },
  {
    name: 'CreateAlias',
    permissions: [needs('CreateAlias', 'alias', 'iam'), needs('CreateAlias', 'targetKey', 'keyPolicy')],
  },
  {
    name: 'DeleteAlias',
    permissions: [needs('DeleteAlias', 'alias', 'iam'), needs('DeleteAlias', 'targetKey', 'keyPolicy')],
  },
  {
    name: 'UpdateAlias',
    permissions: [
      needs('UpdateAlias', 'alias', 'iam'),
      needs('UpdateAlias', 'previousTargetKey', 'keyPolicy'),
      needs('UpdateAlias', 'targetKey', 'keyPolicy'),
    ],
  },
  {
    name: 'CreateKey',
    permissions: [needs('CreateKey', 'none', 'iam'), whenTagged(needs('TagResource', 'createdKey', 'iam'))],
  },
  {
    name: 'ReplicateKey',
    permissions: [
      needs('ReplicateKey', 'primaryKey', 'keyPolicy', 'primary'),
      needs('CreateKey', 'none', 'iam', 'replica'),
      whenTagged(needs('TagResource', 'createdKey', 'iam', 'replica')),
    ],
  },
  {
    name: 'UpdatePrimaryRegion',
    permissions: [
      needs('UpdatePrimaryRegion', 'primaryKey', 'keyPolicy', 'primary'),
      needs('UpdatePrimaryRegion', 'replicaKey', 'keyPolicy', 'replica'),
    ],
  },
];

function operationOf(row: KmsAction): KmsOperation {
  const name = row.name.slice('kms:'.length);
  const allowedBy = row.allowedBy === 'aliasIamAndKeyPolicy' ? 'keyPolicy' : row.allowedBy;
  return { name, permissions: [needs(name, row.resource === 'any' ? 'none' : 'key', allowedBy)] };
}

function operations(): readonly KmsOperation[] {
  const composed = new Set(SEVERAL_PERMISSIONS.map((operation) => operation.name));
  const covered = new Set([...composed, 'ReEncryptFrom', 'ReEncryptTo']);
  const plain = [...KMS_ACTIONS.values()]
    .filter((row) => row.internal !== true && !covered.has(row.name.slice('kms:'.length)))
    .map(operationOf);
  return [...plain, ...SEVERAL_PERMISSIONS].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every KMS API operation by its lower-cased name (`reencrypt`). */
export const KMS_OPERATIONS: ReadonlyMap<string, KmsOperation> = byName(operations());

/** The operation of that name, with or without `kms:`, whatever its letter case; `undefined` if KMS has none such. */
export function kmsOperation(name: string): KmsOperation | undefined {
  const lower = name.toLowerCase();
  return KMS_OPERATIONS.get(lower.startsWith('kms:') ? lower.slice('kms:'.length) : lower);
}

/** What an operation needs; nothing, if KMS has none of that name. */
export function permissionsOf(operation: string): readonly KmsPermission[] {
  return kmsOperation(operation)?.permissions ?? [];
}
