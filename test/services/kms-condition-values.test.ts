import { describe, expect, it } from 'vitest';
import { CONDITION_KEYS, conditionKey } from '../../src/catalogue/condition-keys.js';
import { UNKNOWN } from '../../src/conditions/context.js';
import { HEAD, replay } from '../scenario/in-memory.js';

const ID = 'mrk-1234abcd12ab34cd56ef1234567890ab';
const ARN = `arn:aws:kms:us-east-1:111122223333:key/${ID}`;
const ROLE = 'arn:aws:iam::111122223333:role/admin';
const WORLD = `${HEAD}
principals: { admin: { policies: [admin.json] } }
keys:
  k: { arn: "${ARN}", aliases: [alias/orders, alias/more], multi-region: primary }
  eu: { arn: "${ARN.replace('us-east-1', 'eu-west-1')}", multi-region: replica }
  plain: { tags: { team: shop } }
  sign: { spec: RSA_2048, usage: SIGN_VERIFY, origin: EXTERNAL }
queues:
  orders: { encryption: { kms: alias/orders } }
`;
const GRANT = 'GranteePrincipal: admin, RetiringPrincipal: admin, Operations: [Decrypt, Encrypt]';
const CONSTRAINT = 'Constraints: { EncryptionContextSubset: { dept: shop } }';

type Value = string | readonly string[] | symbol | undefined;

/**
 * KMS Developer Guide, AWS KMS condition keys: type, cardinality, and what a call gives each of them; `undefined` is
 * absent. The steps are written without `as` and `call:`.
 */
