import type { Asked, Outcome, Refusal } from '../replay/outcome.js';
import { serviceOf } from '../world/call.js';

/** What a call itself asked of KMS, its hops left out: refused requests count, those that a cached data key answers do not. */
export function kmsAsked({ asked }: Outcome): readonly Asked[] {
  return asked.filter(({ cached, ask }) => !cached && ask.request.action.startsWith('kms:'));
}

/** However many permissions a direct call of KMS needs, it is one request. */
export function isDirect({ call }: Outcome): boolean {
  return serviceOf(call) === 'kms';
}

/** The request to KMS that was refused before a policy was asked: no such key, or too many requests. */
export function refusedUnasked(outcome: Outcome): Refusal | undefined {
  const { refusal, hops } = outcome;
  // What a hop was refused is written there.
  if (refusal?.check === undefined || !refusal.at.startsWith('kms:') || hops.length > 0) return undefined;
  const asked = kmsAsked(outcome);
  const isAsked = isDirect(outcome)
    ? asked.length > 0
    : asked.some(({ ask }) => ask.request.action === refusal.at && ask.on === refusal.on);
  return isAsked ? undefined : refusal;
}
