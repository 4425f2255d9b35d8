import { type Arn, isAccountId, parseArn } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Loader } from './loader.js';
import { type Located, listNames, refuse, type Spot, suggest } from './spot.js';

/** Where things live unless they say otherwise. */
export interface Home {
  readonly partition: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly accounts: ReadonlyMap<string, string>;
  /** Parts of the header that were given and refused: nothing that leans on them is complained of again. */
  readonly refused: ReadonlySet<string>;
}

/** The account id that a reference names: a name from `accounts`, or 12 digits. */
export function accountOf(loader: Loader, home: Home, reference: Located<string>): string | undefined {
  const { value, spot } = reference;
  const named = home.accounts.get(value);
  if (named !== undefined || home.refused.has(`accounts.${value}`)) return named;
  if (isAccountId(value)) {
    if (spot.node.kind === 'string' && spot.node.quoted !== false) return value;
    return refuse(loader, spot, {
      code: 'account-id',
      message: `the account id ${value} is not quoted`,
      expected: '12 digits in quotes, or a name from `accounts`',
      help: `write "${value}": other YAML readers take bare digits for a number and drop leading zeros`,
    });
  }
  const digits = /^\d{1,11}$/.test(value);
  return refuse(loader, spot, {
    code: digits ? 'account-id' : 'unknown-name',
    message: digits
      ? `${excerpt(value)} has ${value.length} digit${value.length === 1 ? '' : 's'}`
      : `unknown account ${excerpt(value)}`,
    expected:
      home.accounts.size === 0
        ? '12 quoted digits'
        : `12 quoted digits, or one of ${listNames(home.accounts.keys())}`,
    help: digits
      ? `write "${value.padStart(12, '0')}" if a leading zero was lost`
      : suggest(loader, value, home.accounts.keys()),
  });
}

export interface Placed {
  readonly arn?: Located<string>;
  readonly account?: Located<string>;
  readonly region?: Located<string>;
  readonly spot: Spot;
}

/** The account and Region of a thing, its own or the file's; complains, once for the file, when neither is said. */
export function placeOfThing(
  loader: Loader,
  home: Home,
  thing: Placed,
): { readonly account: string; readonly region: string } | undefined {
  const account = thing.account === undefined ? home.account : accountOf(loader, home, thing.account);
  const region = thing.region?.value ?? home.region;
  if (account === undefined && thing.account === undefined) unsaid(loader, home, thing.spot, 'account');
  if (region === undefined) unsaid(loader, home, thing.spot, 'region');
  return account === undefined || region === undefined ? undefined : { account, region };
}

function unsaid(loader: Loader, home: Home, spot: Spot, what: 'account' | 'region'): void {
  if (home.refused.has(what) || !loader.once(`no ${what}`)) return;
  refuse(
    loader,
    spot,
    {
      code: 'missing-element',
      message: `no ${what === 'region' ? 'Region' : 'account'} is given for this, nor one for the file`,
      expected: `\`${what}:\` at the top of the file`,
    },
    'name',
  );
}

/** The ARN that was given, or the one made from where the thing lives. */
export function arnOf(
  loader: Loader,
  home: Home,
  thing: Placed,
  service: string,
  resource: string,
  regional = true,
): Arn | undefined {
  if (thing.arn !== undefined) return givenArn(loader, thing.arn, service);
  const place = regional
    ? placeOfThing(loader, home, thing)
    : placeOfThing(loader, { ...home, region: home.region ?? '' }, thing);
  if (place === undefined) return undefined;
  if (/[\s*?"]/.test(resource)) {
    return refuse(
      loader,
      thing.spot,
      {
        code: 'bad-arn',
        message: `${excerpt(resource)} cannot be part of an ARN`,
        expected: 'a name without white space, `*`, `?` and quotes',
        help: 'rename it, or give its `arn:`',
      },
      'name',
    );
  }
  return parseArn(
    `arn:${home.partition}:${service}:${regional ? place.region : ''}:${place.account}:${resource}`,
  );
}

function givenArn(loader: Loader, given: Located<string>, service: string): Arn | undefined {
  const arn = parseArn(given.value);
  if (arn !== undefined && arn.service === service && arn.resource !== '') return arn;
  return refuse(loader, given.spot, {
    code: 'bad-arn',
    message: `${excerpt(given.value)} is no ARN of ${service}`,
    expected: `arn:partition:${service}:region:account:resource`,
  });
}
