import { invariant } from '../syntax/invariant.js';
import { literalText, type Piece } from '../syntax/wildcard.js';

/** An operand of an operator without wildcards, as the text that was typed. */
export function operandText(operand: readonly Piece[]): string {
  const text = literalText(operand);
  invariant(text !== undefined, 'an operand of an operator without wildcards is text only');
  return text;
}
