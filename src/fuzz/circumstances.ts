import fc from 'fast-check';
import { parseArn } from '../syntax/arn.js';
import { chance, choice, mostly, perhaps } from './choice.js';
import { accountId, arnOf } from './names.js';
import { type FuzzOptions, type Vocabulary, vocabularyOf } from './vocabulary.js';

/** Context values as a `decide` line writes them. */
export type ContextDocument = Readonly<
  Record<string, string | readonly string[] | { readonly unknown: true }>
>;

/** Everything about a request but who, what and on what: drawn on its own, so that each part shrinks by itself. */
export interface Circumstances {
  readonly network: ContextDocument;
  /** The keys among those that matter most whose values nobody knows. */
  readonly unknown: readonly string[];
  readonly plainHttp: boolean;
  readonly organized: boolean;
  readonly team: string | undefined;
  readonly resourceTeam: string | undefined;
  readonly mfa: boolean | undefined;
  readonly throughSqs: boolean;
  readonly source: { readonly account: string; readonly name: string; readonly region: string };
}

export function circumstances(
  options: FuzzOptions & { readonly unknown?: boolean },
): fc.Arbitrary<Circumstances> {
  const { names, regions } = vocabularyOf(options);
  const teams = fc.constantFrom('red', 'blue', ...names);
  return fc.record({
    network: networks(),
    unknown: options.unknown === true ? fc.subarray(UNKNOWABLE) : fc.constant([]),
    plainHttp: chance(8),
    organized: fc.boolean(),
    team: perhaps(35, teams),
    resourceTeam: perhaps(25, teams),
    mfa: perhaps(30, fc.boolean()),
    throughSqs: chance(60),
    source: fc.record({
      account: accountId(options),
      name: fc.constantFrom(...names),
      region: mostly(regions),
    }),
  });
}

/** What a tester often cannot know of a real request. */
const UNKNOWABLE = [
  'aws:SourceIp',
  'aws:PrincipalTag/team',
  'aws:PrincipalOrgID',
  'aws:MultiFactorAuthPresent',
  'aws:ResourceTag/team',
];

function networks(): fc.Arbitrary<ContextDocument> {
  const address = fc.constantFrom('203.0.113.9', '198.51.100.7', '2001:db8::1');
  const endpoint = fc.constantFrom('1a2b3c4d', '5e6f7a8b');
  return choice<ContextDocument>(
    [3, address.map((ip) => ({ 'aws:SourceIp': ip }))],
    [
      2,
      endpoint.map((id) => ({
        'aws:SourceVpce': `vpce-${id}`,
        'aws:SourceVpc': `vpc-${id}`,
        'aws:VpcSourceIp': '10.0.0.4',
      })),
    ],
  );
}

/** Who asks for what on which resource. */
export interface Asker {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * The context of a request that AWS could make: services carry a source and no network, tags or organization; others
 * the reverse; accounts are in one organization each; a key is used through SQS or directly.
 */
export function contextOf(asker: Asker, made: Circumstances, options: FuzzOptions): ContextDocument {
  const known = knownContextOf(asker, made, options);
  if (parseArn(asker.principal) === undefined) return known;
  const viaEndpoint = known['aws:SourceVpce'] !== undefined;
  const hidden = made.unknown.filter((key) => key !== 'aws:SourceIp' || !viaEndpoint);
  return { ...known, ...Object.fromEntries(hidden.map((key) => [key, { unknown: true as const }])) };
}

function knownContextOf(asker: Asker, made: Circumstances, options: FuzzOptions): ContextDocument {
  const words = vocabularyOf(options);
  const { principal, action, resource } = asker;
  const owner = parseArn(resource)?.account;
  const resourceOrg = made.organized ? organizationOf(owner, words) : undefined;
  const isKms = action.toLowerCase().startsWith('kms:');
  const about: ContextDocument = {
    ...(resourceOrg === undefined ? {} : { 'aws:ResourceOrgID': resourceOrg }),
    ...(made.resourceTeam === undefined ? {} : { 'aws:ResourceTag/team': made.resourceTeam }),
  };
  if (principal === 'anonymous') return { ...made.network, ...overHttp(made), ...about };
  const caller = parseArn(principal);
  if (caller === undefined) return { ...sourceOf(principal, made, words), ...about };
  const organization = made.organized ? organizationOf(caller.account, words) : undefined;
  const isForwarded = isKms && made.throughSqs;
  return {
    ...(isForwarded ? throughSqs(resource, made) : { ...made.network, ...overHttp(made) }),
    ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
    ...(made.team === undefined ? {} : { 'aws:PrincipalTag/team': made.team }),
    ...(made.mfa === undefined ? {} : { 'aws:MultiFactorAuthPresent': String(made.mfa) }),
    ...about,
  };
}

function overHttp({ plainHttp }: Circumstances): ContextDocument {
  return plainHttp ? { 'aws:SecureTransport': 'false' } : {};
}

/** An account of the vocabulary is in the same organization wherever it appears; others are in none. */
export function organizationOf(account: string | undefined, words: Vocabulary): string | undefined {
  const at = words.accounts.indexOf(account ?? '');
  return at < 0 ? undefined : words.organizations[at % words.organizations.length];
}

/** Of the network only a public address follows a request that SQS makes for its caller. */
function throughSqs(key: string, { network }: Circumstances): ContextDocument {
  const address = network['aws:SourceIp'];
  return {
    'kms:ViaService': `sqs.${parseArn(key)?.region ?? 'us-east-1'}.amazonaws.com`,
    'aws:ViaAWSService': 'true',
    'aws:CalledVia': ['sqs.amazonaws.com'],
    ...(address === undefined ? {} : { 'aws:SourceIp': address }),
  };
}

function sourceOf(host: string, { source, organized }: Circumstances, words: Vocabulary): ContextDocument {
  const { region, account, name } = source;
  const organization = organized ? organizationOf(account, words) : undefined;
  const service = SOURCES.get(host.split('.', 1)[0] ?? '');
  if (service === undefined) return {};
  return {
    'aws:SourceArn': arnOf(service, region, account, name),
    'aws:SourceAccount': account,
    ...(organization === undefined ? {} : { 'aws:SourceOrgID': organization }),
  };
}

const SOURCES: ReadonlyMap<string, 'sns' | 's3' | 'events' | 'lambda'> = new Map([
  ['sns', 'sns'],
  ['s3', 's3'],
  ['events', 'events'],
  ['lambda', 'lambda'],
]);
