import type { Facts } from './facts.js';
import { type Line, listOf, type Optional, type Principals, statedValue } from './request.js';
import { splitArn } from './wildcard.js';

/** Who calls, by `aws:PrincipalType` (5.1), and its names: of its account, its role, and its own. */
export interface Caller
  extends Optional<'host' | 'partition' | 'account' | 'arn', string>,
    Optional<'accountNames' | 'roleNames' | 'ownNames', readonly string[]>,
    Optional<'serviceLinked' | 'bounded', boolean> {
  readonly kind: 'User' | 'AssumedRole' | 'FederatedUser' | 'Account' | 'Service' | 'Anonymous';
  readonly userid?: string | undefined;
}

/** EV-10, EV-16: identity policies, boundaries and session policies are for users and sessions. */
export const hasPolicies = ({ kind }: Caller) => ['User', 'AssumedRole', 'FederatedUser'].includes(kind);

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
    const names = { ...(userArn !== undefined && { roleNames: [userArn] }), ownNames: [principal] };
    return { ...common, kind: 'FederatedUser', userid: `${account}:${name}`, ...names };
  }
  if (type !== 'role' && type !== 'assumed-role')
    return { ...common, kind: 'User', userid: principalId, ownNames: [principal, ...ids] };
  // PR-3: a session ARN hides the role's path, which `roleArn` or else `aws:PrincipalArn` may tell.
  const stated = line.request.roleArn ?? statedValue(line, 'aws:principalarn') ?? '';
  const isIt = stated.startsWith(`${iam}role/`) && stated.endsWith(`/${name}`);
  const arn = type === 'role' ? principal : isIt ? stated : `${iam}role/${name}`;
  const isNamed = type === 'assumed-role' && session !== undefined;
  const userid = isNamed && ids.length > 0 ? `${ids[0]}:${session}` : undefined;
  const serviceLinked = line.principalIsServiceLinkedRole ?? arn.includes(':role/aws-service-role/');
  const names = { roleNames: [arn, ...ids], ownNames: isNamed ? [principal] : [] };
  return { ...common, kind: 'AssumedRole', arn, userid, serviceLinked, ...names };
}

/** Table 1.4, KD-1: an Allow reaches the caller itself, its role (or federating user), or its account. */
const REACHES = ['direct', 'role', 'account', 'none'] as const;
export type Reach = (typeof REACHES)[number];

export const strongest = (all: readonly Reach[]) => REACHES.find((one) => all.includes(one)) ?? 'none';

/** Table 1.5. Entries are compared whole: no wildcard inside a principal (PR-1), and letter case counts. */
export function reachOfArn(entry: string, caller: Caller, facts: Facts): Reach {
  const { kind, partition, account, arn, accountNames, roleNames, ownNames } = caller;
  const isSession = kind === 'AssumedRole';
  const sessions = `arn:${partition}:sts::${account}:assumed-role/${arn?.split('/').at(-1)}/`;
  if (accountNames?.includes(entry) && !facts['account-principal-matches']) return 'none';
  if (accountNames?.includes(entry)) return facts['account-principal-delegates'] ? 'account' : 'role';
  if (kind === 'FederatedUser' && !facts['federated-principal-matches']) return 'none';
  if (!entry.includes(':') && !facts['unique-ids-match']) return 'none';
  if (isSession && !facts['session-principal-is-exact'] && entry.startsWith(sessions)) return 'role';
  if (ownNames?.includes(entry)) return 'direct';
  if (!roleNames?.includes(entry)) return 'none';
  if (isSession && entry === arn && !facts['role-principal-matches']) return 'none';
  return facts[isSession ? 'role-principal-is-limited' : 'federating-user-is-limited'] ? 'role' : 'direct';
}

function entriesOf(principals: Principals, type: 'AWS' | 'Service'): readonly string[] {
  if (typeof principals === 'string') return type === 'AWS' && principals === '*' ? ['*'] : [];
  return listOf(principals[type]);
}

/** Table 1.5: `*` matches everybody, unsigned callers and services too; a service goes by its host (PR-5). */
export function reachOfPrincipal(principals: Principals, caller: Caller, facts: Facts): Reach {
  const { host } = caller;
  const named = entriesOf(principals, 'AWS');
  const star = facts[host === undefined ? 'star-matches-everyone' : 'star-matches-services']
    ? '*'
    : undefined;
  const everyone = facts['wildcard-principal-is-direct'] ? 'direct' : 'role';
  const whole = (one: string) => (facts['service-principal-is-whole'] ? one : one.split('.')[0]);
  const isHost = (entry: string) => host !== undefined && whole(entry) === whole(host);
  const byHost = facts['service-principal-matches'] && entriesOf(principals, 'Service').some(isHost);
  const byName = named.map((entry) => (entry === star ? everyone : reachOfArn(entry, caller, facts)));
  return strongest([...byName, byHost ? 'direct' : 'none']);
}

/** NP-3: only a whole chain escapes a Deny; NP-7: a service by its host; NP-4: nobody who has a boundary. */
export function escapesNotPrincipal(listed: Principals, caller: Caller, facts: Facts): boolean {
  const { kind, host, bounded, accountNames, roleNames, ownNames } = caller;
  const named = entriesOf(listed, 'AWS');
  if (host !== undefined)
    return entriesOf(listed, 'Service').includes(host) || !facts['not-principal-service-by-name'];
  if (kind === 'Anonymous') return named.includes('*');
  if (bounded && facts['not-principal-denies-bounded']) return false;
  if (named.includes('*') || !facts['not-principal-whole-chain'])
    return reachOfPrincipal(listed, caller, facts) !== 'none';
  const chain = [accountNames, roleNames, ownNames];
  return chain.every((names) => names?.some((name) => named.includes(name)) ?? true);
}
