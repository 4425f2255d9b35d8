import fc from 'fast-check';
import { resourceOf } from '../services/plan-call.js';
import type { Call, Parameter } from '../world/call.js';
import { EMPTY_ESTATE, EMPTY_STATE, type Organization, type Principal, type World } from '../world/world.js';
import { chance, choice, mostly, perhaps, some } from './choice.js';
import { grant } from './grant.js';
import { type PolicyDocument, policyDocument } from './policy-document.js';
import { type FuzzOptions, vocabularyOf } from './vocabulary.js';
import {
  type KeyPlan,
  keyOf,
  type PrincipalPlan,
  policyOf,
  principalOf,
  type QueuePlan,
  queueOf,
  type TopicPlan,
  topicOf,
} from './world-parts.js';

/** A world, and calls that can be made in it one after the other: `runCall` takes both. */
export interface WorldWithCalls {
  readonly world: World;
  readonly calls: readonly [Call, ...Call[]];
}

/** Calls that move messages come first; with `actions` given, those among them that can be replayed. */
const APIS = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sns:Publish',
  'sqs:DeleteMessage',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'sqs:PurgeQueue',
  'kms:CreateGrant',
  'kms:DisableKey',
] as const;

/**
 * A small world that hangs together: one or two principals, queues and keys, perhaps a topic and an organization, with
 * policies that speak of one another; and one to four calls by its principals on its things.
 */
export function world(options: FuzzOptions = {}): fc.Arbitrary<WorldWithCalls> {
  const { regions } = vocabularyOf(options);
  const [region] = regions;
  // One Region: KMS is regional, and a key elsewhere is simply not found.
  const words: FuzzOptions = { ...options, regions: [region] };
  return fc
    .record({
      principals: named(words, 2, (name) => principalPlan(name, words)),
      queues: named(words, 2, (name) => queuePlan(name, words)),
      keys: perhaps(
        70,
        named(words, 2, (name) => keyPlan(name, words)),
      ).map((keys) => keys ?? []),
      topic: perhaps(35, topicPlan(words)),
      organization: perhaps(25, organizationPlan(words)),
      calls: some(callPlan(words), 4, { api: callApis(words)[0], by: 0, on: 0, plainHttp: false }),
    })
    .map((plan) => build(plan, region, words));
}

function named<T extends { readonly name: string }>(
  options: FuzzOptions,
  most: number,
  plan: (name: fc.Arbitrary<string>) => fc.Arbitrary<T>,
): fc.Arbitrary<readonly T[]> {
  const { names } = vocabularyOf(options);
  return fc.uniqueArray(plan(fc.constantFrom(...names)), {
    selector: ({ name }) => name,
    minLength: 1,
    maxLength: Math.min(most, names.length),
  });
}

function principalPlan(name: fc.Arbitrary<string>, options: FuzzOptions): fc.Arbitrary<PrincipalPlan> {
  return fc.record({
    name,
    account: accountOf(options),
    isUser: chance(30),
    identity: fc.array(policyDocument('identity', options), { minLength: 0, maxLength: 2, size: 'max' }),
    boundary: perhaps(10, policyDocument('permissions-boundary', options)),
    session: perhaps(10, policyDocument('session', options)),
    team: perhaps(30, fc.constantFrom('red', 'blue')),
  });
}

/** A world has members of the vocabulary only. */
function accountOf(options: FuzzOptions): fc.Arbitrary<string> {
  return mostly(vocabularyOf(options).accounts);
}

function queuePlan(name: fc.Arbitrary<string>, options: FuzzOptions): fc.Arbitrary<QueuePlan> {
  return fc.record({
    name,
    account: accountOf(options),
    policy: perhaps(65, policyDocument('queue', options)),
    encryption: choice<QueuePlan['encryption']>(
      [2, fc.constant('none')],
      [5, fc.constant('key')],
      [1, fc.constant('aws')],
      [1, fc.constant('sqs')],
    ),
    key: fc.nat({ max: 1 }),
    redrives: chance(25),
    takes: choice<QueuePlan['takes']>(
      [8, fc.constant('all')],
      [1, fc.constant('none')],
      [1, fc.constant('others')],
    ),
  });
}

function keyPlan(name: fc.Arbitrary<string>, options: FuzzOptions): fc.Arbitrary<KeyPlan> {
  return fc.record({
    name,
    account: accountOf(options),
    policy: policyDocument('key', options),
    grants: fc.uniqueArray(grant(options), { selector: ({ id }) => id, maxLength: 1 }),
    state: choice<KeyPlan['state']>([9, fc.constant('Enabled')], [1, fc.constant('Disabled')]),
  });
}

function topicPlan(options: FuzzOptions): fc.Arbitrary<TopicPlan> {
  return fc.record({
    name: fc.constantFrom(...vocabularyOf(options).names),
    account: accountOf(options),
    policy: perhaps(60, policyDocument('topic', options)),
    deadLetters: chance(30),
  });
}

