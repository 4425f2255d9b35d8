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
  return entry(world, queue, sendingSlot(keyArn, requester));
}

/** Whether the decryption cache of this requester and queue holds the data key. Rule: SQS-CACHES-ARE-APART */
export function cachedForReceiving(
  world: World,
  queue: Queue,
  dataKey: string,
  requester: string,
): CachedEntry | undefined {
  return entry(world, queue, receivingSlot(dataKey, requester));
}

export interface CachedEntry {
  readonly dataKey: string;
  readonly until: Instant;
}

function entry(world: World, queue: Queue, slot: string): CachedEntry | undefined {
  if (!world.state.cachesDataKeys) return undefined;
  const found = world.state.dataKeys.get(queue.arn.text)?.get(slot);
  if (found === undefined) return undefined;
  const until = found.obtained + reusePeriodOf(queue);
  return world.now < until ? { dataKey: found.dataKey, until } : undefined;
}

/** In milliseconds; the decryption cache of a queue that is no longer encrypted keeps AWS's default. */
function reusePeriodOf(queue: Queue): number {
  return queue.encryption.sse === 'kms' ? queue.encryption.reusePeriod : 300_000;
}

function sendingSlot(keyArn: string, requester: string): string {
  return `send ${keyArn} ${requester}`;
}

function receivingSlot(dataKey: string, requester: string): string {
  return `receive ${dataKey} ${requester}`;
}

export function rememberForSending(state: State, queue: Queue, requester: string, key: CachedDataKey): State {
  return remember(state, queue, sendingSlot(key.keyArn, requester), key);
}

export function rememberForReceiving(
  state: State,
  queue: Queue,
  requester: string,
  key: CachedDataKey,
): State {
  return remember(state, queue, receivingSlot(key.dataKey, requester), key);
}

/** Beyond the longest reuse period that SQS takes no data key is of any use. Page: SQS API Reference, SetQueueAttributes. */
const LONGEST_REUSE = 86_400_000;

function remember(state: State, queue: Queue, slot: string, key: CachedDataKey): State {
  const kept = new Map(state.dataKeys.get(queue.arn.text));
  for (const [known, { obtained }] of kept) if (key.obtained - obtained >= LONGEST_REUSE) kept.delete(known);
  kept.set(slot, key);
  return { ...state, dataKeys: new Map(state.dataKeys).set(queue.arn.text, kept) };
}
