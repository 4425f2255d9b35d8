import type { Facts } from './facts.js';
import { type Line, listOf, type Principals, statedValue } from './request.js';
import { splitArn } from './wildcard.js';

/** An IAM caller and the names by which policies can mean it. */
export interface Identity {
  readonly kind: 'user' | 'root' | 'session' | 'federated';
  readonly partition: string;
  readonly account: string;
  /** `aws:PrincipalArn`: the ARN of a user, of a session's role, of a federated session, of the root user. */
  readonly arn: string;
  readonly userid: string | undefined;
  readonly serviceLinked: boolean;
  readonly accountNames: readonly string[];
  /** The role of a session, or the user behind a federated one. */
  readonly roleNames?: readonly string[];
  /** What means this caller alone. A session whose name is not known has none; the root user goes by the account's. */
  readonly ownNames?: readonly string[];
}

export type Caller =
  | Identity
  | { readonly kind: 'service'; readonly host: string }
  | { readonly kind: 'anonymous' };

/** Who calls. A role is never the caller: a role ARN means a session of it whose name is not known. */
export function readCaller(line: Line): Caller {
  const { principal, roleArn, userArn, principalId } = line.request;
  if (principal === 'anonymous') return { kind: 'anonymous' };
  const parts = splitArn(principal);
  if (parts === undefined) return { kind: 'service', host: principal };
  const [, partition = '', , , account = '', resource = ''] = parts;
  const [type, name = '', sessionName] = resource.split('/');
  const accountNames = [account, `arn:${partition}:iam::${account}:root`];
  const common = { partition, account, accountNames, arn: principal, serviceLinked: false };
  const ids = principalId === undefined ? [] : [principalId.split(':')[0] ?? ''];
  if (resource === 'root') return { ...common, kind: 'root', userid: account };
  if (type === 'federated-user') {
    const behind = userArn === undefined ? {} : { roleNames: [userArn] };
    return { ...common, kind: 'federated', userid: `${account}:${name}`, ...behind, ownNames: [principal] };
  }
  if (type !== 'role' && type !== 'assumed-role') {
    return { ...common, kind: 'user', userid: principalId, ownNames: [principal, ...ids] };
  }
  const roles = `arn:${partition}:iam::${account}:role/`;
  const arn = type === 'role' ? principal : roleOfSession(line, roleArn, roles, name);
  const named = type === 'assumed-role' && sessionName !== undefined;
  const userid = named && ids.length > 0 ? `${ids[0]}:${sessionName}` : undefined;
  const serviceLinked = line.principalIsServiceLinkedRole === true || arn.includes(':role/aws-service-role/');
  const names = { roleNames: [arn, ...ids], ownNames: named ? [principal] : [] };
  return { ...common, kind: 'session', arn, userid, serviceLinked, ...names };
}

/** A session ARN hides the role's path: it comes from `roleArn`, else from `aws:PrincipalArn`, else there is none. */
function roleOfSession(line: Line, roleArn: string | undefined, roles: string, name: string): string {
  const stated = roleArn ?? statedValue(line, 'aws:principalarn');
  return stated?.startsWith(roles) && stated.endsWith(`/${name}`) ? stated : roles + name;
}

/**
 * How an Allow reaches the caller. `direct`: by itself. `role`: through its role or the user who federated it, so that
 * boundary and session policy limit. `account`: by delegation to its account, so that identity policies must allow too.
 */
export type Reach = 'none' | 'account' | 'role' | 'direct';

const STRENGTH: readonly Reach[] = ['none', 'account', 'role', 'direct'];

export function strongest(reaches: readonly Reach[]): Reach {
  return STRENGTH[Math.max(0, ...reaches.map((reach) => STRENGTH.indexOf(reach)))] ?? 'none';
}

/** Entries are compared whole: no wildcard inside a principal, and letter case counts. */
export function reachOfArn(entry: string, caller: Caller, facts: Facts): Reach {
  if (caller.kind === 'service' || caller.kind === 'anonymous') return 'none';
  if (caller.accountNames.includes(entry)) return reachOfAccount(facts);
  if (caller.kind === 'federated' && !facts['federated-principal-matches']) return 'none';
  if (UNIQUE_ID.test(entry) && !facts['unique-ids-match']) return 'none';
  if (caller.kind === 'session' && !facts['session-principal-is-exact'] && isSessionOf(caller, entry))
    return 'role';
  if (caller.ownNames?.includes(entry)) return 'direct';
  if (!caller.roleNames?.includes(entry)) return 'none';
  if (caller.kind === 'session' && entry === caller.arn && !facts['role-principal-matches']) return 'none';
  return facts[caller.kind === 'session' ? 'role-principal-is-limited' : 'federating-user-is-limited']
    ? 'role'
    : 'direct';
}

function reachOfAccount(facts: Facts): Reach {
  if (!facts['account-principal-matches']) return 'none';
  return facts['account-principal-delegates'] ? 'account' : 'role';
}

const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]+$/;

/** Does the entry name a session, this one or another, of the caller's role? */
function isSessionOf({ arn, partition, account }: Identity, entry: string): boolean {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return entry.startsWith(`arn:${partition}:sts::${account}:assumed-role/${name}/`);
}

function entriesOf(principals: Principals, type: string): readonly string[] {
  if (typeof principals === 'string') return type === 'AWS' && principals === '*' ? ['*'] : [];
  return Object.entries(principals).flatMap(([key, entries]) => (key === type ? listOf(entries) : []));
}

/** `*` matches everybody, anonymous callers and service principals included; a service is named by the host that appears. */
export function reachOfPrincipal(principals: Principals, caller: Caller, facts: Facts): Reach {
  const named = entriesOf(principals, 'AWS');
  const everyone: Reach = facts['wildcard-principal-is-direct'] ? 'direct' : 'role';
  const starMeans = facts[caller.kind === 'service' ? 'star-matches-services' : 'star-matches-everyone'];
  const byStar = named.includes('*') && starMeans;
  const byHost =
    caller.kind === 'service' &&
    entriesOf(principals, 'Service').some((host) => isHost(host, caller.host, facts));
  return strongest([
    byStar ? everyone : 'none',
    byHost ? 'direct' : 'none',
    ...named.map((entry) => reachOfArn(entry, caller, facts)),
  ]);
}

function isHost(entry: string, host: string, facts: Facts): boolean {
  if (!facts['service-principal-matches']) return false;
  return facts['service-principal-is-whole'] ? entry === host : entry.split('.')[0] === host.split('.')[0];
}

/**
 * `Deny` with `NotPrincipal` spares only a caller whose whole chain is listed: account and user; account, role and
 * session; account, federated session and the user behind it; the root user's account; a service by its host. A
 * principal with a boundary is never spared.
 */
export function escapesNotPrincipal(
  listed: Principals,
  caller: Caller,
  bounded: boolean,
  facts: Facts,
): boolean {
  const named = entriesOf(listed, 'AWS');
  const byStar = named.includes('*');
  if (caller.kind === 'anonymous') return byStar;
  if (caller.kind === 'service') {
    const byHost = entriesOf(listed, 'Service').includes(caller.host);
    return byHost || !facts['not-principal-service-by-name'];
  }
  if (bounded && facts['not-principal-denies-bounded']) return false;
  if (byStar || !facts['not-principal-whole-chain'])
    return reachOfPrincipal(listed, caller, facts) !== 'none';
  const chain = [caller.accountNames, caller.roleNames, caller.ownNames];
  return chain.every((names) => names === undefined || names.some((name) => named.includes(name)));
}
