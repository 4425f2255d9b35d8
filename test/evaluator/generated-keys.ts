import type { ContextValue } from '../../src/conditions/context.js';

export type Value = Exclude<ContextValue, symbol> | undefined;

export interface Key {
  readonly name: string;
  readonly operators: readonly string[];
  readonly operands: readonly string[];
  /** Written down by hand: some value for every way in which operators and operands can answer. */
  readonly domain: readonly Value[];
}

const STRINGS = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringLike', 'StringNotLike'];
/** Every list of some of the texts, in their order. */
function subsets(texts: readonly string[]): readonly (readonly string[])[] {
  const [first, ...others] = texts;
  if (first === undefined) return [[]];
  const without = subsets(others);
  return [...without, ...without.map((some) => [first, ...some])];
}

const many = (texts: readonly string[]): readonly Value[] => [undefined, ...texts, ...subsets(texts)];

const TEXTS = [
  '',
  'red',
  'Red',
  'RED',
  'rEd',
  'rED',
  'ReD',
  'REd',
  'blue',
  'Blue',
  'blUE',
  'r',
  'rd',
  'rxd',
  'rxxd',
];
const MORE_TEXTS = ['xd', 'x', 'rx', 're', 'ed', 'd', 'e', '-', 'red-', 'q', 'green', '*', 'r*', '*d', 'r?d'];
const TEMPLATES = ['${aws:PrincipalTag/team}', "${aws:PrincipalTag/team, 'red'}", 'a${aws:username}'];
const ADDRESSES = ['9.255.255.255', '10.0.0.0', '10.1.255.255', '10.2.0.0', '10.2.255.255', '10.3.0.0'];

export const KEYS: readonly Key[] = [
  {
    name: 'aws:PrincipalTag/team',
    operators: STRINGS,
    operands: ['red', 'Red', 'blue', 'r*', '*d', 'r?d', '*', '', 'green'],
    domain: [undefined, ...TEXTS, ...MORE_TEXTS],
  },
  {
    name: 'aws:ResourceTag/team',
    operators: ['StringEquals', 'StringNotEquals', 'StringEquals', 'StringLike'],
    operands: ['red', 'green', ...TEMPLATES],
    domain: [undefined, ...TEXTS, ...MORE_TEXTS, ...TEMPLATES, 'ax', 'aalice', 'ared', "'red'"],
  },
  {
    name: 'aws:TagKeys',
    operators: STRINGS,
    operands: ['a', 'A', 'b', 'a*', '*', ''],
    domain: many(['', 'a', 'A', 'b', 'ax', 'x', 'a*', '*']),
  },
  {
    name: 'my:Words',
    operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    operands: ['a', 'b', '?', '${aws:username}'],
    domain: many(['', 'a', 'b', 'alice', 'x', 'xx', '?', '${aws:username}']),
  },
  {
    name: 'aws:SourceArn',
    operators: ['ArnLike', 'ArnEquals', 'ArnNotLike', 'ArnNotEquals', 'StringEquals', 'StringLike'],
    operands: ['arn:aws:s3:::b', 'arn:aws:s3:::*', 'arn:aws:*:::b', 'arn:*', '*'],
    domain: [
      undefined,
      ...[
        '',
        'x',
        'arn:',
        'arn:x',
        'arn:aws:s3:::b',
        'arn:aws:s3:::x',
        'arn:aws:x:::b',
        'arn:aws:s3:::',
        'a:b:c:d:e:f',
      ],
      ...['arn:aws:s3:::*', 'arn:aws:*:::b', 'arn:*'],
      ...['arn:aws:s3:::c', 'arn:aws:x:::x', 'arn:aws:a:b:c:d:::b', 'arn:aws:s3:x::b', '*'],
    ],
  },
  {
    name: 'aws:MultiFactorAuthAge',
    operators: [
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericGreaterThanEquals',
      'StringEquals',
    ],
    operands: ['5', '5.0', '1e1', '-3', 'many'],
    domain: [
      undefined,
      '',
      'many',
      'x',
      '-4',
      '-3',
      '-3.0',
      '0',
      '5',
      '5.0',
      '5.00',
      '7',
      '1e1',
      '10',
      '11',
      'ten',
    ],
  },
  {
    name: 'aws:CurrentTime',
    operators: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateGreaterThan', 'DateLessThanEquals'],
    operands: ['2024', '2024-01-01T00:00:00Z', '1704067201', '2025-06-01', 'noon'],
    domain: [
      ...[
        undefined,
        '',
        'noon',
        '2023',
        '2024',
        '2024-01-01T00:00:00Z',
        '1704067200.5',
        '1704067201',
        '2024-06-01',
      ],
      ...['2025-06-01', '2026'],
    ],
  },
  {
    name: 'aws:SourceIp',
    operators: ['IpAddress', 'NotIpAddress'],
    operands: [
      '10.0.0.0/8',
      '10.2.0.0/16',
      '10.2.0.0',
      '2001:db8::/32',
      '2001:db8::1',
      '0.0.0.0/0',
      'home',
      '::/0',
    ],
    domain: [
      ...[
        undefined,
        '',
        'home',
        ...ADDRESSES,
        '11.0.0.0',
        '0.0.0.0',
        '10.2.0.1',
        '2001:db8::',
        '2001:db8::1',
      ],
      ...['2001:db8::2', '::', 'ffff::', '::ffff:10.0.0.1'],
    ],
  },
  {
    name: 'aws:SecureTransport',
    operators: ['Bool', 'StringEquals'],
    operands: ['true', 'false', 'TRUE', 'maybe'],
    domain: [undefined, '', 'true', 'false', 'TRUE', 'FALSE', 'tRUE', 'fALSE', 'maybe', 'x'],
  },
  {
    name: 'my:Blob',
    operators: ['BinaryEquals', 'StringEquals'],
    operands: ['QQ==', 'QR==', 'QUI=', '?'],
    domain: many(['', 'QQ==', 'QR==', 'QS==', 'QUI=', 'QUJ=', '?', 'x']),
  },
];

const DOMAINS = new Map(KEYS.map((key) => [key.name, key.domain]));

export function domainOf(key: string): readonly Value[] {
  return DOMAINS.get(key) ?? [];
}

export function isMany(key: string): boolean {
  return domainOf(key).some((value) => Array.isArray(value));
}
