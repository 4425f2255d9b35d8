import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from '../../src/syntax/json-scanner.js';
import type { SourceNode } from '../../src/syntax/source.js';
import { fastest } from '../fastest.js';
import { firstIssue, plainValue, spot } from './reading.js';
import { samplePolicy } from './sample-policy.js';

const scan = (text: string) => scanJson({ name: 'policy.json', text });

describe('mistakes in the syntax are told at their place', () => {
  const cases: readonly (readonly [title: string, text: string, at: string, part: string, help?: string])[] =
    [
      ['trailing comma in an object', '{"a":1,}', '1:7', 'comma stands before `}`', 'trailing comma'],
      ['trailing comma in a list', '[1,\n 2,\n]', '2:3', 'comma stands before `]`', 'trailing comma'],
      ['two commas in a list', '[1,,2]', '1:4', 'missing between two commas'],
      ['two commas in an object', '{"a":1,,"b":2}', '1:8', 'missing between two commas'],
      ['single-quoted name', "{'a':1}", '1:2', 'single quotes', 'double quotes'],
      ['single-quoted value', "['a']", '1:2', 'single quotes', 'double quotes'],
      ['typographic quotes', '{“a”:1}', '1:2', 'typographic quote `“`', 'plain double quote'],
      ['backticks', '[`x`]', '1:2', 'backticks'],
      ['unquoted name', '{\n  Version: "2012-10-17"}', '2:3', 'the name `Version`', '`"Version"`'],
      ['number as name', '{1:2}', '1:2', 'the name `1`', '`"1"`'],
      ['unquoted value', '{"a": arn:aws:sqs:*}', '1:7', '`arn:aws:sqs:*`', '`"arn:aws:sqs:*"`'],
      ['line comment', '// c\n{}', '1:1', '`//` begins a comment', 'remove'],
      ['block comment', '{"a":1 /* c */}', '1:8', '`/*` begins a comment'],
      ['hash comment', '{} # c', '1:4', '`#` begins a comment'],
      ['missing comma between members', '{"a":1\n "b":2}', '2:2', 'missing comma before `"`'],
      ['missing comma between items', '[1 2]', '1:4', 'missing comma before `2`'],
      ['missing colon', '{"a" 1}', '1:6', 'no colon after the name `a`'],
      ['equals sign for a colon', '{"a"="b"}', '1:5', 'no colon after the name `a`, but `=`'],
      ['semicolon for a comma', '{"a":1;"b":2}', '1:7', 'unexpected `;`'],
      ['string open at the end', '{"a":"x', '1:6', 'not closed before the end of the text'],
      ['string open at a line end', '{"a":"x\n"}', '1:6', 'not closed before the end of its line'],
      ['text that ends in a backslash', '["\\', '1:2', 'not closed before the end of the text'],
      ['control character in a string', '["a\tb"]', '1:4', 'control character U+0009', '`\\t`'],
      ['another control character', '["\u0001"]', '1:3', 'control character U+0001', '`\\u0001`'],
      ['bad escape', '["a\\q"]', '1:4', '`\\q` is not an escape', '`\\\\`'],
      ['short unicode escape', '["\\u12"]', '1:3', '`\\u12` is not an escape', 'four hexadecimal'],
      ['quote inside a string', '{"a":"say "yes""}', '1:11', '`yes` follows', '`\\"`'],
      ['missing value', '{"a":}', '1:6', 'a value is missing before `}`'],
      ['leading comma', '[,]', '1:2', 'a value is missing before `,`'],
      ['True', '[True]', '1:2', '`True` is not a word of JSON', '`true`'],
      ['None', '[None]', '1:2', '`None` is not a word of JSON', '`null`'],
      ['a misspelt word', '[tru]', '1:2', '`tru`', 'did you mean `true`?'],
      ['NaN', '[NaN]', '1:2', '`NaN` is not a number'],
      ['-Infinity', '[-Infinity]', '1:2', '`-Infinity` is not a number'],
      [
        'leading zero',
        '{"a":012345678901}',
        '1:6',
        '`012345678901` is not a JSON number',
        '`"012345678901"`',
      ],
      ['number without fraction digits', '[1.]', '1:2', '`1.` is not a JSON number'],
      ['number without whole digits', '[.5]', '1:2', '`.5` is not a JSON number'],
      ['plus sign', '[+1]', '1:2', '`+1` is not a JSON number'],
      ['empty exponent', '[1e]', '1:2', '`1e` is not a JSON number'],
      ['hexadecimal', '[0x10]', '1:2', '`0x10` is not a JSON number'],
      ['object closed as a list', '{"a":1]', '1:7', '`]` cannot close an object'],
      ['list closed as an object', '[1}', '1:3', '`}` cannot close a list'],
      ['text after the end', '{} {}', '1:4', 'the document is complete'],
      ['bracket after the end', '{}}', '1:3', 'the document is complete'],
      ['text that ends in an object', '{"a":1', '1:7', 'ends inside the object'],
      ['text that ends after a colon', '{"a":', '1:6', 'ends inside the object'],
      ['text that ends in a list', '[\r\n1,\r\n', '3:1', 'ends inside the list'],
      ['an unexpected sign', '[\u00a0]', '1:2', 'U+00A0'],
    ];
  it.each(cases)('%s', (_, text = '', at, part, help) => {
    const { node, issues } = scan(text);
    expect(node).toBeUndefined();
    expect(issues).toHaveLength(1);
    const issue = firstIssue(issues);
    expect([issue.code, issue.severity, spot(issue)]).toEqual(['json-syntax', 'error', at]);
    expect(issue.message).toContain(part);
    if (help !== undefined) expect(issue.help).toContain(help);
  });

  it('a document that ends early names the bracket that is open', () => {
    expect(firstIssue(scan('{\n "a": [1').issues).related?.[0]?.start).toEqual({ line: 2, column: 7 });
  });

  it('a mistake knows the element it is in', () => {
    expect(firstIssue(scan('{"a":[1,{"b":oops}]}').issues).at.pointer).toEqual(['a', 1, 'b']);
  });

  it('an empty document is an empty file', () => {
    expect(['', ' \n', '\ufeff'].map((text) => firstIssue(scan(text).issues).code)).toEqual(
      Array(3).fill('empty-file'),
    );
  });
});

