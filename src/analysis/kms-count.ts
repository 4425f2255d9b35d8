import type { Asked, Outcome } from '../replay/outcome.js';
import { callerName } from '../services/denial.js';
import { isDirect, kmsAsked, refusedUnasked } from './kms-requests.js';

/** How often somebody has asked KMS for something on one key. */
export interface KmsCount {
  /** A principal by name, anybody else as AWS prints them; a service by its host. */
  readonly who: string;
  readonly action: string;
  /** The key, by name. */
  readonly key: string;
  readonly requests: number;
  /** Those of the requests that were refused. */
  readonly refused: number;
}

/** The requests to KMS that calls made, their hops included, by principal, action and key; in the order in which each was first made. */
export function countKmsRequests(outcomes: Iterable<Outcome>): readonly KmsCount[] {
  const counter = new KmsCounter();
  for (const outcome of outcomes) counter.add(outcome);
  return counter.counts();
}

/** Counts that were made apart, together. */
export function sumKmsCounts(parts: Iterable<readonly KmsCount[]>): readonly KmsCount[] {
  const counter = new KmsCounter();
  for (const counts of parts) for (const count of counts) counter.put(count);
  return counter.counts();
}

/** Counts while calls are made, so that their outcomes need not be kept. */
export class KmsCounter {
  private readonly found = new Map<string, KmsCount>();

  add(outcome: Outcome): void {
    const { call, hops, refusal } = outcome;
    const who = call.principal?.name ?? callerName(call.caller);
    const asked = kmsAsked(outcome);
    const unasked = refusedUnasked(outcome);
    if (isDirect(outcome)) {
      const key = asked[0]?.ask.on ?? refusal?.on ?? '*';
      this.put({ who, action: call.api, key, requests: 1, refused: refusal === undefined ? 0 : 1 });
    } else {
      for (const each of asked) this.put({ who, ...requestOf(each, outcome) });
      if (unasked !== undefined)
        this.put({ who, action: unasked.at, key: unasked.on, requests: 1, refused: 1 });
    }
    for (const { outcome: inner, deadLetter } of hops) {
      this.add(inner);
      if (deadLetter !== undefined) this.add(deadLetter.outcome);
    }
  }

  put(count: KmsCount): void {
    const slot = JSON.stringify([count.who, count.action, count.key]);
    const known = this.found.get(slot);
    this.found.set(
      slot,
      known === undefined
        ? count
        : { ...known, requests: known.requests + count.requests, refused: known.refused + count.refused },
    );
  }

  counts(): readonly KmsCount[] {
    return [...this.found.values()];
  }
}

/** The last request is the one that was refused, by a policy or for the state of the key. */
function requestOf(asked: Asked, { asked: all, refusal }: Outcome): Omit<KmsCount, 'who'> {
  const { ask } = asked;
  const isRefused =
    refusal?.asked === asked ||
    (refusal?.check !== undefined && asked === all.at(-1) && refusal.at === ask.request.action);
  return { action: ask.request.action, key: ask.on, requests: 1, refused: isRefused ? 1 : 0 };
}
