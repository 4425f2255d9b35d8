import type { Outcome } from '../replay/outcome.js';
import { callerName } from '../services/denial.js';

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

/** Counts while calls are made, so that their outcomes need not be kept. */
export class KmsCounter {
  private readonly found = new Map<string, KmsCount>();

  add(outcome: Outcome): void {
    const { call, refusal } = outcome;
    for (const asked of outcome.asked) {
      const { ask, cached } = asked;
      if (cached || !ask.request.action.startsWith('kms:')) continue;
      const who = call.principal?.name ?? callerName(call.caller);
      const refusedHere =
        refusal?.asked === asked ||
        (refusal?.check !== undefined && asked === outcome.asked.at(-1) && refusal.at === ask.request.action);
      this.put({ who, action: ask.request.action, key: ask.on, requests: 1, refused: refusedHere ? 1 : 0 });
    }
    for (const { outcome: inner, deadLetter } of outcome.hops) {
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
