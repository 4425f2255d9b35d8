import { expandVariables, foldKey, type Scope } from './context.js';
import type { Facts } from './facts.js';
import { type Operator, type OperatorUse, readOperator } from './operators.js';
import { listOf, type Scalar, type Statement } from './request.js';
import { parseBool } from './values.js';

/** Operators are ANDed, keys under one operator are ANDed; an empty block holds. An unknown operator never holds. */
export function conditionHolds(block: Statement['Condition'], scope: Scope): boolean {
  return Object.entries(block ?? {}).every(([name, keys]) => {
    const use = readOperator(name);
    return Object.entries(keys).every(([key, wanted]) => {
      const actual = scope.context.get(foldKey(key, scope.facts))?.values;
      return use !== undefined && keyHolds(use, actual, listOf<Scalar>(wanted).map(String), scope);
    });
  });
}

type Values = readonly string[];

/**
 * ForAllValues asks that every value of the request satisfies the operator, ForAnyValue that some value does. Without
 * either, a multivalued key is read like ForAnyValue for positive and like ForAllValues for negated operators. A set of
 * empty texts is no value for the set operators.
 */
function keyHolds(use: OperatorUse, actual: Values | undefined, wanted: Values, scope: Scope): boolean {
  const { operator, quantifier } = use;
  const { facts } = scope;
  if (operator === 'null') return wanted.some((value) => parseBool(value) === isNull(actual, facts));
  const isEmptySet = quantifier !== undefined && actual?.every((value) => value === '') === true;
  if (actual === undefined || isEmptySet) return holdsForNothing(use, operator, facts);
  const satisfies = (value: string): boolean =>
    matchesAny(operator, value, wanted, scope) !== operator.negated;
  const every = operator.negated && (quantifier === undefined || !facts['for-any-value-negated']);
  return quantifier === 'all' || every ? actual.every(satisfies) : actual.some(satisfies);
}

/** A key that exists with an empty value counts as null. */
function isNull(actual: Values | undefined, facts: Facts): boolean {
  return actual === undefined || (facts['null-needs-a-value'] && actual.every((value) => value === ''));
}

/** Absent key: IfExists true; ForAllValues true; ForAnyValue false; otherwise true exactly for negated operators. */
function holdsForNothing(use: OperatorUse, operator: Operator, facts: Facts): boolean {
  if (use.ifExists && facts['if-exists']) return true;
  if (use.quantifier === 'all') return facts['for-all-values-of-nothing'];
  return use.quantifier === undefined && operator.negated && facts['missing-key-negated'];
}

/** Values of one key are ORed; a value with an unresolved variable matches nothing. */
function matchesAny(operator: Operator, actual: string, wanted: Values, scope: Scope): boolean {
  return wanted.some((text) => {
    const tokens = expandVariables(text, 0, { ...scope, variables: scope.variables && operator.variables });
    return tokens !== undefined && operator.compare(actual, tokens, scope.facts);
  });
}
