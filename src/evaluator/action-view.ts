import { type ActionFacts, factsOfAction } from './action-facts.js';
import type { BoundLayer, BoundPolicies } from './bind.js';
import type { DenyingLayer } from './combine.js';
import type { CompiledStatement } from './compile.js';
import { LAYER_BIT } from './layer.js';
import type { Layered } from './request.js';

/** What the policies of one layer can say about one action. */
export interface LayerView {
  /** The denies of all levels. */
  readonly denies: readonly CompiledStatement[];
  /** The allows, level by level. */
  readonly allows: readonly (readonly CompiledStatement[])[];
}

/**
 * What all policies together can say about one action: most layers of most requests are settled by it, so that a
 * decision asks only the statements that can make a difference.
 */
export interface ActionView {
  readonly facts: ActionFacts;
  readonly layers: Readonly<Record<DenyingLayer, Layered<LayerView> | undefined>>;
  /** The layers (as bits) that hold a deny about the action, or may. All others deny nothing, whoever calls. */
  readonly mayDeny: number;
  /** The layers (as bits) that let the action pass whatever the request: each level has an unconditional allow. */
  readonly alwaysAllow: number;
}

export function viewAction(policies: BoundPolicies, action: string): ActionView {
  const facts = factsOfAction(action);
  const view = (layer: Layered<BoundLayer> | undefined): Layered<LayerView> | undefined =>
    layer === undefined || typeof layer === 'string' ? layer : viewLayer(layer, action, facts);
  const layers: ActionView['layers'] = {
    rcp: view(policies.rcp),
    scp: view(policies.scp),
    'vpc-endpoint-policy': view(policies.vpcEndpoint),
    'resource-policy': view(policies.resource),
    'identity-policy': view(policies.identity),
    'permissions-boundary': view(policies.permissionsBoundary),
    'session-policy': view(policies.session),
  };
  let mayDeny = 0;
  let alwaysAllow = 0;
  for (const [name, layer] of Object.entries(layers)) {
    const bit = LAYER_BIT[name as DenyingLayer];
    if (layer === undefined || layer === 'none') continue;
    if (layer === 'unknown' || layer.denies.length > 0) mayDeny |= bit;
    if (layer !== 'unknown' && layer.allows.every((level) => level.some(({ unconditional }) => unconditional))) {
      alwaysAllow |= bit;
    }
  }
  return { facts, layers, mayDeny, alwaysAllow };
}

function viewLayer(layer: BoundLayer, action: string, { lowerCased }: ActionFacts): LayerView {
  const levels = layer.levels.map((level) => level.candidates(action, lowerCased));
  return { denies: levels.flatMap(({ denies }) => denies), allows: levels.map(({ allows }) => allows) };
}
