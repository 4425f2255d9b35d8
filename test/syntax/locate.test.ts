import { describe, expect, it } from 'vitest';
import { scanJson } from '../../src/syntax/json-scanner.js';
import { nodeAt, placeIn, placeOf, positionAt } from '../../src/syntax/locate.js';
import { nodeOf } from '../../src/syntax/plain-source.js';
import type { Source, SourceNode } from '../../src/syntax/source.js';

const treeOf = (source: Source): SourceNode => scanJson(source).node ?? { kind: 'null' };

describe('positions', () => {
  it.each([
    ['ab\ncd', 3, 2, 1],
    ['ab\ncd', 2, 1, 3],
    ['ab\r\ncd', 4, 2, 1],
    ['ab\r\ncd', 3, 1, 4],
    ['ab\rcd', 3, 2, 1],
    ['a\n\nb', 2, 2, 1],
    ['a\n\nb', 3, 3, 1],
    ['a\n', 2, 2, 1],
    ['', 0, 1, 1],
    ['abc', 99, 1, 4],
    ['abc', -1, 1, 1],
    ['😀x', 2, 1, 3],
    ['\ufeffab', 0, 1, 1],
    ['\ufeffab', 1, 1, 1],
    ['\ufeffab\ncd', 5, 2, 2],
    ['a\u2028b', 2, 1, 3],
  ])('in %j offset %i is %i:%i', (text, offset, line, column) => {
    expect(positionAt({ name: 'f', text }, offset)).toEqual({ line, column });
  });
});

describe('pointers', () => {
  const source = { name: 'p.json', text: '{\n  "a": [1, {"b": 2}],\n  "__proto__": 3\n}' };
  const root = treeOf(source);

  it('lead to nodes, and nowhere when there is none', () => {
    expect(nodeAt(root, ['a', 1, 'b'])).toMatchObject({ raw: '2' });
    expect(nodeAt(root, ['__proto__'])).toMatchObject({ raw: '3' });
    expect(nodeAt(root, [])).toBe(root);
    for (const pointer of [['x'], ['a', 2], ['a', '1'], ['a', 1, 'b', 'c'], ['toString'], [0]]) {
      expect(nodeAt(root, pointer)).toBeUndefined();
    }
  });

  it.each([
    [['a', 1, 'b'], 'value', '2:18', '2:19'],
    [['a', 1, 'b'], 'key', '2:13', '2:16'],
    [['a', 1], 'key', '2:12', '2:20'],
    [['a', 1, 'missing', 'x'], 'value', '2:12', '2:20'],
    [['missing'], 'key', '1:1', '4:2'],
    [[], 'key', '1:1', '4:2'],
  ] as const)('%j has its %s, or its nearest ancestor, at %s to %s', (pointer, what, start, end) => {
    const place = placeIn(source, root, pointer, what);
    expect(place.pointer).toEqual(pointer);
    expect(place.source).toBe('p.json');
    expect([place.start, place.end].map((at) => `${at?.line}:${at?.column}`)).toEqual([start, end]);
  });

  it('into a plain value have no position', () => {
    const { node } = nodeOf({ a: 1 });
    expect(node && placeIn(undefined, node, ['a'])).toEqual({ pointer: ['a'] });
    expect(node && placeIn(source, node, ['a'])).toEqual({ source: 'p.json', pointer: ['a'] });
  });
});

describe('a text inside another text is counted in the outermost', () => {
  const inside = (outerText: string, from: number, to: number, text: string, offset: number) => {
    const outer = { name: 'outer.json', text: outerText };
    return placeOf({ name: 'inner', text, origin: { outer, at: { from, to } } }, ['x'], {
      from: offset,
      to: offset + 1,
    });
  };

  it('exactly, when it stands there as it is', () => {
    expect(inside('{\n"p": {"a":1}}', 7, 14, '{"a":1}', 5)).toMatchObject({
      source: 'outer.json',
      pointer: ['x'],
      start: { line: 2, column: 11 },
      end: { line: 2, column: 12 },
    });
  });

  it('exactly, when it is a JSON string with escapes', () => {
    const inner = '{"a":\n"é\\"/"}';
    const literal = JSON.stringify(inner).replace('é', '\\u00e9').replace('/', '\\/');
    const outer = `{"Policy": ${literal}}`;
    for (const [piece, at] of [
      ['a', 2],
      ['é', 7],
      ['}', inner.length - 1],
    ] as const) {
      const place = inside(outer, 11, 11 + literal.length, inner, at);
      const written = outer.slice((place.start?.column ?? 0) - 1, (place.end?.column ?? 0) - 1);
      expect(JSON.parse(`"${written}"`)).toBe(piece);
    }
  });

  it('at its beginning, when it was folded or decoded in another way', () => {
    const outer = 'p: "{\n  x}"\n';
    expect(inside(outer, 3, 11, '{ x}', 2)).toMatchObject({
      start: { line: 1, column: 4 },
      end: { line: 2, column: 6 },
    });
    expect(inside('p: |\n  {\n  }\n', 3, 13, '{\n}\n', 2)).toMatchObject({ start: { line: 1, column: 4 } });
    expect(inside('p: "\\x7b}"', 3, 10, '{}', 1)).toMatchObject({ start: { line: 1, column: 4 } });
    // Of texts that are no whole string, or not this one, nothing is certain either.
    expect(inside('p: "ab"', 3, 7, 'abc', 1)).toMatchObject({ start: { line: 1, column: 4 } });
    expect(inside('p: "a\\"', 3, 7, 'a"', 1)).toMatchObject({ start: { line: 1, column: 4 } });
  });

  it('through several hosts', () => {
    const host = { name: 'host', text: '\n\n {"a":[1]}' };
    const middle = { name: 'middle', text: '{"a":[1]}', origin: { outer: host, at: { from: 3, to: 12 } } };
    const inner = { name: 'inner', text: '[1]', origin: { outer: middle, at: { from: 5, to: 8 } } };
    expect(placeOf(inner, [0], { from: 1, to: 2 })).toMatchObject({
      source: 'host',
      start: { line: 3, column: 8 },
    });
    expect(placeOf(inner, [], undefined)).toMatchObject({ start: { line: 3, column: 7 } });
  });
});
