import { type KmsPermission, kmsOperation } from '../catalogue/kms-operations.js';
import { kmsCallEntries } from '../evaluator/derive-context.js';
import { accountOf } from '../evaluator/principal.js';
import type { AuthorizationRequest } from '../evaluator/request.js';
import type { Verdict } from '../evaluator/verdict.js';
import { policiesFor } from '../world/applicable-policies.js';
import { type Call, operationOf, pairsParameter, textParameter } from '../world/call.js';
import { keyEntries, requestFor } from '../world/request-context.js';
import type { Key, World } from '../world/world.js';
import type { AwsError } from './aws-error.js';
import { kmsDenialSentence } from './denial.js';
import { checkKey } from './kms-use.js';
import { type Ask, type Check, type Plan, unchanged } from './plan.js';

/**
 * A direct KMS call: each permission that the operation needs is asked, then whether the key's state allows the
 * operation; nothing is encrypted and no key changes. Page: KMS Developer Guide, AWS KMS permissions.
 * Rule: KMS-AUTHORIZATION-BEFORE-STATE
 */
export function planKms(world: World, call: Call): Plan {
  const key = call.on === undefined ? undefined : world.estate.keys.get(call.on);
  if (call.on !== undefined && key === undefined)
    return { call, steps: [noSuchKey(call)], effect: unchanged };
  const permissions = directPermissions(operationOf(call)) ?? [{ action: call.api }];
  return {
    call,
    steps: [
      ...permissions.map(({ action }) => askKms(world, call, action, key)),
      ...(key === undefined
        ? []
        : checkKey(key, call.api, { other: (code, text) => kmsError(call, code, text) })),
    ],
    effect: unchanged,
  };
}

/** The permissions of an operation on at most one key; `undefined` for those on several keys, or on a key and an alias. */
export function directPermissions(operation: string): readonly KmsPermission[] | undefined {
  const needed = kmsOperation(operation)?.permissions.filter(({ when }) => when === undefined);
  return needed?.every(({ on }) => on === 'key' || on === 'none') ? needed : undefined;
}

function noSuchKey(call: Call): Check {
  return {
    do: 'check',
    holds: false,
    at: call.api,
    on: call.on ?? '',
    by: 'not-found',
    why: 'KMS-NOT-FOUND',
    refusedWith: () => kmsError(call, 'NotFoundException', `Key '${call.on ?? ''}' does not exist`),
  };
}

function askKms(world: World, call: Call, action: string, key: Key | undefined): Ask {
  const pairs = pairsParameter(call, 'EncryptionContext');
  const account = accountOf(call.caller);
  const resource = key === undefined ? { arn: '*' } : { arn: key.arn.text, account: key.arn.account };
  const region = key?.arn.region ?? textParameter(call, 'Region') ?? '';
  const base = requestFor(
    world,
    call,
    action,
    { resource, region, ...(key === undefined ? {} : { tags: key.tags }) },
    [
      ...(key === undefined ? [] : keyEntries(key)),
      ...kmsCallEntries(call.caller, pairs.size === 0 ? undefined : pairs),
      ...(pairs.size === 0 ? [] : ([['kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT']] as const)),
    ],
  );
  const request: AuthorizationRequest = { ...base, encryptionContext: pairs };
  return {
    do: 'ask',
    request,
    policies: policiesFor(world, call, {
      owner: key?.arn.account ?? account ?? '',
      policy: key?.policy,
      grants: key?.grants ?? [],
      keyManager: key?.manager ?? 'customer',
      forwarded: false,
    }),
    on: key?.name ?? '*',
    why: key === undefined ? 'KMS-KEYLESS-IS-IAM-ONLY' : 'KMS-KEY-POLICY-DECIDES',
    refusedWith: (verdict) => kmsDenial(call, action, key, verdict),
  };
}

function kmsDenial(call: Call, action: string, key: Key | undefined, verdict: Verdict): AwsError {
  const sentence = kmsDenialSentence({
    caller: call.caller,
    action,
    keyArn: key?.arn.text ?? '*',
    keyAccount: key?.arn.account ?? accountOf(call.caller) ?? '',
    verdict,
    ciphertext: action === 'kms:Decrypt' || action === 'kms:ReEncryptFrom',
    passedOn: false,
  });
  return kmsError(call, 'AccessDeniedException', sentence);
}

function kmsError(call: Call, code: string, message: string): AwsError {
  return { code, shape: code, http: 400, message, service: 'kms', operation: operationOf(call) };
}
