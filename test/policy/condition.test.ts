import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import type { PolicyType } from '../../src/policy/policy.js';
import { examine, itFinds, policyOf } from './marked.js';

const identity = (condition: string, version = '2012-10-17') =>
  `{"Version": "${version}", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": ${condition}}}`;
const resource = (condition: string) =>
  `{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": ${condition}}}`;

type Row = readonly [title: string, condition: string, ...issues: string[]];

const SHAPES: readonly Row[] = [
  ['an empty block is always true', '{}'],
  ['an empty operator is always true', '{"StringEquals": {}}'],
  ['a block is an object', '¦[]', 'error wrong-type'],
  ['a block is not null', '¦null', 'error wrong-type'],
  ['an operator holds an object', '{"StringEquals": ¦"aws:username"}', 'error wrong-type'],
  [
    'numbers and booleans may stand without quotes',
    '{"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"aws:MultiFactorAuthAge": 30}}',
  ],
  ['null is no value', '{"Null": {"aws:username": ¦null}}', 'error wrong-type'],
  ['an object is no value', '{"StringEquals": {"aws:username": ["a", ¦{}]}}', 'error wrong-type'],
  ['a list in a list is no value', '{"StringEquals": {"aws:username": [¦["a"]]}}', 'error wrong-type'],
  ['an empty list compares with nothing', '{"StringEquals": {"aws:username": ¦[]}}', 'warning empty-list'],
];

const OPERATORS: readonly Row[] = [
  ['an operator is one of the table', '{¦"StringEqual": {"aws:username": "a"}}', 'error unknown-operator'],
  [
    'another letter case is accepted',
    '{¦"Stringlike": {"aws:username": "a"}}',
    'warning operator-letter-case',
  ],
  [
    'another letter case of a set operator is accepted',
    '{¦"forAnyValue:StringEquals": {"aws:TagKeys": "a"}}',
    'warning operator-letter-case',
  ],
  ['Null takes no suffix', '{¦"NullIfExists": {"aws:username": "true"}}', 'error unknown-operator'],
  ['Null takes no set operator', '{¦"ForAnyValue:Null": {"aws:username": "true"}}', 'error unknown-operator'],
  ['set operators have names', '{¦"ForAny:StringEquals": {"aws:TagKeys": "a"}}', 'error unknown-operator'],
  ['prefix and suffix combine', '{"ForAllValues:StringNotLikeIfExists": {"aws:TagKeys": "a"}}'],
  ['`__proto__` is no operator', '{¦"__proto__": {"aws:username": "a"}}', 'error unknown-operator'],
  ['`constructor` is no operator', '{¦"constructor": {"aws:username": "a"}}', 'error unknown-operator'],
];

const KEYS: readonly Row[] = [
  [
    'a key of a service we do not know is fine',
    '{"StringEquals": {"glue:SomethingNew": "a", "foo:bar/baz": "b"}}',
  ],
  ['a key names its service', '{"StringEquals": {¦"SourceArn": "a"}}', 'warning unknown-element'],
  [
    '`__proto__` is a key without a service',
    '{"StringEquals": {¦"__proto__": "a"}}',
    'warning unknown-element',
  ],
  [
    'two spellings of one key are two conditions',
    '{"StringEquals": {"aws:username": "a", ¦"aws:UserName": "b"}}',
    'warning condition-key-letter-case',
  ],
  [
    'the same key under two operators is no twin',
    '{"StringEquals": {"aws:username": "a"}, "StringLike": {"aws:UserName": "b"}}',
  ],
  [
    'a key holds no variables',
    '{"StringEquals": {¦"aws:PrincipalTag/${aws:username}": "b"}}',
    'warning bad-variable',
  ],
  [
    'a multivalued key needs a set operator',
    '{"StringEquals": {¦"aws:TagKeys": "a"}}',
    'warning set-operator-misuse',
  ],
  ['Null needs none', '{"Null": {"aws:TagKeys": "false"}}'],
  [
    'ForAllValues on a single-valued key matches its absence',
    '{"ForAllValues:StringEquals": {¦"aws:username": "a"}}',
    'warning set-operator-misuse',
  ],
  ['ForAnyValue on a single-valued key is harmless', '{"ForAnyValue:StringEquals": {"aws:username": "a"}}'],
  [
    'ForAllValues on an encryption context pair is refused in key policies only',
    '{"ForAllValues:StringEquals": {¦"kms:EncryptionContext:a": "b"}}',
    'warning set-operator-misuse',
  ],
];

