import { permissionsOf } from '../catalogue/kms-operations.js';
import { UNKNOWN } from '../conditions/context.js';
import type { Grant } from '../evaluator/request.js';
import { type Call, listParameter, textParameter } from '../world/call.js';
import { changeThing } from '../world/change.js';
import { later, spread } from '../world/clock.js';
import { madeUpGrantId } from '../world/made-up-id.js';
import type { Key, World } from '../world/world.js';
import { kmsCheck } from './kms-errors.js';
import {
  checkGrantFitsKey,
  checkGrantShape,
  constraintsOf,
  partyOf,
  saysGrant,
} from './kms-grant-request.js';
import {
  type ContextEntry,
  type KmsBehaviours,
  type KmsRequest,
  type KmsSubjectAsked,
  keyOf,
} from './kms-operation.js';
import type { Check } from './plan.js';

/** How long a grant, or its end, may take to be known everywhere. Page: KMS Developer Guide, Grant tokens. */
const SPREAD = 300_000;

/** Operations on grants. Page: KMS Developer Guide, Grants in AWS KMS. */
export const GRANT_BEHAVIOURS: KmsBehaviours = {
  CreateGrant: {
    validation: checkGrantShape,
    contextEntries: createContext,
    encryptionContext: ({ call }) => constraintPairs(constraintsOf(call)),
    checks: checkGrantFitsKey,
    effect: createGrant,
  },
  ListGrants: { contextEntries: directly },
  // Rule: KMS-RETIRABLE-GRANTS
  ListRetirableGrants: { why: 'KMS-RETIRABLE-GRANTS' },
  RevokeGrant: {
    contextEntries: directly,
    checks: grantExists,
    effect: (world, request) => endGrant(world, request, 'revoked'),
  },
  RetireGrant: {
    validation: grantExists,
    subjects: retiredOn,
    contextEntries: retireContext,
    encryptionContext: ({ call, key }) => {
      const grant = grantNamed(call, key);
      return grant === undefined ? undefined : constraintPairs(constraintsIn(grant));
    },
    effect: (world, request) => endGrant(world, request, 'retired'),
  },
};

/** No service asks on the caller's behalf. Rule: KMS-GRANT-FOR-AWS-RESOURCE */
function directly(): readonly ContextEntry[] {
  return [['kms:GrantIsForAWSResource', 'false']];
}

/**
 * What a policy can ask of the grant that is to be made.
 * Page: KMS Developer Guide, AWS KMS condition keys. Rules: KMS-CREATE-GRANT-KEYS, KMS-GRANT-FOR-AWS-RESOURCE
 */
function createContext(request: KmsRequest): readonly ContextEntry[] {
  const { call } = request;
  if (!saysGrant(call)) return [...directly(), ...UNSAID];
  const operations = listParameter(call, 'Operations');
  return [
    ...directly(),
    ['kms:GrantOperations', operations.length === 0 ? undefined : operations],
    ['kms:GranteePrincipal', partyOf(request, 'GranteePrincipal')?.text],
    ['kms:GranteeServicePrincipal', partyOf(request, 'GranteeServicePrincipal')?.text],
    ['kms:RetiringPrincipal', partyOf(request, 'RetiringPrincipal')?.text],
    ['kms:RetiringServicePrincipal', partyOf(request, 'RetiringServicePrincipal')?.text],
    ['kms:GrantConstraintSourceArn', constraintsOf(call).sourceArn],
    ...constraintType(constraintsOf(call)),
  ];
}

/** Of a call that does not say what grant to make, all that a policy could ask of the grant is not known. */
const UNSAID: readonly ContextEntry[] = [
  'kms:GrantOperations',
  'kms:GranteePrincipal',
  'kms:GranteeServicePrincipal',
  'kms:RetiringPrincipal',
  'kms:RetiringServicePrincipal',
  'kms:GrantConstraintSourceArn',
  'kms:GrantConstraintType',
  'kms:EncryptionContextKeys',
].map((name) => [name, UNKNOWN]);

function retireContext({ call, key }: KmsRequest): readonly ContextEntry[] {
  const grant = grantNamed(call, key);
  return grant === undefined ? [] : constraintType(constraintsIn(grant));
}

type Constraints = ReturnType<typeof constraintsOf>;

/** Of a grant with both kinds the pages do not say which one the key tells. */
function constraintType({ equals, subset }: Constraints): readonly ContextEntry[] {
  const type =
    equals === undefined
      ? subset === undefined
        ? undefined
        : 'EncryptionContextSubset'
      : subset === undefined
        ? 'EncryptionContextEquals'
        : UNKNOWN;
  // The pairs are those of a constraint: nothing is encrypted.
  return [
    ['kms:GrantConstraintType', type],
    ['kms:EncryptionAlgorithm', undefined],
  ];
}

function constraintPairs({ equals, subset }: Constraints): ReadonlyMap<string, string> {
  return new Map([...(subset ?? []), ...(equals ?? [])]);
}

function constraintsIn(grant: Grant): Constraints {
  const { encryptionContextEquals: equals, encryptionContextSubset: subset, sourceArn } = grant;
  return {
    ...(equals === undefined ? {} : { equals }),
    ...(subset === undefined ? {} : { subset }),
    ...(sourceArn === undefined ? {} : { sourceArn }),
  };
}

