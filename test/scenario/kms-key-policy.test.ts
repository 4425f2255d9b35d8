import { describe, expect, it } from 'vitest';
import { HEAD, problemsOf } from './in-memory.js';

const ROLE = 'arn:aws:iam::111122223333:role';
const WORLD = `${HEAD}
principals:
  admin: { policies: [admin.json] }
  worker: { policies: [] }
keys:
  orders-key: { alias: alias/orders }
  aws-key: { alias: alias/aws/sqs, policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" } } }
steps:
`;
const works = (...steps: readonly string[]): void =>
  expect(problemsOf(`${WORLD}${steps.map((step) => `  - ${step}\n`).join('')}`).flat()).toEqual([]);
const statement = (principal: string, action: string, rest = ''): string =>
  `{ Effect: Allow, Principal: ${principal}, Action: ${action}, Resource: "*"${rest} }`;
const AWS = (name: string): string => `{ AWS: "${name}" }`;
const policy = (...statements: readonly string[]): string =>
  `{ Version: "2012-10-17", Statement: [${statements.join(', ')}] }`;
const put = (document: string, rest = '', more = ''): string =>
  `{ as: admin, call: kms:PutKeyPolicy, key: orders-key, with: { Policy: ${document}${more} }${rest} }`;
const malformed = (text: string): string =>
  `, expect: { denied: MalformedPolicyDocumentException, by: parameter, message: "${text}" }`;

const OWNER = statement(AWS('arn:aws:iam::111122223333:root'), '"kms:*"');
const WORKER = statement(AWS(`${ROLE}/worker`), '"kms:Decrypt"');
const DECRYPT = '{ as: worker, call: kms:Decrypt, key: orders-key }';
const REFUSED =
  '{ as: worker, call: kms:Decrypt, key: orders-key, expect: { denied: AccessDeniedException } }';
const LOCKOUT = malformed('The new key policy will not allow you to update the key policy in the future.');

