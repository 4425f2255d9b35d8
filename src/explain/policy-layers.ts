import { LAYERS, type Layer } from '../evaluator/layer.js';
import type { ApplicablePolicies } from '../evaluator/request.js';
import type { Policy } from '../policy/policy.js';

/** The layers that hold policies: all but grants. */
export type PolicyLayer = Exclude<Layer, 'grant'>;

export const POLICY_LAYERS: readonly PolicyLayer[] = LAYERS.filter((layer) => layer !== 'grant');

type Levels = Policy | readonly Policy[] | readonly (readonly Policy[])[];
type Given = Levels | 'none' | 'unknown' | undefined;

/** What was said of a layer: its policies, that there are none, that it is not known, or nothing. */
export const GIVEN_OF: Readonly<Record<PolicyLayer, (policies: ApplicablePolicies) => Given>> = {
  rcp: ({ rcp }) => rcp,
  scp: ({ scp }) => scp,
  'vpc-endpoint-policy': ({ vpcEndpoint }) => vpcEndpoint,
  'resource-policy': ({ resource }) => resource,
  'identity-policy': ({ identity }) => identity,
  'permissions-boundary': ({ permissionsBoundary }) => permissionsBoundary,
  'session-policy': ({ session }) => session,
};

/** The policies of a layer, at one level where the layer has several. */
export function policiesOf(
  policies: ApplicablePolicies,
  layer: PolicyLayer,
  level?: number,
): readonly Policy[] {
  const given = GIVEN_OF[layer](policies);
  if (given === undefined || typeof given === 'string') return [];
  const levels = [given].flat();
  const wanted = level === undefined ? levels : levels.slice(level, level + 1);
  return wanted.flat();
}
