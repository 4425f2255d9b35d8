import { accountOf } from '../evaluator/principal.js';
import type { ApplicablePolicies, Grant } from '../evaluator/request.js';
import type { Policy } from '../policy/policy.js';
import type { AccountId } from '../syntax/arn.js';
import { type Call, serviceOf } from './call.js';
import { membershipOf } from './organization.js';
import type { World } from './world.js';

export interface PolicySubject {
  readonly owner: AccountId;
  readonly policy: Policy | undefined;
  readonly grants?: readonly Grant[];
  readonly keyManager?: 'customer' | 'aws';
  /** A call that a service makes for the caller does not pass the caller's endpoint. */
  readonly forwarded: boolean;
}

/**
 * The policies that apply to a call about one resource. Where the world says nothing about organizations, SCPs and
 * RCPs count as not given: the verdict says that it assumed there are none.
 */
export function policiesFor(world: World, call: Call, subject: PolicySubject): ApplicablePolicies {
  const { estate } = world;
  const describesOrganizations = estate.organizations.length > 0;
  const callers = membershipOf(estate, accountOf(call.caller));
  const owners = membershipOf(estate, subject.owner);
  const { principal } = call;
  const endpoint = call.path.endpoint === undefined ? undefined : estate.endpoints.get(call.path.endpoint);
  const enters = !subject.forwarded && endpoint !== undefined && endpoint.service === serviceOf(call);
  const sessionPolicies = call.session?.policies ?? principal?.session?.policies;
  const noneOrUnsaid = describesOrganizations ? { scp: 'none' as const } : {};
  return {
    ...(principal === undefined ? {} : { identity: principal.identity }),
    ...(principal === undefined
      ? {}
      : { permissionsBoundary: principal.permissionsBoundary ?? ('none' as const) }),
    ...(sessionPolicies === undefined
      ? principal === undefined
        ? {}
        : { session: 'none' as const }
      : { session: sessionPolicies }),
    resource: subject.policy ?? 'none',
    ...(callers === undefined ? noneOrUnsaid : { scp: callers.scps }),
    ...(owners === undefined
      ? describesOrganizations
        ? { rcp: 'none' as const }
        : {}
      : { rcp: owners.rcps }),
    ...(call.path.endpoint === undefined || subject.forwarded ? { vpcEndpoint: 'none' as const } : {}),
    ...(enters ? { vpcEndpoint: endpoint.policy ?? ('none' as const) } : {}),
    grants: subject.grants ?? 'none',
    keyManager: subject.keyManager ?? 'customer',
    principalInManagementAccount: callers?.isManagement ?? false,
    resourceInManagementAccount: owners?.isManagement ?? false,
  };
}
