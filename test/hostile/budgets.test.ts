import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decide, decideText } from '../../src/evaluator/decide.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { compilePieces, parsePieces } from '../../src/syntax/wildcard.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { fastest } from '../fastest.js';
import { complaints, HEAD } from '../scenario/in-memory.js';

const ANN = 'arn:aws:iam::111122223333:user/ann';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';

function decided(
  statement: object,
  context: Readonly<Record<string, string>> = {},
  resource = QUEUE,
  version = '2012-10-17',
): string {
  return decide({
    request: { principal: ANN, action: 'sqs:SendMessage', resource, context },
    identity: [
      { Version: version, Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*', ...statement } },
    ],
  }).decision;
}

const when = (operator: string, key: string, operand: unknown): object => ({
  Condition: { [operator]: { [key]: operand } },
});

describe('wildcards', () => {
  const LONG = 'a'.repeat(100_000);

  it.each([
    ['*a*a*a*a*a*a*b', LONG],
    [`${'*a'.repeat(50)}*b`, LONG],
    [`*${'a'.repeat(2000)}b*`, LONG],
    [`${'?'.repeat(50)}*${'?'.repeat(50)}b`, LONG],
    [`*${'a?'.repeat(500)}b`, LONG],
    ['**********************************b', LONG],
  ])('%.30s on 100,000 characters takes less than 50 ms', (pattern, text) => {
    const matcher = compilePieces(parsePieces(pattern));
    expect(matcher.test(text)).toBe(false);
    expect(fastest(() => matcher.test(text))).toBeLessThan(50);
  });

  it('a long segment of question marks takes time in proportion to the text', () => {
    const matcher = compilePieces(parsePieces(`*${'?a'.repeat(1024)}b*`));
    const short = 'a'.repeat(65_536);
    const one = fastest(() => matcher.test(short), 9);
    const four = fastest(() => matcher.test(short.repeat(4)), 9);
    expect(matcher.test(short)).toBe(false);
    expect(one).toBeLessThan(100);
    expect(four / one).toBeLessThan(10);
  });

  it('in the action, the resource and the operands of a policy cost no more', () => {
    const stars = '*a'.repeat(40);
    const run = (): void => {
      const statement = {
        Resource: `arn:aws:sqs:us-east-1:111122223333:${stars}*b`,
        Action: `sqs:${stars}`,
        ...when('StringLike', 'aws:UserAgent', `${stars}*b`),
      };
      decided(statement, { 'aws:UserAgent': 'a'.repeat(64 * 1024) }, `${QUEUE}${'a'.repeat(64 * 1024)}`);
    };
    expect(fastest(run)).toBeLessThan(100);
  });
});

describe('depth', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const codesOf = (name: string, text: string): readonly string[] =>
    parsePolicy({ name, text }, 'identity', { readYaml }).issues.map(({ code }) => code);

  it.each(['p.json', 'p.yaml'])('of 64 levels is read and of 65 is not (%s)', (name) => {
    expect(codesOf(name, nested(64))).toEqual(['wrong-type']);
    expect(codesOf(name, nested(65))).toEqual(['too-deep']);
  });

  it.each([1000, 100_000])('of %i levels is refused at once', (depth) => {
    const text = nested(depth);
    expect(fastest(() => codesOf('p.json', text), 3)).toBeLessThan(50);
    expect(fastest(() => codesOf('p.yaml', text), 3)).toBeLessThan(200);
    expect(codesOf('p.yaml', text)).toContain('too-deep');
  });
});

