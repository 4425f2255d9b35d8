import type { Rule } from './rule.js';

const KEYS = 'IAM User Guide, AWS global condition context keys';

/** Which condition keys a request carries, and with what value. */
export const CONTEXT_RULES = {
  'CONTEXT-PRINCIPAL': {
    says: 'aws:PrincipalArn, aws:PrincipalAccount, aws:PrincipalType and their kin follow from the caller; a role session carries the ARN of its role',
    page: KEYS,
    basis: 'documented',
    facts: ['iam:5.1'],
  },
  'CONTEXT-RESOURCE': {
    says: 'aws:ResourceAccount, aws:ResourceOrgID and aws:ResourceTag follow from the resource, whatever service calls',
    page: KEYS,
    basis: 'documented',
    facts: ['kms:KW-4', 'kms:KC-6', 'iam:5.2'],
  },
  'CONTEXT-KMS-CALL': {
    says: 'kms:CallerAccount is the account of the original caller, absent for service principals; the encryption context is visible pair by pair',
    page: 'KMS Developer Guide, AWS KMS condition keys',
    basis: 'assumed',
    facts: ['kms:KC-3', 'kms:KX-4', 'kms:9'],
  },
  'CONTEXT-NETWORK': {
    says: 'a request through a VPC endpoint carries aws:SourceVpce and aws:SourceVpc and no aws:SourceIp; one to the public endpoint the reverse',
    page: KEYS,
    basis: 'documented',
    facts: ['sqs:V-2', 'kms:KW-6', 'iam:5.2', 'sqs:H-1'],
  },
  'CONTEXT-SOURCE-OWNER': {
    says: 'aws:SourceOwner, the older name that SNS uses, is the account of the caller',
    page: 'SNS Developer Guide, Example cases for Amazon SNS access control',
    basis: 'assumed',
    facts: ['iam:G-A9'],
  },
  'CONTEXT-SOURCE-FUNCTION': {
    says: 'lambda:SourceFunctionArn is absent when a resource policy asks for it',
    page: 'Lambda Developer Guide, Using source function ARN to control function access behavior',
    basis: 'documented',
    facts: ['sqs:S-13'],
  },
} as const satisfies Record<string, Rule>;
