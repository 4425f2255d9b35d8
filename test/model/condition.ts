import aws from './aws.json' with { type: 'json' };
import { expandVariables, lookUp, type Scope } from './context.js';
import type { FactName, Facts } from './facts.js';
import { folded, listOf, type Scalar, type Statement } from './request.js';
import * as values from './values.js';
import { matchesTokens, plainText, sixParts, splitArn, type Token } from './wildcard.js';

/** Does one value of the request match one value of the policy? */
type Comparison = (actual: string, wanted: readonly Token[], facts: Facts) => boolean;
type Read<T> = (text: string, facts: Facts) => T | undefined;
type Values = readonly Scalar[];
type Comparisons = Readonly<Record<string, Comparison>>;

/** Both values read as one type and compared. What is none of that type matches nothing (section 3.4). */
function typed<T>(read: Read<T>, holds = (left: T, right: T) => left === right): Comparison {
  return (actual, wanted, facts) => {
    const [left, right] = [read(actual, facts), read(plainText(wanted), facts)];
    if (left === undefined || right === undefined) return !facts['unparseable-matches-nothing'];
    return holds(left, right);
  };
}

/** Numbers and dates: how may the request's value stand to the policy's? */
function ordered(family: string, byValue: FactName, read: Read<values.Decimal>): Comparisons {
  const readOrdered: Read<values.Decimal | string> = (text, facts) =>
    read(text, facts) && (facts[byValue] ? read(text, facts) : text);
  const is = (signs: string) =>
    typed(readOrdered, (left, right) => signs.includes(values.order(left, right)));
  return {
    [`${family}Equals`]: is('='),
    [`${family}LessThan`]: is('<'),
    [`${family}LessThanEquals`]: is('<='),
    [`${family}GreaterThan`]: is('>'),
    [`${family}GreaterThanEquals`]: is('>='),
  };
}
const readNumber: Read<values.Decimal> = (text, facts) =>
  values.parseDecimal(text) && values.parseDecimal(facts['numbers-unrounded'] ? text : `${Number(text)}`);
const readBool: Read<string> = (text, facts) =>
  ['true', 'false'].find((word) => word === folded(text, facts['bool-ignores-case']));
const exactly = typed((text, facts) => folded(text, !facts['strings-mind-case']));
const asWritten = typed((text) => text);
/** The comparison, or what it would be were the fact forgotten. */
const either = (fact: FactName, is: Comparison, otherwise: Comparison): Comparison => {
  return (actual, wanted, facts) => (facts[fact] ? is : otherwise)(actual, wanted, facts);
};
const like: Comparison = (actual, wanted) => matchesTokens(wanted, actual);

/** Six parts, each matched on its own: a wildcard before the fifth colon never crosses one (W-6, W-7). */
const arnLike: Comparison = (actual, wanted, facts) => {
  const [parts, patterns] = [splitArn(actual), sixParts(wanted)];
  const isInParts = parts !== undefined && patterns !== undefined;
  if (!isInParts && facts['arn-operators-six-parts']) return false;
  if (!isInParts || !facts['arn-operators-by-part']) return matchesTokens(wanted, actual);
  return patterns.every((pattern, i) => matchesTokens(pattern, parts[i] ?? ''));
};

/** Section 3.4: the operators that hold when one of the listed values matches. `Null` compares nothing. */
const COMPARISONS: Comparisons = {
  StringEquals: either('wildcards-in-like-only', exactly, like),
  StringEqualsIgnoreCase: typed((text, facts) => folded(text, facts['strings-ignore-case'])),
  StringLike: either('like-reads-wildcards', like, asWritten),
  ArnEquals: either('arn-equals-is-like', arnLike, asWritten),
  ArnLike: arnLike,
  Bool: typed(readBool),
  BinaryEquals: either('binary-decodes', typed(values.parseBase64), () => false),
  IpAddress: (actual, wanted, facts) => values.isInRange(actual, plainText(wanted), facts),
  Null: () => false,
  ...ordered('Numeric', 'numbers-by-value', readNumber),
  ...ordered('Date', 'dates-are-instants', values.parseDate),
};

const SETS = { ForAllValues: 'for-all-values', ForAnyValue: 'for-any-value' } as const;
type Operator = NonNullable<ReturnType<typeof readOperator>>;

