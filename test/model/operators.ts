import type { Facts } from './facts.js';
import {
  compareDecimals,
  type Decimal,
  isInRange,
  parseBase64,
  parseBool,
  parseDate,
  parseDecimal,
} from './values.js';
import { matchesTokens, plainText, sixParts, splitArn, type Token } from './wildcard.js';

/** Does one value of the request match one value of the policy? An operand of the wrong type matches nothing. */
type Comparison = (actual: string, wanted: readonly Token[], facts: Facts) => boolean;

export interface Operator {
  readonly compare: Comparison;
  /** True when none of the listed values may match. */
  readonly negated: boolean;
  /** Whether policy variables are replaced in its values. */
  readonly variables: boolean;
}

type Order = -1 | 0 | 1;
type ParseOrdered = (text: string) => Decimal | undefined;

const ordered = (parse: ParseOrdered, accepts: (order: Order) => boolean): Comparison => {
  return (actual, wanted) => {
    const [left, right] = [parse(actual), parse(plainText(wanted))];
    return left !== undefined && right !== undefined && accepts(compareDecimals(left, right));
  };
};

const sameAfter = (parse: (text: string) => string | boolean | undefined): Comparison => {
  return (actual, wanted) => parse(actual) !== undefined && parse(actual) === parse(plainText(wanted));
};
const exactly = sameAfter((text) => text);
const ignoringCase = sameAfter((text) => text.toLowerCase());
const like: Comparison = (actual, wanted) => matchesTokens(wanted, actual);
const inRange: Comparison = (actual, wanted) => isInRange(actual, plainText(wanted));

/** Six parts, each matched on its own, so that a wildcard before the fifth colon never crosses one. */
const arnLike: Comparison = (actual, wanted, facts) => {
  if (!facts['arn-operators-six-parts']) return matchesTokens(wanted, actual);
  const [parts, patterns] = [splitArn(actual), sixParts(wanted)];
  if (parts === undefined || patterns === undefined) return false;
  return patterns.every((pattern, i) => matchesTokens(pattern, parts[i] ?? ''));
};

const ORDERS: readonly (readonly [string, string, (order: Order) => boolean])[] = [
  ['Equals', 'NotEquals', (order) => order === 0],
  ['LessThan', '', (order) => order < 0],
  ['LessThanEquals', '', (order) => order <= 0],
  ['GreaterThan', '', (order) => order > 0],
  ['GreaterThanEquals', '', (order) => order >= 0],
];

const orderedFamily = (family: string, parse: ParseOrdered): readonly Row[] =>
  ORDERS.map(([name, not, accepts]) => [family + name, not && family + not, false, ordered(parse, accepts)]);

/** Name, negated name or none, whether its values may hold variables, comparison. */
type Row = readonly [string, string, boolean, Comparison];

const ROWS: readonly Row[] = [
  ['StringEquals', 'StringNotEquals', true, exactly],
  ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', true, ignoringCase],
  ['StringLike', 'StringNotLike', true, like],
  ['ArnEquals', 'ArnNotEquals', true, arnLike],
  ['ArnLike', 'ArnNotLike', true, arnLike],
  ['Bool', '', true, sameAfter(parseBool)],
  ['BinaryEquals', '', false, sameAfter(parseBase64)],
  ['IpAddress', 'NotIpAddress', false, inRange],
  ...orderedFamily('Numeric', parseDecimal),
  ...orderedFamily('Date', parseDate),
];

/** The operator of that name, in any letter case. */
function findOperator(name: string): Operator | undefined {
  const row = ROWS.find(([positive, negated]) =>
    [positive, negated].some((one) => one.toLowerCase() === name),
  );
  return row && { compare: row[3], negated: row[1].toLowerCase() === name, variables: row[2] };
}

export interface OperatorUse {
  readonly operator: Operator | 'null';
  readonly quantifier: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
}

/** `[ForAllValues:|ForAnyValue:]Name[IfExists]` in any letter case; `Null` takes no IfExists. */
export function readOperator(text: string): OperatorUse | undefined {
  let name = text.toLowerCase();
  const [prefix, ...rest] = name.split(':');
  const quantifier = prefix === 'forallvalues' ? 'all' : prefix === 'foranyvalue' ? 'any' : undefined;
  if (quantifier !== undefined) name = rest.join(':');
  if (name === 'null') return { operator: 'null', quantifier, ifExists: false };
  const ifExists = name.endsWith('ifexists');
  const operator = findOperator(ifExists ? name.slice(0, -'ifexists'.length) : name);
  return operator && { operator, quantifier, ifExists };
}
