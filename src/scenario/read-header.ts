import { parseDate } from '../syntax/date.js';
import type { Organization } from '../world/world.js';
import { buildOrganization } from './build-organization.js';
import { HEADER } from './format.js';
import { accountOf, type Home } from './home.js';
import type { Loader } from './loader.js';
import { object, type Read } from './shape.js';
import { describe, itemsOf, type Member, membersOf, refuse, type Spot } from './spot.js';

const header = object(HEADER, 'the header');
export type ReadHeader = Read<typeof header>;

const DEFAULT_START = Date.UTC(2026, 0, 1);
/** Beyond it the virtual clock has no date to show. */
export const LATEST = Date.UTC(9999, 11, 31);

/** Reads what a file says at its top besides sections and steps; members come from the file and the one it extends. */
export function readHeader(loader: Loader, root: Spot, members: readonly Member[]): ReadHeader {
  const own = members.filter(({ key }) => Object.hasOwn(HEADER, key) && key !== 'extends');
  return header.readMembers(loader, root, mergeAccounts(own));
}

/** Accounts of an extended file and of the file itself are one mapping. */
function mergeAccounts(members: readonly Member[]): readonly Member[] {
  const accounts = members.filter(({ key }) => key === 'accounts');
  const own = accounts.at(-1);
  if (own === undefined || accounts.length < 2) return members;
  const all = accounts.flatMap(({ value }) => (value.node.kind === 'object' ? value.node.members : []));
  const node = { ...own.value.node, kind: 'object' as const, members: all };
  return [
    ...members.filter(({ key }) => key !== 'accounts'),
    { key: 'accounts', value: { ...own.value, node } },
  ];
}

/** Where things of the file live unless they say otherwise. */
export function homeOf(loader: Loader, head: ReadHeader, written: readonly Member[]): Home {
  const accounts = head.accounts ?? new Map<string, string>();
  const home: Home = {
    partition: head.partition ?? 'aws',
    region: head.region?.value,
    account: undefined,
    accounts,
    refused: refusedParts(head, written),
  };
  if (head.account === undefined) return home;
  const account = accountOf(loader, home, head.account);
  return account === undefined
    ? { ...home, refused: new Set([...home.refused, 'account']) }
    : { ...home, account };
}

/** Parts of the header that were written and could not be read: what leans on them is not complained of again. */
function refusedParts(head: ReadHeader, written: readonly Member[]): ReadonlySet<string> {
  const refused = new Set<string>();
  for (const { key, value } of written) {
    if ((key === 'account' || key === 'region') && head[key] === undefined) refused.add(key);
    if (key !== 'accounts') continue;
    for (const { key: name } of membersOf(value) ?? [])
      if (head.accounts?.has(name) !== true) refused.add(`accounts.${name}`);
  }
  return refused;
}

export function organizationsOf(loader: Loader, home: Home, head: ReadHeader): readonly Organization[] {
  const several = head.organizations === undefined ? [] : itemsOf(head.organizations);
  if (head.organizations !== undefined && several === undefined) {
    refuse(loader, head.organizations, {
      code: 'wrong-type',
      message: `\`organizations\` is ${describe(head.organizations.node)}`,
      expected: 'a list of organizations',
    });
  }
  const spots = [...(head.organization === undefined ? [] : [head.organization]), ...(several ?? [])];
  return spots.flatMap((spot) => buildOrganization(loader, home, spot) ?? []);
}

/** The virtual clock at the first step. */
export function startOf(loader: Loader, head: ReadHeader): number {
  if (head.starts === undefined) return DEFAULT_START;
  const instant = parseDate(head.starts.value);
  if (instant !== undefined && instant >= 0 && instant <= LATEST) return instant;
  refuse(loader, head.starts.spot, {
    code: 'bad-date',
    message: `\`starts\` is ${describe(head.starts.spot.node)}`,
    expected: 'a date of ISO 8601 from 1970 to 9999, such as 2026-01-01T00:00:00Z',
  });
  return DEFAULT_START;
}