/** `[ForAllValues:|ForAnyValue:]Name[IfExists]` in any letter case (G-A8); `Null` takes no IfExists (C-2). */
function readOperator(text: string, facts: Facts) {
  const fold = (one: string) => folded(one, facts['operators-ignore-case']);
  const [written = '', prefix, ...more] = text.split(':').reverse().map(fold);
  const [, set] = Object.entries(SETS).find(([one]) => fold(one) === prefix) ?? [];
  const ifExists = written.endsWith(fold('IfExists'));
  const names = [...Object.keys(COMPARISONS), ...aws.negatedOperators];
  const name = names.find((one) => fold(ifExists ? `${one}IfExists` : one) === written) ?? '';
  const compare = COMPARISONS[name.replace('Not', '')];
  const isPrefixKnown = prefix === undefined || (set !== undefined && more.length === 0);
  if (compare === undefined || !isPrefixKnown || (name === 'Null' && ifExists)) return undefined;
  return { set, name, ifExists, negated: aws.negatedOperators.includes(name), compare };
}

/** Section 3.1: operators and the keys under them are ANDed; no key is true, an unknown operator false. */
export function conditionHolds(block: Statement['Condition'], scope: Scope): boolean {
  const answers = Object.entries(block ?? {}).flatMap(([name, keys]) => {
    const operator = readOperator(name, scope.facts);
    const holds = (key: string, wanted: Values) => !!operator && keyHolds(operator, key, wanted, scope);
    return Object.entries(keys).map(([key, wanted]) => holds(key, listOf(wanted)));
  });
  return (answers.includes(true) && !scope.facts['conditions-and']) || !answers.includes(false);
}

/**
 * Sections 3.2, 3.3: must every value satisfy the operator, so that none at all will do, or must one? Every
 * one under ForAllValues and, without a set operator, if negated (C-5). Empty texts can be no value (C-3).
 */
function keyHolds(operator: Operator, key: string, wanted: Values, scope: Scope): boolean {
  const { name, set, negated, ifExists } = operator;
  const { facts } = scope;
  const found = lookUp(key, scope);
  const isEmpty = found?.values.every((value) => value === '') ?? true;
  if (name === 'Null') {
    const isNull = facts['null-needs-a-value'] ? isEmpty : found === undefined;
    return wanted.some((value) => `${value}`.toLowerCase() === `${isNull === facts['null-true-is-missing']}`);
  }
  const isEvery = set === 'for-all-values' || (set === undefined && negated);
  if (found === undefined || (set === 'for-all-values' && isEmpty)) {
    const ofMissing = negated ? 'missing-key-negated' : 'missing-key-positive';
    const isExcused = ifExists && facts[set === undefined ? 'if-exists' : 'set-if-exists'];
    return isExcused || isEvery === facts[set ? (`${set}-of-nothing` as const) : ofMissing];
  }
  if (set !== undefined && !found.multivalued && !facts['set-on-one']) return false;
  const satisfies = (value: string) => matchesAny(operator, value, wanted, scope) !== negated;
  const isAnyNegated = set === 'for-any-value' && negated && !facts['for-any-value-negated'];
  const asksEvery = isEvery === facts[set ?? 'many-without-set'] || isAnyNegated;
  return asksEvery ? found.values.every(satisfies) : found.values.some(satisfies);
}

/** Section 3.1: the values of one key are ORed. One with an unresolved variable matches nothing (V-6). */
function matchesAny(operator: Operator, actual: string, wanted: Values, scope: Scope): boolean {
  const { name, negated, compare } = operator;
  const { facts } = scope;
  // V-3: String and ARN operators have variables; section 3.4: Bool has them too.
  const isText = name.startsWith('String') || name.startsWith('Arn') || !facts['variables-in-texts-only'];
  const variables = scope.variables && (name === 'Bool' ? facts['variables-in-bool'] : isText);
  const matches = (text: Scalar): boolean => {
    const tokens = expandVariables(`${text}`, 0, { ...scope, variables });
    return tokens !== undefined && compare(actual, tokens, facts);
  };
  return facts[negated ? 'values-nor' : 'values-or'] ? wanted.some(matches) : wanted.every(matches);
}
