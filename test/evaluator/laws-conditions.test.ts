import { describe, expect, it } from 'vitest';
import { authorizeOnce } from '../../src/evaluator/authorize.js';
import { contextFrom } from '../../src/evaluator/derive-context.js';
import { callerOf } from './asking.js';
import { KEYS, type Key, type Value } from './generated-keys.js';
import { seeded } from './generated-requests.js';
import { RUNS, seedOf } from './law.js';
import { otherCase } from './law-changes.js';
import { readAnew } from './law-readings.js';
import { ALICE, pick, shuffled } from './law-scenes.js';
import type { ConditionBlock, Random } from './law-texts.js';

const caller = callerOf(ALICE);
const resource = { arn: 'arn:aws:sqs:us-east-1:111122223333:orders', account: '111122223333' };

/** Whether a block of conditions holds for a request with the keys given. */
function holds(
  Condition: ConditionBlock,
  ...values: readonly (readonly [key: string, value: Value])[]
): boolean {
  const allow = { Effect: 'Allow', Action: '*', Resource: '*', Condition };
  const identity = [readAnew({ Version: '2012-10-17', Statement: [allow] }, 'identity')];
  const tags = [['aws:PrincipalTag/team', 'red'] as const, ['aws:username', 'alice'] as const];
  const request = { caller, action: 'sqs:SendMessage', resource, context: contextFrom(tags, values) };
  return authorizeOnce(request, { identity }).decision === 'allowed';
}

/** One condition on one key, and a value of it. */
interface Asked {
  readonly random: Random;
  readonly operator: string;
  readonly key: string;
  readonly operands: readonly string[];
  readonly value: Value;
  readonly is: (operator: string, operands?: readonly string[], value?: Value) => boolean;
}

type Answers = readonly [left: boolean, right: boolean];

function ask(random: Random, keys: readonly Key[]): Asked {
  const { name, operators, operands, domain } = pick(random, keys);
  const chosen = Array.from({ length: random() < 0.5 ? 1 : 2 }, () => pick(random, operands));
  const value = pick(random, domain);
  return {
    random,
    operator: pick(random, operators),
    key: name,
    operands: chosen,
    value,
    is: (operator, wanted = chosen, given = value) =>
      holds({ [operator]: { [name]: wanted } }, [name, given]),
  };
}

/** A law on both sides of which the same answer stands; `undefined` where it says nothing. */
function law(
  title: string,
  answer: (asked: Asked) => Answers | undefined,
  { keys = KEYS, relation = (left: boolean, right: boolean) => left === right, fixed = false } = {},
): void {
  it(title, () => {
    const random = seeded(seedOf(title));
    const broken: string[] = [];
    let runs = 0;
    let held = 0;
    for (let tries = 0; runs < RUNS && tries < RUNS * 100; tries += 1) {
      const asked = ask(random, keys);
      const answers = answer(asked);
      if (answers === undefined) continue;
      runs += 1;
      if (answers[0]) held += 1;
      if (!relation(...answers) && broken.length < 5)
        broken.push(`${JSON.stringify(asked)}: ${answers.join()}`);
    }
    expect(broken).toEqual([]);
    expect(runs).toBe(RUNS);
    if (fixed) return;
    expect(held).toBeGreaterThan(RUNS / 20);
    expect(held).toBeLessThan(RUNS - RUNS / 20);
  });
}

const keysOf = (...names: readonly string[]): readonly Key[] =>
  KEYS.filter(({ name }) => names.includes(name));
const isPresent = (value: Value): value is string | readonly string[] =>
  value !== undefined && value.length > 0;
const implies = (left: boolean, right: boolean): boolean => !left || right;
const NEGATED = [
  ['StringEquals', 'StringNotEquals'],
  ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
  ['StringLike', 'StringNotLike'],
  ['ArnLike', 'ArnNotLike'],
  ['ArnEquals', 'ArnNotEquals'],
  ['NumericEquals', 'NumericNotEquals'],
  ['DateEquals', 'DateNotEquals'],
  ['IpAddress', 'NotIpAddress'],
] as const;
const SETS = ['', 'ForAllValues:', 'ForAnyValue:'];
const listOf = (value: Value): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

