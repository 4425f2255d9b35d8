import type { AccountId } from '../syntax/arn.js';
import type { World } from './world.js';

/** Whose quota a request counts against: an account's in a Region. */
export interface QuotaHolder {
  readonly account: AccountId;
  readonly region: string;
}

/**
 * The world in which one more KMS request was made in this second of the clock; `undefined` if the quota is used up. A
 * world without a quota counts nothing. Page: KMS Developer Guide, Request quotas. Rule: KMS-REQUEST-QUOTA
 */
export function countKmsRequest(world: World, { account, region }: QuotaHolder): World | undefined {
  const quota = world.state.kmsRequestsPerSecond;
  if (quota === undefined) return world;
  const second = Math.floor(world.now / 1000);
  const slot = `${account} ${region}`;
  const before = world.state.kmsRequests?.get(slot);
  const count = before?.second === second ? before.count : 0;
  if (count >= quota) return undefined;
  const kmsRequests = new Map(world.state.kmsRequests).set(slot, { second, count: count + 1 });
  return { ...world, state: { ...world.state, kmsRequests } };
}
