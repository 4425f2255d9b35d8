import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDecimals, parseDecimal } from '../../src/syntax/decimal.js';

function compare(a: string, b: string): number | undefined {
  const left = parseDecimal(a);
  const right = parseDecimal(b);
  return left === undefined || right === undefined ? undefined : Math.sign(compareDecimals(left, right));
}

describe('decimals', () => {
  test.each([
    ['1', '1', 0],
    ['0', '-0', 0],
    ['-0.00', '0e999', 0],
    ['1.0', '1', 0],
    ['01', '1', 0],
    ['+1', '1', 0],
    ['.5', '0.50', 0],
    ['5.', '5', 0],
    ['1e2', '100', 0],
    ['1E+2', '100', 0],
    ['100e-2', '1', 0],
    ['1e400', '1e399', 1],
    ['1e400', '10e399', 0],
    ['-1e400', '1', -1],
    ['1e-400', '0', 1],
    ['-1e-400', '0', -1],
    ['12345678901234567890', '12345678901234567891', -1],
    ['12345678901234567890', '12345678901234567890.0', 0],
    ['9007199254740993', '9007199254740992', 1],
    ['9007199254740991', '9007199254740992', -1],
    ['-9007199254740993', '-9007199254740992', -1],
    ['0.1', '0.10000000000000000001', -1],
    ['2', '10', -1],
    ['0.3', '0.25', 1],
    ['1.5', '1', 1],
    ['1', '1.5', -1],
    ['-1.5', '-1', -1],
  ])('%s compared with %s is %d', (a, b, expected) => {
    expect(compare(a, b)).toBe(expected);
  });

  test.each([
    '',
    ' ',
    '-',
    '+',
    '.',
    'e5',
    '1e',
    '1e+',
    '1e1.5',
    '1.2.3',
    '0x10',
    'Infinity',
    'NaN',
    ' 1',
    '1 ',
    '1,000',
    '--1',
    '١',
    '1n',
    '1_000',
    '1e1234567890123456',
  ])('%j is not a number', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  test('safe integers are plain numbers however they are written', () => {
    expect(['7', '7.0', '70e-1', '0.7e1', '-0'].map(parseDecimal)).toEqual([7, 7, 7, 7, 0]);
    expect(parseDecimal('9007199254740991')).toBe(9_007_199_254_740_991);
    expect(typeof parseDecimal('9007199254740992')).toBe('object');
  });

  test('comparison agrees with integers scaled by hand', () => {
    const number = fc.record({
      sign: fc.constantFrom('', '-', '+'),
      whole: fc.string({ unit: fc.constantFrom('0', '1', '9'), minLength: 1, maxLength: 22 }),
      fraction: fc.string({ unit: fc.constantFrom('0', '1', '9'), maxLength: 6 }),
      power: fc.integer({ min: -30, max: 30 }),
    });
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [left, right] = [a, b].map(({ sign, whole, fraction, power }) => ({
          text: `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}${power === 0 ? '' : `e${power}`}`,
          scaled:
            BigInt(`${whole}${fraction.padEnd(6, '0')}`) *
            10n ** BigInt(power + 30) *
            (sign === '-' ? -1n : 1n),
        }));
        const order =
          (left?.scaled ?? 0n) < (right?.scaled ?? 0n) ? -1 : left?.scaled === right?.scaled ? 0 : 1;
        return compare(left?.text ?? '', right?.text ?? '') === order;
      }),
      { seed: 20261130, numRuns: 100_000 },
    );
  });
});
