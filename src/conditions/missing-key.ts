import type { OperatorUse } from './operators.js';
import { FALSE, TRUE, type Truth } from './truth.js';

/**
 * What a condition answers when the request does not hold its key. `IfExists` and `ForAllValues` are then satisfied,
 * `ForAnyValue` is not; otherwise a negated operator is satisfied and a positive one is not.
 *
 * `Null` is not asked here: it is about the absence itself.
 *
 * Rule: COND-MISSING-POSITIVE, COND-MISSING-NEGATED, COND-IF-EXISTS, COND-SET-IF-EXISTS,
 * COND-FOR-ALL-ABSENT, COND-FOR-ANY-ABSENT (IAM User Guide, condition operators: `...IfExists`; single-valued vs. multivalued context keys).
 */
export function answerWithoutKey(use: OperatorUse): Truth {
  if (use.ifExists) return TRUE;
  if (use.set === 'forAllValues') return TRUE;
  if (use.set === 'forAnyValue') return FALSE;
  return use.operator.negated ? TRUE : FALSE;
}
