import { readCaller } from '../../src/evaluator/caller.js';
import { contextFrom } from '../../src/evaluator/derive-context.js';
import type { ApplicablePolicies, AuthorizationRequest, Caller } from '../../src/evaluator/request.js';
import { policyFrom } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import { isMany, KEYS, type Value } from './generated-keys.js';

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => {
  for (const found of from.slice(Math.floor(random() * from.length))) return found;
  throw new Error('nothing to pick from');
};

const HERE = '111122223333';
const THERE = '444455556666';
const CALLERS = [
  `arn:aws:iam::${HERE}:user/alice`,
  `arn:aws:iam::${HERE}:user/alice`,
  `arn:aws:sts::${HERE}:assumed-role/worker/one`,
  `arn:aws:sts::${HERE}:federated-user/fred`,
  `arn:aws:iam::${HERE}:root`,
  's3.amazonaws.com',
];

export interface Generated {
  readonly request: AuthorizationRequest;
  readonly policies: ApplicablePolicies;
  /** The keys whose values are to be left open. */
  readonly open: readonly string[];
}

export function generate(random: Random, openKeys = random() < 0.15 ? 2 : 1): Generated {
  const open = new Set<string>();
  while (open.size < openKeys) {
    const key = pick(random, KEYS);
    // The domains of keys that hold lists are large: one of them at a time.
    if (open.size === 0 || !isMany(key.name)) open.add(key.name);
  }
  const isKms = random() < 0.4;
  const owner = random() < 0.7 ? HERE : THERE;
  const arn = isKms
    ? `arn:aws:kms:us-east-1:${owner}:key/red-1`
    : `arn:aws:sqs:us-east-1:${owner}:${pick(random, ['red-q', 'orders'])}`;
  const action = isKms ? 'kms:Decrypt' : 'sqs:SendMessage';
  const caller = readCaller(pick(random, CALLERS), {});
  if (caller === undefined) throw new Error('no caller');
  const request: AuthorizationRequest = {
    caller,
    action,
    resource: { arn, account: owner },
    context: contextFrom(knownValues(random, open)),
  };
  return { request, policies: policiesFor(random, isKms, caller, arn, [...open]), open: [...open] };
}

function* knownValues(random: Random, open: ReadonlySet<string>): Generator<readonly [string, Value]> {
  yield ['aws:username', 'alice'];
  for (const { name, domain } of KEYS)
    if (!open.has(name) && random() < 0.7) yield [name, pick(random, domain)];
}

function policiesFor(
  random: Random,
  isKms: boolean,
  caller: Caller,
  arn: string,
  open: readonly string[],
): ApplicablePolicies {
  const policy = (type: PolicyType, allow = 0.6): Policy => generatePolicy(random, type, caller, open, allow);
  const chance = (likely: number): boolean => random() < likely;
  const level = (type: PolicyType): readonly Policy[] =>
    chance(0.3) ? [policy(type, 0.9), policy(type)] : [policy(type, 0.9)];
  return {
    ...(chance(0.8) ? { identity: level('identity') } : {}),
    ...(chance(0.8) ? { resource: policy(isKms ? 'key' : 'queue', 0.7) } : {}),
    ...(chance(0.2) ? { permissionsBoundary: policy('permissions-boundary', 0.9) } : {}),
    ...(chance(0.3) ? { session: level('session') } : {}),
    ...(chance(0.2) ? { scp: chance(0.5) ? [level('scp')] : [level('scp'), level('scp')] } : {}),
    ...(chance(0.15) ? { rcp: [level('rcp')] } : {}),
    ...(chance(0.1) ? { vpcEndpoint: policy('vpc-endpoint', 0.9) } : {}),
    ...(isKms && chance(0.4) ? { grants: grantsFor(random, caller) } : {}),
    keyManager: 'customer',
    ...(arn.endsWith('orders') ? { resourceInManagementAccount: true } : {}),
  };
}

function grantsFor(
  random: Random,
  caller: Caller,
): NonNullable<Exclude<ApplicablePolicies['grants'], string>> {
  if (caller.kind !== 'user') return [];
  return [
    {
      id: 'one',
      grantee: { kind: 'user', text: caller.arn.text, arn: caller.arn },
      operations: ['Decrypt'],
      ...(random() < 0.8 ? { sourceArn: 'arn:aws:s3:::b' } : {}),
    },
  ];
}

const WITH_PRINCIPAL: ReadonlySet<PolicyType> = new Set(['queue', 'key', 'rcp', 'vpc-endpoint']);

function generatePolicy(
  random: Random,
  type: PolicyType,
  caller: Caller,
  open: readonly string[],
  allow: number,
): Policy {
  const count = 1 + Math.floor(random() * 3);
  const document = {
    Version: random() < 0.9 || type === 'scp' || type === 'rcp' ? '2012-10-17' : '2008-10-17',
    Statement: Array.from({ length: count }, () => ({
      ...(random() < allow && type !== 'rcp'
        ? { Effect: 'Allow', ...principal(random, type, caller) }
        : { Effect: 'Deny', ...principal(random, type, caller, 0.1) }),
      Action: pick(
        random,
        type === 'rcp' ? ['sqs:*', 'kms:*'] : ['*', 'sqs:*', 'kms:*', 'sqs:SendMessage', 'kms:Decrypt'],
      ),
      Resource: pick(random, RESOURCES),
      ...(random() < 0.75 ? { Condition: generateCondition(random, open) } : {}),
    })),
  };
  const read = policyFrom(document, type);
  if (read.ok) return read.value;
  throw new Error(`${type}: ${JSON.stringify(read.issues)}`);
}

const RESOURCES = [
  ...['*', '*', '*', '*', 'arn:aws:sqs:*:*:red-*', 'arn:aws:sqs:*:*:${aws:PrincipalTag/team}-*'],
  'arn:aws:sqs:us-east-1:*:*${aws:PrincipalTag/team}*',
];

function principal(random: Random, type: PolicyType, caller: Caller, exempt = 0): Record<string, unknown> {
  if (!WITH_PRINCIPAL.has(type)) return {};
  if (type === 'rcp' || type === 'vpc-endpoint') return { Principal: '*' };
  const arn = caller.kind === 'user' ? caller.arn.text : `arn:aws:iam::${HERE}:role/worker`;
  const found = pick<unknown>(random, ['*', { AWS: arn }, { AWS: HERE }, { Service: 's3.amazonaws.com' }]);
  if (random() < exempt) return { NotPrincipal: { AWS: arn } };
  return { Principal: found };
}

function generateCondition(random: Random, open: readonly string[]): Record<string, Record<string, unknown>> {
  const condition: Record<string, Record<string, unknown>> = {};
  const count = random() < 0.7 ? 1 : 2;
  for (let at = 0; at < count; at += 1) {
    const name = random() < 0.7 ? pick(random, open) : pick(random, KEYS).name;
    const key = KEYS.find((each) => each.name === name);
    if (key === undefined) continue;
    if (random() < 0.1) {
      condition.Null = { ...condition.Null, [name]: pick(random, ['true', 'false']) };
      continue;
    }
    const set = isMany(name) ? 0.7 : 0.05;
    const prefix = random() < set ? pick(random, ['ForAllValues:', 'ForAnyValue:']) : '';
    const operator = `${prefix}${pick(random, key.operators)}${random() < 0.2 ? 'IfExists' : ''}`;
    const operands = Array.from({ length: 1 + Math.floor(random() * 2) }, () => pick(random, key.operands));
    condition[operator] = { ...condition[operator], [name]: operands };
  }
  return condition;
}
