import { contextOf } from './context.js';
import { ALL_FACTS, type Facts } from './facts.js';
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
  const owner = resourceAccount ?? (splitArn(resource)?.[4] || statedValue(line, 'aws:resourceaccount'));
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
  const session = listOf<Document>(line.sessionPolicy);
  const resource = say(
    'resource',
    !hasNoResourcePolicy(asked),
    trusting(line.resourcePolicy ?? line.keyPolicy, asked),
  );
  const scps = scpsApply(line, asked) ? (line.scps ?? []) : [];
  return {
    layers: new Map([
      [
        'rcp',
        say(
          'rcp',
          rcpsApply(line, asked),
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

/** Statements of a trust policy mean the role they belong to. */
function trusting(policy: Document | undefined, asked: Asked): Document | undefined {
  if (policy === undefined || !isRoleTrust(asked)) return policy;
  return {
    ...policy,
    Statement: listOf(policy.Statement).map((statement) => ({ Resource: '*', ...statement })),
  };
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
    (inManagement === true && facts['rcp-spares-management-account']) ||
    (!RCP_SERVICES.has(service) && facts['rcp-supported-services']) ||
    (service === 'kms' && line.keyManager?.toLowerCase() === 'aws' && facts['rcp-spares-aws-managed-keys']) ||
    (isRetireGrant(asked) && facts['rcp-spares-retire-grant']) ||
    ('serviceLinked' in caller && caller.serviceLinked && facts['rcp-spares-service-linked-roles']);
  return !spared;
}

/** A matching Deny anywhere refuses. Of several, the first is named. */
function explicitDeny(heard: Heard, facts: Facts): Decision | undefined {
  const found = [...heard.layers].find(([, said]) => said.some(({ denies }) => denies));
  const overruled = !facts['explicit-deny-wins'] && heard.resource !== 'none';
  return found === undefined || overruled ? undefined : { decision: 'explicitDeny', decidedBy: found[0] };
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
  if (endpointSilent && facts['endpoint-policy-must-allow']) return refusedBy('vpc-endpoint-policy');
  const silent = levelsWithoutAllow('scp', heard);
  const all = heard.layers.get('scp')?.length ?? 0;
  if (silent > 0 && (facts['scp-every-level'] || silent === all)) return refusedBy('scp');
  const foreign = caller.kind !== 'service' && !heard.sameAccount;
  return foreign && isUnshared(asked) ? refusedBy('cross-account-exclusion') : undefined;
}

/** One way to be allowed: the layer that gives it, and what it still needs. */
interface Way {
  readonly by: Layer;
  readonly needsIdentity: boolean;
  readonly limited: boolean;
}

/** The request is allowed when a way needs nothing that is missing; else the first way's first missing layer is named. */
function allowedOrNot(heard: Heard, asked: Asked): Decision {
  const ways = isRetireGrant(asked) ? waysToRetire(heard, asked) : waysToAllow(heard, asked);
  const missing = ways.map((way) => missingLayer(way, heard, asked));
  const open = ways[missing.indexOf(undefined)];
  if (open === undefined) return refusedBy(missing[0] ?? heard.resourceLayer);
  return { decision: 'allowed', decidedBy: open.by };
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
function waysOfReach(reach: Reach, by: Layer, { caller }: Asked): readonly Way[] {
  switch (reach) {
    case 'none':
      return [];
    case 'direct':
      return [{ by, needsIdentity: false, limited: false }];
    case 'role':
      return [{ by, needsIdentity: false, limited: true }];
    case 'account':
      return [caller.kind === 'root' ? { ...BY_IDENTITY, by } : BY_IDENTITY];
  }
}

/**
 * The ways in which resource policy, identity policies and grants can allow. Same account: either side is enough, but on
 * a key (and for assuming a role) identity policies count only where its policy delegates to the account. Other account:
 * both sides must allow. A grant on a key replaces both.
 */
function waysToAllow(heard: Heard, asked: Asked): readonly Way[] {
  const { caller, facts, service } = asked;
  if (isDecidedByIamAlone(asked)) return [BY_IDENTITY];
  const unsigned = caller.kind === 'anonymous' && service === 'kms' && facts['kms-needs-an-identity'];
  const reach = unsigned ? 'none' : heard.resource;
  const resource = waysOfReach(reach, heard.resourceLayer, asked);
  const grant = waysOfReach(heard.grants, 'grant', asked);
  if (caller.kind === 'service' || caller.kind === 'anonymous') return [...resource, ...grant];
  if (!heard.sameAccount && facts['cross-account-needs-both']) {
    const limited = reach !== 'direct' || facts['cross-account-always-limited'];
    return reach === 'none' ? grant : [{ ...BY_IDENTITY, limited }, ...grant];
  }
  const needsDelegation = (service === 'kms' || isRoleTrust(asked)) && facts['key-policy-must-allow'];
  return [...resource, ...(needsDelegation ? [] : [BY_IDENTITY]), ...grant];
}

/** A grant is retired by its retiring principal, by a grantee allowed to, or by the account of the key and whom it lets. */
function waysToRetire(heard: Heard, asked: Asked): readonly Way[] {
  const keyPolicy = waysOfReach(heard.resource, heard.resourceLayer, asked);
  const accountMay = heard.sameAccount && asked.facts['retire-by-key-account'];
  return [...keyPolicy, ...waysOfReach(heard.grants, 'grant', asked), ...(accountMay ? [BY_IDENTITY] : [])];
}
