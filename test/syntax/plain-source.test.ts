import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from '../../src/syntax/json-scanner.js';
import { nodeOf, plainNode } from '../../src/syntax/plain-source.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { firstIssue, plainValue } from './reading.js';

const cyclic: { [name: string]: unknown } = { a: [] };
cyclic.a = [cyclic];

const nested = (levels: number): unknown => {
  let value: unknown = 'x';
  for (let i = 0; i < levels; i += 1) value = [value];
  return value;
};

describe('a plain value becomes a tree', () => {
  it('with the values of JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const { node, issues } = nodeOf(value);
        expect(issues).toEqual([]);
        expect(node && plainValue(node)).toEqual(value);
      }),
      { seed: 20261307 },
    );
  });

  it('in which zero keeps its sign', () => {
    expect([nodeOf(-0).node, nodeOf(0).node]).toEqual([
      { kind: 'number', raw: '-0' },
      { kind: 'number', raw: '0' },
    ]);
  });

  it('in which text counts as quoted and nothing has a span', () => {
    expect(nodeOf({ a: 'b' }).node).toEqual({
      kind: 'object',
      members: [{ key: 'a', value: { kind: 'string', value: 'b', quoted: true } }],
    });
  });

  it('in which an own __proto__ is a member and inherited ones are not', () => {
    const value = JSON.parse('{"__proto__": {"a": 1}}');
    expect(nodeOf(value).node).toMatchObject({ members: [{ key: '__proto__' }] });
    expect(nodeOf(Object.create({ inherited: 1 })).node).toEqual({ kind: 'object', members: [] });
    expect(nodeOf(Object.create(null)).node).toEqual({ kind: 'object', members: [] });
  });

  it('in which hidden and symbol members do not count', () => {
    const value = Object.defineProperty({ [Symbol('s')]: 1 }, 'hidden', { value: 1, enumerable: false });
    expect(nodeOf(value).node).toEqual({ kind: 'object', members: [] });
  });

  it('in which one object in two places is no cycle', () => {
    const shared = { a: 1 };
    expect(nodeOf([shared, shared]).issues).toEqual([]);
  });
});

describe('what JSON cannot say is an issue that points at it', () => {
  const cases: readonly (readonly [
    title: string,
    value: unknown,
    pointer: readonly (string | number)[],
    part: string,
  ])[] = [
    ['undefined', { a: undefined }, ['a'], '`undefined`'],
    ['a function', { a: [() => 1] }, ['a', 0], 'function'],
    ['a symbol', [Symbol('x')], [0], 'symbol'],
    ['a bigint', [1n], [0], 'bigint'],
    ['NaN', { a: { b: Number.NaN } }, ['a', 'b'], '`NaN`'],
    ['Infinity', [1, Number.NEGATIVE_INFINITY], [1], '`-Infinity`'],
    ['a cycle', cyclic, ['a', 0], 'contains itself'],
    ['a date', { a: new Date(0) }, ['a'], 'not a plain object'],
    ['a map', { a: new Map() }, ['a'], 'not a plain object'],
    ['a hole', new Array(1), [0], 'hole'],
    ['undefined alone', undefined, [], '`undefined`'],
  ];
  it.each(cases)('%s', (_, value, pointer, part) => {
    const { node, issues } = nodeOf(value);
    expect(node).toBeUndefined();
    expect(issues).toHaveLength(1);
    expect(firstIssue(issues)).toMatchObject({ code: 'wrong-type', at: { pointer } });
    expect(firstIssue(issues).message).toContain(part);
  });

  it('a hundred mistakes in a list are enough', () => {
    expect(nodeOf([new Array(1000)]).issues).toHaveLength(101);
  });

  it('a getter is not called', () => {
    let calls = 0;
    const value = {
      get a() {
        calls += 1;
        return 1;
      },
    };
    expect(firstIssue(nodeOf(value).issues)).toMatchObject({ code: 'wrong-type', at: { pointer: ['a'] } });
    expect(calls).toBe(0);
  });

  it('an object that makes its own JSON says so', () => {
    expect(firstIssue(nodeOf({ toJSON: () => ({}) }).issues).help).toContain('toJSON()');
  });

  it('64 levels are read, and level 65 is not', () => {
    expect(nodeOf(nested(64)).issues).toEqual([]);
    const issue = firstIssue(nodeOf(nested(65)).issues);
    expect([issue.code, issue.at.pointer.length]).toEqual(['too-deep', 64]);
    expect(firstIssue(nodeOf(nested(100_000)).issues).code).toBe('too-deep');
  });

  it('sharing cannot make a small value large', () => {
    let value: unknown = ['x'];
    for (let i = 0; i < 60; i += 1) value = [value, value];
    expect(nodeOf(value).issues.map((issue) => issue.code)).toEqual(['too-large']);
    // It is told once, whatever follows.
    expect(nodeOf([value, {}, [], value]).issues.map((issue) => issue.code)).toEqual(['too-large']);
  });

  it('sharing does not hide depth', () => {
    const shared = nested(40);
    expect(
      firstIssue(
        nodeOf({ a: shared, b: nested(0), c: [[[[[[[[[[[[[[[[[[[[[[[[[shared]]]]]]]]]]]]]]]]]]]]]]]]] })
          .issues,
      ).code,
    ).toBe('too-deep');
  });
});

describe('a tree becomes a plain value', () => {
  it.each([
    ['{"a": [1, -2.5, true, null, "x"], "b": {}}', { a: [1, -2.5, true, null, 'x'], b: {} }],
    // What a number cannot hold stays as it was typed.
    ['[1.50, 1e3, 12345678901234567890]', ['1.50', '1e3', '12345678901234567890']],
    ['{"a": 1, "a": 2}', { a: 2 }],
  ])('%s', (text, value) => {
    const { node } = scanJson({ name: 'p', text });
    expect(node && plainNode(node)).toEqual(value);
  });

  it('in which what is not resolved is null', () => {
    const { node } = readYaml({ name: 'p', text: 'a: *nowhere' });
    expect(node && plainNode(node)).toEqual({ a: null });
  });
});
