import { fillsNetworkKey } from '../catalogue/services.js';
import { type ContextValue, UNKNOWN } from '../conditions/context.js';
import {
  contextFrom,
  kmsCallEntries,
  principalEntries,
  resourceEntries,
} from '../evaluator/derive-context.js';
import { accountOf } from '../evaluator/principal.js';
import type { AuthorizationRequest, RequestedResource } from '../evaluator/request.js';
import { type Call, serviceOf } from './call.js';
import { membershipOf } from './organization.js';
import type { Key, Tags, World } from './world.js';

type Entry = readonly [string, ContextValue | undefined];

export interface ContextSubject {
  readonly resource: RequestedResource;
  readonly tags?: Tags;
  readonly region: string;
}

/**
 * The request of a call about one resource, with every condition key that follows from the world. What AWS always
 * sends and the world does not say (the caller's address, its user agent) is unknown, not absent.
 */
export function requestFor(
  world: World,
  call: Call,
  action: string,
  subject: ContextSubject,
  extra: readonly Entry[] = [],
): AuthorizationRequest {
  return {
    caller: call.caller,
    action,
    resource: subject.resource,
    context: contextFrom(
      identityEntries(world, call),
      networkEntries(world, call),
      ownerEntries(world, subject),
      timeEntries(world),
      sourceEntries(world, call),
      [
        ['aws:RequestedRegion', subject.region],
        ['aws:ViaAWSService', String(call.throughMoveTask ?? false)],
        ...(call.throughMoveTask === true ? calledVia('sqs') : []),
      ],
      extra,
      call.context,
    ),
    ...(call.throughMoveTask === true ? { through: { service: 'sqs', region: subject.region } } : {}),
  };
}

export interface ForwardedCall {
  /** The service that calls KMS with the caller's identity, or (for service principals) merely on its occasion. */
  readonly by: 'sqs' | 'sns';
  readonly region: string;
  readonly encryptionContext: ReadonlyMap<string, string>;
  /** `alias/name` when the key was named by an alias. */
  readonly alias?: string;
}

/**
 * The request that reaches KMS when a service encrypts or decrypts for the caller of `call`. An IAM principal is
 * still the caller (forward access session); a service principal calls KMS itself.
 * Page: IAM User Guide, Forward access sessions. Rules: SQS-KMS-CALL-IS-THE-CALLER, SQS-SERVICE-CALLS-KMS-ITSELF,
 * SQS-ENCRYPTION-CONTEXT, KMS-VIA-SERVICE
 */
export function forwardedRequest(
  world: World,
  call: Call,
  action: string,
  key: Key,
  forward: ForwardedCall,
): AuthorizationRequest {
  const { caller } = call;
  const itself = caller.kind === 'service' || caller.kind === 'anonymous';
  const resource: RequestedResource = { arn: key.arn.text, account: key.arn.account };
  const forwarded: readonly Entry[] = itself
    ? [['aws:ViaAWSService', 'false']]
    : [
        ['aws:ViaAWSService', 'true'],
        ...calledVia(forward.by),
        ['kms:ViaService', `${forward.by}.${forward.region}.amazonaws.com`],
        ...(caller.kind === 'user' ? ([['aws:MultiFactorAuthPresent', 'false']] as const) : []),
      ];
  return {
    caller,
    action,
    resource,
    context: contextFrom(
      identityEntries(world, call),
      itself ? [] : forwardedNetworkEntries(call),
      [['aws:SecureTransport', 'true']],
      ownerEntries(world, { resource, tags: key.tags, region: forward.region }),
      keyEntries(key),
      timeEntries(world),
      sourceEntries(world, call),
      [['aws:RequestedRegion', forward.region]],
      kmsCallEntries(caller, forward.encryptionContext),
      [
        ['kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'],
        ['kms:RequestAlias', forward.alias],
      ],
      forwarded,
      ofLaterHops(call.context),
    ),
    encryptionContext: forward.encryptionContext,
    ...(itself ? {} : { through: { service: forward.by, region: forward.region } }),
  };
}

/** Keys given for a call about its network or its resource describe the first hop; they do not follow it to KMS. */
function ofLaterHops(context: Call['context']): Call['context'] {
  return context.filter(([name]) => {
    const key = name.toLowerCase();
    return !FIRST_HOP.has(key) && !key.startsWith('aws:resourcetag/');
  });
}

/** What is left of the condition keys given for a call in calls that are made later and from elsewhere for its caller. */
export function withoutNetworkKeys(context: Call['context']): Call['context'] {
  return ofLaterHops(context).filter(([name]) => name.toLowerCase() !== 'aws:sourceip');
}

const FIRST_HOP: ReadonlySet<string> = new Set([
  'aws:sourcevpce',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
  'aws:securetransport',
  'aws:requestedregion',
  'aws:viaawsservice',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
]);

function calledVia(service: string): readonly Entry[] {
  const host = `${service}.amazonaws.com`;
  return [
    ['aws:CalledVia', [host]],
    ['aws:CalledViaFirst', host],
    ['aws:CalledViaLast', host],
  ];
}

