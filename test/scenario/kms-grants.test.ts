import { describe, expect, it } from 'vitest';
import { HEAD, problemsOf, replay, thing } from './in-memory.js';

const SOMEBODY_ELSE = `{ Version: "2012-10-17", Statement: [
      { Sid: Owner, Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:role/owner" }, Action: "kms:*", Resource: "*" } ] }`;
const WORLD = `${HEAD}
principals:
  owner: { policies: [] }
  worker: { policies: [] }
  retirer: { type: user, policies: [] }
  other: { policies: [admin.json] }
  stranger: { account: "444455556666", policies: [] }
keys:
  orders-key: { policy: ${SOMEBODY_ELSE} }
  signing-key: { spec: RSA_2048, usage: SIGN_VERIFY, policy: ${SOMEBODY_ELSE} }
`;

function steps(...texts: readonly string[]): string {
  return `${WORLD}steps:\n${texts.map((text) => `  - ${text}\n`).join('')}`;
}

const DECRYPT = '{ as: worker, call: kms:Decrypt, key: orders-key }';
const REFUSED =
  '{ as: worker, call: kms:Decrypt, key: orders-key, expect: { denied: AccessDeniedException } }';
const made = (more = '', operations = '[Decrypt]'): string =>
  `{ as: owner, call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: worker, Operations: ${operations}, Name: g1${more} } }`;
const create = (key: string, parameters: string, expected: string): string =>
  `{ as: owner, call: kms:CreateGrant, key: ${key}, with: { ${parameters} }, expect: ${expected} }`;

const works = (text: string): void => expect(problemsOf(text).flat()).toEqual([]);

describe('a grant that a call makes', () => {
  it('serves its grantee and nobody else until it is revoked', () => {
    works(
      steps(
        REFUSED,
        made(),
        DECRYPT,
        '{ as: retirer, call: kms:Decrypt, key: orders-key, expect: { denied: AccessDeniedException } }',
        '{ as: worker, call: kms:Encrypt, key: orders-key, expect: { denied: AccessDeniedException } }',
        '{ as: owner, call: kms:RevokeGrant, key: orders-key, with: { GrantId: g1 } }',
        REFUSED,
      ),
    );
  });

  it('serves a principal of another account without its IAM policies', () => {
    works(
      steps(
        '{ as: owner, call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: stranger, Operations: [Decrypt] } }',
        '{ as: stranger, call: kms:Decrypt, key: orders-key }',
      ),
    );
  });

  it('leaves it to IAM whom of an account it serves', () => {
    const of = (who: string, rest = ''): string =>
      `{ as: ${who}, call: kms:Decrypt, key: orders-key${rest} }`;
    works(
      steps(
        '{ as: owner, call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: "arn:aws:iam::111122223333:root", Operations: [Decrypt] } }',
        of('other'),
        of('worker', ', expect: { denied: AccessDeniedException, by: identity-policy }'),
      ),
    );
  });

  it('serves requests with its encryption context only', () => {
    const decrypt = (context: string, rest = ''): string =>
      `{ as: worker, call: kms:Decrypt, key: orders-key, with: { EncryptionContext: ${context} }${rest} }`;
    works(
      steps(
        made(', Constraints: { EncryptionContextSubset: { tenant: t1 } }'),
        decrypt('{ tenant: t1, app: a }'),
        decrypt('{ tenant: t2 }', ', expect: { denied: AccessDeniedException }'),
        decrypt('{}', ', expect: { denied: AccessDeniedException }'),
      ),
    );
  });

  it('is not made twice by a request that repeats its name', () => {
    const grants = (...texts: string[]) =>
      thing(replay(steps(...texts)).at(-1)?.world.estate.keys ?? new Map(), 'orders-key').grants;
    expect(grants(made(), made())).toHaveLength(1);
    expect(grants(made(), made('', '[Encrypt]'))).toHaveLength(2);
    const [first, second] = grants(made(), made('', '[Encrypt]'));
    expect(first?.id).toMatch(/^[0-9a-f]{64}$/);
    expect(first?.id).not.toBe(second?.id);
  });
});

describe('a grant through a grant', () => {
  const CHILD = (operations: string, rest = ''): string =>
    `{ as: worker, call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: retirer, Operations: ${operations} }${rest} }`;

  it('allows no more than its parent', () => {
    works(
      steps(
        made('', '[Decrypt, CreateGrant]'),
        CHILD('[Decrypt]'),
        '{ as: retirer, call: kms:Decrypt, key: orders-key }',
        CHILD('[Encrypt]', ', expect: { denied: AccessDeniedException }'),
      ),
    );
  });
});