describe('the tree keeps what was written', () => {
  it('every node and every name has its span', () => {
    const text = '{"a": [1, "x\\n", true, null]}';
    const spans: string[] = [];
    const visit = (node: SourceNode): void => {
      spans.push(text.slice(node.span?.from, node.span?.to));
      if (node.kind === 'array') node.items.forEach(visit);
      if (node.kind !== 'object') return;
      for (const member of node.members) {
        spans.push(text.slice(member.keySpan?.from, member.keySpan?.to));
        visit(member.value);
      }
    };
    const { node } = scan(text);
    if (node !== undefined) visit(node);
    expect(spans).toEqual([text, '"a"', '[1, "x\\n", true, null]', '1', '"x\\n"', 'true', 'null']);
  });

  it.each(['1e400', '-0', '12345678901234567890', '0.10'])('number %s keeps its characters', (raw) => {
    expect(scan(raw).node).toMatchObject({ kind: 'number', raw });
  });

  it('strings are decoded and count as quoted', () => {
    expect(scan('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00"').node).toMatchObject({
      value: '"\\/\b\f\n\r\té😀',
      quoted: true,
    });
  });

  it('__proto__ and its like are members as any other', () => {
    const { node, issues } = scan('{"__proto__":{"a":1},"constructor":2,"toString":3}');
    expect(issues).toEqual([]);
    expect(node?.kind === 'object' && node.members.map((member) => member.key)).toEqual([
      '__proto__',
      'constructor',
      'toString',
    ]);
  });

  it('a byte-order mark is skipped and takes no column', () => {
    expect(spot(firstIssue(scan('\ufeff{"a":1,}').issues))).toBe('1:7');
  });
});

describe('duplicate names', () => {
  it('are kept, and told with the place of the first, in every object and in the order of the text', () => {
    const { node, issues } = scan('{"a":{"b":1,\r\n"b":2},\r\n"a":3}');
    expect(node?.kind === 'object' && node.members.length).toBe(2);
    expect(issues.map((issue) => [issue.code, issue.at.pointer, spot(issue)])).toEqual([
      ['duplicate-key', ['a', 'b'], '2:1'],
      ['duplicate-key', ['a'], '3:1'],
    ]);
    expect(issues.map((issue) => issue.related?.[0]?.start)).toEqual([
      { line: 1, column: 7 },
      { line: 1, column: 2 },
    ]);
  });

  it('are found in large objects and through escapes', () => {
    const many = Array.from({ length: 40 }, (_, i) => `"k${i}":${i}`).join(',');
    expect(scan(`{${many},"\\u006b7":0}`).issues.map((issue) => issue.at.pointer)).toEqual([['k7']]);
  });
});

