/**
 * What the model believes about AWS, one sentence a fact. A mutant of the model is the model without one of them: `factsWithout`.
 */
export const FACTS = {
  'explicit-deny-wins': 'a matching Deny in any applicable policy refuses, whatever else allows',
  'scp-every-level': 'every level from the organization root to the account must allow',
  'scp-spares-management-account': 'SCPs do not restrict principals of the management account',
  'scp-spares-service-linked-roles': 'SCPs do not restrict service-linked roles',
  'scp-spares-services':
    'SCPs restrict users, roles and root users only, not service principals or anonymous callers',
  'rcp-supported-services': 'RCPs act on the services that support them only',
  'rcp-spares-management-account': 'RCPs do not act on resources of the management account',
  'rcp-spares-aws-managed-keys': 'RCPs do not act on AWS managed keys',
  'rcp-spares-retire-grant': 'RCPs do not act on kms:RetireGrant',
  'rcp-spares-service-linked-roles': 'RCPs do not act on calls by service-linked roles',
  'endpoint-policy-must-allow': 'a request through a VPC endpoint needs an Allow of its policy',
  'cross-account-needs-both':
    'a caller of another account needs the resource policy and its own identity policy',
  'cross-account-always-limited':
    'boundary and session policy limit callers of other accounts however they are named',
  'wildcard-principal-is-direct': 'an Allow to * reaches the caller itself, past boundary and session policy',
  'role-principal-is-limited': 'an Allow to a role ARN stays limited by boundary and session policy',
  'federating-user-is-limited':
    'an Allow to the user behind a federated session stays limited by the session policy',
  'account-principal-delegates':
    'an Allow to the account lets identity policies allow and gives nobody anything',
  'federated-needs-session-policy':
    'a federated user without session policy has only what a resource policy gives it directly',
  'key-policy-must-allow':
    'identity policies count on a key, or for assuming a role, only where its policy says so',
  'root-has-everything': 'the root user needs no identity policy',
  'boundary-limits': 'a boundary without a matching Allow refuses',
  'session-policy-limits': 'a session policy without a matching Allow refuses',
  'root-has-no-policies':
    'identity policies, boundaries and session policies are never attached to the root user',
  'kms-unshared-actions': 'some KMS actions cannot be used across accounts',
  'sqs-unshared-actions': 'some SQS actions cannot be used across accounts',
  'keyless-actions-iam-only': 'KMS actions that name no key are decided by identity policies alone',
  'kms-needs-an-identity': 'an unsigned request never reaches a key',
  'star-matches-services': 'Principal * matches service principals too',
  'partitions-are-separate': 'accounts of different partitions cannot be granted to each other',
  'not-principal-whole-chain':
    'a caller escapes NotPrincipal only when account, role and session are all listed',
  'not-principal-denies-bounded': 'a principal with a boundary never escapes NotPrincipal',
  'not-principal-service-by-name': 'a service principal escapes NotPrincipal only when listed under Service',
  'inert-statements': 'a statement without Action or Resource has no effect',
  'action-ignores-case': 'actions are compared without regard to letter case',
  'action-prefix-has-no-wildcard': 'a wildcard in the service prefix of an action matches nothing',
  'resource-star-keeps-segment': 'a * inside one of the first five ARN segments stays in its segment',
  'keyless-resource-needs-star': 'a request on no resource is matched by * alone',
  'variables-need-2012': 'variables are literal text in policies before Version 2012-10-17',
  'variables-after-fifth-colon': 'in Resource, variables stand after the fifth colon only',
  'variables-unresolved-match-nothing': 'a value with an unresolved variable matches nothing',
  'variables-are-literal': 'wildcards inside a substituted value are ordinary characters',
  'variables-single-valued': 'multivalued keys cannot be variables',
  'keys-ignore-case': 'condition keys are compared without regard to letter case',
  'missing-key-negated': 'a negated operator is true when the key is absent',
  'if-exists': 'IfExists is true when the key is absent',
  'for-all-values-of-nothing': 'ForAllValues is true when there is no value',
  'for-any-value-negated':
    'ForAnyValue with a negated operator asks for one value that matches nothing listed',
  'null-needs-a-value': 'Null treats an empty value as absent',
  'arn-operators-six-parts': 'ARN operators compare six parts; anything shorter matches nothing',
  'resource-aliases-not-in-key-policies': 'kms:ResourceAliases is absent in key policies',
  'source-function-not-in-resource-policies': 'lambda:SourceFunctionArn is absent in resource policies',
  'grant-pending': 'a grant not yet consistent needs its token',
  'grant-context-constraint': 'an encryption context constraint must hold',
  'grant-constraint-key-ignores-case': 'keys of a constraint are compared without regard to letter case',
  'grant-source-arn': 'a SourceArn constraint must hold, but for RetireGrant',
  'grant-account-delegates': 'a grant to an account needs an identity policy as well',
  'grant-role-limited': 'a grant to a role stays limited by boundary and session policy',
  'grant-only-grantable': 'a grant gives only the operations that can be granted',
  'grant-child-within-parent': 'a grant made through a grant is no wider than it',
  'retire-by-retiring-principal': 'the retiring principal may retire a grant',
  'retire-by-grantee': 'the grantee may retire a grant that includes RetireGrant',
  'retire-by-key-account':
    'the account of the key may retire its grants, by itself or through its identity policies',
  'retire-not-in-key-policies': 'kms:RetireGrant in a key policy has no effect',
} as const;

export type FactName = keyof typeof FACTS;
export type Facts = Readonly<Record<FactName, boolean>>;

export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];

export function factsWithout(...forgotten: readonly FactName[]): Facts {
  return Object.fromEntries(FACT_NAMES.map((name) => [name, !forgotten.includes(name)])) as Facts;
}

export const ALL_FACTS: Facts = factsWithout();
