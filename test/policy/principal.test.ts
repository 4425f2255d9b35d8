import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { examine, itFinds, policyOf, type Row } from './marked.js';

const rest = '"Action": "sqs:SendMessage", "Resource": "*"';
const queue = (principal: string, effect = 'Allow') =>
  `{"Statement": {"Effect": "${effect}", "Principal": ${principal}, ${rest}}}`;

describe('a principal that names somebody is read as what it names', () => {
  it.each([
    ['"*"', 'everyone'],
    ['{"AWS": "*"}', 'everyone'],
    ['{"AWS": "111122223333"}', 'account'],
    ['{"AWS": "arn:aws:iam::111122223333:root"}', 'account'],
    ['{"AWS": "arn:aws-cn:iam::111122223333:user/team/ann"}', 'user'],
    ['{"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}', 'user'],
    ['{"AWS": "arn:aws:iam::111122223333:role/service/worker"}', 'role'],
    ['{"AWS": "arn:aws:sts::111122223333:assumed-role/worker/i-0abc"}', 'session'],
    ['{"AWS": "arn:aws:sts::111122223333:federated-user/bob"}', 'federatedUser'],
    ['{"AWS": "AIDACKCEVSQ6C2EXAMPLE"}', 'uniqueId'],
    ['{"AWS": "AROACKCEVSQ6C2EXAMPLE"}', 'uniqueId'],
    ['{"Service": "sns.amazonaws.com"}', 'service'],
    ['{"Service": "logs.us-east-1.amazonaws.com"}', 'service'],
    ['{"Federated": "cognito-identity.amazonaws.com"}', 'federated'],
    [
      '{"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}',
      'canonicalUser',
    ],
  ])('%s is %s', (principal, kind) => {
    const policy = policyOf('queue', queue(principal));
    expect(policy.statements[0]?.principal?.entries.map((entry) => entry.kind)).toEqual([kind]);
  });

  it('several types and lists name all of their entries, in order', () => {
    const text = queue(
      '{"Service": ["sns.amazonaws.com", "s3.amazonaws.com"], "AWS": ["111122223333", "*"]}',
    );
    const entries = policyOf('queue', text).statements[0]?.principal?.entries ?? [];
    expect(entries.map((entry) => entry.text)).toEqual([
      'sns.amazonaws.com',
      's3.amazonaws.com',
      '111122223333',
      '*',
    ]);
  });
});

