import { readCaller } from '../evaluator/caller.js';
import { grantAt } from '../evaluator/decide-line.js';
import type { Grant } from '../evaluator/request.js';
import { parsePolicy } from '../policy/parse-policy.js';
import type { Policy, PolicyType } from '../policy/policy.js';
import { elementAt } from '../policy/reader.js';
import { type Arn, parseArn } from '../syntax/arn.js';
import { invariant } from '../syntax/invariant.js';
import { nodeOf } from '../syntax/plain-source.js';
import type { Key, Principal, Queue, Topic } from '../world/world.js';
import type { GrantDocument } from './grant.js';
import { arnOf } from './names.js';
import type { PolicyDocument } from './policy-document.js';

/** A document as a policy with lines and columns, so that explanations point into it. */
export function policyOf(document: PolicyDocument, type: PolicyType, name: string): Policy {
  const read = parsePolicy({ name, text: JSON.stringify(document, null, 2) }, type);
  invariant(read.ok, `${name} is valid by construction`);
  return read.value;
}

export function grantOf(document: GrantDocument): Grant {
  const { node } = nodeOf(document);
  invariant(node !== undefined, 'a grant is a plain value');
  const read = grantAt({ source: { name: 'grant', text: '' }, issues: [] }, elementAt(node, []), 0);
  invariant(read !== undefined, 'a grant is valid by construction');
  return read;
}

export function arnNamed(text: string): Arn {
  const read = parseArn(text);
  invariant(read !== undefined, `${text} is an ARN`);
  return read;
}

export interface PrincipalPlan {
  readonly name: string;
  readonly account: string;
  readonly isUser: boolean;
  readonly identity: readonly PolicyDocument[];
  readonly boundary: PolicyDocument | undefined;
  readonly session: PolicyDocument | undefined;
  readonly team: string | undefined;
}

export function principalOf(plan: PrincipalPlan): Principal {
  const { name, account, isUser, identity, boundary, session, team } = plan;
  const text = isUser
    ? `arn:aws:iam::${account}:user/${name}`
    : `arn:aws:sts::${account}:assumed-role/${name}/run-1`;
  const caller = readCaller(text);
  invariant(caller !== undefined, `${text} is a caller`);
  const file = (kind: string): string => `policies/${name}-${kind}.json`;
  return {
    name,
    caller,
    identity: identity.map((each, index) => policyOf(each, 'identity', file(`identity-${index + 1}`))),
    ...(boundary === undefined
      ? {}
      : { permissionsBoundary: policyOf(boundary, 'permissions-boundary', file('boundary')) }),
    ...(session === undefined || isUser
      ? {}
      : { session: { policies: [policyOf(session, 'session', file('session'))] } }),
    tags: new Map(team === undefined ? [] : [['team', team]]),
  };
}

export interface KeyPlan {
  readonly name: string;
  readonly account: string;
  readonly policy: PolicyDocument;
  readonly grants: readonly GrantDocument[];
  readonly state: Key['state'];
}

export function keyOf({ name, account, policy, grants, state }: KeyPlan, region: string): Key {
  return {
    name: `${name}-key`,
    arn: arnNamed(arnOf('kms', region, account, name)),
    aliases: [`alias/${name}`],
    manager: 'customer',
    policy: policyOf(policy, 'key', `policies/${name}-key.json`),
    grants: grants.map(grantOf),
    state,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    multiRegion: false,
    tags: new Map(),
  };
}

export interface QueuePlan {
  readonly name: string;
  readonly account: string;
  readonly policy: PolicyDocument | undefined;
  readonly encryption: 'none' | 'sqs' | 'aws' | 'key';
  /** Which of the keys, counted around. */
  readonly key: number;
  readonly redrives: boolean;
  /** Which queues may use it as their dead-letter queue. */
  readonly takes: 'all' | 'none' | 'others';
}

export function queueOf(
  plan: QueuePlan,
  region: string,
  keys: readonly Key[],
  others: readonly QueuePlan[],
): Queue {
  const { name, account, policy } = plan;
  const deadLetter = plan.redrives ? others.find((other) => other.name !== name) : undefined;
  return {
    name,
    arn: arnNamed(arnOf('sqs', region, account, name)),
    ...(policy === undefined ? {} : { policy: policyOf(policy, 'queue', `policies/${name}-queue.json`) }),
    encryption: encryptionOf(plan, keys),
    ...(deadLetter === undefined ? {} : { redrive: { to: deadLetter.name, maxReceives: 1 } }),
    ...redriveAllowOf(plan, region, others),
    visibilityTimeout: 0,
    tags: new Map(),
  };
}

/** A queue that is alone in its world names nobody: SQS takes no empty list. */
function redriveAllowOf(
  { name, takes }: QueuePlan,
  region: string,
  queues: readonly QueuePlan[],
): Pick<Queue, 'redriveAllow'> {
  const sources = queues
    .filter((other) => other.name !== name)
    .map((other) => arnOf('sqs', region, other.account, other.name));
  if (takes === 'none') return { redriveAllow: { permission: 'denyAll' } };
  return takes === 'all' || sources.length === 0 ? {} : { redriveAllow: { permission: 'byQueue', sources } };
}

/** A queue that should use a key of a world without keys uses the one that AWS keeps. */
function encryptionOf({ encryption, key }: QueuePlan, keys: readonly Key[]): Queue['encryption'] {
  const reusePeriod = 300_000;
  switch (encryption) {
    case 'none':
      return { sse: 'none' };
    case 'sqs':
      return { sse: 'sqs' };
    case 'aws':
      return { sse: 'kms', key: 'alias/aws/sqs', reusePeriod };
    case 'key': {
      const used = keys[key % Math.max(1, keys.length)];
      return { sse: 'kms', key: used?.arn.text ?? 'alias/aws/sqs', reusePeriod };
    }
  }
}

export interface TopicPlan {
  readonly name: string;
  readonly account: string;
  readonly policy: PolicyDocument | undefined;
  readonly deadLetters: boolean;
}

/** A topic that delivers to every queue but the last, which takes what is refused. */
export function topicOf(plan: TopicPlan, region: string, queues: readonly QueuePlan[]): Topic {
  const { name, account, policy, deadLetters } = plan;
  const deadLetter = deadLetters && queues.length > 1 ? queues.at(-1)?.name : undefined;
  return {
    name,
    arn: arnNamed(arnOf('sns', region, account, name)),
    ...(policy === undefined ? {} : { policy: policyOf(policy, 'topic', `policies/${name}-topic.json`) }),
    subscriptions: queues
      .filter((queue) => queue.name !== deadLetter)
      .map((queue) => ({ queue: queue.name, ...(deadLetter === undefined ? {} : { deadLetter }) })),
    tags: new Map(),
  };
}
