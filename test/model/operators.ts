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
  readonly name: string;
  readonly compare: Comparison;
  /** True when none of the listed values may match. */
  readonly negated: boolean;
  /** Whether policy variables are replaced in its values. */
  readonly variables: boolean;
}

type Order = -1 | 0 | 1;
type ParseOrdered = (text: string) => Decimal | undefined;

const ordered = (family: string, parse: ParseOrdered, accepts: (order: Order) => boolean): Comparison => {
  return (actual, wanted, facts) => {
    const [left, right] = [parse(actual), parse(plainText(wanted))];
    if (left === undefined || right === undefined) return !facts['unparseable-matches-nothing'];
    const asText = family === 'Date' ? !facts['dates-are-instants'] : !facts['numbers-by-value'];
    if (asText) return accepts(orderOf(actual, plainText(wanted)));
    const rounded = family === 'Numeric' && !facts['numbers-unrounded'];
    return accepts(rounded ? orderOf(rounding(left), rounding(right)) : compareDecimals(left, right));
  };
};

function orderOf<T extends string | number>(left: T, right: T): Order {
  return left < right ? -1 : left > right ? 1 : 0;
}

function rounding({ digits, scale }: Decimal): number {
  return Number(digits) / 10 ** scale;
}

const sameAfter = (parse: (text: string, facts: Facts) => string | boolean | undefined): Comparison => {
  return (actual, wanted, facts) => {
    const [left, right] = [parse(actual, facts), parse(plainText(wanted), facts)];
    if (left === undefined || right === undefined) return !facts['unparseable-matches-nothing'];
    return left === right;
  };
};
const lower = (text: string): string => text.toLowerCase();
const exactly: Comparison = (actual, wanted, facts) => {
  if (!facts['wildcards-in-like-only']) return matchesTokens(wanted, actual);
  const fold = facts['strings-mind-case'] ? (text: string) => text : lower;
  return fold(actual) === fold(plainText(wanted));
};
const ignoringCase = sameAfter((text, facts) => (facts['strings-ignore-case'] ? lower(text) : text));
const like: Comparison = (actual, wanted, facts) =>
  facts['like-reads-wildcards'] ? matchesTokens(wanted, actual) : plainText(wanted) === actual;
const inRange: Comparison = (actual, wanted, facts) => isInRange(actual, plainText(wanted), facts);
const sameBool = sameAfter((text, facts) =>
  facts['bool-ignores-case'] || text === lower(text) ? parseBool(text) : undefined,
);
const sameBytes: Comparison = (actual, wanted, facts) =>
  facts['binary-decodes'] && sameAfter(parseBase64)(actual, wanted, facts);

/** Six parts, each matched on its own, so that a wildcard before the fifth colon never crosses one. */
const arnLike: Comparison = (actual, wanted, facts) => {
  const [parts, patterns] = [splitArn(actual), sixParts(wanted)];
  if (parts === undefined || patterns === undefined)
    return !facts['arn-operators-six-parts'] && matchesTokens(wanted, actual);
  if (!facts['arn-operators-by-part']) return matchesTokens(wanted, actual);
  return patterns.every((pattern, i) => matchesTokens(pattern, parts[i] ?? ''));
};
const arnEquals: Comparison = (actual, wanted, facts) =>
  facts['arn-equals-is-like'] ? arnLike(actual, wanted, facts) : plainText(wanted) === actual;

const ORDERS: readonly (readonly [string, string, (order: Order) => boolean])[] = [
  ['Equals', 'NotEquals', (order) => order === 0],
  ['LessThan', '', (order) => order < 0],
  ['LessThanEquals', '', (order) => order <= 0],
  ['GreaterThan', '', (order) => order > 0],
  ['GreaterThanEquals', '', (order) => order >= 0],
];

const orderedFamily = (family: string, parse: ParseOrdered): readonly Row[] =>
  ORDERS.map(([name, not, accepts]) => [
    family + name,
    not && family + not,
    false,
    ordered(family, parse, accepts),
  ]);

/** Name, negated name or none, whether its values may hold variables, comparison. */
type Row = readonly [string, string, boolean, Comparison];

const ROWS: readonly Row[] = [
  ['StringEquals', 'StringNotEquals', true, exactly],
  ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', true, ignoringCase],
  ['StringLike', 'StringNotLike', true, like],
  ['ArnEquals', 'ArnNotEquals', true, arnEquals],
  ['ArnLike', 'ArnNotLike', true, arnLike],
  ['Bool', '', true, sameBool],
  ['BinaryEquals', '', false, sameBytes],
  ['IpAddress', 'NotIpAddress', false, inRange],
  ...orderedFamily('Numeric', parseDecimal),
  ...orderedFamily('Date', parseDate),
];

/** The operator of that name, in any letter case. */
function findOperator(name: string): Operator | undefined {
  const row = ROWS.find(([positive, negated]) =>
    [positive, negated].some((one) => one.toLowerCase() === name),
  );
  return row && { name: row[0], compare: row[3], negated: row[1].toLowerCase() === name, variables: row[2] };
}

export interface OperatorUse {
  readonly operator: Operator | 'null';
  readonly quantifier: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
}

/** `[ForAllValues:|ForAnyValue:]Name[IfExists]` in any letter case; `Null` takes no IfExists. */
export function readOperator(text: string, facts: Facts): OperatorUse | undefined {
  if (!facts['operators-ignore-case'] && !isWrittenAsByAws(text)) return undefined;
  let name = text.toLowerCase();
  const [prefix, ...rest] = name.split(':');
  const quantifier = prefix === 'forallvalues' ? 'all' : prefix === 'foranyvalue' ? 'any' : undefined;
  if (quantifier !== undefined) name = rest.join(':');
  if (name === 'null') return { operator: 'null', quantifier, ifExists: false };
  const ifExists = name.endsWith('ifexists');
  const operator = findOperator(ifExists ? name.slice(0, -'ifexists'.length) : name);
  return operator && { operator, quantifier, ifExists };
}

const WRITTEN: readonly string[] = [
  'Null',
  ...ROWS.map(([positive]) => positive),
  ...ROWS.map(([, negated]) => negated),
];

function isWrittenAsByAws(text: string): boolean {
  const [base = '', set] = text.split(':').reverse();
  const prefix = set === undefined || set === 'ForAllValues' || set === 'ForAnyValue';
  return prefix && WRITTEN.some((name) => base === name || base === `${name}IfExists`);
}
