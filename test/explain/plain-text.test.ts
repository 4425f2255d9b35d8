import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnsOf,
  cutText,
  listed,
  placeText,
  visibleText,
  withoutSharedBeginning,
  wrapText,
} from '../../src/explain/plain-text.js';

describe('text for a terminal', () => {
  it.each([
    ['a\u202eb', 'aU+202Eb'],
    ['\u001b[31mred', 'U+001B[31mred'],
    ['line\nbreak\tand\u0000', 'lineU+000AbreakU+0009andU+0000'],
    ['\ud800', 'U+D800'],
    ['soft\u00adhyphen\u2028', 'softU+00ADhyphenU+2028'],
    ['größe 注文', 'größe 注文'],
  ])('shows what cannot be seen: %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('counts wide characters as two columns', () => {
    expect(columnsOf('注文')).toBe(4);
    expect(columnsOf('😀')).toBe(2);
  });

  it('never counts fewer columns than units', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(columnsOf(text)).toBeGreaterThanOrEqual(text.length);
      }),
      { seed: 20261401 },
    );
  });

  it('wraps without loss and within the width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 2, max: 40 }),
        (text, width) => {
          const lines = wrapText(text, width);
          for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        },
      ),
      { seed: 20261402 },
    );
  });

  it('cuts within the width and shows that it did', () => {
    expect(cutText('abcdef', 6)).toBe('abcdef');
    expect(cutText('abcdefg', 6)).toBe('abcde…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        expect(columnsOf(cutText(text, width))).toBeLessThanOrEqual(width);
      }),
      { seed: 20261403 },
    );
  });

  it.each([
    [
      'arn:aws:sns:us-east-1:111122223333:news',
      'arn:aws:sns:us-east-1:111122223333:other',
      '…news',
      '…other',
    ],
    [
      'arn:aws:sns:us-east-1:111122223333:news',
      'arn:aws:sns:us-east-1:444455556666:news',
      '…111122223333:news',
      '…444455556666:news',
    ],
    ['vpce-1', 'vpce-2', 'vpce-1', 'vpce-2'],
    ['', 'abc', '', 'abc'],
  ])('keeps what tells %s from %s', (a, b, shortA, shortB) => {
    expect(withoutSharedBeginning(a, b)).toEqual([shortA, shortB]);
  });

  it('names a place by file, line and column as far as they are known', () => {
    expect(placeText({ source: 'key.json', pointer: [], start: { line: 3, column: 5 } })).toBe(
      'key.json:3:5',
    );
    expect(placeText({ source: 'key.json', pointer: [] })).toBe('key.json');
    expect(placeText({ pointer: [] }, 'policy of orders')).toBe('policy of orders');
  });

  it('lists words as people do', () => {
    expect(listed([])).toBe('');
    expect(listed(['a'])).toBe('a');
    expect(listed(['a', 'b'])).toBe('a and b');
    expect(listed(['a', 'b', 'c'], 'or')).toBe('a, b or c');
  });
});
