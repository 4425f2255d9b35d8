import type { PolicyType } from '../../src/policy/policy.js';

/** What AWS's pages say about the policies of one type, in the terms that faults are judged by. */
export interface GrammarFacts {
  readonly type: PolicyType;
  /** `star`: only `"Principal": "*"`. */
  readonly principal: 'required' | 'forbidden' | 'star';
  /** Version must be there and be 2012-10-17. */
  readonly newVersion: boolean;
  /** Id belongs to resource policies. */
  readonly id: boolean;
  /** Sids of letters and digits alone, each once. */
  readonly strictSid: boolean;
  readonly denyOnly: boolean;
  readonly notAction: boolean;
  /** KMS stores a statement without Resource or Action, which then does nothing; queue policies without Resource are met. */
  readonly missingResource: 'error' | 'inert' | 'read';
  readonly missingAction: 'error' | 'inert';
}

const IDENTITY = {
  principal: 'forbidden',
  newVersion: false,
  id: false,
  strictSid: true,
  denyOnly: false,
  notAction: true,
  missingResource: 'error',
  missingAction: 'error',
} as const;

const RESOURCE = {
  ...IDENTITY,
  principal: 'required',
  id: true,
  strictSid: false,
  missingResource: 'read',
} as const;

/**
 * Pages: IAM User Guide, Grammar of the IAM JSON policy language, and JSON policy elements: Id, Sid, Principal, NotPrincipal;
 * Organizations User Guide, SCP syntax and RCP syntax; KMS Developer Guide, Create a key policy; SQS Developer Guide,
 * Custom policies; AWS PrivateLink Guide, Control access to VPC endpoints using endpoint policies.
 */
export const GRAMMAR: readonly GrammarFacts[] = [
  { type: 'identity', ...IDENTITY },
  { type: 'permissions-boundary', ...IDENTITY },
  { type: 'session', ...IDENTITY },
  { type: 'scp', ...IDENTITY, newVersion: true },
  { type: 'queue', ...RESOURCE },
  { type: 'topic', ...RESOURCE },
  { type: 'resource', ...RESOURCE },
  { type: 'key', ...RESOURCE, missingResource: 'inert', missingAction: 'inert' },
  { type: 'vpc-endpoint', ...RESOURCE, missingResource: 'error' },
  {
    type: 'rcp',
    ...IDENTITY,
    principal: 'star',
    newVersion: true,
    denyOnly: true,
    notAction: false,
  },
];
