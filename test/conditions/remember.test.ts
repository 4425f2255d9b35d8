import { describe, expect, it } from 'vitest';
import { remember } from '../../src/conditions/remember.js';

/** How often each of the texts was read. */
function readings(texts: readonly string[]): readonly number[] {
  const counts = new Map<string, number>();
  const read = remember((text) => {
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    return count;
  });
  return texts.map(read);
}
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `text ${at}`);

describe('what was read from a text', () => {
  it.each<readonly [string, readonly string[], readonly number[]]>([
    ['is remembered', ['a', 'a', 'b', 'a', 'b'], [1, 1, 1, 1, 1]],
    ['is remembered for 256 characters', ['a'.repeat(256), 'b', 'a'.repeat(256)], [1, 1, 1]],
    ['is read again for one more', ['a'.repeat(257), 'a'.repeat(257), 'b', 'a'.repeat(257)], [1, 2, 1, 3]],
    ['is nothing for the empty text too', ['', 'a', ''], [1, 1, 1]],
  ])('%s', (_title, texts, counts) => expect(readings(texts)).toEqual(counts));

  it('is remembered for 128 texts, and then afresh', () => {
    const again = (count: number): readonly number[] =>
      readings([...numbered(count), ...numbered(count)]).slice(count);
    expect(new Set(again(128))).toEqual(new Set([1]));
    expect(again(129).slice(0, 2)).toEqual([2, 2]);
  });
});
