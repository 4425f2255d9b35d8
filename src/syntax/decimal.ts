/** A number that is no safe integer: sign × 0.digits × 10^exponent, with no zero at either end of `digits`. */
interface ScaledDecimal {
  readonly sign: 1 | -1;
  readonly digits: string;
  readonly exponent: number;
}

/** An exact decimal number. Safe integers are always plain numbers, so that the usual comparison is one instruction. */
export type Decimal = number | ScaledDecimal;

const LONGEST_SAFE = 15;

/**
 * Reads an integer or decimal exactly: an optional sign, digits with at most one point, an optional exponent.
 * `undefined` for anything else (`0x10`, blanks, `Infinity`, the empty text) and for an exponent of more than 15 digits.
 *
 * Rule: COND-NUMERIC-EXACT (IAM User Guide, condition operators: numeric condition operators).
 */
export function parseDecimal(text: string): Decimal | undefined {
  return parseShortInteger(text) ?? parseScaled(text);
}

/** Below, at or above zero as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  const signs = Math.sign(signOf(a) - signOf(b));
  if (signs !== 0) return signs;
  // Neither is zero from here on: zero is a plain number, and so is all that has no sign.
  const left = scaled(a);
  const right = scaled(b);
  const sizes = left.exponent - right.exponent;
  if (sizes !== 0) return sizes < 0 ? -left.sign : left.sign;
  if (left.digits === right.digits) return 0;
  return left.digits < right.digits ? -left.sign : left.sign;
}

function signOf(value: Decimal): number {
  return typeof value === 'number' ? Math.sign(value) : value.sign;
}

function scaled(value: Decimal): ScaledDecimal {
  if (typeof value !== 'number') return value;
  const text = String(Math.abs(value));
  return { sign: value < 0 ? -1 : 1, digits: stripTrailingZeros(text), exponent: text.length };
}

function parseShortInteger(text: string): number | undefined {
  const from = text.charCodeAt(0) === 45 ? 1 : 0;
  const count = text.length - from;
  if (count < 1 || count > LONGEST_SAFE) return undefined;
  let value = 0;
  for (let at = from; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return from === 1 ? 0 - value : value;
}

function parseScaled(text: string): Decimal | undefined {
  const sign = text[0] === '-' ? -1 : 1;
  const from = text[0] === '-' || text[0] === '+' ? 1 : 0;
  const wholeEnd = digitsEnd(text, from);
  const fractionFrom = text[wholeEnd] === '.' ? wholeEnd + 1 : wholeEnd;
  const fractionEnd = fractionFrom > wholeEnd ? digitsEnd(text, fractionFrom) : wholeEnd;
  const whole = text.slice(from, wholeEnd);
  const fraction = text.slice(fractionFrom, fractionEnd);
  if (whole === '' && fraction === '') return undefined;
  const power = parseExponent(text, fractionEnd);
  return power === undefined ? undefined : canonical(sign, whole, fraction, power);
}

/** The power of ten from `e` to the end of the text; 0 when the text ends here. */
function parseExponent(text: string, at: number): number | undefined {
  if (at === text.length) return 0;
  if (text[at] !== 'e' && text[at] !== 'E') return undefined;
  const sign = text[at + 1];
  const from = sign === '-' || sign === '+' ? at + 2 : at + 1;
  if (from === text.length || digitsEnd(text, from) !== text.length) return undefined;
  const digits = stripLeadingZeros(text.slice(from));
  if (digits.length > LONGEST_SAFE) return undefined;
  return sign === '-' ? -Number(digits) : Number(digits);
}

function canonical(sign: 1 | -1, whole: string, fraction: string, power: number): Decimal {
  const all = whole + fraction;
  const significant = stripLeadingZeros(all);
  const digits = stripTrailingZeros(significant);
  if (digits === '') return 0;
  const exponent = whole.length - (all.length - significant.length) + power;
  const isInteger = exponent >= digits.length;
  if (isInteger && exponent <= LONGEST_SAFE + 1) {
    const value = Number(digits.padEnd(exponent, '0'));
    if (Number.isSafeInteger(value)) return sign * value;
  }
  return { sign, digits, exponent };
}

function digitsEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end += 1;
  return end;
}

function stripLeadingZeros(digits: string): string {
  let from = 0;
  while (digits.charCodeAt(from) === 48) from += 1;
  return digits.slice(from);
}

function stripTrailingZeros(digits: string): string {
  let to = digits.length;
  while (to > 0 && digits.charCodeAt(to - 1) === 48) to -= 1;
  return digits.slice(0, to);
}
