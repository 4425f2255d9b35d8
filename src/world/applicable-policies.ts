import { accountOf } from '../evaluator/principal.js';
import type { ApplicablePolicies, Grant } from '../evaluator/request.js';
import type { Policy } from '../policy/policy.js';
import type { AccountId } from '../syntax/arn.js';
import { type Call, serviceOf } from './call.js';
import { type Membership, membershipOf } from './organization.js';
import type { Principal, VpcEndpoint, World } from './world.js';

export interface PolicySubject {
  readonly owner: AccountId;
  readonly policy: Policy | undefined;
  readonly grants?: readonly Grant[];
  readonly keyManager?: 'customer' | 'aws';
  /** A call that a service makes for the caller does not pass the caller's endpoint. */
  readonly forwarded: boolean;
}

/** What the policies of a request follow from. Every part is an object of the world or of the call, so it is itself while nothing changed. */
interface Parts {
  readonly callers: Membership | undefined;
  readonly owners: Membership | undefined;
  readonly describesOrganizations: boolean;
  readonly principal: Principal | undefined;
  readonly session: readonly Policy[] | undefined;
  readonly endpoint: VpcEndpoint | undefined;
  /** Whether the request comes through an endpoint, described or not. */
  readonly throughEndpoint: boolean;
  readonly policy: Policy | undefined;
  readonly grants: readonly Grant[] | undefined;
  readonly keyManager: 'customer' | 'aws' | undefined;
}

/**
 * The policies that apply to a call about one resource. Where the world says nothing about organizations, SCPs and
 * RCPs count as not given: the verdict says that it assumed there are none. The same parts give the same object, so
 * that policies are bound once for all the requests of a replay.
 */
export function policiesFor(world: World, call: Call, subject: PolicySubject): ApplicablePolicies {
  const { estate } = world;
  const { principal } = call;
  const endpoint = call.path.endpoint === undefined ? undefined : estate.endpoints.get(call.path.endpoint);
  const enters = !subject.forwarded && endpoint !== undefined && endpoint.service === serviceOf(call);
  const parts: Parts = {
    callers: membershipOf(estate, accountOf(call.caller)),
    owners: membershipOf(estate, subject.owner),
    describesOrganizations: estate.organizations.length > 0,
    principal,
    session: call.session?.policies ?? principal?.session?.policies,
    endpoint: enters ? endpoint : undefined,
    throughEndpoint: call.path.endpoint !== undefined && !subject.forwarded,
    policy: subject.policy,
    grants: subject.grants,
    keyManager: subject.keyManager,
  };
  const known = rememberedFor(subject.policy ?? NO_POLICY, principal ?? NOBODY);
  const found = known.find((each) => isSame(each.parts, parts));
  if (found !== undefined) return found.policies;
  const policies = policiesOf(parts);
  // A few variants of one principal and policy are usual: sessions, endpoints, grants that come and go.
  if (known.length >= VARIANTS) known.shift();
  known.push({ parts, policies });
  return policies;
}

interface Remembered {
  readonly parts: Parts;
  readonly policies: ApplicablePolicies;
}

const VARIANTS = 16;
const NO_POLICY = {};
const NOBODY = {};
const remembered = new WeakMap<object, WeakMap<object, Remembered[]>>();

function rememberedFor(policy: object, principal: object): Remembered[] {
  let byPrincipal = remembered.get(policy);
  if (byPrincipal === undefined) {
    byPrincipal = new WeakMap();
    remembered.set(policy, byPrincipal);
  }
  let known = byPrincipal.get(principal);
  if (known === undefined) {
    known = [];
    byPrincipal.set(principal, known);
  }
  return known;
}

function isSame(one: Parts, other: Parts): boolean {
  return (
    one.grants === other.grants &&
    one.session === other.session &&
    one.endpoint === other.endpoint &&
    one.throughEndpoint === other.throughEndpoint &&
    one.callers === other.callers &&
    one.owners === other.owners &&
    one.describesOrganizations === other.describesOrganizations &&
    one.keyManager === other.keyManager
  );
}

function policiesOf(parts: Parts): ApplicablePolicies {
  const { callers, owners, describesOrganizations, principal, session, endpoint } = parts;
  const noneOrUnsaid = describesOrganizations ? { scp: 'none' as const } : {};
  return {
    ...(principal === undefined
      ? {}
      : {
          identity: principal.identity,
          permissionsBoundary: principal.permissionsBoundary ?? ('none' as const),
          session: 'none' as const,
        }),
    ...(session === undefined ? {} : { session }),
    resource: parts.policy ?? 'none',
    ...(callers === undefined ? noneOrUnsaid : { scp: callers.scps }),
    ...(owners === undefined
      ? describesOrganizations
        ? { rcp: 'none' as const }
        : {}
      : { rcp: owners.rcps }),
    ...(parts.throughEndpoint ? {} : { vpcEndpoint: 'none' as const }),
    ...(endpoint === undefined ? {} : { vpcEndpoint: endpoint.policy ?? ('none' as const) }),
    grants: parts.grants ?? 'none',
    keyManager: parts.keyManager ?? 'customer',
    principalInManagementAccount: callers?.isManagement ?? false,
    resourceInManagementAccount: owners?.isManagement ?? false,
  };
}
