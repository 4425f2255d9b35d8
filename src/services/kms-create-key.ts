import {
  CUSTOM_KEY_STORES,
  DEFAULT_KEY_ORIGIN,
  DEFAULT_KEY_SPEC,
  DEFAULT_KEY_USAGE,
  KEY_ORIGINS,
  KEY_SPECS,
  KEY_USAGES,
} from '../catalogue/key-specs.js';
import { permissionsOf } from '../catalogue/kms-operations.js';
import { accountOf } from '../evaluator/principal.js';
import { type Arn, parseArn } from '../syntax/arn.js';
import { invariant } from '../syntax/invariant.js';
import { type Call, operationOf, textParameter } from '../world/call.js';
import { withThing } from '../world/change.js';
import { defaultPolicyOf, idOfNewKey } from '../world/new-key.js';
import type { Key, World } from '../world/world.js';
import { tagsOf } from './kms-context.js';
import { kmsCheck } from './kms-errors.js';
import { checkKeyPolicy, submittedKeyPolicy } from './kms-key-policy.js';
import { homeOf } from './kms-key-reference.js';
import type { KmsBehaviours, KmsRequest, KmsSubjectAsked } from './kms-operation.js';
import { checkTags } from './kms-tags.js';
import type { Check } from './plan.js';

/** Page: KMS API Reference, CreateKey. Rule: KMS-CREATE-KEY */
export const CREATE_KEY_BEHAVIOURS: KmsBehaviours = {
  CreateKey: {
    validation: (request) => [whereCheck(request), ...shapeChecks(request)],
    subjects: (request) => subjectsOfNewKey(request, newKey(request), request.region),
    checks: (request) => policyChecks(request, newKey(request)),
    effect: (world, request) => addKey(world, newKey(request)),
  },
};

/** The key that a call makes, with the name by which later steps know it. */
function newKey(request: KmsRequest): Key {
  const { call, region } = request;
  const given = (parameter: string): string | undefined => textParameter(call, parameter);
  const multiRegion = given('MultiRegion') === 'true';
  const name = nameOfNewKey(request);
  const { partition, account } = homeOf(call);
  const arn = arnOfKey({ partition, region, account }, idOfNewKey(partition, name, multiRegion));
  const origin = given('Origin') ?? DEFAULT_KEY_ORIGIN;
  const usage = KEY_USAGES.get((given('KeyUsage') ?? DEFAULT_KEY_USAGE).toLowerCase());
  return {
    name,
    arn,
    aliases: [],
    manager: 'customer',
    policy: policyOfNewKey(request, name, arn),
    grants: [],
    // Without material of its own, a key waits for it.
    state: origin === 'EXTERNAL' ? 'PendingImport' : 'Enabled',
    spec: specOf(call),
    usage: usage?.name ?? DEFAULT_KEY_USAGE,
    origin,
    multiRegion,
    ...(multiRegion ? { multiRegionType: 'PRIMARY' } : {}),
    tags: tagsOf(call),
  };
}

/** The name that the step gives it, or one that no other key has. */
export function nameOfNewKey({ world, call }: KmsRequest): string {
  const name = operationOf(call) === 'CreateKey' ? call.on : call.makes;
  if (name !== undefined && !world.estate.keys.has(name)) return name;
  return `${name ?? 'key'} ${world.state.serial + 1}`;
}

/** A call that names no Region has been refused. */
export function arnOfKey(
  {
    partition,
    region,
    account,
  }: Pick<Arn, 'partition' | 'account'> & { readonly region: string | undefined },
  id: string,
): Arn {
  const arn = parseArn(`arn:${partition}:kms:${region}:${account}:key/${id}`);
  invariant(region !== undefined && arn !== undefined, 'a key is made in a Region');
  return arn;
}

export function policyOfNewKey({ call }: KmsRequest, name: string, arn: Arn): Key['policy'] {
  const given = submittedKeyPolicy(call);
  return given?.ok === true ? given.value : defaultPolicyOf(name, arn);
}

/** What is asked before a key is made, and on the key itself before it has a policy: there, IAM alone decides. */
export function subjectsOfNewKey(
  { call }: KmsRequest,
  made: Key,
  region: string | undefined,
): readonly KmsSubjectAsked[] {
  const tagged = tagsOf(call).size > 0;
  return permissionsOf(operationOf(call))
    .filter(({ on, when }) => (on === 'none' || on === 'createdKey') && (when === undefined || tagged))
    .map((permission) => {
      if (permission.on === 'none') return { permission, region };
      const key = { ...made, policy: defaultPolicyOf(made.name, made.arn), tags: new Map() };
      return { permission, region, key };
    });
}

export function policyChecks(request: KmsRequest, made: Key): readonly Check[] {
  const policy = submittedKeyPolicy(request.call);
  return policy === undefined ? [] : checkKeyPolicy(request, made, policy);
}

export function addKey(world: World, key: Key): World {
  return withThing(world, 'keys', key.name, key);
}

function whereCheck(request: KmsRequest): Check {
  const known = request.region !== undefined && accountOf(request.call.caller) !== undefined;
  return invalid(request, known, 'The request names no Region, or comes from no account.');
}

/** Rule: KMS-CREATE-KEY */
function shapeChecks(request: KmsRequest): readonly Check[] {
  const { call } = request;
  const spec = specOf(call);
  const given = textParameter(call, 'KeyUsage');
  const usage = given ?? DEFAULT_KEY_USAGE;
  const origin = textParameter(call, 'Origin') ?? DEFAULT_KEY_ORIGIN;
  const row = KEY_SPECS.get(spec.toLowerCase());
  const there = row?.partition === undefined || row.partition === homeOf(call).partition;
  const inStore = CUSTOM_KEY_STORES.has(origin);
  return [
    invalid(
      request,
      !call.parameters.has('KeySpec') || !call.parameters.has('CustomerMasterKeySpec'),
      'KeySpec and CustomerMasterKeySpec are one parameter: give KeySpec alone.',
    ),
    invalid(request, row?.name === spec && there, `There is no KeySpec ${spec}.`),
    invalid(
      request,
      KEY_ORIGINS.some((each) => each === origin),
      `There is no Origin ${origin}.`,
    ),
    invalid(
      request,
      row?.usages.some((each) => each === usage) ?? true,
      `KeyUsage ${usage} is not compatible with KeySpec ${spec}.`,
    ),
    invalid(
      request,
      given !== undefined || row === undefined || row.family === 'symmetric',
      `A key of KeySpec ${spec} needs a KeyUsage.`,
    ),
    kmsCheck(
      request,
      !inStore || (spec === DEFAULT_KEY_SPEC && textParameter(call, 'MultiRegion') !== 'true'),
      'parameter',
      'KMS-KEY-STORE-LIMITS',
      {
        code: 'UnsupportedOperationException',
        message: 'Keys in custom key stores are symmetric encryption keys of one Region.',
      },
    ),
    ...checkTags(request, tagsOf(call)),
  ];
}

/** The spec that is asked for; its parameter has an older name. */
function specOf(call: Call): string {
  return textParameter(call, 'KeySpec') ?? textParameter(call, 'CustomerMasterKeySpec') ?? DEFAULT_KEY_SPEC;
}

function invalid(request: KmsRequest, holds: boolean, message: string): Check {
  return kmsCheck(request, holds, 'parameter', 'KMS-CREATE-KEY', { code: 'ValidationException', message });
}
