import type { Document, Grant, Line, OneOrMany } from '../model/request.js';
import { generatePolicy, type Name, type Target } from './generate-policy.js';
import type { Random } from './random.js';
import {
  ACCOUNTS,
  HOSTS,
  KEYLESS,
  KEYS,
  type Kind,
  KMS,
  ON_ALIASES,
  OTHERS,
  OURS,
  ROLE_ID,
  ROLES,
  SESSIONS,
  SQS,
  THEIRS,
  USER_ID,
  USERS,
} from './words.js';

interface Caller {
  readonly sort: 'user' | 'session' | 'federated' | 'root' | 'service' | 'anonymous';
  readonly account?: string;
  readonly partition: string;
  readonly request: Pick<Line['request'], 'principal' | 'roleArn' | 'userArn' | 'principalId'>;
  /** Names that a policy can hold. */
  readonly names: readonly [Name, ...Name[]];
}

/** One mostly well-typed question, with policies that are about it. */
export function generateLine(random: Random): Line {
  const caller = generateCaller(random);
  const asked = generateAsked(caller, random);
  const context = generateContext(caller, asked.action, random);
  const target: Target = { ...asked, context, names: caller.names };
  const pairs = asked.kind === KMS && random.chance(0.6) ? generatePairs(random) : undefined;
  return {
    request: {
      ...caller.request,
      action: asked.action,
      resource: asked.resource,
      ...(asked.owner === undefined ? {} : { resourceAccount: asked.owner }),
      context,
      ...(pairs === undefined ? {} : { encryptionContext: pairs }),
      ...(random.chance(0.1) ? { grantTokens: random.pick([['t1'], ['t2'], ['t1', 't2']]) } : {}),
    },
    ...policiesOf(caller, target, random),
    ...(asked.kind === KMS && random.chance(0.6)
      ? { grants: generateGrants(caller, asked.action, random) }
      : {}),
    ...(asked.kind === KMS && random.chance(0.06)
      ? { keyManager: random.pick(['AWS', 'CUSTOMER', 'aws']) }
      : {}),
    ...(random.chance(0.08) ? { principalInManagementAccount: true } : {}),
    ...(random.chance(0.06) ? { resourceInManagementAccount: true } : {}),
    ...(caller.sort === 'session' && random.chance(0.06) ? { principalIsServiceLinkedRole: true } : {}),
    ...(random.chance(0.7) ? { contextIsComplete: true } : {}),
  };
}

function generateCaller(random: Random): Caller {
  const partition = random.chance(0.04) ? 'aws-cn' : 'aws';
  const account = random.chance(0.75) ? OURS : THEIRS;
  const [iam, sts] = [`arn:${partition}:iam::${account}`, `arn:${partition}:sts::${account}`];
  const root: Name = ['AWS', random.chance(0.5) ? account : `${iam}:root`];
  const common = { partition, account };
  const kind = random.below(100);
  if (kind < 30) {
    const principal = `${iam}:${random.pick(USERS)}`;
    const known = random.chance(0.3);
    const names: readonly [Name, ...Name[]] = [
      ['AWS', principal],
      root,
      ...(known ? [['AWS', USER_ID] as const] : []),
    ];
    return {
      ...common,
      sort: 'user',
      request: { principal, ...(known ? { principalId: USER_ID } : {}) },
      names,
    };
  }
  if (kind < 70) return { ...common, sort: 'session', ...generateSession(iam, sts, root, random) };
  if (kind < 79) {
    const principal = `${sts}:federated-user/Fay`;
    const userArn = random.chance(0.7) ? `${iam}:user/Ada` : undefined;
    const behind: Name[] = userArn === undefined ? [] : [['AWS', userArn]];
    const request = { principal, ...(userArn === undefined ? {} : { userArn }) };
    return { ...common, sort: 'federated', request, names: [['AWS', principal], root, ...behind] };
  }
  if (kind < 86) return { ...common, sort: 'root', request: { principal: `${iam}:root` }, names: [root] };
  if (kind < 96) {
    const principal = random.pick(HOSTS);
    const names: readonly [Name, ...Name[]] = [
      ['Service', principal],
      ['Service', 'sns.amazonaws.com'],
    ];
    return { partition: 'aws', sort: 'service', request: { principal }, names };
  }
  return { partition: 'aws', sort: 'anonymous', request: { principal: 'anonymous' }, names: [['AWS', '*']] };
}

