import { describe, expect, it } from 'vitest';
import { parsePolicy, policyFrom } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import { POLICY_TYPES } from '../../src/policy/policy-types.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { busy } from '../fastest.js';
import { samplePolicy } from '../syntax/sample-policy.js';
import { policyOf, summary } from './marked.js';

const types = Object.keys(POLICY_TYPES) as PolicyType[];

const wide = `{
  "Version": "2012-10-17",
  "Id": "all",
  "Statement": [
    { "Sid": "A", "Effect": "Deny", "Principal": { "AWS": ["arn:aws:iam::111122223333:role/worker", "111122223333"], "Service": "sns.amazonaws.com" },
      "Action": ["sqs:SendMessage", "kms:*"], "Resource": ["arn:aws:sqs:us-east-1:111122223333:\${aws:username}", "*"],
      "Condition": { "ForAnyValue:StringLike": { "aws:TagKeys": ["a*", "b"] }, "ArnLike": { "aws:SourceArn": "arn:aws:sns:*:*:*" },
        "IpAddress": { "aws:SourceIp": "203.0.113.0/24" }, "Bool": { "aws:SecureTransport": false } } },
    { "Effect": "Deny", "NotPrincipal": "*", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::b/*", "Condition": { "Null": { "aws:username": true } } }
  ]
}`;

/** Small, fast and the same on every machine (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  'null',
  'true',
  '7',
  '""',
  '[]',
  '{}',
  '\\u0000',
  '${',
  '*',
  '\n',
  '\ufeff',
  '\ud800',
  '__proto__',
  '"Statement"',
  '"Principal"',
  ' ',
];

function mutate(text: string, next: (below: number) => number): string {
  let mutated = text;
  for (let change = next(3); change >= 0; change -= 1) {
    const at = next(mutated.length + 1);
    const piece = PIECES[next(PIECES.length)] ?? '';
    const kind = next(4);
    if (kind === 0) mutated = mutated.slice(0, at) + piece + mutated.slice(at);
    else if (kind === 1) mutated = mutated.slice(0, at) + mutated.slice(at + 1 + next(12));
    else if (kind === 2) mutated = mutated.slice(0, at) + piece + mutated.slice(at + 1 + next(6));
    else {
      const from = next(mutated.length + 1);
      mutated = mutated.slice(0, at) + mutated.slice(from, from + next(40)) + mutated.slice(at);
    }
  }
  return mutated;
}

/** Replaces one value of the document by another, so that the text stays JSON. */
function mutateValue(text: string, next: (below: number) => number): string {
  const values = [
    null,
    true,
    0,
    '',
    '*',
    [],
    {},
    [[]],
    [null],
    { AWS: [] },
    'Allow',
    '${x',
    { __proto__x: 1 },
  ];
  const target = next(45);
  let seen = 0;
  return JSON.stringify(
    JSON.parse(text, (_key, value: unknown) => {
      seen += 1;
      return seen === target ? values[next(values.length)] : value;
    }),
    null,
    next(3),
  );
}

describe('a document that was spoilt', () => {
  it.each(types)(
    'never makes the reader of a policy of type %s throw, and each error has a place',
    (type) => {
      const next = numbers(types.indexOf(type) + 1);
      for (let round = 0; round < 400; round += 1) {
        const base = round % 2 === 0 ? wide : samplePolicy;
        const text = round % 4 === 3 ? mutateValue(base, next) : mutate(base, next);
        const result = parsePolicy({ name: round % 5 === 0 ? 'p.yaml' : 'p.json', text }, type, { readYaml });
        expect(result.ok || result.issues.length > 0).toBe(true);
        for (const issue of result.issues) {
          expect(issue.at.source).toBeDefined();
          if (issue.severity === 'error') {
            expect(issue.at.start?.line, text).toBeGreaterThan(0);
            expect(issue.at.start?.column, text).toBeGreaterThan(0);
          }
        }
      }
    },
  );

  it('of 5 MB is refused at once', () => {
    const text = `{"Statement": [${'[],'.repeat(1_700_000)}[]]}`;
    const spent = busy(() =>
      expect(summary(parsePolicy({ name: 'p', text }, 'queue'))).toEqual(['error too-large 1:1']),
    );
    expect(spent).toBeLessThan(1_000);
  });

  it('of half a megabyte of mistakes is read in bounded time', () => {
    const mistakes = `{"Statement": [${'[],'.repeat(120_000)}[]]}`;
    const encoded = JSON.stringify(mistakes);
    const keys = Array.from({ length: 20_000 }, (_, index) => `"SourceAr${index}": ""`).join(',');
    const unknown = `{"Statement": {"Condition": {"StringEquals": {${keys}}}}}`;
    const spent = busy(() => {
      expect(parsePolicy({ name: 'p', text: mistakes }, 'queue').ok).toBe(false);
      expect(parsePolicy({ name: 'p', text: unknown }, 'queue').issues).toHaveLength(103);
      expect(parsePolicy({ name: 'p', text: encoded }, 'queue').ok).toBe(false);
    });
    expect(spent).toBeLessThan(5_000);
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['quoted documents', '{"Policy":', '}'],
  ])('with %s 10,000 deep is refused', (_what, open, close) => {
    for (const name of ['p.json', 'p.yaml']) {
      const text = `{"Statement": ${open.repeat(10_000)}1${close.repeat(10_000)}}`;
      const result = parsePolicy({ name, text }, 'identity', { readYaml });
      expect(result.ok).toBe(false);
      expect(result.issues.map((issue) => issue.code)).toContain('too-deep');
    }
  });

  it('with text in text in text is refused or read, and does not hang', () => {
    let text = '{"Statement": []}';
    for (let layer = 0; layer < 12; layer += 1) text = JSON.stringify(text);
    expect(parsePolicy({ name: 'p', text }, 'identity').ok).toBe(false);
  });
});

