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

/** `true` this often in a hundred; shrinks to `false`. */
export function seldom(percent: number): fc.Arbitrary<boolean> {
  return choice([100 - percent, fc.constant(false)], [percent, fc.constant(true)]);
}

/** Present this often in a hundred; shrinks to `undefined`. */
export function perhaps<T>(percent: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return choice<T | undefined>([100 - percent, fc.constant(undefined)], [percent, arbitrary]);
}

/** One to `most` of something; a single one stands for itself, as in AWS's documents. */
export function oneOrMore<T>(arbitrary: fc.Arbitrary<T>, most: number): fc.Arbitrary<T | readonly T[]> {
  return fc.array(arbitrary, { minLength: 1, maxLength: most }).map((items) => {
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : items;
  });
}
