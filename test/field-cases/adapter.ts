import {
  type AwsManagedPolicy,
  FULL_AWS_ACCESS,
  RCP_FULL_AWS_ACCESS,
} from '../../src/catalogue/aws-managed-policies.js';
import { awsManagedKeyPolicy, defaultKeyPolicy } from '../../src/catalogue/key-policies.js';
import { KEY_USAGES } from '../../src/catalogue/key-specs.js';
import { KEY_STATES } from '../../src/catalogue/key-states.js';
import { readCaller } from '../../src/evaluator/caller.js';
import { grantAt } from '../../src/evaluator/decide-line.js';
import type { Grant } from '../../src/evaluator/request.js';
import { policyFrom } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import { elementAt } from '../../src/policy/reader.js';
import { type Arn, parseArn } from '../../src/syntax/arn.js';
import type { Checked, Issue } from '../../src/syntax/issue.js';
import { nodeOf } from '../../src/syntax/plain-source.js';
import { resolveKey } from '../../src/world/key-reference.js';
import {
  EMPTY_ESTATE,
  EMPTY_STATE,
  type Encryption,
  type Estate,
  type Key,
  type MemberAccount,
  type Message,
  type Organization,
  type Principal,
  type Queue,
  type World,
} from '../../src/world/world.js';
import type { RawKey, RawPrincipal, RawQueue, RawRedrive, RawWorld } from './case-format.js';

const START = Date.parse('2026-01-01T00:00:00Z');

/** The world of a case as it is before each step: every queue with its messages, every data-key cache cold. */
export function worldOf(raw: RawWorld): World {
  const estate: Estate = {
    ...EMPTY_ESTATE,
    organizations: organizationsOf(raw),
    principals: mapOf(raw.principals, principalOf),
    keys: mapOf(raw.keys, keyOf),
    queues: mapOf(raw.queues, (name, queue) => queueOf(name, queue, raw)),
    topics: mapOf(raw.topics, (name, { arn, subscriptions, kmsMasterKeyId, policy }) => ({
      name,
      arn: arnOf(arn),
      ...(policy === undefined ? {} : { policy: policyOf(policy, 'topic', `policy of topic ${name}`) }),
      ...(kmsMasterKeyId === undefined ? {} : { key: kmsMasterKeyId }),
      subscriptions: (subscriptions ?? []).map(({ queue, endpoint }) => ({
        queue: queueNamed(raw, queue ?? endpoint ?? ''),
      })),
      tags: new Map(),
    })),
    buckets: mapOf(raw.buckets, (name, { arn, owner, policy }) => ({
      name,
      arn: arnOf(arn),
      account: owner ?? homeAccount(raw),
      region: homeRegion(raw),
      ...(policy === undefined ? {} : { policy: policyOf(policy, 'resource', `policy of bucket ${name}`) }),
      notifications: [],
    })),
    rules: mapOf(raw.rules, (name, { arn, targets, deadLetterQueue: deadLetter }) => ({
      name,
      arn: arnOf(arn),
      targets: (targets ?? []).map((target) => ({
        queue: queueNamed(raw, typeof target === 'string' ? target : (target.queue ?? target.arn ?? '')),
        ...(deadLetter === undefined ? {} : { deadLetter: queueNamed(raw, deadLetter) }),
      })),
    })),
    functions: mapOf(raw.functions, (name, { arn, role }) => ({
      name,
      arn: arnOf(arn),
      role: nameOfArn(raw.principals, role) ?? role,
    })),
    endpoints: mapOf(raw.vpcEndpoints, (id, { service, vpc, policy }) => ({
      id,
      service,
      ...(vpc === undefined ? {} : { vpc }),
      ...(policy === undefined ? {} : { policy: policyOf(policy, 'vpc-endpoint', `policy of ${id}`) }),
    })),
  };
  const messages = mapOf(raw.queues, (name, queue) => messagesOf(name, queue, estate));
  return { estate, state: { ...EMPTY_STATE, messages, cachesDataKeys: false }, now: START };
}

function mapOf<T, U>(
  raw: Readonly<Record<string, T>> | undefined,
  make: (name: string, one: T) => U,
): ReadonlyMap<string, U> {
  return new Map(Object.entries(raw ?? {}).map(([name, one]) => [name, make(name, one)]));
}

export function arnOf(text: string): Arn {
  const arn = parseArn(text);
  if (arn === undefined) throw new Error(`the case has the bad ARN ${text}`);
  return arn;
}

/** Buckets have no Region of their own in the cases: they are where the queues are. */
export function homeRegion(raw: RawWorld): string {
  const [queue] = Object.values(raw.queues ?? {});
  return queue === undefined ? 'us-east-1' : arnOf(queue.arn).region;
}

function homeAccount(raw: RawWorld): string {
  const [queue] = Object.values(raw.queues ?? {});
  return queue === undefined ? '' : arnOf(queue.arn).account;
}

