import fc from 'fast-check';

export const RUNS = 1000;

/** The same thousand values in every run. */
export function samples<T>(arbitrary: fc.Arbitrary<T>, numRuns = RUNS): readonly T[] {
  return fc.sample(arbitrary, { numRuns, seed: 20_261_123 });
}

/** How often each answer comes. */
export function counts<T>(values: readonly T[], answer: (value: T) => string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const value of values) {
    const key = answer(value);
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

/** What a property that is false shrinks to. */
export function smallest<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => boolean): T {
  const run = fc.check(fc.property(arbitrary, holds), { numRuns: RUNS, seed: 20_261_123 });
  const [found] = run.counterexample ?? [];
  if (found === undefined) throw new Error('no counterexample was found');
  return found;
}
