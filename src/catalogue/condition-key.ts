import type { Segment } from './segment.js';

/** What a value of the key looks like, and so which operators fit it. */
export type ConditionKeyType = 'String' | 'ARN' | 'Bool' | 'Numeric' | 'Date' | 'IP' | 'Binary';

/** The policy types that a restricted key works in; it is absent from requests as other policies see them. */
export type RestrictedPolicyType = 'identity' | 'permissions-boundary' | 'session' | 'scp';

/** One row of AWS's condition key tables. */
export interface ConditionKey {
  /** As AWS spells it; letter case does not matter. A name that ends in `/` or `:` is a prefix: the rest is a tag key or the like. */
  readonly name: string;
  readonly type: ConditionKeyType;
  /** A second type whose operators fit as well: an instant can also be compared as seconds. */
  readonly alsoType?: ConditionKeyType;
  /** Multivalued: needs `ForAllValues:` or `ForAnyValue:`, and cannot be a policy variable. */
  readonly many: boolean;
  readonly segment: Segment;
  /** Left out: works in every policy type. */
  readonly policyTypes?: readonly RestrictedPolicyType[];
  /** AWS calls wildcards in its values always wrong. */
  readonly sensitive?: true;
  readonly note?: string;
}

type Traits = Partial<Omit<ConditionKey, 'name' | 'type' | 'segment'>>;

/** A row; single-valued unless the traits say otherwise. */
export function conditionKeyRow(
  name: string,
  type: ConditionKeyType,
  segment: Segment,
  traits: Traits = {},
): ConditionKey {
  return { name, type, many: false, segment, ...traits };
}
