import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInRange, parseIpAddress, parseIpRange } from '../../src/conditions/ip.js';

function v4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

function v6Groups(value: bigint): string[] {
  return Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
}

/** Writes the first run of zero groups as `::`. */
function v6Short(value: bigint): string {
  const groups = v6Groups(value);
  const from = groups.indexOf('0');
  if (from < 0) return groups.join(':');
  let to = from;
  while (groups[to] === '0') to += 1;
  return `${groups.slice(0, from).join(':')}::${groups.slice(to).join(':')}`;
}

function within(value: bigint, base: bigint, prefix: number, size: number): boolean {
  const shift = BigInt(size - prefix);
  return value >> shift === base >> shift;
}

function isMember(address: string, range: string): boolean | undefined {
  const [left, right] = [parseIpAddress(address), parseIpRange(range)];
  return left && right && isInRange(left, right);
}

describe('IP addresses', () => {
  test.each([
    '',
    '1.2.3',
    '1..2.3',
    '.1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '0x1.2.3.4',
    '1.2.3.4 ',
    '16909060',
    'fe80::1%eth0',
    '[::1]',
    ':::1',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7',
    '::01.2.3.4',
    '::ffff:0x1.2.3.4',
    '::ffff:1.2.3',
    'localhost',
    '10.0.0.0/8',
  ])('%j is not an address', (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });

  test.each([
    '',
    '/',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0.0/a',
    '10.0.0.0/1111',
    '::/129',
    '10.0.0.0/255.0.0.0',
    '10.*',
  ])('%j is not a range', (text) => {
    expect(parseIpRange(text)).toBeUndefined();
  });

  test('bits beyond the prefix do not matter', () => {
    expect(isMember('10.9.9.9', '10.1.2.3/8')).toBe(true);
    expect(isMember('11.9.9.9', '10.1.2.3/8')).toBe(false);
  });

  test('IPv4 ranges agree with integer arithmetic', () => {
    const address = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n });
    fc.assert(
      fc.property(address, fc.nat(32), address, fc.nat(32), (base, prefix, other, kept) => {
        const near =
          ((base >> BigInt(32 - kept)) << BigInt(32 - kept)) | (other & ((1n << BigInt(32 - kept)) - 1n));
        return [near, other].every(
          (value) => isMember(v4Text(value), `${v4Text(base)}/${prefix}`) === within(value, base, prefix, 32),
        );
      }),
      { seed: 20261203, numRuns: 50_000 },
    );
  });

  test('IPv6 ranges agree with integer arithmetic in every spelling', () => {
    const address = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });
    fc.assert(
      fc.property(address, fc.nat(128), address, fc.nat(128), (base, prefix, other, kept) => {
        const free = BigInt(128 - kept);
        const near = ((base >> free) << free) | (other & ((1n << free) - 1n));
        const sparse = near & ~(0xffffffn << 40n);
        return [near, other, sparse].every((value) => {
          const spellings = [
            v6Groups(value).join(':'),
            v6Short(value),
            v6Groups(value).join(':').toUpperCase(),
          ];
          const expected = within(value, base, prefix, 128);
          return spellings.every((text) => isMember(text, `${v6Short(base)}/${prefix}`) === expected);
        });
      }),
      { seed: 20261204, numRuns: 10_000 },
    );
  });

  test('an address of one version lies in no range of the other', () => {
    for (const range of ['0.0.0.0/0', '::/0', '10.0.0.0/8', '::ffff:0:0/96']) {
      const version6 = range.includes(':');
      expect(isMember('10.0.0.1', range)).toBe(!version6 && true);
      expect(isMember('::ffff:10.0.0.1', range)).toBe(version6);
    }
  });
});
