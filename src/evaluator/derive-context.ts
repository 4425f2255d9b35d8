import { CONDITION_KEY_NAMES, segmentOf } from '../catalogue/condition-keys.js';
import type { Segment } from '../catalogue/segment.js';
import type { ContextValue, RequestContext } from '../conditions/context.js';
import { parseArn } from '../syntax/arn.js';
import { accountOf } from './principal.js';
import type { Caller, RequestedResource } from './request.js';

/** Entries of a context; a value that is `undefined` leaves the key absent. */
export type ContextEntries = Iterable<readonly [key: string, value: ContextValue | undefined]>;

interface Slot {
  readonly slot: string;
  readonly segment: Segment;
}

function slotOf(key: string): Slot {
  const slot = key.toLowerCase();
  return { slot, segment: segmentOf(slot) };
}

/** Keys as AWS spells them, which are nearly all, need not be looked for in other letter cases. */
const AS_SPELLED: ReadonlyMap<string, Slot> = new Map(
  CONDITION_KEY_NAMES.map((name) => [name, slotOf(name)]),
);

/** Sorts entries into the four segments, each key where the catalogue says it lives. Later entries win. */
export function contextFrom(...sources: readonly ContextEntries[]): RequestContext {
  const segments = { principal: new Map(), network: new Map(), resource: new Map(), call: new Map() };
  for (const entries of sources) {
    for (const [key, value] of entries) {
      const { slot, segment: name } = AS_SPELLED.get(key) ?? slotOf(key);
      const segment = segments[name];
      if (value === undefined) segment.delete(slot);
      else segment.set(slot, value);
    }
  }
  return segments;
}

/** What an identity carries beside its ARN. */
export interface PrincipalTraits {
  readonly tags?: ReadonlyMap<string, string>;
  readonly organization?: { readonly id: string; readonly path: string };
  /** Whether the caller proved a second factor; left out: long-term credentials, which have no such key. */
  readonly mfa?: boolean;
}

/**
 * The condition keys that follow from who calls.
 * Page: IAM User Guide, AWS global condition context keys. Rule: CONTEXT-PRINCIPAL
 */
export function* principalEntries(
  caller: Caller,
  traits: PrincipalTraits = {},
): ContextEntries & Generator<readonly [string, ContextValue | undefined]> {
  yield ['aws:PrincipalArn', principalArn(caller)];
  yield ['aws:PrincipalAccount', caller.kind === 'anonymous' ? 'anonymous' : accountOf(caller)];
  yield ['aws:PrincipalType', PRINCIPAL_TYPE[caller.kind]];
  yield ['aws:userid', userId(caller)];
  if (caller.kind === 'user')
    yield ['aws:username', caller.arn.resource.slice(caller.arn.resource.lastIndexOf('/') + 1)];
  if (caller.kind === 'anonymous') return;
  yield ['aws:PrincipalIsAWSService', caller.kind === 'service' ? 'true' : 'false'];
  if (caller.kind === 'service') {
    yield ['aws:PrincipalServiceName', caller.host];
    const names = caller.regionalHost === undefined ? [caller.host] : [caller.host, caller.regionalHost];
    yield ['aws:PrincipalServiceNamesList', names];
    return;
  }
  yield ['aws:PrincipalOrgID', traits.organization?.id];
  yield ['aws:PrincipalOrgPaths', traits.organization === undefined ? undefined : [traits.organization.path]];
  if (traits.mfa !== undefined) yield ['aws:MultiFactorAuthPresent', String(traits.mfa)];
  for (const [key, value] of traits.tags ?? []) yield [`aws:PrincipalTag/${key}`, value];
}

/** The ARN by which a caller is known: role sessions carry that of their role, never of the session. */
export function principalArn(caller: Caller): string | undefined {
  switch (caller.kind) {
    case 'user':
    case 'federatedUser':
      return caller.arn.text;
    case 'session':
      return caller.role.text;
    case 'root':
      return `arn:${caller.partition}:iam::${caller.account}:root`;
    case 'service':
    case 'anonymous':
      return undefined;
  }
}

const PRINCIPAL_TYPE: Readonly<Record<Caller['kind'], string | undefined>> = {
  user: 'User',
  session: 'AssumedRole',
  federatedUser: 'FederatedUser',
  root: 'Account',
  service: undefined,
  anonymous: 'Anonymous',
};

function userId(caller: Caller): string | undefined {
  switch (caller.kind) {
    case 'user':
      return caller.id;
    case 'session': {
      const session = caller.arn.resource.split('/')[2];
      return caller.id === undefined || session === undefined ? undefined : `${caller.id}:${session}`;
    }
    case 'federatedUser':
      return `${caller.arn.account}:${caller.arn.resource.slice(caller.arn.resource.indexOf('/') + 1)}`;
    case 'root':
      return caller.account;
    case 'service':
      return undefined;
    case 'anonymous':
      return 'anonymous';
  }
}

export interface ResourceTraits {
  readonly tags?: ReadonlyMap<string, string>;
  readonly organization?: { readonly id: string; readonly path: string };
}

/** The condition keys that follow from the resource. Rule: CONTEXT-RESOURCE */
export function* resourceEntries(
  resource: RequestedResource,
  traits: ResourceTraits = {},
): Generator<readonly [string, ContextValue | undefined]> {
  yield ['aws:ResourceAccount', resource.account];
  yield ['aws:ResourceOrgID', traits.organization?.id];
  yield ['aws:ResourceOrgPaths', traits.organization === undefined ? undefined : [traits.organization.path]];
  for (const [key, value] of traits.tags ?? []) yield [`aws:ResourceTag/${key}`, value];
}

/** The condition keys that every KMS request carries beside those of the key. Rule: CONTEXT-KMS-CALL */
export function* kmsCallEntries(
  caller: Caller,
  encryptionContext: ReadonlyMap<string, string> | undefined,
): Generator<readonly [string, ContextValue | undefined]> {
  yield ['kms:CallerAccount', accountOf(caller)];
  for (const [key, value] of encryptionContext ?? []) yield [`kms:EncryptionContext:${key}`, value];
  if (encryptionContext !== undefined && encryptionContext.size > 0) {
    yield ['kms:EncryptionContextKeys', [...encryptionContext.keys()]];
  }
}

/**
 * The older key that SNS sets beside `aws:SourceAccount`: the account of the caller.
 * Page: Amazon SNS Developer Guide, default topic policy. Rule: CONTEXT-SOURCE-OWNER
 */
export function* snsCallEntries(caller: Caller): Generator<readonly [string, ContextValue | undefined]> {
  yield ['aws:SourceOwner', accountOf(caller)];
}

/** Under which names a service appears in the Region of the resource. Rule: CONTEXT-PRINCIPAL */
export function* regionalNames(
  caller: Caller,
  resource: RequestedResource,
): Generator<readonly [string, ContextValue | undefined]> {
  const region = regionOf(resource);
  if (caller.kind !== 'service' || region === undefined) return;
  const [service, ...rest] = caller.host.split('.');
  if (rest.length !== 2) return;
  yield ['aws:PrincipalServiceNamesList', [caller.host, `${service}.${region}.${rest.join('.')}`]];
}

/** The Region of the endpoint called: that of the resource. */
export function regionOf(resource: RequestedResource): string | undefined {
  const region = parseArn(resource.arn)?.region;
  return region === '' ? undefined : region;
}
