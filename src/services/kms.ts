import { type KmsPermission, kmsOperation } from '../catalogue/kms-operations.js';
import { accountOf } from '../evaluator/principal.js';
import { type Call, operationOf, textParameter } from '../world/call.js';
import type { World } from '../world/world.js';
import { askKms } from './kms-ask.js';
import { kmsCheck, kmsError } from './kms-errors.js';
import { GRANT_BEHAVIOURS } from './kms-grants.js';
import { KEY_LIFE_BEHAVIOURS } from './kms-key-life.js';
import { KEY_POLICY_BEHAVIOURS } from './kms-key-policy.js';
import type { KmsBehaviour, KmsBehaviours, KmsRequest, KmsSubjectAsked } from './kms-operation.js';
import { checkKey, TOO_FAST } from './kms-use.js';
import { type Ask, type Plan, unchanged } from './plan.js';

/** What operations do beside asking for their permissions, one file for each family of them. */
const FAMILIES: readonly KmsBehaviours[] = [GRANT_BEHAVIOURS, KEY_LIFE_BEHAVIOURS, KEY_POLICY_BEHAVIOURS];

const BEHAVIOURS: ReadonlyMap<string, KmsBehaviour> = new Map(
  FAMILIES.flatMap((family) => Object.entries(family)),
);

const PLAIN: KmsBehaviour = {};

/**
 * A direct KMS call: each permission that the operation needs is asked, then whether the state and the usage of the key
 * allow the operation, then what the operation itself demands. Page: KMS Developer Guide, AWS KMS permissions.
 * Rule: KMS-AUTHORIZATION-BEFORE-STATE
 */
export function planKms(world: World, call: Call): Plan {
  const key = call.on === undefined ? undefined : world.estate.keys.get(call.on);
  const request: KmsRequest = {
    world,
    call,
    key,
    region: key?.arn.region ?? textParameter(call, 'Region') ?? '',
  };
  if (call.on !== undefined && key === undefined) {
    const message = `Key '${call.on}' does not exist`;
    const missing = kmsCheck(request, false, 'not-found', 'KMS-NOT-FOUND', {
      code: 'NotFoundException',
      message,
    });
    return { call, steps: [missing], effect: unchanged };
  }
  const behaviour = BEHAVIOURS.get(operationOf(call)) ?? PLAIN;
  const subjects = behaviour.subjects?.(request) ?? theOneKey(request);
  const { effect } = behaviour;
  return {
    call,
    steps: [
      ...(behaviour.validation?.(request) ?? []),
      // However many permissions it needs, it is one request.
      ...subjects.map((asked, index) => ({
        ...askKms(request, behaviour, asked),
        ...(index === 0 ? { metered: meteredFor(request) } : {}),
      })),
      ...(key === undefined
        ? []
        : checkKey(key, call.api, { other: (code, text) => kmsError(call, code, text) })),
      ...(behaviour.checks?.(request) ?? []),
    ],
    effect: effect === undefined ? unchanged : (after) => effect(after, request),
  };
}

/** Requests count against the caller’s account, whoever owns the key. Rule: KMS-REQUEST-QUOTA */
function meteredFor({ call, key, region }: KmsRequest): NonNullable<Ask['metered']> {
  const account = accountOf(call.caller) ?? key?.arn.account ?? '';
  return { account, region, refusedWith: () => kmsError(call, 'ThrottlingException', TOO_FAST) };
}

/** Each permission on the one key of the call, or on nothing. */
function theOneKey({ call, key, region }: KmsRequest): readonly KmsSubjectAsked[] {
  const permissions = directPermissions(operationOf(call)) ?? [];
  return permissions.map((permission) => ({ permission, region, ...(key === undefined ? {} : { key }) }));
}

/** The permissions of an operation on at most one key; `undefined` for those on several keys, or on a key and an alias. */
export function directPermissions(operation: string): readonly KmsPermission[] | undefined {
  const needed = kmsOperation(operation)?.permissions.filter(({ when }) => when === undefined);
  return needed?.every(({ on }) => on === 'key' || on === 'none') ? needed : undefined;
}
