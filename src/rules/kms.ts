import type { Rule } from './rule.js';

const KEY_POLICY = 'KMS Developer Guide, Key policies in AWS KMS';
const DEFAULT = 'KMS Developer Guide, Default key policy';
const GRANTS = 'KMS Developer Guide, Grants in AWS KMS';

/** What KMS does differently from every other service. */
export const KMS_RULES = {
  'KMS-KEY-POLICY-DECIDES': {
    says: 'nobody may use a key unless its key policy, a grant, or IAM with the key policy’s consent allows it: not even the account’s root user',
    page: KEY_POLICY,
    basis: 'documented',
    facts: ['kms:KA-1', 'kms:KD-1', 'iam:EV-9'],
  },
  'KMS-ACCOUNT-DELEGATES': {
    says: 'IAM policies count for a key only as far as the key policy allows the account principal, which by itself gives no user or role anything',
    page: DEFAULT,
    basis: 'documented',
    facts: ['kms:KA-2', 'kms:KA-3', 'kms:KX-7'],
  },
  'KMS-NAMED-PRINCIPAL': {
    says: 'a user, role or session of the key’s account that the key policy allows needs no IAM policy',
    page: KEY_POLICY,
    basis: 'documented',
    facts: ['kms:KA-4', 'kms:KD-2', 'kms:KD-8'],
  },
  'KMS-CROSS-ACCOUNT': {
    says: 'a caller of another account needs the key policy and its own IAM policies to allow, even when the key policy names it',
    page: 'KMS Developer Guide, Allowing users in other accounts to use a KMS key',
    basis: 'documented',
    facts: ['kms:KA-5', 'kms:KD-7', 'kms:KW-5'],
  },
  'KMS-ROOT-USER': {
    says: 'the root user may use a key where the key policy allows the account principal',
    page: DEFAULT,
    basis: 'documented',
    facts: ['kms:KA-3'],
  },
  'KMS-FOREIGN-ROOT-USER': {
    says: 'the root user of another account needs only the key policy’s allow: it has no IAM policies to ask',
    page: KEY_POLICY,
    basis: 'assumed',
    facts: ['kms:KD-3'],
  },
  'KMS-SERVICE-PRINCIPAL': {
    says: 'an AWS service that calls KMS as itself needs a key policy statement (or a grant) for its service principal',
    page: 'SQS Developer Guide, Key management',
    basis: 'documented',
    facts: ['kms:KQ-1', 'sqs:S-1', 'kms:KP-9'],
  },
  'KMS-NO-ANONYMOUS': {
    says: 'KMS takes signed requests only: `Principal: "*"` in a key policy means every AWS identity',
    page: KEY_POLICY,
    basis: 'documented',
    facts: ['kms:KD-2'],
  },
  'KMS-GRANT-ALLOWS': {
    says: 'a grant allows its grantee the listed operations, beside key policy and IAM; it never denies',
    page: GRANTS,
    basis: 'documented',
    facts: ['kms:KA-6', 'kms:KG-1', 'kms:KG-2', 'kms:KG-3', 'kms:KG-12'],
  },
  'KMS-GRANT-LIMITS': {
    says: 'a grant to a user or session is not limited by boundary or session policy; a grant to a role is; a grant to an account needs IAM there',
    page: GRANTS,
    basis: 'assumed',
    facts: ['kms:KD-4', 'kms:KD-5'],
  },
  'KMS-GRANT-CONSTRAINT': {
    says: 'a grant with an encryption context constraint serves only requests whose encryption context equals it, or contains it',
    page: GRANTS,
    basis: 'documented',
    facts: ['kms:KG-4'],
  },
  'KMS-GRANT-CONSTRAINT-KEY-CASE': {
    says: 'names in a grant’s encryption context constraint compare without regard to letter case, values with it',
    page: 'KMS API Reference, GrantConstraints',
    basis: 'assumed',
    facts: ['kms:KG-4'],
  },
  'KMS-GRANT-TOKEN': {
    says: 'a new grant serves at once only requests that carry its token; a token helps the grantee and nobody else',
    page: GRANTS,
    basis: 'documented',
    facts: ['kms:KG-7'],
  },
  'KMS-GRANT-CHILD-IS-NO-WIDER': {
    says: 'a grant made through a grant allows no operation that its parent lacks and has constraints at least as strict',
    page: 'KMS Developer Guide, Creating grants',
    basis: 'documented',
    facts: ['kms:KG-6', 'kms:KG-5', 'kms:KG-11'],
  },
  'KMS-RETIRE-GRANT': {
    says: 'a grant may be retired by its retiring principal, by its grantee if it includes RetireGrant, and by the key’s account; the key policy has no say',
    page: 'KMS Developer Guide, Retiring and revoking grants',
    basis: 'assumed',
    facts: ['kms:KG-8'],
  },
  'KMS-STATEMENT-WITHOUT-EFFECT': {
    says: 'a key policy statement that lacks Action or Resource is accepted and does nothing',
    page: 'KMS Developer Guide, Create a key policy',
    basis: 'documented',
    facts: ['kms:KP-2'],
  },
  'KMS-RESOURCE-IS-THIS-KEY': {
    says: '`Resource: "*"` in a key policy means this key; any other value is matched against this key’s ARN',
    page: 'KMS Developer Guide, Create a key policy',
    basis: 'assumed',
    facts: ['kms:KP-3', 'kms:KR-1', 'kms:KR-2', 'kms:KR-5', 'kms:KA-8'],
  },
  'KMS-KEYLESS-IS-IAM-ONLY': {
    says: 'operations without a key (ListKeys, CreateKey …) are allowed by IAM policies alone',
    page: 'KMS Developer Guide, AWS KMS permissions',
    basis: 'documented',
    facts: ['kms:KP-8', 'kms:KR-4', 'kms:KX-7'],
  },
  'KMS-RESOURCE-ALIASES-IAM-ONLY': {
    says: 'kms:ResourceAliases is absent when a key policy asks for it',
    page: 'KMS Developer Guide, AWS KMS condition keys',
    basis: 'assumed',
    facts: ['kms:KR-3'],
  },
  'KMS-VIA-SERVICE': {
    says: 'kms:ViaService is present only when a service calls KMS with the caller’s identity',
    page: 'KMS Developer Guide, AWS KMS condition keys',
    basis: 'documented',
    facts: ['kms:KC-4'],
  },
  'KMS-AWS-MANAGED-KEY': {
    says: 'the AWS managed key aws/sqs serves every principal of its account through SQS, and nobody else: no other account, no direct call, no service principal',
    page: 'SQS Developer Guide, Key management',
    basis: 'documented',
    facts: ['kms:KM-1', 'kms:KM-2', 'kms:KM-3', 'sqs:M-2', 'sqs:M-3'],
  },
  'KMS-KEY-STATE': {
    says: 'a key that is disabled, pending deletion, pending import or unavailable refuses cryptographic operations',
    page: 'KMS Developer Guide, Key states of AWS KMS keys',
    basis: 'documented',
    facts: ['kms:KS-1', 'kms:8', 'kms:KS-2', 'sqs:E-7'],
  },
  'KMS-AUTHORIZATION-BEFORE-STATE': {
    says: 'authorization is checked before the state of the key',
    page: 'KMS Developer Guide, Key states of AWS KMS keys',
    basis: 'assumed',
    facts: ['err:6'],
  },
  'KMS-NOT-FOUND': {
    says: 'a key or alias that does not exist in the Region answers NotFoundException in its own account and access denied across accounts',
    page: 'KMS API Reference, Common errors',
    basis: 'assumed',
    facts: ['err:KM-2', 'sqs:T-1'],
  },
  'KMS-OBFUSCATED-DENIAL': {
    says: 'KMS does not tell a missing key from a forbidden one when the key is in another account',
    page: 'KMS Developer Guide, Troubleshooting key access',
    basis: 'assumed',
    facts: ['err:KM-1', 'sqs:E-9'],
  },
} as const satisfies Record<string, Rule>;
