import { parseInstant } from '../syntax/date.js';
import { parseDecimal } from '../syntax/decimal.js';
import { closest } from '../syntax/suggest.js';
import type { Matcher, Piece } from '../syntax/wildcard.js';
import { compileArn, hasArnSections } from './arn.js';
import { compileBinaryEquals, decodeBase64 } from './binary.js';
import { compileBool, parseBool } from './bool.js';
import { compileDate } from './date.js';
import { compileIpAddress, parseIpRange } from './ip.js';
import { compileNull } from './null.js';
import { compileNumeric } from './numeric.js';
import { remember } from './remember.js';
import { compileStringEquals, compileStringEqualsIgnoreCase, compileStringLike } from './string.js';

export type OperatorFamily = 'string' | 'numeric' | 'date' | 'bool' | 'binary' | 'ip' | 'arn' | 'null';

/** Every condition operator without prefix and suffix, in the order of AWS's page. */
export type OperatorName =
  | 'StringEquals'
  | 'StringNotEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringNotEqualsIgnoreCase'
  | 'StringLike'
  | 'StringNotLike'
  | 'NumericEquals'
  | 'NumericNotEquals'
  | 'NumericLessThan'
  | 'NumericLessThanEquals'
  | 'NumericGreaterThan'
  | 'NumericGreaterThanEquals'
  | 'DateEquals'
  | 'DateNotEquals'
  | 'DateLessThan'
  | 'DateLessThanEquals'
  | 'DateGreaterThan'
  | 'DateGreaterThanEquals'
  | 'Bool'
  | 'BinaryEquals'
  | 'IpAddress'
  | 'NotIpAddress'
  | 'ArnEquals'
  | 'ArnLike'
  | 'ArnNotEquals'
  | 'ArnNotLike'
  | 'Null';

/** One operand made ready to be compared with request values, always in the positive sense: `not` is applied later. */
export type OperandTest = Matcher;

export interface Operator {
  readonly name: OperatorName;
  readonly family: OperatorFamily;
  /** True when no value may match, instead of one. */
  readonly negated: boolean;
  /** Whether `${…}` in an operand is read. */
  readonly variables: boolean;
  /** Whether `*` and `?` in an operand are read; otherwise `compile` is given text only. */
  readonly wildcards: boolean;
  /** Whether an operand without `${…}` can be read as the operator's type: what `compile` finds out, without the work. */
  readonly accepts: (operand: string) => boolean;
  /** `undefined` when the operand cannot be read as the operator's type: nothing ever matches it. */
  readonly compile: (operand: readonly Piece[]) => OperandTest | undefined;
}

type Compile = Operator['compile'];

const ACCEPTS: Readonly<Record<OperatorFamily, Operator['accepts']>> = {
  string: () => true,
  numeric: (operand) => parseDecimal(operand) !== undefined,
  date: (operand) => parseInstant(operand) !== undefined,
  bool: (operand) => parseBool(operand) !== undefined,
  binary: (operand) => decodeBase64(operand) !== undefined,
  ip: (operand) => parseIpRange(operand) !== undefined,
  arn: hasArnSections,
  null: (operand) => parseBool(operand) !== undefined,
};

const isEqual = (order: number): boolean => order === 0;
const isLess = (order: number): boolean => order < 0;
const isAtMost = (order: number): boolean => order <= 0;
const isGreater = (order: number): boolean => order > 0;
const isAtLeast = (order: number): boolean => order >= 0;

/** The one table of operators (IAM User Guide, condition operators). */
const TABLE: readonly Operator[] = [
  text('StringEquals', compileStringEquals),
  negated(text('StringNotEquals', compileStringEquals)),
  text('StringEqualsIgnoreCase', compileStringEqualsIgnoreCase),
  negated(text('StringNotEqualsIgnoreCase', compileStringEqualsIgnoreCase)),
  { ...text('StringLike', compileStringLike), wildcards: true },
  negated({ ...text('StringNotLike', compileStringLike), wildcards: true }),
  plain('NumericEquals', 'numeric', compileNumeric(isEqual)),
  negated(plain('NumericNotEquals', 'numeric', compileNumeric(isEqual))),
  plain('NumericLessThan', 'numeric', compileNumeric(isLess)),
  plain('NumericLessThanEquals', 'numeric', compileNumeric(isAtMost)),
  plain('NumericGreaterThan', 'numeric', compileNumeric(isGreater)),
  plain('NumericGreaterThanEquals', 'numeric', compileNumeric(isAtLeast)),
  plain('DateEquals', 'date', compileDate(isEqual)),
  negated(plain('DateNotEquals', 'date', compileDate(isEqual))),
  plain('DateLessThan', 'date', compileDate(isLess)),
  plain('DateLessThanEquals', 'date', compileDate(isAtMost)),
  plain('DateGreaterThan', 'date', compileDate(isGreater)),
  plain('DateGreaterThanEquals', 'date', compileDate(isAtLeast)),
  { ...plain('Bool', 'bool', compileBool), variables: true },
  plain('BinaryEquals', 'binary', compileBinaryEquals),
  plain('IpAddress', 'ip', compileIpAddress),
  negated(plain('NotIpAddress', 'ip', compileIpAddress)),
  arn('ArnEquals'),
  arn('ArnLike'),
  negated(arn('ArnNotEquals')),
  negated(arn('ArnNotLike')),
  plain('Null', 'null', compileNull),
];

