import type { PolicyType } from '../../src/policy/policy.js';
import { isMany, KEYS, type Key } from './generated-keys.js';
import { seeded } from './generated-requests.js';
import { readForGood } from './law-readings.js';
import type { ConditionBlock, PolicyText, Principals, Random, Scene, StatementText } from './law-texts.js';

export const HERE = '111122223333';
export const THERE = '444455556666';
export const ALICE = `arn:aws:iam::${HERE}:user/alice`;
export const WORKER = `arn:aws:iam::${HERE}:role/worker`;
const FRED = `arn:aws:sts::${HERE}:federated-user/fred`;
const SESSION = `arn:aws:sts::${HERE}:assumed-role/worker/one`;
const CALLERS = [
  ALICE,
  ALICE,
  SESSION,
  SESSION,
  FRED,
  `arn:aws:iam::${HERE}:root`,
  's3.amazonaws.com',
  'anonymous',
];

/** Every action and resource that a generated request can name. */
export const ACTIONS = [
  ...['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteQueue', 'sqs:GetQueueUrl'],
  ...['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ScheduleKeyDeletion', 'kms:RetireGrant'],
];
const arnsOf = (owner: string): readonly string[] => [
  ...['red-q', 'orders'].map((name) => `arn:aws:sqs:us-east-1:${owner}:${name}`),
  `arn:aws:kms:us-east-1:${owner}:key/red-1`,
];
export const RESOURCES = [...arnsOf(HERE), ...arnsOf(THERE)];

const ACTION_PATTERNS = [
  ...[
    '*',
    '*',
    'sqs:*',
    'kms:*',
    'sqs:*',
    'kms:*',
    'sqs:*Message',
    'kms:*crypt',
    'kms:??crypt',
    'kms:Decrypt',
  ],
  ...['sqs:SendMessage', 'kms:GenerateDataKey*', 'sqs:Get*', 'dynamodb:*'],
];
const RESOURCE_PATTERNS = [
  ...[
    '*',
    '*',
    '*',
    '*',
    '*',
    'arn:aws:sqs:*',
    'arn:aws:kms:*',
    'arn:aws:*:us-east-1:*:*',
    RESOURCES[0] ?? '',
  ],
  ...['arn:aws:sqs:*:*:red-*', 'arn:aws:kms:us-east-1:*:key/???-1', `arn:aws:sqs:us-east-1:${HERE}:*`],
];
const RESOURCE_TEMPLATES = [
  ...['arn:aws:sqs:*:*:${aws:PrincipalTag/team}-*', "arn:aws:kms:*:*:key/${aws:PrincipalTag/team, 'red'}*"],
  'arn:aws:sqs:us-east-1:*:*${aws:username}*',
];
const PRINCIPALS: readonly Principals[] = [
  ...(['*', '*', { AWS: ['*'] }, { AWS: [HERE] }, { AWS: [`arn:aws:iam::${HERE}:root`] }] as const),
  ...[{ AWS: [ALICE] }, { AWS: [WORKER] }, { AWS: [SESSION, FRED] }, { Service: ['s3.amazonaws.com'] }],
  ...[{ AWS: [ALICE, WORKER, FRED] }, { AWS: [THERE], Service: ['s3.amazonaws.com'] }],
];
const EXEMPT: readonly Principals[] = [
  ...[
    { AWS: [HERE, ALICE] },
    { AWS: [HERE, WORKER, SESSION] },
    { AWS: [HERE, FRED, ALICE] },
    { AWS: [HERE] },
  ],
  { Service: ['s3.amazonaws.com'] },
];

export function pick<T>(random: Random, from: readonly T[]): T {
  for (const found of from.slice(Math.floor(random() * from.length))) return found;
  throw new Error('nothing to pick from');
}

export function shuffled<T>(random: Random, list: readonly T[]): readonly T[] {
  return list
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

export const ALLOW_ALL: PolicyText = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }],
};
const NAMES_PRINCIPAL: ReadonlySet<PolicyType> = new Set(['queue', 'key', 'rcp', 'vpc-endpoint']);
export const namesPrincipal = (type: PolicyType): boolean => NAMES_PRINCIPAL.has(type);

export function generateStatement(random: Random, type: PolicyType, likelyAllow: number): StatementText {
  const chance = (likely: number): boolean => random() < likely;
  const Effect = type !== 'rcp' && chance(likelyAllow) ? 'Allow' : 'Deny';
  const patterns = type === 'rcp' ? ['sqs:*', 'kms:*', 'sqs:SendMessage'] : ACTION_PATTERNS;
  const some = <T>(from: readonly T[]): readonly T[] =>
    Array.from({ length: chance(0.6) ? 1 : 2 }, () => pick(random, from));
  const everyone = type === 'rcp' || type === 'vpc-endpoint';
  return {
    Effect,
    ...(namesPrincipal(type) &&
      (Effect === 'Deny' && type !== 'rcp' && chance(0.1)
        ? { NotPrincipal: pick(random, EXEMPT) }
        : { Principal: everyone ? ('*' as const) : pick(random, PRINCIPALS) })),
    ...(type !== 'rcp' && chance(0.12) ? { NotAction: some(patterns.slice(2)) } : { Action: some(patterns) }),
    ...(chance(0.1)
      ? { NotResource: some(RESOURCE_PATTERNS.slice(5)) }
      : { Resource: some(chance(0.15) ? RESOURCE_TEMPLATES : RESOURCE_PATTERNS) }),
    ...(chance(Effect === 'Allow' ? 0.4 : 0.8) ? { Condition: generateConditions(random) } : {}),
  };
}