function* identityEntries(world: World, call: Call): Generator<Entry> {
  const { caller, principal } = call;
  const session = { ...principal?.session, ...call.session };
  const membership = membershipOf(world.estate, accountOf(caller));
  const tags = new Map([...(principal?.tags ?? []), ...(session.tags ?? [])]);
  yield* principalEntries(caller, {
    tags,
    ...(membership === undefined
      ? {}
      : { organization: { id: membership.organization.id, path: membership.path } }),
    ...(session.mfa === undefined ? {} : { mfa: session.mfa }),
  });
  if (caller.kind === 'session') {
    yield ['aws:TokenIssueTime', UNKNOWN];
    if (session.mfa === undefined) yield ['aws:MultiFactorAuthPresent', UNKNOWN];
  }
  if ((caller.kind === 'session' || caller.kind === 'user') && caller.id === undefined)
    yield ['aws:userid', UNKNOWN];
  if (caller.kind === 'service' && call.source !== undefined) {
    const [service = ''] = caller.host.split('.', 1);
    yield [
      'aws:PrincipalServiceNamesList',
      [
        ...new Set([
          caller.host,
          `${service}.amazonaws.com`,
          `${service}.${call.source.region}.amazonaws.com`,
        ]),
      ],
    ];
  }
}

/** Rule: CONTEXT-NETWORK. A service principal's call carries no network keys (SQS-SERVICE-HAS-NO-NETWORK). */
function* networkEntries(world: World, call: Call): Generator<Entry> {
  yield ['aws:SecureTransport', String(call.path.tls)];
  if (call.caller.kind === 'service' || call.throughMoveTask === true) return;
  yield ['aws:UserAgent', UNKNOWN];
  const { endpoint, sourceIp } = call.path;
  if (endpoint === undefined) {
    yield ['aws:SourceIp', sourceIp ?? UNKNOWN];
    return;
  }
  const described = world.estate.endpoints.get(endpoint);
  const service = serviceOf(call);
  yield ['aws:SourceVpce', endpoint];
  yield ['aws:SourceVpc', described?.vpc ?? UNKNOWN];
  yield ['aws:VpcSourceIp', sourceIp ?? UNKNOWN];
  const owner = described?.account ?? accountOf(call.caller);
  if (fillsNetworkKey(service, 'aws:VpceAccount') === true) yield ['aws:VpceAccount', owner];
  const membership = membershipOf(world.estate, owner);
  if (membership !== undefined && fillsNetworkKey(service, 'aws:VpceOrgID') === true) {
    yield ['aws:VpceOrgID', membership.organization.id];
  }
}

/** Of the network, only the public address of the caller follows it into a forwarded call. */
function* forwardedNetworkEntries(call: Call): Generator<Entry> {
  if (call.throughMoveTask === true || call.path.endpoint !== undefined) return;
  yield ['aws:SourceIp', call.path.sourceIp ?? UNKNOWN];
}

function* ownerEntries(world: World, subject: ContextSubject): Generator<Entry> {
  const membership = membershipOf(world.estate, subject.resource.account);
  yield* resourceEntries(subject.resource, {
    ...(subject.tags === undefined ? {} : { tags: subject.tags }),
    ...(membership === undefined
      ? {}
      : { organization: { id: membership.organization.id, path: membership.path } }),
  });
}

/** The condition keys that follow from a KMS key. Page: KMS Developer Guide, AWS KMS condition keys. */
export function* keyEntries(key: Key): Generator<Entry> {
  yield ['kms:KeySpec', key.spec];
  yield ['kms:KeyUsage', key.usage];
  yield ['kms:CustomerMasterKeySpec', key.spec];
  yield ['kms:CustomerMasterKeyUsage', key.usage];
  yield ['kms:KeyOrigin', key.origin];
  yield ['kms:MultiRegion', String(key.multiRegion)];
  if (key.multiRegion) yield ['kms:MultiRegionKeyType', key.multiRegionType ?? 'PRIMARY'];
  const aliases = key.resourceAliases ?? key.aliases;
  if (aliases.length > 0) yield ['kms:ResourceAliases', aliases];
}

function* timeEntries(world: World): Generator<Entry> {
  yield ['aws:CurrentTime', String(world.now / 1000)];
  yield ['aws:EpochTime', String(Math.floor(world.now / 1000))];
}

/** Rule: SQS-SOURCE-CONTEXT */
function* sourceEntries(world: World, call: Call): Generator<Entry> {
  if (call.source === undefined || call.caller.kind !== 'service') return;
  yield ['aws:SourceArn', call.source.arn];
  yield ['aws:SourceAccount', call.source.account];
  const membership = membershipOf(world.estate, call.source.account);
  if (membership === undefined) return;
  yield ['aws:SourceOrgID', membership.organization.id];
  yield ['aws:SourceOrgPaths', [membership.path]];
}
