import type { PolicyType } from './policy.js';

/** What a policy of one type must, may and must not hold. */
export interface PolicyTypeRules {
  /** How messages call it. */
  readonly title: string;
  readonly principal: 'required' | 'forbidden' | 'everyone-only';
  readonly notPrincipal: boolean;
  readonly notAction: boolean;
  readonly allow: boolean;
  /** What a statement without `Resource` (or `Action`) means. */
  readonly missingResource: 'error' | 'this-resource' | 'inert';
  readonly missingAction: 'error' | 'inert';
  readonly sid: 'alphanumeric' | 'free';
  readonly version: 'any' | '2012-10-17';
  readonly id: boolean;
  /** Policies that belong to a principal or a guardrail; `false` for those attached to a resource. */
  readonly size?: { readonly limit: number; readonly unit: 'characters' | 'characters without white space' | 'bytes' };
  readonly page: string;
}

const IDENTITY_PAGE = 'IAM User Guide, Grammar of the IAM JSON policy language';

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
  page: IDENTITY_PAGE,
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
  page: IDENTITY_PAGE,
};

/** Sources: IAM, SQS, KMS and Organizations guides; sizes as of 2026. */
export const POLICY_TYPES: Readonly<Record<PolicyType, PolicyTypeRules>> = {
  identity: { ...identity, size: { limit: 10_240, unit: 'characters without white space' } },
  'permissions-boundary': {
    ...identity,
    title: 'a permissions boundary',
    size: { limit: 6_144, unit: 'characters without white space' },
  },
  session: { ...identity, title: 'a session policy', size: { limit: 2_048, unit: 'characters' } },
  queue: { ...resource, title: 'a queue policy', size: { limit: 8_192, unit: 'bytes' } },
  topic: { ...resource, title: 'a topic policy', size: { limit: 30_720, unit: 'bytes' } },
  resource,
  key: {
    ...resource,
    title: 'a key policy',
    missingResource: 'inert',
    missingAction: 'inert',
    size: { limit: 32_768, unit: 'bytes' },
    page: 'KMS Developer Guide, Create a key policy',
  },
  scp: {
    ...identity,
    title: 'a service control policy',
    version: '2012-10-17',
    size: { limit: 5_120, unit: 'characters' },
    page: 'Organizations User Guide, SCP syntax',
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
    size: { limit: 5_120, unit: 'characters' },
    page: 'Organizations User Guide, RCP syntax',
  },
  'vpc-endpoint': {
    ...resource,
    title: 'a VPC endpoint policy',
    size: { limit: 20_480, unit: 'characters' },
    page: 'AWS PrivateLink Guide, Control access to VPC endpoints using endpoint policies',
  },
};

/** The name of each policy type is its own; anything else is not one. */
export function isPolicyType(text: string): text is PolicyType {
  return Object.hasOwn(POLICY_TYPES, text);
}
