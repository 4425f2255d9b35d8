import { contextOf } from './context.js';
import { ALL_FACTS, type FactName, type Facts } from './facts.js';
import { reachOfGrants } from './grants.js';
import { type Caller, type Reach, readCaller } from './principal.js';
import { type Document, type Line, listOf, type OneOrMany, statedValue } from './request.js';
import { isDecidedByIamAlone, isRetireGrant, isRoleTrust, isUnshared, RCP_SERVICES } from './services.js';
import { type Asked, type PolicyType, type Said, whatPoliciesSay } from './statement.js';
import { splitArn } from './wildcard.js';

export type ResourceLayer = 'queue-policy' | 'key-policy' | 'topic-policy' | 'resource-policy';
export type Layer =
  | ResourceLayer
  | 'identity-policy'
  | 'permissions-boundary'
  | 'session-policy'
  | 'scp'
  | 'rcp'
  | 'vpc-endpoint-policy'
  | 'grant'
  | 'cross-account-exclusion';

export interface Decision {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  readonly decidedBy: Layer;
}

/** Everything said about the request: by the policies of each layer that applies, and by grants. */
interface Heard {
  /** In the order in which explicit denies are named; SCPs once a level. */
  readonly layers: ReadonlyMap<Layer, readonly Said[]>;
  readonly resource: Reach;
  readonly resourceLayer: ResourceLayer;
  readonly grants: Reach;
  readonly sameAccount: boolean;
}

const RESOURCE_LAYERS = new Map<string, ResourceLayer>([
  ['sqs', 'queue-policy'],
  ['kms', 'key-policy'],
  ['sns', 'topic-policy'],
]);

/** Decides one request. Order: explicit denies, VPC endpoint, SCPs, what cannot be shared, then the ways that allow. */
export function decide(line: Line, facts: Facts = ALL_FACTS): Decision {
  const caller = readCaller(line);
  const { action, resource, resourceAccount } = line.request;
  const stated = resourceAccount ?? (splitArn(resource)?.[4] || statedValue(line, 'aws:resourceaccount'));
  // What names no resource is a matter of the caller's own account (RCP-5, kms KA-9).
  const owner = resource === '*' ? undefined : stated;
  const service = action.split(':')[0]?.toLowerCase() ?? '';
  const context = contextOf(line, caller, owner, facts);
  const bounded = line.boundary !== undefined && isIdentity(caller);
  const asked: Asked = { caller, service, action, resource, context, bounded, facts };
  const heard = listen(line, asked, owner);
  return explicitDeny(heard, facts) ?? limitedFromOutside(heard, asked) ?? allowedOrNot(heard, asked);
}

/** Identity policies, boundaries and session policies exist for users, role sessions and federated users. */
function isIdentity(caller: Caller): boolean {
  return caller.kind === 'user' || caller.kind === 'session' || caller.kind === 'federated';
}

/** Asks every layer that applies. Accounts of different partitions are strangers to each other. */
function listen(line: Line, asked: Asked, owner: string | undefined): Heard {
  const { caller, service, facts } = asked;
  const resourceLayer = RESOURCE_LAYERS.get(service) ?? 'resource-policy';
  const attached = isIdentity(caller) || (caller.kind === 'root' && !facts['root-has-no-policies']);
  const partition = splitArn(asked.resource)?.[1];
  const foreignPartition = 'partition' in caller && partition !== undefined && caller.partition !== partition;
  const unreachable = foreignPartition && facts['partitions-are-separate'];
  const say = (
    type: PolicyType,
    applies: boolean,
    policies: OneOrMany<Document> | undefined,
  ): readonly Said[] =>
    applies && policies !== undefined ? [whatPoliciesSay(listOf<Document>(policies), type, asked)] : [];
  // EV-7, EV-21: sessions of roles and federated users have session policies; a user is none, whatever the credentials.
  const session = caller.kind === 'user' ? [] : listOf<Document>(line.sessionPolicy);
  const resource = say('resource', !hasNoResourcePolicy(asked), line.resourcePolicy ?? line.keyPolicy);
  const scps = scpsApply(line, asked) ? (line.scps ?? []) : [];
  return {
    layers: new Map([
      [
        'rcp',
        say(
          'rcp',
          rcpsApply(line, asked) && facts['rcp-denies'],
          line.rcps?.flatMap((level) => listOf<Document>(level)),
        ),
      ],
      ['scp', scps.flatMap((level) => say('scp', true, level))],
      ['vpc-endpoint-policy', say('vpc-endpoint', true, line.vpcePolicy)],
      [resourceLayer, resource],
      ['identity-policy', say('identity', attached, line.identity ?? [])],
      ['permissions-boundary', say('boundary', attached, line.boundary)],
      ['session-policy', say('session', attached && session.length > 0, session)],
    ]),
    resource: unreachable ? 'none' : (resource[0]?.allows ?? 'none'),
    resourceLayer,
    grants: service === 'kms' && !unreachable ? reachOfGrants(line, asked) : 'none',
    sameAccount: 'account' in caller && caller.account === (owner ?? caller.account) && !foreignPartition,
  };
}

