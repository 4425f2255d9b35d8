import type { AccountId } from '../syntax/arn.js';
import type { Call } from './call.js';
import type { CachedDataKey, Instant, Queue, State, Topic, World } from './world.js';

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
  return entry(world, queue.arn.text, reusePeriodOf(queue), sendingSlot(keyArn, requester));
}

/** The data key that SNS keeps for this publisher and topic, while it may be used. Rule: SNS-TOPIC-KEY-IS-REUSED */
export function cachedForPublishing(
  world: World,
  topic: Topic,
  keyArn: string,
  requester: string,
): CachedEntry | undefined {
  return entry(world, topic.arn.text, DEFAULT_REUSE, sendingSlot(keyArn, requester));
}

/** Whether the decryption cache of this requester and queue holds the data key. Rule: SQS-CACHES-ARE-APART */
export function cachedForReceiving(
  world: World,
  queue: Queue,
  dataKey: string,
  requester: string,
): CachedEntry | undefined {
  return entry(world, queue.arn.text, reusePeriodOf(queue), receivingSlot(dataKey, requester));
}

export interface CachedEntry {
  readonly dataKey: string;
  readonly until: Instant;
}

function entry(world: World, holder: string, reusePeriod: number, slot: string): CachedEntry | undefined {
  if (!world.state.cachesDataKeys) return undefined;
  const found = world.state.dataKeys.get(holder)?.get(slot);
  if (found === undefined) return undefined;
  const until = found.obtained + reusePeriod;
  return world.now < until ? { dataKey: found.dataKey, until } : undefined;
}

/** In milliseconds: what queues have unless told otherwise, and topics always. */
const DEFAULT_REUSE = 300_000;

/** In milliseconds; the decryption cache of a queue that is no longer encrypted keeps AWS's default. */
function reusePeriodOf(queue: Queue): number {
  return queue.encryption.sse === 'kms' ? queue.encryption.reusePeriod : DEFAULT_REUSE;
}

function sendingSlot(keyArn: string, requester: string): string {
  return `send ${keyArn} ${requester}`;
}

function receivingSlot(dataKey: string, requester: string): string {
  return `receive ${dataKey} ${requester}`;
}

export function rememberForSending(state: State, queue: Queue, requester: string, key: CachedDataKey): State {
  return remember(state, queue.arn.text, sendingSlot(key.keyArn, requester), key);
}

export function rememberForPublishing(
  state: State,
  topic: Topic,
  requester: string,
  key: CachedDataKey,
): State {
  return remember(state, topic.arn.text, sendingSlot(key.keyArn, requester), key);
}

export function rememberForReceiving(
  state: State,
  queue: Queue,
  requester: string,
  key: CachedDataKey,
): State {
  return remember(state, queue.arn.text, receivingSlot(key.dataKey, requester), key);
}

/** Beyond the longest reuse period that SQS takes no data key is of any use. Page: SQS API Reference, SetQueueAttributes. */
const LONGEST_REUSE = 86_400_000;

function remember(state: State, holder: string, slot: string, key: CachedDataKey): State {
  const kept = new Map(state.dataKeys.get(holder));
  for (const [known, { obtained }] of kept) if (key.obtained - obtained >= LONGEST_REUSE) kept.delete(known);
  kept.set(slot, key);
  return { ...state, dataKeys: new Map(state.dataKeys).set(holder, kept) };
}
