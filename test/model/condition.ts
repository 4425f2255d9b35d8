import { type ContextValue, expandVariables, foldKey, type Scope } from './context.js';
import type { Facts } from './facts.js';
import { type Operator, readOperator } from './operators.js';
import { listOf, type Scalar, type Statement } from './request.js';

/** Section 3.1: operators are ANDed, keys under one operator too; an empty block holds. An unknown operator never does. */
export function conditionHolds(block: Statement['Condition'], scope: Scope): boolean {
  const answers = Object.entries(block ?? {}).flatMap(([name, keys]) => {
    const operator = readOperator(name, scope.facts);
    return Object.entries(keys).map(([key, wanted]) => {
      const found = scope.context.get(foldKey(key, scope.facts));
      return operator !== undefined && keyHolds(operator, found, listOf<Scalar>(wanted).map(String), scope);
    });
  });
  const someIsEnough = answers.includes(true) && !scope.facts['conditions-and'];
  return someIsEnough || !answers.includes(false);
}

type Values = readonly string[];

/** Sections 3.2 and 3.3: one key under one operator. Empty texts are no value for ForAllValues, and none for Null (C-3). */
function keyHolds(
  operator: Operator,
  found: ContextValue | undefined,
  wanted: Values,
  scope: Scope,
): boolean {
  const { name, set, negated } = operator;
  const { facts } = scope;
  const isEmpty = found?.values.every((value) => value === '') ?? true;
  if (name === 'Null') {
    const isNull = facts['null-needs-a-value'] ? isEmpty : found === undefined;
    return wanted.some((value) => value.toLowerCase() === `${isNull === facts['null-true-is-missing']}`);
  }
  if (found === undefined || (set === 'ForAllValues' && isEmpty)) return holdsForNothing(operator, facts);
  if (set !== undefined && !found.multivalued && !facts['set-on-one']) return false;
  const satisfies = (value: string) => matchesAny(operator, value, wanted, scope) !== negated;
  return asksForEvery(operator, facts) ? found.values.every(satisfies) : found.values.some(satisfies);
}

/** Must every value of the request satisfy the operator, or one? Without a set operator: one, or every if negated (C-5). */
function asksForEvery({ set, negated }: Operator, facts: Facts): boolean {
  if (set === 'ForAllValues') return facts['for-all-values'];
  if (set === undefined) return negated === facts['many-without-set'];
  return !facts['for-any-value'] || (negated && !facts['for-any-value-negated']);
}

/** Section 3.2, absent key: IfExists true; ForAllValues true; ForAnyValue false; otherwise true exactly if negated. */
function holdsForNothing({ set, ifExists, negated }: Operator, facts: Facts): boolean {
  if (ifExists && facts[set === undefined ? 'if-exists' : 'set-if-exists']) return true;
  if (set === 'ForAllValues') return facts['for-all-values-of-nothing'];
  if (set === 'ForAnyValue') return !facts['for-any-value-of-nothing'];
  return negated ? facts['missing-key-negated'] : !facts['missing-key-positive'];
}

/** Section 3.1: the values of one key are ORed. One with an unresolved variable matches nothing (V-6). */
function matchesAny(operator: Operator, actual: string, wanted: Values, scope: Scope): boolean {
  const { name, negated, compare } = operator;
  const { facts } = scope;
  // V-3: String and ARN operators have variables; section 3.4: Bool has them too.
  const isText = name.startsWith('String') || name.startsWith('Arn') || !facts['variables-in-texts-only'];
  const variables = scope.variables && (name === 'Bool' ? facts['variables-in-bool'] : isText);
  const matches = (text: string): boolean => {
    const tokens = expandVariables(text, 0, { ...scope, variables });
    return tokens !== undefined && compare(actual, tokens, facts);
  };
  return facts[negated ? 'values-nor' : 'values-or'] ? wanted.some(matches) : wanted.every(matches);
}