describe('aliases', () => {
  /** Each anchor repeats the one before so many times. */
  const bomb = (levels: number, times: number): string =>
    Array.from({ length: levels }, (_, level) => {
      const item = level === 0 ? 'x' : `*a${level - 1}`;
      return `n${level}: &a${level} [${Array.from({ length: times }, () => item).join(', ')}]\n`;
    }).join('');

  it.each([
    [5, 9],
    [9, 9],
    [12, 8],
    [30, 2],
  ])('that stand for very many values are refused (%i levels of %i)', (levels, times) => {
    const text = `gainsay: 1\n${bomb(levels, times)}`;
    const started = performance.now();
    expect(complaints(text)[0]).toMatch(/aliases/);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('are at most a hundred', () => {
    const aliases = (count: number): readonly string[] => {
      const names = Array.from({ length: count }, () => '*a').join(', ');
      const text = `{Version: &a "2012-10-17", Statement: [${names}]}`;
      return parsePolicy({ name: 'p.yaml', text }, 'identity', { readYaml }).issues.map(({ code }) => code);
    };
    expect(aliases(100)).not.toContain('yaml-aliases');
    expect(aliases(101)).toContain('yaml-aliases');
  });

  it('of themselves are refused', () => {
    const { issues } = parsePolicy({ name: 'p.yaml', text: 'Statement: &a [*a]' }, 'identity', { readYaml });
    expect(issues.map(({ severity }) => severity)).toContain('error');
  });
});

describe('sizes', () => {
  it('a policy of more than 512 Ki characters is refused unread', () => {
    const text = `{"Statement": [${'{},'.repeat(200_000)}{}]}`;
    const { issues } = parsePolicy({ name: 'p.json', text }, 'key');
    expect(issues.map(({ code }) => code)).toEqual(['too-large']);
    expect(fastest(() => parsePolicy({ name: 'p.json', text }, 'key'))).toBeLessThan(50);
  });

  it.each([
    ['key', 32_768],
    ['queue', 8192],
  ] as const)('a %s policy of more than %i bytes is told of at its beginning', (type, limit) => {
    const empty =
      '{"Id": "", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}';
    const sized = (bytes: number): string => empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`);
    const codes = (bytes: number): readonly string[] =>
      parsePolicy({ name: 'p.json', text: sized(bytes) }, type).issues.map(({ code }) => code);
    expect(codes(limit)).toEqual([]);
    expect(codes(limit + 1)).toEqual(['quota']);
  });

  it('a context value of a megabyte is compared in little time', () => {
    const value = 'a'.repeat(1024 * 1024);
    const statement = when('StringLike', 'aws:UserAgent', '*a*a*b');
    expect(fastest(() => decided(statement, { 'aws:UserAgent': value }), 3)).toBeLessThan(1000);
    for (const operator of ['NumericEquals', 'DateEquals', 'IpAddress', 'ArnLike', 'BinaryEquals', 'Bool']) {
      const operand = operator === 'ArnLike' ? 'arn:*:*:*:*:*' : operator === 'IpAddress' ? '::/0' : '1111';
      const run = (): string => decided(when(operator, 'my:key', operand), { 'my:key': value });
      expect(fastest(run, 3), operator).toBeLessThan(1000);
    }
  });

  it('ten thousand keys in one context cost time in proportion', () => {
    const context = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`my:key${index}`, 'v']));
    const small = context(2500);
    const large = context(10_000);
    const ratio = fastest(() => decided({}, large)) / fastest(() => decided({}, small));
    expect(ratio).toBeLessThan(12);
  });

  it('ten thousand members in one mapping of a scenario cost time in proportion', () => {
    const text = (count: number) =>
      `${HEAD}${Array.from({ length: count }, (_, index) => `x${index}: 1\n`).join('')}`;
    const [small, large] = [text(1000), text(4000)];
    expect(fastest(() => complaints(large), 3) / fastest(() => complaints(small), 3)).toBeLessThan(16);
  });
});

describe('policy variables', () => {
  const named = (pattern: string, value: string, resource: string): string =>
    decided({ Resource: pattern }, { 'aws:PrincipalTag/x': value, 'aws:PrincipalTag/y': 'orders' }, resource);
  const AT = 'arn:aws:sqs:us-east-1:111122223333:';

  it('are replaced in one pass: a value that looks like a variable is a text', () => {
    const pattern = `${AT}\${aws:PrincipalTag/x}`;
    expect(named(pattern, 'orders', `${AT}orders`)).toBe('allowed');
    expect(named(pattern, '${aws:PrincipalTag/y}', `${AT}orders`)).toBe('implicitDeny');
    expect(named(pattern, '${aws:PrincipalTag/y}', `${AT}\${aws:PrincipalTag/y}`)).toBe('allowed');
  });

  it('are texts where their value holds wildcards', () => {
    const pattern = `${AT}\${aws:PrincipalTag/x}`;
    expect(named(pattern, '*', `${AT}orders`)).toBe('implicitDeny');
    expect(named(pattern, '*', `${AT}*`)).toBe('allowed');
    expect(named(pattern, 'order?', `${AT}orders`)).toBe('implicitDeny');
  });

  it('come to at most 16 KiB, and beyond that match nothing', () => {
    const pattern = `${AT}\${aws:PrincipalTag/x}`;
    const value = (length: number): string => 'x'.repeat(length - AT.length);
    expect(named(pattern, value(16_384), `${AT}${value(16_384)}`)).toBe('allowed');
    expect(named(pattern, value(16_385), `${AT}${value(16_385)}`)).toBe('implicitDeny');
  });

  it('do not multiply: a thousand of a large value take little time', () => {
    const pattern = `${AT}${'${aws:PrincipalTag/x}'.repeat(1000)}`;
    const value = 'x'.repeat(60_000);
    expect(fastest(() => named(pattern, value, `${AT}x`), 3)).toBeLessThan(100);
  });
});

describe('numbers are exact', () => {
  it.each([
    ['NumericEquals', '1e400', '1e400', 'allowed'],
    ['NumericEquals', '1e400', '1e401', 'implicitDeny'],
    ['NumericLessThan', '1e401', '1e400', 'allowed'],
    ['NumericEquals', '0', '-0', 'allowed'],
    ['NumericLessThan', '0', '-0', 'implicitDeny'],
    ['NumericEquals', '1', '0x1', 'implicitDeny'],
    ['NumericNotEquals', '1', '0x1', 'allowed'],
    ['NumericEquals', '0x1', '1', 'implicitDeny'],
    ['NumericEquals', '12345678901234567890', '12345678901234567890', 'allowed'],
    ['NumericEquals', '12345678901234567890', '12345678901234567891', 'implicitDeny'],
    ['NumericLessThan', '12345678901234567891', '12345678901234567890', 'allowed'],
    ['NumericEquals', '9007199254740993', '9007199254740992', 'implicitDeny'],
    ['NumericEquals', '0.1', '0.10', 'allowed'],
    ['NumericEquals', '0.3', '0.30000000000000004', 'implicitDeny'],
    ['NumericEquals', '1', 'Infinity', 'implicitDeny'],
    ['NumericEquals', '1', 'NaN', 'implicitDeny'],
    ['NumericEquals', '1', '', 'implicitDeny'],
    ['NumericEquals', '1', ' 1', 'implicitDeny'],
    ['NumericEquals', '1', '١', 'implicitDeny'],
  ])('%s of %s and %s', (operator, operand, value, decision) => {
    expect(decided(when(operator, 's3:max-keys', operand), { 's3:max-keys': value })).toBe(decision);
  });

  it('of twenty digits without quotes are the digits that were typed', () => {
    const text = (value: string): string =>
      `{"request": {"principal": "${ANN}", "action": "sqs:SendMessage", "resource": "${QUEUE}", "context": {"my:n": ${value}}}, "identity": [{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"NumericEquals": {"my:n": 12345678901234567890}}}}]}`;
    expect(decideText({ name: 'l', text: text('12345678901234567890') }).decision).toBe('allowed');
    expect(decideText({ name: 'l', text: text('12345678901234567891') }).decision).toBe('implicitDeny');
  });

  it('of a hundred thousand digits take little time', () => {
    const digits = '7'.repeat(100_000);
    const run = (): string => decided(when('NumericEquals', 'my:n', digits), { 'my:n': digits });
    expect(run()).toBe('allowed');
    expect(fastest(run, 3)).toBeLessThan(100);
  });

  it('of account ids keep their leading zeros', () => {
    const decision = (account: string): string =>
      decided(when('StringEquals', 'aws:SourceAccount', account), { 'aws:SourceAccount': '012345678901' });
    expect(decision('012345678901')).toBe('allowed');
    expect(decision('12345678901')).toBe('implicitDeny');
  });
});

describe('memory', () => {
  it('does not grow over a million decisions of which no two texts are the same', () => {
    const script = fileURLToPath(new URL('heap-growth.mjs', import.meta.url));
    const said = execFileSync(process.execPath, ['--expose-gc', script], { encoding: 'utf8' });
    const { before, afterDecisions, afterLines, counts } = JSON.parse(said) as {
      readonly before: number;
      readonly afterDecisions: number;
      readonly afterLines: number;
      readonly counts: Readonly<Record<string, number>>;
    };
    expect(afterDecisions / before).toBeLessThan(1.05);
    expect(afterLines / before).toBeLessThan(1.05);
    expect(counts).toMatchObject({ invalid: 0, undetermined: 0 });
    for (const decision of ['allowed', 'implicitDeny', 'explicitDeny'])
      expect(counts[decision]).toBeGreaterThan(10_000);
  }, 120_000);
});