function generateSession(
  iam: string,
  sts: string,
  root: Name,
  random: Random,
): Pick<Caller, 'request' | 'names'> {
  const path = random.pick(ROLES);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const role = `${iam}:role/${path}`;
  const known = random.chance(0.3);
  const id = known ? { principalId: ROLE_ID } : {};
  const names: readonly [Name, ...Name[]] = [
    ['AWS', role],
    root,
    ...(known ? [['AWS', ROLE_ID] as const] : []),
  ];
  if (random.chance(0.12)) return { request: { principal: role, ...id }, names };
  const principal = `${sts}:assumed-role/${name}/${random.pick(SESSIONS)}`;
  const roleArn = path === name && random.chance(0.5) ? {} : { roleArn: role };
  return { request: { principal, ...roleArn, ...id }, names: [...names, ['AWS', principal]] };
}

interface Asked {
  readonly kind: Kind;
  readonly action: string;
  readonly resource: string;
  readonly owner?: string;
}

function generateAsked(caller: Caller, random: Random): Asked {
  const kind = random.chance(0.5) ? KMS : random.chance(0.5) ? SQS : random.pick(OTHERS);
  const own = caller.account ?? OURS;
  const account = random.chance(0.7) ? own : random.pick(ACCOUNTS);
  const partition =
    caller.partition === 'aws' && !random.chance(0.02) ? 'aws' : random.pick(['aws', 'aws-cn']);
  if (kind === KMS && random.chance(0.06)) {
    const resource = random.chance(0.85) ? '*' : kind.arn(partition, account, random);
    return { kind, action: `kms:${random.pick(KEYLESS)}`, resource };
  }
  if (kind === KMS && random.chance(0.05)) {
    const alias = `arn:${partition}:kms:us-east-1:${account}:alias/a`;
    const resource = random.chance(0.6) ? alias : kind.arn(partition, account, random);
    return { kind, action: `kms:${random.pick(ON_ALIASES)}`, resource };
  }
  if (kind === SQS && random.chance(0.04)) {
    return { kind, action: 'sqs:ListQueues', resource: `arn:${partition}:sqs:us-east-1:${account}:` };
  }
  const resource = kind.arn(partition, account, random);
  const hidden = kind.service === 's3' ? random.below(3) : 0;
  const named = random.pick(kind.actions);
  const action = `${kind.service}:${random.chance(0.03) ? named.toLowerCase() : named}`;
  return { kind, action, resource, ...(hidden > 0 ? { owner: account } : {}) };
}

/** What a grant may serve. */
const QUEUE = `arn:aws:sqs:us-east-1:${OURS}:orders`;

/** Some keys of the alphabet; those of the caller, if given, mostly as they are. */
function generateContext(caller: Caller, action: string, random: Random): Record<string, OneOrMany<string>> {
  const context: Record<string, OneOrMany<string>> = {};
  const count = random.below(7);
  for (let made = 0; made < count; made += 1) {
    const { key, many, values } = random.pick(KEYS);
    if (key === 'aws:PrincipalArn' && caller.sort === 'session') continue;
    const listed = many ? !random.chance(0.05) : random.chance(0.02);
    const length = random.chance(0.06) ? 0 : 1 + random.below(2);
    context[key] = listed ? Array.from({ length }, () => random.pick(values)) : random.pick(values);
  }
  if (action === 'kms:CreateGrant' && random.chance(0.8)) {
    context['kms:GrantOperations'] = random.pick([
      ['Decrypt'],
      ['Decrypt', 'Encrypt'],
      ['Sign'],
      ['CreateGrant'],
    ]);
    if (random.chance(0.6)) {
      context['kms:GrantConstraintType'] = random.pick([
        'EncryptionContextEquals',
        'EncryptionContextSubset',
      ]);
    }
    if (random.chance(0.3)) context['kms:GrantConstraintSourceArn'] = random.pick([QUEUE, `${QUEUE}-dlq`]);
  }
  return context;
}

function generatePairs(random: Random): Record<string, string> {
  return random.pick<Record<string, string>>([
    { tenant: 't1' },
    { tenant: 't1' },
    { Tenant: 't1' },
    { tenant: 't2' },
    { tenant: 't1', app: 'a' },
    {},
  ]);
}

