import { KEY_SPECS } from '../catalogue/key-specs.js';
import { permissionsOf } from '../catalogue/kms-operations.js';
import { KMS_QUOTAS } from '../catalogue/quotas.js';
import { accountOf } from '../evaluator/principal.js';
import { operationOf, textParameter } from '../world/call.js';
import { changeThing } from '../world/change.js';
import { spread } from '../world/clock.js';
import { type KeyReference, resolveKey } from '../world/key-reference.js';
import type { Key, World } from '../world/world.js';
import { kmsCheck } from './kms-errors.js';
import { homeOf, noSuchKey } from './kms-key-reference.js';
import { type KmsBehaviours, type KmsRequest, type KmsSubjectAsked, keyOf } from './kms-operation.js';
import type { Check } from './plan.js';

/** As long as a change of aliases may take until authorization sees it. Page: KMS Developer Guide, Aliases. */
const SPREAD = 300_000;

/** Page: KMS Developer Guide, Controlling access to aliases. Rules: KMS-SEVERAL-DECISIONS, KMS-ALIASES-CHANGE */
export const ALIAS_BEHAVIOURS: KmsBehaviours = {
  CreateAlias: {
    validation: (request) => [nameCheck(request), targetCheck(request)],
    subjects: aliasAndKeys,
    checks: (request) => [isFree(request), quotaCheck(request)],
    effect: (world, request) => point(world, request, undefined),
  },
  DeleteAlias: {
    validation: (request) => [aliasExists(request)],
    subjects: aliasAndKeys,
    effect: (world, request) => withAliases(world, keyOf(aliasOf(request)), without(nameOf(request))),
  },
  ListAliases: { checks: (request) => [listsOwn(request)] },
  UpdateAlias: {
    validation: (request) => [aliasExists(request), targetCheck(request)],
    subjects: aliasAndKeys,
    checks: (request) => [notPendingDeletion(request), sameKind(request), quotaCheck(request)],
    effect: (world, request) => point(world, request, aliasOf(request).key),
  },
};

function nameOf({ call }: KmsRequest): string {
  return textParameter(call, 'AliasName') ?? '';
}

/** The alias, in the caller's account and the Region that is called. */
function aliasOf(request: KmsRequest): KeyReference {
  const { world, call, region } = request;
  const name = nameOf(request);
  return resolveKey(world.estate, name.startsWith('alias/') ? name : `alias/${name}`, homeOf(call, region));
}

/** One decision on the alias, and one on each key that it points at or will point at. Rule: KMS-SEVERAL-DECISIONS */
function aliasAndKeys(request: KmsRequest): readonly KmsSubjectAsked[] {
  const { region } = request;
  const alias = aliasOf(request);
  const operation = operationOf(request.call);
  return permissionsOf(operation).map((permission) => {
    if (permission.on === 'alias') return { permission, region, alias: alias.arn };
    const isOld = permission.on === 'previousTargetKey' || operation === 'DeleteAlias';
    return { permission, region, key: keyOf(isOld ? alias : request) };
  });
}

const NAME = /^alias\/[a-zA-Z0-9/_-]+$/;

/** Names that begin with `alias/aws/` are AWS's own. Rule: KMS-ALIAS-NAME */
function nameCheck(request: KmsRequest): Check {
  const name = nameOf(request);
  const holds = NAME.test(name) && name.length <= 256 && !name.startsWith('alias/aws/');
  const message = name.startsWith('alias/aws/')
    ? `Alias ${name} is reserved for keys that AWS manages.`
    : `Invalid alias name ${name}: it begins with alias/ and has letters, digits, slashes, underscores and hyphens.`;
  return kmsCheck(request, holds, 'parameter', 'KMS-ALIAS-NAME', {
    code: 'InvalidAliasNameException',
    message,
  });
}

function targetCheck(request: KmsRequest): Check {
  return kmsCheck(request, request.key !== undefined, 'parameter', 'KMS-ALIAS-NAME', {
    code: 'ValidationException',
    message: 'The request names no TargetKeyId.',
  });
}