describe('a key that is there, or not', () => {
  law('IfExists changes nothing for a key that is there', ({ operator, value, is, random }) => {
    const set = pick(random, SETS);
    return isPresent(value) ? [is(`${set}${operator}`), is(`${set}${operator}IfExists`)] : undefined;
  });
  law(
    'IfExists holds for a key that is absent',
    ({ operator, operands, is, random }) => [
      is(`${pick(random, SETS)}${operator}IfExists`, operands, []),
      true,
    ],
    { fixed: true },
  );
  law('a key without a value in its list is a key that is absent', ({ operator, operands, key, random }) => {
    const block = { [`${pick(random, SETS)}${operator}`]: { [key]: operands } };
    return [holds(block, [key, undefined]), holds(block, [key, []])];
  });
  law('Null asks the opposite of `true` with `false`', ({ is }) => [
    is('Null', ['true']),
    !is('Null', ['false']),
  ]);
  law('Null, `true` or `false`, holds always', ({ is }) => [is('Null', ['true', 'false']), true], {
    fixed: true,
  });
  law(
    'ForAllValues holds for a key without values, ForAnyValue does not',
    ({ operator, operands, is }) => [
      is(`ForAllValues:${operator}`, operands, []),
      !is(`ForAnyValue:${operator}`, operands, []),
    ],
    { fixed: true },
  );
});

describe('operators that stand in for each other', () => {
  law('StringEquals equals StringLike where nothing is a wildcard', ({ operands, is, random }) => {
    if (operands.some((operand) => operand.includes('*') || operand.includes('?'))) return undefined;
    const not = pick(random, ['', 'Not']);
    return [is(`String${not}Equals`), is(`String${not}Like`)];
  });
  law(
    'ArnEquals equals ArnLike, ArnNotEquals equals ArnNotLike',
    ({ is, random }) => {
      const not = pick(random, ['', 'Not']);
      return [is(`Arn${not}Equals`), is(`Arn${not}Like`)];
    },
    { keys: keysOf('aws:SourceArn') },
  );
  law('a negated operator answers the opposite, whether the key is there or not', ({ is, random }) => {
    const [plain, negated] = pick(random, NEGATED);
    return [is(plain), !is(negated)];
  });
  law('NotIpAddress answers the opposite of IpAddress', ({ is }) => [is('IpAddress'), !is('NotIpAddress')], {
    keys: keysOf('aws:SourceIp'),
  });
  law(
    'ForAllValues of a negated operator answers the opposite of ForAnyValue, but for empty texts',
    ({ is, value, random }) => {
      const [plain, negated] = pick(random, NEGATED);
      return listOf(value).includes('')
        ? undefined
        : [is(`ForAnyValue:${plain}`), !is(`ForAllValues:${negated}`)];
    },
  );
  law('a positive operator without a set operator is ForAnyValue', ({ is, random }) => {
    const [plain] = pick(random, NEGATED);
    return [is(plain), is(`ForAnyValue:${plain}`)];
  });
  law(
    'StringEquals is never wider than StringEqualsIgnoreCase',
    ({ is }) => [is('StringEquals'), is('StringEqualsIgnoreCase')],
    { relation: implies },
  );
  law('StringEqualsIgnoreCase knows no letter case', ({ is, value, operands, random }) => {
    if (operands.some((operand) => operand.includes('$'))) return undefined;
    const respell = (text: string): string => otherCase(random, text);
    const other = typeof value === 'string' ? respell(value) : value?.map(respell);
    return [is('StringEqualsIgnoreCase'), is('StringEqualsIgnoreCase', operands.map(respell), other)];
  });
  const NUMBERS = { keys: keysOf('aws:MultiFactorAuthAge') };
  const DATES = { keys: keysOf('aws:CurrentTime') };
  for (const [family, only, readable] of [
    ['Numeric', NUMBERS, (text: string) => /^-?[0-9.]+(?:e[0-9]+)?$/.test(text)],
    ['Date', DATES, (text: string) => /^[0-9]/.test(text)],
  ] as const) {
    law(
      `${family}: a readable value is below, equal or above, and only one of them`,
      ({ is, value, operands }) => {
        const [operand = ''] = operands;
        if (typeof value !== 'string' || !readable(value) || !readable(operand)) return undefined;
        const found = ['LessThan', 'Equals', 'GreaterThan'].map((name) => is(`${family}${name}`, [operand]));
        return [found[0] ?? false, found.filter(Boolean).length === 1 && (found[0] ?? false)];
      },
      only,
    );
    law(
      `${family}: at most is below or equal, at least is above or equal`,
      ({ is, operands, random }) => {
        const side = pick(random, ['LessThan', 'GreaterThan']);
        const [operand = ''] = operands;
        const either = is(`${family}${side}`, [operand]) || is(`${family}Equals`, [operand]);
        return [is(`${family}${side}Equals`, [operand]), either];
      },
      only,
    );
  }
});