function policiesOf(caller: Caller, target: Target, random: Random): Partial<Line> {
  const isIdentity = caller.sort !== 'service' && caller.sort !== 'anonymous';
  const isKms = target.kind === KMS;
  const named = isKms ? 'keyPolicy' : 'resourcePolicy';
  const policy = (sort: Parameters<typeof generatePolicy>[0]): Document =>
    generatePolicy(sort, target, random);
  const policies = (sort: Parameters<typeof generatePolicy>[0]): OneOrMany<Document> =>
    random.chance(0.9) ? policy(sort) : [policy(sort), policy(sort)].slice(random.below(3));
  const levels = (sort: 'scp' | 'rcp'): readonly OneOrMany<Document>[] =>
    Array.from({ length: random.below(4) }, () =>
      sort === 'scp' && random.chance(0.5) ? EVERYTHING : random.chance(0.03) ? [] : policies(sort),
    );
  return {
    ...(isIdentity && random.chance(0.8) ? { identity: policies('identity') } : {}),
    ...(random.chance(isKms ? 0.9 : 0.6) ? { [named]: policy(isKms ? 'key' : 'resource') } : {}),
    ...(random.chance(0.2) ? { boundary: policy('boundary') } : {}),
    ...(random.chance(caller.sort === 'federated' ? 0.6 : 0.2) ? { sessionPolicy: policies('session') } : {}),
    ...(random.chance(0.25) ? { scps: levels('scp') } : {}),
    ...(random.chance(0.2) ? { rcps: levels('rcp') } : {}),
    ...(random.chance(0.1) ? { vpcePolicy: policy('vpc-endpoint') } : {}),
  };
}

const EVERYTHING: Document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

function generateGrants(caller: Caller, action: string, random: Random): readonly Grant[] {
  return Array.from({ length: random.chance(0.8) ? 1 : 2 }, () => generateGrant(caller, action, random));
}

const OPERATIONS = ['Decrypt', 'Encrypt', 'CreateGrant', 'RetireGrant', 'DescribeKey', 'ListGrants'] as const;

function generateGrant(caller: Caller, action: string, random: Random): Grant {
  const asked = action.slice(action.indexOf(':') + 1);
  const operations = [
    ...(random.chance(0.75) ? [asked] : []),
    ...(random.chance(0.4) || asked === 'CreateGrant' ? [random.pick(OPERATIONS)] : []),
  ];
  const source = random.chance(0.12) ? { SourceArn: QUEUE } : {};
  const pairs =
    random.chance(0.35) && operations.length > 0
      ? { [random.pick(['EncryptionContextEquals', 'EncryptionContextSubset'])]: generatePairs(random) }
      : {};
  const constrained = random.chance(0.6);
  return {
    ...granteeOf(caller, random),
    operations: operations.length === 0 ? ['Decrypt'] : operations,
    ...(constrained ? { constraints: { ...source, ...pairs } } : {}),
    ...(random.chance(0.4) ? retiringOf(caller, random) : {}),
    ...(random.chance(0.12) ? { pending: true } : {}),
    ...(random.chance(0.25) ? { token: random.pick(['t1', 't2']) } : {}),
  };
}

function partyOf(caller: Caller, random: Random): Name {
  const known = caller.names.filter(([, name]) => name !== '*' && !name.startsWith('A'));
  const [first, ...rest] = known;
  if (first === undefined || random.chance(0.25))
    return [
      'AWS',
      `arn:aws:iam::${random.pick(ACCOUNTS)}:${random.pick(['root', 'role/worker', 'user/Ada'])}`,
    ];
  return random.pick([first, ...rest]);
}

function granteeOf(
  caller: Caller,
  random: Random,
): Pick<Grant, 'granteePrincipal' | 'granteeServicePrincipal'> {
  const [type, name] = partyOf(caller, random);
  return type === 'AWS' ? { granteePrincipal: name } : { granteeServicePrincipal: name };
}

function retiringOf(
  caller: Caller,
  random: Random,
): Pick<Grant, 'retiringPrincipal' | 'retiringServicePrincipal'> {
  const [type, name] = partyOf(caller, random);
  return type === 'AWS' ? { retiringPrincipal: name } : { retiringServicePrincipal: name };
}
