import fc from 'fast-check';

/** One of several, the first being the simplest: whatever is drawn tries to shrink to it. */
export function choice<T>(
  ...arms: readonly [
    readonly [weight: number, simplest: fc.Arbitrary<T>],
    ...(readonly [weight: number, arbitrary: fc.Arbitrary<T>])[],
  ]
): fc.Arbitrary<T> {
  const weighted = arms.map(([weight, arbitrary]) => ({ weight, arbitrary }));
  return fc.oneof({ withCrossShrink: true }, ...weighted);
}

/** One of a list, the first more often than the others together: things meet where most of them are. */
export function mostly(values: readonly [string, ...string[]]): fc.Arbitrary<string> {
  const [first] = values;
  return choice([1, fc.constant(first)], [1, fc.constantFrom(...values)]);
}

/** `true` this often in a hundred; shrinks to `false`. */
export function chance(percent: number): fc.Arbitrary<boolean> {
  return choice([100 - percent, fc.constant(false)], [percent, fc.constant(true)]);
}

/** Present this often in a hundred; shrinks to `undefined`. */
export function perhaps<T>(percent: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return choice<T | undefined>([100 - percent, fc.constant(undefined)], [percent, arbitrary]);
}

/**
 * One to `most` of something. An array that must not be empty keeps what comes first when it shrinks, so an empty one is
 * drawn as well and stands for the simplest of all.
 */
export function some<T>(
  arbitrary: fc.Arbitrary<T>,
  most: number,
  simplest: T,
): fc.Arbitrary<readonly [T, ...T[]]> {
  return fc
    .array(arbitrary, { maxLength: most })
    .map(([first, ...others]) => (first === undefined ? [simplest] : [first, ...others]));
}

/** One to `most` of something; a single one stands for itself, as in AWS's documents. */
export function oneOrMore<T>(
  arbitrary: fc.Arbitrary<T>,
  most: number,
  simplest: T,
): fc.Arbitrary<T | readonly T[]> {
  return some(arbitrary, most, simplest).map((items) => (items.length === 1 ? items[0] : items));
}