describe('values and lists of values', () => {
  law('one value alone equals a list of one', ({ operator, operands, value, is, random }) => {
    const set = pick(random, SETS);
    return typeof value === 'string'
      ? [is(`${set}${operator}`), is(`${set}${operator}`, operands, [value])]
      : undefined;
  });
  law(
    'the order of the request’s values, and how often one stands, does not matter',
    ({ operator, operands, value, is, random }) => {
      if (typeof value === 'string' || value === undefined || value.length < 2) return undefined;
      const set = pick(random, SETS);
      const other = shuffled(random, [...value, pick(random, value)]);
      return [is(`${set}${operator}`), is(`${set}${operator}`, operands, other)];
    },
  );
  law(
    'another operand never takes an answer of a positive operator away',
    ({ operands, is, random }) => {
      const [plain] = pick(random, NEGATED);
      const set = pick(random, SETS);
      return [is(`${set}${plain}`, operands.slice(0, 1)), is(`${set}${plain}`)];
    },
    { relation: implies },
  );
  law(
    'another operand never gives an answer to a negated operator',
    ({ operands, is, random }) => {
      const [, negated] = pick(random, NEGATED);
      const set = pick(random, SETS);
      return [is(`${set}${negated}`), is(`${set}${negated}`, operands.slice(0, 1))];
    },
    { relation: implies },
  );
  law(
    'of a key with values, what holds for all of them holds for one',
    ({ operator, value, is }) => {
      if (!listOf(value).some((text) => text !== '')) return undefined;
      return [is(`ForAllValues:${operator}`), is(`ForAnyValue:${operator}`)];
    },
    { relation: implies },
  );
  law('conditions in one block hold when each holds alone', ({ operator, operands, key, value, random }) => {
    const other = ask(random, KEYS);
    if (other.key === key) return undefined;
    const one = { [operator]: { [key]: operands } };
    const two = { [other.operator]: { [other.key]: other.operands } };
    const both = { ...one, [other.operator]: { ...one[other.operator], [other.key]: other.operands } };
    const values = [[key, value] as const, [other.key, other.value] as const];
    return [holds(both, ...values), holds(one, ...values) && holds(two, ...values)];
  });
});

