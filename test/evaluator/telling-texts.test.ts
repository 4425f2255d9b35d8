import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalPattern, type TextPattern, textsTellingApart } from '../../src/evaluator/telling-texts.js';
import { parsePieces } from '../../src/syntax/wildcard.js';

type Piece = TextPattern['pieces'][number];

/** Whether a pattern matches a text, straight from what its pieces mean. */
function matches({ pieces, fold }: TextPattern, text: string): boolean {
  const from = (piece: number, at: number): boolean => {
    const wanted = pieces[piece];
    if (wanted === undefined) return at === text.length;
    const has = at < text.length;
    const isColon = text.charAt(at) === ':';
    switch (wanted.kind) {
      case 'text': {
        const part = text.slice(at, at + wanted.text.length);
        const same = fold ? part.toLowerCase() === wanted.text.toLowerCase() : part === wanted.text;
        return same && from(piece + 1, at + wanted.text.length);
      }
      case 'one':
        return has && from(piece + 1, at + 1);
      case 'oneButColon':
        return has && !isColon && from(piece + 1, at + 1);
      case 'any':
        return from(piece + 1, at) || (has && from(piece, at + 1));
      case 'anyButColon':
        return from(piece + 1, at) || (has && !isColon && from(piece, at + 1));
    }
  };
  return from(0, 0);
}

const matched = (patterns: readonly TextPattern[], text: string): string =>
  patterns.map((pattern) => (matches(pattern, text) ? 1 : 0)).join('');

/** Of `z` no pattern speaks. The last is the Kelvin sign, whose lower case is `k`. */
const UNITS = ['a', 'b', 'A', 'k', 'K', ':', 'z', '\u212a'];
const TEXTS = [''];
for (const text of TEXTS) if (text.length < 3) TEXTS.push(...UNITS.map((unit) => text + unit));

const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.constantFrom<Piece>({ kind: 'any' }, { kind: 'anyButColon' }, { kind: 'one' }, { kind: 'oneButColon' }),
  fc
    .string({ unit: fc.constantFrom('a', 'b', 'A', 'k', 'K', ':'), minLength: 1, maxLength: 2 })
    .map((text): Piece => ({ kind: 'text', text })),
);
const pattern: fc.Arbitrary<TextPattern> = fc.record({
  pieces: fc.array(piece, { maxLength: 3 }),
  fold: fc.boolean(),
});

describe('texts that tell patterns apart', () => {
  it('are one for every set of patterns that some text matches', () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 4 }), (patterns) => {
        const told = textsTellingApart(patterns, { steps: 1_000_000 });
        const sets = (told ?? []).map((text) => matched(patterns, text));
        const others = TEXTS.map((text) => matched(patterns, text)).filter((set) => !sets.includes(set));
        return told !== undefined && others.length === 0 && new Set(sets).size === sets.length;
      }),
      { seed: 20261201, numRuns: 1_500 },
    );
  });

  it.each([
    ['nothing', [], ['']],
    ['one text', ['a'], ['', 'a']],
    ['a star', ['*'], ['']],
    ['two that overlap', ['a*', '*b'], ['', 'a', 'b', 'ab']],
  ])('are few: %s', (_what, patterns, wanted) => {
    const told = textsTellingApart(
      patterns.map((text) => ({ pieces: parsePieces(text), fold: false })),
      { steps: 1000 },
    );
    expect(told?.toSorted()).toEqual(wanted.toSorted());
  });

  it('hold letters that no pattern names where there is one, so that they are no numbers', () => {
    const one = { pieces: parsePieces('?'), fold: false };
    expect(textsTellingApart([one, literalPattern('x'), literalPattern('Z', true)], { steps: 1000 })).toEqual(
      expect.arrayContaining(['y']),
    );
    const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index));
    const named = letters.map((letter) => literalPattern(letter));
    const odd = (patterns: readonly TextPattern[]): readonly string[] =>
      (textsTellingApart([one, ...patterns], { steps: 10_000 }) ?? []).filter((text) => text > 'z');
    expect(odd(named)).toEqual(['\ue000']);
    expect(odd(named.slice(1))).toEqual([]);
    expect(odd([...named, literalPattern('\ue000'), literalPattern('\ue001')])).toContain('\ue002');
  });

  it('are not told in any letter case outside ASCII', () => {
    expect(textsTellingApart([literalPattern('é', true)], { steps: 1000 })).toBeUndefined();
    expect(
      textsTellingApart([literalPattern('aé', true), literalPattern('a')], { steps: 1000 }),
    ).toBeUndefined();
    expect(textsTellingApart([literalPattern('é')], { steps: 1000 })).toEqual(['', 'é']);
    const last = { pieces: [{ kind: 'one' } as const, ...parsePieces('\u007f')], fold: true };
    expect(textsTellingApart([last], { steps: 1000 })).toHaveLength(2);
  });

  it('are not told beyond 512, nor when there are no steps left', () => {
    const literals = (count: number) =>
      Array.from({ length: count }, (_, index) => literalPattern(`${index}`));
    expect(textsTellingApart(literals(511), { steps: 1_000_000 })).toHaveLength(512);
    expect(textsTellingApart(literals(512), { steps: 1_000_000 })).toBeUndefined();
    const work = { steps: 3 };
    expect(textsTellingApart([literalPattern('a')], work)).toEqual(['', 'a']);
    expect(work.steps).toBe(0);
    expect(textsTellingApart([literalPattern('a')], { steps: 2 })).toBeUndefined();
  });
});
