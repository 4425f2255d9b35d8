import { describe, expect, it } from 'vitest';
import {
  awsManagedKeyPolicy,
  DEFAULT_VPC_ENDPOINT_POLICY,
  defaultKeyPolicy,
  FULL_AWS_ACCESS,
  RCP_FULL_AWS_ACCESS,
} from '../../src/catalogue/aws-managed-policies.js';

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
