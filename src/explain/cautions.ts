import type { Layer } from '../evaluator/layer.js';
import type { Asked, Hop, Outcome } from '../replay/outcome.js';
import { DECIDER_WORDS } from './assumption.js';
import { traceOf } from './explanation.js';
import { compareSourceAddress, sourceAddressTexts } from './source-address.js';

/**
 * What somebody should know before trusting a success: that a data key answered although KMS would refuse now, that
 * AWS's pages disagree on what it rests on, or that it rests on a reading of ours. Its hops included.
 */
export function cautionsOf(outcome: Outcome): readonly string[] {
  const own = [...cachedThoughRefused(outcome), ...outcome.asked.flatMap((asked) => cautionOf(asked) ?? [])];
  const caused = outcome.hops.flatMap((hop) => [...roleOfTarget(hop), ...cautionsOf(hop.outcome)]);
  return [...new Set([...own, ...caused])];
}

/** Copies of the page disagree on whether EventBridge uses a role for queues, above all for encrypted ones. Rule: EVENTS-ROLE-IS-THE-CALLER */
function roleOfTarget({ from, to, why, fate, outcome }: Hop): readonly string[] {
  const isRole = why === 'EVENTS-RETRIES-THEN-DROPS' && outcome.call.caller.kind === 'session';
  const isEncrypted = outcome.world.estate.queues.get(to)?.encryption.sse === 'kms';
  if (!isRole || !isEncrypted || fate !== 'arrived') return [];
  return [
    `${from} sends to the encrypted queue ${to} with a role; copies of AWS’s page say that such deliveries may fail and that no role should be set (assumed)`,
  ];
}

/** Both verdicts, side by side: what the cache gave, and what a cold one would. Rule: SQS-CACHE-OUTLIVES-REVOCATION */
function cachedThoughRefused({ cold, at }: Outcome): readonly string[] {
  if (cold === undefined) return [];
  const seconds = Math.ceil((cold.until - at) / 1000);
  const would = cold.undetermined ? 'may refuse' : 'refuses';
  return [
    `warm cache: allowed, served from a cached data key, good for ${seconds} s more`,
    `cold cache: ${cold.error.code}, KMS ${would} ${cold.at} on ${cold.on} (${DECIDER_WORDS[cold.by]})`,
  ];
}

function cautionOf(asked: Asked): string | undefined {
  const { ask, verdict, cached } = asked;
  if (cached || verdict.decision !== 'allowed') return undefined;
  const address = compareSourceAddress(ask, verdict);
  if (address === undefined) return throughEveryone(asked);
  const service = ask.request.through?.service.toUpperCase() ?? 'SQS';
  return `on ${ask.on}: ${sourceAddressTexts(address, service)[0]}`;
}

/** Rule: EVAL-EVERYONE-IS-DIRECT */
function throughEveryone({ ask, verdict }: Asked): string | undefined {
  if (!verdict.rules.includes('EVAL-EVERYONE-IS-DIRECT')) return undefined;
  const limiting: readonly Layer[] = ['permissions-boundary', 'session-policy'];
  const silent = traceOf(ask).find(
    (entry) => entry.what === 'layer' && limiting.includes(entry.layer) && entry.allows === 1,
  );
  if (silent?.what !== 'layer') return undefined;
  const layer =
    DECIDER_WORDS[silent.layer === 'permissions-boundary' ? 'permissions-boundary' : 'session-policy'];
  return `${ask.request.action} on ${ask.on}: allowed through Principal "*" although the ${layer} does not allow it, which is our reading of AWS’s pages (assumed)`;
}
