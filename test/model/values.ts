import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Facts } from './facts.js';

/** A decimal number kept exactly: the digits divided by ten to the scale. */
export type Decimal = readonly [digits: bigint, scale: number];

const areDigits = (text: string) => text !== '' && [...text].every((one) => '0123456789'.includes(one));
const withoutSign = (text: string) => (text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text);

/** Section 3.4: an integer or decimal, perhaps with an exponent as JSON numbers have. */
export function parseDecimal(text: string): Decimal | undefined {
  const [mantissa = '', exponent = '0', ...more] = text.toLowerCase().split('e');
  const [whole = '', fraction = '', ...rest] = withoutSign(mantissa).split('.');
  const power = withoutSign(exponent);
  const wellFormed = more.length + rest.length === 0 && areDigits(whole + fraction) && areDigits(power);
  if (!wellFormed || power.length > 4) return undefined;
  const digits = BigInt(whole + fraction) * (text.startsWith('-') ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? [digits * 10n ** BigInt(-scale), 0] : [digits, scale];
}

export function order<T extends Decimal | bigint | string>(a: T, b: T): '<' | '=' | '>' {
  if (typeof a === 'object' && typeof b === 'object')
    return order(a[0] * 10n ** BigInt(b[1]), b[0] * 10n ** BigInt(a[1]));
  return a < b ? '<' : a > b ? '>' : '=';
}

/**
 * Section 3.4: a date as seconds since 1970, or those seconds. The W3C profile: `YYYY` (as four digits
 * alone are), `YYYY-MM`, `YYYY-MM-DD`, or that with `Thh:mm`, `Thh:mm:ss` or `Thh:mm:ss.s` and a zone.
 */
export function parseDate(text: string): Decimal | undefined {
  const zone = !text.includes('T') ? '' : text.endsWith('Z') ? 'Z' : text.slice(-6);
  const [given = '', fraction = '0', ...more] = text.slice(0, text.length - zone.length).split('.');
  const lengths = text.includes('.') ? [19] : zone === '' ? [4, 7, 10] : [16, 19];
  const moment = given + '0000-01-01T00:00:00'.slice(given.length);
  const isZone = zone.length < 2 || (withoutSign(zone) !== zone && exists(`1970-01-01T${zone.slice(1)}:00`));
  const wellFormed = lengths.includes(given.length) && areDigits(fraction) && more.length === 0;
  if (!wellFormed || !isZone || !exists(moment)) return parseEpochSeconds(text);
  const seconds = BigInt(Date.parse(moment + (zone || 'Z')) / 1000);
  return [seconds * 10n ** BigInt(fraction.length) + BigInt(fraction), fraction.length];
}

/** Is `YYYY-MM-DDThh:mm:ss` a moment that the calendar and the clock have? */
function exists(moment: string): boolean {
  const read = new Date(`${moment}Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString() === `${moment}.000Z`;
}

/** Section 3.4, "epoch seconds": plain digits, perhaps a fraction; the milliseconds fit a safe integer. */
function parseEpochSeconds(text: string): Decimal | undefined {
  const unsigned = text.startsWith('-') ? text.slice(1) : text;
  const size = unsigned.split('.').every(areDigits) ? parseDecimal(unsigned) : undefined;
  const fits = size && order<Decimal>(size, [BigInt(Number.MAX_SAFE_INTEGER), 3]) !== '>';
  return fits ? parseDecimal(text) : undefined;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The bytes of padded base64. */
export function parseBase64(text: string): string | undefined {
  const [body = ''] = text.split('=');
  const padded = body.length % 4 === 1 ? undefined : body.padEnd(Math.ceil(body.length / 4) * 4, '=');
  const wellFormed = text === padded && [...body].every((one) => BASE64.includes(one));
  return wellFormed ? Buffer.from(text, 'base64').toString('hex') : undefined;
}

/** Section 3.4: is the address in the CIDR block, or is it the bare one? IPv6 is outside every IPv4 range. */
export function isInRange(given: string, range: string, facts: Facts): boolean {
  const versionOf = (text: string) =>
    isIPv4(text) ? 'ipv4' : isIPv6(text) && !text.includes('%') ? 'ipv6' : undefined;
  const isMapped = given.toLowerCase().startsWith('::ffff:') && isIPv4(given.slice(7));
  const address = isMapped && !facts['ip-mapped-is-v6'] ? given.slice(7) : given;
  const [base = '', length, ...more] = range.split('/');
  const version = versionOf(base);
  if (length === undefined && !facts[version === 'ipv4' ? 'ip-bare' : 'ip-bare-v6']) return false;
  const width = version === 'ipv4' ? 32 : 128;
  const bits = Number(length ?? width);
  const isLength = length === undefined || (areDigits(length) && length === `${bits}` && bits <= width);
  if (version === undefined || versionOf(address) === undefined || !isLength || more.length > 0)
    return !facts['unparseable-matches-nothing'];
  if (versionOf(address) !== version) return !facts['ip-versions-apart'];
  const block = new BlockList();
  block.addSubnet(base, bits, version);
  return block.check(address, version);
}
