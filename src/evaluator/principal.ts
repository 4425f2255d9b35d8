import type { Listed, PrincipalEntry } from '../policy/policy.js';
import type { AccountId } from '../syntax/arn.js';
import { ACCOUNT_REACH, DIRECT_REACH, NO_REACH, type Reach, ROLE_REACH } from './reach.js';
import type { Caller } from './request.js';

/** The account a caller belongs to; `undefined` for services and anonymous callers, which have none. */
export function accountOf(caller: Caller): AccountId | undefined {
  switch (caller.kind) {
    case 'user':
    case 'session':
    case 'federatedUser':
      return caller.arn.account;
    case 'root':
      return caller.account;
    case 'service':
    case 'anonymous':
      return undefined;
  }
}

export function partitionOf(caller: Caller): string | undefined {
  switch (caller.kind) {
    case 'user':
    case 'session':
    case 'federatedUser':
      return caller.arn.partition;
    case 'root':
      return caller.partition;
    case 'service':
    case 'anonymous':
      return undefined;
  }
}

/**
 * How far one entry of a Principal element reaches the caller.
 * Page: IAM User Guide, AWS JSON policy elements: Principal.
 * Rules: PRINCIPAL-EVERYONE, PRINCIPAL-ACCOUNT, PRINCIPAL-ROLE, PRINCIPAL-SESSION, PRINCIPAL-FEDERATED-USER,
 * PRINCIPAL-SERVICE, PRINCIPAL-UNIQUE-ID, PRINCIPAL-NO-WILDCARD, WILD-PRINCIPAL, EVAL-PARTITIONS-ARE-APART
 */
export function reachOfEntry(entry: PrincipalEntry, caller: Caller): Reach {
  switch (entry.kind) {
    case 'everyone':
      return DIRECT_REACH;
    case 'account': {
      if (accountOf(caller) !== entry.account) return NO_REACH;
      return entry.partition === undefined || entry.partition === partitionOf(caller)
        ? ACCOUNT_REACH
        : NO_REACH;
    }
    case 'service':
      if (caller.kind !== 'service') return NO_REACH;
      return entry.host === caller.host || entry.host === caller.regionalHost ? DIRECT_REACH : NO_REACH;
    case 'user':
      if (caller.kind === 'user') return caller.arn.text === entry.arn.text ? DIRECT_REACH : NO_REACH;
      if (caller.kind === 'federatedUser')
        return caller.user?.text === entry.arn.text ? ROLE_REACH : NO_REACH;
      return NO_REACH;
    case 'role':
      return caller.kind === 'session' && caller.role.text === entry.arn.text ? ROLE_REACH : NO_REACH;
    case 'session':
      return caller.kind === 'session' && caller.arn.text === entry.arn.text ? DIRECT_REACH : NO_REACH;
    case 'federatedUser':
      return caller.kind === 'federatedUser' && caller.arn.text === entry.arn.text ? DIRECT_REACH : NO_REACH;
    case 'uniqueId':
      if (caller.kind === 'user') return caller.id === entry.id ? DIRECT_REACH : NO_REACH;
      if (caller.kind === 'session') return caller.id === entry.id ? ROLE_REACH : NO_REACH;
      return NO_REACH;
    case 'federated':
    case 'canonicalUser':
      return NO_REACH;
  }
}

/** The strongest reach of a Principal element. */
export function reachOf(entries: readonly PrincipalEntry[], caller: Caller): Reach {
  let reach: Reach = NO_REACH;
  for (const entry of entries) {
    const found = reachOfEntry(entry, caller);
    if (found > reach) reach = found;
    if (reach === DIRECT_REACH) return reach;
  }
  return reach;
}

/**
 * Whether the caller escapes a Deny with NotPrincipal: every link of its chain must be listed.
 * Page: IAM User Guide, AWS JSON policy elements: NotPrincipal.
 * Rules: NOT-PRINCIPAL-WHOLE-CHAIN, NOT-PRINCIPAL-SERVICE (a boundary is judged by the caller of this function)
 */
export function isExempt(listed: Listed<PrincipalEntry>, caller: Caller): boolean {
  const lists = (test: (entry: PrincipalEntry) => boolean): boolean =>
    listed.entries.some((entry) => entry.kind === 'everyone' || test(entry));
  const listsAccount = lists(
    (entry) => entry.kind === 'account' && reachOfEntry(entry, caller) === ACCOUNT_REACH,
  );
  switch (caller.kind) {
    case 'root':
      return listsAccount;
    case 'user':
      return (
        listsAccount && lists((entry) => entry.kind !== 'account' && reachOfEntry(entry, caller) !== NO_REACH)
      );
    case 'session':
      return (
        listsAccount &&
        lists((entry) => entry.kind !== 'account' && reachOfEntry(entry, caller) === ROLE_REACH) &&
        lists((entry) => entry.kind === 'session' && reachOfEntry(entry, caller) === DIRECT_REACH)
      );
    case 'federatedUser':
      return (
        listsAccount &&
        lists((entry) => entry.kind === 'federatedUser' && reachOfEntry(entry, caller) === DIRECT_REACH) &&
        (caller.user === undefined ||
          lists((entry) => entry.kind === 'user' && entry.arn.text === caller.user?.text))
      );
    case 'service':
      return listed.entries.some(
        (entry) => entry.kind === 'service' && reachOfEntry(entry, caller) !== NO_REACH,
      );
    case 'anonymous':
      return lists(() => false);
  }
}
