import { codePointName } from './excerpt.js';
import type { Issue } from './issue.js';
import { placeOf } from './locate.js';
import type { Source } from './source.js';

/** The engine knows at once that a text of one byte per character holds none. */
const SURROGATE = /[\ud800-\udfff]/;
const saveAs = 'save the file as UTF-8';

export interface DecodedText {
  readonly text?: string;
  readonly issue?: Issue;
}

/**
 * The text that a file's bytes hold: UTF-8, with or without a byte-order mark (which is left out of the text).
 * UTF-16, UTF-32 and bytes that are not text give an `encoding` issue instead, at the first byte that does not fit.
 */
export function decodeText(bytes: Uint8Array, name = ''): DecodedText {
  const wide = wideEncoding(bytes);
  if (wide !== undefined)
    return { issue: encodingIssue({ name, text: '' }, 0, `the file looks like ${wide}`) };
  const bad = firstInvalidByte(bytes);
  const text = new TextDecoder('utf-8').decode(bad === undefined ? bytes : bytes.subarray(0, bad.at));
  if (bad !== undefined) {
    const byte = bad.byte.toString(16).toUpperCase().padStart(2, '0');
    const message = `the file is not UTF-8 text: byte 0x${byte} at offset ${bad.at} does not belong there`;
    return { issue: encodingIssue({ name, text }, text.length, message) };
  }
  const issue = checkEncoding({ name, text });
  return issue === undefined ? { text } : { issue };
}

/**
 * What is wrong with a text as text, whatever its syntax: decoded with the wrong encoding, NUL characters, or a lone
 * half of a surrogate pair. `undefined` when nothing is.
 */
export function checkEncoding(source: Source): Issue | undefined {
  const { text } = source;
  if (/^(?:\ufffe|\u00ff\u00fe|\u00fe\u00ff|\ufffd\ufffd)/.test(text)) {
    return encodingIssue(source, 0, 'the text looks like UTF-16 that was read as something else');
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const wide = alternating(text.length, (i) => text.charCodeAt(i) === 0);
    if (wide !== undefined)
      return encodingIssue(source, 0, 'the text looks like UTF-16 that was read as UTF-8');
    return encodingIssue(source, nul, 'the text holds a NUL character, which no text file has');
  }
  const replaced = text.indexOf('\ufffd');
  if (replaced >= 0 && isMostlyReplaced(text)) {
    return encodingIssue(source, replaced, 'the text holds many replacement characters: it was not UTF-8');
  }
  const lone = loneSurrogate(text);
  return lone === undefined ? undefined : surrogateIssue(source, lone, lone + 1, text.charCodeAt(lone), []);
}

/** The offset of the first half of a surrogate pair that has no other half. */
export function loneSurrogate(text: string): number | undefined {
  const first = SURROGATE.exec(text)?.index ?? -1;
  if (first < 0) return undefined;
  for (let i = first; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    if (!isSurrogatePair(unit, text.charCodeAt(i + 1))) return i;
    i += 1;
  }
  return undefined;
}

export function isSurrogatePair(first: number, second: number): boolean {
  return first >= 0xd800 && first <= 0xdbff && second >= 0xdc00 && second <= 0xdfff;
}

export function surrogateIssue(
  source: Source,
  from: number,
  to: number,
  unit: number,
  pointer: Issue['at']['pointer'],
): Issue {
  return {
    code: 'encoding',
    severity: 'error',
    message: `${codePointName(unit)} is one half of a character, and the other half is missing`,
    help: 'write the whole character, or remove the half',
    at: placeOf(source, pointer, { from, to }),
  };
}

function encodingIssue(source: Source, offset: number, message: string): Issue {
  const span = { from: offset, to: Math.min(offset + 1, source.text.length) };
  return {
    code: 'encoding',
    severity: 'error',
    message,
    expected: 'UTF-8 text',
    help: saveAs,
    at: placeOf(source, [], span),
  };
}

function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe)
    return c === 0 && d === 0 ? 'UTF-32 (little-endian)' : 'UTF-16 (little-endian)';
  if (a === 0xfe && b === 0xff) return 'UTF-16 (big-endian)';
  const zeros = alternating(bytes.length, (i) => bytes[i] === 0);
  if (zeros === undefined) return undefined;
  return zeros === 'odd' ? 'UTF-16 (little-endian)' : 'UTF-16 (big-endian)';
}

/** Latin text in UTF-16 has a zero in every second place and hardly any in the others. */
function alternating(length: number, isZero: (i: number) => boolean): 'even' | 'odd' | undefined {
  const seen = Math.min(length, 1024) & ~1;
  if (seen < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < seen; i += 2) {
    if (isZero(i)) even += 1;
    if (isZero(i + 1)) odd += 1;
  }
  const most = seen * 0.35;
  const few = seen * 0.05;
  if (odd >= most && even <= few) return 'odd';
  return even >= most && odd <= few ? 'even' : undefined;
}

function isMostlyReplaced(text: string): boolean {
  const seen = Math.min(text.length, 4096);
  let count = 0;
  for (let i = 0; i < seen; i += 1) if (text.charCodeAt(i) === 0xfffd) count += 1;
  return count >= 3 && count * 10 > seen;
}

/** The first byte that is not well-formed UTF-8 (Unicode, table 3-7). */
function firstInvalidByte(bytes: Uint8Array): { readonly at: number; readonly byte: number } | undefined {
  let i = 0;
  for (let lead = bytes[i]; lead !== undefined; lead = bytes[i]) {
    if (lead < 0x80) {
      i += 1;
      continue;
    }
    const more =
      lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0;
    if (more === 0) return { at: i, byte: lead };
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    for (let k = 1; k <= more; k += 1) {
      const next = bytes[i + k] ?? 0;
      const fits = k === 1 ? next >= low && next <= high : next >= 0x80 && next <= 0xbf;
      if (!fits) return { at: i, byte: lead };
    }
    i += more + 1;
  }
  return undefined;
}
