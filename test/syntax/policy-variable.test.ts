import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTemplate, resolveTemplate, type VariableValue } from '../../src/syntax/policy-variable.js';
import { literalText } from '../../src/syntax/wildcard.js';

const NOT_KNOWN = Symbol('not known');

function resolve(text: string, values: Record<string, VariableValue> = {}, wildcards = false): unknown {
  const known = new Map(Object.entries(values));
  const pieces = resolveTemplate(parseTemplate(text, { wildcards }).parts, (slot) => known.get(slot));
  return typeof pieces === 'string'
    ? { answer: pieces }
    : (literalText(pieces) ?? pieces.map((piece) => piece.kind));
}

describe('policy variables', () => {
  test.each([
    ['home/${aws:username}/', 'home/ana/'],
    ['${AWS:UserName}', 'ana'],
    ["${aws:username, 'nobody'}", 'ana'],
    ["${aws:nothing, 'nobody'}", 'nobody'],
    ["${aws:nothing, ''}", ''],
    ["${aws:nothing, 'a}b, c'}", 'a}b, c'],
    ['${*}${?}${$}{x}', '*?${x}'],
    ['a$b$$c', 'a$b$$c'],
    ['${aws:username}${aws:username}', 'anaana'],
    ['${aws:principaltag/cost center}', 'rnd'],
  ])('%s becomes %s', (text, expected) => {
    expect(resolve(text, { 'aws:username': 'ana', 'aws:principaltag/cost center': 'rnd' })).toBe(expected);
  });

  test('a value is text: its wildcards and variables are not read', () => {
    expect(resolve('${a}', { a: '${b}*?', b: 'no' }, true)).toBe('${b}*?');
  });

  test('wildcards beside variables are read only where they are asked for', () => {
    expect(resolve('*${a}?', { a: 'x' }, true)).toEqual(['any', 'text', 'one']);
    expect(resolve('*${a}?', { a: 'x' }, false)).toBe('*x?');
    expect(resolve('${*}', {}, true)).toBe('*');
  });

  test('a variable without value and default leaves the text unresolved', () => {
    expect(resolve('a${b}')).toEqual({ answer: 'unresolved' });
  });

  test('a key with several values cannot be a variable, with a default either', () => {
    expect(resolve("${a, 'x'}", { a: ['x'] })).toEqual({ answer: 'unresolved' });
    expect(resolve('${a}', { a: [] })).toEqual({ answer: 'unresolved' });
  });

  test('a value that is not known leaves the text unknown, unless another variable cannot be resolved at all', () => {
    expect(resolve("${a, 'x'}", { a: NOT_KNOWN })).toEqual({ answer: 'unknown' });
    expect(resolve('${a}${b}', { a: NOT_KNOWN })).toEqual({ answer: 'unresolved' });
  });

  test('a text that grows beyond 16,384 characters is unresolved', () => {
    expect(resolve('${a}', { a: 'x'.repeat(16_384) })).toBe('x'.repeat(16_384));
    expect(resolve('${a}y', { a: 'x'.repeat(16_384) })).toEqual({ answer: 'unresolved' });
  });

  test.each([
    ['${aws:username', 0, 'the policy variable has no closing `}`', '${aws:username'],
    ['x${}', 1, 'the policy variable has no name', 'x${}'],
    ['${ }', 0, 'the policy variable has no name', '${ }'],
    ['${a, x}', 0, "the default of the policy variable `a` is not written as `, 'text'}`", '${a, x}'],
    ["${a, 'x}", 0, "the default of the policy variable `a` is not written as `, 'text'}`", "${a, 'x}"],
    ["${a,'x'}", 0, "the default of the policy variable `a` is not written as `, 'text'}`", "${a,'x'}"],
    ["${a,  'x'}", 0, "the default of the policy variable `a` is not written as `, 'text'}`", "${a,  'x'}"],
    ["${a, 'x' }", 0, "the default of the policy variable `a` is not written as `, 'text'}`", "${a, 'x' }"],
    ["${*, 'x'}", 0, 'the default of `${*}` is never used: it is that character', '*'],
    ["${a, 'x' y}", 0, "the default of the policy variable `a` is not written as `, 'text'}`", "${a, 'x' y}"],
  ])('%s is literal text and a problem', (text, at, message, literal) => {
    const template = parseTemplate(text, { wildcards: false });
    expect(template.problems).toEqual([{ at, message }]);
    expect(template.parts).toEqual([{ kind: 'text', text: literal }]);
  });

  test.each([
    ['${a${b}', 'the policy variable `a${b` holds another variable'],
    ['${aws:*}', 'the policy variable `aws:*` has a wildcard in its name'],
    ['${ a }', 'the policy variable ` a ` has blanks around its name'],
  ])('%s is a variable that nothing can resolve', (text, message) => {
    expect(parseTemplate(text, { wildcards: false }).problems).toEqual([{ at: 0, message }]);
    expect(resolve(text, { a: 'x', b: 'y' })).toEqual({ answer: 'unresolved' });
  });

  test('names are kept as written and looked up in lower case', () => {
    const { parts } = parseTemplate('${aws:PrincipalTag/Team}', { wildcards: true });
    expect(parts).toEqual([
      { kind: 'variable', key: 'aws:PrincipalTag/Team', slot: 'aws:principaltag/team' },
    ]);
  });

  test('no text throws, and a text without `${` comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('$', '{', '}', ',', "'", ' ', 'a', '*', '?') }),
        (text) => {
          const { parts } = parseTemplate(text, { wildcards: false });
          const pieces = resolveTemplate(parts, () => 'v');
          return (
            text.includes('${') ||
            (pieces !== 'unknown' && pieces !== 'unresolved' && literalText(pieces) === text)
          );
        },
      ),
      { seed: 20261128, numRuns: 5_000 },
    );
  });
});