function plain(name: OperatorName, family: OperatorFamily, compile: Compile): Operator {
  const accepts = ACCEPTS[family];
  return { name, family, negated: false, variables: false, wildcards: false, accepts, compile };
}

function text(name: OperatorName, compile: Compile): Operator {
  return { ...plain(name, 'string', compile), variables: true };
}

function arn(name: OperatorName): Operator {
  return { ...plain(name, 'arn', compileArn), variables: true, wildcards: true };
}

function negated(operator: Operator): Operator {
  return { ...operator, negated: true };
}

/** By lower-cased name, in the order of the table. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  TABLE.map((operator) => [operator.name.toLowerCase(), Object.freeze(operator)]),
);

export type SetOperator = 'forAllValues' | 'forAnyValue';

/** An operator as a policy uses it: perhaps over a set of values, perhaps only if the key exists. */
export interface OperatorUse {
  readonly operator: Operator;
  /** As written. */
  readonly text: string;
  readonly set?: SetOperator;
  readonly ifExists: boolean;
}

export type OperatorReading =
  /** `caseDiffers`: AWS writes the same name in other letters; see `operatorText`. */
  | { readonly ok: true; readonly use: OperatorUse; readonly caseDiffers: boolean }
  | { readonly ok: false; readonly suggestion?: string; readonly reason: string };

const PREFIXES = { forAllValues: 'ForAllValues:', forAnyValue: 'ForAnyValue:' } as const;
const SUFFIX = 'IfExists';

/**
 * Reads the name of a condition operator with its prefix and suffix. Letter case does not matter, as AWS does not say
 * that it does. Refused: unknown names, and `Null` with a prefix or suffix.
 *
 * Rule: COND-OPERATOR-CASE, COND-NULL-ALONE (IAM User Guide, condition operators).
 */
export const parseOperator = remember(readOperator);

function readOperator(name: string): OperatorReading {
  const { set, base, ifExists } = dissect(name);
  const operator = OPERATORS.get(base.toLowerCase());
  if (operator === undefined) return unknownOperator(name, set, base, ifExists);
  if (operator.family === 'null' && (ifExists || set !== undefined)) {
    const what = ifExists ? 'take the suffix `IfExists`' : 'be used with a set operator';
    return {
      ok: false,
      suggestion: 'Null',
      reason: `\`Null\` cannot ${what}, as it asks about the key itself`,
    };
  }
  const use: OperatorUse = Object.freeze({ operator, text: name, ifExists, ...(set && { set }) });
  return { ok: true, use, caseDiffers: operatorText(use) !== name };
}

/** The operator's name as AWS writes it. */
export function operatorText(use: Omit<OperatorUse, 'text'>): string {
  return `${use.set === undefined ? '' : PREFIXES[use.set]}${use.operator.name}${use.ifExists ? SUFFIX : ''}`;
}

interface Dissected {
  readonly set: SetOperator | undefined;
  readonly base: string;
  readonly ifExists: boolean;
}

function dissect(name: string): Dissected {
  const folded = name.toLowerCase();
  const set = folded.startsWith('forallvalues:')
    ? 'forAllValues'
    : folded.startsWith('foranyvalue:')
      ? 'forAnyValue'
      : undefined;
  const ifExists = folded.endsWith('ifexists');
  const from = set === undefined ? 0 : PREFIXES[set].length;
  const to = Math.max(from, name.length - (ifExists ? SUFFIX.length : 0));
  return { set, base: name.slice(from, to), ifExists };
}

function unknownOperator(
  name: string,
  set: SetOperator | undefined,
  base: string,
  ifExists: boolean,
): OperatorReading {
  const reason = `\`${name}\` is not a condition operator`;
  const colon = base.indexOf(':');
  if (set === undefined && colon >= 0) {
    const prefix = closest(base.slice(0, colon + 1), Object.values(PREFIXES));
    const rest = base.slice(colon + 1);
    const corrected =
      prefix === undefined ? undefined : parseOperator(`${prefix}${rest}${ifExists ? SUFFIX : ''}`);
    if (corrected?.ok) return { ok: false, suggestion: operatorText(corrected.use), reason };
    return { ok: false, reason };
  }
  const near = closest(
    base,
    TABLE.map((operator) => operator.name),
  );
  const operator = near === undefined ? undefined : OPERATORS.get(near.toLowerCase());
  if (operator === undefined) return { ok: false, reason };
  const suggestion =
    operator.family === 'null' ? operator.name : operatorText({ operator, ifExists, ...(set && { set }) });
  return { ok: false, suggestion, reason };
}