interface OrganizationPlan {
  readonly scp: PolicyDocument;
  readonly rcp: PolicyDocument | undefined;
}

function organizationPlan(options: FuzzOptions): fc.Arbitrary<OrganizationPlan> {
  return fc.record({ scp: policyDocument('scp', options), rcp: perhaps(40, policyDocument('rcp', options)) });
}

interface CallPlan {
  readonly api: string;
  /** Which principal and which thing, counted around. */
  readonly by: number;
  readonly on: number;
  readonly plainHttp: boolean;
}

function callPlan(options: FuzzOptions): fc.Arbitrary<CallPlan> {
  return fc.record({
    api: fc.constantFrom(...callApis(options)),
    by: fc.nat({ max: 3 }),
    on: fc.nat({ max: 3 }),
    plainHttp: chance(5),
  });
}

function callApis({ actions = [] }: FuzzOptions): readonly [string, ...string[]] {
  const [first, ...others] = actions.filter((api) =>
    ['queue', 'key', 'topic'].includes(resourceOf(api) ?? ''),
  );
  return first === undefined ? APIS : [first, ...others];
}

interface WorldPlan {
  readonly principals: readonly PrincipalPlan[];
  readonly queues: readonly QueuePlan[];
  readonly keys: readonly KeyPlan[];
  readonly topic: TopicPlan | undefined;
  readonly organization: OrganizationPlan | undefined;
  readonly calls: readonly [CallPlan, ...CallPlan[]];
}

function build(plan: WorldPlan, region: string, options: FuzzOptions): WorldWithCalls {
  const keys = plan.keys.map((key) => keyOf(key, region));
  const queues = plan.queues.map((queue) => queueOf(queue, region, keys, plan.queues));
  const topics = plan.topic === undefined ? [] : [topicOf(plan.topic, region, plan.queues)];
  const organizations =
    plan.organization === undefined ? [] : [organizationOf(plan.organization, vocabularyOf(options))];
  const estate = {
    ...EMPTY_ESTATE,
    organizations,
    principals: byName(plan.principals.map(principalOf)),
    keys: byName(keys),
    queues: byName(queues),
    topics: byName(topics),
  };
  const start: World = { estate, state: EMPTY_STATE, now: Date.UTC(2026, 0, 1) };
  const [first, ...others] = plan.calls;
  return { world: start, calls: [callOf(first, start), ...others.map((each) => callOf(each, start))] };
}

function byName<T extends { readonly name: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]));
}

/** All accounts of the vocabulary, under one policy that allows everything and one that may not. */
function organizationOf(
  { scp, rcp }: OrganizationPlan,
  { accounts, organizations: [id] }: ReturnType<typeof vocabularyOf>,
): Organization {
  const everything: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  };
  const full = policyOf(everything, 'scp', 'policies/full-access.json');
  return {
    id,
    root: {
      name: 'r-ab12',
      scps: [policyOf(scp, 'scp', 'policies/root-scp.json')],
      rcps: rcp === undefined ? [] : [policyOf(rcp, 'rcp', 'policies/root-rcp.json')],
      units: [],
      accounts: accounts.map((account) => ({ account, scps: [full], rcps: [] })),
    },
  };
}

/** In a world that lacks what a call is about, the call sends to a queue instead. */
function callOf({ api, by, on, plainHttp }: CallPlan, { estate }: World): Call {
  const principals = [...estate.principals.values()];
  const principal = principals[by % Math.max(1, principals.length)];
  const wanted = [...thingsOf(api, estate)];
  const things = wanted.length === 0 ? [...estate.queues.keys()] : wanted;
  const thing = things[on % Math.max(1, things.length)];
  const called = wanted.length === 0 ? APIS[0] : api;
  return {
    api: called,
    caller: principal?.caller ?? { kind: 'anonymous' },
    ...(principal === undefined ? {} : { principal }),
    path: { tls: !plainHttp, sourceIp: '203.0.113.9' },
    on: thing ?? 'nothing',
    parameters: parametersOf(called, principals[(by + 1) % Math.max(1, principals.length)]),
    context: [],
  };
}

/** A grant made by a call lets the next principal use the key, which may be the caller. */
function parametersOf(api: string, grantee: Principal | undefined): Call['parameters'] {
  if (api !== 'kms:CreateGrant' || grantee === undefined) return new Map();
  return new Map<string, Parameter>([
    ['GranteePrincipal', grantee.name],
    ['Operations', ['Decrypt', 'GenerateDataKey']],
  ]);
}

function thingsOf(api: string, estate: World['estate']): Iterable<string> {
  switch (resourceOf(api)) {
    case 'key':
      return estate.keys.keys();
    case 'topic':
      return estate.topics.keys();
    case 'queue':
    case 'bucket':
    case 'rule':
    case 'function':
    case undefined:
      return estate.queues.keys();
  }
}
