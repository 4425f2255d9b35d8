import type { Facts } from './facts.js';
import { type Line, listOf, type Principals, statedValue } from './request.js';
import { splitArn } from './wildcard.js';

/** Who calls, by `aws:PrincipalType` (section 5.1), and the names by which policies can mean it. */
export interface Caller {
  readonly kind: 'User' | 'AssumedRole' | 'FederatedUser' | 'Account' | 'Service' | 'Anonymous';
  /** Of a service principal; the other kinds but `Anonymous` have partition, account and `arn`, the `aws:PrincipalArn`. */
  readonly host?: string;
  readonly partition?: string;
  readonly account?: string;
  readonly arn?: string;
  readonly userid?: string | undefined;
  readonly serviceLinked?: boolean;
  /** Has a permissions boundary. */
  readonly bounded?: boolean;
  readonly accountNames?: readonly string[];
  /** The role of a session, or the user behind a federated one. */
  readonly roleNames?: readonly string[];
  /** What means this caller alone. A session whose name is not known has none; the root user goes by the account's. */
  readonly ownNames?: readonly string[];
}

/** Identity policies, boundaries and session policies exist for users, role sessions and federated users (EV-10, EV-16). */
export function hasPolicies({ kind }: Caller): boolean {
  return kind === 'User' || kind === 'AssumedRole' || kind === 'FederatedUser';
}

/** A role is never the caller: a role ARN means a session of it whose name is not known (PR-4). */
export function readCaller(line: Line): Caller {
  const { principal, userArn, principalId } = line.request;
  if (principal === 'anonymous') return { kind: 'Anonymous', userid: 'anonymous' };
  const parts = splitArn(principal);
  if (parts === undefined) return { kind: 'Service', host: principal };
  const [, partition = '', , , account = '', resource = ''] = parts;
  const [type, name = '', session] = resource.split('/');
  const iam = `arn:${partition}:iam::${account}:`;
  const bounded = line.boundary !== undefined && type !== 'root';
  const common = { partition, account, arn: principal, bounded, accountNames: [account, `${iam}root`] };
  const ids = listOf(principalId?.split(':')[0]);
  if (type === 'root') return { ...common, kind: 'Account', userid: account };
  if (type === 'federated-user') {
    const behind = userArn === undefined ? {} : { roleNames: [userArn] };
    const userid = `${account}:${name}`;
    return { ...common, kind: 'FederatedUser', userid, ...behind, ownNames: [principal] };
  }
  if (type !== 'role' && type !== 'assumed-role')
    return { ...common, kind: 'User', userid: principalId, ownNames: [principal, ...ids] };
  const arn = type === 'role' ? principal : roleOfSession(line, `${iam}role/`, name);
  const isNamed = type === 'assumed-role' && session !== undefined;
  const userid = isNamed && ids.length > 0 ? `${ids[0]}:${session}` : undefined;
  const serviceLinked = line.principalIsServiceLinkedRole === true || arn.includes(':role/aws-service-role/');
  const names = { roleNames: [arn, ...ids], ownNames: isNamed ? [principal] : [] };
  return { ...common, kind: 'AssumedRole', arn, userid, serviceLinked, ...names };
}

/** PR-3: a session ARN hides the role's path. It comes from `roleArn`, else from `aws:PrincipalArn`, else there is none. */
function roleOfSession(line: Line, roles: string, name: string): string {
  const stated = line.request.roleArn ?? statedValue(line, 'aws:principalarn');
  return stated?.startsWith(roles) && stated.endsWith(`/${name}`) ? stated : roles + name;
}

/**
 * How an Allow reaches the caller (table 1.4, KD-1). `direct`: by itself. `role`: through its role or the user who
 * federated it. `account`: by delegation to its account.
 */
export type Reach = 'none' | 'account' | 'role' | 'direct';

export function strongest(reaches: readonly Reach[]): Reach {
  const strength: readonly Reach[] = ['direct', 'role', 'account'];
  return strength.find((reach) => reaches.includes(reach)) ?? 'none';
}

/** Table 1.5. Entries are compared whole: no wildcard inside a principal (PR-1), and letter case counts. */
export function reachOfArn(entry: string, caller: Caller, facts: Facts): Reach {
  const { kind, partition, account, arn } = caller;
  if (caller.accountNames?.includes(entry)) {
    if (!facts['account-principal-matches']) return 'none';
    return facts['account-principal-delegates'] ? 'account' : 'role';
  }
  const isSession = kind === 'AssumedRole';
  const sessions = `arn:${partition}:sts::${account}:assumed-role/${arn?.split('/').at(-1)}/`;
  const isUniqueId = !entry.includes(':');
  if (kind === 'FederatedUser' && !facts['federated-principal-matches']) return 'none';
  if (isUniqueId && !facts['unique-ids-match']) return 'none';
  if (isSession && !facts['session-principal-is-exact'] && entry.startsWith(sessions)) return 'role';
  if (caller.ownNames?.includes(entry)) return 'direct';
  if (!caller.roleNames?.includes(entry)) return 'none';
  if (isSession && entry === arn && !facts['role-principal-matches']) return 'none';
  return facts[isSession ? 'role-principal-is-limited' : 'federating-user-is-limited'] ? 'role' : 'direct';
}

function entriesOf(principals: Principals, type: 'AWS' | 'Service'): readonly string[] {
  if (typeof principals === 'string') return type === 'AWS' && principals === '*' ? ['*'] : [];
  return listOf(principals[type]);
}

/** Table 1.5: `*` matches everybody, anonymous callers and services included; a service goes by the host that appears (PR-5). */
export function reachOfPrincipal(principals: Principals, caller: Caller, facts: Facts): Reach {
  const { host } = caller;
  const named = entriesOf(principals, 'AWS');
  const starMatches = facts[host === undefined ? 'star-matches-everyone' : 'star-matches-services'];
  const everyone = facts['wildcard-principal-is-direct'] ? 'direct' : 'role';
  const whole = (one: string) => (facts['service-principal-is-whole'] ? one : one.split('.')[0]);
  const isHost = (entry: string) => host !== undefined && whole(entry) === whole(host);
  const byHost = facts['service-principal-matches'] && entriesOf(principals, 'Service').some(isHost);
  return strongest([
    starMatches && named.includes('*') ? everyone : 'none',
    byHost ? 'direct' : 'none',
    ...named.map((entry) => reachOfArn(entry, caller, facts)),
  ]);
}

/**
 * NP-3, NP-4, NP-7: `Deny` with `NotPrincipal` spares only a caller whose whole chain is listed: account and user;
 * account, role and session; account, federated session and the user behind it; the root user's account; a service by
 * its host. A principal with a boundary is never spared.
 */
export function escapesNotPrincipal(listed: Principals, caller: Caller, facts: Facts): boolean {
  const { kind, host, bounded, accountNames, roleNames, ownNames } = caller;
  const named = entriesOf(listed, 'AWS');
  if (host !== undefined)
    return entriesOf(listed, 'Service').includes(host) || !facts['not-principal-service-by-name'];
  if (bounded && facts['not-principal-denies-bounded']) return false;
  if (kind === 'Anonymous') return named.includes('*');
  if (named.includes('*') || !facts['not-principal-whole-chain'])
    return reachOfPrincipal(listed, caller, facts) !== 'none';
  return [accountNames, roleNames, ownNames].every(
    (names) => names?.some((name) => named.includes(name)) ?? true,
  );
}
