import { POLICY_SIZE_QUOTAS, type PolicySizeQuota } from '../catalogue/quotas.js';
import { parseArn } from '../syntax/arn.js';
import { invariant } from '../syntax/invariant.js';
import type { PolicyType } from './policy.js';

/** What a policy of one type must, may and must not hold. */
export interface PolicyTypeRules {
  /** How messages call it. */
  readonly title: string;
  readonly principal: 'required' | 'forbidden' | 'everyone-only';
  readonly notPrincipal: boolean;
  readonly notAction: boolean;
  /** Whether its statements may have the effect `Allow`, and its actions may be the lone `*`. */
  readonly allow: boolean;
  /** What a statement without `Resource` (or `Action`) means. */
  readonly missingResource: 'error' | 'this-resource' | 'inert';
  readonly missingAction: 'error' | 'inert';
  readonly sid: 'alphanumeric' | 'free';
  readonly version: 'any' | '2012-10-17';
  readonly id: boolean;
  /** The most that AWS stores; left out where no page says. */
  readonly size?: PolicySizeQuota;
  readonly page: string;
}

/** What a statement is read under. */
export interface StatementRules {
  readonly type: PolicyType;
  readonly rules: PolicyTypeRules;
  /** Version 2012-10-17: `${…}` in resources and conditions is a policy variable. */
  readonly variables: boolean;
}

const GRAMMAR_PAGE = 'IAM User Guide, Grammar of the IAM JSON policy language';

const identity: PolicyTypeRules = {
  title: 'an identity policy',
  principal: 'forbidden',
  notPrincipal: false,
  notAction: true,
  allow: true,
  missingResource: 'error',
  missingAction: 'error',
  sid: 'alphanumeric',
  version: 'any',
  id: false,
  page: GRAMMAR_PAGE,
};

const resource: PolicyTypeRules = {
  title: 'a resource policy',
  principal: 'required',
  notPrincipal: true,
  notAction: true,
  allow: true,
  missingResource: 'this-resource',
  missingAction: 'error',
  sid: 'free',
  version: 'any',
  id: true,
  page: GRAMMAR_PAGE,
};

/** Sources: IAM User Guide, KMS and SQS Developer Guides, Organizations User Guide; sizes from the quota tables. */
export const POLICY_TYPES: Readonly<Record<PolicyType, PolicyTypeRules>> = {
  // No inline policy can be larger than all those of a role together.
  identity: { ...identity, ...size('role-inline-policies') },
  'permissions-boundary': { ...identity, title: 'a permissions boundary', ...size('managed-policy') },
  session: { ...identity, title: 'a session policy', ...size('session-policies') },
  queue: { ...resource, title: 'a queue policy', ...size('queue-policy') },
  topic: { ...resource, title: 'a topic policy' },
  resource,
  key: {
    ...resource,
    title: 'a key policy',
    missingResource: 'inert',
    missingAction: 'inert',
    page: 'KMS Developer Guide, Create a key policy',
    ...size('key-policy'),
  },
  scp: {
    ...identity,
    title: 'a service control policy',
    version: '2012-10-17',
    page: 'Organizations User Guide, SCP syntax',
    ...size('scp'),
  },
  rcp: {
    ...resource,
    title: 'a resource control policy',
    principal: 'everyone-only',
    notPrincipal: false,
    notAction: false,
    allow: false,
    missingResource: 'error',
    sid: 'alphanumeric',
    version: '2012-10-17',
    id: false,
    page: 'Organizations User Guide, RCP syntax',
    ...size('rcp'),
  },
  'vpc-endpoint': {
    ...resource,
    title: 'a VPC endpoint policy',
    missingResource: 'error',
    page: 'AWS PrivateLink Guide, Control access to VPC endpoints using endpoint policies',
    ...size('vpc-endpoint-policy'),
  },
};

/**
 * The rules for one document. Policies that AWS itself writes may do what customers' may not: exceed the size quota, and
 * `RCPFullAWSAccess` allows. An identity policy with an ARN is a managed one, which is smaller than inline ones may be.
 */
export function rulesFor(type: PolicyType, arn: string | undefined): PolicyTypeRules {
  const rules = POLICY_TYPES[type];
  if (arn === undefined) return rules;
  if (parseArn(arn)?.account === 'aws') {
    const { size: _unlimited, ...others } = rules;
    return { ...others, allow: true };
  }
  return type === 'identity' ? { ...rules, ...size('managed-policy') } : rules;
}

/** The name of each policy type is its own; anything else is not one. */
export function isPolicyType(text: string): text is PolicyType {
  return Object.hasOwn(POLICY_TYPES, text);
}

function size(name: PolicySizeQuota['name']): { readonly size: PolicySizeQuota } {
  const quota = POLICY_SIZE_QUOTAS.get(name);
  invariant(quota !== undefined, 'every policy size that is named here has its quota');
  return { size: quota };
}
