/** Freezes a table with everything in it and hands it back, so that no reader can change what another one reads. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/**
 * The rows by their name in lower case. A `Map`, because the names that are looked up were typed by a person:
 * `__proto__` and `constructor` are found only if a row is called so.
 */
export function byName<T extends { readonly name: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(frozen(rows).map((row) => [row.name.toLowerCase(), row]));
}
