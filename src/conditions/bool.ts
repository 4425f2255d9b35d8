import type { Matcher, Piece } from '../syntax/wildcard.js';
import { operandText } from './operand.js';

/** Reads `true` or `false` in any letter case; `undefined` for anything else. */
export function parseBool(text: string): boolean | undefined {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text.length > 'false'.length) return undefined;
  const folded = text.toLowerCase();
  return folded === 'true' ? true : folded === 'false' ? false : undefined;
}

/**
 * Compares truth values. `undefined` when the operand is none; a value that is none never matches.
 *
 * Rule: COND-BOOL-CASE, COND-UNPARSEABLE
 */
export function compileBool(operand: readonly Piece[]): Matcher | undefined {
  const wanted = parseBool(operandText(operand));
  return wanted === undefined
    ? undefined
    : { test: (value) => parseBool(value) === wanted, everything: false };
}
