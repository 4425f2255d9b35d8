import { describe, expect, test } from 'vitest';
import type { ContextValue } from '../../src/conditions/context.js';
import { ask, compiled, contextOf, UNKNOWN, word } from './ask.js';

const USER = { 'aws:username': 'ana' };
const ARN = 'arn:aws:iam::111122223333:user/ana';

describe('policy variables in conditions', () => {
  test.each<[string, string, ContextValue | undefined, Record<string, ContextValue>, string]>([
    ['StringEquals', '${aws:username}', 'ana', USER, 'true'],
    ['StringEquals', '${AWS:UserName}', 'ana', USER, 'true'],
    ['StringEquals', '${aws:username}', 'bob', USER, 'false'],
    ['StringNotEquals', '${aws:username}', 'bob', USER, 'true'],
    ['StringEqualsIgnoreCase', '${aws:username}', 'ANA', USER, 'true'],
    ['StringLike', 'home/${aws:username}/*', 'home/ana/x', USER, 'true'],
    ['StringLike', 'home/${aws:username}/*', 'home/bob/x', USER, 'false'],
    ['StringLike', '${aws:username}', 'anything', { 'aws:username': '*' }, 'false'],
    ['StringLike', '${aws:username}', '*', { 'aws:username': '*' }, 'true'],
    ['StringEquals', '${aws:username}', '${aws:username}', {}, 'false'],
    ['StringEquals', '${aws:username}', 'ana', {}, 'false'],
    ['StringNotEquals', '${aws:username}', 'ana', {}, 'true'],
    ['StringNotEquals', '${aws:username}', undefined, {}, 'true'],
    ['StringEqualsIfExists', '${aws:username}', undefined, {}, 'true'],
    ['StringEquals', "${aws:username, 'ana'}", 'ana', {}, 'true'],
    ['StringEquals', '${aws:names}', 'ana', { 'aws:names': ['ana'] }, 'false'],
    ['StringNotEquals', '${aws:names}', 'ana', { 'aws:names': ['ana'] }, 'true'],
    ['ArnLike', 'arn:aws:iam::*:user/${aws:username}', ARN, USER, 'true'],
    ['ArnEquals', '${aws:principalarn}', ARN, { 'aws:principalarn': ARN }, 'true'],
    ['ArnNotEquals', '${aws:principalarn}', ARN, {}, 'true'],
    ['Bool', '${aws:flag}', 'true', { 'aws:flag': 'TRUE' }, 'true'],
    ['NumericEquals', '${aws:n}', '1', { 'aws:n': '1' }, 'false'],
    ['IpAddress', '${aws:ip}', '10.0.0.1', { 'aws:ip': '10.0.0.1' }, 'false'],
    ['ForAllValues:StringEquals', '${aws:username}', ['ana', 'ana'], USER, 'true'],
    ['ForAnyValue:StringNotEquals', '${aws:username}', ['ana', 'bob'], USER, 'true'],
    ['StringEquals', '${aws:username}', 'ana', { 'aws:username': UNKNOWN }, 'either'],
    ['StringNotEquals', '${aws:username}', 'ana', { 'aws:username': UNKNOWN }, 'either'],
    ['StringEquals', '${aws:username}', undefined, { 'aws:username': UNKNOWN }, 'false'],
    ['StringEquals', '${aws:username}${aws:nothing}', 'ana', { 'aws:username': UNKNOWN }, 'false'],
  ])('%s %s on %j with %j is %s', (operator, operand, value, others, expected) => {
    expect(ask(operator, operand, value, { others })).toBe(expected);
  });

  test('another operand that matches settles the answer whatever the variable holds', () => {
    expect(
      ask('StringEquals', ['${aws:username}', 'ana'], 'ana', { others: { 'aws:username': UNKNOWN } }),
    ).toBe('true');
    expect(
      ask('StringEquals', ['${aws:username}', '${aws:b}'], 'ana', {
        others: { 'aws:username': UNKNOWN, 'aws:b': 'ana' },
      }),
    ).toBe('true');
  });

  test('in policies of the older version a variable is plain text', () => {
    const options = { variables: false, others: USER };
    expect(ask('StringEquals', '${aws:username}', 'ana', options)).toBe('false');
    expect(ask('StringEquals', '${aws:username}', '${aws:username}', options)).toBe('true');
    expect(ask('StringLike', '${*}', '${anything}', options)).toBe('true');
  });

  test('one compiled condition follows the values of each request', () => {
    const condition = compiled('StringLike', ['home/${aws:username}/*', '${aws:other}']);
    const names: (ContextValue | undefined)[] = ['ana', 'ana', 'bob', UNKNOWN, 'ana', undefined];
    const answers = names.map((name) => {
      const others: Record<string, ContextValue> = name === undefined ? {} : { 'aws:username': name };
      return word(condition.evaluate(contextOf('home/ana/x', others)));
    });
    expect(answers).toEqual(['true', 'true', 'false', 'either', 'true', 'false']);
  });

  test('the condition key is looked up in lower case and kept as written', () => {
    const condition = compiled('StringEquals', ['x']);
    expect([condition.key, condition.slot, condition.segment]).toEqual([
      'aws:TestKey',
      'aws:testkey',
      'call',
    ]);
  });
});
