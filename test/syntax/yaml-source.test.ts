import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceNode } from '../../src/syntax/source.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { fastest } from '../fastest.js';
import { firstIssue, plainValue, spot } from './reading.js';
import { samplePolicy, samplePolicyInYaml } from './sample-policy.js';

const read = (text: string) => readYaml({ name: 'orders.yaml', text });
const valueIn = (text: string): unknown => {
  const { node, issues } = read(text);
  expect(issues).toEqual([]);
  return node && plainValue(node);
};

describe('every scalar is text as typed', () => {
  it.each([
    'no',
    'yes',
    'true',
    '012345678901',
    '1e3',
    '0x10',
    '~',
    'null',
    'NULL',
    '1_000',
    '2012-10-17',
    '.inf',
  ])('%s', (typed) => expect(valueIn(`a: ${typed}\n`)).toEqual({ a: typed }));

  it('a plain scalar is not quoted, and every other scalar is', () => {
    const { node } = read('[a, "b", \'c\']');
    expect(node?.kind === 'array' && node.items.map((item) => item.kind === 'string' && item.quoted)).toEqual(
      [false, true, true],
    );
    expect(read('a: |\n  b\n').node).toMatchObject({ members: [{ value: { value: 'b\n', quoted: true } }] });
  });

  it('a value that is left out is null, and an empty quoted one is text', () => {
    expect(valueIn('a:\nb: ""\nc: [x, ]\nd: {e}\n')).toEqual({ a: null, b: '', c: ['x'], d: { e: null } });
    expect(valueIn('-\n- b\n')).toEqual([null, 'b']);
  });

  it('a policy reads alike in JSON and in YAML but for the types of plain scalars', () => {
    const asTyped = JSON.parse(samplePolicy, (_, value) =>
      typeof value === 'object' && value !== null ? value : String(value),
    );
    asTyped.Statement[0].Condition.NumericLessThan['kms:GrantOperations'] = ['1', '-2.5e3', '0'];
    expect(valueIn(samplePolicy)).toEqual(asTyped);
  });

  it('nodes and names have their spans', () => {
    const text = 'key: [a, "b"]\n';
    const { node } = read(text);
    const spans: string[] = [];
    const visit = (at: SourceNode): void => {
      spans.push(text.slice(at.span?.from, at.span?.to));
      if (at.kind === 'array') at.items.forEach(visit);
      if (at.kind !== 'object') return;
      for (const member of at.members) {
        spans.push(text.slice(member.keySpan?.from, member.keySpan?.to));
        visit(member.value);
      }
    };
    if (node !== undefined) visit(node);
    expect(spans.slice(1)).toEqual(['key', '[a, "b"]', 'a', '"b"']);
  });

  it('__proto__ and its like are members as any other', () => {
    const { node, issues } = read('__proto__: {a: 1}\nconstructor: b\n');
    expect(issues).toEqual([]);
    expect(node).toMatchObject({ members: [{ key: '__proto__' }, { key: 'constructor' }] });
  });
});

