/**
 * Freezes a value that was made here and everything in it. What is frozen already counts as frozen throughout, so shared
 * parts cost nothing; class instances and functions are left alone.
 */
export function freezeAll<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) freezeAll(part);
  return value;
}
