import { contextOf } from './context.js';
import { ALL_FACTS, type FactName, type Facts } from './facts.js';
import { reachOfGrants } from './grants.js';
import { hasPolicies, type Reach, readCaller } from './principal.js';
import { type Document, type Line, listOf, type OneOrMany, statedValue } from './request.js';
import { isDecidedByIamAlone, isRetireGrant, isUnshared, RCP_SERVICES } from './services.js';
import type { Asked, IdentityLayer, PolicyLayer, ResourceLayer, Said } from './statement.js';
import { whatPoliciesSay } from './statement.js';
import { splitArn } from './wildcard.js';

export type Layer = PolicyLayer | 'grant' | 'cross-account-exclusion';

export interface Decision {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  readonly decidedBy: Layer;
}

/** Section 6, kms.md section 2: explicit denies, then what limits from outside, then the ways that allow. */
export function decide(line: Line, facts: Facts = ALL_FACTS): Decision {
  const asked = readRequest(line, facts);
  const heard = listen(line, asked);
  return explicitDeny(heard, facts) ?? limitedFromOutside(heard, asked) ?? allowedOrNot(heard, asked);
}

const RESOURCE_LAYERS = new Map<string, ResourceLayer>([
  ['sqs', 'queue-policy'],
  ['kms', 'key-policy'],
  ['sns', 'topic-policy'],
]);

function readRequest(line: Line, facts: Facts): Asked {
  const caller = readCaller(line);
  const { action, resource, resourceAccount } = line.request;
  const service = action.split(':', 1).join().toLowerCase();
  const operation = action.slice(action.indexOf(':') + 1).toLowerCase();
  const resourceLayer = RESOURCE_LAYERS.get(service) ?? 'resource-policy';
  const stated = resourceAccount ?? (splitArn(resource)?.[4] || statedValue(line, 'aws:resourceaccount'));
  // What names no resource is a matter of the caller's own account (RCP-5, KA-9).
  const owner = resource === '*' ? undefined : stated;
  const context = contextOf(line, caller, owner, facts);
  return { caller, action, service, operation, resource, resourceLayer, owner, context, facts };
}

/** What is said about the request: by the policies of each layer that applies, once a level, and by grants. */
interface Heard {
  readonly layers: ReadonlyMap<Layer, readonly Said[]>;
  readonly resource: Reach;
  readonly grants: Reach;
  readonly sameAccount: boolean;
}

/** Section 1.1, in the order in which explicit denies are named (M-3). Accounts of different partitions are strangers (EV-15). */
function listen(line: Line, asked: Asked): Heard {
  const { caller, resourceLayer, owner, facts } = asked;
  const attached = hasPolicies(caller) || (caller.kind === 'Account' && !facts['root-has-no-policies']);
  // EV-7, EV-21: sessions of roles and federated users have session policies; a user is none, whatever the credentials.
  const session = caller.kind === 'User' ? [] : listOf<Document>(line.sessionPolicy);
  const levels: readonly (readonly [PolicyLayer, boolean, readonly OneOrMany<Document>[]])[] = [
    ['rcp', rcpsApply(line, asked), line.rcps ?? []],
    ['scp', scpsApply(line, asked), line.scps ?? []],
    ['vpc-endpoint-policy', true, listOf(line.vpcePolicy)],
    [resourceLayer, hasResourcePolicy(asked), listOf(line.resourcePolicy ?? line.keyPolicy)],
    ['identity-policy', attached, [line.identity ?? []]],
    ['permissions-boundary', attached, listOf(line.boundary)],
    ['session-policy', attached, session.length > 0 ? [session] : []],
  ];
  const layers = new Map<Layer, readonly Said[]>();
  for (const [layer, applies, policies] of levels) {
    const say = (level: OneOrMany<Document>) => whatPoliciesSay(listOf<Document>(level), layer, asked);
    layers.set(layer, applies ? policies.map(say) : []);
  }
  const partition = splitArn(asked.resource)?.[1] ?? caller.partition;
  const isAbroad = caller.partition !== undefined && caller.partition !== partition;
  const reachable = !isAbroad || !facts['partitions-are-separate'];
  return {
    layers,
    resource: (reachable && layers.get(resourceLayer)?.[0]?.allows) || 'none',
    grants: reachable ? reachOfGrants(line, asked) : 'none',
    sameAccount: !isAbroad && caller.account !== undefined && caller.account === (owner ?? caller.account),
  };
}

/** KP-8, KG-8: key policies have no effect on actions without a key, nor on the right to retire a grant. */
function hasResourcePolicy(asked: Asked): boolean {
  return !isDecidedByIamAlone(asked) && !(isRetireGrant(asked) && asked.facts['retire-not-in-key-policies']);
}