/** The name of the thing that has the ARN. */
export function nameOfArn(
  things: Readonly<Record<string, { readonly arn: string }>> | undefined,
  arn: string,
): string | undefined {
  return Object.entries(things ?? {}).find(([, thing]) => thing.arn === arn)?.[0];
}

function queueNamed({ queues }: RawWorld, reference: string): string {
  return nameOfArn(queues, reference) ?? reference;
}

export function policyOf(raw: unknown, type: PolicyType, name: string): Policy {
  return usable(policyFrom(raw, type, { name }));
}

function awsPolicyOf({ name, arn, document }: AwsManagedPolicy, type: PolicyType): Policy {
  return usable(policyFrom(document, type, { name, arn }));
}

function usable(read: Checked<Policy>): Policy {
  if (!read.ok) throw new Error(read.issues.map(({ message }) => message).join('; '));
  return read.value;
}

function principalOf(name: string, raw: RawPrincipal): Principal {
  const caller = readCaller(raw.arn, raw.roleArn === undefined ? {} : { role: raw.roleArn });
  if (caller === undefined) throw new Error(`the case has the bad principal ${raw.arn}`);
  return {
    name,
    caller,
    identity: (raw.policies ?? []).map((each, index) =>
      policyOf(each, 'identity', `policy ${index + 1} of ${name}`),
    ),
    ...(raw.boundary === undefined
      ? {}
      : { permissionsBoundary: policyOf(raw.boundary, 'permissions-boundary', `boundary of ${name}`) }),
    tags: new Map(Object.entries(raw.tags ?? {})),
  };
}

function keyOf(name: string, raw: RawKey): Key {
  const state = KEY_STATES.find((each) => each === (raw.state ?? 'Enabled'));
  if (state === undefined) throw new Error(`the case has the bad key state ${raw.state}`);
  const arn = arnOf(raw.arn);
  const aliases = raw.aliases ?? [];
  const ofAws = aliases.find((alias) => alias.startsWith('alias/aws/'))?.slice('alias/aws/'.length);
  const manager = (raw.manager ?? (ofAws === undefined ? 'CUSTOMER' : 'AWS')) === 'AWS' ? 'aws' : 'customer';
  const unsaid = manager === 'aws' ? awsManagedKeyPolicy(ofAws ?? 'sqs', arn) : defaultKeyPolicy(arn);
  return {
    name,
    arn,
    aliases,
    manager,
    policy: policyOf(raw.policy ?? JSON.parse(unsaid), 'key', `policy of key ${name}`),
    grants: (raw.grants ?? []).map(grantOf),
    state,
    spec: raw.spec ?? 'SYMMETRIC_DEFAULT',
    usage: usageOf(raw.usage),
    origin: raw.origin ?? 'AWS_KMS',
    multiRegion: raw.arn.includes(':key/mrk-'),
    ...(raw.multiRegion === undefined ? {} : { multiRegionType: raw.multiRegion }),
    tags: new Map(Object.entries(raw.tags ?? {})),
  };
}

function usageOf(raw: string | undefined): Key['usage'] {
  const usage = KEY_USAGES.get((raw ?? 'ENCRYPT_DECRYPT').toLowerCase());
  if (usage === undefined) throw new Error(`the case has the bad key usage ${raw}`);
  return usage.name;
}

/** Members of a grant in either letter case, as AWS prints them too; its constraints begin with a capital. */
function spelled(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const begin = (name: string, first: (letter: string) => string): string =>
    first(name.charAt(0)) + name.slice(1);
  const members = Object.entries(raw).map(([name, value]: [string, unknown]): [string, unknown] => {
    const lower = begin(name, (letter) => letter.toLowerCase());
    if (lower === 'grantId') return ['id', value];
    if (lower !== 'constraints' || typeof value !== 'object' || value === null) return [lower, value];
    const constraints = Object.entries(value).map(([each, pairs]) => [
      begin(each, (letter) => letter.toUpperCase()),
      pairs,
    ]);
    return [lower, Object.fromEntries(constraints)];
  });
  return Object.fromEntries(members);
}

function grantOf(raw: unknown, index: number): Grant {
  const issues: Issue[] = [];
  const { node } = nodeOf(spelled(raw));
  const reader = { source: { name: 'grant', text: '' }, issues };
  const grant = node === undefined ? undefined : grantAt(reader, elementAt(node, []), index);
  const flaw = issues.find(({ severity }) => severity === 'error');
  if (grant === undefined || flaw !== undefined)
    throw new Error(`the case has a bad grant ${JSON.stringify(raw)}: ${flaw?.message}`);
  return grant;
}

