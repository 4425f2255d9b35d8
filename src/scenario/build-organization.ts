import type { Policy } from '../policy/policy.js';
import { excerpt } from '../syntax/excerpt.js';
import { scalarText } from '../syntax/scalar.js';
import type { MemberAccount, Organization, OrganizationUnit } from '../world/world.js';
import { accountOf, type Home } from './home.js';
import { fullAwsAccess, type Loader } from './loader.js';
import { describe, itemsOf, membersOf, refuse, type Spot, suggest } from './spot.js';

const ROOT = ['id', 'management', 'scps', 'rcps', 'accounts', 'units'];
const UNIT = ['scps', 'rcps', 'accounts', 'units'];
const MEMBER = ['scps', 'rcps'];
/** Page: AWS Organizations User Guide, Quotas: five levels of units below the root. */
const DEEPEST = 5;

/** An organization as the file defines it: a root, nested units, member accounts, each with its control policies. */
export function buildOrganization(loader: Loader, home: Home, spot: Spot): Organization | undefined {
  const fields = fieldsOf(loader, spot, ROOT, 'the organization');
  if (fields === undefined) return undefined;
  const id = fields.get('id');
  const text = id === undefined ? undefined : scalarText(id.node);
  if (id === undefined || text === undefined || !text.startsWith('o-')) {
    return refuse(loader, id ?? spot, {
      code: id === undefined ? 'missing-element' : 'wrong-value',
      message: id === undefined ? 'the organization has no `id`' : `\`id\` is ${describe(id.node)}`,
      expected: 'an id such as `o-a1b2c3d4e5`',
    });
  }
  const management = fields.get('management');
  const managementAccount = management === undefined ? undefined : accountAt(loader, home, management);
  const root = buildUnit(loader, home, 'r-root', fields, 0);
  return { id: text, root, ...(managementAccount === undefined ? {} : { managementAccount }) };
}

function accountAt(loader: Loader, home: Home, spot: Spot): string | undefined {
  const value = scalarText(spot.node);
  if (value !== undefined) return accountOf(loader, home, { value, spot });
  return refuse(loader, spot, {
    code: 'wrong-type',
    message: `${describe(spot.node)} is no account`,
    expected: 'an account',
  });
}

function fieldsOf(
  loader: Loader,
  spot: Spot,
  known: readonly string[],
  what: string,
): ReadonlyMap<string, Spot> | undefined {
  const members = membersOf(spot);
  if (members === undefined) {
    if (spot.node.kind === 'null') return new Map();
    return refuse(loader, spot, {
      code: 'wrong-type',
      message: `${what} is ${describe(spot.node)}`,
      expected: 'a mapping',
    });
  }
  for (const { key, value } of members) {
    if (known.includes(key)) continue;
    refuse(
      loader,
      value,
      {
        code: 'unknown-element',
        message: `unknown key ${excerpt(key)} in ${what}`,
        expected: known.join(', '),
        help: suggest(loader, key, known),
      },
      'name',
    );
  }
  return new Map(members.map(({ key, value }) => [key, value]));
}

function buildUnit(
  loader: Loader,
  home: Home,
  name: string,
  fields: ReadonlyMap<string, Spot>,
  depth: number,
): OrganizationUnit {
  const units = fields.get('units');
  return {
    name,
    ...controlPolicies(loader, fields, name),
    accounts: membersAt(loader, home, fields.get('accounts')),
    units: units === undefined ? [] : unitsAt(loader, home, units, depth + 1),
  };
}

function unitsAt(loader: Loader, home: Home, spot: Spot, depth: number): readonly OrganizationUnit[] {
  const members = membersOf(spot);
  if (members === undefined || depth > DEEPEST) {
    refuse(loader, spot, {
      code: members === undefined ? 'wrong-type' : 'quota',
      message:
        members === undefined
          ? `\`units\` is ${describe(spot.node)}`
          : `the units are nested more than ${DEEPEST} levels deep`,
      expected:
        members === undefined ? 'a mapping from unit names' : `at most ${DEEPEST} levels below the root`,
    });
    return [];
  }
  return members.flatMap(({ key, value }) => {
    const fields = fieldsOf(loader, value, UNIT, `unit ${excerpt(key)}`);
    return fields === undefined ? [] : [buildUnit(loader, home, key, fields, depth)];
  });
}

/** FullAWSAccess where no SCPs are given; where they are, exactly those, as AWS does. */
function controlPolicies(
  loader: Loader,
  fields: ReadonlyMap<string, Spot>,
  name: string,
): Pick<OrganizationUnit, 'scps' | 'rcps'> {
  const scps = fields.get('scps');
  const rcps = fields.get('rcps');
  return {
    scps: scps === undefined ? Object.freeze([fullAwsAccess()]) : policiesAt(loader, scps, 'scp', name),
    rcps: rcps === undefined ? Object.freeze([]) : policiesAt(loader, rcps, 'rcp', name),
  };
}

function policiesAt(loader: Loader, spot: Spot, type: 'scp' | 'rcp', name: string): readonly Policy[] {
  const items = itemsOf(spot);
  if (items === undefined) {
    refuse(loader, spot, {
      code: 'wrong-type',
      message: `\`${type}s\` is ${describe(spot.node)}`,
      expected: 'a list of policies',
    });
    return [];
  }
  return Object.freeze(
    items.flatMap(
      (item, index) => loader.policyAt(item, type, `${type.toUpperCase()} ${index + 1} of ${name}`) ?? [],
    ),
  );
}

function membersAt(loader: Loader, home: Home, spot: Spot | undefined): readonly MemberAccount[] {
  if (spot === undefined) return [];
  const items = itemsOf(spot);
  if (items !== undefined) {
    return items.flatMap((item) => {
      const account = accountAt(loader, home, item);
      if (account === undefined || !isNew(loader, item, account)) return [];
      return [{ account, scps: [fullAwsAccess()], rcps: [] }];
    });
  }
  const members = membersOf(spot);
  if (members === undefined) {
    refuse(loader, spot, {
      code: 'wrong-type',
      message: `\`accounts\` is ${describe(spot.node)}`,
      expected: 'a list of accounts, or a mapping from accounts to their policies',
    });
    return [];
  }
  return members.flatMap(({ key, value }) => {
    const named: Spot = {
      ...value,
      node: {
        kind: 'string',
        value: key,
        quoted: true,
        ...(value.keySpan === undefined ? {} : { span: value.keySpan }),
      },
    };
    const account = accountOf(loader, home, { value: key, spot: named });
    const fields = fieldsOf(loader, value, MEMBER, `account ${excerpt(key)}`);
    if (account === undefined || fields === undefined || !isNew(loader, named, account)) return [];
    return [{ account, ...controlPolicies(loader, fields, key) }];
  });
}

/** An account is a member of one organization, in one place of it. */
function isNew(loader: Loader, spot: Spot, account: string): boolean {
  if (loader.once(`member ${account}`)) return true;
  refuse(loader, spot, {
    code: 'repeated-value',
    message: `account ${account} stands in an organization twice`,
    expected: 'each account in one place',
  });
  return false;
}
