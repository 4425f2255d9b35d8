import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantifierOf, quantify } from '../../src/conditions/set-operators.js';
import { EITHER, FALSE, TRUE, type Truth } from '../../src/conditions/truth.js';
import { ask, useOf } from './ask.js';

describe('conditions on several values', () => {
  test.each([
    // operator, operands, request values, expected
    ['StringEquals', ['a', 'b'], 'b', 'true'],
    ['StringEquals', ['a', 'b'], 'c', 'false'],
    ['StringNotEquals', ['a', 'b'], 'b', 'false'],
    ['StringNotEquals', ['a', 'b'], 'c', 'true'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'true'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a'], 'true'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'false'],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], 'true'],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['a', 'd'], 'false'],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], 'true'],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], 'false'],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], 'true'],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], 'false'],
    ['StringEquals', ['a'], ['c', 'a'], 'true'],
    ['StringEquals', ['a'], ['c', 'd'], 'false'],
    ['StringNotEquals', ['a'], ['c', 'a'], 'false'],
    ['StringNotEquals', ['a'], ['c', 'd'], 'true'],
    ['ForAllValues:StringEquals', ['a'], ['', 'a'], 'false'],
    ['ForAnyValue:StringEquals', [''], '', 'true'],
    ['ForAllValues:StringLike', ['a*', '*z'], ['ab', 'xz'], 'true'],
    ['ForAllValues:StringLike', ['a*', '*z'], ['ab', 'x'], 'false'],
    ['ForAnyValue:StringNotLikeIfExists', ['a*'], ['ab'], 'false'],
    ['ForAllValues:ArnLike', ['arn:aws:sqs:*:*:*'], ['arn:aws:sqs:a:b:c', 'arn:aws:kms:a:b:c'], 'false'],
    ['ForAnyValue:Bool', ['true'], ['false', 'true'], 'true'],
    ['StringEquals', ['a', 'b', 'c'], 'c', 'true'],
    ['StringLike', ['a', 'b*'], 'bx', 'true'],
    ['StringLike', ['a', 'b*', '?'], 'x', 'true'],
    ['StringLike', ['b*', '?'], 'xx', 'false'],
  ])('%s %j on %j is %s', (operator, operands, value, expected) => {
    expect(ask(operator, operands, value)).toBe(expected);
  });

  test('set operators follow their definitions on random sets', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(letters, letters, (operands, values) => {
        const some = values.some((value) => operands.includes(value));
        const all = values.every((value) => operands.includes(value));
        const answers = [
          'ForAllValues:StringEquals',
          'ForAllValues:StringNotEquals',
          'ForAnyValue:StringEquals',
          'ForAnyValue:StringNotEquals',
        ];
        const expected = [all, !some, some, !all].map(String);
        return answers.every((name, i) => ask(name, operands, values) === expected[i]);
      }),
      { seed: 20261201, numRuns: 2_000 },
    );
  });

  test('order and repetition of operands and values change nothing', () => {
    const letters = fc.array(fc.constantFrom('a', 'b*', 'b', '?'), { minLength: 1, maxLength: 5 });
    const name = fc.constantFrom(
      'StringLike',
      'ForAllValues:StringNotLike',
      'ForAnyValue:StringNotLike',
      'ForAllValues:StringLike',
    );
    fc.assert(
      fc.property(name, letters, letters, (operator, operands, values) => {
        const answer = ask(operator, operands, values);
        return ask(operator, [...operands].reverse(), [...values, ...values].reverse()) === answer;
      }),
      { seed: 20261202, numRuns: 2_000 },
    );
  });
});

describe('one of the values, or all of them', () => {
  test.each([
    ['StringEquals', 'some'],
    ['StringNotEquals', 'every'],
    ['ForAnyValue:StringEquals', 'some'],
    ['ForAnyValue:StringNotEquals', 'some'],
    ['ForAllValues:StringEquals', 'every'],
    ['ForAllValues:StringNotEquals', 'every'],
  ])('%s asks %s', (name, quantifier) => expect(quantifierOf(useOf(name))).toBe(quantifier));

  test.each<readonly ['some' | 'every', boolean, readonly Truth[], Truth, number]>([
    ['some', false, [FALSE, TRUE, FALSE], TRUE, 2],
    ['some', false, [FALSE, EITHER, FALSE], EITHER, 3],
    ['some', true, [TRUE, FALSE, TRUE], TRUE, 2],
    ['every', false, [TRUE, FALSE, TRUE], FALSE, 2],
    ['every', false, [TRUE, EITHER, TRUE], EITHER, 3],
    ['every', true, [FALSE, TRUE, FALSE], FALSE, 2],
    ['some', false, [], FALSE, 0],
    ['every', false, [], TRUE, 0],
  ])('%s (negated: %s) of %j is %i, after %i', (quantifier, negated, answers, expected, asked) => {
    let count = 0;
    const values = answers.map((_, at) => String(at));
    const answer = quantify(quantifier, negated, values, (value) => {
      count += 1;
      return answers[Number(value)] ?? EITHER;
    });
    expect([answer, count]).toEqual([expected, asked]);
  });
});
