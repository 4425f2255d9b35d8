import { kmsAction } from '../catalogue/kms-actions.js';
import { KMS_EXCEPTIONS } from '../catalogue/kms-exceptions.js';
import { accountOf, partitionOf } from '../evaluator/principal.js';
import { type Arn, parseArn } from '../syntax/arn.js';
import { type Call, operationOf, textParameter } from '../world/call.js';
import { resolveKey } from '../world/key-reference.js';
import type { Estate, Key, World } from '../world/world.js';
import { hiddenKeySentence } from './denial.js';
import { kmsError } from './kms-errors.js';
import type { Check } from './plan.js';

/** The key that a call names, or why it names none. */
export interface NamedKey {
  readonly key?: Key;
  /** `alias/name`, where the caller typed an alias or its ARN. */
  readonly requestAlias?: string;
  /** What refuses instead, when there is no such key or the identifier is not one that the operation takes. */
  readonly refusal?: Check;
}

/** Which parameter names the key that `on` names as well. */
export function keyParameter(operation: string): string {
  if (operation === 'CreateAlias' || operation === 'UpdateAlias') return 'TargetKeyId';
  return operation === 'ReEncrypt' ? 'SourceKeyId' : 'KeyId';
}

/** Operations whose ciphertext names its key, so that the request need not. */
export function readsCiphertext(operation: string): boolean {
  return operation === 'Decrypt' || operation === 'ReEncrypt';
}

/** The Region whose endpoint is called: as said, or that of the key, or else the caller's own. */
export function calledRegion({ keys }: Estate, call: Call): string | undefined {
  const said = textParameter(call, 'Region');
  if (said !== undefined) return said;
  const on = call.on === undefined ? undefined : keys.get(call.on);
  const typed = textParameter(call, keyParameter(operationOf(call))) ?? '';
  return keys.get(typed)?.arn.region ?? parseArn(typed)?.region ?? on?.arn.region ?? call.region;
}

/**
 * The key of a parameter. What is typed is a key id, a key ARN, an alias or an alias ARN, and the first and third mean the
 * caller's own account and the Region that is called; the name of a key of the world stands for its ARN.
 * Page: KMS Developer Guide, Key identifiers. Rules: KMS-KEY-IDENTIFIERS, KMS-REQUEST-ALIAS, KMS-NOT-FOUND
 */
export function namedKey(world: World, call: Call, typed: string, action: string): NamedKey {
  const { estate, state } = world;
  const text = (estate.keys.get(typed)?.arn ?? state.goneKeys.get(typed))?.text ?? typed;
  const given = parseArn(text);
  const local = given?.resource ?? text;
  const isAlias = local.startsWith('alias/');
  if (isAlias && kmsAction(action)?.takesAlias === false)
    return { refusal: badIdentifier(call, action, text, given !== undefined) };
  const found = resolveKey(estate, text, homeOf(call, calledRegion(estate, call)));
  const alias = found.alias === undefined ? {} : { requestAlias: found.alias };
  if (found.key !== undefined) return { key: found.key, ...alias };
  return { refusal: noSuchKey(call, action, found), ...alias };
}

/** Where a name is looked for that does not say where: in the Region that is called. Without an account nothing is found. */
export function homeOf({ caller }: Call, region = ''): Pick<Arn, 'partition' | 'region' | 'account'> {
  return { partition: partitionOf(caller) ?? 'aws', region, account: accountOf(caller) ?? '' };
}

/**
 * The key that the ciphertext of a call names, in the Region that is called: of a multi-Region key, the one there.
 * Page: KMS Developer Guide, Multi-Region keys. Rule: KMS-MULTI-REGION-KEYS
 */
export function keyInRegion(world: World, key: Key, region: string | undefined): Key | undefined {
  if (region === undefined || key.arn.region === region) return key;
  return relatedKey(world, key, region);
}

/** The multi-Region key with the same id in another Region. Rule: KMS-MULTI-REGION-KEYS */
export function relatedKey(world: World, key: Key, region: string): Key | undefined {
  if (!key.multiRegion) return undefined;
  for (const other of world.estate.keys.values()) {
    const { arn } = other;
    if (arn.region === region && arn.account === key.arn.account && arn.resource === key.arn.resource)
      return other;
  }
  return undefined;
}

/** Whether what was encrypted under the one key can be decrypted under the other. Rule: KMS-MULTI-REGION-KEYS */
export function sharesMaterial(one: Key, other: Key): boolean {
  if (one.arn.text === other.arn.text) return true;
  return one.multiRegion && one.arn.account === other.arn.account && one.arn.resource === other.arn.resource;
}

/** Rule: KMS-KEY-IDENTIFIERS */
function badIdentifier(call: Call, action: string, text: string, isArn: boolean): Check {
  return {
    do: 'check',
    holds: false,
    at: action,
    on: text,
    by: 'parameter',
    why: 'KMS-KEY-IDENTIFIERS',
    refusedWith: () =>
      kmsError(
        call,
        isArn && modelsBadArns(call) ? 'InvalidArnException' : 'NotFoundException',
        `Invalid keyId ${text}`,
      ),
  };
}

/** Not every operation has an error for an ARN of the wrong kind. */
function modelsBadArns(call: Call): boolean {
  const row = KMS_EXCEPTIONS.get(operationOf(call).toLowerCase());
  return row?.modelled.includes('InvalidArnException') === true;
}

/** A key that is not where it is looked for; of another account, KMS does not tell. Rule: KMS-NOT-FOUND */
export function noSuchKey(
  call: Call,
  action: string,
  asked: { readonly arn: string; readonly account: string; readonly alias?: string },
): Check {
  const own = accountOf(call.caller) === asked.account;
  const text =
    asked.alias === undefined ? `Key '${asked.arn}' does not exist` : `Alias ${asked.arn} is not found.`;
  const ciphertext = kmsAction(action)?.ciphertext === true;
  return {
    do: 'check',
    holds: false,
    at: action,
    on: asked.arn,
    by: 'not-found',
    why: 'KMS-NOT-FOUND',
    refusedWith: () =>
      own
        ? kmsError(call, 'NotFoundException', text)
        : kmsError(
            call,
            'AccessDeniedException',
            hiddenKeySentence(call.caller, action, { ciphertext, passedOn: false }),
          ),
  };
}
