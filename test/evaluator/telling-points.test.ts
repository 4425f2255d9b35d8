import { describe, expect, it } from 'vitest';
import { type IpRange, parseIpRange } from '../../src/conditions/ip.js';
import {
  addressesTellingApart,
  base64Spellings,
  instantsTellingApart,
  numbersTellingApart,
} from '../../src/evaluator/telling-points.js';
import { type Instant, parseInstant } from '../../src/syntax/date.js';
import { type Decimal, parseDecimal } from '../../src/syntax/decimal.js';

type Row = readonly [operands: readonly string[], texts: readonly string[] | undefined];

function read<T>(operands: readonly string[], parse: (text: string) => T | undefined): readonly T[] {
  return operands.map((text) => {
    const value = parse(text);
    if (value === undefined) throw new Error(text);
    return value;
  });
}

describe('numbers below, at, between and above those of a policy', () => {
  const large = `1${'0'.repeat(64)}`;
  const small = `0.${'0'.repeat(63)}`;
  const ones = '1'.repeat(63);
  it.each<Row>([
    [['5'], ['4', '5', '6']],
    [['0'], ['-1', '0', '1']],
    [
      ['3', '1', '3'],
      ['0', '1', '2', '3', '4'],
    ],
    [
      ['100', '20', '3'],
      ['2', '3', '11.5', '20', '60', '100', '101'],
    ],
    [
      ['0.2', '0.1'],
      ['0', '0.1', '0.15', '0.2', '0.3'],
    ],
    [
      ['-1.5', '-1'],
      ['-1.6', '-1.5', '-1.25', '-1', '-0.9'],
    ],
    [
      ['-0.5', '1000'],
      ['-0.6', '-0.5', '499.75', '1000', '1000.1'],
    ],
    [['0.010203'], ['0.010202', '0.010203', '0.010204']],
    [['1e20'], ['0', `1${'0'.repeat(20)}`, `2${'0'.repeat(20)}`]],
    [
      ['1234567890123456789012340'],
      ['1234567890123456789012330', '1234567890123456789012340', '1234567890123456789012350'],
    ],
    // As long as numbers are written out, and one longer.
    [['1e64'], ['0', large, large.replace('1', '2')]],
    [['1e65'], undefined],
    [['5', '1e65'], undefined],
    [['1e-64'], ['0', `${small}1`, `${small}2`]],
    [['1e-65'], undefined],
    [[`${ones}1`], [`${ones}0`, `${ones}1`, `${ones}2`]],
    [[`${ones}11`], undefined],
  ])('%j: %j', (operands, texts) => {
    expect(numbersTellingApart(read<Decimal>(operands, parseDecimal))).toEqual(texts);
  });
});

describe('instants before, at, between and after those of a policy', () => {
  const zeros = (count: number): string => '0'.repeat(count);
  const close = (seconds: number): string => `${seconds}.${zeros(65)}1`;
  it.each<Row>([
    [['2020-01-01T00:00:00Z'], ['1577836799.0', '1577836800.0', '1577836801.0']],
    [
      ['2.0', '1.0'],
      ['0.0', '1.0', '1.5', '2.0', '3.0'],
    ],
    [
      ['1969-12-31T23:59:58.5Z', '1969-12-31T23:59:58Z'],
      ['-3.0', '-2.0', '-1.75', '-1.5', '-0.5'],
    ],
    [
      ['1.0', '1.00055'],
      ['0.0', '1.0', '1.000275', '1.00055', '2.00055'],
    ],
    [
      ['1000000000000.0001', '1000000000000.0000'],
      [
        '999999999999.0',
        '1000000000000.0',
        '1000000000000.00005',
        '1000000000000.0001',
        '1000000000001.0001',
      ],
    ],
    // As fine as instants are told apart, and one digit finer.
    [[close(1)], [close(0), close(1), close(2)]],
    [[`1.${zeros(66)}1`], undefined],
    // A second later no instant can be written.
    [['9007199254740.991'], undefined],
  ])('%j: %j', (operands, texts) => {
    expect(instantsTellingApart(read<Instant>(operands, parseInstant))).toEqual(texts);
  });
});

describe('addresses of every combination of the ranges of a policy', () => {
  const always = ['0.0.0.0', '0:0:0:0:0:0:0:0'];
  const ones = Array.from({ length: 8 }, () => 'ffff').join(':');
  it.each<Row>([
    [[], []],
    [['10.0.0.0/8'], ['10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0']],
    [['0.0.0.0/0'], ['255.255.255.255']],
    [['0.0.0.0'], ['0.0.0.1']],
    [['255.255.255.255'], ['255.255.255.255', '255.255.255.254']],
    [['192.168.3.4/30'], ['192.168.3.4', '192.168.3.7', '192.168.3.3', '192.168.3.8']],
    [['::/0'], [ones]],
    [[ones], [ones, ones.replace(/f$/, 'e')]],
    [
      ['2001:db8::/32'],
      [
        '2001:db8:0:0:0:0:0:0',
        '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
        '2001:db7:ffff:ffff:ffff:ffff:ffff:ffff',
        '2001:db9:0:0:0:0:0:0',
      ],
    ],
    [
      ['10.0.0.1', '1:2:3:4:5:6:7:8'],
      ['10.0.0.1', '10.0.0.0', '10.0.0.2', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:7', '1:2:3:4:5:6:7:9'],
    ],
  ])('%j: %j', (operands, texts = []) => {
    expect(addressesTellingApart(read<IpRange>(operands, parseIpRange))).toEqual([...always, ...texts]);
  });
});

describe('the spellings of bytes in base64', () => {
  const endings = (start: string, units: string, padding: string): readonly string[] =>
    [...units].map((unit) => `${start}${unit}${padding}`);
  it.each<readonly [string, readonly string[]]>([
    ['', ['']],
    ['AAAA', ['AAAA']],
    ['AAA=', endings('AA', 'ABCD', '=')],
    ['AAF=', endings('AA', 'EFGH', '=')],
    ['//8=', endings('//', '89+/', '=')],
    ['AP==', endings('A', 'ABCDEFGHIJKLMNOP', '==')],
    ['AQ==', endings('A', 'QRSTUVWXYZabcdef', '==')],
    ['AAAA/w==', endings('AAAA/', 'wxyz0123456789+/', '==')],
  ])('%s: %j', (text, spellings) => expect(base64Spellings(text)).toEqual(spellings));
});