describe('what YAML makes of it is told in words of our own', () => {
  const cases: readonly (readonly [
    title: string,
    text: string,
    code: string,
    at: string,
    part: string,
    help?: string,
  ])[] = [
    ['a star alone', 'a: 1\nResource: *\n', 'yaml-star', '2:11', '`*` starts an alias in YAML', '`"*"`'],
    ['a star with CRLF', 'a: 1\r\nResource: *\r\n', 'yaml-star', '2:11', '`*` starts an alias', '`"*"`'],
    ['a star in a list', 'a: [*, b]\n', 'yaml-star', '1:5', '`*` starts an alias', '`"*"`'],
    ['a star as an item', 'a:\n  - *\n', 'yaml-star', '2:5', '`*` starts an alias', '`"*"`'],
    ['a star in braces', 'a: { Resource: * }\n', 'yaml-star', '1:16', '`*` starts an alias', '`"*"`'],
    ['a star as a name', '*: 1\n', 'yaml-star', '1:1', '`*` starts an alias', '`"*"`'],
    [
      'a pattern that begins with a star',
      'Resource: *-orders\n',
      'yaml-star',
      '1:11',
      '`*` starts an alias',
      '`"*-orders"`',
    ],
    ['two stars', 'Resource: **\n', 'yaml-star', '1:11', '`*` starts an alias', '`"**"`'],
    [
      'a misspelt alias',
      'a: &orders x\nb: *order\n',
      'yaml-star',
      '2:4',
      '`&order`',
      'did you mean `*orders`?',
    ],
    [
      'a variable in braces',
      'a: { b: ${aws:username} }\n',
      'yaml-syntax',
      '1:9',
      '`${aws:username}` must be quoted',
      '`"${aws:username}"`',
    ],
    [
      'a variable in brackets',
      'a: [ ${aws:username}, b ]\n',
      'yaml-syntax',
      '1:6',
      '`${aws:username}` must be quoted',
    ],
    [
      'a variable inside an ARN',
      'a: { b: arn:x/${aws:username}/y, c: d }\n',
      'yaml-syntax',
      '1:9',
      '`arn:x/${aws:username}/y` must be quoted',
    ],
    [
      'no space after the colon, in braces',
      '- {as: x, call:sqs:SendMessage}\n',
      'hint',
      '1:11',
      '`call:sqs:SendMessage` is a name without a value',
      '`call: sqs:SendMessage`',
    ],
    [
      'no space after the colon, in a block',
      'a: 1\ncall:sqs:Send\n',
      'yaml-syntax',
      '2:1',
      '`call:sqs:Send` is a name without a value',
      '`call: sqs:Send`',
    ],
    ['!Sub', 'a: !Sub "x${b}"\n', 'yaml-tag', '1:4', '`!Sub`', 'template'],
    ['!Ref', 'a:\n  - !Ref b\n', 'yaml-tag', '2:5', '`!Ref`'],
    ['a tag over a list', 'a: !Join\n  - x\n', 'yaml-tag', '1:4', '`!Join`'],
    ['a tag over nothing', 'a: !Sub\n', 'yaml-tag', '1:4', '`!Sub`'],
    ['a core tag', 'a: !!int 1\n', 'yaml-tag', '1:4', '`!!int`', 'remove the tag'],
    ['a tag without a handle', 'a: !e!x b\n', 'yaml-tag', '1:4', 'tag'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'yaml-documents', '2:1', 'second YAML document'],
    ['a tab as indentation', 'a:\n\tb: 1\n', 'yaml-syntax', '2:1', 'tab'],
    ['a merge key', 'a: &x {b: c}\nd:\n  <<: *x\n', 'yaml-merge-key', '3:3', '`<<`'],
    ['a duplicate name', 'a: 1\nb: 2\n"a": 3\n', 'duplicate-key', '3:1', '`a` is used twice'],
    ['a list as a name', '? [a]\n: b\n', 'yaml-syntax', '1:3', 'a list or a mapping'],
    ['an alias inside what it repeats', 'a: &x [*x]\n', 'yaml-aliases', '1:8', '`*x`'],
    ['an open double quote', 'a: b\nc: "x\nd: e\n', 'yaml-syntax', '2:4', 'not closed'],
    ['an open single quote', "a: 'b\n", 'yaml-syntax', '1:4', 'not closed'],
    ['an open bracket', '[a, b\n', 'yaml-syntax', '2:1', '`[` opened is not closed', '`]`'],
    ['an open bracket in a block', 'a: [b\n', 'yaml-syntax', '2:1', '`[` opened'],
    ['a bracket too many', 'a: ]\n', 'yaml-syntax', '1:4', '`]` does not belong here'],
    ['a bad escape', 'a: "\\q"\n', 'yaml-syntax', '1:5', '`\\q`'],
    ['a mapping in a value', 'a: b: c\n', 'yaml-syntax', '1:4', 'a mapping cannot begin here'],
    ['a reserved sign', 'a: @x\n', 'yaml-syntax', '1:4', '`@`', 'quotes'],
    ['a missing comma', 'a: {b: 1 c: 2}\n', 'yaml-syntax', '1:8', 'missing comma'],
    ['a list on the line of its name', 'a: - b\n', 'yaml-syntax', '1:4', 'a list cannot begin'],
    ['a mapping after a list', '- a\nb: c\n', 'yaml-syntax', '2:1', '`b` does not belong here'],
    ['a control character', 'a: \u0002\n', 'yaml-syntax', '1:4', 'U+0002'],
    ['a carriage return alone', 'a:\r  b\n', 'yaml-syntax', '1:3', 'carriage return'],
    ['half of a surrogate pair', 'a: "\\ud800"\n', 'encoding', '1:4', 'U+D800'],
    ['an impossible code point', 'a: "\\UFFFFFFFF"\n', 'yaml-syntax', '1:5', 'escape'],
    ['an empty file', '', 'empty-file', '1:1', 'empty'],
    ['nothing but comments', '# nothing\n', 'empty-file', '1:1', 'empty'],
  ];
  it.each(cases)('%s', (_, text = '', code, at, part, help) => {
    const { issues } = read(text);
    expect(issues.map((issue) => issue.code)).toEqual([code]);
    const issue = firstIssue(issues);
    expect(spot(issue)).toBe(at);
    expect(issue.message).toContain(part);
    expect(issue.severity).toBe(code === 'hint' ? 'warning' : 'error');
    if (help !== undefined) expect(issue.help).toContain(help);
  });

  it('a tab in braces is told at the tab', () => {
    const issue = firstIssue(read('a: {\n\tb: 1\n}\n').issues);
    expect([issue.message, spot(issue)]).toEqual(['a tab is used as indentation', '2:1']);
  });

  it('several mistakes are told in the order of the text', () => {
    const { issues } = read('a: *\nb: !Ref x\nc: @d\na: 2\n');
    expect(issues.map((issue) => [issue.code, spot(issue)])).toEqual([
      ['yaml-star', '1:4'],
      ['yaml-tag', '2:4'],
      ['yaml-syntax', '3:4'],
      ['duplicate-key', '4:1'],
    ]);
  });

  it('a duplicate name knows the first', () => {
    expect(firstIssue(read('a:\n  b: 1\n  b: 2\n').issues)).toMatchObject({
      at: { pointer: ['a', 'b'], start: { line: 3, column: 3 } },
      related: [{ start: { line: 2, column: 3 } }],
    });
  });

  it.each(['a: !!str x\n', 'a: ! x\n', '--- \na: x\n...\n', '%YAML 1.2\n---\na: x\n', '\ufeffa: x\r\n'])(
    'what changes nothing is let pass: %j',
    (text) => expect(valueIn(text)).toEqual({ a: 'x' }),
  );

  it('a quoted `<<` is a name', () => expect(valueIn('"<<": x\n')).toEqual({ '<<': 'x' }));
});

