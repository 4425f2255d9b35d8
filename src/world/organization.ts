import type { Policy } from '../policy/policy.js';
import type { AccountId } from '../syntax/arn.js';
import type { Estate, Organization, OrganizationUnit } from './world.js';

/** Where an account stands in its organization. */
export interface Membership {
  readonly organization: Organization;
  /** As `aws:PrincipalOrgPaths` shows it, ending in a slash. */
  readonly path: string;
  readonly isManagement: boolean;
  /** Control policies from the root down to the account. */
  readonly scps: readonly (readonly Policy[])[];
  readonly rcps: readonly (readonly Policy[])[];
}

const memberships = new WeakMap<Organization, ReadonlyMap<AccountId, Membership>>();

/** The membership of an account; `undefined` when no organization of the estate holds it. */
export function membershipOf(estate: Estate, account: AccountId | undefined): Membership | undefined {
  if (account === undefined) return undefined;
  for (const organization of estate.organizations) {
    const found = membersOf(organization).get(account);
    if (found !== undefined) return found;
  }
  return undefined;
}

function membersOf(organization: Organization): ReadonlyMap<AccountId, Membership> {
  const known = memberships.get(organization);
  if (known !== undefined) return known;
  const members = new Map<AccountId, Membership>();
  collect(organization, organization.root, `${organization.id}/${organization.root.name}/`, [], [], members);
  const { managementAccount } = organization;
  if (managementAccount !== undefined && !members.has(managementAccount)) {
    const path = `${organization.id}/${organization.root.name}/`;
    members.set(managementAccount, { organization, path, isManagement: true, scps: [], rcps: [] });
  }
  memberships.set(organization, members);
  return members;
}

function collect(
  organization: Organization,
  unit: OrganizationUnit,
  path: string,
  scpsAbove: readonly (readonly Policy[])[],
  rcpsAbove: readonly (readonly Policy[])[],
  members: Map<AccountId, Membership>,
): void {
  const scps = [...scpsAbove, unit.scps];
  const rcps = [...rcpsAbove, unit.rcps];
  for (const member of unit.accounts) {
    members.set(member.account, {
      organization,
      path,
      isManagement: member.account === organization.managementAccount,
      scps: [...scps, member.scps],
      rcps: [...rcps, member.rcps],
    });
  }
  for (const inner of unit.units) collect(organization, inner, `${path}${inner.name}/`, scps, rcps, members);
}
