import { describe, expect, it } from 'vitest';
import { parsePolicy, policyFrom } from '../../src/policy/parse-policy.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { examine, itFinds, type Row, summary } from './marked.js';

const rest = '"Action": "sqs:SendMessage", "Resource": "*"';

const ROOT: readonly Row[] = [
  ['a policy is an object', 'identity', '¦[]', 'error wrong-type'],
  ['a policy is not a text', 'identity', '¦"orders"', 'error wrong-type'],
  ['a policy has a Statement', 'identity', '¦{}', 'error missing-element'],
  ['the list of statements is not empty', 'identity', '{"Statement": ¦[]}', 'error empty-list'],
  [
    'a statement is an object',
    'identity',
    '{"Statement": [¦"x", ¦null]}',
    'error wrong-type',
    'error wrong-type',
  ],
  [
    'element names are told apart by letter case',
    'identity',
    `{¦"statement": {"Effect": "Allow", ${rest}}}`,
    'error unknown-element',
  ],
  [
    'a policy has no other elements',
    'identity',
    `{¦"Name": "x", "Statement": {"Effect": "Allow", ${rest}}}`,
    'error unknown-element',
  ],
  [
    'Version is one of two',
    'identity',
    `{"Version": ¦"2024-01-01", "Statement": {"Effect": "Allow", ${rest}}}`,
    'error bad-version',
  ],
  [
    'Version is a text',
    'identity',
    `{"Version": ¦2012, "Statement": {"Effect": "Allow", ${rest}}}`,
    'error wrong-type',
  ],
  [
    'an identity policy takes no Id',
    'identity',
    `{"Id": ¦"x", "Statement": {"Effect": "Allow", ${rest}}}`,
    'warning unsupported-element',
  ],
  [
    'Id is a text',
    'queue',
    `{"Id": ¦1, "Statement": {"Effect": "Allow", "Principal": "*", ${rest}}}`,
    'error wrong-type',
  ],
  [
    'a name is used once in one object',
    'identity',
    `{"Statement": {"Effect": "Allow", ¦"Effect": "Deny", ${rest}}}`,
    'error duplicate-key',
  ],
];

const STATEMENT: readonly Row[] = [
  ['a statement has an Effect', 'identity', `{"Statement": ¦{${rest}}}`, 'error missing-element'],
  [
    'Effect is told apart by letter case',
    'identity',
    `{"Statement": {"Effect": ¦"allow", ${rest}}}`,
    'error wrong-value',
  ],
  [
    'the name Effect is told apart by letter case',
    'identity',
    `{"Statement": {¦"effect": "Allow", ${rest}}}`,
    'error unknown-element',
  ],
  ['Effect is a text', 'identity', `{"Statement": {"Effect": ¦true, ${rest}}}`, 'error wrong-type'],
  [
    'a misspelt element is one mistake',
    'identity',
    '{"Statement": {"Effect": "Allow", ¦"Actions": "sqs:*", "Resource": "*"}}',
    'error unknown-element',
  ],
  [
    'a misspelt Resource is one mistake',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": "sqs:*", ¦"resource": "*"}}',
    'error unknown-element',
  ],
  [
    'a statement has an Action',
    'identity',
    '{"Statement": ¦{"Effect": "Allow", "Resource": "*"}}',
    'error missing-element',
  ],
  [
    'a statement has a Resource',
    'identity',
    '{"Statement": ¦{"Effect": "Allow", "Action": "*"}}',
    'error missing-element',
  ],
  [
    'Action and NotAction exclude each other',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": "sqs:*", "NotAction": ¦"kms:*", "Resource": "*"}}',
    'error conflicting-elements',
  ],
  [
    'Resource and NotResource exclude each other',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "NotResource": ¦"*"}}',
    'error conflicting-elements',
  ],
  [
    'Principal and NotPrincipal exclude each other',
    'queue',
    `{"Statement": {"Effect": "Deny", "Principal": "*", "NotPrincipal": ¦"*", ${rest}}}`,
    'error conflicting-elements',
  ],
  [
    'no list of actions is empty',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": ¦[], "Resource": "*"}}',
    'error empty-list',
  ],
  [
    'no list of resources is empty',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": ¦[]}}',
    'error empty-list',
  ],
  [
    'actions are texts',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": ["sqs:*", ¦7], "Resource": "*"}}',
    'error wrong-type',
  ],
  [
    'an action names its service',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": ¦"SendMessage", "Resource": "*"}}',
    'error bad-action',
  ],
  [
    'an action names its operation',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": ¦"sqs:", "Resource": "*"}}',
    'error bad-action',
  ],
  [
    'an action is not empty',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": ¦"", "Resource": "*"}}',
    'error bad-action',
  ],
  [
    'a wildcard in the service prefix matches nothing',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": ["sqs:Send*", ¦"k*:Decrypt"], "Resource": "*"}}',
    'warning bad-action',
  ],
  [
    'an action holds no policy variables',
    'identity',
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ¦"sqs:${aws:username}", "Resource": "*"}}',
    'warning bad-variable',
  ],
  [
    'a queue URL as Resource matches nothing',
    'queue',
    '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": ¦"https://sqs.us-east-1.amazonaws.com/111122223333/orders"}}',
    'warning bad-resource',
  ],
  [
    'a bare key id as Resource matches nothing',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": ["arn:aws:kms:*", "a*", "?rn:*", ¦"1234abcd", ¦""]}}',
    'warning bad-resource',
    'warning bad-resource',
  ],
];

