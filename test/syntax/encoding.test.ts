import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/syntax/encoding.js';
import { samplePolicy } from './sample-policy.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean) => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i += 1) view.setUint16(i * 2, text.charCodeAt(i), little);
  return bytes;
};

describe('bytes become text', () => {
  it.each(['', 'a', 'é€😀', samplePolicy])('%j', (text) => {
    expect(decodeText(utf8(text))).toEqual({ text });
    expect(decodeText(utf8(`\ufeff${text}`))).toEqual({ text });
  });

  it('exactly when they are UTF-8', () => {
    const strict = new TextDecoder('utf-8', { fatal: true });
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, maxLength: 12 }), (bytes) => {
        let text: string | undefined;
        try {
          text = strict.decode(bytes);
        } catch {
          text = undefined;
        }
        const decoded = decodeText(bytes);
        if (text === undefined) expect(decoded.issue?.code).toBe('encoding');
        else if (decoded.issue === undefined) expect(decoded.text).toBe(text);
      }),
      { seed: 20261308, numRuns: 5000 },
    );
  });
});

describe('bytes that are not UTF-8 are told as what they look like', () => {
  it.each([
    ['UTF-16 LE with a mark', utf16(`\ufeff${samplePolicy}`, true), 'UTF-16 (little-endian)'],
    ['UTF-16 BE with a mark', utf16(`\ufeff${samplePolicy}`, false), 'UTF-16 (big-endian)'],
    ['UTF-16 LE', utf16(samplePolicy, true), 'UTF-16 (little-endian)'],
    ['UTF-16 BE', utf16(samplePolicy, false), 'UTF-16 (big-endian)'],
    ['a short UTF-16 LE file', utf16('{}', true), 'UTF-16 (little-endian)'],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0), 'UTF-32'],
  ])('%s', (_, bytes, part) => {
    const { text, issue } = decodeText(bytes, 'p.json');
    expect(text).toBeUndefined();
    expect(issue).toMatchObject({
      code: 'encoding',
      help: 'save the file as UTF-8',
      at: { source: 'p.json', start: { line: 1, column: 1 } },
    });
    expect(issue?.message).toContain(part);
  });

  it.each([
    ['Latin-1', [0x22, 0x0a, 0x61, 0xe9, 0x22], 2, 2],
    ['an overlong form', [0x61, 0xc0, 0x80], 1, 2],
    ['an encoded surrogate', [0xed, 0xa0, 0x80], 1, 1],
    ['beyond the last character', [0x0a, 0x0a, 0xf4, 0x90, 0x80, 0x80], 3, 1],
    ['a cut character at the end', [0xc3, 0xa9, 0xe2, 0x82], 1, 2],
    ['random bytes', [0x1f, 0x8b, 0x08, 0x00], 1, 2],
  ])('%s, at the first byte that does not belong', (_, bytes, line, column) => {
    expect(decodeText(Uint8Array.from(bytes)).issue).toMatchObject({
      code: 'encoding',
      at: { start: { line, column } },
    });
  });

  it('a NUL among other characters is told at its place', () => {
    expect(decodeText(utf8('{\n"a\0bcdef": 1}')).issue).toMatchObject({
      code: 'encoding',
      at: { start: { line: 2, column: 3 } },
    });
  });
});
