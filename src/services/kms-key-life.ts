import { KMS_QUOTAS } from '../catalogue/quotas.js';
import { UNKNOWN } from '../conditions/context.js';
import { parseDate } from '../syntax/date.js';
import { type Call, textParameter } from '../world/call.js';
import { changeThing, withThing } from '../world/change.js';
import { later } from '../world/clock.js';
import type { Instant, Key, World } from '../world/world.js';
import { daysCheck } from './kms-days.js';
import { kmsCheck } from './kms-errors.js';
import { sharesMaterial } from './kms-key-reference.js';
import { type ContextEntry, type KmsBehaviours, type KmsRequest, keyOf } from './kms-operation.js';
import type { Check } from './plan.js';

const DAY = 86_400_000;

/**
 * What the life of a key is made of. Page: KMS Developer Guide, Key states of AWS KMS keys.
 * Rule: KMS-STATE-FOLLOWS-CALLS
 */
export const KEY_LIFE_BEHAVIOURS: KmsBehaviours = {
  DisableKey: { contextEntries: unused, effect: (world, request) => become(world, request, 'Disabled') },
  EnableKey: { effect: (world, request) => become(world, request, 'Enabled') },
  ScheduleKeyDeletion: {
    validation: (request) => [daysCheck(request, 'PendingWindowInDays', KMS_QUOTAS.deletionWindowInDays)],
    contextEntries: (request) => [
      ...unused(),
      ['kms:ScheduleKeyDeletionPendingWindowInDays', String(windowOf(request))],
    ],
    effect: scheduleDeletion,
  },
  CancelKeyDeletion: {
    effect: (world, request) =>
      change(world, request, ({ deletesAt: _, deletionWindow: __, withoutMaterial, ...rest }) => ({
        ...rest,
        state: withoutMaterial === true ? 'PendingImport' : 'Disabled',
      })),
  },
  ImportKeyMaterial: {
    validation: validToChecks,
    contextEntries: ({ call }) => [
      ['kms:ExpirationModel', textParameter(call, 'ExpirationModel')],
      ['kms:ValidTo', epochSeconds(validToOf(call))],
    ],
    effect: importMaterial,
  },
  DeleteImportedKeyMaterial: { effect: (world, request) => change(world, request, withoutMaterial) },
};

/** When the key was used last is not known: it may have been used before the file begins, and by anybody. */
function unused(): readonly ContextEntry[] {
  return [['kms:TrailingDaysWithoutKeyUsage', UNKNOWN]];
}

function change(world: World, request: KmsRequest, to: (key: Key) => Key | undefined): World {
  return changeThing(world, 'keys', keyOf(request).name, to);
}

/** While the key store is away, what was asked of the key does not show. */
function become(world: World, request: KmsRequest, state: Key['state']): World {
  return change(world, request, (present) =>
    present.state === 'Unavailable' ? present : { ...present, state },
  );
}

function windowOf({ call }: KmsRequest): number {
  return Number(textParameter(call, 'PendingWindowInDays') ?? KMS_QUOTAS.deletionWindowInDays.default);
}

/**
 * A primary key waits for its replicas before its waiting period begins.
 * Page: KMS Developer Guide, Deleting multi-Region keys. Rules: KMS-DELETED-KEY-IS-GONE, KMS-PRIMARY-GOES-LAST
 */
function scheduleDeletion(world: World, request: KmsRequest): World {
  const key = keyOf(request);
  const wait = windowOf(request) * DAY;
  if (!hasReplicas(world, key)) return beginWaiting(world, key.name, wait);
  return change(world, request, (present) => ({
    ...present,
    state: 'PendingReplicaDeletion',
    deletionWindow: wait,
  }));
}

function hasReplicas(world: World, key: Key): boolean {
  return key.multiRegionType === 'PRIMARY' && replicasOf(world, key).length > 0;
}

function replicasOf(world: World, primary: Key): readonly Key[] {
  return [...world.estate.keys.values()].filter(
    (each) => each.name !== primary.name && sharesMaterial(each, primary),
  );
}

