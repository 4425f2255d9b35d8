/**
 * Every condition key we know, looked up without regard to letter case. A key that is not here is no error: policies
 * name hundreds of keys of other services.
 */
import type { ConditionKey } from './condition-key.js';
import { GLOBAL_CONDITION_KEYS } from './condition-keys/global.js';
import { KMS_CONDITION_KEYS } from './condition-keys/kms.js';
import { SERVICE_CONDITION_KEYS } from './condition-keys/services.js';
import type { Segment } from './segment.js';
import { byName, frozen } from './table.js';

/** The whole catalogue by lower-cased name. Prefixes (`aws:principaltag/`, `kms:encryptioncontext:`) are among them. */
export const CONDITION_KEYS: ReadonlyMap<string, ConditionKey> = byName([
  ...GLOBAL_CONDITION_KEYS,
  ...KMS_CONDITION_KEYS,
  ...SERVICE_CONDITION_KEYS,
]);

/** The names as AWS spells them, for suggestions. A prefix ends in `/` or `:`. */
export const CONDITION_KEY_NAMES: readonly string[] = frozen(
  [...CONDITION_KEYS.values()].map((key) => key.name),
);

/**
 * The row of a condition key, whatever its letter case; for `aws:PrincipalTag/team` the row of `aws:PrincipalTag/`.
 * `undefined` for a key that we do not know, and for a prefix without the name that must follow it.
 */
export function conditionKey(name: string): ConditionKey | undefined {
  return lookUp(name.toLowerCase());
}

/** Where the key's value comes from; `call` for a key that we do not know. The name must be in lower case. */
export function segmentOf(lowerCasedName: string): Segment {
  return lookUp(lowerCasedName)?.segment ?? 'call';
}

function lookUp(lowerCasedName: string): ConditionKey | undefined {
  const whole = CONDITION_KEYS.get(lowerCasedName);
  if (whole !== undefined && !isPrefix(whole.name)) return whole;
  const end = prefixEnd(lowerCasedName);
  if (end === lowerCasedName.length) return undefined;
  return whole ?? CONDITION_KEYS.get(lowerCasedName.slice(0, end));
}

function isPrefix(name: string): boolean {
  return name.endsWith('/') || name.endsWith(':');
}

/**
 * The length of `service:Family/` or `service:Family:`, whichever ends first, so that slashes and colons inside a tag
 * key or an encryption context key stay part of it; 0 if there is no such family.
 */
function prefixEnd(name: string): number {
  const service = name.indexOf(':');
  if (service < 0) return 0;
  for (let i = service + 1; i < name.length; i += 1) {
    const unit = name.charCodeAt(i);
    if (unit === 0x2f || unit === 0x3a) return i + 1;
  }
  return 0;
}
