import type { IpAddress, IpRange } from '../conditions/ip.js';
import { type Instant, parseInstant, partsOf } from '../syntax/date.js';
import type { Decimal } from '../syntax/decimal.js';

const MOST_DIGITS = 64;

/** Numbers below, at, between and above the operands, as text. `undefined` when they are too long to write out. */
export function numbersTellingApart(operands: readonly Decimal[]): readonly string[] | undefined {
  const parts = operands.map(wholeAndPower);
  if (
    parts.some(({ whole, power }) => Math.abs(power) > MOST_DIGITS || whole.toString().length > MOST_DIGITS)
  ) {
    return undefined;
  }
  const unit = Math.min(...parts.map(({ power }) => power)) - 1;
  const points = around(
    parts.map(({ whole, power }) => whole * 10n ** BigInt(power - unit)),
    10n,
  );
  return points.map((point) => decimalText(point, unit));
}

function wholeAndPower(value: Decimal): { readonly whole: bigint; readonly power: number } {
  if (typeof value === 'number') return { whole: BigInt(value), power: 0 };
  return { whole: BigInt(value.sign) * BigInt(value.digits), power: value.exponent - value.digits.length };
}

/** The points, one between each two, one below and one above. Points are at least `apart` apart. */
function around(points: readonly bigint[], apart: bigint): readonly bigint[] {
  const sorted = [...new Set(points)].sort((a, b) => (a < b ? -1 : 1));
  const [first = 0n] = sorted;
  const all = [first - apart];
  sorted.forEach((point, index) => {
    all.push(point, ((sorted[index + 1] ?? point + 2n * apart) + point) / 2n);
  });
  return all;
}

function decimalText(whole: bigint, power: number): string {
  if (power >= 0) return (whole * 10n ** BigInt(power)).toString();
  const digits = (whole < 0n ? -whole : whole).toString().padStart(1 - power, '0');
  const fraction = digits.slice(power).replace(/0+$/, '');
  const text = fraction === '' ? digits.slice(0, power) : `${digits.slice(0, power)}.${fraction}`;
  return whole < 0n ? `-${text}` : text;
}

/** Instants below, at, between and above the operands, as seconds since 1970. */
export function instantsTellingApart(operands: readonly Instant[]): readonly string[] | undefined {
  const parts = operands.map(partsOf);
  const finest = Math.max(...parts.map(({ finer }) => finer.length)) + 1;
  if (finest > MOST_DIGITS) return undefined;
  const unit = 10n ** BigInt(finest);
  const points = around(
    parts.map(({ ms, finer }) => BigInt(ms) * unit + BigInt(finer.padEnd(finest, '0'))),
    unit * 1000n,
  );
  const texts = points.map((point) => secondsText(decimalText(point, -finest - 3)));
  return texts.every((text) => parseInstant(text) !== undefined) ? texts : undefined;
}

/** Always with a fraction: four digits alone would be a year. */
function secondsText(seconds: string): string {
  return seconds.includes('.') ? seconds : `${seconds}.0`;
}

const WORD = 0xffff_ffffn;

/**
 * Addresses that lie in every combination of ranges in which any address lies: what changes from one address to the
 * next changes at the first address of a range or behind its last.
 */
export function addressesTellingApart(ranges: readonly IpRange[]): readonly string[] {
  const texts = new Set(['0.0.0.0', ipv6Text(0n)]);
  for (const { base, mask } of ranges) {
    const bits = base.version === 4 ? 32n : 128n;
    const end = 1n << bits;
    const first = numberOf(base);
    const last = first | (end - 1n - numberOf(mask));
    for (const address of [first, last, first - 1n, last + 1n]) {
      if (address >= 0n && address < end)
        texts.add(base.version === 4 ? ipv4Text(address) : ipv6Text(address));
    }
  }
  return [...texts];
}

function numberOf({ version, a, b, c, d }: IpAddress): bigint {
  const words = version === 4 ? [a] : [a, b, c, d];
  return words.reduce((number, word) => (number << 32n) | (BigInt(word) & WORD), 0n);
}

function ipv4Text(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => ((address >> shift) & 255n).toString()).join('.');
}

function ipv6Text(address: bigint): string {
  const groups: string[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(((address >> shift) & 0xffffn).toString(16));
  return groups.join(':');
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Every text that decodes to the same bytes: the bits that the padding leaves over are ignored. */
export function base64Spellings(text: string): readonly string[] {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (padding === 0) return [text];
  const at = text.length - padding - 1;
  const spare = padding === 2 ? 16 : 4;
  const from = Math.floor(BASE64.indexOf(text.charAt(at)) / spare) * spare;
  return [...BASE64.slice(from, from + spare)].map((unit) => text.slice(0, at) + unit + text.slice(at + 1));
}
