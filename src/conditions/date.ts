import { compareInstants, parseInstant } from '../syntax/date.js';
import type { Matcher, Piece } from '../syntax/wildcard.js';
import { operandText } from './operand.js';
import { remember } from './remember.js';

const readDate = remember(parseInstant);

/**
 * Compares instants: `holds` is given how the request's value compares with the operand (below, at or above 0).
 * `undefined` when the operand is no date; a value that is no date never matches.
 *
 * Rule: COND-DATE-FORMAT, COND-UNPARSEABLE
 */
export function compileDate(
  holds: (order: number) => boolean,
): (operand: readonly Piece[]) => Matcher | undefined {
  return (operand) => {
    const wanted = parseInstant(operandText(operand));
    if (wanted === undefined) return undefined;
    return {
      test: (text) => {
        const value = readDate(text);
        return value !== undefined && holds(compareInstants(value, wanted));
      },
      everything: false,
    };
  };
}
