import type { FactName, Facts } from './facts.js';
import { folded } from './request.js';
import {
  type Decimal,
  isInRange,
  order,
  orderOfDecimals,
  parseBase64,
  parseDate,
  parseDecimal,
} from './values.js';
import { matchesTokens, plainText, sixParts, splitArn, type Token } from './wildcard.js';

/** Does one value of the request match one value of the policy? */
type Comparison = (actual: string, wanted: readonly Token[], facts: Facts) => boolean;
type Read<T> = (text: string, facts: Facts) => T | undefined;

/** Both values read as one type and compared. What is none of that type matches nothing (section 3.4). */
function typed<T>(read: Read<T>, holds = (a: T, b: T) => a === b): Comparison {
  return (actual, wanted, facts) => {
    const [left, right] = [read(actual, facts), read(plainText(wanted), facts)];
    if (left === undefined || right === undefined) return !facts['unparseable-matches-nothing'];
    return holds(left, right);
  };
}

/** Numbers and dates: holds for these orders of the request's value against the policy's. */
function ordered(read: Read<Decimal>, byValue: FactName, orders: readonly number[]): Comparison {
  return (actual, wanted, facts) => {
    const orderOf = facts[byValue] ? orderOfDecimals : () => order(actual, plainText(wanted));
    return typed(read, (left, right) => orders.includes(orderOf(left, right)))(actual, wanted, facts);
  };
}

const readNumber: Read<Decimal> = (text, facts) =>
  parseDecimal(text) && parseDecimal(facts['numbers-unrounded'] ? text : `${Number(text)}`);
const numeric = (...orders: readonly number[]) => ordered(readNumber, 'numbers-by-value', orders);
const date = (...orders: readonly number[]) => ordered(parseDate, 'dates-are-instants', orders);
const exactly = typed((text, facts) => folded(text, !facts['strings-mind-case']));
const like: Comparison = (actual, wanted) => matchesTokens(wanted, actual);

/** Six parts, each matched on its own, so that a wildcard before the fifth colon never crosses one (W-6, W-7). */
const arnLike: Comparison = (actual, wanted, facts) => {
  const [parts, patterns] = [splitArn(actual), sixParts(wanted)];
  const isInParts = parts !== undefined && patterns !== undefined;
  if (!isInParts && facts['arn-operators-six-parts']) return false;
  if (!isInParts || !facts['arn-operators-by-part']) return matchesTokens(wanted, actual);
  return patterns.every((pattern, i) => matchesTokens(pattern, parts[i] ?? ''));
};

/** An operator that is the comparison when a fact holds, and another when it is forgotten. */
const when = (fact: FactName, comparison: Comparison, otherwise: Comparison): Comparison => {
  return (actual, wanted, facts) => (facts[fact] ? comparison : otherwise)(actual, wanted, facts);
};
const asWritten = typed((text) => text);

/** Section 3.4: the operators that are true when one of the listed values matches. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: when('wildcards-in-like-only', exactly, like),
  StringEqualsIgnoreCase: typed((text, facts) => folded(text, facts['strings-ignore-case'])),
  StringLike: when('like-reads-wildcards', like, asWritten),
  ArnEquals: when('arn-equals-is-like', arnLike, asWritten),
  ArnLike: arnLike,
  Bool: typed((text, facts) =>
    ['true', 'false'].find((word) => word === folded(text, facts['bool-ignores-case'])),
  ),
  BinaryEquals: when('binary-decodes', typed(parseBase64), () => false),
  IpAddress: (actual, wanted, facts) => isInRange(actual, plainText(wanted), facts),
  NumericEquals: numeric(0),
  NumericLessThan: numeric(-1),
  NumericLessThanEquals: numeric(-1, 0),
  NumericGreaterThan: numeric(1),
  NumericGreaterThanEquals: numeric(1, 0),
  DateEquals: date(0),
  DateLessThan: date(-1),
  DateLessThanEquals: date(-1, 0),
  DateGreaterThan: date(1),
  DateGreaterThanEquals: date(1, 0),
  Null: () => false,
};

/** The same without `Not`, true when none of the listed values matches. */
const NEGATED = [
  ...['StringNotEquals', 'StringNotEqualsIgnoreCase', 'StringNotLike', 'ArnNotEquals', 'ArnNotLike'],
  ...['NotIpAddress', 'NumericNotEquals', 'DateNotEquals'],
];
const NAMES = [...Object.keys(COMPARISONS), ...NEGATED];
const SETS = ['ForAllValues', 'ForAnyValue'] as const;

export interface Operator {
  readonly set: (typeof SETS)[number] | undefined;
  readonly name: string;
  readonly ifExists: boolean;
  readonly negated: boolean;
  readonly compare: Comparison;
}

/** `[ForAllValues:|ForAnyValue:]Name[IfExists]` in any letter case (G-A8); `Null` takes no IfExists (C-2). */
export function readOperator(text: string, facts: Facts): Operator | undefined {
  const fold = (one: string) => folded(one, facts['operators-ignore-case']);
  const [written = '', prefix, ...more] = text.split(':').reverse().map(fold);
  const set = SETS.find((one) => fold(one) === prefix);
  const ifExists = written.endsWith(fold('IfExists'));
  const name = NAMES.find((one) => fold(ifExists ? `${one}IfExists` : one) === written);
  const compare = COMPARISONS[name?.replace('Not', '') ?? ''];
  const isPrefixKnown = prefix === undefined || set !== undefined;
  if (name === undefined || compare === undefined || !isPrefixKnown || more.length > 0) return undefined;
  if (name === 'Null' && ifExists) return undefined;
  return { set, name, ifExists, negated: NEGATED.includes(name), compare };
}