/**
 * The key has the grant from now on; until it has spread it serves only requests that carry its token. A request that
 * repeats another one with its `Name` makes no second grant. Rules: KMS-GRANT-TOKEN, KMS-GRANT-ALLOWS
 */
function createGrant(world: World, request: KmsRequest): World {
  const key = keyOf(request);
  const grant = newGrant(world, request, key);
  if (grant === undefined || key.grants.some((each) => isSame(each, grant))) return world;
  const isDelayed = world.state.propagation === 'delayed';
  const added = withGrants(world, key.name, (grants) => [
    ...grants,
    isDelayed ? { ...grant, pending: true } : grant,
  ]);
  const counted = { ...added, state: { ...added.state, serial: added.state.serial + 1 } };
  if (!isDelayed) return counted;
  return later(counted, SPREAD, `grant ${grant.name ?? grant.id} is known everywhere`, (now) =>
    withGrants(now, key.name, (grants) =>
      grants.map((each) => (each.id === grant.id ? settled(each) : each)),
    ),
  );
}

function settled({ pending: _, ...grant }: Grant): Grant {
  return grant;
}

function newGrant(world: World, request: KmsRequest, key: Key): Grant | undefined {
  const { call } = request;
  const grantee = (partyOf(request, 'GranteePrincipal') ?? partyOf(request, 'GranteeServicePrincipal'))
    ?.entry;
  const retiring = (partyOf(request, 'RetiringPrincipal') ?? partyOf(request, 'RetiringServicePrincipal'))
    ?.entry;
  if (grantee === undefined) return undefined;
  const name = textParameter(call, 'Name');
  const { equals, subset, sourceArn } = constraintsOf(call);
  const id = madeUpGrantId(`${key.arn.text} ${name ?? ''} ${world.state.serial}`);
  return {
    id,
    token: `token-of-${id}`,
    ...(name === undefined ? {} : { name }),
    grantee,
    operations: listParameter(call, 'Operations'),
    ...(retiring === undefined ? {} : { retiring }),
    ...(equals === undefined ? {} : { encryptionContextEquals: equals }),
    ...(subset === undefined ? {} : { encryptionContextSubset: subset }),
    ...(sourceArn === undefined ? {} : { sourceArn }),
  };
}

function isSame(one: Grant, other: Grant): boolean {
  return one.name !== undefined && one.name === other.name && essence(one) === essence(other);
}

function essence(grant: Grant): string {
  const pairs = (context: ReadonlyMap<string, string> | undefined): unknown =>
    context === undefined ? null : [...context];
  const { grantee, retiring, operations, sourceArn } = grant;
  return JSON.stringify([
    grantee.text,
    retiring?.text,
    operations,
    sourceArn,
    pairs(grant.encryptionContextEquals),
    pairs(grant.encryptionContextSubset),
  ]);
}

/** The grant of a call, by its id, its token, or the name that it was made with. */
export function grantNamed(call: Call, key: Key | undefined): Grant | undefined {
  const named = textParameter(call, 'GrantId') ?? textParameter(call, 'GrantToken');
  return key?.grants.find(({ id, token, name }) => named === id || named === token || named === name);
}

/** A call that names no grant asks for nothing but the permission. Rule: KMS-GRANT-MUST-EXIST */
function grantExists(request: KmsRequest): readonly Check[] {
  const { call } = request;
  const key = keyOf(request);
  const named = textParameter(call, 'GrantId') ?? textParameter(call, 'GrantToken');
  if (named === undefined) return [];
  const message = `Grant ID ${named} not found on ${key.arn.text}`;
  return [
    kmsCheck(request, grantNamed(call, key) !== undefined, 'not-found', 'KMS-GRANT-MUST-EXIST', {
      code: 'NotFoundException',
      message,
    }),
  ];
}

/** The key with the grant that is to end and no other: what other grants say of their retiring does not count. */
function retiredOn(request: KmsRequest): readonly KmsSubjectAsked[] {
  const { call, region } = request;
  const key = keyOf(request);
  const grant = grantNamed(call, key);
  const asked = grant === undefined ? key : { ...key, grants: [grant] };
  return permissionsOf('RetireGrant').map((permission) => ({ permission, region, key: asked }));
}

/** Rules: KMS-REVOKE-GRANT, KMS-RETIRE-GRANT */
function endGrant(world: World, request: KmsRequest, how: 'revoked' | 'retired'): World {
  const key = keyOf(request);
  const grant = grantNamed(request.call, key);
  if (grant === undefined) return world;
  return spread(world, SPREAD, `grant ${grant.name ?? grant.id} is ${how}`, (now) =>
    withGrants(now, key.name, (grants) => grants.filter(({ id }) => id !== grant.id)),
  );
}

function withGrants(
  world: World,
  key: string,
  change: (grants: readonly Grant[]) => readonly Grant[],
): World {
  return changeThing(world, 'keys', key, (present) => ({
    ...present,
    grants: Object.freeze(change(present.grants)),
  }));
}