describe('a principal that names nobody is an error', () => {
  it.each([
    ['¦""', 'bad-principal', 'write `"*"` for everyone'],
    ['¦"111122223333"', 'bad-principal', 'put it into an object: `{"AWS": …}`'],
    ['¦"sns.amazonaws.com"', 'bad-principal', 'put it into an object: `{"Service": …}`'],
    ['¦["*"]', 'wrong-type', undefined],
    ['¦null', 'wrong-type', undefined],
    ['¦{}', 'bad-principal', undefined],
    ['{"AWS": ¦[]}', 'empty-list', undefined],
    ['{¦"aws": "*"}', 'unknown-element', 'did you mean `AWS`?'],
    ['{¦"Services": "sns.amazonaws.com"}', 'unknown-element', 'did you mean `Service`?'],
    ['{"AWS": ¦111122223333}', 'wrong-type', 'put it in quotes'],
    ['{"AWS": ¦{"x": 1}}', 'wrong-type', undefined],
    ['{"AWS": ¦""}', 'bad-principal', undefined],
    [
      '{"AWS": ¦"11112222333"}',
      'bad-principal',
      'an account id has 12 digits: perhaps zeros at its beginning were lost',
    ],
    ['{"AWS": ¦"1111-2222-3333"}', 'bad-principal', 'write `111122223333`'],
    ['{"AWS": ¦"sns.amazonaws.com"}', 'bad-principal', 'name services under `Service`'],
    ['{"AWS": ¦"o-a1b2c3d4e5"}', 'bad-principal', 'use `"*"` with a condition on `aws:PrincipalOrgID`'],
    [
      '{"AWS": ¦"AGPACKCEVSQ6C2EXAMPLE"}',
      'bad-principal',
      'this is the id of a group: name its users or roles',
    ],
    [
      '{"AWS": ¦"AIPACKCEVSQ6C2EXAMPLE"}',
      'bad-principal',
      'this is the id of an instance profile: name its role',
    ],
    [
      '{"AWS": ¦"arn:aws:iam::111122223333:role/*"}',
      'bad-principal',
      'name the principal, or use `"*"` with a condition `ArnLike` on `aws:PrincipalArn`',
    ],
    [
      '{"AWS": ¦"arn:aws:iam::*:root"}',
      'bad-principal',
      'name the principal, or use `"*"` with a condition `ArnLike` on `aws:PrincipalArn`',
    ],
    [
      '{"AWS": ¦"arn:aws:sts::111122223333:assumed-role/worker/*"}',
      'bad-principal',
      'name the principal, or use `"*"` with a condition `ArnLike` on `aws:PrincipalArn`',
    ],
    [
      '{"AWS": ¦"arn:aws:iam::111122223333:user/${aws:username}"}',
      'bad-principal',
      'name the principal, or use `"*"` with a condition `ArnLike` on `aws:PrincipalArn`',
    ],
    ['{"AWS": ¦"arn:aws:iam::111122223333:group/team"}', 'bad-principal', 'name its users or roles'],
    ['{"AWS": ¦"arn:aws:iam::111122223333:instance-profile/web"}', 'bad-principal', 'name its role'],
    [
      '{"AWS": ¦"arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5"}',
      'bad-principal',
      'use `"*"` with a condition on `aws:PrincipalOrgID`',
    ],
    ['{"AWS": ¦"arn:aws:iam::1111:role/worker"}', 'bad-principal', undefined],
    [
      '{"AWS": ¦"arn:aws:iam:us-east-1:111122223333:role/worker"}',
      'bad-principal',
      'leave the Region `us-east-1` out: these ARNs have none',
    ],
    ['{"AWS": ¦"arn:aws:iam::111122223333:role/"}', 'bad-principal', undefined],
    ['{"AWS": ¦"arn:aws:iam::111122223333:rol/worker"}', 'bad-principal', 'did you mean `role`?'],
    [
      '{"AWS": ¦"arn:aws:sts::111122223333:role/worker"}',
      'bad-principal',
      'the ARN of a role begins `arn:aws:iam:`',
    ],
    [
      '{"AWS": ¦"arn:aws:sts::111122223333:assumed-role/worker"}',
      'bad-principal',
      'write `assumed-role/role-name/session-name`, or name the role: `arn:aws:iam::…:role/…`',
    ],
    [
      '{"AWS": ¦"arn:aws:sts::111122223333:assumed-role/path/worker/session"}',
      'bad-principal',
      'write `assumed-role/role-name/session-name`, or name the role: `arn:aws:iam::…:role/…`',
    ],
    ['{"AWS": ¦"arn:aws:sqs:us-east-1:111122223333:orders"}', 'bad-principal', undefined],
    ['{"AWS": ¦"arn:aws:sts::111122223333:federated-user/team/bob"}', 'bad-principal', undefined],
    ['{"Service": ¦"*"}', 'bad-principal', undefined],
    ['{"Service": ¦"*.amazonaws.com"}', 'bad-principal', undefined],
    ['{"Service": ¦"SNS"}', 'bad-principal', 'write `sns.amazonaws.com`'],
    ['{"Service": ¦"https://sns.amazonaws.com"}', 'bad-principal', undefined],
    [
      '{"Service": ¦"arn:aws:iam::111122223333:role/worker"}',
      'bad-principal',
      'name accounts, users and roles under `AWS`',
    ],
    ['{"Federated": ¦"*"}', 'bad-principal', undefined],
    ['{"CanonicalUser": ¦""}', 'bad-principal', undefined],
  ])('%s', (principal, code, help) => {
    const { found, wanted } = examine('queue', queue(principal), [`error ${code}`]);
    expect(found).toEqual(wanted);
    const { issues } = parsePolicy({ name: 'p.json', text: queue(principal).replaceAll('¦', '') }, 'queue');
    expect(issues.map((issue) => issue.help)).toEqual([help]);
  });
});

const PLACES: readonly Row[] = [
  [
    'a queue policy has a Principal',
    'queue',
    `{"Statement": ¦{"Effect": "Allow", ${rest}}}`,
    'error missing-principal',
  ],
  [
    'a key policy has a Principal',
    'key',
    `{"Statement": ¦{"Effect": "Allow", ${rest}}}`,
    'error missing-principal',
  ],
  [
    'a topic policy has a Principal',
    'topic',
    `{"Statement": ¦{"Effect": "Allow", ${rest}}}`,
    'error missing-principal',
  ],
  [
    'an endpoint policy has a Principal',
    'vpc-endpoint',
    `{"Statement": ¦{"Effect": "Allow", ${rest}}}`,
    'error missing-principal',
  ],
  [
    'a misspelt Principal is one mistake',
    'queue',
    `{"Statement": {"Effect": "Allow", ¦"principal": "*", ${rest}}}`,
    'error unknown-element',
  ],
  ['an identity policy has none', 'identity', queue('¦"*"'), 'error forbidden-principal'],
  ['a permissions boundary has none', 'permissions-boundary', queue('¦"*"'), 'error forbidden-principal'],
  ['a session policy has none', 'session', queue('¦"*"'), 'error forbidden-principal'],
  [
    'an SCP has none',
    'scp',
    `{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": ¦"*", ${rest}}}`,
    'error forbidden-principal',
  ],
  [
    'an SCP has no NotPrincipal',
    'scp',
    `{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "NotPrincipal": ¦{"AWS": "*"}, ${rest}}}`,
    'error forbidden-principal',
  ],
  [
    'NotPrincipal goes with Deny',
    'queue',
    `{"Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}, ${rest}}}`,
  ],
  [
    'NotPrincipal does not go with Allow',
    'queue',
    `{"Statement": {"Effect": "Allow", "NotPrincipal": ¦{"AWS": "111122223333"}, ${rest}}}`,
    'error unsupported-element',
  ],
];

describe('which policies name principals', () => {
  itFinds(PLACES);
});