/** Key policies have no effect on actions without a key, and neither give nor take the right to retire a grant. */
function hasNoResourcePolicy(asked: Asked): boolean {
  return isDecidedByIamAlone(asked) || (isRetireGrant(asked) && asked.facts['retire-not-in-key-policies']);
}

/** SCPs restrict users, roles and root users of member accounts, but no service-linked role. */
function scpsApply(line: Line, { caller, facts }: Asked): boolean {
  if (caller.kind === 'service' || caller.kind === 'anonymous') return !facts['scp-spares-services'];
  if (line.principalInManagementAccount === true && facts['scp-spares-management-account']) return false;
  return !('serviceLinked' in caller && caller.serviceLinked && facts['scp-spares-service-linked-roles']);
}

/**
 * RCPs act whoever calls, services included, on member accounts' resources of services that support them; not on AWS
 * managed keys, not on kms:RetireGrant, not on service-linked roles. Without a resource, the caller's account counts.
 */
function rcpsApply(line: Line, asked: Asked): boolean {
  const { caller, service, facts } = asked;
  const onResource = asked.resource !== '*';
  const inManagement = onResource ? line.resourceInManagementAccount : line.principalInManagementAccount;
  const spared =
    (!onResource && !facts['rcp-without-resource']) ||
    (inManagement === true && facts['rcp-spares-management-account']) ||
    (!RCP_SERVICES.has(service) && facts['rcp-supported-services']) ||
    (service === 'kms' && line.keyManager?.toLowerCase() === 'aws' && facts['rcp-spares-aws-managed-keys']) ||
    (isRetireGrant(asked) && facts['rcp-spares-retire-grant']) ||
    ('serviceLinked' in caller && caller.serviceLinked && facts['rcp-spares-service-linked-roles']);
  return !spared;
}

/** A matching Deny anywhere refuses. Of several, the first is named. */
function explicitDeny(heard: Heard, facts: Facts): Decision | undefined {
  const layers = facts['refusal-order'] ? [...heard.layers] : [...heard.layers].reverse();
  const found = layers.find(([, said]) => said.some(({ denies }) => denies));
  if (found === undefined || !facts['explicit-deny-wins']) return undefined;
  return { decision: 'explicitDeny', decidedBy: found[0] };
}

function refusedBy(layer: Layer): Decision {
  return { decision: 'implicitDeny', decidedBy: layer };
}

/** Does the layer apply, once or at several levels, without an Allow there? */
function levelsWithoutAllow(layer: Layer, heard: Heard): number {
  return (heard.layers.get(layer) ?? []).filter(({ allows }) => allows === 'none').length;
}

/** The VPC endpoint policy must allow; SCPs must allow at every level; some actions cannot be shared with other accounts. */
function limitedFromOutside(heard: Heard, asked: Asked): Decision | undefined {
  const { caller, facts } = asked;
  const endpointSilent = levelsWithoutAllow('vpc-endpoint-policy', heard) > 0;
  const scpSilent = levelsWithoutAllow('scp', heard) > 0 && facts['scp-every-level'];
  if (scpSilent && !facts['refusal-order']) return refusedBy('scp');
  if (endpointSilent && facts['endpoint-policy-must-allow']) return refusedBy('vpc-endpoint-policy');
  if (scpSilent) return refusedBy('scp');
  const foreign = caller.kind !== 'service' && !heard.sameAccount;
  return foreign && isUnshared(asked) ? refusedBy('cross-account-exclusion') : undefined;
}

/** One way to be allowed: the layer that gives it, and what it still needs. */
interface Way {
  readonly by: Layer;
  readonly needsIdentity: boolean;
  readonly limited: boolean;
}

/**
 * The request is allowed when a way needs nothing that is missing. Else the first missing layer of the way that asks for
 * least is named; AWS does not say which of several it names (error-messages M-3).
 */
function allowedOrNot(heard: Heard, asked: Asked): Decision {
  const ways = isRetireGrant(asked) ? waysToRetire(heard, asked) : waysToAllow(heard, asked);
  const missing = ways.map((way) => missingLayer(way, heard, asked));
  const open = ways[missing.indexOf(undefined)];
  if (open !== undefined) return { decision: 'allowed', decidedBy: open.by };
  const least = ways.findIndex((way) => !way.needsIdentity);
  const refusing = missing[Math.max(0, least)] ?? heard.resourceLayer;
  if (refusing === 'permissions-boundary' || refusing === 'session-policy') return refusedBy(refusing);
  if (isTrusted(asked)) return { decision: 'allowed', decidedBy: heard.resourceLayer };
  return asked.facts['default-deny'] ? refusedBy(refusing) : { decision: 'allowed', decidedBy: refusing };
}

