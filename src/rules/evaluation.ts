import type { Rule } from './rule.js';

const LOGIC = 'IAM User Guide, How AWS enforcement code logic evaluates requests to allow or deny access';
const CROSS_ACCOUNT = 'IAM User Guide, Cross-account policy evaluation logic';
const PRINCIPAL = 'IAM User Guide, AWS JSON policy elements: Principal';
const NOT_PRINCIPAL = 'IAM User Guide, AWS JSON policy elements: NotPrincipal';
const BOUNDARY = 'IAM User Guide, Permissions boundaries for IAM entities';
const SCP = 'Organizations User Guide, SCP evaluation';
const RCP = 'Organizations User Guide, Resource control policies (RCPs)';
const ENDPOINT = 'AWS PrivateLink Guide, Control access to VPC endpoints using endpoint policies';
const FAS = 'IAM User Guide, Forward access sessions';

/** One request: which layers apply and how their answers combine. */
export const EVALUATION_RULES = {
  'EVAL-EXPLICIT-DENY': {
    says: 'an explicit deny in any policy that applies wins over every allow',
    page: LOGIC,
    basis: 'documented',
    facts: ['iam:EV-1', 'iam:EV-20', 'kms:KA-7'],
  },
  'EVAL-DEFAULT-DENY': {
    says: 'what no policy allows is denied',
    page: LOGIC,
    basis: 'documented',
    facts: ['iam:EV-5'],
  },
  'EVAL-REFUSAL-ORDER': {
    says: 'when several layers refuse, one is named: explicit denies before missing allows, guardrails before the rest',
    page: 'IAM User Guide, Troubleshoot access denied error messages',
    basis: 'assumed',
    facts: ['err:M-3', 'err:M-5', 'sqs:D-4', 'err:M-6', 'err:M-10'],
  },
  'EVAL-RESOURCE-GRANTS-DIRECTLY': {
    says: 'in one account, a resource policy that names the user, the session or everyone is enough: identity policies, boundary and session policy need not allow',
    page: LOGIC,
    basis: 'documented',
    facts: ['iam:EV-4', 'sqs:P-7', 'sqs:P-9', 'iam:EV-21', 'iam:1.4'],
  },
  'EVAL-EVERYONE-IS-DIRECT': {
    says: 'a resource policy that allows `Principal: "*"` in one account is not limited by a boundary or session policy that merely lacks the action',
    page: LOGIC,
    basis: 'assumed',
    facts: ['iam:EV-18', 'iam:EV-19'],
  },
  'EVAL-ROLE-IS-LIMITED': {
    says: 'an allow to a role (or to the user behind a federated session) needs no identity policy, but boundary and session policy must allow too',
    page: LOGIC,
    basis: 'documented',
    facts: ['iam:EV-4', 'sqs:P-9'],
  },
  'EVAL-ACCOUNT-DELEGATES': {
    says: 'an allow to the account principal gives no user or role anything by itself: an identity policy must allow',
    page: PRINCIPAL,
    basis: 'assumed',
    facts: ['iam:EV-22', 'sqs:P-8'],
  },
  'EVAL-IDENTITY-OR-RESOURCE': {
    says: 'in one account, an allow in an identity policy or in the resource policy is enough',
    page: LOGIC,
    basis: 'documented',
    facts: ['iam:EV-9', 'sqs:P-7', 'sqs:P-2'],
  },
  'EVAL-BOUNDARY-MUST-ALLOW': {
    says: 'a permissions boundary that does not allow the action denies it',
    page: BOUNDARY,
    basis: 'documented',
    facts: ['iam:EV-6'],
  },
  'EVAL-SESSION-MUST-ALLOW': {
    says: 'a session policy that does not allow the action denies it',
    page: LOGIC,
    basis: 'documented',
    facts: ['iam:EV-7'],
  },
  'EVAL-FEDERATED-USER-NEEDS-SESSION-POLICY': {
    says: 'a federated user without a session policy has only what a resource policy gives it directly',
    page: LOGIC,
    basis: 'assumed',
    facts: ['iam:EV-7'],
  },
  'EVAL-ROOT-USER': {
    says: 'the root user of an account has everything there by default; only explicit denies and guardrails stop it',
    page: LOGIC,
    basis: 'documented',
    facts: ['iam:EV-10'],
  },
  'EVAL-SERVICE-NEEDS-RESOURCE-POLICY': {
    says: 'a service principal or an anonymous caller has no identity policies: only the resource policy can allow it',
    page: LOGIC,
    basis: 'documented',
    facts: ['iam:EV-16', 'sqs:P-13', 'sqs:S-14'],
  },
  'EVAL-CROSS-ACCOUNT-BOTH-SIDES': {
    says: 'across accounts, the resource policy and the identity policies of the caller must both allow',
    page: CROSS_ACCOUNT,
    basis: 'documented',
    facts: ['iam:EV-11', 'sqs:P-10', 'iam:EV-14'],
  },
  'EVAL-CROSS-ACCOUNT-LIMITS': {
    says: 'across accounts, boundary and session policy always limit, however the resource policy names the caller',
    page: BOUNDARY,
    basis: 'documented',
    facts: ['iam:EV-12'],
  },
  'EVAL-CROSS-ACCOUNT-EXCLUSION': {
    says: 'this operation cannot be shared across accounts: no policy can allow an outside principal',
    page: 'SQS Developer Guide, Limitations of Amazon SQS custom policies; KMS Developer Guide, AWS KMS permissions',
    basis: 'documented',
    facts: ['iam:EV-17', 'sqs:A-6', 'sqs:A-7', 'kms:KX-1', 'kms:KX-6', 'kms:KG-9', 'kms:6', 'sqs:A-3'],
  },
  'EVAL-PARTITIONS-ARE-APART': {
    says: 'accounts of different partitions cannot be granted to each other',
    page: 'IAM User Guide, IAM identifiers',
    basis: 'documented',
    facts: ['iam:EV-15'],
  },
  'EVAL-TRUST-POLICY-DECIDES': {
    says: 'a role is assumed only if its trust policy allows it, also within one account',
    page: LOGIC,
    basis: 'documented',
    facts: ['iam:EV-9'],
  },
  'SCP-EVERY-LEVEL': {
    says: 'service control policies must allow at the root, at every unit on the path and at the account of the caller',
    page: SCP,
    basis: 'documented',
    facts: ['iam:EV-3', 'iam:SCP-1', 'iam:SCP-2', 'iam:SCP-5'],
  },
  'SCP-EXEMPT': {
    says: 'service control policies do not apply to the management account, service-linked roles, service principals and callers outside the organization',
    page: 'Organizations User Guide, Service control policies (SCPs)',
    basis: 'documented',
    facts: ['iam:SCP-3', 'iam:SCP-4', 'iam:EV-13'],
  },
  'RCP-PROTECTS-RESOURCES': {
    says: 'resource control policies of the resource’s account deny whoever calls, AWS services included',
    page: RCP,
    basis: 'documented',
    facts: ['iam:EV-2', 'iam:RCP-2'],
  },
  'RCP-EXEMPT': {
    says: 'resource control policies do not apply to the management account’s resources, AWS managed keys, kms:RetireGrant, service-linked roles and services that do not support them',
    page: RCP,
    basis: 'documented',
    facts: ['iam:RCP-2', 'iam:RCP-3', 'iam:RCP-4', 'iam:EV-13'],
  },
  'VPCE-MUST-ALLOW': {
    says: 'a request that enters through a VPC endpoint must be allowed by the endpoint’s policy, which never grants',
    page: ENDPOINT,
    basis: 'documented',
    facts: ['iam:VPCE-1', 'iam:VPCE-2', 'sqs:V-3'],
  },
  'VPCE-NOT-FOR-FORWARDED-CALLS': {
    says: 'a call that a service makes for the caller does not pass the caller’s VPC endpoint',
    page: FAS,
    basis: 'assumed',
    facts: ['iam:VPCE-3', 'iam:FAS-3', 'sqs:V-4'],
  },
  'PRINCIPAL-EVERYONE': {
    says: '`"*"` and `{"AWS": "*"}` match every caller, anonymous ones and service principals included',
    page: PRINCIPAL,
    basis: 'assumed',
    facts: ['sqs:P-11', 'iam:1.5'],
  },
  'PRINCIPAL-ACCOUNT': {
    says: 'the account principal is written as the root ARN or as the 12-digit id and matches every identity of the account',
    page: PRINCIPAL,
    basis: 'documented',
    facts: ['iam:1.5'],
  },
  'PRINCIPAL-ROLE': {
    says: 'a role ARN matches every session of that role',
    page: PRINCIPAL,
    basis: 'documented',
    facts: ['iam:PR-3', 'iam:PR-4'],
  },
  'PRINCIPAL-SESSION': {
    says: 'an assumed-role ARN matches exactly that session',
    page: PRINCIPAL,
    basis: 'documented',
    facts: ['iam:1.5'],
  },
  'PRINCIPAL-FEDERATED-USER': {
    says: 'a federated user matches its own session ARN, and the ARN of the user that federated it',
    page: PRINCIPAL,
    basis: 'documented',
    facts: ['iam:1.5'],
  },
  'PRINCIPAL-SERVICE': {
    says: 'a service principal matches by its exact host name, the regional form included',
    page: PRINCIPAL,
    basis: 'documented',
    facts: ['iam:PR-5', 'iam:1.5'],
  },
  'PRINCIPAL-UNIQUE-ID': {
    says: 'a unique id (AIDA…, AROA…) matches that very user or role; the id of a deleted one matches nobody',
    page: 'IAM User Guide, IAM identifiers',
    basis: 'documented',
    facts: ['iam:PR-6', 'iam:PR-7', 'kms:KP-6'],
  },
  'PRINCIPAL-NO-WILDCARD': {
    says: 'a principal holds no wildcard but the lone `*`',
    page: PRINCIPAL,
    basis: 'documented',
    facts: ['iam:PR-1', 'iam:W-4'],
  },
  'NOT-PRINCIPAL-WHOLE-CHAIN': {
    says: 'a caller escapes a Deny with NotPrincipal only if the account and each link of its chain (user; role and session) are listed',
    page: NOT_PRINCIPAL,
    basis: 'assumed',
    facts: ['iam:NP-3'],
  },
  'NOT-PRINCIPAL-BOUNDARY': {
    says: 'a principal that has a permissions boundary never escapes a Deny with NotPrincipal',
    page: NOT_PRINCIPAL,
    basis: 'documented',
    facts: ['iam:NP-4'],
  },
  'NOT-PRINCIPAL-SERVICE': {
    says: 'a Deny with NotPrincipal hits every service principal that is not listed under Service',
    page: NOT_PRINCIPAL,
    basis: 'assumed',
    facts: ['iam:NP-7'],
  },
  'ACTION-MATCHES': {
    says: 'actions match without regard to letter case, with `*` and `?` in the name and never in the service prefix',
    page: 'IAM User Guide, IAM JSON policy elements: Action',
    basis: 'documented',
    facts: ['iam:W-1', 'sqs:A-4', 'iam:G-A2', 'kms:KX-9'],
  },
  'ACTION-NOT': {
    says: 'NotAction matches every action that is not listed, of every service',
    page: 'IAM User Guide, IAM JSON policy elements: NotAction',
    basis: 'documented',
    facts: ['iam:NP-5'],
  },
  'RESOURCE-MATCHES': {
    says: 'resource ARNs match with regard to letter case; a `*` that ends a segment may run past the following colons',
    page: 'IAM User Guide, IAM JSON policy elements: Resource',
    basis: 'documented',
    facts: ['iam:W-2', 'iam:W-3', 'iam:G-A5'],
  },
  'RESOURCE-NOT': {
    says: 'NotResource matches every resource that matches none of its entries',
    page: 'IAM User Guide, IAM JSON policy elements: NotResource',
    basis: 'documented',
    facts: ['iam:NP-6'],
  },
  'RCP-WITHOUT-RESOURCE': {
    says: 'for an action that names no resource, the resource control policies of the caller’s account count',
    page: RCP,
    basis: 'assumed',
    facts: ['iam:RCP-5'],
  },
} as const satisfies Record<string, Rule>;
