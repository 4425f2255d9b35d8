/**
 * What the model believes about AWS, one sentence a fact. A mutant of the model is the model without one of them: `factsWithout`.
 */
export const FACTS = {
  'default-deny': 'what neither side allows is refused',
  'refusal-order':
    'of several refusals the guardrails are named before the resource policy, and that before the identity side',
  'explicit-deny-wins': 'a matching Deny in any applicable policy refuses, whatever else allows',
  'scp-every-level': 'every level from the organization root to the account must allow',
  'rcp-denies': 'RCPs of the account that owns the resource refuse, whoever calls',
  'scp-spares-management-account': 'SCPs do not restrict principals of the management account',
  'scp-spares-service-linked-roles': 'SCPs do not restrict service-linked roles',
  'scp-spares-services':
    'SCPs restrict users, roles and root users only, not service principals or anonymous callers',
  'rcp-without-resource': 'RCPs act on actions without a resource too, by the account of the caller',
  'rcp-supported-services': 'RCPs act on the services that support them only',
  'rcp-spares-management-account': 'RCPs do not act on resources of the management account',
  'rcp-spares-aws-managed-keys': 'RCPs do not act on AWS managed keys',
  'rcp-spares-retire-grant': 'RCPs do not act on kms:RetireGrant',
  'rcp-spares-service-linked-roles': 'RCPs do not act on calls by service-linked roles',
  'endpoint-policy-must-allow': 'a request through a VPC endpoint needs an Allow of its policy',
  'direct-is-enough':
    'in one account, an Allow of a resource policy to the caller itself needs no identity policy and is not limited',
  'role-needs-no-identity':
    'in one account, an Allow of a resource policy to the role needs no identity policy',
  'either-side-is-enough':
    'in one account, an Allow in an identity policy or in the resource policy is enough',
  'services-need-resource-policy':
    'a service principal or an anonymous caller is allowed by resource policies and grants alone',
  'key-policy-names-are-enough': 'who is named in a key policy of its account needs no identity policy',
  'key-policy-resource-is-this-key': 'Resource in a key policy is matched against the ARN of this key',
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
  'star-matches-everyone': 'Principal * matches every caller',
  'account-principal-matches':
    'the account principal, as root ARN or as id, matches every identity of the account',
  'role-principal-matches': 'a role ARN matches every session of the role',
  'session-principal-is-exact': 'a session ARN matches that session alone, not every session of its role',
  'federated-principal-matches':
    'a federated-user ARN matches that session, and a user ARN the sessions that the user federated',
  'unique-ids-match': 'a unique id matches the user or role that has it',
  'service-principal-matches': 'a service principal matches by its host name',
  'service-principal-is-whole': 'a service host is compared whole, a Region in it included',
  'star-matches-services': 'Principal * matches service principals too',
  'partitions-are-separate': 'accounts of different partitions cannot be granted to each other',
  'not-principal-whole-chain':
    'a caller escapes NotPrincipal only when account, role and session are all listed',
  'not-principal-denies-bounded': 'a principal with a boundary never escapes NotPrincipal',
  'not-principal-service-by-name': 'a service principal escapes NotPrincipal only when listed under Service',
  'inert-statements': 'a statement without Action or Resource has no effect',
  'not-action-complements': 'NotAction matches every action that is not listed',
  'not-resource-complements': 'NotResource matches every resource that matches no entry',
  'action-wildcards': 'in an action name * is any run and ? one character',
  'resource-minds-case': 'resource ARNs are compared with regard to letter case',
  'resource-star-runs-on': 'a * that ends one of the first five ARN segments may run past colons',
  'resource-star-crosses-slashes': 'in the resource part of an ARN a * runs past slashes',
  'action-ignores-case': 'actions are compared without regard to letter case',
  'action-prefix-has-no-wildcard': 'a wildcard in the service prefix of an action matches nothing',
  'resource-star-keeps-segment': 'a * inside one of the first five ARN segments stays in its segment',
  'keyless-resource-needs-star': 'a request on no resource is matched by * alone',
  'conditions-and': 'all operators of a Condition, and all keys under one operator, must hold',
  'values-or': 'one listed value that matches is enough for a positive operator',
  'values-nor': 'one listed value that matches is enough to fail a negated operator',
  'operators-ignore-case': 'operator names are read in any letter case',
  'variables-replaced': '${key} stands for the value of the key',
  'special-variables': '${*}, ${?} and ${$} are the characters themselves',
  'variable-names-ignore-case': 'names in variables are compared without regard to letter case',
  'variable-defaults': 'the default of a variable stands in for an absent key',
  'variables-in-bool': 'values of Bool may hold variables',
  'variables-in-texts-only': 'values of Numeric, Date, Binary and IP operators hold no variables',
  'variables-unresolved-name-nothing':
    'a Resource or NotResource entry with an unresolved variable names nothing',
  'variables-need-2012': 'variables are literal text in policies before Version 2012-10-17',
  'variables-after-fifth-colon': 'in Resource, variables stand after the fifth colon only',
  'variables-unresolved-match-nothing': 'a value with an unresolved variable matches nothing',
  'variables-are-literal': 'wildcards inside a substituted value are ordinary characters',
  'variables-single-valued': 'multivalued keys cannot be variables',
  'keys-ignore-case': 'condition keys are compared without regard to letter case',
  'missing-key-positive': 'a positive operator is false when the key is absent',
  'missing-key-negated': 'a negated operator is true when the key is absent',
  'if-exists': 'IfExists is true when the key is absent',
  'set-if-exists': 'a set operator with IfExists is true when the key is absent',
  'for-all-values': 'ForAllValues asks for every value of the request',
  'for-any-value': 'ForAnyValue asks for one value of the request',
  'for-any-value-of-nothing': 'ForAnyValue is false when there is no value',
  'many-without-set':
    'several values without a set operator are read as ForAnyValue, under negated operators as ForAllValues',
  'set-on-one': 'a set operator sees a set of one in a key with one value',
  'unparseable-matches-nothing': 'a value that is none of the operator’s type matches nothing',
  'strings-mind-case': 'StringEquals compares letter case too',
  'strings-ignore-case': 'StringEqualsIgnoreCase does not compare letter case',
  'numbers-by-value': 'numbers are compared by value, not as text',
  'numbers-unrounded': 'numbers are compared without rounding',
  'dates-are-instants': 'dates are compared as instants, not as text',
  'bool-ignores-case': 'Bool reads true and false in any letter case',
  'binary-decodes': 'BinaryEquals compares the bytes behind base64',
  'ip-bare': 'a bare IPv4 address is a range of one',
  'ip-bare-v6': 'a bare IPv6 address is a range of one',
  'ip-versions-apart': 'an address lies in no range of the other version',
  'ip-mapped-is-v6': 'an IPv4 address written inside IPv6 is an IPv6 address',
  'wildcards-in-like-only': 'StringEquals reads no wildcards',
  'like-reads-wildcards': 'StringLike reads * and ? as wildcards',
  'null-true-is-missing': 'Null with true asks for an absent key, with false for a present one',
  'for-all-values-of-nothing': 'ForAllValues is true when there is no value',
  'for-any-value-negated':
    'ForAnyValue with a negated operator asks for one value that matches nothing listed',
  'null-needs-a-value': 'Null treats an empty value as absent',
  'arn-operators-by-part': 'ARN operators match each of six parts on its own',
  'arn-operators-six-parts': 'under ARN operators anything shorter than six parts matches nothing',
  'arn-equals-is-like': 'ArnEquals reads wildcards as ArnLike does',
  'context-of-principal': 'the keys about the principal follow from the caller',
  'context-of-resource': 'aws:ResourceAccount follows from the resource',
  'context-of-sns-call': 'aws:SourceOwner is the account of the caller in a request to SNS',
  'context-of-kms-call': 'kms:CallerAccount and the encryption context are keys of a KMS request',
  'resource-aliases-not-in-key-policies': 'kms:ResourceAliases is absent in all but IAM policies and SCPs',
  'source-function-not-in-resource-policies': 'lambda:SourceFunctionArn is absent in resource policies',
  'grants-allow': 'a grant allows its grantee the operations it lists',
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
