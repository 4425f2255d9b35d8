import { describe, expect, it } from 'vitest';
import { parsePolicy, policyFrom } from '../../src/policy/parse-policy.js';
import type { PolicyType } from '../../src/policy/policy.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { summary } from './marked.js';

function document(type: PolicyType, resourceLength: number, pad = '') {
  const principal = type === 'queue' || type === 'key' || type === 'vpc-endpoint' || type === 'rcp';
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Deny',
      ...(principal && { Principal: '*' }),
      Action: 'sqs:*',
      Resource: `arn:${pad}${'x'.repeat(Math.max(0, resourceLength - pad.length))}`,
    },
  });
}

/** A document of exactly that many characters without white space. */
function sized(type: PolicyType, size: number): string {
  return document(type, size - document(type, 0).length);
}

describe('sizes', () => {
  it.each<readonly [PolicyType, number, string | undefined]>([
    ['identity', 10_240, undefined],
    ['identity', 6_144, 'arn:aws:iam::111122223333:policy/team'],
    ['permissions-boundary', 6_144, undefined],
    ['session', 2_048, undefined],
    ['scp', 5_120, undefined],
    ['rcp', 5_120, undefined],
    ['queue', 8_192, undefined],
    ['key', 32_768, undefined],
    ['vpc-endpoint', 20_480, undefined],
  ])('a policy of type %s may be %i long (ARN %s)', (type, limit, arn) => {
    const issuesAt = (size: number) =>
      summary(parsePolicy({ name: 'p', text: sized(type, size) }, type, arn === undefined ? {} : { arn }));
    expect(issuesAt(limit)).toEqual([]);
    expect(issuesAt(limit + 1)).toEqual(['warning quota 1:1']);
  });

  it('policies that AWS writes may be larger', () => {
    const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    expect(parsePolicy({ name: 'p', text: sized('identity', 30_000) }, 'identity', { arn }).issues).toEqual(
      [],
    );
  });

  it('white space counts in a queue policy and not in an identity policy', () => {
    const spaced = (type: PolicyType) => sized(type, 4_000).replace('{', `{${' '.repeat(8_000)}`);
    expect(summary(parsePolicy({ name: 'p', text: spaced('identity') }, 'identity'))).toEqual([]);
    expect(summary(parsePolicy({ name: 'p', text: spaced('queue') }, 'queue'))).toEqual([
      'warning quota 1:1',
    ]);
  });

  it('a character outside ASCII is two bytes in a queue policy', () => {
    const text = sized('queue', 8_192);
    expect(summary(parsePolicy({ name: 'p', text: text.replace('xx', 'é') }, 'queue'))).toEqual([]);
    expect(summary(parsePolicy({ name: 'p', text: text.replace('x', 'é') }, 'queue'))).toEqual([
      'warning quota 1:1',
    ]);
  });

  it.each(['€', '😀'])('%s is as many bytes in a queue policy as in UTF-8', (put) => {
    const bytes = new TextEncoder().encode(put).length;
    const text = sized('queue', 8_192).replace('x'.repeat(bytes), put);
    const codesOf = (read: string) =>
      parsePolicy({ name: 'p', text: read }, 'queue').issues.map(({ code }) => code);
    expect(codesOf(text)).not.toContain('quota');
    expect(codesOf(text.replace('x', 'xx'))).toContain('quota');
  });

  it('a number in a value counts as it is written', () => {
    const condition = '"Condition":{"NumericLessThan":{"aws:MultiFactorAuthAge":3600}},';
    for (const [size, issues] of [
      [8_192, []],
      [8_193, ['quota']],
    ] as const) {
      const text = sized('queue', size - condition.length).replace('"Effect"', `${condition}"Effect"`);
      expect(policyFrom(JSON.parse(text), 'queue').issues.map(({ code }) => code)).toEqual(issues);
    }
  });

  it('what stands where nothing should counts as it is written', () => {
    const issuesOf = (size: number, put: string): readonly string[] => {
      const text = `Version: "2012-10-17"\nStatement: {Sid: ${put}, ${sized('queue', size).split('"Statement":{')[1]}`;
      const read = parsePolicy({ name: 'p.yaml', text: text.slice(0, -1) }, 'queue', { readYaml });
      return read.issues.map(({ code }) => code);
    };
    // `"Sid":null,` are eleven characters; of what an alias means nothing is known.
    expect([issuesOf(8_181, ''), issuesOf(8_182, '')].map((codes) => codes.includes('quota'))).toEqual([
      false,
      true,
    ]);
    expect([issuesOf(8_185, '*x'), issuesOf(8_186, '*x')].map((codes) => codes.includes('quota'))).toEqual([
      false,
      true,
    ]);
  });

  it('a value and a YAML document count as their shortest JSON', () => {
    for (const [size, issues] of [
      [8_192, []],
      [8_193, ['quota']],
    ] as const) {
      const value: unknown = JSON.parse(sized('queue', size));
      expect(policyFrom(value, 'queue').issues.map((issue) => issue.code)).toEqual(issues);
      const text = `# ${'comment '.repeat(2_000)}\nVersion: "2012-10-17"\nStatement: ${JSON.stringify((value as { Statement: unknown }).Statement)}\n`;
      const read = parsePolicy({ name: 'p.yaml', text }, 'queue', { readYaml });
      expect(read.issues.map((issue) => issue.code)).toEqual(issues);
    }
  });

  it('half a megabyte is the most that is read', () => {
    const result = parsePolicy({ name: 'p', text: `{"Statement": "${'x'.repeat(5_000_000)}"}` }, 'identity');
    expect(summary(result)).toEqual(['error too-large 1:1']);
  });
});

