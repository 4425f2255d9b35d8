import type { AccountId } from '../syntax/arn.js';
import type { Call } from './call.js';
import type { CachedDataKey, Instant, Queue, State, World } from './world.js';

/**
 * Who shares a data key in SQS's caches: an account, user or role with the same session policies. Another session
 * name does not make another requester. Page: SQS Developer Guide, Key management. Rule: SQS-CACHED-DATA-KEY
 */
export function requesterOf(call: Call): string {
  const { caller, session, principal } = call;
  switch (caller.kind) {
    case 'user':
    case 'federatedUser':
      return caller.arn.text;
    case 'session': {
      const policies = session?.policies ?? principal?.session?.policies ?? [];
      return [caller.role.text, ...policies.map(({ statements }) => JSON.stringify(statements))].join(' ');
    }
    case 'root':
      return rootOf(caller.account);
    case 'service':
      return `${caller.host} ${call.source?.arn ?? ''}`;
    case 'anonymous':
      return 'anonymous';
  }
}

function rootOf(account: AccountId): string {
  return `root of ${account}`;
}

/** The data key in the encryption cache of this requester and queue, while it may be used. */
export function cachedForSending(
  world: World,
  queue: Queue,
  keyArn: string,
  requester: string,
): CachedEntry | undefined {
  return entry(world, queue, sendingSlot(queue, keyArn, requester));
}

/** Whether the decryption cache of this requester and queue holds the data key. Rule: SQS-CACHES-ARE-APART */
export function cachedForReceiving(
  world: World,
  queue: Queue,
  dataKey: string,
  requester: string,
): CachedEntry | undefined {
  return entry(world, queue, receivingSlot(queue, dataKey, requester));
}

export interface CachedEntry {
  readonly dataKey: string;
  readonly until: Instant;
}

function entry(world: World, queue: Queue, slot: string): CachedEntry | undefined {
  if (!world.state.cachesDataKeys) return undefined;
  const found = world.state.dataKeys.get(slot);
  if (found === undefined) return undefined;
  const until = found.obtained + reusePeriodOf(queue);
  return world.now < until ? { dataKey: found.dataKey, until } : undefined;
}

/** In milliseconds; the decryption cache of a queue that is no longer encrypted keeps AWS's default. */
function reusePeriodOf(queue: Queue): number {
  return queue.encryption.sse === 'kms' ? queue.encryption.reusePeriod : 300_000;
}

function sendingSlot(queue: Queue, keyArn: string, requester: string): string {
  return `send ${queue.arn.text} ${keyArn} ${requester}`;
}

function receivingSlot(queue: Queue, dataKey: string, requester: string): string {
  return `receive ${queue.arn.text} ${dataKey} ${requester}`;
}

export function rememberForSending(state: State, queue: Queue, requester: string, key: CachedDataKey): State {
  return remember(state, sendingSlot(queue, key.keyArn, requester), key);
}

export function rememberForReceiving(
  state: State,
  queue: Queue,
  requester: string,
  key: CachedDataKey,
): State {
  return remember(state, receivingSlot(queue, key.dataKey, requester), key);
}

function remember(state: State, slot: string, key: CachedDataKey): State {
  return { ...state, dataKeys: new Map(state.dataKeys).set(slot, key) };
}
