import { compilePieces, type Matcher, matchExactly, type Piece } from '../syntax/wildcard.js';
import { operandText } from './operand.js';

/**
 * Compares text character by character; `*` and `?` are themselves.
 *
 * Rule: COND-STRING-EXACT
 */
export function compileStringEquals(operand: readonly Piece[]): Matcher {
  return matchExactly(operandText(operand));
}

/**
 * Compares text without regard to letter case, the same way in every locale.
 *
 * Rule: COND-STRING-IGNORE-CASE
 */
export function compileStringEqualsIgnoreCase(operand: readonly Piece[]): Matcher {
  const text = operandText(operand);
  const folded = text.toLowerCase();
  return { test: (value) => value === text || value.toLowerCase() === folded, everything: false };
}

/**
 * Matches text with `*` and `?`, neither of which stops at any character.
 *
 * Rule: WILD-CONDITION
 */
export function compileStringLike(operand: readonly Piece[]): Matcher {
  return compilePieces(operand);
}
