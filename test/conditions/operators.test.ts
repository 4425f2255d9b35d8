import { describe, expect, test } from 'vitest';
import { OPERATORS, operatorText, parseOperator } from '../../src/conditions/operators.js';

const NAMES = [...OPERATORS.values()].map((operator) => operator.name);
const COMBINABLE = NAMES.filter((name) => name !== 'Null');

describe('operator names', () => {
  test('the table holds the 27 operators of the IAM guide in its order', () => {
    expect(NAMES).toEqual([
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEquals',
      'DateEquals',
      'DateNotEquals',
      'DateLessThan',
      'DateLessThanEquals',
      'DateGreaterThan',
      'DateGreaterThanEquals',
      'Bool',
      'BinaryEquals',
      'IpAddress',
      'NotIpAddress',
      'ArnEquals',
      'ArnLike',
      'ArnNotEquals',
      'ArnNotLike',
      'Null',
    ]);
  });

  test('exactly the operators with `Not` in their names are negated', () => {
    for (const operator of OPERATORS.values()) expect(operator.negated).toBe(operator.name.includes('Not'));
  });

  test('wildcards are read by Like and ARN operators, variables by String, ARN and Bool operators', () => {
    for (const { name, family, wildcards, variables } of OPERATORS.values()) {
      expect([name, wildcards]).toEqual([
        name,
        family === 'arn' || (name.startsWith('String') && name.endsWith('Like')),
      ]);
      expect([name, variables]).toEqual([name, family === 'arn' || family === 'string' || family === 'bool']);
    }
  });

  test.each(COMBINABLE)('%s takes every prefix and suffix, in any letter case', (name) => {
    for (const [prefix, set] of [
      ['', undefined],
      ['ForAllValues:', 'forAllValues'],
      ['ForAnyValue:', 'forAnyValue'],
    ] as const) {
      for (const suffix of ['', 'IfExists']) {
        const text = `${prefix}${name}${suffix}`;
        const exact = parseOperator(text);
        expect(exact).toMatchObject({ ok: true, caseDiffers: false, use: { text, ifExists: suffix !== '' } });
        if (!exact.ok) continue;
        expect([exact.use.operator.name, exact.use.set, operatorText(exact.use)]).toEqual([name, set, text]);
        const lower = parseOperator(text.toLowerCase());
        expect(lower).toMatchObject({ ok: true, caseDiffers: true, use: { text: text.toLowerCase() } });
        if (lower.ok) expect(operatorText(lower.use)).toBe(text);
      }
    }
  });

  test.each([
    ['NullIfExists', '`Null` cannot take the suffix `IfExists`, as it asks about the key itself'],
    ['ForAnyValue:Null', '`Null` cannot be used with a set operator, as it asks about the key itself'],
    [
      'ForAllValues:NullIfExists',
      '`Null` cannot take the suffix `IfExists`, as it asks about the key itself',
    ],
  ])('%s is refused', (text, reason) => {
    expect(parseOperator(text)).toEqual({ ok: false, suggestion: 'Null', reason });
  });

  test.each([
    ['StringEqual', 'StringEquals'],
    ['StringEqualIfExists', 'StringEqualsIfExists'],
    ['ForAnyValue:StringLikes', 'ForAnyValue:StringLike'],
    ['ForAllValue:StringEquals', 'ForAllValues:StringEquals'],
    ['ForAllValue:stringequalsifexists', 'ForAllValues:StringEqualsIfExists'],
    ['ForAnyValue:Nul', 'Null'],
    ['ArnNotLikes', 'ArnNotLike'],
    ['Wildly:StringEquals', undefined],
    ['', undefined],
    ['IfExists', undefined],
    ['ForAllValues:', undefined],
    ['ForAllValues:IfExists', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
    ['aVeryLongNameThatNobodyKnows', undefined],
  ])('%j is unknown; the nearest name is %s', (text, suggestion) => {
    expect(parseOperator(text)).toEqual({
      ok: false,
      ...(suggestion && { suggestion }),
      reason: `\`${text}\` is not a condition operator`,
    });
  });
});
