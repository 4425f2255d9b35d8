import { readCaller } from '../../src/evaluator/caller.js';
import type { Grant } from '../../src/evaluator/request.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import { type Arn, parseArn } from '../../src/syntax/arn.js';
import { invariant } from '../../src/syntax/invariant.js';
import { type Call, PUBLIC_ENDPOINT } from '../../src/world/call.js';
import {
  EMPTY_ESTATE,
  EMPTY_STATE,
  type Estate,
  type Key,
  type Principal,
  type Queue,
  type Topic,
  type World,
} from '../../src/world/world.js';

export const SHOP = '111122223333';
export const PARTNER = '444455556666';
export const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

type Statement = Readonly<Record<string, unknown>>;

/** A policy as it would stand in a file, one element per line. */
export function policy(type: PolicyType, name: string, ...statements: readonly Statement[]): Policy {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
  const parsed = parsePolicy({ name: `policies/${name}.json`, text }, type);
  invariant(parsed.ok, `the policy ${name} can be read: ${parsed.issues[0]?.message}`);
  return parsed.value;
}

export function arn(text: string): Arn {
  const parsed = parseArn(text);
  invariant(parsed !== undefined, `${text} is an ARN`);
  return parsed;
}

export function role(
  name: string,
  identity: readonly Policy[],
  more: Partial<Principal> = {},
  account = SHOP,
): Principal {
  const caller = readCaller(`arn:aws:sts::${account}:assumed-role/${name}/run-1`);
  invariant(caller !== undefined, 'a role session is a caller');
  return { name, caller, identity, tags: new Map(), ...more };
}

export function queue(name: string, more: Partial<Queue> = {}): Queue {
  return {
    name,
    arn: arn(`arn:aws:sqs:us-east-1:${SHOP}:${name}`),
    encryption: { sse: 'none' },
    visibilityTimeout: 30_000,
    tags: new Map(),
    ...more,
  };
}

export function key(name: string, keyPolicy: Policy, more: Partial<Key> = {}): Key {
  return {
    name,
    arn: arn(`arn:aws:kms:us-east-1:${SHOP}:key/${KEY_ID}`),
    aliases: [`alias/${name}`],
    manager: 'customer',
    policy: keyPolicy,
    grants: [],
    state: 'Enabled',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    multiRegion: false,
    tags: new Map(),
    ...more,
  };
}

export function topic(name: string, more: Partial<Topic> = {}): Topic {
  return {
    name,
    arn: arn(`arn:aws:sns:us-east-1:${SHOP}:${name}`),
    subscriptions: [],
    tags: new Map(),
    ...more,
  };
}

export function grant(
  id: string,
  grantee: string,
  operations: readonly string[],
  more: Partial<Grant> = {},
): Grant {
  return { id, grantee: { kind: 'role', text: grantee, arn: arn(grantee) }, operations, ...more };
}

function byName<T extends { readonly name: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]));
}

export interface Things {
  readonly principals?: readonly Principal[];
  readonly keys?: readonly Key[];
  readonly queues?: readonly Queue[];
  readonly topics?: readonly Topic[];
  readonly estate?: Partial<Estate>;
}

export function world({ principals = [], keys = [], queues = [], topics = [], estate = {} }: Things): World {
  return {
    estate: {
      ...EMPTY_ESTATE,
      principals: byName(principals),
      keys: byName(keys),
      queues: byName(queues),
      topics: byName(topics),
      ...estate,
    },
    state: EMPTY_STATE,
    now: Date.UTC(2026, 0, 1),
  };
}

export function call(principal: Principal, api: string, on: string, more: Partial<Call> = {}): Call {
  return {
    api,
    caller: principal.caller,
    principal,
    path: { ...PUBLIC_ENDPOINT, sourceIp: '203.0.113.9' },
    on,
    parameters: new Map(),
    context: [],
    ...more,
  };
}

export const SEND_ORDERS: Statement = {
  Sid: 'UseOrders',
  Effect: 'Allow',
  Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'],
  Resource: `arn:aws:sqs:us-east-1:${SHOP}:orders`,
};
export const KMS_STAR: Statement = { Sid: 'UseEveryKey', Effect: 'Allow', Action: 'kms:*', Resource: '*' };
export const EVERYTHING: Statement = { Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' };
/** The documented default: the account delegates to IAM. */
export const DELEGATES: Statement = {
  Sid: 'EnableIAM',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${SHOP}:root` },
  Action: 'kms:*',
  Resource: '*',
};