/** Were services and anonymous callers not in need of a resource policy, nothing would be left to refuse them. */
function isTrusted({ caller, facts }: Asked): boolean {
  const isService = caller.kind === 'service' || caller.kind === 'anonymous';
  return isService && !facts['services-need-resource-policy'];
}

/** The root user needs nothing more; others an identity Allow, then a boundary and a session policy that allow. */
function missingLayer(way: Way, heard: Heard, { caller, facts }: Asked): Layer | undefined {
  const silent = (layer: Layer): boolean => levelsWithoutAllow(layer, heard) > 0;
  if (caller.kind === 'root' && facts['root-has-everything']) return undefined;
  if (way.needsIdentity && (silent('identity-policy') || !isIdentity(caller))) return 'identity-policy';
  if (!way.limited) return undefined;
  if (silent('permissions-boundary') && facts['boundary-limits']) return 'permissions-boundary';
  if (silent('session-policy') && facts['session-policy-limits']) return 'session-policy';
  const sessionless = caller.kind === 'federated' && heard.layers.get('session-policy')?.length === 0;
  return sessionless && facts['federated-needs-session-policy'] ? 'session-policy' : undefined;
}

const BY_IDENTITY: Way = { by: 'identity-policy', needsIdentity: true, limited: true };

/** What an Allow still needs: directly nothing, through role or federating user the limits, through the account identity too. */
function waysOfReach(reach: Reach, by: Layer, asked: Asked): readonly Way[] {
  const { caller, facts } = asked;
  const isName = by !== 'grant' && (reach === 'direct' || reach === 'role') && isIdentity(caller);
  if (isName && !facts[nameIsEnough(reach, asked)]) return [BY_IDENTITY];
  switch (reach) {
    case 'none':
      return [];
    case 'direct':
      return [{ by, needsIdentity: false, limited: false }];
    case 'role':
      return [{ by, needsIdentity: false, limited: true }];
    case 'account':
      return [caller.kind === 'root' || by === 'grant' ? { ...BY_IDENTITY, by } : BY_IDENTITY];
  }
}

function nameIsEnough(reach: 'direct' | 'role', { service }: Asked): FactName {
  if (service === 'kms') return 'key-policy-names-are-enough';
  return reach === 'direct' ? 'direct-is-enough' : 'role-needs-no-identity';
}

/**
 * The ways in which resource policy, identity policies and grants can allow. Same account: either side is enough, but on
 * a key (and for assuming a role) identity policies count only where its policy delegates to the account. Other account:
 * both sides must allow. A grant on a key replaces both.
 */
function waysToAllow(heard: Heard, asked: Asked): readonly Way[] {
  const { caller, facts, service } = asked;
  // EV-16: services and anonymous callers have no identity side, so that nothing can allow.
  if (isDecidedByIamAlone(asked)) return isIdentity(caller) || caller.kind === 'root' ? [BY_IDENTITY] : [];
  const unsigned = caller.kind === 'anonymous' && service === 'kms' && facts['kms-needs-an-identity'];
  const reach = unsigned ? 'none' : heard.resource;
  const resource = waysOfReach(reach, heard.resourceLayer, asked);
  const grant = waysOfReach(heard.grants, 'grant', asked);
  if (caller.kind === 'service' || caller.kind === 'anonymous') return [...resource, ...grant];
  if (!heard.sameAccount && facts['cross-account-needs-both']) {
    const limited = reach !== 'direct' || facts['cross-account-always-limited'];
    // KD-3: on the identity side the root user needs nothing, so that the resource policy decides.
    const by = caller.kind === 'root' ? heard.resourceLayer : BY_IDENTITY.by;
    return reach === 'none' ? grant : [{ ...BY_IDENTITY, by, limited }, ...grant];
  }
  const isKey = service === 'kms' || isRoleTrust(asked);
  if (!isKey && !facts['either-side-is-enough']) return reach === 'none' ? [] : [BY_IDENTITY];
  const needsDelegation = isKey && heard.sameAccount && facts['key-policy-must-allow'];
  if (needsDelegation) return [...resource, ...grant];
  // EV-10, procedure of section 6: the root user has everything by default, before any resource policy is asked.
  return caller.kind === 'root' ? [BY_IDENTITY, ...resource] : [...resource, BY_IDENTITY, ...grant];
}

/** A grant is retired by its retiring principal, by a grantee allowed to, or by the account of the key and whom it lets. */
function waysToRetire(heard: Heard, asked: Asked): readonly Way[] {
  const keyPolicy = waysOfReach(heard.resource, heard.resourceLayer, asked);
  // KR-5: a grant is retired on the ARN of its key; what names no key has no account that owns it.
  const accountMay = heard.sameAccount && asked.resource !== '*' && asked.facts['retire-by-key-account'];
  const byAccount: Way = { ...BY_IDENTITY, by: 'grant' };
  return [...keyPolicy, ...waysOfReach(heard.grants, 'grant', asked), ...(accountMay ? [byAccount] : [])];
}