function queueOf(name: string, raw: RawQueue, world: RawWorld): Queue {
  const { Policy, RedrivePolicy, RedriveAllowPolicy, VisibilityTimeout, DelaySeconds } = raw.attributes ?? {};
  const redrive =
    typeof RedrivePolicy === 'string' ? (JSON.parse(RedrivePolicy) as RawRedrive) : RedrivePolicy;
  const to = Object.entries(world.queues ?? {}).find(([, { arn }]) => arn === redrive?.deadLetterTargetArn);
  return {
    name,
    arn: arnOf(raw.arn),
    ...(holdsNothing(Policy) ? {} : { policy: policyOf(Policy, 'queue', `policy of queue ${name}`) }),
    encryption: encryptionOf(raw),
    ...(redrive === undefined || to === undefined
      ? {}
      : { redrive: { to: to[0], maxReceives: Number(redrive.maxReceiveCount) } }),
    ...allowOf(RedriveAllowPolicy),
    ...(DelaySeconds === undefined ? {} : { delay: Number(DelaySeconds) * 1000 }),
    visibilityTimeout: Number(VisibilityTimeout ?? '30') * 1000,
    tags: new Map(Object.entries(raw.tags ?? {})),
  };
}

function allowOf(
  given: NonNullable<RawQueue['attributes']>['RedriveAllowPolicy'],
): Pick<Queue, 'redriveAllow'> {
  const read = typeof given === 'string' ? (JSON.parse(given) as Exclude<typeof given, string>) : given;
  switch (read?.redrivePermission) {
    case 'denyAll':
      return { redriveAllow: { permission: 'denyAll' } };
    case 'byQueue':
      return { redriveAllow: { permission: 'byQueue', sources: read.sourceQueueArns ?? [] } };
    default:
      return {};
  }
}

/** SQS writes a policy without statements when the last one is taken away: it says nothing, as no policy does. */
function holdsNothing(policy: unknown): boolean {
  return policy === undefined || (typeof policy === 'object' && policy !== null && !('Statement' in policy));
}

function encryptionOf({ attributes = {} }: RawQueue): Encryption {
  const { KmsMasterKeyId: key, KmsDataKeyReusePeriodSeconds: period, SqsManagedSseEnabled } = attributes;
  if (key !== undefined) return { sse: 'kms', key, reusePeriod: Number(period ?? '300') * 1000 };
  return { sse: SqsManagedSseEnabled === 'false' ? 'none' : 'sqs' };
}

/** A queue that lists no messages holds one, encrypted with its current key. */
/** A message that lies in a dead-letter queue was moved there: from the queue that its context names, or the first that may. */
function messagesOf(name: string, raw: RawQueue, estate: Estate): readonly Message[] {
  const { key } = { key: undefined, ...encryptionOf(raw) };
  const sources = [...estate.queues.values()].filter(({ redrive }) => redrive?.to === name);
  const listed: NonNullable<RawQueue['messages']> = raw.messages ?? [
    { id: `message of ${name}`, ...(key === undefined ? {} : { encryptedWith: key }) },
  ];
  return listed.map(({ id, encryptedWith, encryptionContextQueue: contextQueueArn = raw.arn, movedFrom }) => {
    const said = [...estate.queues.values()].find(
      (each) => each.name === movedFrom || each.arn.text === movedFrom,
    );
    const origin = said ?? sources.find(({ arn }) => arn.text === contextQueueArn) ?? sources[0];
    const moved = origin === undefined ? {} : { movedFrom: origin.name };
    const message = { id, sent: START, visibleAt: START, receives: 0, ...moved };
    if (encryptedWith === undefined) return message;
    const keyArn = estate.keys.get(encryptedWith)?.arn.text ?? keyArnOf(encryptedWith, raw, estate);
    return { ...message, encryption: { keyArn, contextQueueArn, dataKey: `data key of ${id}` } };
  });
}

function keyArnOf(reference: string, raw: RawQueue, estate: Estate): string {
  const asked = resolveKey(estate, reference, arnOf(raw.arn));
  return asked.key?.arn.text ?? asked.arn;
}

/** One organization for each id, with the control policies at the accounts and AWS's own above them. */
function organizationsOf(raw: RawWorld): readonly Organization[] {
  const full = awsPolicyOf(FULL_AWS_ACCESS, 'scp');
  const fullRcp = awsPolicyOf(RCP_FULL_AWS_ACCESS, 'rcp');
  const members = new Map<string, MemberAccount[]>();
  for (const [account, { org, scps, rcps }] of Object.entries(raw.accounts ?? {})) {
    if (org === undefined && scps === undefined && rcps === undefined) continue;
    const id = org ?? `o-${account}`;
    const member: MemberAccount = {
      account,
      scps: scps?.map((each, index) => policyOf(each, 'scp', `SCP ${index + 1} of ${account}`)) ?? [full],
      rcps: [
        fullRcp,
        ...(rcps ?? []).map((each, index) => policyOf(each, 'rcp', `RCP ${index + 1} of ${account}`)),
      ],
    };
    members.set(id, [...(members.get(id) ?? []), member]);
  }
  return [...members].map(([id, accounts]) => ({
    id,
    root: { name: 'r-root', scps: [full], rcps: [fullRcp], units: [], accounts },
  }));
}
