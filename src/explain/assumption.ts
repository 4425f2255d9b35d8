import type { Decider, Layer } from '../evaluator/layer.js';
import type { Basis } from '../rules/rule.js';
import { listed } from './plain-text.js';

/** How certain a rule of AWS is, in one word: AWS says so, it was seen, or it is the best reading. */
export type Certainty = 'certain' | 'observed' | 'assumed';

export function certainty(basis: Basis): Certainty {
  switch (basis) {
    case 'documented':
      return 'certain';
    case 'observed':
      return 'observed';
    case 'assumed':
      return 'assumed';
  }
}

/** A layer, or another reason to refuse, as people call it. */
export const DECIDER_WORDS: Readonly<Record<Decider, string>> = {
  'identity-policy': 'identity policies',
  'queue-policy': 'queue policy',
  'key-policy': 'key policy',
  'topic-policy': 'topic policy',
  'resource-policy': 'resource policy',
  'permissions-boundary': 'permissions boundary',
  'session-policy': 'session policy',
  scp: 'service control policies',
  rcp: 'resource control policies',
  'vpc-endpoint-policy': 'VPC endpoint policy',
  grant: 'grants',
  'key-state': 'state of the key',
  'not-found': 'missing resource',
  'cross-account-exclusion': 'list of operations that cannot be shared across accounts',
  parameter: 'parameters of the call',
  quota: 'quota of requests',
};

/** Layers that can only take away; the others can also give. */
const ONLY_RESTRICT: ReadonlySet<Layer> = new Set([
  'scp',
  'rcp',
  'permissions-boundary',
  'session-policy',
  'vpc-endpoint-policy',
]);

/**
 * The layers that were not given, and what was assumed of them, in words: `not given: service control policies;
 * assumed not to restrict`. Empty when nothing was assumed.
 */
export function assumptionText(assumed: readonly Layer[], allowed = false): string {
  const limits = assumed.filter((layer) => allowed || ONLY_RESTRICT.has(layer));
  const gifts = assumed.filter((layer) => !limits.includes(layer));
  const words = (layers: readonly Layer[]): string => layers.map((layer) => DECIDER_WORDS[layer]).join(', ');
  const parts = [
    ...(limits.length === 0 ? [] : [`${words(limits)}; assumed not to restrict`]),
    ...(gifts.length === 0 ? [] : [`${words(gifts)}; assumed not to allow`]),
  ];
  return parts.length === 0 ? '' : `not given: ${listed(parts)}`;
}