describe('PutKeyPolicy', () => {
  it('replaces the key policy whole', () => {
    works(REFUSED, put(policy(OWNER, WORKER)), DECRYPT, put(policy(OWNER)), REFUSED);
  });

  it('is authorized before the policy is looked at', () => {
    works(
      `{ as: worker, call: kms:PutKeyPolicy, key: orders-key, with: { Policy: ${policy(WORKER)} }, expect: { denied: AccessDeniedException } }`,
    );
  });

  it('counts at once, or when it has spread', () => {
    const delayed = WORLD.replace('\nprincipals:', '\nsettings: { propagation: delayed }\nprincipals:');
    const steps = [put(policy(OWNER, WORKER)), REFUSED, 'wait: 5m', DECRYPT];
    expect(problemsOf(`${delayed}${steps.map((step) => `  - ${step}\n`).join('')}`).flat()).toEqual([]);
  });

  it('keeps statements without effect', () => {
    const inert = `{ Effect: Allow, Principal: ${AWS(`${ROLE}/worker`)}, Action: "kms:Decrypt" }`;
    works(put(policy(OWNER, inert)), REFUSED);
  });

  it.each([
    ['the account', policy(OWNER), true],
    ['the caller’s role', policy(statement(AWS(`${ROLE}/admin`), '"kms:*"')), true],
    ['everybody', policy(statement(AWS('*'), '"kms:PutKeyPolicy"')), true],
    [
      'only the use of the key',
      policy(statement(AWS('arn:aws:iam::111122223333:root'), '["kms:Decrypt"]')),
      false,
    ],
    ['another role', policy(statement(AWS(`${ROLE}/worker`), '"kms:*"')), false],
    ['another account', policy(statement(AWS('444455556666'), '"kms:*"')), false],
    [
      'all, and denies it',
      policy(OWNER, '{ Effect: Deny, Principal: "*", Action: "kms:Put*", Resource: "*" }'),
      false,
    ],
    [
      'all through SQS',
      policy(
        statement(
          AWS('*'),
          '"kms:*"',
          ', Condition: { StringEquals: { "kms:ViaService": sqs.us-east-1.amazonaws.com } }',
        ),
      ),
      false,
    ],
  ])('locks its caller out unless the policy allows %s', (_, document, holds) => {
    works(put(document, holds ? '' : LOCKOUT));
    works(put(document, '', ', BypassPolicyLockoutSafetyCheck: true'));
    works(put(document, holds ? '' : LOCKOUT, ', BypassPolicyLockoutSafetyCheck: false'));
  });

  it('lets a lost key policy be lost', () => {
    works(
      put(policy(WORKER), '', ', BypassPolicyLockoutSafetyCheck: true'),
      put(policy(OWNER), ', expect: { denied: AccessDeniedException, by: key-policy }'),
    );
  });

  it('wants principals that exist', () => {
    const invalid = malformed('Policy contains a statement with one or more invalid principals.');
    works(
      put(policy(OWNER, statement(AWS(`${ROLE}/nobody`), '"kms:Decrypt"')), invalid),
      put(policy(OWNER, statement(AWS('arn:aws:iam::999988887777:role/unknown'), '"kms:Decrypt"'))),
      put(policy(OWNER, statement('{ Service: sns.amazonaws.com }', '"kms:Decrypt"'))),
      'remove: { principals: [worker] }',
      put(policy(OWNER, WORKER), invalid),
    );
  });

  it.each([
    ['kms:EncryptionContext:tenant', 'OverlyPermissiveCondition'],
    ['aws:RequestTag/team', 'unspecified tag'],
  ])('refuses ForAllValues on %s', (key, text) => {
    const condition = (operator: string): string =>
      statement(AWS('*'), '"kms:Decrypt"', `, Condition: { "${operator}": { "${key}": a } }`);
    works(put(policy(OWNER, condition('ForAllValues:StringEquals')), malformed(text)));
    works(put(policy(OWNER, condition('StringEquals'))));
    works(put(policy(OWNER, condition('ForAnyValue:StringEquals'))));
  });

  it('takes ForAllValues on the names of the encryption context', () => {
    const rest = ', Condition: { "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": a } }';
    works(put(policy(OWNER, statement(AWS('*'), '"kms:Decrypt"', rest))));
  });

  it('refuses what is no key policy', () => {
    const malformedOne = ', expect: { denied: MalformedPolicyDocumentException, by: parameter }';
    works(
      put(
        '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "kms:*", Resource: "*" }] }',
        malformedOne,
      ),
    );
    works(put('{ Version: "2012-10-17", Statement: [{ Effect: Perhaps }] }', malformedOne));
    works(put("'{ not json'", malformedOne));
    works(put(policy(OWNER, statement(AWS(`${ROLE}/wor*`), '"kms:Decrypt"')), malformedOne));
    works(
      put(
        policy(OWNER, statement(AWS('*'), '"kms:Decrypt"', `, Sid: "${'x'.repeat(32_768)}"`)),
        ', expect: { denied: LimitExceededException }',
      ),
    );
    works(put(policy(OWNER), ', expect: { denied: NotFoundException }', ', PolicyName: other'));
    works(put(policy(OWNER), '', ', PolicyName: default'));
  });

  it('leaves keys that AWS keeps alone', () => {
    works(
      `{ as: admin, call: kms:PutKeyPolicy, key: aws-key, with: { Policy: ${policy(OWNER)} }, expect: { denied: UnsupportedOperationException } }`,
      '{ as: admin, call: kms:GetKeyPolicy, key: aws-key }',
      '{ as: admin, call: kms:ListKeyPolicies, key: orders-key }',
    );
  });

  it('can be allowed with or without the bypass', () => {
    const only = `{ policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "kms:PutKeyPolicy", Resource: "*", Condition: { Bool: { "kms:BypassPolicyLockoutSafetyCheck": "false" } } } }] }`;
    const world = WORLD.replace('  worker:', `  careful: ${only}\n  worker:`);
    const by = (more: string, rest: string): string =>
      `  - { as: careful, call: kms:PutKeyPolicy, key: orders-key, with: { Policy: ${policy(OWNER)}${more} }${rest} }\n`;
    const no = ', expect: { denied: AccessDeniedException }';
    expect(
      problemsOf(
        world +
          by(', BypassPolicyLockoutSafetyCheck: false', '') +
          by(', BypassPolicyLockoutSafetyCheck: true', no) +
          by('', no),
      ).flat(),
    ).toEqual([]);
  });
});