function beginWaiting(world: World, name: string, wait: number): World {
  const deletesAt = world.now + wait;
  const pending = changeThing(world, 'keys', name, ({ deletionWindow: _, ...present }) => ({
    ...present,
    state: 'PendingDeletion' as const,
    deletesAt,
  }));
  return later(pending, wait, `key ${name} is deleted`, (now) => {
    const due = now.estate.keys.get(name);
    return due !== undefined && isDue(due, deletesAt) ? withoutKey(now, due) : now;
  });
}

/** With the last replica gone, a primary key that waited for it begins its own waiting period. Rule: KMS-PRIMARY-GOES-LAST */
function withoutKey(world: World, deleted: Key): World {
  const without = withThing(world, 'keys', deleted.name, undefined);
  const goneKeys = new Map(without.state.goneKeys).set(deleted.name, deleted.arn);
  const now = { ...without, state: { ...without.state, goneKeys } };
  for (const each of now.estate.keys.values()) {
    const waits = each.state === 'PendingReplicaDeletion' && sharesMaterial(each, deleted);
    if (waits && !hasReplicas(now, each))
      return beginWaiting(
        now,
        each.name,
        each.deletionWindow ?? KMS_QUOTAS.deletionWindowInDays.default * DAY,
      );
  }
  return now;
}

/** Not if the deletion was cancelled, or scheduled anew. */
function isDue({ state, deletesAt }: Key, at: Instant): boolean {
  return state === 'PendingDeletion' && deletesAt === at;
}

function validToOf(call: Call): Instant | undefined {
  const given = textParameter(call, 'ValidTo');
  return given === undefined ? undefined : parseDate(given);
}

/** A time as the API sends it and numeric conditions compare it. Rule: KMS-PARAMETER-KEYS */
function epochSeconds(time: Instant | undefined): string | undefined {
  return time === undefined ? undefined : String(time / 1000);
}

/** Rule: KMS-MATERIAL-EXPIRES */
function validToChecks(request: KmsRequest): readonly Check[] {
  const { call, world } = request;
  // Without either parameter the call leaves open when the material expires.
  if (!call.parameters.has('ExpirationModel') && !call.parameters.has('ValidTo')) return [];
  const model = textParameter(call, 'ExpirationModel') ?? 'KEY_MATERIAL_EXPIRES';
  const validTo = validToOf(request.call);
  const holds =
    model === 'KEY_MATERIAL_EXPIRES'
      ? validTo !== undefined && validTo > world.now
      : model === 'KEY_MATERIAL_DOES_NOT_EXPIRE' && textParameter(call, 'ValidTo') === undefined;
  return [
    kmsCheck(request, holds, 'parameter', 'KMS-MATERIAL-EXPIRES', {
      code: 'ValidationException',
      message: 'ValidTo, a time to come, goes with key material that expires, and with no other.',
    }),
  ];
}

/** Rules: KMS-MATERIAL-EXPIRES, KMS-STATE-FOLLOWS-CALLS */
function importMaterial(world: World, request: KmsRequest): World {
  const expiresAt = validToOf(request.call);
  const imported = change(world, request, ({ expiresAt: _, ...rest }) => ({
    ...rest,
    state: rest.state === 'PendingImport' ? 'Enabled' : rest.state,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  }));
  if (expiresAt === undefined) return imported;
  const { name } = keyOf(request);
  return later(imported, expiresAt - world.now, `the material of key ${name} expires`, (now) =>
    change(now, request, (present) => (present.expiresAt === expiresAt ? withoutMaterial(present) : present)),
  );
}

/** A key that waits for its deletion goes on waiting; once that is cancelled, it waits for material. */
function withoutMaterial({ expiresAt: _, ...key }: Key): Key {
  const waits = key.state === 'PendingDeletion' || key.state === 'PendingReplicaDeletion';
  return waits ? { ...key, withoutMaterial: true } : { ...key, state: 'PendingImport' };
}
