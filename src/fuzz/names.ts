import fc from 'fast-check';
import { madeUpKeyId } from '../world/made-up-id.js';
import { chance, choice, mostly } from './choice.js';
import { type FuzzOptions, vocabularyOf } from './vocabulary.js';

/** One of the accounts; without `accounts`, now and then any twelve digits, zeros in front among them. */
export function accountId(options: FuzzOptions = {}): fc.Arbitrary<string> {
  const known = mostly(vocabularyOf(options).accounts);
  if (options.accounts !== undefined) return known;
  const digits = fc.integer({ min: 0, max: 999_999_999_999 }).map((value) => String(value).padStart(12, '0'));
  return choice([19, known], [1, digits]);
}

/** What an ARN can be of. */
export type ArnService = 'sqs' | 'kms' | 'sns' | 's3' | 'events' | 'lambda' | 'iam';

const ARN_SERVICES: readonly [ArnService, ...ArnService[]] = [
  'sqs',
  'kms',
  'sns',
  's3',
  'events',
  'lambda',
  'iam',
];

/** The ARN of a queue, key, topic, bucket, rule, function or role; of any of them when no service is named. */
export function arn(service?: ArnService, options: FuzzOptions = {}): fc.Arbitrary<string> {
  const { names, regions } = vocabularyOf(options);
  const services = service === undefined ? fc.constantFrom(...ARN_SERVICES) : fc.constant(service);
  return fc
    .record({
      service: services,
      region: mostly(regions),
      account: accountId(options),
      name: fc.constantFrom(...names),
    })
    .map(({ service: of, region, account, name }) => arnOf(of, region, account, name));
}

export function arnOf(service: ArnService, region: string, account: string, name: string): string {
  switch (service) {
    case 'sqs':
    case 'sns':
      return `arn:aws:${service}:${region}:${account}:${name}`;
    case 'kms':
      return `arn:aws:kms:${region}:${account}:key/${madeUpKeyId(name)}`;
    case 's3':
      return `arn:aws:s3:::${name}`;
    case 'events':
      return `arn:aws:events:${region}:${account}:rule/${name}`;
    case 'lambda':
      return `arn:aws:lambda:${region}:${account}:function:${name}`;
    case 'iam':
      return `arn:aws:iam::${account}:role/${name}`;
  }
}

/** Whom a policy can name by an ARN. */
export type PrincipalKind = 'user' | 'role' | 'session' | 'federatedUser' | 'root';

const PRINCIPAL_KINDS: readonly [PrincipalKind, ...PrincipalKind[]] = [
  'user',
  'role',
  'session',
  'federatedUser',
  'root',
];

/** The ARN of a principal, of one of these kinds or of any. Some users and roles have a path. */
export function principalArn(
  kinds: readonly PrincipalKind[] = [],
  options: FuzzOptions = {},
): fc.Arbitrary<string> {
  const [first, ...others] = kinds.length === 0 ? PRINCIPAL_KINDS : kinds;
  const { names } = vocabularyOf(options);
  return fc
    .record({
      kind: fc.constantFrom(first ?? 'user', ...others),
      account: accountId(options),
      name: fc.constantFrom(...names),
      path: chance(10).map((hasPath) => (hasPath ? 'team/' : '')),
      session: fc.constantFrom('run-1', 'run-2'),
    })
    .map((made) => principalArnOf(made.kind, made.account, made.name, made.path, made.session));
}

function principalArnOf(
  kind: PrincipalKind,
  account: string,
  name: string,
  path: string,
  session: string,
): string {
  switch (kind) {
    case 'user':
    case 'role':
      return `arn:aws:iam::${account}:${kind}/${path}${name}`;
    case 'session':
      return `arn:aws:sts::${account}:assumed-role/${name}/${session}`;
    case 'federatedUser':
      return `arn:aws:sts::${account}:federated-user/${name}`;
    case 'root':
      return `arn:aws:iam::${account}:root`;
  }
}

/** Services that deliver to queues, and one that does not. */
export const SERVICE_HOSTS = [
  'sns.amazonaws.com',
  's3.amazonaws.com',
  'events.amazonaws.com',
  'lambda.amazonaws.com',
] as const;

/** The service principal of a service that delivers to queues. */
export function serviceHost(): fc.Arbitrary<string> {
  return fc.constantFrom(...SERVICE_HOSTS);
}

/** A pattern that may match ARNs of this vocabulary; shrinks to the lone `*`. */
export function resourcePattern(options: FuzzOptions): fc.Arbitrary<string> {
  const { accounts, names } = vocabularyOf(options);
  const patterns = fc.constantFrom(
    'arn:aws:sqs:*:*:*',
    'arn:aws:kms:*:*:key/*',
    'arn:aws:sqs:*:*:${aws:PrincipalTag/team}',
    ...names.map((name) => `arn:aws:sqs:*:*:${name}*`),
    ...accounts.map((account) => `arn:aws:sqs:*:${account}:*`),
  );
  return choice([12, fc.constant('*')], [4, arn('sqs', options)], [2, arn('kms', options)], [3, patterns]);
}
