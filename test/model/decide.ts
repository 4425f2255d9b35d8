import { type Asked, contextOf, type ResourceLayer, readLine } from './context.js';
import { ALL_FACTS, type FactName, type Facts } from './facts.js';
import { reachOfGrants } from './grants.js';
import { hasPolicies, type Reach } from './principal.js';
import { type Document, type Line, listOf, type OneOrMany } from './request.js';
import { hasRcps, isDecidedByIamAlone, isRetireGrant, isRoleTrust, isUnshared } from './services.js';
import { type IdentityLayer, type PolicyLayer, type Said, whatPoliciesSay } from './statement.js';

export type Layer = PolicyLayer | 'grant' | 'cross-account-exclusion';
type Decision = { readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny'; readonly decidedBy: Layer };
type Heard = ReadonlyMap<Layer, readonly Said[]>;
const refusedBy = (decidedBy: Layer): Decision => ({ decision: 'implicitDeny', decidedBy });

/** Section 6, kms.md section 2. EV-1, KA-7: any Deny refuses. EV-17: some actions cannot be shared. */
export function decide(line: Line, facts: Facts = ALL_FACTS): Decision {
  const read = readLine(line, facts);
  const asked = { ...read, context: contextOf(read) };
  const heard = listen(asked);
  // M-3: of several denies the first is named, of silent guardrails the last.
  const inOrder = facts['refusal-order'] ? [...heard] : [...heard].reverse();
  const denying = inOrder.find(([, said]) => said.some(({ denies }) => denies));
  if (denying && facts['explicit-deny-wins']) return { decision: 'explicitDeny', decidedBy: denying[0] };
  const guardrails = inOrder.filter(([layer]) => layer === 'vpc-endpoint-policy' || layer === 'scp');
  const silent = guardrails.findLast(([layer]) => isSilent(layer, heard, facts));
  if (silent) return refusedBy(silent[0]);
  const isForeign = asked.caller.kind !== 'Service' && !asked.isOwners;
  if (isForeign && isUnshared(asked)) return refusedBy('cross-account-exclusion');
  return allowedOrNot(heard, asked);
}

/** Section 1.1: what each layer says, once a level, in the order in which denies are named (M-3). */
function listen(asked: Asked): Heard {
  const { line, caller, resourceLayer, facts } = asked;
  const attached = hasPolicies(caller) || (caller.kind === 'Account' && !facts['root-has-no-policies']);
  // KP-8, KG-8: key policies have no effect on actions without a key, nor on the right to retire a grant.
  const isSilenced = isRetireGrant(asked) && facts['retire-not-in-key-policies'];
  const isHeard = !isDecidedByIamAlone(asked) && !isSilenced;
  // EV-7, EV-21: sessions of roles and federated users have session policies; those of a user are none.
  const session = caller.kind === 'User' ? [] : listOf<Document>(line.sessionPolicy);
  const levels: readonly (readonly [PolicyLayer, boolean, readonly OneOrMany<Document>[]])[] = [
    ['rcp', reaches('rcp', asked), line.rcps ?? []],
    ['scp', reaches('scp', asked), line.scps ?? []],
    ['vpc-endpoint-policy', true, listOf(line.vpcePolicy)],
    [resourceLayer, isHeard, listOf(line.resourcePolicy ?? line.keyPolicy)],
    ['identity-policy', attached, [line.identity ?? []]],
    ['permissions-boundary', attached, listOf(line.boundary)],
    ['session-policy', attached, session.length > 0 ? [session] : []],
  ];
  const say = (layer: PolicyLayer) => (level: OneOrMany<Document>) => whatPoliciesSay(level, layer, asked);
  return new Map(levels.map(([layer, applies, all]) => [layer, applies ? all.map(say(layer)) : []]));
}

/** SCP-3, SCP-4: SCPs restrict IAM identities of member accounts; RCP-2 to RCP-5: RCPs use of resources. */
function reaches(layer: 'scp' | 'rcp', asked: Asked): boolean {
  const { line, caller, service, resource, facts } = asked;
  const [isScp, isRcp, isIam] = [layer === 'scp', layer === 'rcp', caller.account !== undefined];
  const account = isScp || resource === '*' ? 'principal' : 'resource';
  const exemptions: readonly (readonly [boolean | undefined, FactName])[] = [
    [isScp && !isIam, 'scp-spares-services'],
    [(isRcp || isIam) && line[`${account}InManagementAccount`], `${layer}-spares-management-account`],
    [caller.serviceLinked, `${layer}-spares-service-linked-roles`],
    [isRcp && !hasRcps(asked), 'rcp-supported-services'],
    [isRcp && service === 'kms' && line.keyManager?.toLowerCase() === 'aws', 'rcp-spares-aws-managed-keys'],
    [isRcp && isRetireGrant(asked), 'rcp-spares-retire-grant'],
  ];
  if (isRcp && (!facts['rcp-denies'] || (resource === '*' && !facts['rcp-without-resource']))) return false;
  return !exemptions.some(([applies, fact]) => applies && facts[fact]);
}

/** Section 1.1: the types of policy that must allow where they apply, beside identity policies. */
const MUST_ALLOW: { readonly [layer in Layer]?: FactName } = {
  'vpc-endpoint-policy': 'endpoint-policy-must-allow',
  scp: 'scp-every-level',
  'permissions-boundary': 'boundary-limits',
  'session-policy': 'session-policy-limits',
};

/** Is there no Allow, at one level or more, in a layer that applies and must allow? */
function isSilent(layer: Layer, heard: Heard, facts: Facts): boolean {
  const fact = MUST_ALLOW[layer];
  if (fact !== undefined && !facts[fact]) return false;
  return heard.get(layer)?.some(({ allows }) => allows === 'none') === true;
}

/** One way to be allowed: the layer that gives it, and the layers that must allow as well. */
type Way = { readonly by: Layer; readonly needs: readonly IdentityLayer[] };
const LIMITS: readonly IdentityLayer[] = ['permissions-boundary', 'session-policy'];
const BY_IDENTITY: Way = { by: 'identity-policy', needs: ['identity-policy', ...LIMITS] };

/** Allowed if a way lacks nothing; else M-3: named is what a way without identity policy lacks, if any. */
function allowedOrNot(heard: Heard, asked: Asked): Decision {
  const { caller, resourceLayer, facts } = asked;
  const ways = waysToAllow(heard, asked);
  const lackOf = ({ needs }: Way) => needs.find((layer) => isMissing(layer, heard, asked));
  const open = ways.find((way) => lackOf(way) === undefined);
  if (open !== undefined) return { decision: 'allowed', decidedBy: open.by };
  const least = ways.find(({ needs }) => !needs.includes('identity-policy')) ?? ways[0];
  const refusing = (least && lackOf(least)) ?? resourceLayer;
  // EV-16: if services and anonymous callers needed no resource policy, nothing would be left to refuse.
  const isTrusted = caller.account === undefined && !facts['services-need-resource-policy'];
  const isRefused = LIMITS.some((limit) => limit === refusing) || (facts['default-deny'] && !isTrusted);
  return isRefused ? refusedBy(refusing) : { decision: 'allowed', decidedBy: refusing };
}

/** EV-5 to EV-7, EV-10: does a layer that must allow not do so? The root user lacks nothing. */
function isMissing(layer: IdentityLayer, heard: Heard, { caller, facts }: Asked): boolean {
  if (caller.kind === 'Account' && facts['root-has-everything']) return false;
  const isAbsent = caller.kind === 'FederatedUser' && heard.get('session-policy')?.length === 0;
  if (layer === 'session-policy' && isAbsent) return facts['federated-needs-session-policy'];
  return isSilent(layer, heard, facts) || (layer === 'identity-policy' && !hasPolicies(caller));
}

/** Table 1.4: an Allow still needs nothing if direct, the limits through a role, all through the account. */
function waysOfReach(reach: Reach, by: ResourceLayer | 'grant', asked: Asked): readonly Way[] {
  const { caller, service, facts } = asked;
  if (reach === 'none') return [];
  if (reach === 'account')
    return [by === 'grant' || caller.kind === 'Account' ? { ...BY_IDENTITY, by } : BY_IDENTITY];
  const inPolicy = reach === 'direct' ? 'direct-is-enough' : 'role-needs-no-identity';
  const isEnough = facts[service === 'kms' ? 'key-policy-names-are-enough' : inPolicy];
  if (by !== 'grant' && hasPolicies(caller) && !isEnough) return [BY_IDENTITY];
  return [{ by, needs: reach === 'direct' ? [] : LIMITS }];
}

/**
 * Same account: either side is enough, but on a key (KA-2) and to assume a role (EV-9) identity policies
 * count only where its policy delegates. Other account: both sides (EV-11, EV-12). KD-4: a grant is enough.
 */
function waysToAllow(heard: Heard, asked: Asked): readonly Way[] {
  const { caller, facts, service, resource, resourceLayer, isOwners } = asked;
  const isStranger = asked.isAbroad && facts['partitions-are-separate'];
  const said = (isStranger ? undefined : heard.get(resourceLayer)?.[0]?.allows) ?? 'none';
  const byGrant = waysOfReach(isStranger ? 'none' : reachOfGrants(asked), 'grant', asked);
  // KG-8, KR-5: the account of the key, and whom it lets, may retire its grants.
  const mayRetire = isOwners && resource !== '*' && facts['retire-by-key-account'];
  const byOwner = waysOfReach(mayRetire ? 'account' : 'none', 'grant', asked);
  if (isRetireGrant(asked)) return [...waysOfReach(said, resourceLayer, asked), ...byGrant, ...byOwner];
  const isUnsigned = caller.kind === 'Anonymous' && service === 'kms' && facts['kms-needs-an-identity'];
  const reach = isUnsigned ? 'none' : said;
  const byPolicy = waysOfReach(reach, resourceLayer, asked);
  // EV-16: services and anonymous callers have no identity side.
  if (isDecidedByIamAlone(asked)) return caller.account === undefined ? [] : [BY_IDENTITY];
  if (caller.account === undefined) return [...byPolicy, ...byGrant];
  if (!isOwners && facts['cross-account-needs-both']) {
    const isFree = reach === 'direct' && !facts['cross-account-always-limited'];
    // KD-3: on the identity side the root user needs nothing, so that the resource policy decides.
    const by = caller.kind === 'Account' ? resourceLayer : 'identity-policy';
    const both: Way = { by, needs: isFree ? ['identity-policy'] : BY_IDENTITY.needs };
    return reach === 'none' ? byGrant : [both, ...byGrant];
  }
  const isKey = service === 'kms' || isRoleTrust(asked);
  if (!isKey && !facts['either-side-is-enough']) return reach === 'none' ? [] : [BY_IDENTITY];
  if (isKey && isOwners && facts['key-policy-must-allow']) return [...byPolicy, ...byGrant];
  // EV-10, section 6: the root user has everything by default, before any resource policy is asked.
  return caller.kind === 'Account' ? [BY_IDENTITY, ...byPolicy] : [...byPolicy, BY_IDENTITY, ...byGrant];
}
