import type { Matcher, Piece } from '../syntax/wildcard.js';
import { operandText } from './operand.js';
import { remember } from './remember.js';

/**
 * Decodes base64 (RFC 4648 §4, with its padding) to text that holds one byte in each character. `undefined` when it is
 * not base64. Bits that the padding leaves over are ignored, as decoders do.
 */
export function decodeBase64(text: string): string | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  let bytes = '';
  let bits = 0;
  let held = 0;
  for (let at = 0; at < text.length - padding; at += 1) {
    const value = sextet(text.charCodeAt(at));
    if (value === undefined) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += String.fromCharCode((bits >> held) & 0xff);
    }
  }
  return bytes;
}

function sextet(unit: number): number | undefined {
  if (unit >= 65 && unit <= 90) return unit - 65;
  if (unit >= 97 && unit <= 122) return unit - 71;
  if (unit >= 48 && unit <= 57) return unit + 4;
  if (unit === 43) return 62;
  return unit === 47 ? 63 : undefined;
}

const readBytes = remember(decodeBase64);

/**
 * Compares bytes after decoding. `undefined` when the operand is no base64; a value that is none never matches.
 *
 * Rule: COND-BINARY-BYTES, COND-UNPARSEABLE
 */
export function compileBinaryEquals(operand: readonly Piece[]): Matcher | undefined {
  const wanted = decodeBase64(operandText(operand));
  return wanted === undefined
    ? undefined
    : { test: (value) => readBytes(value) === wanted, everything: false };
}