describe('`__proto__` is a name like any other', () => {
  it.each([
    ['{"__proto__": {"Statement": []}}', 'error unknown-element 1:2'],
    [
      '{"Statement": {"__proto__": {}, "Effect": "Deny", "Action": "*", "Resource": "*"}}',
      'error unknown-element 1:16',
    ],
    [
      '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"__proto__": {}}}}',
      'error unknown-operator 1:80',
    ],
  ])('%s', (text, first) => {
    expect(summary(parsePolicy({ name: 'p', text }, 'identity'))).toContain(first);
  });

  it('and as a condition key it is kept', () => {
    const text =
      '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"__proto__": "a"}}}}';
    const policy = policyOf('identity', text);
    expect(policy.statements[0]?.conditions.map(({ key }) => key)).toEqual(['__proto__']);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });
});

describe('a policy', () => {
  it('is frozen through and through, the tree it came from excepted', () => {
    const policy = policyOf('queue', wide);
    const loose: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null || path === '.origin.node') return;
      if (!Object.isFrozen(value)) loose.push(path);
      for (const [name, part] of Object.entries(value)) walk(part, `${path}.${name}`);
    };
    walk(policy, '');
    expect(loose).toEqual([]);
  });

  it('leaves the source that it was given as it was', () => {
    const source = { name: 'p', text: wide };
    expect(parsePolicy(source, 'queue').ok).toBe(true);
    expect(Object.isFrozen(source)).toBe(false);
  });

  it('is the same from JSON, from YAML and from a value', () => {
    const meaning = ({ type, version, statements }: Policy) => ({ type, version, statements });
    const fromJson = meaning(policyOf('queue', wide));
    const yaml = `# the same
Version: 2012-10-17
Id: all
Statement:
  - Sid: A
    Effect: Deny
    Principal:
      AWS: ["arn:aws:iam::111122223333:role/worker", "111122223333"]
      Service: sns.amazonaws.com
    Action: [sqs:SendMessage, "kms:*"]
    Resource:
      - arn:aws:sqs:us-east-1:111122223333:\${aws:username}
      - "*"
    Condition:
      ForAnyValue:StringLike: { aws:TagKeys: ["a*", b] }
      ArnLike: { aws:SourceArn: "arn:aws:sns:*:*:*" }
      IpAddress: { aws:SourceIp: 203.0.113.0/24 }
      Bool: { aws:SecureTransport: false }
  - Effect: Deny
    NotPrincipal: "*"
    NotAction: iam:*
    NotResource: arn:aws:s3:::b/*
    Condition: { "Null": { aws:username: true } }
`;
    const fromYaml = parsePolicy({ name: 'p.yaml', text: yaml }, 'queue', { readYaml });
    expect(fromYaml.issues).toEqual([]);
    expect(fromYaml.ok && meaning(fromYaml.value)).toEqual(fromJson);
    const fromValue = policyFrom(JSON.parse(wide), 'queue');
    expect(fromValue.ok && meaning(fromValue.value)).toEqual(fromJson);
  });

  it('takes its name and ARN from the options, else its name from the source', () => {
    const text = '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}';
    const arn = 'arn:aws:iam::111122223333:policy/mine';
    expect(parsePolicy({ name: 'a.json', text }, 'identity', { name: 'mine', arn })).toMatchObject({
      value: { name: 'mine', arn },
    });
    expect(policyOf('identity', text).name).toBe('policy.json');
  });

  it('without YAML in hand, YAML is an issue', () => {
    const result = parsePolicy({ name: 'p', text: 'Statement: []' }, 'identity');
    expect(result.issues.map((issue) => issue.code)).toEqual(['json-syntax']);
  });

  it.each([undefined, null, 7, () => 1, Symbol('x'), 1n, new Date(0), [undefined]])(
    'is not made of %s',
    (value) => {
      expect(policyFrom(value, 'identity').ok).toBe(false);
    },
  );
});