const TABLE: readonly (readonly [key: string, type: string, many: 'S' | 'M', step: string, value: Value])[] =
  [
    [
      'kms:BypassPolicyLockoutSafetyCheck',
      'Bool',
      'S',
      'CreateKey, with: { BypassPolicyLockoutSafetyCheck: "true" }',
      'true',
    ],
    ['kms:BypassPolicyLockoutSafetyCheck', 'Bool', 'S', 'CreateKey', undefined],
    [
      'kms:BypassPolicyLockoutSafetyCheck',
      'Bool',
      'S',
      'PutKeyPolicy, key: plain, with: { Policy: "{}" }',
      undefined,
    ],
    ['kms:CallerAccount', 'String', 'S', 'DescribeKey, key: plain', '111122223333'],
    ['kms:CallerAccount', 'String', 'S', 'ListKeys', undefined],
    ['kms:CustomerMasterKeySpec', 'String', 'S', 'Sign, key: sign', 'RSA_2048'],
    ['kms:CustomerMasterKeyUsage', 'String', 'S', 'Sign, key: sign', 'SIGN_VERIFY'],
    [
      'kms:DataKeyPairSpec',
      'String',
      'S',
      'GenerateDataKeyPair, key: k, with: { KeyPairSpec: RSA_3072 }',
      'RSA_3072',
    ],
    ['kms:EncryptionAlgorithm', 'String', 'S', 'Encrypt, key: k', 'SYMMETRIC_DEFAULT'],
    ['kms:EncryptionAlgorithm', 'String', 'S', 'GenerateDataKey, key: k', 'SYMMETRIC_DEFAULT'],
    [
      'kms:EncryptionAlgorithm',
      'String',
      'S',
      'Encrypt, key: k, with: { EncryptionAlgorithm: SM2PKE }',
      'SM2PKE',
    ],
    [
      'kms:EncryptionContext:dept',
      'String',
      'S',
      'Encrypt, key: k, with: { EncryptionContext: { Dept: Shop } }',
      'Shop',
    ],
    ['kms:EncryptionContext:dept', 'String', 'S', 'Encrypt, key: k', undefined],
    [
      'kms:EncryptionContext:dept',
      'String',
      'S',
      `CreateGrant, key: k, with: { ${GRANT}, ${CONSTRAINT} }`,
      'shop',
    ],
    [
      'kms:EncryptionContextKeys',
      'String',
      'M',
      'Encrypt, key: k, with: { EncryptionContext: { Dept: a, b: c } }',
      ['Dept', 'b'],
    ],
    ['kms:EncryptionContextKeys', 'String', 'M', 'Encrypt, key: k', undefined],
    [
      'kms:ExpirationModel',
      'String',
      'S',
      'ImportKeyMaterial, key: sign, with: { ExpirationModel: KEY_MATERIAL_DOES_NOT_EXPIRE }',
      'KEY_MATERIAL_DOES_NOT_EXPIRE',
    ],
    [
      'kms:GrantConstraintType',
      'String',
      'S',
      `CreateGrant, key: k, with: { ${GRANT}, ${CONSTRAINT} }`,
      'EncryptionContextSubset',
    ],
    ['kms:GrantConstraintType', 'String', 'S', `CreateGrant, key: k, with: { ${GRANT} }`, undefined],
    [
      'kms:GrantConstraintSourceArn',
      'ARN',
      'S',
      `CreateGrant, key: k, with: { ${GRANT}, Constraints: { SourceArn: "${ROLE}" } }`,
      ROLE,
    ],
    ['kms:GrantIsForAWSResource', 'Bool', 'S', `CreateGrant, key: k, with: { ${GRANT} }`, 'false'],
    ['kms:GrantIsForAWSResource', 'Bool', 'S', 'ListGrants, key: k', 'false'],
    ['kms:GrantOperations', 'String', 'M', `CreateGrant, key: k, with: { ${GRANT} }`, ['Decrypt', 'Encrypt']],
    ['kms:GranteePrincipal', 'String', 'S', `CreateGrant, key: k, with: { ${GRANT} }`, ROLE],
    ['kms:RetiringPrincipal', 'String', 'S', `CreateGrant, key: k, with: { ${GRANT} }`, ROLE],
    [
      'kms:RetiringPrincipal',
      'String',
      'S',
      'CreateGrant, key: k, with: { GranteePrincipal: admin, Operations: [Decrypt] }',
      undefined,
    ],
    ['kms:KeyAgreementAlgorithm', 'String', 'S', 'DeriveSharedSecret, key: k', 'ECDH'],
    ['kms:KeyOrigin', 'String', 'S', 'DescribeKey, key: sign', 'EXTERNAL'],
    ['kms:KeyOrigin', 'String', 'S', 'CreateKey', 'AWS_KMS'],
    ['kms:KeySpec', 'String', 'S', 'CreateKey', 'SYMMETRIC_DEFAULT'],
    [
      'kms:KeySpec',
      'String',
      'S',
      'CreateKey, with: { KeySpec: RSA_2048, KeyUsage: SIGN_VERIFY }',
      'RSA_2048',
    ],
    ['kms:CustomerMasterKeySpec', 'String', 'S', 'CreateKey', 'SYMMETRIC_DEFAULT'],
    ['kms:CustomerMasterKeyUsage', 'String', 'S', 'CreateKey', 'ENCRYPT_DECRYPT'],
    ['kms:KeyUsage', 'String', 'S', 'CreateKey', 'ENCRYPT_DECRYPT'],
    ['kms:KeyUsage', 'String', 'S', 'DescribeKey, key: sign', 'SIGN_VERIFY'],
    ['kms:MultiRegion', 'Bool', 'S', 'CreateKey', 'false'],
    ['kms:MultiRegion', 'Bool', 'S', 'DescribeKey, key: k', 'true'],
    ['kms:MultiRegion', 'Bool', 'S', 'DescribeKey, key: plain', 'false'],
    ['kms:MultiRegionKeyType', 'String', 'S', 'CreateKey, with: { MultiRegion: "true" }', 'PRIMARY'],
    ['kms:MultiRegionKeyType', 'String', 'S', 'DescribeKey, key: k', 'PRIMARY'],
    ['kms:MultiRegionKeyType', 'String', 'S', 'DescribeKey, key: eu', 'REPLICA'],
    ['kms:MultiRegionKeyType', 'String', 'S', 'DescribeKey, key: plain', undefined],
    [
      'kms:MacAlgorithm',
      'String',
      'S',
      'GenerateMac, key: k, with: { MacAlgorithm: HMAC_SHA_256 }',
      'HMAC_SHA_256',
    ],
    ['kms:MessageType', 'String', 'S', 'Sign, key: sign', 'RAW'],
    ['kms:MessageType', 'String', 'S', 'Verify, key: sign, with: { MessageType: DIGEST }', 'DIGEST'],
    [
      'kms:SigningAlgorithm',
      'String',
      'S',
      'Sign, key: sign, with: { SigningAlgorithm: RSASSA_PSS_SHA_256 }',
      'RSASSA_PSS_SHA_256',
    ],
    ['kms:SigningAlgorithm', 'String', 'S', 'Sign, key: sign', UNKNOWN],
    [
      'kms:PrimaryRegion',
      'String',
      'S',
      'UpdatePrimaryRegion, key: k, with: { PrimaryRegion: eu-west-1 }',
      'eu-west-1',
    ],
    [
      'kms:ReplicaRegion',
      'String',
      'S',
      'ReplicateKey, key: k, with: { ReplicaRegion: ap-south-1 }',
      'ap-south-1',
    ],
    [
      'kms:ReEncryptOnSameKey',
      'Bool',
      'S',
      'ReEncrypt, key: k, with: { DestinationKeyId: alias/orders }',
      'true',
    ],
    ['kms:ReEncryptOnSameKey', 'Bool', 'S', 'ReEncrypt, key: k, with: { DestinationKeyId: plain }', 'false'],
    ['kms:RequestAlias', 'String', 'S', 'Encrypt, with: { KeyId: alias/orders }', 'alias/orders'],
    [
      'kms:RequestAlias',
      'String',
      'S',
      `Encrypt, with: { KeyId: "${ARN.replace(`key/${ID}`, 'alias/more')}" }`,
      'alias/more',
    ],
    ['kms:RequestAlias', 'String', 'S', `Encrypt, with: { KeyId: ${ID} }`, undefined],
    ['kms:RequestAlias', 'String', 'S', 'Decrypt, key: k', undefined],
    ['kms:ResourceAliases', 'String', 'M', 'Encrypt, key: k', ['alias/orders', 'alias/more']],
    ['kms:ResourceAliases', 'String', 'M', 'Encrypt, key: plain', undefined],
    [
      'kms:RotationPeriodInDays',
      'Numeric',
      'S',
      'EnableKeyRotation, key: k, with: { RotationPeriodInDays: "180" }',
      '180',
    ],
    ['kms:RotationPeriodInDays', 'Numeric', 'S', 'EnableKeyRotation, key: k', undefined],
    ['kms:ScheduleKeyDeletionPendingWindowInDays', 'Numeric', 'S', 'ScheduleKeyDeletion, key: k', '30'],
    [
      'kms:ScheduleKeyDeletionPendingWindowInDays',
      'Numeric',
      'S',
      'ScheduleKeyDeletion, key: k, with: { PendingWindowInDays: "7" }',
      '7',
    ],
    ['kms:TrailingDaysWithoutKeyUsage', 'Numeric', 'S', 'DisableKey, key: k', UNKNOWN],
    ['kms:TrailingDaysWithoutKeyUsage', 'Numeric', 'S', 'EnableKey, key: k', undefined],
    [
      'kms:ValidTo',
      'Date',
      'S',
      'ImportKeyMaterial, key: sign, with: { ValidTo: 2027-01-01T00:00:00Z }',
      '1798761600',
    ],
    ['kms:ViaService', 'String', 'S', 'Encrypt, key: k', undefined],
    [
      'kms:WrappingAlgorithm',
      'String',
      'S',
      'GetParametersForImport, key: sign, with: { WrappingAlgorithm: RSAES_OAEP_SHA_256 }',
      'RSAES_OAEP_SHA_256',
    ],
    [
      'kms:WrappingKeySpec',
      'String',
      'S',
      'GetParametersForImport, key: sign, with: { WrappingKeySpec: RSA_4096 }',
      'RSA_4096',
    ],
    ['kms:RecipientAttestation:PCR0', 'String', 'S', 'Decrypt, key: k', undefined],
    [
      'kms:RecipientAttestation:PCR0',
      'String',
      'S',
      'Decrypt, key: k, context: { "kms:RecipientAttestation:PCR0": ab12 }',
      'ab12',
    ],
  ];

