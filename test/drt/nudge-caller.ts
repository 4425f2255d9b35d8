import { listOf, type Members, membersOf, pickFrom, statementsOf } from './parts.js';
import type { Random } from './random.js';
import { OURS, THEIRS } from './words.js';

/** Accounts and partitions change hands, roles become users. */
const ARN_CHANGES: readonly [(arn: string) => string, ...((arn: string) => string)[]] = [
  (arn) => arn.replace(/\d{12}/, (account) => (account === OURS ? THEIRS : OURS)),
  (arn) => arn.replace(/^arn:aws:/, 'arn:aws-cn:'),
  (arn) => arn.replace(/^arn:([^:]+):(?:iam|sts)::(\d{12}):.*$/, 'arn:$1:iam::$2:root'),
  (arn) => arn.replace(/:role\/(?:.*\/)?([^/]+)$/, ':user/$1'),
  (arn) => arn.replace(/:iam:(.*):role\/(?:.*\/)?([^/]+)$/, ':sts:$1:assumed-role/$2/s1'),
  (arn) => arn.replace(/:sts:(.*):assumed-role\/([^/]+)\/.*$/, ':iam:$1:role/$2'),
  (arn) => arn.replace(/:(role|user)\/([^/]+)$/, ':$1/team/$2'),
  (arn) => arn.replace(/[^/:]$/, (last) => (last === '1' ? '2' : '1')),
];

export function changeArn(arn: string, random: Random): string {
  if (!arn.startsWith('arn:') || arn.endsWith(':root')) return /\d{12}/.test(arn) ? ARN_CHANGES[0](arn) : arn;
  return random.pick(ARN_CHANGES)(arn);
}

/** A principal of a policy becomes another form of the caller, or somebody close to it. */
export function nudgePrincipal(line: Members, random: Random): void {
  const named = statementsOf(line).filter(
    ({ Principal, NotPrincipal }) => (Principal !== undefined && Principal !== '*') || NotPrincipal,
  );
  const statement = pickFrom(named, random);
  if (statement === undefined) return;
  const names = membersOf(statement.Principal ?? statement.NotPrincipal);
  const { principal, roleArn, userArn, principalId } = membersOf(line.request);
  const caller = pickFrom([principal, roleArn, userArn, principalId].filter(Boolean), random);
  const [type = 'AWS'] = Object.keys(names);
  const listed = listOf(names[type]).map(String);
  const near = (): string => {
    const from = random.chance(0.5) && String(caller).startsWith('arn:') ? String(caller) : listed[0];
    return type === 'AWS' ? changeArn(from ?? OURS, random) : nudgeHost(listed[0] ?? '', random);
  };
  switch (random.below(6)) {
    case 0:
      names[type] = [...listed, near()];
      return;
    case 1:
      if (listed.length > 1) names[type] = listed.toSpliced(random.below(listed.length), 1);
      return;
    case 2:
      if (type === 'AWS' && statement.NotPrincipal === undefined) names[type] = '*';
      return;
    default:
      names[type] = near();
  }
}

function nudgeHost(host: string, random: Random): string {
  return random.pick([
    'sns.amazonaws.com',
    's3.amazonaws.com',
    host.replace('.', '.us-east-1.'),
    host.replace(/\.[a-z]+-[a-z]+-\d\./, '.'),
  ]);
}

/** Somebody close to the caller, or the caller in another service's or account's resource. */
export function nudgeCaller(line: Members, random: Random): void {
  const request = membersOf(line.request);
  const { principal, resource } = request;
  const change = random.below(6);
  if (change === 0 && resource !== '*')
    request.resource = String(resource).replace(/\d{12}/, (account) => (account === OURS ? THEIRS : OURS));
  else if (change === 1)
    request.principal = random.pick(['anonymous', 'sns.amazonaws.com', String(principal)]);
  else if (String(principal).startsWith('arn:')) request.principal = changeArn(String(principal), random);
  else request.principal = nudgeHost(String(principal), random);
  if (request.principal === principal) return;
  for (const name of ['roleArn', 'userArn', 'principalId']) if (random.chance(0.7)) delete request[name];
}
