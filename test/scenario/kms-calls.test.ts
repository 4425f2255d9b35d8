import { describe, expect, it } from 'vitest';
import { complaints, HEAD, problemsOf, replay } from './in-memory.js';

const WORLD = `${HEAD}
principals:
  admin: { policies: [admin.json] }
keys:
  orders-key: { alias: alias/orders }
queues:
  orders: { encryption: { kms: alias/orders } }
`;

function complaintsOf(step: string): readonly string[] {
  return complaints(`${WORLD}\nsteps:\n  - ${step}\n`).map((each) => each.replace(/^\d+:\d+ /, ''));
}

describe('a call of KMS is complained of', () => {
  it.each([
    ['{ as: admin, call: kms:Encrypt }', '`kms:Encrypt` names no key'],
    ['{ as: admin, call: kms:ReEncrypt, key: orders-key }', '`kms:ReEncrypt` names no DestinationKeyId'],
    ['{ as: admin, call: kms:CreateAlias, key: orders-key }', '`kms:CreateAlias` names no AliasName'],
    ['{ as: admin, call: kms:PutKeyPolicy, key: orders-key }', '`kms:PutKeyPolicy` names no Policy'],
    ['{ as: admin, call: kms:RevokeGrant, key: orders-key }', '`kms:RevokeGrant` names no GrantId'],
    [
      '{ as: admin, call: kms:RetireGrant, key: orders-key }',
      '`kms:RetireGrant` names no GrantToken and no GrantId',
    ],
    [
      '{ as: admin, call: kms:CreateGrant, key: orders-key, with: { Operations: [Decrypt] } }',
      '`kms:CreateGrant` names no GranteePrincipal and no GranteeServicePrincipal',
    ],
    [
      '{ as: admin, call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: admin, Operations: } }',
      '`kms:CreateGrant` names no Operations',
    ],
    ['{ as: admin, call: kms:TagResource, key: orders-key }', '`kms:TagResource` names no Tags'],
    ['{ as: admin, call: kms:UntagResource, key: orders-key }', '`kms:UntagResource` names no TagKeys'],
    [
      '{ as: admin, call: kms:DeleteAlias, key: orders-key, with: { AliasName: alias/orders } }',
      '`kms:DeleteAlias` is not called on a key',
    ],
    ['{ as: admin, call: kms:ListKeys, key: orders-key }', '`kms:ListKeys` is not called on a key'],
    [
      '{ as: admin, call: kms:Encrypt, key: orders-key, with: { KeyId: alias/orders } }',
      'the key is named by `key` and by `KeyId`',
    ],
    [
      '{ as: admin, call: kms:CreateKey, key: orders-key }',
      '`orders-key` would not be the name of one new key',
    ],
    ['{ as: admin, call: kms:CreateKey, key: new, times: 2 }', '`new` would not be the name of one new key'],
    [
      '{ as: admin, call: kms:Encrypt, key: orders-key, makes: other }',
      '`kms:Encrypt` makes nothing that `makes` could name',
    ],
    [
      '{ as: admin, call: kms:UpdatePrimaryRegion, key: orders-key }',
      '`kms:UpdatePrimaryRegion` names no PrimaryRegion',
    ],
    ['{ as: admin, call: kms:ReplicateKey, key: orders-key }', '`kms:ReplicateKey` names no ReplicaRegion'],
    ['{ as: admin, call: kms:Encrypt, key: orders-kez }', 'unknown key `orders-kez`'],
  ])('%s', (step, text) => {
    expect(complaintsOf(step)).toEqual([text]);
  });

  it.each([
    ['{ as: admin, call: kms:CreateKey }'],
    ['{ as: admin, call: kms:CreateKey, key: new }'],
    ['{ as: admin, call: kms:Encrypt, with: { KeyId: orders-key } }'],
    ['{ as: admin, call: kms:Decrypt, key: orders-key, with: { KeyId: alias/orders } }'],
    ['{ as: admin, call: kms:DeleteAlias, with: { AliasName: alias/orders } }'],
  ])('and %s is not', (step) => {
    expect(complaintsOf(step)).toEqual([]);
  });

  it('a multi-Region key whose id does not say so', () => {
    const text = `${HEAD}\nkeys: { k: { id: 22222222-2222-4222-8222-222222222222, multi-region: replica } }\n`;
    expect(complaints(text)[0]).toContain('a multi-Region key has an id that does not say so');
  });
});