/** A grant to a service needs a source and somebody to retire it, so it has its own call. */
const TO_A_SERVICE = `CreateGrant, key: k, with: { GranteeServicePrincipal: sns.amazonaws.com, RetiringServicePrincipal: sqs.amazonaws.com, Operations: [Decrypt], Constraints: { SourceArn: "${ROLE}" } }`;
const ROWS: typeof TABLE = [
  ...TABLE,
  ['kms:GranteeServicePrincipal', 'String', 'S', TO_A_SERVICE, 'sns.amazonaws.com'],
  ['kms:RetiringServicePrincipal', 'String', 'S', TO_A_SERVICE, 'sqs.amazonaws.com'],
];

function contextOf(step: string): ReadonlyMap<string, unknown> {
  const [result] = replay(`${WORLD}\nsteps: [{ as: admin, call: kms:${step} }]\n`);
  const context = result?.outcome?.asked[0]?.ask.request.context;
  return new Map([...(context?.resource ?? []), ...(context?.call ?? [])]);
}

describe('a condition key of KMS', () => {
  it.each(ROWS)('%s is a %s (%s): %s', (key, type, many, step, value) => {
    const context = contextOf(step);
    expect(context.size).toBeGreaterThan(0);
    expect(context.get(key.toLowerCase())).toEqual(value);
    expect(conditionKey(key)).toMatchObject({ type, many: many === 'M' });
  });

  it('is in the table above, each of them', () => {
    const all = [...CONDITION_KEYS.values()]
      .map(({ name }) => name)
      .filter((name) => name.startsWith('kms:'));
    const listed = ROWS.map(([key]) => conditionKey(key)?.name);
    expect(all.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('kms:ViaService and kms:RequestAlias come with SQS: the alias with GenerateDataKey alone', () => {
    const [result] = replay(`${WORLD}\nsteps: [{ as: admin, call: sqs:SendMessage, queue: orders }]\n`);
    const asked = (result?.outcome?.asked ?? []).filter(({ ask }) => ask.request.action.startsWith('kms:'));
    const seen = asked.map(({ ask: { request } }) => [
      request.action,
      request.context.call.get('kms:viaservice'),
      request.context.call.get('kms:requestalias'),
    ]);
    expect(seen).toEqual([
      ['kms:GenerateDataKey', 'sqs.us-east-1.amazonaws.com', 'alias/orders'],
      ['kms:Decrypt', 'sqs.us-east-1.amazonaws.com', undefined],
    ]);
  });
});
