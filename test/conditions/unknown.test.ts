import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContextValue } from '../../src/conditions/context.js';
import { OPERATORS } from '../../src/conditions/operators.js';
import { ask, compiled, contextOf, UNKNOWN } from './ask.js';

const FORMS = [...OPERATORS.values()].flatMap(({ name }) =>
  name === 'Null'
    ? [name]
    : ['', 'ForAllValues:', 'ForAnyValue:'].flatMap((prefix) => [
        `${prefix}${name}`,
        `${prefix}${name}IfExists`,
      ]),
);

const TEXTS = [
  '',
  'a',
  'ab',
  '*',
  'true',
  'false',
  '1',
  '2.5',
  '2024',
  '10.0.0.1',
  '::1',
  'QQ==',
  'arn:aws:s3:::b',
  'x:y',
];
const OPERANDS = [
  ...TEXTS,
  'a*',
  '?',
  '10.0.0.0/8',
  'arn:aws:s3:::*',
  '${k}',
  'a${k}',
  '${k}*',
  "${missing, 'a'}",
  '${missing}',
  '*:*:*:*:*:*',
];

describe('values that are not known', () => {
  test.each([
    ['StringEquals', ['a'], 'either'],
    ['StringNotEquals', ['a'], 'either'],
    ['StringEquals', [], 'false'],
    ['StringNotEquals', [], 'true'],
    ['StringEqualsIfExists', [], 'either'],
    ['StringLike', ['*'], 'either'],
    ['StringLikeIfExists', ['*'], 'true'],
    ['StringNotLike', ['*'], 'either'],
    ['StringNotLikeIfExists', ['*'], 'either'],
    ['ForAllValues:StringLike', ['a', '*'], 'true'],
    ['ForAllValues:StringNotLike', [], 'true'],
    ['ForAllValues:StringEquals', ['a'], 'either'],
    ['ForAllValues:StringEquals', [], 'either'],
    ['ForAnyValue:StringEquals', [], 'false'],
    ['ForAnyValue:StringNotLike', ['*'], 'false'],
    ['ForAnyValue:StringNotEquals', [], 'either'],
    ['ForAnyValue:StringNotEqualsIfExists', [], 'true'],
    ['NumericEquals', ['many'], 'false'],
    ['NumericNotEquals', ['many'], 'true'],
    ['ArnLike', ['*'], 'false'],
    ['ArnNotLike', ['*'], 'true'],
    ['StringEquals', ['${missing}'], 'false'],
    ['StringNotEquals', ['${missing}'], 'true'],
    ['StringLike', ['${missing}', '*'], 'either'],
    ['StringLikeIfExists', ['${missing}', '*'], 'true'],
    ['StringLikeIfExists', ['${k}*'], 'either'],
    ['Null', ['true'], 'either'],
    ['Null', ['true', 'false'], 'true'],
    ['Null', [], 'false'],
    ['Null', ['maybe'], 'false'],
  ])('%s %j on a value that is not known is %s', (operator, operands, expected) => {
    expect(ask(operator, operands, UNKNOWN, { others: { k: 'v' } })).toBe(expected);
  });

  test('the answer holds the answer for every value, for absence, and for every value of a variable', () => {
    const values: (ContextValue | undefined)[] = [
      undefined,
      ...TEXTS,
      [],
      [''],
      ['a'],
      ['a', 'ab'],
      ['x:y', '10.0.0.1', 'a'],
    ];
    const names: (ContextValue | undefined)[] = [undefined, '', 'a', 'b', '*', ['a']];
    const form = fc.constantFrom(...FORMS);
    fc.assert(
      fc.property(
        form,
        fc.array(fc.constantFrom(...OPERANDS), { maxLength: 3 }),
        fc.constantFrom(...values),
        (name, operands, shown) => {
          const condition = compiled(name, operands);
          const at = (value: ContextValue | undefined, k: ContextValue | undefined) =>
            condition.evaluate(contextOf(value, k === undefined ? {} : { k }));
          const both = at(UNKNOWN, UNKNOWN);
          const variableOnly = at(shown, UNKNOWN);
          for (const k of names) {
            const valueOnly = at(UNKNOWN, k);
            const definite = at(shown, k);
            if ((definite & valueOnly) !== definite || definite === 3) return false;
            if ((definite & variableOnly) !== definite || (definite & both) !== definite) return false;
          }
          return true;
        },
      ),
      { seed: 20261205, numRuns: 20_000 },
    );
  });
});