describe('forms of one value', () => {
  const forms = (...lists: readonly (readonly string[])[]) => lists;
  const NUMBER_FORMS = forms(
    ['1', '1.0', '1e0', '10e-1', '0.1e1', '01'],
    ['0', '-0', '0.00', '0e9'],
    ['-3', '-3.0', '-30e-1'],
    ['1e20', '100000000000000000000', '1.0E20'],
    ['100000000000000000001', '100000000000000000001.0'],
  );
  const DATE_FORMS = forms(
    ['2024', '2024-01', '2024-01-01', '2024-01-01T00:00Z', '2024-01-01T00:00:00Z', '1704067200'],
    ['2024-01-01T01:30:00Z', '2024-01-01T03:30:00+02:00', '2023-12-31T23:30-02:00', '1704072600'],
    ['2024-02-29T23:59:59Z', '1709251199', '2024-02-29T23:59:59.0Z'],
  );
  const BOOL_FORMS = forms(['true', 'TRUE', 'True', 'tRuE'], ['false', 'FALSE', 'False']);
  const IP_FORMS = forms(
    ['2001:db8::1', '2001:0db8:0:0:0:0:0:1', '2001:DB8::1', '2001:db8:0:0::1'],
    ['::', '0:0:0:0:0:0:0:0', '0::0'],
    ['10.2.0.0'],
    ['::ffff:10.2.0.0', '::FFFF:a02:0'],
  );
  const same = (
    title: string,
    all: readonly (readonly string[])[],
    operators: readonly string[],
    key: string,
  ): void =>
    law(title, ({ random }) => {
      const [operands, values] = [pick(random, all), pick(random, all)];
      const operator = pick(random, operators);
      const asked = (operand: string, value: string): boolean =>
        holds({ [operator]: { [key]: [operand] } }, [key, value]);
      return [asked(operands[0] ?? '', values[0] ?? ''), asked(pick(random, operands), pick(random, values))];
    });
  const compared = (family: string): readonly string[] =>
    ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThanEquals'].map(
      (name) => `${family}${name}`,
    );

  same('the form of a number does not matter', NUMBER_FORMS, compared('Numeric'), 'aws:MultiFactorAuthAge');
  same(
    'the form of a date, ISO 8601 or seconds, does not matter',
    DATE_FORMS,
    compared('Date'),
    'aws:CurrentTime',
  );
  same('the letter case of `true` and `false` does not matter', BOOL_FORMS, ['Bool'], 'aws:SecureTransport');
  same('the form of an address does not matter', IP_FORMS, ['IpAddress', 'NotIpAddress'], 'aws:SourceIp');

  law(
    'a range equals its two halves',
    ({ random, value }) => {
      const bits = 1 + Math.floor(random() * 31);
      const base =
        (Math.floor(random() * 2) * 10 + Math.floor(random() * 2)) * 2 ** 24 +
        Math.floor(random() * 4) * 2 ** 16;
      const start = base - (base % 2 ** (32 - bits));
      const text = (address: number): string =>
        [24, 16, 8, 0].map((by) => Math.floor(address / 2 ** by) % 256).join('.');
      const half = 2 ** (31 - bits);
      const address =
        typeof value === 'string' && random() < 0.5
          ? value
          : text(start + Math.floor((random() - 0.5) * 4 * half));
      const inside = (...ranges: readonly string[]): boolean =>
        holds({ IpAddress: { 'aws:SourceIp': ranges } }, ['aws:SourceIp', address]);
      return [
        inside(`${text(start)}/${bits}`),
        inside(`${text(start)}/${bits + 1}`, `${text(start + half)}/${bits + 1}`),
      ];
    },
    { keys: keysOf('aws:SourceIp') },
  );
  law('a bare address is the range of itself alone', ({ random }) => {
    const all = IP_FORMS.flat();
    const [operand, value] = [pick(random, all), pick(random, all)];
    const inside = (range: string): boolean =>
      holds({ IpAddress: { 'aws:SourceIp': [range] } }, ['aws:SourceIp', value]);
    return [inside(operand), inside(`${operand}/${operand.includes(':') ? 128 : 32}`)];
  });
  law('wildcards in a row say no more than they must', ({ is, operands, random }) => {
    const operator = pick(random, ['StringLike', 'StringNotLike', 'ForAnyValue:StringLike']);
    const stretch = (operand: string): string =>
      operand.replaceAll('*', () => pick(random, ['**', '***', '*']));
    return operands.some((operand) => operand.includes('${'))
      ? undefined
      : [is(operator), is(operator, operands.map(stretch))];
  });
});