describe('aliases', () => {
  it('become the value that the anchor marks, and the latest of two anchors of one name', () => {
    expect(valueIn('a: &x [1]\nb: *x\nc: &x 2\nd: *x\n*x : e\n')).toEqual({
      a: ['1'],
      b: ['1'],
      c: '2',
      d: '2',
      2: 'e',
    });
  });

  it('are read up to 100', () => {
    const list = (count: number) => `a: &x y\nb: [${Array(count).fill('*x').join(', ')}]\n`;
    expect(read(list(100)).issues).toEqual([]);
    const { issues } = read(list(105));
    expect(issues.map((issue) => [issue.code, spot(issue)])).toEqual([['yaml-aliases', `2:${5 + 100 * 4}`]]);
  });

  it('cannot make a small file large', () => {
    let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
    for (let i = 1; i <= 9; i += 1)
      text += `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]\n`;
    const { issues } = read(text);
    expect(issues.map((issue) => issue.code)).toEqual(['yaml-aliases']);
    expect(issues[0]?.message).toContain('10000');
    expect(fastest(() => read(text))).toBeLessThan(50);
  });

  it('cannot make a flat file deep', () => {
    let text = 'a0: &a0 [x]\n';
    for (let i = 1; i <= 70; i += 1) text += `a${i}: &a${i} [*a${i - 1}]\n`;
    expect(firstIssue(read(text).issues)).toMatchObject({ code: 'too-deep', at: { start: { line: 64 } } });
  });
});