const OPERANDS: readonly Row[] = [
  ['numeric', '{"NumericEquals": {"s3:max-keys": ["10", "-1.5", ¦"ten"]}}', 'warning bad-operand'],
  [
    'date',
    '{"DateLessThan": {"aws:CurrentTime": ["2024-01-01T00:00:00Z", "1700000000", ¦"tomorrow"]}}',
    'warning bad-operand',
  ],
  ['bool', '{"Bool": {"aws:SecureTransport": ["true", "False", ¦"yes"]}}', 'warning bad-operand'],
  ['binary', '{"BinaryEquals": {"my:key": ["QUJD", ¦"!"]}}', 'warning bad-operand'],
  [
    'ip',
    '{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32", "::1", ¦"203.0.113.0/33"]}}',
    'warning bad-operand',
  ],
  [
    'arn',
    '{"ArnLike": {"aws:SourceArn": ["arn:*:*:*:*:*", ¦"*", ¦"arn:aws:sqs"]}}',
    'warning bad-operand',
    'warning bad-operand',
  ],
  ['null', '{"Null": {"aws:username": ["true", ¦"no"]}}', 'warning bad-operand'],
  [
    'negated operators read values alike',
    '{"NumericNotEquals": {"s3:max-keys": ¦"ten"}}',
    'warning bad-operand',
  ],
  ['any text is a string', '{"StringEquals": {"aws:username": ["", "*", "é"]}}'],
];

const VARIABLES: readonly Row[] = [
  [
    'String and Arn operators read variables',
    '{"StringLike": {"aws:username": "${aws:PrincipalTag/team}*"}, "ArnLike": {"aws:SourceArn": "${aws:PrincipalTag/arn}"}}',
  ],
  [
    'numbers hold no variables',
    '{"NumericEquals": {"s3:max-keys": ¦"${aws:PrincipalTag/n}"}}',
    'warning bad-variable',
  ],
  [
    'dates hold no variables',
    '{"DateEquals": {"aws:CurrentTime": ¦"${aws:TokenIssueTime}"}}',
    'warning bad-variable',
  ],
  [
    'addresses hold no variables',
    '{"IpAddress": {"aws:SourceIp": ¦"${aws:SourceIp}"}}',
    'warning bad-variable',
  ],
  ['Null holds no variables', '{"Null": {"aws:username": ¦"${aws:username}"}}', 'warning bad-variable'],
  [
    'Bool is in dispute',
    '{"Bool": {"aws:SecureTransport": ¦"${aws:PrincipalTag/tls}"}}',
    'warning bad-variable',
  ],
  [
    'a multivalued key is no variable',
    '{"StringEquals": {"aws:username": ¦"${aws:PrincipalOrgPaths}"}}',
    'warning bad-variable',
  ],
  [
    'a default stands in quotes',
    '{"StringEquals": {"aws:username": ¦"${aws:username, nobody}"}}',
    'warning bad-variable',
  ],
];

describe.each([
  ['shapes', SHAPES],
  ['operators', OPERATORS],
  ['condition keys', KEYS],
  ['values of each family', OPERANDS],
  ['policy variables', VARIABLES],
] as const)('%s', (_name, rows) => {
  itFinds(rows.map(([title, condition, ...issues]) => [title, 'identity', identity(condition), ...issues]));
});

