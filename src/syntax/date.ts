const MS_PER_DAY = 86_400_000;
const MINUTES_PER_DAY = 1_440;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/**
 * Milliseconds since 1970-01-01T00:00Z. An instant between two of them is the one before it and the digits that follow
 * its decimal point, which do not end in a zero.
 */
export type Instant = number | { readonly ms: number; readonly finer: string };

/** Below, at or above zero as `a` is before, at or after `b`. Exact, however many digits a fraction has. */
export function compareInstants(a: Instant, b: Instant): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left.ms !== right.ms) return left.ms - right.ms;
  return left.finer === right.finer ? 0 : left.finer < right.finer ? -1 : 1;
}

/** The last whole millisecond up to the instant, and what is beyond it. */
export function partsOf(instant: Instant): { readonly ms: number; readonly finer: string } {
  return typeof instant === 'number' ? { ms: instant, finer: '' } : instant;
}

/**
 * Reads a date as an instant: the W3C profile of ISO 8601 (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`,
 * `YYYY-MM-DDThh:mmTZD`, with `:ss` and a fraction, TZD being `Z` or `±hh:mm`) or seconds since 1970, whole or decimal.
 * Four digits alone are a year. `undefined` for anything else, for a day that the calendar does not have, and for a
 * number of seconds whose milliseconds do not fit a safe integer.
 *
 * Rule: COND-DATE-FORMAT (IAM User Guide, condition operators: date condition operators).
 */
export function parseInstant(text: string): Instant | undefined {
  const year = text.length === 4 || text[4] === '-' ? digits(text, 0, 4) : undefined;
  return year === undefined ? parseEpochSeconds(text) : parseIsoDate(text, year);
}

/** The same for clocks, which know whole milliseconds: the last one up to the instant. */
export function parseDate(text: string): number | undefined {
  const instant = parseInstant(text);
  return instant === undefined ? undefined : partsOf(instant).ms;
}

function parseIsoDate(text: string, year: number): Instant | undefined {
  if (text.length === 4) return daysSince1970(year, 1, 1) * MS_PER_DAY;
  const month = digits(text, 5, 2);
  if (month === undefined || month < 1 || month > 12) return undefined;
  if (text.length === 7) return daysSince1970(year, month, 1) * MS_PER_DAY;
  const day = digits(text, 8, 2);
  if (text[7] !== '-' || day === undefined || day < 1 || day > daysIn(year, month)) return undefined;
  const midnight = daysSince1970(year, month, day) * MS_PER_DAY;
  if (text.length === 10) return midnight;
  const time = text[10] === 'T' ? parseTime(text) : undefined;
  return time === undefined ? undefined : instantOf(midnight + time.ms, time.finer);
}

/** `hh:mmTZD` from offset 11 on, with seconds and their fraction if there are any; in milliseconds, brought to UTC. */
function parseTime(text: string): Fraction | undefined {
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  if (hour === undefined || minute === undefined || text[13] !== ':' || hour > 23 || minute > 59)
    return undefined;
  let at = 16;
  let second = 0;
  let fraction = NO_FRACTION;
  if (text[at] === ':') {
    const read = digits(text, 17, 2);
    if (read === undefined || read > 59) return undefined;
    second = read;
    at = 19;
    if (text[at] === '.') {
      const end = digitsEnd(text, at + 1);
      if (end === at + 1) return undefined;
      fraction = readFraction(text.slice(at + 1, end));
      at = end;
    }
  }
  const offset = parseZone(text, at);
  if (offset === undefined) return undefined;
  const ms = ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction.ms;
  return { ms, finer: fraction.finer };
}

/** Minutes east of UTC. */
function parseZone(text: string, at: number): number | undefined {
  const sign = text[at];
  if (sign === 'Z') return text.length === at + 1 ? 0 : undefined;
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') return undefined;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  if (hours === undefined || minutes === undefined || minutes > 59) return undefined;
  const offset = hours * 60 + minutes;
  if (offset >= MINUTES_PER_DAY) return undefined;
  return sign === '+' ? offset : -offset;
}

function parseEpochSeconds(text: string): Instant | undefined {
  const negative = text[0] === '-';
  const from = negative ? 1 : 0;
  const end = digitsEnd(text, from);
  if (end === from) return undefined;
  let fraction = NO_FRACTION;
  if (end < text.length) {
    if (text[end] !== '.' || end + 1 === text.length || digitsEnd(text, end + 1) !== text.length)
      return undefined;
    fraction = readFraction(text.slice(end + 1));
  }
  const ms = Number(text.slice(from, end)) * 1000 + fraction.ms;
  if (!Number.isSafeInteger(fraction.finer === '' ? ms : ms + 1)) return undefined;
  if (!negative) return instantOf(ms, fraction.finer);
  return fraction.finer === '' ? 0 - ms : instantOf(0 - ms - 1, complement(fraction.finer));
}

/** A fraction of a second: whole milliseconds and the digits beyond. */
interface Fraction {
  readonly ms: number;
  readonly finer: string;
}

const NO_FRACTION: Fraction = { ms: 0, finer: '' };

function readFraction(digitsRead: string): Fraction {
  let end = digitsRead.length;
  while (end > 3 && digitsRead[end - 1] === '0') end -= 1;
  return { ms: Number(digitsRead.slice(0, 3).padEnd(3, '0')), finer: digitsRead.slice(3, end) };
}

function instantOf(ms: number, finer: string): Instant {
  return finer === '' ? ms : { ms, finer };
}

/** What is missing from 0.digits to 1. */
function complement(finer: string): string {
  const last = finer.length - 1;
  return [...finer].map((digit, at) => (at === last ? 10 : 9) - Number(digit)).join('');
}

function digits(text: string, at: number, count: number): number | undefined {
  let value = 0;
  for (let i = at; i < at + count; i += 1) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function digitsEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end += 1;
  return end;
}

/** `month` is from 1 to 12. */
function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS_IN_MONTH[month - 1] as number);
}

/** Counts years from March, so that the leap day is the last of its year; 400 years are 146,097 days. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Milliseconds since 1970 as AWS writes an instant: `2026-01-01T00:00:00.000Z`. */
export function isoInstant(milliseconds: number): string {
  const days = Math.floor(milliseconds / MS_PER_DAY);
  const time = milliseconds - days * MS_PER_DAY;
  let year = 1970 + Math.floor(days / 366);
  while (daysSince1970(year + 1, 1, 1) <= days) year += 1;
  let month = 1;
  while (month < 12 && daysSince1970(year, month + 1, 1) <= days) month += 1;
  const day = days - daysSince1970(year, month, 1) + 1;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const seconds = `${two((time / 1000) % 60)}.${String(time % 1000).padStart(3, '0')}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(time / 3_600_000)}:${two((time / 60_000) % 60)}:${seconds}Z`;
}