describe('depth', () => {
  it('64 levels are read and level 65 is told where it opens', () => {
    expect(read('['.repeat(64) + ']'.repeat(64)).issues).toEqual([]);
    expect(read(`${'- '.repeat(64)}x`).issues).toEqual([]);
    const issues = ['['.repeat(65) + ']'.repeat(65), `${'- '.repeat(65)}x`].map((text) =>
      firstIssue(read(text).issues),
    );
    expect(issues.map((issue) => [issue.code, spot(issue)])).toEqual([
      ['too-deep', '1:65'],
      ['too-deep', '1:129'],
    ]);
    const block = Array.from({ length: 70 }, (_, i) => `${' '.repeat(i)}a:\n`).join('');
    expect([firstIssue(read(block).issues).code, spot(firstIssue(read(block).issues))]).toEqual([
      'too-deep',
      '65:65',
    ]);
  });

  it.each(['[', '{a: ', '- ', '? ', '[a: ', '{[', '- [', '[? '])(
    '10,000 times `%s` is refused at once',
    (open) => {
      expect(firstIssue(read(open.repeat(10_000)).issues).code).toBe('too-deep');
      expect(fastest(() => read(open.repeat(10_000)))).toBeLessThan(50);
    },
  );

  it('a deep first document is refused although a second follows', () => {
    const { issues } = read(`${'- '.repeat(40)}${'[a, '.repeat(40)}\n---\nb\n---\nc\n`);
    expect(issues.map((issue) => issue.code)).toContain('too-deep');
  });
});

describe('any text', () => {
  it('cut, thinned or doubled at any character gives a tree or an issue with a place', () => {
    for (const sample of [samplePolicyInYaml, samplePolicy]) {
      for (let i = 0; i < sample.length; i += 1) {
        for (const text of [
          sample.slice(0, i),
          sample.slice(0, i) + sample.slice(i + 1),
          sample.slice(0, i + 1) + sample.slice(i),
        ]) {
          const { node, issues } = read(text);
          if (node === undefined) expect(issues.length).toBeGreaterThan(0);
          for (const issue of issues) expect(issue.at.start).toBeDefined();
        }
      }
    }
  });

  it('of nasty pieces never throws', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        ': ',
        ':',
        '- ',
        '-',
        '\n',
        '\n  ',
        '\t',
        '[',
        ']',
        '{',
        '}',
        ', ',
        '&x ',
        '*x',
        '*',
        '!t ',
        '!!',
        '!<',
        '"',
        "'",
      ],
      ...[
        '|\n',
        '>-\n',
        '? ',
        '<<',
        '---\n',
        '...\n',
        '%YAML 1.2\n',
        '#',
        '\\',
        '\\u',
        '${',
        '@',
        '\r\n',
        '\0',
        '\ud800',
        '\ufeff',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { node, issues } = read(pieces.join(''));
        expect(node !== undefined || issues.length > 0).toBe(true);
        for (const issue of issues) expect(issue.message).not.toBe('the text cannot be read as YAML');
      }),
      { seed: 20261312, numRuns: 3000 },
    );
  });
});