describe('counts in a queue policy', () => {
  const statement = (more = '') =>
    `{"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"${more}}`;
  const times = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => make(i));
  const check = (lines: readonly string[]) =>
    summary(parsePolicy({ name: 'p', text: `{"Statement": [\n${lines.join(',\n')}\n]}` }, 'queue'));

  it('20 statements, told of at the 21st', () => {
    expect(check(times(20, () => statement()))).toEqual([]);
    expect(check(times(21, () => statement()))).toEqual(['warning quota 22:1']);
  });

  it('50 principals in all statements, told of at the 51st', () => {
    const lines = (count: number) => [
      '{"Effect": "Deny", "Action": "sqs:*", "Resource": "*", "Principal": {"AWS": [',
      ...times(count, () => '"111122223333",'),
      '"111122223333"]}},{"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, "Action": "sqs:*", "Resource": "*"}',
    ];
    const read = (count: number) =>
      summary(parsePolicy({ name: 'p', text: `{"Statement": [\n${lines(count).join('\n')}\n]}` }, 'queue'));
    expect(read(48)).toEqual([]);
    expect(read(49).map((issue) => issue.split(':')[0])).toEqual(['warning quota 52']);
    expect(read(50)).toEqual(['warning quota 53:1']);
  });

  it('10 conditions in all statements, told of at the 11th', () => {
    const condition =
      ', "Condition": {"StringEquals": {"aws:a": "1", "aws:b": "1", "aws:c": "1", "aws:d": "1", "aws:e": "1"}}';
    expect(check(times(2, () => statement(condition)))).toEqual([]);
    expect(check(times(3, () => statement(condition)))).toEqual(['warning quota 4:105']);
  });

  it('7 actions in one statement, told of at the 8th', () => {
    const read = (count: number) =>
      check([
        `{"Effect": "Deny", "Principal": "*", "Resource": "*", "Action": [\n${times(count, (i) => `"sqs:A${i}"`).join(',\n')}]}`,
      ]);
    expect(read(7)).toEqual([]);
    expect(read(8)).toEqual(['warning quota 10:1']);
  });

  it('other policies have no such quotas', () => {
    const text = `{"Statement": [${times(60, () => statement()).join(',')}]}`;
    expect(parsePolicy({ name: 'p', text }, 'topic').issues).toEqual([]);
  });
});

describe('characters', () => {
  const text = (sid: string) =>
    `{"Statement": {"Sid": "${sid}", "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*"}}`;

  it.each(['plain', 'é ÿ', 'a\u007fb', 'escaped \\u2019'])('%j is accepted', (sid) => {
    expect(parsePolicy({ name: 'p', text: text(sid) }, 'key').issues).toEqual([]);
  });

  it.each(['don’t', 'a\u200bb', 'Ā', '😀'])('%j is told of where it stands', (sid) => {
    expect(summary(parsePolicy({ name: 'p', text: text(sid) }, 'key'))).toEqual([
      'warning bad-characters 1:23',
    ]);
  });

  it('names count as well, and comments in YAML do not', () => {
    const yaml =
      'Statement: # the team’s own\n  Effect: Deny\n  Action: "*"\n  Resource: "*"\n  Condition:\n    StringEquals:\n      “aws:username”: a\n';
    const result = parsePolicy({ name: 'p.yaml', text: yaml }, 'identity', { readYaml });
    expect(summary(result)).toEqual(['warning bad-characters 7:7']);
  });
});