describe('with delayed propagation', () => {
  const delayed = (...texts: readonly string[]): string =>
    steps(...texts).replace('\nprincipals:', '\nsettings: { propagation: delayed }\nprincipals:');

  it('a new grant serves only requests with its token, for five minutes', () => {
    works(
      delayed(
        made(),
        REFUSED,
        '{ as: worker, call: kms:Decrypt, key: orders-key, with: { GrantTokens: [g1] } }',
        '{ as: other, call: kms:Decrypt, key: orders-key, with: { GrantTokens: [g1] }, expect: { denied: AccessDeniedException } }',
        'wait: 299s',
        REFUSED,
        'wait: 1s',
        DECRYPT,
        '{ as: owner, call: kms:RevokeGrant, key: orders-key, with: { GrantId: g1 } }',
        DECRYPT,
        'wait: 5m',
        REFUSED,
      ),
    );
  });
});

describe('CreateGrant refuses', () => {
  const INVALID = '{ denied: ValidationException, by: parameter }';
  const nine = Array.from({ length: 9 }, (_, index) => `k${index}: v`).join(', ');
  const long = 'x'.repeat(384);
  it.each([
    ['no grantee', create('orders-key', 'GranteePrincipal: "", Operations: [Decrypt]', 'denied')],
    [
      'two grantees',
      create(
        'orders-key',
        'GranteePrincipal: worker, GranteeServicePrincipal: sns.amazonaws.com, Operations: [Decrypt]',
        INVALID,
      ),
    ],
    ['no operations', create('orders-key', 'GranteePrincipal: worker, Operations: []', INVALID)],
    [
      'an operation that no grant can hold',
      create('orders-key', 'GranteePrincipal: worker, Operations: [Decrypt, ListGrants]', INVALID),
    ],
    [
      'an operation that its key cannot do',
      create('signing-key', 'GranteePrincipal: worker, Operations: [Decrypt]', INVALID),
    ],
    [
      'an operation of asymmetric keys',
      create('orders-key', 'GranteePrincipal: worker, Operations: [GetPublicKey]', INVALID),
    ],
    [
      'more than eight pairs',
      create(
        'orders-key',
        `GranteePrincipal: worker, Operations: [Decrypt], Constraints: { EncryptionContextSubset: { ${nine} } }`,
        INVALID,
      ),
    ],
    [
      'more than 384 characters',
      create(
        'orders-key',
        `GranteePrincipal: worker, Operations: [Decrypt], Constraints: { EncryptionContextEquals: { k: ${long} } }`,
        INVALID,
      ),
    ],
    [
      'an encryption context for a key that has none',
      create(
        'signing-key',
        'GranteePrincipal: worker, Operations: [Sign], Constraints: { EncryptionContextEquals: { k: v } }',
        INVALID,
      ),
    ],
    [
      'a service without a source',
      create(
        'orders-key',
        'GranteeServicePrincipal: sns.amazonaws.com, RetiringPrincipal: owner, Operations: [Decrypt]',
        INVALID,
      ),
    ],
    [
      'a service that nobody may retire',
      create(
        'orders-key',
        'GranteeServicePrincipal: sns.amazonaws.com, Operations: [Decrypt], Constraints: { SourceArn: "arn:aws:sns:us-east-1:111122223333:news" }',
        INVALID,
      ),
    ],
    [
      'a group',
      create(
        'orders-key',
        'GranteePrincipal: "arn:aws:iam::111122223333:group/g", Operations: [Decrypt]',
        '{ denied: InvalidArnException, by: parameter }',
      ),
    ],
    [
      'everybody',
      create(
        'orders-key',
        'GranteePrincipal: "*", Operations: [Decrypt]',
        '{ denied: InvalidArnException, by: parameter }',
      ),
    ],
  ])('%s', (_, step) => works(steps(step)));

  it.each([
    [
      'what a signing key can do',
      create(
        'signing-key',
        'GranteePrincipal: worker, Operations: [Sign, GetPublicKey, DescribeKey]',
        'allowed',
      ),
    ],
    [
      'a source for any key',
      create(
        'signing-key',
        'GranteePrincipal: worker, Operations: [Sign], Constraints: { SourceArn: "arn:aws:sns:us-east-1:111122223333:news" }',
        'allowed',
      ),
    ],
    [
      '383 characters and a name',
      create(
        'orders-key',
        `GranteePrincipal: worker, Operations: [Decrypt], Constraints: { EncryptionContextEquals: { k: ${'x'.repeat(383)} } }`,
        'allowed',
      ),
    ],
    [
      'a service with a source and one who retires',
      create(
        'orders-key',
        'GranteeServicePrincipal: sns.amazonaws.com, RetiringPrincipal: owner, Operations: [Decrypt], Constraints: { SourceArn: "arn:aws:sns:us-east-1:111122223333:news" }',
        'allowed',
      ),
    ],
  ])('but not %s', (_, step) => works(steps(step)));

  it('on a disabled key, after authorization', () => {
    works(
      steps(
        'set: { keys: { orders-key: { state: Disabled } } }',
        create(
          'orders-key',
          'GranteePrincipal: worker, Operations: [Decrypt]',
          '{ denied: DisabledException }',
        ),
        '{ as: worker, call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: worker, Operations: [Decrypt] }, expect: { denied: AccessDeniedException } }',
      ),
    );
  });
});

