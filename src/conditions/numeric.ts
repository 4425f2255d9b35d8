import { compareDecimals, parseDecimal } from '../syntax/decimal.js';
import type { Matcher, Piece } from '../syntax/wildcard.js';
import { operandText } from './operand.js';
import { remember } from './remember.js';

const readDecimal = remember(parseDecimal);

/**
 * Compares numbers exactly: `holds` is given how the request's value compares with the operand (below, at or above 0).
 * `undefined` when the operand is no number; a value that is no number never matches.
 *
 * Rule: COND-NUMERIC-EXACT, COND-UNPARSEABLE
 */
export function compileNumeric(
  holds: (order: number) => boolean,
): (operand: readonly Piece[]) => Matcher | undefined {
  return (operand) => {
    const wanted = parseDecimal(operandText(operand));
    if (wanted === undefined) return undefined;
    return {
      test: (text) => {
        const value = readDecimal(text);
        return value !== undefined && holds(compareDecimals(value, wanted));
      },
      everything: false,
    };
  };
}
