import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairSame } from '../../src/scenario/pair-steps.js';

const paired = (before: string, after: string): string =>
  pairSame([...before], [...after])
    .map(([i, j]) => (i === undefined ? `+${after[j ?? 0]}` : j === undefined ? `-${before[i]}` : before[i]))
    .join(' ');

describe('pairing what is the same', () => {
  it.each([
    ['', '', ''],
    ['abc', 'abc', 'a b c'],
    ['abc', 'axbc', 'a +x b c'],
    ['axbc', 'abc', 'a -x b c'],
    ['abc', 'xyz', '-a -b -c +x +y +z'],
    ['aa', 'a', 'a -a'],
    ['ab', 'ba', '-a b +a'],
    ['', 'ab', '+a +b'],
  ])('%j and %j', (before, after, pairs) => {
    expect(paired(before, after)).toBe(pairs);
  });

  it('loses nothing, keeps the order, and pairs only what is the same', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const pairs = pairSame(before, after);
        expect(pairs.flatMap(([i]) => i ?? [])).toEqual([...before.keys()]);
        expect(pairs.flatMap(([, j]) => j ?? [])).toEqual([...after.keys()]);
        for (const [i, j] of pairs) if (i !== undefined && j !== undefined) expect(before[i]).toBe(after[j]);
      }),
      { seed: 20261315 },
    );
  });

  it('goes by place where there are too many to compare', () => {
    const long = Array.from({ length: 5000 }, (_, index) => String(index));
    const pairs = pairSame(['new', ...long], long);
    expect(pairs.slice(0, 2)).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(pairs.at(-1)).toEqual([5000, undefined]);
    expect(pairSame(long, ['new', ...long]).at(-1)).toEqual([undefined, 5000]);
  });
});