const VARIABLES: readonly Row[] = [
  [
    'variables in Resource need Version 2012-10-17',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": ¦"arn:aws:s3:::home/${aws:username}"}}',
    'warning bad-variable',
  ],
  [
    'literal forms such as `${*}` are no variables',
    'identity',
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::home/${*}${$}${?}"}}',
  ],
  [
    'variables are read after the fifth colon only',
    'identity',
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": ¦"arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:orders"}}',
    'warning bad-variable',
  ],
  [
    'a variable is closed',
    'identity',
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": ¦"arn:aws:s3:::home/${aws:username"}}',
    'warning bad-variable',
  ],
  [
    'a multivalued key cannot be a variable',
    'identity',
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": ¦"arn:aws:s3:::home/${aws:TagKeys}"}}',
    'warning bad-variable',
  ],
];

const SIDS: readonly Row[] = [
  [
    'a Sid is a text',
    'identity',
    `{"Statement": {"Sid": ¦1, "Effect": "Allow", ${rest}}}`,
    'error wrong-type',
  ],
  [
    'an identity Sid has letters and digits',
    'identity',
    `{"Statement": {"Sid": ¦"Allow it", "Effect": "Allow", ${rest}}}`,
    'error bad-sid',
  ],
  [
    'an SCP Sid has letters and digits',
    'scp',
    `{"Version": "2012-10-17", "Statement": {"Sid": ¦"a-b", "Effect": "Allow", ${rest}}}`,
    'error bad-sid',
  ],
  [
    'identity Sids differ',
    'identity',
    `{"Statement": [{"Sid": "A", "Effect": "Allow", ${rest}}, {"Sid": ¦"A", "Effect": "Allow", ${rest}}]}`,
    'error repeated-value',
  ],
  [
    'equal Sids in a queue policy are a warning',
    'queue',
    `{"Statement": [{"Sid": "A", "Effect": "Allow", "Principal": "*", ${rest}}, {"Sid": ¦"A", "Effect": "Allow", "Principal": "*", ${rest}}]}`,
    'warning repeated-value',
  ],
  [
    'two empty Sids are no Sids',
    'identity',
    `{"Statement": [{"Sid": "", "Effect": "Allow", ${rest}}, {"Sid": "", "Effect": "Allow", ${rest}}]}`,
  ],
];

describe.each([
  ['root', ROOT],
  ['statements', STATEMENT],
  ['policy variables', VARIABLES],
  ['Sids', SIDS],
] as const)('%s', (_name, rows) => {
  itFinds(rows);
});

describe('suggestions', () => {
  it.each([
    [`{"statement": {"Effect": "Allow", ${rest}}}`, 'did you mean `Statement`?'],
    [`{"Statement": {"Effct": "Allow", ${rest}}}`, 'did you mean `Effect`?'],
    [`{"Statement": {"Effect": "allow", ${rest}}}`, 'did you mean `Allow`?'],
    ['{"Statement": {"Effect": "Allow", "Actions": "sqs:*", "Resource": "*"}}', 'did you mean `Action`?'],
    [`{"Statement": {"Effect": "Allow", ${rest}, "Conditions": {}}}`, 'did you mean `Condition`?'],
  ])('%s: %s', (text, help) => {
    const { issues } = parsePolicy({ name: 'p.json', text }, 'identity');
    expect(issues.map((issue) => issue.help)).toEqual([help]);
  });
});

describe('issues', () => {
  it('come in the order of the text, whatever they are about', () => {
    const { found, wanted } = examine(
      'identity',
      `{
  ¦"Extra": 1,
  "Version": ¦"x",
  "Statement": [
    ¦{"Condition": {¦"Equals": {}}, "Resource": "*", "Action": ¦"x", "Sid": ¦"a b"},
    {"Effect": ¦"deny", "Action": ¦[], "Resource": "*"}
  ]
}`,
      [
        'error unknown-element',
        'error bad-version',
        'error missing-element',
        'error unknown-operator',
        'error bad-action',
        'error bad-sid',
        'error wrong-value',
        'error empty-list',
      ],
    );
    expect(found).toEqual(wanted);
  });

  it('quote what was written on one line, and cut it when it is long', () => {
    const action = `x\\n${'y'.repeat(5000)}`;
    const text = `{"Statement": {"Effect": "Allow", "Action": "${action}", "Resource": "*"}}`;
    const [issue] = parsePolicy({ name: 'p.json', text }, 'identity').issues;
    expect(issue?.message.length).toBeLessThan(120);
    expect(issue?.message).not.toContain('\n');
  });

  it('stop at a hundred of one severity, and warnings never hide an error', () => {
    const bad = Array.from({ length: 400 }, () => '"a*:b"').join(',');
    const text = `{"Statement": {"Effect": "Allow", "Action": [${bad}, "x"], "Resource": "*"}}`;
    const { ok, issues } = parsePolicy({ name: 'p.json', text }, 'identity');
    expect(ok).toBe(false);
    expect(issues).toHaveLength(101);
  });
});

describe('a value that holds no document', () => {
  it.each([
    [undefined, 'wrong-type'],
    [() => 1, 'wrong-type'],
    ['{', 'json-syntax'],
    ['', 'empty-file'],
  ])('%s', (value, code) => {
    expect(policyFrom(value, 'queue').issues.map((issue) => issue.code)).toEqual([code]);
  });

  it('an alias of YAML that leads nowhere is told once', () => {
    const text = 'Statement: {Effect: Deny, Principal: "*", Action: *x, Resource: "*"}';
    const read = parsePolicy({ name: 'p.yaml', text }, 'queue', { readYaml });
    expect(summary(read)).toContain('error yaml-star 1:51');
    expect(read.ok).toBe(false);
  });

  it('a statement of a queue policy without Action counts no actions', () => {
    const { found, wanted } = examine(
      'queue',
      '{"Statement": ¦{"Effect": "Deny", "Principal": "*", "Resource": "*"}}',
      ['error missing-element'],
    );
    expect(found).toEqual(wanted);
  });

  it('a condition block of a queue policy that is no object counts no keys', () => {
    const text =
      '{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*", "Condition": {"StringEquals": ¦7}}}';
    const { found, wanted } = examine('queue', text, ['error wrong-type']);
    expect(found).toEqual(wanted);
  });
});