/** A name without `alias/` is that of no alias. Rules: KMS-NOT-FOUND, KMS-ALIAS-NAME */
function aliasExists(request: KmsRequest): Check {
  const alias = aliasOf(request);
  const refused = noSuchKey(request.call, request.call.api, alias);
  if (!nameOf(request).startsWith('alias/')) return { ...refused, why: 'KMS-ALIAS-NAME' };
  return { ...refused, holds: alias.key !== undefined };
}

/** A key by which aliases are listed is one of the caller's. Rule: KMS-LISTS-ARE-LOCAL */
function listsOwn(request: KmsRequest): Check {
  const { call, key } = request;
  const account = key?.arn.account ?? '';
  const refused = noSuchKey(call, call.api, { arn: key?.arn.text ?? '', account });
  const holds = key === undefined || account === accountOf(call.caller);
  return { ...refused, holds, why: 'KMS-LISTS-ARE-LOCAL' };
}

/** Rule: KMS-ALIAS-IS-FREE */
function isFree(request: KmsRequest): Check {
  const { key, arn } = aliasOf(request);
  return kmsCheck(request, key === undefined, 'parameter', 'KMS-ALIAS-IS-FREE', {
    code: 'AlreadyExistsException',
    message: `An alias with the name ${arn} already exists`,
  });
}

/** Rule: KMS-ALIASES-PER-KEY */
function quotaCheck(request: KmsRequest): Check {
  const { aliases, arn } = keyOf(request);
  const holds = aliases.includes(nameOf(request)) || aliases.length < KMS_QUOTAS.aliasesPerKey;
  return kmsCheck(request, holds, 'parameter', 'KMS-ALIASES-PER-KEY', {
    code: 'LimitExceededException',
    message: `${arn.text} has ${KMS_QUOTAS.aliasesPerKey} aliases, and no key has more.`,
  });
}

/** Of the two keys, only the new one must not be about to go. Rule: KMS-KEY-STATE */
function notPendingDeletion(request: KmsRequest): Check {
  const { state, arn } = keyOf(request);
  const holds = state !== 'PendingDeletion' && state !== 'PendingReplicaDeletion';
  return kmsCheck(request, holds, 'key-state', 'KMS-KEY-STATE', {
    code: 'KMSInvalidStateException',
    message: `${arn.text} is pending deletion.`,
  });
}

/** Page: KMS API Reference, UpdateAlias. Rule: KMS-ALIAS-STAYS-OF-ITS-KIND */
function sameKind(request: KmsRequest): Check {
  const before = keyOf(aliasOf(request));
  const key = keyOf(request);
  const holds = kindOf(before) === kindOf(key) && before.usage === key.usage;
  return kmsCheck(request, holds, 'parameter', 'KMS-ALIAS-STAYS-OF-ITS-KIND', {
    code: 'ValidationException',
    message: 'The current and the new key of an alias must be of the same type and have the same key usage.',
  });
}

function kindOf({ spec }: Key): string {
  const row = KEY_SPECS.get(spec.toLowerCase());
  return row?.asymmetric === true ? 'asymmetric' : (row?.family ?? spec);
}

/** The alias points at the key of the request, and at no other any more. Rule: KMS-ALIASES-CHANGE */
function point(world: World, request: KmsRequest, from: Key | undefined): World {
  const name = nameOf(request);
  const free = from === undefined ? world : withAliases(world, from, without(name));
  return withAliases(free, keyOf(request), (aliases) => [...aliases.filter((each) => each !== name), name]);
}

function without(name: string): (aliases: readonly string[]) => readonly string[] {
  return (aliases) => aliases.filter((each) => each !== name);
}

/** Requests resolve the alias anew at once; what conditions see of it spreads. Rule: KMS-ALIAS-CHANGES-SPREAD */
function withAliases(
  world: World,
  { name }: Key,
  change: (aliases: readonly string[]) => readonly string[],
): World {
  let aliases: readonly string[] = [];
  const changed = changeThing(world, 'keys', name, (key) => {
    aliases = Object.freeze(change(key.aliases));
    return { ...key, aliases, resourceAliases: key.resourceAliases ?? key.aliases };
  });
  return spread(changed, SPREAD, `the aliases of key ${name} are known everywhere`, (now) =>
    changeThing(now, 'keys', name, ({ resourceAliases: _, ...key }) =>
      key.aliases === aliases ? key : { ...key, resourceAliases: aliases },
    ),
  );
}
