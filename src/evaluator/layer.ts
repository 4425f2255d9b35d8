/** The layers of policies, in the order in which explicit denies are reported. */
export const LAYERS = [
  'rcp',
  'scp',
  'vpc-endpoint-policy',
  'resource-policy',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
  'grant',
] as const;

export type Layer = (typeof LAYERS)[number];

/**
 * The one vocabulary for "who decided": the layers, the resource policy under the name people know it by,
 * and refusals that are no policy at all. The same strings stand in verdicts, scenarios, JSON and test matchers.
 */
export const DECIDERS = [
  'identity-policy',
  'queue-policy',
  'key-policy',
  'topic-policy',
  'resource-policy',
  'permissions-boundary',
  'session-policy',
  'scp',
  'rcp',
  'vpc-endpoint-policy',
  'grant',
  'key-state',
  'not-found',
  'cross-account-exclusion',
  'parameter',
  'quota',
] as const;

export type Decider = (typeof DECIDERS)[number];

/** The name of the resource policy of a service's resources. */
export function resourcePolicyName(service: string): Decider {
  switch (service) {
    case 'sqs':
      return 'queue-policy';
    case 'kms':
      return 'key-policy';
    case 'sns':
      return 'topic-policy';
    default:
      return 'resource-policy';
  }
}

/** Layers as a bit set, for sets of layers that cost nothing. */
export const LAYER_BIT: Readonly<Record<Layer, number>> = {
  rcp: 1,
  scp: 2,
  'vpc-endpoint-policy': 4,
  'resource-policy': 8,
  'identity-policy': 16,
  'permissions-boundary': 32,
  'session-policy': 64,
  grant: 128,
};

/** The same, spelled out: a look-up by name is dear where it is made for every layer of every decision. */
export function bitOf(layer: Layer): number {
  switch (layer) {
    case 'rcp':
      return 1;
    case 'scp':
      return 2;
    case 'vpc-endpoint-policy':
      return 4;
    case 'resource-policy':
      return 8;
    case 'identity-policy':
      return 16;
    case 'permissions-boundary':
      return 32;
    case 'session-policy':
      return 64;
    case 'grant':
      return 128;
  }
}

export function layersOf(mask: number): readonly Layer[] {
  return LAYERS.filter((layer) => (LAYER_BIT[layer] & mask) !== 0);
}
