/**
 * How far an allow of a resource policy (or a grant) reaches the caller: not at all; through its account, which only
 * delegates; through its role (or the user behind a federated session), which boundary and session policy limit;
 * or directly. The order matters: the strongest allow counts.
 */
export type Reach = 0 | 1 | 2 | 3;

export const NO_REACH: Reach = 0;
export const ACCOUNT_REACH: Reach = 1;
export const ROLE_REACH: Reach = 2;
export const DIRECT_REACH: Reach = 3;

/** The set of reaches that are still possible: bit `1 << reach`. */
export type ReachSet = number;

export function isDefinite(set: ReachSet): boolean {
  return (set & (set - 1)) === 0;
}

export function strongest(set: ReachSet): Reach {
  if (set >= 8) return DIRECT_REACH;
  if (set >= 4) return ROLE_REACH;
  return set >= 2 ? ACCOUNT_REACH : NO_REACH;
}

export function reachesIn(set: ReachSet): readonly Reach[] {
  return ([0, 1, 2, 3] as const).filter((reach) => (set & (1 << reach)) !== 0);
}
