import { describe, expect, it } from 'vitest';
import {
  DEFAULT_VPC_ENDPOINT_POLICY,
  FULL_AWS_ACCESS,
  RCP_FULL_AWS_ACCESS,
} from '../../src/catalogue/aws-managed-policies.js';
import { awsManagedKeyPolicy, consoleKeyPolicy, defaultKeyPolicy } from '../../src/catalogue/key-policies.js';

describe('policies that AWS writes', () => {
  it('FullAWSAccess allows everything and names no principal', () => {
    expect(JSON.parse(FULL_AWS_ACCESS.document)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
  });

  it.each([RCP_FULL_AWS_ACCESS.document, DEFAULT_VPC_ENDPOINT_POLICY])(
    'RCPFullAWSAccess and the default VPC endpoint policy allow everything to everyone',
    (document) => {
      expect(JSON.parse(document)).toEqual({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
      });
    },
  );

  it('the default key policy delegates to the account', () => {
    const policy = JSON.parse(defaultKeyPolicy({ partition: 'aws-cn', account: '012345678901' }));
    expect(policy.Statement).toEqual([
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws-cn:iam::012345678901:root' },
        Action: 'kms:*',
        Resource: '*',
      },
    ]);
  });

  it('the policy of alias/aws/sqs lets in every principal of the account through SQS in its Region', () => {
    const home = { partition: 'aws', account: '111122223333', region: 'ap-northeast-1' };
    expect(JSON.parse(awsManagedKeyPolicy('sqs', home))).toEqual({
      Version: '2012-10-17',
      Id: 'auto-sqs-1',
      Statement: [
        {
          Sid: 'Allow access through Simple Queue Service (SQS) for all principals in the account that are authorized to use SQS',
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: [
            'kms:Encrypt',
            'kms:Decrypt',
            'kms:ReEncrypt*',
            'kms:GenerateDataKey*',
            'kms:CreateGrant',
            'kms:DescribeKey',
          ],
          Resource: '*',
          Condition: {
            StringEquals: {
              'kms:ViaService': 'sqs.ap-northeast-1.amazonaws.com',
              'kms:CallerAccount': '111122223333',
            },
          },
        },
        {
          Sid: 'Allow direct access to key metadata to the account',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
          Resource: '*',
        },
      ],
    });
  });
});

describe('the key policy that the console writes', () => {
  const HOME = { partition: 'aws', account: '111122223333' };
  const ADMIN = 'arn:aws:iam::111122223333:role/admin';
  const APP = 'arn:aws:iam::111122223333:role/app';
  const written = (key: object, chosen: object) =>
    JSON.parse(
      consoleKeyPolicy(
        HOME,
        { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', ...key },
        { administrators: [], users: [], accounts: [], ...chosen },
      ),
    ).Statement;
  const sids = (statements: readonly { readonly Sid: string }[]) => statements.map(({ Sid }) => Sid);

  it('is the default one when nobody is chosen', () => {
    expect(written({}, {})).toEqual(JSON.parse(defaultKeyPolicy(HOME)).Statement);
  });

  it('names administrators, users and other accounts, each with their statements', () => {
    const [account, ...others] = written(
      {},
      { administrators: [ADMIN], users: [APP], accounts: ['444455556666'] },
    );
    expect(account.Sid).toBe('Enable IAM User Permissions');
    expect(sids(others)).toEqual([
      'Allow access for Key Administrators',
      'Allow use of the key',
      'Allow attachment of persistent resources',
    ]);
    expect(others.map(({ Principal }: { readonly Principal: object }) => Principal)).toEqual([
      { AWS: [ADMIN] },
      { AWS: [APP, 'arn:aws:iam::444455556666:root'] },
      { AWS: [APP, 'arn:aws:iam::444455556666:root'] },
    ]);
    expect(others[0].Action).not.toContain('kms:Decrypt');
    expect(others[2].Condition).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  });

  it.each([
    [
      { spec: 'RSA_2048' },
      ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:DescribeKey', 'kms:GetPublicKey'],
    ],
    [
      { spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' },
      ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign', 'kms:Verify'],
    ],
    [
      { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' },
      ['kms:DescribeKey', 'kms:GenerateMac', 'kms:VerifyMac'],
    ],
    [
      { spec: 'ECC_NIST_P256', usage: 'KEY_AGREEMENT' },
      ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:DeriveSharedSecret'],
    ],
  ])('lets users of %j do what such a key does, and attach it to nothing', (key, actions) => {
    const statements = written(key, { users: [APP] });
    expect(sids(statements)).toEqual(['Enable IAM User Permissions', 'Allow use of the key']);
    expect(statements[1].Action).toEqual(actions);
  });

  it.each([
    [{ origin: 'EXTERNAL' }, ['kms:ImportKeyMaterial']],
    [{ multiRegionType: 'PRIMARY' }, ['kms:ReplicateKey']],
    [{ multiRegionType: 'REPLICA' }, []],
  ])('gives administrators of %j %j besides', (key, added) => {
    const usual = written({}, { administrators: [ADMIN] })[1].Action;
    expect(written(key, { administrators: [ADMIN] })[1].Action).toEqual([...usual, ...added]);
  });
});
