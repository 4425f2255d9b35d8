import { permissionsOf } from '../catalogue/kms-operations.js';
import { accountOf } from '../evaluator/principal.js';
import { type Call, nameOn, operationOf, textParameter } from '../world/call.js';
import type { Key, World } from '../world/world.js';
import { hiddenKeySentence } from './denial.js';
import { ALIAS_BEHAVIOURS } from './kms-aliases.js';
import { askKms } from './kms-ask.js';
import { CIPHERTEXT_BEHAVIOURS } from './kms-ciphertext.js';
import { CREATE_KEY_BEHAVIOURS } from './kms-create-key.js';
import { dryRun, kmsCheck, kmsError } from './kms-errors.js';
import { GRANT_BEHAVIOURS } from './kms-grants.js';
import { KEY_LIFE_BEHAVIOURS } from './kms-key-life.js';
import { KEY_POLICY_BEHAVIOURS } from './kms-key-policy.js';
import {
  calledRegion,
  keyInRegion,
  keyParameter,
  type NamedKey,
  namedKey,
  noSuchKey,
  readsCiphertext,
} from './kms-key-reference.js';
import { MULTI_REGION_BEHAVIOURS } from './kms-multi-region.js';
import type { KmsBehaviour, KmsBehaviours, KmsRequest, KmsSubjectAsked } from './kms-operation.js';
import { ROTATION_BEHAVIOURS } from './kms-rotation.js';
import { TAG_BEHAVIOURS } from './kms-tags.js';
import { checkUsage } from './kms-usage.js';
import { checkKey, TOO_FAST } from './kms-use.js';
import { type Ask, type Check, type Plan, unchanged } from './plan.js';

/** What operations do beside asking for their permissions, one file for each family of them. */
const FAMILIES: readonly KmsBehaviours[] = [
  ALIAS_BEHAVIOURS,
  CIPHERTEXT_BEHAVIOURS,
  CREATE_KEY_BEHAVIOURS,
  GRANT_BEHAVIOURS,
  KEY_LIFE_BEHAVIOURS,
  KEY_POLICY_BEHAVIOURS,
  MULTI_REGION_BEHAVIOURS,
  ROTATION_BEHAVIOURS,
  TAG_BEHAVIOURS,
];

const BEHAVIOURS: ReadonlyMap<string, KmsBehaviour> = new Map(
  FAMILIES.flatMap((family) => Object.entries(family)),
);

const PLAIN: KmsBehaviour = {};

/**
 * A direct KMS call: each permission that the operation needs is asked, then whether the state and the usage of the key
 * allow the operation, then what the operation itself demands. Page: KMS Developer Guide, AWS KMS permissions.
 * Rules: KMS-AUTHORIZATION-BEFORE-STATE, KMS-SEVERAL-DECISIONS
 */
export function planKms(world: World, call: Call): Plan {
  const operation = operationOf(call);
  const { key, requestAlias, refusal } = keyOfCall(world, call, operation);
  if (refusal !== undefined) return { call, steps: [refusal], effect: unchanged };
  const request: KmsRequest = {
    world,
    call,
    key,
    region: calledRegion(world.estate, call),
    ...(requestAlias === undefined ? {} : { requestAlias }),
  };
  const behaviour = BEHAVIOURS.get(operation) ?? PLAIN;
  const validation = behaviour.validation?.(request) ?? [];
  // What cannot be looked up cannot be asked on either.
  if (validation.some(({ holds }) => !holds)) return { call, steps: validation, effect: unchanged };
  const subjects = behaviour.subjects?.(request) ?? theOneKey(request);
  const inUse = behaviour.keysInUse?.(request) ?? (key === undefined ? [] : [{ key }]);
  const errors = { other: (code: string, text: string) => kmsError(call, code, text) };
  const { effect } = behaviour;
  return {
    call,
    steps: [
      ...validation,
      // However many permissions it needs, it is one request.
      ...subjects.map((asked, index) => ({
        ...askKms(request, behaviour, asked),
        ...(index === 0 ? { metered: meteredFor(request) } : {}),
      })),
      ...inUse.flatMap((each) => [
        ...checkKey(each.key, call.api, errors),
        ...checkUsage(each.key, call.api, errors, { call, half: each.half }),
      ]),
      ...(behaviour.checks?.(request) ?? []),
      ...dryRun(request),
    ],
    effect: effect === undefined ? unchanged : (after) => effect(after, request),
  };
}

