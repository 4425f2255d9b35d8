import { type ContextValue, expandVariables, foldKey, type Scope } from './context.js';
import type { Facts } from './facts.js';
import { type Operator, type OperatorUse, readOperator } from './operators.js';
import { listOf, type Scalar, type Statement } from './request.js';
import { parseBool } from './values.js';

/** Operators are ANDed, keys under one operator are ANDed; an empty block holds. An unknown operator never holds. */
export function conditionHolds(block: Statement['Condition'], scope: Scope): boolean {
  const answers = Object.entries(block ?? {}).flatMap(([name, keys]) => {
    const use = readOperator(name, scope.facts);
    return Object.entries(keys).map(([key, wanted]) => {
      const actual = scope.context.get(foldKey(key, scope.facts));
      return use !== undefined && keyHolds(use, actual, listOf<Scalar>(wanted).map(String), scope);
    });
  });
  if (answers.length > 0 && !scope.facts['conditions-and']) return answers.some((holds) => holds);
  return answers.every((holds) => holds);
}

type Values = readonly string[];

/**
 * ForAllValues asks that every value of the request satisfies the operator, ForAnyValue that some value does. Without
 * either, a multivalued key is read like ForAnyValue for positive and like ForAllValues for negated operators. A set of
 * empty texts is no value for ForAllValues (section 3.2 says so of no other).
 */
function keyHolds(use: OperatorUse, found: ContextValue | undefined, wanted: Values, scope: Scope): boolean {
  const { operator, quantifier } = use;
  const { facts } = scope;
  const actual = found?.values;
  if (operator === 'null') return wanted.some((value) => parseBool(value) === asksFor(actual, facts));
  const isEmptySet = quantifier === 'all' && actual?.every((value) => value === '') === true;
  if (actual === undefined || isEmptySet) return holdsForNothing(use, operator, facts);
  if (quantifier !== undefined && found?.multivalued === false && !facts['set-on-one']) return false;
  const satisfies = (value: string): boolean =>
    matchesAny(operator, value, wanted, scope) !== operator.negated;
  return asksForEvery(quantifier, operator, facts) ? actual.every(satisfies) : actual.some(satisfies);
}

/** Whether every value of the request must satisfy the operator, or one. */
function asksForEvery(quantifier: OperatorUse['quantifier'], operator: Operator, facts: Facts): boolean {
  if (quantifier === 'all') return facts['for-all-values'];
  if (quantifier === undefined) return operator.negated === facts['many-without-set'];
  return !facts['for-any-value'] || (operator.negated && !facts['for-any-value-negated']);
}

function asksFor(actual: Values | undefined, facts: Facts): boolean {
  return isNull(actual, facts) === facts['null-true-is-missing'];
}

/** A key that exists with an empty value counts as null. */
function isNull(actual: Values | undefined, facts: Facts): boolean {
  return actual === undefined || (facts['null-needs-a-value'] && actual.every((value) => value === ''));
}

/** Absent key: IfExists true; ForAllValues true; ForAnyValue false; otherwise true exactly for negated operators. */
function holdsForNothing(use: OperatorUse, operator: Operator, facts: Facts): boolean {
  if (use.ifExists && facts[use.quantifier === undefined ? 'if-exists' : 'set-if-exists']) return true;
  if (use.quantifier === 'all') return facts['for-all-values-of-nothing'];
  if (use.quantifier === 'any') return !facts['for-any-value-of-nothing'];
  return operator.negated ? facts['missing-key-negated'] : !facts['missing-key-positive'];
}

/** Values of one key are ORed; a value with an unresolved variable matches nothing. */
function matchesAny(operator: Operator, actual: string, wanted: Values, scope: Scope): boolean {
  const { facts } = scope;
  const variables = scope.variables && holdsVariables(operator, facts);
  const matches = (text: string): boolean => {
    const tokens = expandVariables(text, 0, { ...scope, variables });
    return tokens !== undefined && operator.compare(actual, tokens, facts);
  };
  return facts[operator.negated ? 'values-nor' : 'values-or'] ? wanted.some(matches) : wanted.every(matches);
}

function holdsVariables(operator: Operator, facts: Facts): boolean {
  if (operator.name === 'Bool') return facts['variables-in-bool'];
  return operator.variables || !facts['variables-in-texts-only'];
}
