import type { Matcher, Piece } from '../syntax/wildcard.js';
import { parseBool } from './bool.js';
import type { ContextValue, Unknown } from './context.js';
import { operandText } from './operand.js';

/** What `Null` is asked about: the empty text stands for a key without a value, any other text for a key with one. */
export const WITHOUT_VALUE = '';
export const WITH_VALUE = 'present';

/** Whether a key holds nothing: it is absent, an empty list, or nothing but empty texts. */
export function isNull(value: Exclude<ContextValue, Unknown> | undefined): boolean {
  if (value === undefined || value === '') return true;
  return typeof value !== 'string' && value.every((each) => each === '');
}

/**
 * `true` asks that the key has no value, `false` that it has one. `undefined` when the operand is neither.
 *
 * Rule: COND-NULL, COND-NULL-EMPTY (IAM User Guide, condition operators: check the existence of condition keys).
 */
export function compileNull(operand: readonly Piece[]): Matcher | undefined {
  const wanted = parseBool(operandText(operand));
  return wanted === undefined
    ? undefined
    : { test: (asked) => (asked === WITHOUT_VALUE) === wanted, everything: false };
}
