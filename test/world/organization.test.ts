import { describe, expect, it } from 'vitest';
import { membershipOf } from '../../src/world/organization.js';
import { EMPTY_ESTATE, type Organization, type OrganizationUnit } from '../../src/world/world.js';
import { EVERYTHING, policy } from '../explain/small-world.js';

const SCPS = ['root', 'workloads', 'prod', 'account'].map((name) => policy('scp', `scp-${name}`, EVERYTHING));
const [ofRoot = [], ofWorkloads = [], ofProd = [], ofAccount = []] = SCPS.map((each) => [each]);
const RCP = policy('rcp', 'rcp', {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

const unit = (name: string, more: Partial<OrganizationUnit>): OrganizationUnit => ({
  name,
  scps: [],
  rcps: [],
  units: [],
  accounts: [],
  ...more,
});
const member = (account: string, scps: OrganizationUnit['scps'] = []) => ({ account, scps, rcps: [] });

const ORGANIZATION: Organization = {
  id: 'o-a1b2c3d4e5',
  managementAccount: '999988887777',
  root: unit('r-root', {
    scps: ofRoot,
    accounts: [member('222222222222')],
    units: [
      unit('workloads', {
        scps: ofWorkloads,
        rcps: [RCP],
        units: [unit('prod', { scps: ofProd, accounts: [member('111122223333', ofAccount)] })],
      }),
    ],
  }),
};
const OTHER: Organization = {
  id: 'o-other',
  managementAccount: '777777777777',
  root: unit('r-root', { accounts: [member('777777777777')] }),
};
const ESTATE = { ...EMPTY_ESTATE, organizations: [ORGANIZATION, OTHER] };

describe('the membership of an account', () => {
  it('has the control policies of every level from the root down to the account', () => {
    const found = membershipOf(ESTATE, '111122223333');
    expect(found?.scps).toEqual([ofRoot, ofWorkloads, ofProd, ofAccount]);
    expect(found?.rcps).toEqual([[], [RCP], [], []]);
    expect(found?.isManagement).toBe(false);
  });

  it.each([
    ['111122223333', 'o-a1b2c3d4e5/r-root/workloads/prod/'],
    ['222222222222', 'o-a1b2c3d4e5/r-root/'],
    ['999988887777', 'o-a1b2c3d4e5/r-root/'],
    ['777777777777', 'o-other/r-root/'],
    ['444455556666', undefined],
    [undefined, undefined],
  ])('of %s has the path %s', (account, path) => {
    expect(membershipOf(ESTATE, account)?.path).toBe(path);
  });

  it('of the management account has no control policies, unless it stands in a unit as well', () => {
    expect(membershipOf(ESTATE, '999988887777')).toMatchObject({ isManagement: true, scps: [], rcps: [] });
    expect(membershipOf(ESTATE, '777777777777')).toMatchObject({ isManagement: true, scps: [[], []] });
  });

  it('is the same object each time it is asked for', () => {
    expect(membershipOf(ESTATE, '111122223333')).toBe(membershipOf({ ...ESTATE }, '111122223333'));
  });
});
