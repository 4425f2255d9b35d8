import fc from 'fast-check';
import { type ContextValue, UNKNOWN } from '../conditions/context.js';
import { choice } from './choice.js';
import { FUZZ_KEYS, type NamedKey, namedKey, valueFor } from './condition-values.js';
import type { FuzzOptions } from './vocabulary.js';

export interface ContextOptions extends FuzzOptions {
  /** The condition keys to draw from; left out: all of the catalogue that do not follow from caller and resource. */
  readonly keys?: readonly string[];
  /** Whether values may be `UNKNOWN`. */
  readonly unknown?: boolean;
}

/** What `decide` fills in by itself. */
const DERIVED: ReadonlySet<string> = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:userid',
  'aws:username',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:resourceaccount',
  'aws:requestedregion',
  'kms:calleraccount',
  'kms:encryptioncontext:aws:sqs:arn',
  'kms:encryptioncontextkeys',
]);

/**
 * Entries of a request context: up to five condition keys, each with a value of its type, multivalued ones with a list.
 * Each fits the catalogue; together they need not be a request that AWS would make. `contextFrom` takes them.
 */
export function contextEntries(
  options: ContextOptions = {},
): fc.Arbitrary<readonly (readonly [key: string, value: ContextValue])[]> {
  const { keys } = options;
  const all =
    keys === undefined || keys.length === 0
      ? FUZZ_KEYS.filter(({ name }) => !DERIVED.has(name.toLowerCase()))
      : keys.map(namedKey);
  const [first, ...others] = all.map((key) => [1, entryOf(key, options)] as const);
  if (first === undefined) return fc.constant([]);
  return fc.uniqueArray(choice(first, ...others), { selector: ([key]) => key.toLowerCase(), maxLength: 5 });
}

function entryOf(key: NamedKey, options: ContextOptions): fc.Arbitrary<readonly [string, ContextValue]> {
  const one: fc.Arbitrary<ContextValue> = valueFor(key, options);
  const several: fc.Arbitrary<ContextValue> = fc.uniqueArray(valueFor(key, options), {
    minLength: 1,
    maxLength: 3,
  });
  const known = key.many ? several : one;
  const value = options.unknown === true ? choice([6, known], [1, fc.constant(UNKNOWN)]) : known;
  return value.map((each) => [key.name, each] as const);
}
