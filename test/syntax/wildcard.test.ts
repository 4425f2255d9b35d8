import fc from 'fast-check';
import micromatch from 'micromatch';
import { describe, expect, test } from 'vitest';
import { compilePieces, literalText, type Piece, parsePieces } from '../../src/syntax/wildcard.js';
import { fastest } from '../fastest.js';
import { globByTable, matchesByTable } from './wildcard-model.js';

function glob(pattern: string, text: string): boolean {
  return compilePieces(parsePieces(pattern)).test(text);
}

const NASTY = '/.:[]{}()!+@|\\"\'^$,-\n\u2028 ab';

describe('wildcards', () => {
  test.each([
    ['*', '', true],
    ['*', 'anything : at / all\n', true],
    ['', '', true],
    ['', 'a', false],
    ['abc', 'abc', true],
    ['abc', 'ABC', false],
    ['abc*', 'abc', true],
    ['abc*', 'abx', false],
    ['abc*', 'xabc', false],
    ['*abc', 'xxabc', true],
    ['*abc', 'abcx', false],
    ['*abc*', 'xabcx', true],
    ['*abc*', 'xabx', false],
    ['ab*ba', 'aba', false],
    ['ab*ba', 'abba', true],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'aXc', false],
    ['?', '', false],
    ['?', 'é', true],
    ['?', '😀', false],
    ['??', '😀', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*a?', 'xxab', true],
    ['*?b?*', 'abc', true],
    ['*?b?*', 'bc', false],
    ['arn:aws:iam::*:role/*/data-*', 'arn:aws:iam::111122223333:role/team/app/data-1', true],
    ['[a]', 'a', false],
    ['a.c', 'abc', false],
    ['(a|b)', 'a', false],
    ['\\*', '\\anything', true],
  ])('%j against %j is %j', (pattern, text, expected) => {
    expect(glob(pattern, text)).toBe(expected);
  });

  test('a pattern says when it matches everything or one text only', () => {
    expect(compilePieces(parsePieces('**')).everything).toBe(true);
    expect(compilePieces(parsePieces('a')).exact).toBe('a');
    expect(compilePieces(parsePieces('')).exact).toBe('');
    expect(compilePieces(parsePieces('?*'))).toMatchObject({ everything: false });
    expect(compilePieces(parsePieces('a*')).exact).toBeUndefined();
  });

  test('the text of a pattern is known when it has no wildcard', () => {
    expect(
      literalText([
        { kind: 'text', text: 'a*' },
        { kind: 'text', text: 'b' },
      ]),
    ).toBe('a*b');
    expect(literalText(parsePieces('a*b'))).toBeUndefined();
  });

  test('every pattern and text up to length four over a, b, * and ? is matched as the table says', () => {
    const texts = wordsOver('ab*?', 4);
    let checked = 0;
    for (const pattern of texts) {
      const matcher = compilePieces(parsePieces(pattern));
      for (const text of texts) {
        if (matcher.test(text) !== globByTable(pattern, text))
          expect([pattern, text]).toBe('matched as the table says');
        checked += 1;
      }
    }
    expect(checked).toBe(341 * 341);
  });

  test('random patterns are matched as the table says', () => {
    const unit = fc.constantFrom(...NASTY);
    const pattern = fc.array(fc.oneof({ weight: 3, arbitrary: unit }, fc.constantFrom('*', '?')), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(
        pattern,
        fc.array(fc.string({ unit, maxLength: 4 }), { maxLength: 12 }),
        fc.nat(),
        (units, fill, spoil) => {
          const text = units
            .map((each, i) => (each === '*' ? (fill[i] ?? '') : each === '?' ? (fill[i]?.[0] ?? 'x') : each))
            .join('');
          const at = spoil % (text.length + 1);
          const spoiled = text.slice(0, at) + text.slice(at + 1);
          const source = units.join('');
          const matcher = compilePieces(parsePieces(source));
          return (
            matcher.test(text) === globByTable(source, text) &&
            matcher.test(spoiled) === globByTable(source, spoiled)
          );
        },
      ),
      { seed: 20261123, numRuns: 50_000 },
    );
  });

  test('random pieces, those that stop at a colon included, are matched as the table says', () => {
    const piece: fc.Arbitrary<Piece> = fc.oneof(
      fc
        .string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 3 })
        .map((text): Piece => ({ kind: 'text', text })),
      fc.constantFrom<Piece>(
        { kind: 'any' },
        { kind: 'anyButColon' },
        { kind: 'one' },
        { kind: 'oneButColon' },
      ),
    );
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 10 });
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 7 }),
        fc.array(text, { minLength: 4, maxLength: 4 }),
        (pieces, texts) => {
          const matcher = compilePieces(pieces);
          return texts.every((each) => matcher.test(each) === matchesByTable(pieces, each));
        },
      ),
      { seed: 20261124, numRuns: 50_000 },
    );
  });

  test('runs longer than a machine word are matched as the table says', () => {
    const piece = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', ':'), minLength: 10, maxLength: 45 }),
      fc.constantFrom('?', '*', '??', 'a?'),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.array(fc.string({ maxLength: 3 }), { maxLength: 6 }),
        fc.nat(),
        (parts, fill, spoil) => {
          const source = parts.join('');
          const full = parts
            .map((part, i) => part.replaceAll('*', fill[i] ?? '').replaceAll('?', 'b'))
            .join('');
          const at = spoil % (full.length + 1);
          const texts = [full, `${full.slice(0, at)}:${full.slice(at + 1)}`, `a${full}`];
          const butColon = parsePieces(source).map(
            (each): Piece => (each.kind === 'any' ? { kind: 'anyButColon' } : each),
          );
          return texts.every(
            (text) =>
              glob(source, text) === globByTable(source, text) &&
              compilePieces(butColon).test(text) === matchesByTable(butColon, text),
          );
        },
      ),
      { seed: 20261125, numRuns: 3_000 },
    );
  });

  test('micromatch agrees once its special characters are shifted out of the alphabet', () => {
    const unit = fc.constantFrom(...NASTY);
    const pattern = fc.string({
      unit: fc.oneof({ weight: 3, arbitrary: unit }, fc.constantFrom('*', '?')),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(
        pattern,
        fc.string({ unit, minLength: 1, maxLength: 8 }),
        fc.string({ unit, maxLength: 2 }),
        (source, text, fill) => {
          const grown = source.replaceAll('*', () => fill).replaceAll('?', 'a');
          return [text, grown].every(
            (each) =>
              each === '' ||
              glob(source, each) === micromatch.isMatch(shift(each), shift(source), { dot: true }),
          );
        },
      ),
      { seed: 20261126, numRuns: 10_000 },
    );
  });

  test('many stars on a long text take less than 50 ms', () => {
    const matcher = compilePieces(parsePieces('*a*a*a*a*a*a*b'));
    const text = 'a'.repeat(100_000);
    expect(matcher.test(text)).toBe(false);
    expect(fastest(() => matcher.test(text), 3)).toBeLessThan(50);
  });

  test('a run of 2,048 characters with question marks takes less than 200 ms on 65,536', () => {
    const matcher = compilePieces(parsePieces(`*${'a?'.repeat(1023)}ab*`));
    const text = 'a'.repeat(65_536);
    expect(matcher.test(text)).toBe(false);
    expect(fastest(() => matcher.test(text), 3)).toBeLessThan(200);
  });

  test('a long run without wildcards does not cost its length for each character', () => {
    const matcher = compilePieces(parsePieces(`*b${'a'.repeat(16_000)}*`));
    const text = `b${'a'.repeat(15_999)}`.repeat(8);
    expect(matcher.test(text)).toBe(false);
    expect(fastest(() => matcher.test(text), 3)).toBeLessThan(50);
  });

  test.each(['*a*a*a*a*a*a*b', '*a*a*a*a*a*a*b*', '*a?a*a?a*b*', '*ab?ab*'])(
    '%s costs in proportion to the text',
    (pattern) => {
      const pieces = parsePieces(pattern);
      const stopping: Piece[] = [...pieces, { kind: 'anyButColon' }, { kind: 'text', text: 'z' }];
      for (const matcher of [compilePieces(pieces), compilePieces(stopping)]) {
        const batch = (text: string) => (): void => {
          for (let i = 0; i < 30; i += 1) matcher.test(text);
        };
        const [short, long] = [batch('a'.repeat(1_000)), batch('a'.repeat(2_000))];
        fastest(long, 50);
        // In turn and in short batches, so that another job on the machine hits both alike and misses some.
        let [base, doubled] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
        for (let round = 0; round < 60; round += 1) {
          base = Math.min(base, fastest(short, 3));
          doubled = Math.min(doubled, fastest(long, 3));
        }
        expect(doubled).toBeLessThan(base * 2.5);
      }
    },
  );
});

function wordsOver(alphabet: string, longest: number): string[] {
  const words = [''];
  for (let from = 0, length = 0; length < longest; length += 1) {
    const to = words.length;
    for (; from < to; from += 1) for (const unit of alphabet) words.push(`${words[from]}${unit}`);
  }
  return words;
}

function shift(text: string): string {
  return [...text].map((unit) => (/[a-zA-Z0-9*?]/.test(unit) ? unit : shifted(unit.charCodeAt(0)))).join('');
}

function shifted(unit: number): string {
  return String.fromCharCode(unit < 0x800 ? 0xe000 + unit : 0xe800 + (unit & 0x7ff));
}
