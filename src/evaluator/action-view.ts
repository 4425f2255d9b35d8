import { type ActionFacts, factsOfAction } from './action-facts.js';
import type { BoundLayer, BoundPolicies } from './bind.js';
import type { CompiledStatement } from './compile.js';
import { LAYER_BIT, type Layer } from './layer.js';
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
  readonly identity: Layered<LayerView> | undefined;
  readonly resource: Layered<LayerView> | undefined;
  readonly permissionsBoundary: Layered<LayerView> | undefined;
  readonly session: Layered<LayerView> | undefined;
  readonly scp: Layered<LayerView> | undefined;
  readonly rcp: Layered<LayerView> | undefined;
  readonly vpcEndpoint: Layered<LayerView> | undefined;
  /** The layers (as bits) that hold a deny about the action, or may. All others deny nothing, whoever calls. */
  readonly mayDeny: number;
  /** The layers (as bits) that let the action pass whatever the request: each level has an unconditional allow. */
  readonly alwaysAllow: number;
}

export function viewAction(policies: BoundPolicies, action: string): ActionView {
  const facts = factsOfAction(action);
  let mayDeny = 0;
  let alwaysAllow = 0;
  const view = (name: Layer, layer: Layered<BoundLayer> | undefined): Layered<LayerView> | undefined => {
    if (layer === undefined || layer === 'none') return layer;
    const found = layer === 'unknown' ? layer : viewLayer(layer, action, facts);
    if (found === 'unknown' || found.denies.length > 0) mayDeny |= LAYER_BIT[name];
    if (found !== 'unknown' && found.allows.every(holdsAlways)) alwaysAllow |= LAYER_BIT[name];
    return found;
  };
  const views = {
    identity: view('identity-policy', policies.identity),
    resource: view('resource-policy', policies.resource),
    permissionsBoundary: view('permissions-boundary', policies.permissionsBoundary),
    session: view('session-policy', policies.session),
    scp: view('scp', policies.scp),
    rcp: view('rcp', policies.rcp),
    vpcEndpoint: view('vpc-endpoint-policy', policies.vpcEndpoint),
  };
  return { facts, ...views, mayDeny, alwaysAllow };
}

function holdsAlways(level: readonly CompiledStatement[]): boolean {
  return level.some(({ unconditional }) => unconditional);
}

function viewLayer(layer: BoundLayer, action: string, { lowerCased }: ActionFacts): LayerView {
  const levels = layer.levels.map((level) => level.candidates(action, lowerCased));
  return { denies: levels.flatMap(({ denies }) => denies), allows: levels.map(({ allows }) => allows) };
}
