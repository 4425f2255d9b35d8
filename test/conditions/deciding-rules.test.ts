import { describe, expect, test } from 'vitest';
import { compileCondition } from '../../src/conditions/condition.js';
import type { ContextValue } from '../../src/conditions/context.js';
import { decidingRules } from '../../src/conditions/deciding-rules.js';
import { CONDITION_RULES } from '../../src/rules/conditions.js';
import { contextOf, KEY, segmentOf, UNKNOWN, useOf } from './ask.js';

function rules(name: string, value: ContextValue | undefined, many?: boolean): readonly string[] {
  const condition = { operator: useOf(name), key: KEY, operands: ['a'] };
  const options = { variables: true, segment: 'call', many, segmentOf } as const;
  return decidingRules(compileCondition(condition, options), contextOf(value));
}

describe('the rules behind a condition', () => {
  test.each<[string, ContextValue | undefined, boolean | undefined, string[]]>([
    ['StringEquals', undefined, undefined, ['COND-MISSING-POSITIVE']],
    ['StringNotEquals', undefined, undefined, ['COND-MISSING-NEGATED']],
    ['StringEqualsIfExists', undefined, undefined, ['COND-IF-EXISTS']],
    ['ForAnyValue:StringEqualsIfExists', undefined, undefined, ['COND-SET-IF-EXISTS']],
    ['ForAllValues:StringEquals', undefined, undefined, ['COND-FOR-ALL-ABSENT']],
    ['ForAllValues:StringEquals', '', undefined, ['COND-FOR-ALL-ABSENT']],
    ['ForAnyValue:StringNotEquals', [], undefined, ['COND-FOR-ANY-ABSENT']],
    ['StringEquals', '', undefined, ['COND-VALUES-OR', 'COND-STRING-EXACT']],
    ['StringNotLike', 'a', undefined, ['COND-VALUES-NOR', 'WILD-CONDITION']],
    ['StringEqualsIgnoreCase', 'a', false, ['COND-VALUES-OR', 'COND-STRING-IGNORE-CASE']],
    ['StringEquals', ['a'], true, ['COND-VALUES-OR', 'COND-STRING-EXACT', 'COND-MANY-WITHOUT-SET']],
    ['StringEquals', ['a', 'b'], undefined, ['COND-VALUES-OR', 'COND-STRING-EXACT', 'COND-MANY-WITHOUT-SET']],
    ['StringEquals', [''], undefined, ['COND-VALUES-OR', 'COND-STRING-EXACT']],
    ['StringEquals', ['', ''], undefined, ['COND-VALUES-OR', 'COND-STRING-EXACT', 'COND-MANY-WITHOUT-SET']],
    ['ForAllValues:StringEquals', [''], undefined, ['COND-FOR-ALL-ABSENT']],
    ['ForAllValues:StringEquals', ['', ''], undefined, ['COND-FOR-ALL-ABSENT']],
    [
      'ForAllValues:StringEquals',
      ['', 'a'],
      undefined,
      ['COND-VALUES-OR', 'COND-STRING-EXACT', 'COND-FOR-ALL'],
    ],
    [
      'ForAllValues:NumericEquals',
      'a',
      false,
      ['COND-VALUES-OR', 'COND-NUMERIC-EXACT', 'COND-FOR-ALL', 'COND-SET-ON-ONE'],
    ],
    ['ForAnyValue:DateEquals', 'a', true, ['COND-VALUES-OR', 'COND-DATE-FORMAT', 'COND-FOR-ANY']],
    ['Bool', 'a', undefined, ['COND-VALUES-OR', 'COND-BOOL-CASE']],
    ['BinaryEquals', 'a', undefined, ['COND-VALUES-OR', 'COND-BINARY-BYTES']],
    ['NotIpAddress', 'a', undefined, ['COND-VALUES-NOR', 'COND-IP-VERSION']],
    ['ArnLike', 'a', undefined, ['COND-VALUES-OR', 'COND-ARN-SECTIONS']],
    ['Null', undefined, undefined, ['COND-NULL']],
    ['Null', 'a', undefined, ['COND-NULL']],
    ['Null', '', undefined, ['COND-NULL', 'COND-NULL-EMPTY']],
    ['StringEquals', UNKNOWN, undefined, []],
  ])('%s on %j (several values: %j) rests on %j', (name, value, many, expected) => {
    expect(rules(name, value, many)).toEqual(expected);
  });

  test('every rule says one sentence and names its page and facts', () => {
    for (const [id, rule] of Object.entries(CONDITION_RULES)) {
      expect(id).toMatch(/^(COND|VAR|WILD)(-[A-Z0-9]+)+$/);
      expect(rule.says).toMatch(/^[`A-Z].*\.$/);
      expect(rule.page).toMatch(/^(IAM User|KMS Developer) Guide: /);
      expect(rule.facts.length).toBeGreaterThan(0);
    }
  });
});