type Exemptions = readonly (readonly [boolean | undefined, FactName])[];

/** SCP-3, SCP-4: SCPs restrict users, roles and root users of member accounts, but no service-linked role. */
function scpsApply({ principalInManagementAccount }: Line, { caller, facts }: Asked): boolean {
  const isIam = caller.account !== undefined;
  const exemptions: Exemptions = [
    [!isIam, 'scp-spares-services'],
    [isIam && principalInManagementAccount, 'scp-spares-management-account'],
    [caller.serviceLinked, 'scp-spares-service-linked-roles'],
  ];
  return !exemptions.some(([applies, fact]) => applies && facts[fact]);
}

/** RCP-2 to RCP-4: RCPs act whoever calls, services included. Without a resource, the caller's account counts (RCP-5). */
function rcpsApply(line: Line, asked: Asked): boolean {
  const { caller, service, facts } = asked;
  const on = asked.resource === '*' ? 'principal' : 'resource';
  const exemptions: Exemptions = [
    [line[`${on}InManagementAccount`], 'rcp-spares-management-account'],
    [!RCP_SERVICES.includes(service), 'rcp-supported-services'],
    [service === 'kms' && line.keyManager?.toLowerCase() === 'aws', 'rcp-spares-aws-managed-keys'],
    [isRetireGrant(asked), 'rcp-spares-retire-grant'],
    [caller.serviceLinked, 'rcp-spares-service-linked-roles'],
  ];
  const act = facts['rcp-denies'] && (on === 'resource' || facts['rcp-without-resource']);
  return act && !exemptions.some(([applies, fact]) => applies && facts[fact]);
}

/** M-3: of several refusals the first is named. */
function firstOf<T>(refusals: readonly T[], refuses: (one: T) => boolean, facts: Facts): T | undefined {
  return facts['refusal-order'] ? refusals.find(refuses) : refusals.findLast(refuses);
}

/** EV-1, KA-7: a matching Deny anywhere refuses. */
function explicitDeny({ layers }: Heard, facts: Facts): Decision | undefined {
  const found = firstOf([...layers], ([, said]) => said.some(({ denies }) => denies), facts);
  return found && facts['explicit-deny-wins'] ? { decision: 'explicitDeny', decidedBy: found[0] } : undefined;
}

/** Does the layer apply, at one level or more, without an Allow there? */
function isSilent(layer: Layer, { layers }: Heard): boolean {
  return layers.get(layer)?.some(({ allows }) => allows === 'none') === true;
}

/** VPCE-2, SCP-1: endpoint policy and each level of SCPs must allow. EV-17: some actions cannot be shared with other accounts. */
function limitedFromOutside(heard: Heard, asked: Asked): Decision | undefined {
  const { caller, facts } = asked;
  const guardrails: readonly (readonly [Layer, boolean])[] = [
    ['vpc-endpoint-policy', facts['endpoint-policy-must-allow']],
    ['scp', facts['scp-every-level']],
  ];
  const silent = firstOf(guardrails, ([layer, mustAllow]) => mustAllow && isSilent(layer, heard), facts);
  if (silent !== undefined) return { decision: 'implicitDeny', decidedBy: silent[0] };
  const isForeign = caller.kind !== 'Service' && !heard.sameAccount;
  if (!isForeign || !isUnshared(asked)) return undefined;
  return { decision: 'implicitDeny', decidedBy: 'cross-account-exclusion' };
}

/** One way to be allowed: the layer that gives it, and the layers that must allow as well. */
interface Way {
  readonly by: Layer;
  readonly needs: readonly IdentityLayer[];
}
const LIMITS: readonly IdentityLayer[] = ['permissions-boundary', 'session-policy'];
const BY_IDENTITY: Way = { by: 'identity-policy', needs: ['identity-policy', ...LIMITS] };

/**
 * The request is allowed when a way lacks nothing. Else the first lack of a way that asks for no identity policy is named,
 * or of the first way; AWS does not say which of several it names (M-3).
 */
function allowedOrNot(heard: Heard, asked: Asked): Decision {
  const { caller, resourceLayer, facts } = asked;
  const ways = isRetireGrant(asked) ? waysToRetire(heard, asked) : waysToAllow(heard, asked);
  const lackOf = ({ needs }: Way) => needs.find((layer) => isMissing(layer, heard, asked));
  const open = ways.find((way) => lackOf(way) === undefined);
  if (open !== undefined) return { decision: 'allowed', decidedBy: open.by };
  const least = ways.find(({ needs }) => !needs.includes('identity-policy')) ?? ways[0];
  const refusing = (least && lackOf(least)) ?? resourceLayer;
  // EV-16: were services and anonymous callers in no need of a resource policy, nothing would be left to refuse them.
  const isTrusted = caller.account === undefined && !facts['services-need-resource-policy'];
  const isLimit = refusing === 'permissions-boundary' || refusing === 'session-policy';
  const refused = isLimit || (facts['default-deny'] && !isTrusted);
  return { decision: refused ? 'implicitDeny' : 'allowed', decidedBy: refusing };
}

