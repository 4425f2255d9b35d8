import type { KmsPermission } from '../catalogue/kms-operations.js';
import type { ContextValue } from '../conditions/context.js';
import type { RuleId } from '../rules/registry.js';
import { invariant } from '../syntax/invariant.js';
import type { Call } from '../world/call.js';
import type { Key, World } from '../world/world.js';
import type { Check } from './plan.js';

/** A call of KMS with what it is about. */
export interface KmsRequest {
  readonly world: World;
  readonly call: Call;
  /** The one key that the call names; `undefined` for operations without one. */
  readonly key: Key | undefined;
  /** `alias/name`, where the caller named that key by an alias. */
  readonly requestAlias?: string;
  /** The Region whose endpoint is called; `undefined` where nothing says it. */
  readonly region: string | undefined;
}

/** The key of an operation that cannot do without one: a call that names none is refused before it comes so far. */
export function keyOf({ key }: { readonly key?: Key | undefined }): Key {
  invariant(key !== undefined, 'a call without its key has been refused');
  return key;
}

/** One permission of an operation and what it is asked on: a key, an alias, or nothing (`*`). */
export interface KmsSubjectAsked {
  readonly permission: KmsPermission;
  readonly key?: Key;
  /** `alias/name`, where the caller named this key by an alias. */
  readonly requestAlias?: string;
  /** The ARN of an alias. */
  readonly alias?: string;
  readonly region: string | undefined;
}

/** A key that an operation uses, and of two keys which one it is: the parameters of ReEncrypt begin with that word. */
export interface KeyInUse {
  readonly key: Key;
  readonly half?: 'Source' | 'Destination';
}

export type ContextEntry = readonly [name: string, value: ContextValue | undefined];

/**
 * What one KMS operation does beside asking for its permissions on the key that the call names. Everything has a default,
 * so that an operation that only needs its permission needs no module.
 */
export interface KmsBehaviour {
  /** The rule by which it is asked what it is asked on; unless said, that of all operations on keys, or on none. */
  readonly why?: RuleId;
  /** The condition keys that follow from the parameters, for one of the permissions. */
  readonly contextEntries?: (request: KmsRequest, asked: KmsSubjectAsked) => Iterable<ContextEntry>;
  /** The pairs that grants compare with their constraints; unless said, those of the parameter `EncryptionContext`. */
  readonly encryptionContext?: (
    request: KmsRequest,
    asked: KmsSubjectAsked,
  ) => ReadonlyMap<string, string> | undefined;
  /** On what each permission is asked; unless said, on the one key of the call, or on nothing. */
  readonly subjects?: (request: KmsRequest) => readonly KmsSubjectAsked[];
  /** The keys whose state and usage must allow the operation; unless said, the one key of the call. */
  readonly keysInUse?: (request: KmsRequest) => readonly KeyInUse[];
  /** What can refuse before anything is asked: parameters that AWS does not take. */
  readonly validation?: (request: KmsRequest) => readonly Check[];
  /** What can refuse an authorized call, after the state and the usage of its key. */
  readonly checks?: (request: KmsRequest) => readonly Check[];
  /** What becomes of the world; unless said, nothing. */
  readonly effect?: (world: World, request: KmsRequest) => World;
}

/** Behaviours by AWS's name of the operation: `CreateGrant`. */
export type KmsBehaviours = Readonly<Record<string, KmsBehaviour>>;
