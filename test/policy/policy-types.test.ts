import { describe, expect, it } from 'vitest';
import { FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS } from '../../src/catalogue/aws-managed-policies.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { isPolicyType, POLICY_TYPES } from '../../src/policy/policy-types.js';
import { itFinds, policyOf, type Row } from './marked.js';

const version = '"Version": "2012-10-17"';

const SCP: readonly Row[] = [
  [
    'an SCP has a Version',
    'scp',
    '¦{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}',
    'error bad-version',
  ],
  [
    'an SCP has the newer Version',
    'scp',
    '{"Version": ¦"2008-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}',
    'error bad-version',
  ],
  [
    'an SCP may allow, with NotAction, NotResource and conditions',
    'scp',
    `{${version}, "Statement": {"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:sqs:*", "Condition": {"Bool": {"aws:SecureTransport": true}}}}`,
  ],
  [
    'a misspelt Version is one mistake',
    'scp',
    '{¦"version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}',
    'error unknown-element',
  ],
];

const RCP: readonly Row[] = [
  [
    'an RCP denies',
    'rcp',
    `{${version}, "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}}`,
  ],
  [
    'an RCP does not allow',
    'rcp',
    `{${version}, "Statement": {"Effect": ¦"Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}}`,
    'error unsupported-element',
  ],
  [
    'an RCP has a Version',
    'rcp',
    '¦{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"}}',
    'error bad-version',
  ],
  [
    'an RCP has a Principal',
    'rcp',
    `{${version}, "Statement": ¦{"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}}`,
    'error missing-principal',
  ],
  [
    'an RCP speaks about everyone',
    'rcp',
    `{${version}, "Statement": {"Effect": "Deny", "Principal": ¦{"AWS": "111122223333"}, "Action": "sqs:*", "Resource": "*"}}`,
    'error bad-principal',
  ],
  [
    'an RCP names everyone as AWS does',
    'rcp',
    `{${version}, "Statement": {"Effect": "Deny", "Principal": ¦{"AWS": "*"}, "Action": "sqs:*", "Resource": "*"}}`,
    'warning bad-principal',
  ],
  [
    'an RCP has no NotPrincipal',
    'rcp',
    `{${version}, "Statement": {"Effect": "Deny", "NotPrincipal": ¦"*", "Action": "sqs:*", "Resource": "*"}}`,
    'error unsupported-element',
  ],
  [
    'an RCP has no NotAction',
    'rcp',
    `{${version}, "Statement": {"Effect": "Deny", "Principal": "*", "NotAction": ¦"sqs:*", "Resource": "*"}}`,
    'error unsupported-element',
  ],
  [
    'an RCP names the services of its actions',
    'rcp',
    `{${version}, "Statement": {"Effect": "Deny", "Principal": "*", "Action": ¦"*", "Resource": "*"}}`,
    'error bad-action',
  ],
  [
    'an RCP has a Resource',
    'rcp',
    `{${version}, "Statement": ¦{"Effect": "Deny", "Principal": "*", "Action": "sqs:*"}}`,
    'error missing-element',
  ],
  [
    'an RCP takes NotResource',
    'rcp',
    `{${version}, "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "NotResource": "*"}}`,
  ],
];

const RESOURCE: readonly Row[] = [
  [
    'a queue policy statement without Resource is about this queue',
    'queue',
    '{"Statement": ¦{"Effect": "Allow", "Principal": "*", "Action": "sqs:*"}}',
    'warning missing-element',
  ],
  [
    'an endpoint policy statement has a Resource',
    'vpc-endpoint',
    '{"Statement": ¦{"Effect": "Allow", "Principal": "*", "Action": "sqs:*"}}',
    'error missing-element',
  ],
  [
    'a key policy statement without Resource does nothing',
    'key',
    '{"Statement": ¦{"Effect": "Allow", "Principal": "*", "Action": "kms:*"}}',
    'warning inert-statement',
  ],
  [
    'a key policy statement without Action does nothing',
    'key',
    '{"Statement": ¦{"Effect": "Allow", "Principal": "*", "Resource": "*"}}',
    'warning inert-statement',
  ],
];

describe('service control policies, resource control policies and resource policies', () => {
  itFinds([...SCP, ...RCP, ...RESOURCE]);

  it('a statement that does nothing is marked, and others are not', () => {
    const text =
      '{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "kms:*"}, {"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}]}';
    expect(policyOf('key', text).statements.map((statement) => statement.inert)).toEqual([true, false]);
  });

  it('a queue policy statement without Resource is read as `*`', () => {
    const text = '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sqs:*"}}';
    const [statement] = policyOf('queue', text).statements;
    expect(statement).toMatchObject({ inert: false, resource: { negated: false, entries: ['*'] } });
  });
});

describe('policies that AWS writes', () => {
  it.each([
    ['scp', FULL_AWS_ACCESS],
    ['rcp', RCP_FULL_AWS_ACCESS],
  ] as const)('the one for every %s is accepted under its ARN', (type, { name, arn, document }) => {
    expect(parsePolicy({ name, text: document }, type, { arn })).toMatchObject({ ok: true, issues: [] });
  });

  it('an RCP that allows is refused under another ARN', () => {
    const { name, document } = RCP_FULL_AWS_ACCESS;
    const arn = 'arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/resource_control_policy/p-1';
    expect(parsePolicy({ name, text: document }, 'rcp', { arn }).ok).toBe(false);
  });
});

describe('the names of policy types', () => {
  it('are the ones of the table', () => {
    expect(Object.keys(POLICY_TYPES).filter(isPolicyType)).toHaveLength(10);
  });
  it.each(['__proto__', 'constructor', 'Identity', ''])('%j is none', (name) => {
    expect(isPolicyType(name)).toBe(false);
  });
});