describe('keys that calls make', () => {
  it('are named by later steps, and stay through edits', () => {
    const text = `${WORLD}
steps:
  - { as: admin, call: kms:Encrypt, key: orders-key }
  - { as: admin, call: kms:CreateKey, key: new-key }
  - { as: admin, call: kms:Encrypt, key: new-key }
  - { as: admin, call: kms:UpdateAlias, key: new-key, with: { AliasName: alias/orders } }
  - { as: admin, call: sqs:SendMessage, queue: orders, calls: [kms:GenerateDataKey new-key, kms:Decrypt new-key] }
  - { check: { queue: orders, encrypted-with: new-key } }
  - { as: admin, call: kms:ReEncrypt, key: orders-key, with: { DestinationKeyId: new-key }, calls: [kms:ReEncryptFrom orders-key, kms:ReEncryptTo new-key] }
  - { as: admin, call: kms:CreateKey, key: far, with: { Region: eu-west-1, MultiRegion: "true" } }
  - { as: admin, call: kms:ReplicateKey, key: far, makes: near, with: { ReplicaRegion: us-east-1 } }
  - { as: admin, call: kms:Decrypt, key: far, with: { KeyId: near } }
  - { as: admin, call: kms:DescribeKey, with: { KeyId: near } }
  - set: { keys: { orders-key: { state: Disabled } } }
  - { as: admin, call: kms:Encrypt, key: new-key }
  - { as: admin, call: kms:Encrypt, with: { KeyId: alias/orders } }
  - { as: admin, call: kms:Encrypt, key: orders-key, expect: { denied: DisabledException, by: key-state } }
`;
    expect(problemsOf(text).flat()).toEqual([]);
  });

  it('that were refused are not there', () => {
    const text = `${WORLD}
steps:
  - { as: anonymous, call: kms:CreateKey, key: new-key, expect: denied }
  - { as: admin, call: kms:Encrypt, key: new-key, expect: { denied: NotFoundException, by: not-found } }
`;
    expect(problemsOf(text).flat()).toEqual([]);
  });

  it('have the same id each time, and one that is valid for their kind', () => {
    const text = `${WORLD}
steps:
  - { as: admin, call: kms:CreateKey, key: one }
  - { as: admin, call: kms:CreateKey, key: many, with: { MultiRegion: "true" } }
`;
    const keys = replay(text).at(-1)?.world.estate.keys.values() ?? [];
    const arns = [...keys].map(({ arn }) => arn.resource);
    expect(arns[1]).toMatch(/^key\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(arns[2]).toMatch(/^key\/mrk-[0-9a-f]{32}$/);
  });
});

describe('a parameter that AWS demands and the step does not give', () => {
  it('leaves its condition key not known', () => {
    const text = `${HEAD}
principals:
  signer:
    policies:
      - Version: "2012-10-17"
        Statement:
          Effect: Allow
          Action: "kms:Sign"
          Resource: "*"
          Condition: { StringEquals: { "kms:SigningAlgorithm": ECDSA_SHA_256 } }
keys: { k: { spec: ECC_NIST_P256, usage: SIGN_VERIFY } }
steps:
  - { as: signer, call: kms:Sign, key: k, expect: { undetermined: [kms:SigningAlgorithm] } }
  - { as: signer, call: kms:Sign, key: k, with: { SigningAlgorithm: ECDSA_SHA_256 } }
`;
    expect(problemsOf(text).flat()).toEqual([]);
  });
});
