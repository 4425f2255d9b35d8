/**
 * Sizes and counts that AWS enforces on policies, keys and grants.
 *
 * Sources: IAM User Guide, "IAM and AWS STS quotas"; AWS Organizations User Guide, "Quotas"; KMS API Reference (2026)
 * and KMS Developer Guide, "Quotas" (June 2023); SQS Developer Guide, "Quotas related to policies" (June 2023).
 */
import type { Basis } from '../rules/rule.js';
import { byName, frozen } from './table.js';

export interface PolicySizeQuota {
  /** What is measured: one policy document, or all inline policies of a holder together. */
  readonly name:
    | 'user-inline-policies'
    | 'group-inline-policies'
    | 'role-inline-policies'
    | 'managed-policy'
    | 'role-trust-policy'
    | 'session-policies'
    | 'scp'
    | 'rcp'
    | 'key-policy'
    | 'queue-policy'
    | 'vpc-endpoint-policy';
  readonly limit: number;
  readonly unit: 'bytes' | 'characters' | 'charactersWithoutWhiteSpace';
  readonly adjustableTo?: number;
  readonly basis: Basis;
  readonly note?: string;
}

export const POLICY_SIZE_QUOTAS: ReadonlyMap<string, PolicySizeQuota> = byName<PolicySizeQuota>([
  {
    name: 'user-inline-policies',
    limit: 2_048,
    unit: 'charactersWithoutWhiteSpace',
    basis: 'documented',
  },
  {
    name: 'group-inline-policies',
    limit: 5_120,
    unit: 'charactersWithoutWhiteSpace',
    basis: 'documented',
  },
  {
    name: 'role-inline-policies',
    limit: 10_240,
    unit: 'charactersWithoutWhiteSpace',
    basis: 'documented',
  },
  { name: 'managed-policy', limit: 6_144, unit: 'charactersWithoutWhiteSpace', basis: 'documented' },
  {
    name: 'role-trust-policy',
    limit: 2_048,
    unit: 'charactersWithoutWhiteSpace',
    adjustableTo: 4_096,
    basis: 'documented',
  },
  {
    name: 'session-policies',
    limit: 2_048,
    unit: 'characters',
    basis: 'assumed',
    note: 'inline and managed session policies together; a limit on their packed size comes on top',
  },
  {
    name: 'scp',
    limit: 5_120,
    unit: 'characters',
    basis: 'documented',
    note: 'white space counts, unless the console saves the policy',
  },
  { name: 'rcp', limit: 5_120, unit: 'characters', basis: 'documented' },
  { name: 'key-policy', limit: 32_768, unit: 'bytes', basis: 'documented' },
  { name: 'queue-policy', limit: 8_192, unit: 'bytes', basis: 'documented' },
  { name: 'vpc-endpoint-policy', limit: 20_480, unit: 'characters', basis: 'assumed' },
]);

/** Counts inside one queue policy. `sqs:*` is one action. */
export const QUEUE_POLICY_QUOTAS = frozen({
  statements: { limit: 20, per: 'policy', basis: 'documented' },
  principals: { limit: 50, per: 'policy', basis: 'documented' },
  /** The page does not say whether it counts by policy or by statement. */
  conditions: { limit: 10, per: 'policy', basis: 'assumed' },
  actions: { limit: 7, per: 'statement', basis: 'documented' },
} as const);

export const ORGANIZATION_QUOTAS = frozen({
  scpsPerTarget: 5,
  /** `RCPFullAWSAccess` takes one of them and cannot be detached. */
  rcpsPerTarget: 5,
  managedSessionPolicies: 10,
} as const);

export const KMS_QUOTAS = frozen({
  keysPerRegion: 100_000,
  aliasesPerKey: 50,
  grantsPerKey: 50_000,
  /** Pairs in the encryption context of one grant constraint. */
  grantConstraintPairs: 8,
  grantConstraintCharacters: 384,
  deletionWindowInDays: { min: 7, max: 30, default: 30 },
  rotationPeriodInDays: { min: 90, max: 2_560, default: 365 },
} as const);

/** Characters that policy documents can hold, IAM's and key policies alike, as inclusive ranges of code points. */
export const POLICY_CHARACTERS: readonly (readonly [from: number, to: number])[] = frozen([
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x20, 0xff],
] as const);