/** Requests count against the caller’s account, whoever owns the key. Rule: KMS-REQUEST-QUOTA */
function meteredFor({ call, key, region }: KmsRequest): NonNullable<Ask['metered']> {
  const account = accountOf(call.caller) ?? key?.arn.account ?? '';
  return {
    account,
    region: region ?? '',
    refusedWith: () => kmsError(call, 'ThrottlingException', TOO_FAST),
  };
}

/**
 * The key that the call is about: the one it is called on, which the ciphertext of a Decrypt or ReEncrypt names, or the
 * one whose identifier it is given. Rule: KMS-KEY-IDENTIFIERS
 */
function keyOfCall(world: World, call: Call, operation: string): NamedKey {
  const typed = textParameter(call, keyParameter(operation));
  const [permission] = permissionsOf(operation);
  const action = permission?.action ?? call.api;
  if (typed !== undefined) return namedKey(world, call, typed, action);
  if (operation === 'CreateKey') return {};
  if (call.on === undefined) return needsKey(operation) ? { refusal: unnamedKey(call) } : {};
  const on = world.estate.keys.get(call.on);
  const key = on === undefined ? undefined : here(world, call, on, operation);
  if (key !== undefined) return { key };
  const asked = on?.arn ?? world.state.goneKeys.get(call.on);
  const account = asked?.account ?? '';
  const refusal = noSuchKey(call, action, { arn: asked?.text ?? call.on, account });
  if (readsCiphertext(operation)) return { refusal: { ...refusal, ...untold(call, action) } };
  return { refusal: asked === undefined ? { ...refusal, ...goneAway(call) } : refusal };
}

/** Of a key that a ciphertext names, KMS does not tell whether it is missing or forbidden. Rule: KMS-NOT-FOUND */
function untold(call: Call, action: string): Pick<Check, 'refusedWith'> {
  const text = hiddenKeySentence(call.caller, action, { ciphertext: true, passedOn: false });
  return { refusedWith: () => kmsError(call, 'AccessDeniedException', text) };
}

/** Whether AWS cannot do without the key; for aliases, that is said where they are. */
function needsKey(operation: string): boolean {
  return permissionsOf(operation).some(({ on }) => on === 'key' || on === 'sourceKey' || on === 'primaryKey');
}

function unnamedKey(call: Call): Check {
  const message = `The request names no ${keyParameter(operationOf(call))}.`;
  return kmsCheck({ call, key: undefined }, false, 'parameter', 'KMS-KEY-IDENTIFIERS', {
    code: 'ValidationException',
    message,
  });
}

/** A key that some file names and that is not there: of whose account is not known. */
function goneAway(call: Call): Pick<ReturnType<typeof noSuchKey>, 'refusedWith'> {
  const message = `Key '${nameOn(call)}' does not exist`;
  return { refusedWith: () => kmsError(call, 'NotFoundException', message) };
}

function here(world: World, call: Call, on: Key, operation: string): Key | undefined {
  if (readsCiphertext(operation)) return keyInRegion(world, on, textParameter(call, 'Region'));
  const region = textParameter(call, 'Region');
  return region === undefined || region === on.arn.region ? on : undefined;
}

/** Each permission on the one key of the call, or on nothing. */
function theOneKey({ call, key, region, requestAlias }: KmsRequest): readonly KmsSubjectAsked[] {
  return permissionsOf(operationOf(call)).map((permission) => ({
    permission,
    region,
    // A key by which a listing is narrowed down is not what it is asked on.
    ...(key === undefined || permission.on === 'none' ? {} : { key }),
    ...(requestAlias === undefined ? {} : { requestAlias }),
  }));
}
