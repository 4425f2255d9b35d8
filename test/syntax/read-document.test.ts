import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/syntax/read-document.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { firstIssue, plainValue, spot } from './reading.js';

const read = (name: string, text: string) => readDocument({ name, text }, readYaml);

describe('the reader is chosen', () => {
  it.each([
    ['p.json', '{"a": 1}', { a: 1 }],
    ['P.JSON', ' [1]', [1]],
    ['p.yaml', 'a: 1', { a: '1' }],
    ['p.yml', '{"a": 1}', { a: '1' }],
    ['policy', '\ufeff {"a": 1}', { a: 1 }],
    ['policy.txt', '\n[1]', [1]],
    ['policy', 'a: 1', { a: '1' }],
    ['dir.json/policy', 'a: 1', { a: '1' }],
  ])('for %s with %j', (name, text, value) => {
    const { node, issues } = read(name, text);
    expect(issues).toEqual([]);
    expect(node && plainValue(node)).toEqual(value);
  });

  it('by the name even when the text looks otherwise', () => {
    expect(firstIssue(read('p.json', 'a: 1').issues).code).toBe('json-syntax');
  });

  it('and YAML without a YAML reader is an issue', () => {
    expect(firstIssue(readDocument({ name: 'p.yaml', text: 'a: 1' }).issues)).toMatchObject({
      code: 'json-syntax',
      message: 'the document is not JSON, and YAML is not read here',
    });
  });

  it.each(['', ' \r\n\t', '\ufeff'])('and %j is an empty file', (text) => {
    for (const name of ['p.json', 'p.yaml', 'p'])
      expect(firstIssue(read(name, text).issues).code).toBe('empty-file');
  });
});

describe('a text in the wrong encoding is told as such', () => {
  it.each([
    ['a swapped byte-order mark', '\ufffe{}', '1:1', 'UTF-16'],
    ['UTF-16 read as Latin-1', '\u00ff\u00fe{\0}\0', '1:1', 'UTF-16'],
    ['UTF-16 read as UTF-8', '\ufffd\ufffd{\0}\0', '1:1', 'UTF-16'],
    ['UTF-16 without a mark read as UTF-8', '{\0"\0a\0"\0:\0', '1:1', 'UTF-16'],
    ['a NUL character', '{\n"a\0": 1}', '2:3', 'NUL'],
    ['random bytes read as UTF-8', 'a\ufffdb\ufffd\ufffdc', '1:2', 'not UTF-8'],
    ['half of a surrogate pair', '{\n"\ud800": 1}', '2:2', 'U+D800'],
  ])('%s', (_, text, at, part) => {
    for (const name of ['p.json', 'p.yaml', 'p']) {
      const { node, issues } = read(name, text);
      expect(node).toBeUndefined();
      expect([firstIssue(issues).code, spot(firstIssue(issues))]).toEqual(['encoding', at]);
      expect(firstIssue(issues).message).toContain(part);
    }
  });

  it('a single replacement character is a character', () => {
    expect(read('p.json', '{"a": "\ufffd, and enough other text"}').issues).toEqual([]);
  });
});

it('any text gives a tree or an issue', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('p', 'p.json', 'p.yaml'),
      (text, name) => {
        const { node, issues } = read(name, text);
        expect(node !== undefined || issues.length > 0).toBe(true);
      },
    ),
    { seed: 20261313, numRuns: 2000 },
  );
});