describe('a variable in a resource', () => {
  const resource = (value: string) =>
    `{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": ${value}}}`;
  it.each([
    ['"arn:aws:s3:::${aws:username}"', []],
    ['¦"arn:${aws:username}"', ['warning bad-variable']],
    ['¦"arn:aws:s3:${aws:RequestedRegion}::b"', ['warning bad-variable']],
  ])('%s', (value, issues) => {
    const { found, wanted } = examine('identity', resource(value), issues);
    expect(found).toEqual(wanted);
  });
});

describe('version 2008-10-17', () => {
  it('a literal `${*}` is no variable', () => {
    const text =
      '{"Version": "2008-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::b/${*}"}}';
    expect(examine('identity', text, []).found).toEqual([]);
  });

  it.each([
    ['{"StringEquals": {"aws:username": ¦"${aws:username}"}}'],
    ['{"Bool": {"aws:SecureTransport": ¦"${x:y}"}}'],
    ['{"NumericEquals": {"s3:max-keys": ¦"${x:y}"}}'],
  ])('has no policy variables: %s', (condition) => {
    const { found, wanted } = examine('identity', identity(condition, '2008-10-17'), [
      'warning bad-variable',
    ]);
    expect(found.slice(0, 1)).toEqual(wanted);
  });
});

describe('policy types', () => {
  const rows: readonly (readonly [PolicyType, string, ...string[]])[] = [
    [
      'key',
      '{"ForAllValues:StringEquals": {¦"kms:EncryptionContext:a": "b"}}',
      'error overly-permissive-condition',
    ],
    [
      'key',
      '{"ForAllValues:StringEquals": {¦"aws:RequestTag/team": "b"}}',
      'error overly-permissive-condition',
    ],
    ['key', '{"ForAllValues:StringEquals": {"kms:EncryptionContextKeys": "b"}}'],
    ['queue', '{"ForAllValues:StringEquals": {¦"aws:RequestTag/team": "b"}}', 'warning set-operator-misuse'],
    ['queue', '{"ArnEquals": {¦"lambda:SourceFunctionArn": "arn:*:*:*:*:*"}}', 'warning unsupported-element'],
  ];
  itFinds(rows.map(([type, condition, ...issues]) => [condition, type, resource(condition), ...issues]));
});

describe('suggestions', () => {
  it.each([
    ['{"StringEqual": {"aws:username": "a"}}', 'did you mean `StringEquals`?'],
    ['{"ForAnyValues:StringLike": {"aws:TagKeys": "a"}}', 'did you mean `ForAnyValue:StringLike`?'],
    [
      '{"stringequalsifexists": {"aws:username": "a"}}',
      'write `StringEqualsIfExists`: AWS does not say what it does with other spellings',
    ],
    ['{"StringEquals": {"SourceAccount": "a"}}', 'did you mean `aws:SourceAccount`?'],
    ['{"StringEquals": {"ViaService": "a"}}', 'did you mean `kms:ViaService`?'],
    [
      '{"StringNotEquals": {"aws:TagKeys": "a"}}',
      'write `ForAllValues:StringNotEquals`, as which it is read here',
    ],
  ])('%s: %s', (condition, help) => {
    const { issues } = parsePolicy({ name: 'p.json', text: identity(condition) }, 'identity');
    expect(issues.map((issue) => issue.help)).toEqual([help]);
  });
});

describe('conditions', () => {
  it('keep operators, keys and values as they are typed', () => {
    const text = identity(
      '{"bool": {"AWS:SecureTransport": [true, "FALSE"]}, "NumericLessThan": {"a:b": [1e3, 7.0]}}',
    );
    const { statements } = policyOf('identity', text);
    expect(
      statements[0]?.conditions.map(({ operator, key, operands }) => [operator.text, key, operands]),
    ).toEqual([
      ['bool', 'AWS:SecureTransport', ['true', 'FALSE']],
      ['NumericLessThan', 'a:b', ['1e3', '7.0']],
    ]);
  });
});
