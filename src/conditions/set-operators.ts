import type { OperatorUse } from './operators.js';
import { and, FALSE, not, or, TRUE, type Truth } from './truth.js';

/** Whether one of a request's values must satisfy the operator, or all of them. */
export type Quantifier = 'some' | 'every';

/**
 * `ForAllValues` asks every value of the request, `ForAnyValue` one. Without either, a positive operator asks for one
 * value and a negated one for all of them; on a key that holds one value the two are the same.
 *
 * Rule: COND-FOR-ALL, COND-FOR-ANY, COND-MANY-WITHOUT-SET, COND-SET-ON-ONE (IAM User Guide, single-valued vs.
 * multivalued context keys).
 */
export function quantifierOf(use: OperatorUse): Quantifier {
  if (use.set === 'forAllValues') return 'every';
  if (use.set === 'forAnyValue') return 'some';
  return use.operator.negated ? 'every' : 'some';
}

/**
 * The answer over a request's values, where `matches` says whether a value matches one of the operands. A negated
 * operator is satisfied by a value that matches none of them.
 *
 * Rule: COND-VALUES-OR, COND-VALUES-NOR (IAM User Guide, conditions with multiple context keys or values).
 */
export function quantify(
  quantifier: Quantifier,
  negated: boolean,
  values: readonly string[],
  matches: (value: string) => Truth,
): Truth {
  const every = quantifier === 'every';
  const settled = every ? FALSE : TRUE;
  let answer: Truth = every ? TRUE : FALSE;
  for (const value of values) {
    const satisfied = negated ? not(matches(value)) : matches(value);
    answer = every ? and(answer, satisfied) : or(answer, satisfied);
    if (answer === settled) return answer;
  }
  return answer;
}

/**
 * Whether `ForAllValues` finds nothing to ask: no value, or none but empty texts.
 *
 * Rule: COND-FOR-ALL-ABSENT
 */
export function resolvesToNothing(values: readonly string[]): boolean {
  return values.every((value) => value === '');
}