describe('limits', () => {
  it('64 levels are read and the bracket of level 65 is told', () => {
    expect(scan('['.repeat(64) + ']'.repeat(64)).issues).toEqual([]);
    const { node, issues } = scan('['.repeat(65) + ']'.repeat(65));
    expect(node).toBeUndefined();
    expect([firstIssue(issues).code, spot(firstIssue(issues))]).toEqual(['too-deep', '1:65']);
  });

  it.each(['[', '{"a":'])('10,000 times `%s` is refused at once', (open) => {
    expect(firstIssue(scan(open.repeat(10_000)).issues).code).toBe('too-deep');
    expect(fastest(() => scan(open.repeat(10_000)))).toBeLessThan(50);
  });

  it('a text over the size limit is not read', () => {
    const { issues } = scanJson({ name: 'f', text: '[1,2,3]' }, { size: 6 });
    expect([firstIssue(issues).code, spot(firstIssue(issues))]).toEqual(['too-large', '1:7']);
    expect(scanJson({ name: 'f', text: '[[1]]' }, { depth: 1 }).issues.map(spot)).toEqual(['1:2']);
  });

  it.each([
    ['typed', '["a\ud800"]', '1:4'],
    ['escaped', '["a\\ud800x"]', '1:4'],
    ['escaped, second half alone', '["\\udc00"]', '1:3'],
  ])('half of a surrogate pair, %s, is an encoding issue', (_, text, at) => {
    expect(scan(text).issues.map((issue) => [issue.code, spot(issue)])).toEqual([['encoding', at]]);
  });
});

const accepts = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const scans = (text: string): boolean =>
  scan(text).issues.every((issue) => ['duplicate-key', 'encoding'].includes(issue.code));

describe('agreement with JSON.parse', () => {
  it('values are the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 0, max: 2 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { node } = scan(text);
        expect(node && plainValue(node)).toEqual(JSON.parse(text));
      }),
      { seed: 20261309, numRuns: 1000 },
    );
  });

  it('spoiled texts are accepted and refused alike', () => {
    const piece = fc.constantFrom(
      ...'{}[],:"\\\'/*-+.0129eEtfnu \n\t\u00a0\ufeff'.split(''),
      'true',
      'null',
      '\\u00',
      '1e5',
      '//',
    );
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 3 }),
        fc.nat(),
        fc.nat({ max: 3 }),
        piece,
        (value, where, cut, put) => {
          const text = JSON.stringify(value);
          const at = where % (text.length + 1);
          const spoiled = text.slice(0, at) + put + text.slice(at + cut);
          // A byte-order mark at the beginning is the one thing that JSON.parse refuses and a file may have.
          fc.pre(!spoiled.startsWith('\ufeff'));
          expect([spoiled, scans(spoiled)]).toEqual([spoiled, accepts(spoiled)]);
        },
      ),
      { seed: 20261310, numRuns: 5000 },
    );
  });

  it('all short texts over a nasty alphabet are accepted and refused alike', () => {
    const alphabet = '{}[],:"\\0-.e1t';
    const grow = (text: string, left: number): void => {
      if (scans(text) !== accepts(text)) expect([text, scans(text)]).toEqual([text, accepts(text)]);
      if (left > 0) for (const next of alphabet) grow(text + next, left - 1);
    };
    grow('', 4);
  });

  it('every truncation, deletion and doubling of a policy agrees, and has a place', () => {
    for (let i = 0; i < samplePolicy.length; i += 1) {
      const before = samplePolicy.slice(0, i);
      const after = samplePolicy.slice(i + 1);
      for (const text of [before, before + after, before + samplePolicy[i] + samplePolicy.slice(i)]) {
        expect([text, scans(text)]).toEqual([text, accepts(text)]);
        for (const issue of scan(text).issues) expect(issue.at.start).toBeDefined();
      }
    }
  });
});
