import { describe, expect, test } from 'vitest';
import { OPERATORS } from '../../src/conditions/operators.js';
import { ask } from './ask.js';

/** An operand that each operator can read. */
const OPERAND: Record<string, string> = {
  string: 'a',
  numeric: '1',
  date: '2024',
  bool: 'true',
  binary: 'QQ==',
  ip: '10.0.0.0/8',
  arn: 'arn:aws:sqs:us-east-1:111122223333:orders',
};

const operators = [...OPERATORS.values()].filter((operator) => operator.name !== 'Null');

describe.each(operators)('$name on a missing key', ({ name, family, negated }) => {
  const operands = [OPERAND[family] ?? ''];
  const plain = negated ? 'true' : 'false';

  test.each([
    ['', plain],
    ['IfExists', 'true'],
  ])('%s', (suffix, expected) => {
    expect(ask(`${name}${suffix}`, operands, undefined)).toBe(expected);
    expect(ask(`${name}${suffix}`, operands, [])).toBe(expected);
    expect(ask(`${name}${suffix}`, [], undefined)).toBe(expected);
  });

  test('is satisfied under ForAllValues and with any IfExists, and not under ForAnyValue', () => {
    for (const absent of [undefined, []]) {
      expect(ask(`ForAllValues:${name}`, operands, absent)).toBe('true');
      expect(ask(`ForAllValues:${name}IfExists`, operands, absent)).toBe('true');
      expect(ask(`ForAnyValue:${name}`, operands, absent)).toBe('false');
      expect(ask(`ForAnyValue:${name}IfExists`, operands, absent)).toBe('true');
    }
  });

  test('is satisfied under ForAllValues when the key holds nothing but empty text', () => {
    expect(ask(`ForAllValues:${name}`, operands, '')).toBe('true');
    expect(ask(`ForAllValues:${name}`, operands, ['', ''])).toBe('true');
  });

  test('IfExists changes nothing when the key is there', () => {
    for (const value of ['zzz', OPERAND[family] ?? '']) {
      for (const prefix of ['', 'ForAllValues:', 'ForAnyValue:']) {
        expect(ask(`${prefix}${name}IfExists`, operands, value)).toBe(
          ask(`${prefix}${name}`, operands, value),
        );
      }
    }
  });

  test('an empty list of operands is matched by no value', () => {
    expect(ask(name, [], 'a')).toBe(plain);
    expect(ask(`ForAnyValue:${name}`, [], ['a', 'b'])).toBe(plain);
    expect(ask(`ForAllValues:${name}`, [], ['a', 'b'])).toBe(plain);
  });

  test('a value that cannot be read as the type matches nothing', () => {
    if (family === 'string') return;
    expect(ask(name, operands, 'neither:nor')).toBe(plain);
  });

  test('an operand that cannot be read as the type matches nothing', () => {
    if (family === 'string') return;
    for (const value of ['neither:nor', OPERAND[family] ?? ''])
      expect(ask(name, 'neither:nor', value)).toBe(plain);
    expect(ask(name, ['neither:nor', ...operands], OPERAND[family])).toBe(
      ask(name, operands, OPERAND[family]),
    );
  });
});

describe('Null', () => {
  test.each([
    ['true', undefined, 'true'],
    ['true', [], 'true'],
    ['true', '', 'true'],
    ['true', [''], 'true'],
    ['true', ['', 'a'], 'false'],
    ['true', 'a', 'false'],
    ['true', ['a', 'b'], 'false'],
    ['false', undefined, 'false'],
    ['false', '', 'false'],
    ['false', [''], 'false'],
    ['false', 'a', 'true'],
    ['false', ['a'], 'true'],
    ['True', undefined, 'true'],
    ['FALSE', 'a', 'true'],
    ['maybe', undefined, 'false'],
    ['maybe', 'a', 'false'],
  ])('Null %s on %j is %s', (operand, value, expected) => {
    expect(ask('Null', operand, value)).toBe(expected);
  });

  test('several operands are alternatives, and none is never satisfied', () => {
    expect(ask('Null', ['true', 'false'], undefined)).toBe('true');
    expect(ask('Null', ['true', 'false'], 'a')).toBe('true');
    expect(ask('Null', [], 'a')).toBe('false');
    expect(ask('Null', [], undefined)).toBe('false');
  });
});
