import { type Arn, isAccountId, parseArn } from '../syntax/arn.js';
import { didYouMean } from '../syntax/suggest.js';
import type { Loader } from './loader.js';
import { type Located, refuse, type Spot } from './shape.js';

/** Where things live unless they say otherwise. */
export interface Home {
  readonly partition: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly accounts: ReadonlyMap<string, string>;
}

/** The account id that a reference names: a name from `accounts`, or 12 digits. */
export function accountOf(loader: Loader, home: Home, reference: Located<string>): string | undefined {
  const { value, spot } = reference;
  const named = home.accounts.get(value);
  if (named !== undefined) return named;
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
    message: digits ? `\`${value}\` has ${value.length} digits` : `unknown account \`${value}\``,
    expected:
      home.accounts.size === 0
        ? '12 quoted digits'
        : `12 quoted digits, or one of ${[...home.accounts.keys()].join(', ')}`,
    help: digits
      ? `write "${value.padStart(12, '0')}" if a leading zero was lost`
      : didYouMean(value, home.accounts.keys()),
  });
}

export interface Placed {
  readonly arn?: Located<string>;
  readonly account?: Located<string>;
  readonly region?: Located<string>;
  readonly spot: Spot;
}

/** The account and Region of a thing, its own or the file's; complains when neither is said. */
export function placeOfThing(
  loader: Loader,
  home: Home,
  thing: Placed,
): { readonly account: string; readonly region: string } | undefined {
  const account = thing.account === undefined ? home.account : accountOf(loader, home, thing.account);
  const region = thing.region?.value ?? home.region;
  if (account === undefined && thing.account === undefined) {
    refuse(loader, thing.spot, {
      code: 'missing-element',
      message: 'no account is given for this, nor one for the file',
      expected: '`account:` at the top of the file',
    });
  }
  if (region === undefined) {
    refuse(loader, thing.spot, {
      code: 'missing-element',
      message: 'no Region is given for this, nor one for the file',
      expected: '`region:` at the top of the file',
    });
  }
  return account === undefined || region === undefined ? undefined : { account, region };
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
  return parseArn(
    `arn:${home.partition}:${service}:${regional ? place.region : ''}:${place.account}:${resource}`,
  );
}

export function givenArn(
  loader: Loader,
  given: Located<string>,
  service: string | undefined,
): Arn | undefined {
  const arn = parseArn(given.value);
  if (arn !== undefined && (service === undefined || arn.service === service)) return arn;
  return refuse(loader, given.spot, {
    code: 'bad-arn',
    message: `\`${given.value}\` is no ARN${service === undefined ? '' : ` of ${service}`}`,
    expected: `arn:partition:${service ?? 'service'}:region:account:resource`,
  });
}
