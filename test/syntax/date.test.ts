import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareInstants, type Instant, isoInstant, parseDate, parseInstant } from '../../src/syntax/date.js';

/** Days since 1970-01-01 by walking the calendar year by year and month by month. */
function civilDays(year: number, month: number, day: number): number {
  const isLeap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  let days = day - 1;
  for (let y = 1970; y < year; y += 1) days += isLeap(y) ? 366 : 365;
  for (let y = year; y < 1970; y += 1) days -= isLeap(y) ? 366 : 365;
  const lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  for (let m = 1; m < month; m += 1) days += lengths[m - 1] ?? 0;
  return days;
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

describe('dates', () => {
  test.each([
    ['1970', 0],
    ['2024', 1_704_067_200_000],
    ['2024-03', 1_709_251_200_000],
    ['2024-02-29', 1_709_164_800_000],
    ['2026-11-23T01:14Z', 1_795_396_440_000],
    ['2026-11-23T01:14:21Z', 1_795_396_461_000],
    ['2026-11-23T01:14:21.5Z', 1_795_396_461_500],
    ['2026-11-23T01:14:21.123000Z', 1_795_396_461_123],
    ['2026-11-23T02:14:21+01:00', 1_795_396_461_000],
    ['2026-11-22T17:44:21-07:30', 1_795_396_461_000],
    ['0', 0],
    ['-1', -1000],
    ['-1.5', -1500],
    ['1795396461', 1_795_396_461_000],
    ['1795396461.25', 1_795_396_461_250],
    ['0000-01-01', -62_167_219_200_000],
    ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
    ['2026-11-23T01:14:21.123456Z', 1_795_396_461_123],
  ])('%s is %d ms after 1970', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  test.each([
    '',
    ' ',
    '-',
    '.',
    '1.',
    '.5',
    '1e3',
    '0x10',
    '2024-',
    '2024-1',
    '2024-00',
    '2024-13',
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-01-00',
    '2024/01/01',
    '2024-01-01T',
    '2024-01-01T10Z',
    '2024-01-01T10:00',
    '2024-01-01T10:00:00',
    '2024-01-01t10:00Z',
    '2024-01-01T10:00z',
    '2024-01-01 10:00Z',
    '2024-01-01T24:00Z',
    '2024-01-01T23:60Z',
    '2024-01-01T23:59:60Z',
    '2024-01-01T10:00:00.Z',
    '2024-01-01T10:00.5Z',
    '2024-01-01T10:00+1:00',
    '2024-01-01T10:00+0100',
    '2024-01-01T10:00+24:00',
    '2024-01-01T10:00+01:60',
    '2024-01-01T10:00ZZ',
    ' 2024-01-01',
    '2024-01-01 ',
    '20240101T000000Z',
    'now',
    '99999999999999999999',
    '9'.repeat(400),
  ])('%j is not a date', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  test.each([
    ['2026-11-23T01:14:21.123456Z', { ms: 1_795_396_461_123, finer: '456' }],
    ['1795396461.1234560', { ms: 1_795_396_461_123, finer: '456' }],
    ['-0.0001', { ms: -1, finer: '9' }],
    ['-1.5000001', { ms: -1501, finer: '9999' }],
    ['9007199254740.991', 9_007_199_254_740_991],
    ['9007199254740.9911', undefined],
    ['9007199254740.992', undefined],
    ['-9007199254740.991', -9_007_199_254_740_991],
    ['-9007199254740.9911', undefined],
  ])('%s is exact', (text, expected) => {
    expect(parseInstant(text)).toEqual(expected);
  });

  test('instants are in order, however close', () => {
    const inOrder = [
      '-2.0001',
      '-2',
      '-1.9999',
      '-0.000000000000000000001',
      '0',
      '0.000000000000000000001',
      '0.001',
      '0.0010000000000000001',
      '0.00100000000000001',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.00000000000000000001Z',
      '2026-01-01T00:00:00.001Z',
    ].map((text): Instant => parseInstant(text) ?? Number.NaN);
    const signs = inOrder.map((a) => inOrder.map((b) => Math.sign(compareInstants(a, b))));
    expect(signs).toEqual(inOrder.map((_, a) => inOrder.map((_, b) => Math.sign(a - b))));
  });

  test('every form agrees with counting days by hand', () => {
    const parts = fc.record({
      year: fc.integer({ min: 1800, max: 2200 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      hour: fc.nat(23),
      minute: fc.nat(59),
      second: fc.nat(59),
      ms: fc.nat(999),
      offset: fc.integer({ min: -1439, max: 1439 }),
    });
    fc.assert(
      fc.property(parts, ({ year, month, day, hour, minute, second, ms, offset }) => {
        const midnight = civilDays(year, month, day) * 86_400_000;
        const ymd = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
        const east = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(east / 60))}:${pad(east % 60)}`;
        const hm = midnight + (hour * 60 + minute - offset) * 60_000;
        return (
          parseDate(ymd) === midnight &&
          parseDate(`${pad(year, 4)}-${pad(month)}`) === civilDays(year, month, 1) * 86_400_000 &&
          parseDate(`${ymd}T${pad(hour)}:${pad(minute)}${zone}`) === hm &&
          parseDate(`${ymd}T${pad(hour)}:${pad(minute)}:${pad(second)}.${pad(ms, 3)}${zone}`) ===
            hm + second * 1000 + ms
        );
      }),
      { seed: 20261129, numRuns: 100_000 },
    );
  });

  test('every day of four centuries follows the one before', () => {
    let expected = civilDays(1800, 1, 1);
    for (let year = 1800; year < 2200; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        for (let day = 1; day <= 31; day += 1) {
          const at = parseDate(`${pad(year, 4)}-${pad(month)}-${pad(day)}`);
          if (at === undefined) continue;
          if (at !== expected * 86_400_000) expect([year, month, day]).toBe('the day after the one before');
          expected += 1;
        }
      }
    }
    expect(expected).toBe(civilDays(2200, 1, 1));
  });
});

describe('an instant', () => {
  test('is written as the calendar has it, and is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (milliseconds) => {
        expect(isoInstant(milliseconds)).toBe(new Date(milliseconds).toISOString());
        expect(parseDate(isoInstant(milliseconds))).toBe(milliseconds);
      }),
      { seed: 20261311 },
    );
  });
});