/** EV-5 to EV-7, EV-10: does a layer that must allow not do so? The root user lacks nothing. */
function isMissing(layer: IdentityLayer, heard: Heard, { caller, facts }: Asked): boolean {
  if (caller.kind === 'Account' && facts['root-has-everything']) return false;
  const silent = isSilent(layer, heard);
  if (layer === 'identity-policy') return silent || !hasPolicies(caller);
  if (layer === 'permissions-boundary') return silent && facts['boundary-limits'];
  const isAbsent = caller.kind === 'FederatedUser' && heard.layers.get(layer)?.length === 0;
  return (silent && facts['session-policy-limits']) || (isAbsent && facts['federated-needs-session-policy']);
}

/** Table 1.4: what an Allow still needs. Directly nothing; through role or federating user the limits; through the account all. */
function waysOfReach(reach: Reach, by: ResourceLayer | 'grant', asked: Asked): readonly Way[] {
  const { caller, service, facts } = asked;
  const delegated = by === 'grant' || caller.kind === 'Account' ? { ...BY_IDENTITY, by } : BY_IDENTITY;
  if (reach === 'none') return [];
  if (reach === 'account') return [delegated];
  const inPolicy = reach === 'direct' ? 'direct-is-enough' : 'role-needs-no-identity';
  const isEnough = facts[service === 'kms' ? 'key-policy-names-are-enough' : inPolicy];
  if (by !== 'grant' && hasPolicies(caller) && !isEnough) return [BY_IDENTITY];
  return [{ by, needs: reach === 'direct' ? [] : LIMITS }];
}

/**
 * The ways in which resource policy, identity policies and grants can allow. Same account: either side is enough, but on
 * a key (KA-2) and for assuming a role (EV-9) identity policies count only where its policy delegates to the account.
 * Other account: both sides must allow (EV-11, EV-12). A grant on a key replaces both (KD-4).
 */
function waysToAllow(heard: Heard, asked: Asked): readonly Way[] {
  const { caller, facts, service, resourceLayer } = asked;
  const isRoot = caller.kind === 'Account';
  const isUnsigned = caller.kind === 'Anonymous' && service === 'kms' && facts['kms-needs-an-identity'];
  const reach = isUnsigned ? 'none' : heard.resource;
  const resource = waysOfReach(reach, resourceLayer, asked);
  const grant = waysOfReach(heard.grants, 'grant', asked);
  // EV-16: services and anonymous callers have no identity side.
  if (isDecidedByIamAlone(asked)) return caller.account === undefined ? [] : [BY_IDENTITY];
  if (caller.account === undefined) return [...resource, ...grant];
  if (!heard.sameAccount && facts['cross-account-needs-both']) {
    const isFree = reach === 'direct' && !facts['cross-account-always-limited'];
    const needs = isFree ? (['identity-policy'] as const) : BY_IDENTITY.needs;
    // KD-3: on the identity side the root user needs nothing, so that the resource policy decides.
    const both: Way = { by: isRoot ? resourceLayer : 'identity-policy', needs };
    return reach === 'none' ? grant : [both, ...grant];
  }
  const arn = splitArn(asked.resource);
  const isRoleTrust = service === 'sts' && arn?.[2] === 'iam' && arn[5]?.startsWith('role/') === true;
  const isKey = service === 'kms' || isRoleTrust;
  if (!isKey && !facts['either-side-is-enough']) return reach === 'none' ? [] : [BY_IDENTITY];
  if (isKey && heard.sameAccount && facts['key-policy-must-allow']) return [...resource, ...grant];
  // EV-10, section 6: the root user has everything by default, before any resource policy is asked.
  return isRoot ? [BY_IDENTITY, ...resource] : [...resource, BY_IDENTITY, ...grant];
}

/** KG-8: a grant is retired by whom it lets, or by the account of its key (KR-5) and whom that lets. */
function waysToRetire(heard: Heard, asked: Asked): readonly Way[] {
  const keyPolicy = waysOfReach(heard.resource, asked.resourceLayer, asked);
  const byAccount = heard.sameAccount && asked.resource !== '*' && asked.facts['retire-by-key-account'];
  const account: readonly Way[] = byAccount ? [{ ...BY_IDENTITY, by: 'grant' }] : [];
  return [...keyPolicy, ...waysOfReach(heard.grants, 'grant', asked), ...account];
}