describe('a policy of who may make grants', () => {
  const key = (condition: string): string =>
    `${HEAD}
principals: { maker: { policies: [] }, worker: { policies: [] }, owner: { policies: [] } }
keys:
  orders-key:
    policy:
      Version: "2012-10-17"
      Statement:
        - { Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:role/maker" }, Action: "kms:CreateGrant", Resource: "*", Condition: ${condition} }
steps:
`;
  const by = (parameters: string, allowed: boolean): string =>
    `  - { as: maker, call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: worker, Operations: [Decrypt, Encrypt]${parameters} }${allowed ? '' : ', expect: { denied: AccessDeniedException }'} }\n`;
  const ARN = 'arn:aws:iam::111122223333:role';
  it.each([
    [
      'operations',
      '{ "ForAllValues:StringEquals": { "kms:GrantOperations": [Decrypt, Encrypt] } }',
      '',
      true,
    ],
    ['other operations', '{ "ForAllValues:StringEquals": { "kms:GrantOperations": [Decrypt] } }', '', false],
    ['the grantee', `{ StringLike: { "kms:GranteePrincipal": "${ARN}/wor*" } }`, '', true],
    ['another grantee', `{ StringLike: { "kms:GranteePrincipal": "${ARN}/own*" } }`, '', false],
    [
      'who retires',
      `{ StringEquals: { "kms:RetiringPrincipal": "${ARN}/owner" } }`,
      ', RetiringPrincipal: owner',
      true,
    ],
    ['who retires, unsaid', `{ StringEquals: { "kms:RetiringPrincipal": "${ARN}/owner" } }`, '', false],
    [
      'a constraint',
      '{ StringEquals: { "kms:GrantConstraintType": EncryptionContextSubset } }',
      ', Constraints: { EncryptionContextSubset: { a: b } }',
      true,
    ],
    [
      'another constraint',
      '{ StringEquals: { "kms:GrantConstraintType": EncryptionContextSubset } }',
      ', Constraints: { EncryptionContextEquals: { a: b } }',
      false,
    ],
    [
      'a pair of the constraint',
      '{ StringEquals: { "kms:EncryptionContext:a": b } }',
      ', Constraints: { EncryptionContextSubset: { a: b } }',
      true,
    ],
    [
      'a source',
      '{ ArnEquals: { "kms:GrantConstraintSourceArn": "arn:aws:sns:us-east-1:111122223333:news" } }',
      ', Constraints: { SourceArn: "arn:aws:sns:us-east-1:111122223333:news" }',
      true,
    ],
    ['AWS resources', '{ Bool: { "kms:GrantIsForAWSResource": "true" } }', '', false],
    ['no AWS resources', '{ Bool: { "kms:GrantIsForAWSResource": "false" } }', '', true],
    [
      'no encryption',
      '{ Null: { "kms:EncryptionAlgorithm": "true" } }',
      ', Constraints: { EncryptionContextSubset: { a: b } }',
      true,
    ],
  ])('can ask for %s', (_, condition, parameters, allowed) =>
    works(key(condition) + by(parameters, allowed)),
  );
});

describe('retiring', () => {
  const retire = (who: string, grant: string, rest = ''): string =>
    `{ as: ${who}, call: kms:RetireGrant, key: orders-key, with: { GrantToken: ${grant} }${rest} }`;
  const NO = ', expect: { denied: AccessDeniedException }';
  const OTHER =
    '{ as: owner, call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: stranger, Operations: [Decrypt, RetireGrant], RetiringPrincipal: stranger, Name: g2 } }';

  it('is for the retiring principal of that grant', () => {
    works(
      steps(
        made(', RetiringPrincipal: retirer'),
        OTHER,
        retire('stranger', 'g1', NO),
        retire('retirer', 'g2', NO),
        retire('retirer', 'g1'),
        REFUSED,
        retire('retirer', 'g1', ', expect: { denied: NotFoundException }'),
      ),
    );
  });

  it('is for a grantee whose grant includes it, not for who may use the key', () => {
    works(
      steps(made('', '[Decrypt, RetireGrant]'), retire('owner', 'g1', NO), retire('worker', 'g1'), REFUSED),
    );
    works(steps(made(), retire('worker', 'g1', NO), retire('other', 'g1')));
  });

  it('names a grant that there is', () => {
    works(
      steps(
        '{ as: owner, call: kms:RevokeGrant, key: orders-key, with: { GrantId: g9 }, expect: { denied: NotFoundException, by: not-found } }',
        '{ as: worker, call: kms:RevokeGrant, key: orders-key, with: { GrantId: g9 }, expect: { denied: AccessDeniedException } }',
      ),
    );
  });
});
