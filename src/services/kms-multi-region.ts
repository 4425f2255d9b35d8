import { permissionsOf } from '../catalogue/kms-operations.js';
import { type Call, textParameter } from '../world/call.js';
import { changeThing } from '../world/change.js';
import { keyEntries } from '../world/request-context.js';
import type { Key, World } from '../world/world.js';
import { tagsOf } from './kms-context.js';
import {
  addKey,
  arnOfKey,
  nameOfNewKey,
  policyChecks,
  policyOfNewKey,
  subjectsOfNewKey,
} from './kms-create-key.js';
import { kmsCheck } from './kms-errors.js';
import { noSuchKey, relatedKey } from './kms-key-reference.js';
import {
  type ContextEntry,
  type KmsBehaviours,
  type KmsRequest,
  type KmsSubjectAsked,
  keyOf,
} from './kms-operation.js';
import { checkTags } from './kms-tags.js';
import type { Check } from './plan.js';

/** Page: KMS Developer Guide, Multi-Region keys in AWS KMS. Rule: KMS-MULTI-REGION-KEYS */
export const MULTI_REGION_BEHAVIOURS: KmsBehaviours = {
  ReplicateKey: {
    validation: (request) => [
      regionCheck(request, 'ReplicaRegion'),
      ...checkTags(request, tagsOf(request.call)),
    ],
    subjects: (request) => [
      ...onPrimary(request),
      ...subjectsOfNewKey(request, replicaOf(request), regionOf(request.call, 'ReplicaRegion')),
    ],
    contextEntries: ofReplica,
    checks: (request) => [isPrimary(request), isFree(request), ...policyChecks(request, replicaOf(request))],
    effect: (world, request) => addKey(world, replicaOf(request)),
  },
  UpdatePrimaryRegion: {
    validation: (request) => [regionCheck(request, 'PrimaryRegion'), ...replicaExists(request)],
    subjects: primaryAndReplica,
    checks: (request) => [isPrimary(request)],
    effect: swap,
  },
};

function regionOf(call: Call, parameter: string): string | undefined {
  return textParameter(call, parameter);
}

function regionCheck(request: KmsRequest, parameter: string): Check {
  return kmsCheck(
    request,
    regionOf(request.call, parameter) !== undefined,
    'parameter',
    'KMS-MULTI-REGION-KEYS',
    { code: 'ValidationException', message: `The request names no ${parameter}.` },
  );
}

/** A replica has the id and the material of its primary, and a policy, aliases, tags, grants and a state of its own. */
function replicaOf(request: KmsRequest): Key {
  const { call } = request;
  const key = keyOf(request);
  const { partition, account, resource } = key.arn;
  const region = regionOf(call, 'ReplicaRegion');
  const arn = arnOfKey({ partition, region, account }, resource.slice('key/'.length));
  const name = nameOfNewKey(request);
  return {
    name,
    arn,
    aliases: [],
    manager: 'customer',
    policy: policyOfNewKey(request, name, arn),
    grants: [],
    // The material of a replica is imported for itself.
    state: key.origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
    spec: key.spec,
    usage: key.usage,
    origin: key.origin,
    multiRegion: true,
    multiRegionType: 'REPLICA',
    tags: tagsOf(call),
  };
}

/**
 * The second decision makes a key, and what a policy can ask of that key follows from the primary: it is a multi-Region
 * one, of the same spec, usage and origin. Rule: KMS-REPLICA-IS-A-NEW-KEY
 */
function ofReplica(request: KmsRequest, { permission }: KmsSubjectAsked): Iterable<ContextEntry> {
  return permission.action === 'kms:CreateKey' ? keyEntries(replicaOf(request)) : [];
}

function onPrimary(request: KmsRequest): readonly KmsSubjectAsked[] {
  const { region } = request;
  return permissionsOf('ReplicateKey')
    .filter(({ on }) => on === 'primaryKey')
    .map((permission) => ({ permission, region, key: keyOf(request) }));
}

function replica(request: KmsRequest): Key | undefined {
  const region = regionOf(request.call, 'PrimaryRegion');
  return region === undefined ? undefined : relatedKey(request.world, keyOf(request), region);
}

/** Of a key that has no replicas, the call says so when it is authorized. */
function replicaExists(request: KmsRequest): readonly Check[] {
  const { call } = request;
  const key = keyOf(request);
  const region = regionOf(call, 'PrimaryRegion');
  if (!key.multiRegion || region === undefined) return [];
  const arn = `arn:${key.arn.partition}:kms:${region}:${key.arn.account}:${key.arn.resource}`;
  const holds = replica(request) !== undefined;
  return [{ ...noSuchKey(call, call.api, { arn, account: key.arn.account }), holds }];
}

/** One decision for each of the two keys, in its own Region. Rule: KMS-SEVERAL-DECISIONS */
function primaryAndReplica(request: KmsRequest): readonly KmsSubjectAsked[] {
  return permissionsOf('UpdatePrimaryRegion').flatMap((permission) => {
    const key = permission.on === 'primaryKey' ? request.key : replica(request);
    return key === undefined ? [] : [{ permission, region: key.arn.region, key }];
  });
}

/** Only a primary key is replicated, or gives its place to another. Rule: KMS-MULTI-REGION-KEYS */
function isPrimary(request: KmsRequest): Check {
  const { arn, multiRegion, multiRegionType } = keyOf(request);
  const holds = multiRegion && multiRegionType !== 'REPLICA';
  return kmsCheck(request, holds, 'parameter', 'KMS-MULTI-REGION-KEYS', {
    code: 'UnsupportedOperationException',
    message: `${arn.text} is not a multi-Region primary key.`,
  });
}

function isFree(request: KmsRequest): Check {
  const key = keyOf(request);
  const { region } = replicaOf(request).arn;
  const there = relatedKey(request.world, key, region);
  return kmsCheck(request, there === undefined, 'parameter', 'KMS-MULTI-REGION-KEYS', {
    code: 'AlreadyExistsException',
    message: `A key with the id of ${key.arn.text} already exists in ${region}.`,
  });
}

function swap(world: World, request: KmsRequest): World {
  const next = replica(request);
  const key = keyOf(request);
  if (next === undefined || key.name === next.name) return world;
  const demoted = changeThing(world, 'keys', key.name, (one) => ({
    ...one,
    multiRegionType: 'REPLICA' as const,
  }));
  return changeThing(demoted, 'keys', next.name, (one) => ({ ...one, multiRegionType: 'PRIMARY' as const }));
}