const IDENTITY_KEYS: readonly Omit<Key, 'domain'>[] = [
  {
    name: 'aws:PrincipalArn',
    operators: ['ArnLike', 'StringEquals', 'ArnNotEquals'],
    operands: [ALICE, WORKER, 'arn:aws:iam::*:*'],
  },
  {
    name: 'aws:PrincipalAccount',
    operators: ['StringEquals', 'StringNotEquals'],
    operands: [HERE, THERE, '${aws:ResourceAccount}'],
  },
];

export function generateConditions(random: Random): ConditionBlock {
  const block: { [operator: string]: { [key: string]: readonly string[] } } = {};
  for (let left = random() < 0.7 ? 1 : 2; left > 0; left -= 1) {
    const { name, operators, operands } = pick<Omit<Key, 'domain'>>(
      random,
      random() < 0.2 ? IDENTITY_KEYS : KEYS,
    );
    const isNull = random() < 0.1;
    const set = random() < (isMany(name) ? 0.7 : 0.05) ? pick(random, ['ForAllValues:', 'ForAnyValue:']) : '';
    const plain = `${set}${pick(random, operators)}${random() < 0.3 ? 'IfExists' : ''}`;
    const operator = isNull ? 'Null' : plain;
    const values = Array.from({ length: random() < 0.6 ? 1 : 2 }, () =>
      pick(random, isNull ? ['true', 'false'] : operands),
    );
    block[operator] = { ...block[operator], [name]: values };
  }
  return block;
}

const POOL = 150;
const pools = new Map<string, PolicyText[]>();

/** One of a pool of policies, so that most policies are read once, whatever the number of laws and scenes. */
function generatePolicy(random: Random, type: PolicyType, likelyAllow: number): PolicyText {
  const name = `${type} ${likelyAllow}`;
  const pool = pools.get(name) ?? [];
  pools.set(name, pool);
  const at = Math.floor(random() * POOL);
  // Made from its own place alone: which law asks first must not matter.
  const known = pool[at];
  if (known !== undefined) return known;
  const made = makePolicy(seeded(at), type, likelyAllow);
  pool[at] = made;
  readForGood(made, type);
  return made;
}

function makePolicy(random: Random, type: PolicyType, likelyAllow: number): PolicyText {
  const organization = type === 'scp' || type === 'rcp';
  return {
    Version: organization || random() < 0.85 ? '2012-10-17' : '2008-10-17',
    Statement: Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      generateStatement(random, type, likelyAllow),
    ),
  };
}

export function generateScene(random: Random): Scene {
  const chance = (likely: number): boolean => random() < likely;
  const owner = chance(0.7) ? HERE : THERE;
  const action = pick(random, ACTIONS);
  const isKms = action.startsWith('kms:');
  const resource = pick(
    random,
    arnsOf(owner).filter((arn) => arn.includes(':kms:') === isKms),
  );
  const caller = pick(random, CALLERS);
  const policy = (type: PolicyType, likely: number): PolicyText =>
    chance(likely - 0.5) ? permissive(type) : generatePolicy(random, type, likely);
  const level = (type: PolicyType, likely = 0.95): readonly PolicyText[] =>
    Array.from({ length: chance(0.7) ? 1 : 2 }, () => policy(type, likely));
  return {
    caller,
    ...(caller === FRED && chance(0.7) ? { federatedBy: ALICE } : {}),
    action,
    resource,
    owner,
    context: KEYS.flatMap(({ name, domain }) => {
      const value = chance(0.75) ? pick(random, domain) : undefined;
      return value === undefined ? [] : [[name, value] as const];
    }),
    layers: {
      ...(chance(0.85) ? { identity: level('identity', 0.8) } : {}),
      ...(chance(0.85) ? { resource: policy(isKms ? 'key' : 'queue', 0.75) } : {}),
      ...(chance(0.25) ? { permissionsBoundary: policy('permissions-boundary', 0.95) } : {}),
      ...(chance(0.4) ? { session: level('session') } : {}),
      ...(chance(0.25) ? { scp: chance(0.5) ? [level('scp')] : [level('scp'), level('scp')] } : {}),
      ...(chance(0.12) ? { rcp: [level('rcp')] } : {}),
      ...(chance(0.12) ? { vpcEndpoint: policy('vpc-endpoint', 0.95) } : {}),
    },
    ...(isKms && chance(0.3) ? { grants: [pick(random, GRANTEES)] } : {}),
    ...(chance(0.1) ? { inManagement: true } : {}),
  };
}

export const GRANTEES = [
  { type: 'user', to: ALICE },
  { type: 'role', to: WORKER },
  { type: 'account', to: HERE },
] as const;

const onEverything = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: ['*'], Resource: ['*'] }],
} as const;
const NOTHING_DENIED: PolicyText = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: ['s3:*'], Resource: ['*'] }],
};
const permissivePolicies = new Map<PolicyType, PolicyText>();

/** Allows, or at least lets pass, everything; one object for each type of policy. */
export function permissive(type: PolicyType): PolicyText {
  const known = permissivePolicies.get(type);
  if (known !== undefined) return known;
  const made =
    type === 'rcp' ? { ...NOTHING_DENIED } : namesPrincipal(type) ? { ...onEverything } : { ...ALLOW_ALL };
  permissivePolicies.set(type, made);
  readForGood(made, type);
  return made;
}

export const resourceType = (scene: Scene): PolicyType =>
  scene.resource.includes(':kms:') ? 'key' : 'queue';
