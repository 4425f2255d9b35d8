import ipaddr from 'ipaddr.js';
import type { Matcher, Piece } from '../syntax/wildcard.js';
import { operandText } from './operand.js';
import { remember } from './remember.js';

/** An address as signed 32-bit words, the highest first; an IPv4 address has only `a`. */
export interface IpAddress {
  readonly version: 4 | 6;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** The addresses whose words equal `base` where `mask` has ones. */
export interface IpRange {
  readonly base: IpAddress;
  readonly mask: IpAddress;
}

/**
 * Reads an IPv4 address of four decimal parts or an IPv6 address; `undefined` for anything else (zone ids, octal or
 * hexadecimal parts, fewer than four parts). An IPv4 address written inside IPv6 (`::ffff:192.0.2.1`) is an IPv6 one.
 *
 * Rule: COND-IP-MAPPED
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const word = parseFourDecimals(text);
  if (word !== undefined) return { version: 4, a: word, b: 0, c: 0, d: 0 };
  if (!text.includes(':') || text.includes('%')) return undefined;
  const tail = text.slice(text.lastIndexOf(':') + 1);
  if (tail.includes('.') && parseFourDecimals(tail) === undefined) return undefined;
  if (!ipaddr.IPv6.isValid(text)) return undefined;
  const bytes = ipaddr.IPv6.parse(text).toByteArray();
  return { version: 6, a: wordAt(bytes, 0), b: wordAt(bytes, 4), c: wordAt(bytes, 8), d: wordAt(bytes, 12) };
}

/**
 * Reads a CIDR range or a bare address, which is the range of itself alone. Bits of the address beyond the prefix do
 * not matter. `undefined` when either part is not valid.
 *
 * Rule: COND-IP-BARE, COND-IP-BARE-V6 (IAM User Guide, condition operators: IP address condition operators).
 */
export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/');
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const { version } = address;
  const size = version === 4 ? 32 : 128;
  const prefix = slash < 0 ? size : parsePrefix(text.slice(slash + 1));
  if (prefix === undefined || prefix > size) return undefined;
  const mask: IpAddress = {
    version,
    a: maskOf(prefix),
    b: maskOf(prefix - 32),
    c: maskOf(prefix - 64),
    d: maskOf(prefix - 96),
  };
  return { base: masked(address, mask), mask };
}

/** The word of `a.b.c.d`, each part from 0 to 255 without leading zeros; `undefined` for anything else. */
function parseFourDecimals(text: string): number | undefined {
  let word = 0;
  let part = -1;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x2e) {
      if (part < 0) return undefined;
      word = (word << 8) | part;
      part = -1;
      dots += 1;
    } else {
      const digit = unit - 0x30;
      if (digit < 0 || digit > 9 || part === 0) return undefined;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return undefined;
    }
  }
  return dots === 3 && part >= 0 ? (word << 8) | part : undefined;
}

function masked({ version, a, b, c, d }: IpAddress, mask: IpAddress): IpAddress {
  return { version, a: a & mask.a, b: b & mask.b, c: c & mask.c, d: d & mask.d };
}

/** Whether the address lies in the range; an address of the other version lies outside. */
export function isInRange(address: IpAddress, { base, mask }: IpRange): boolean {
  return (
    address.version === base.version &&
    (address.a & mask.a) === base.a &&
    (address.b & mask.b) === base.b &&
    (address.c & mask.c) === base.c &&
    (address.d & mask.d) === base.d
  );
}

const readIpAddress = remember(parseIpAddress);

/**
 * Matches addresses of one range. `undefined` when the operand is no range; a value that is no address never matches.
 *
 * Rule: COND-IP-VERSION, COND-UNPARSEABLE
 */
export function compileIpAddress(operand: readonly Piece[]): Matcher | undefined {
  const range = parseIpRange(operandText(operand));
  if (range === undefined) return undefined;
  return {
    test: (text) => {
      const address = readIpAddress(text);
      return address !== undefined && isInRange(address, range);
    },
    everything: false,
  };
}

function wordAt(bytes: readonly number[], at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(at, at + 4);
  return (a << 24) | (b << 16) | (c << 8) | d;
}

/** A word whose first bits are ones. */
function maskOf(ones: number): number {
  if (ones <= 0) return 0;
  return ones >= 32 ? -1 : -1 << (32 - ones);
}

function parsePrefix(text: string): number | undefined {
  if (text.length === 0 || text.length > 3 || (text.length > 1 && text[0] === '0')) return undefined;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}
