import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Facts } from './facts.js';

/** A decimal number kept exactly: `digits` divided by ten to the `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** An integer or decimal, perhaps with an exponent as JSON numbers have; anything else is no number. */
export function parseDecimal(text: string): Decimal | undefined {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (found === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = found;
  if (whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const left = a.digits * 10n ** BigInt(b.scale);
  const right = b.digits * 10n ** BigInt(a.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Seconds since 1970 of a date in the W3C profile of ISO 8601 (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or with a time and an
 * offset), or of epoch seconds. Four digits alone are a year.
 */
export function parseDate(text: string): Decimal | undefined {
  const date =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d))?)?)?$/;
  const found = date.exec(text);
  if (found === null) return parseEpochSeconds(text);
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] = found;
  const [fraction = '', zone = 'Z'] = [found[7], found[8]];
  const midnight = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const exists = new Date(midnight).getUTCMonth() === Number(month) - 1;
  const [zoneHours, zoneMinutes] = zone === 'Z' ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (zoneHours > 23 || zoneMinutes > 59) return undefined;
  const offset = (zone.startsWith('-') ? -60 : 60) * (zoneHours * 60 + zoneMinutes);
  const seconds = midnight / 1000 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset;
  const scale = fraction.length;
  return { digits: BigInt(seconds) * 10n ** BigInt(scale) + BigInt(fraction === '' ? '0' : fraction), scale };
}

/**
 * Seconds since 1970 in plain digits, perhaps with a fraction, whose milliseconds fit a safe integer. Section 3.4 says no
 * more than "epoch seconds".
 */
function parseEpochSeconds(text: string): Decimal | undefined {
  const seconds = /^-?\d+(?:\.\d+)?$/.test(text) ? parseDecimal(text) : undefined;
  if (seconds === undefined) return undefined;
  const milliseconds = { digits: seconds.digits * 1000n, scale: seconds.scale };
  const most = { digits: BigInt(Number.MAX_SAFE_INTEGER), scale: 0 };
  const least = { digits: -most.digits, scale: 0 };
  const fits = compareDecimals(milliseconds, most) <= 0 && compareDecimals(milliseconds, least) >= 0;
  return fits ? seconds : undefined;
}

export function parseBool(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/** The bytes of padded base64. */
export function parseBase64(text: string): string | undefined {
  const wellFormed = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  return wellFormed ? Buffer.from(text, 'base64').toString('hex') : undefined;
}

/** `4` or `6`, or `undefined` for what is no address. */
function ipVersion(text: string): 4 | 6 | undefined {
  return isIPv4(text) ? 4 : isIPv6(text) && !text.includes('%') ? 6 : undefined;
}

/** Is the address in the range, a CIDR block or one bare address? An IPv6 address is outside every IPv4 range. */
export function isInRange(given: string, range: string, facts: Facts): boolean {
  const address = facts['ip-mapped-is-v6'] ? given : given.replace(/^::ffff:(?=[\d.]+$)/i, '');
  const [base = '', length, ...more] = range.split('/');
  const version = ipVersion(base);
  if (length === undefined && !facts[version === 4 ? 'ip-bare' : 'ip-bare-v6']) return false;
  const width = version === 4 ? 32 : 128;
  const bits = length === undefined ? width : /^(0|[1-9]\d{0,2})$/.test(length) ? Number(length) : Number.NaN;
  const unreadable = version === undefined || ipVersion(address) === undefined;
  if (unreadable || more.length > 0 || !(bits <= width)) return !facts['unparseable-matches-nothing'];
  if (ipVersion(address) !== version) return !facts['ip-versions-apart'];
  const block = new BlockList();
  block.addSubnet(base, bits, `ipv${version}`);
  return block.check(address, `ipv${version}`);
}
