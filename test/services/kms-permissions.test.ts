import { describe, expect, it } from 'vitest';
import { kmsRequestsOf, type Outcome } from '../../src/replay/outcome.js';
import { runPlan } from '../../src/replay/run-call.js';
import { worldOf } from '../field-cases/adapter.js';
import { planOf } from '../field-cases/calls.js';
import type { RawKey, RawParameters, RawWorld } from '../field-cases/case-format.js';
import { COMMON_KEYS, PERMISSIONS, type PermissionRow } from './kms-permission-table.js';

const OWN = '111122223333';
const OTHER = '444455556666';
const ID = 'mrk-1234abcd12ab34cd56ef1234567890ab';
const SECOND = 'mrk-0987dcba09fe87dc65baab0987654321';

const ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] };

function keyPolicy(...principals: readonly string[]): unknown {
  if (principals.length === 0) return keyPolicy('arn:aws:iam::777788889999:root');
  const Principal = { AWS: principals };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' }],
  };
}

const roleOf = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
const rootOf = (account: string): string => `arn:aws:iam::${account}:root`;
const GRANT = {
  operations: ['Decrypt'],
  granteePrincipal: roleOf('777788889999', 'nobody'),
};

/** A world in which every operation has what it is about: a primary key with a replica, a second key, aliases, a grant. */
function world(policy: unknown, grants: readonly unknown[] = [GRANT]): RawWorld {
  const key = (id: string, region: string, more: Partial<RawKey> = {}): RawKey => ({
    arn: `arn:aws:kms:${region}:${OWN}:key/${id}`,
    aliases: [],
    manager: 'CUSTOMER',
    state: 'Enabled',
    multiRegion: 'PRIMARY',
    tags: { team: 'shop' },
    policy,
    grants,
    ...more,
  });
  return {
    principals: {
      allowed: { arn: roleOf(OWN, 'allowed'), policies: [ALL] },
      bare: { arn: roleOf(OWN, 'bare'), policies: [] },
      stranger: { arn: roleOf(OTHER, 'stranger'), policies: [ALL] },
    },
    keys: {
      k: key(ID, 'us-east-1', { aliases: ['alias/orders'] }),
      'k-eu': key(ID, 'eu-west-1', { multiRegion: 'REPLICA' }),
      second: key(SECOND, 'us-east-1', { aliases: ['alias/second'] }),
    },
  };
}

/** Every parameter of every operation; each operation reads its own. */
const PARAMETERS: RawParameters = {
  DestinationKeyId: `arn:aws:kms:us-east-1:${OWN}:key/${SECOND}`,
  AliasName: 'alias/orders',
  PrimaryRegion: 'eu-west-1',
  ReplicaRegion: 'ap-south-1',
  GrantId: 'grant 1',
  EncryptionContext: { dept: 'shop' },
  SourceEncryptionContext: { dept: 'shop' },
  DestinationEncryptionContext: { dept: 'shop' },
  EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  KeyPairSpec: 'RSA_2048',
  KeyAgreementAlgorithm: 'ECDH',
  MacAlgorithm: 'HMAC_SHA_256',
  MessageType: 'RAW',
  SigningAlgorithm: 'RSASSA_PSS_SHA_256',
  WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
  WrappingKeySpec: 'RSA_2048',
  ExpirationModel: 'KEY_MATERIAL_EXPIRES',
  ValidTo: '2027-01-01T00:00:00Z',
  RotationPeriodInDays: '180',
  PendingWindowInDays: '7',
  BypassPolicyLockoutSafetyCheck: 'true',
  MultiRegion: 'true',
  Tags: { team: 'shop' },
};

/** The operation that asks for an action, and where it is called. */
function operationOf(action: string): string {
  return action.startsWith('ReEncrypt') ? 'ReEncrypt' : action;
}

function parametersOf(operation: string): readonly RawParameters[] {
  if (operation === 'UntagResource') {
    const { Tags: _, ...rest } = PARAMETERS;
    return [{ ...rest, TagKeys: ['team'] }];
  }
  if (operation === 'CreateAlias') return [{ ...PARAMETERS, AliasName: 'alias/new' }];
  if (operation !== 'CreateGrant') return [PARAMETERS];
  const Constraints = {
    EncryptionContextEquals: { dept: 'shop' },
    SourceArn: `arn:aws:sqs:us-east-1:${OWN}:orders`,
  };
  const common = { ...PARAMETERS, Operations: ['Decrypt'], Constraints };
  return [
    { ...common, GranteePrincipal: roleOf(OWN, 'allowed'), RetiringPrincipal: roleOf(OWN, 'bare') },
    {
      ...common,
      GranteeServicePrincipal: 'sns.amazonaws.com',
      RetiringServicePrincipal: 'sns.amazonaws.com',
    },
  ];
}

function callsOf(row: PermissionRow, by: string, raw: RawWorld, byAlias = false): readonly Outcome[] {
  const operation = operationOf(row.action);
  const on = row.resource === '*' || operation === 'DeleteAlias' || byAlias ? '*' : 'k';
  const aliases = { KeyId: 'alias/orders', SourceKeyId: 'alias/orders', DestinationKeyId: 'alias/second' };
  return parametersOf(operation).map((given) => {
    const before = worldOf(raw);
    const params = byAlias ? { ...given, ...aliases } : given;
    const step = { op: `kms:${operation}`, by, on, params, expect: 'ok' as const };
    return runPlan(before, planOf(before, step));
  });
}

/** Whether policies give the permission; what a key cannot do, or already is, does not count here. */
function isAuthorized(row: PermissionRow, outcomes: readonly Outcome[]): boolean {
  return outcomes.every(({ asked }) => {
    const own = asked.filter(({ ask }) => ask.request.action === `kms:${row.action}`);
    return own.length > 0 && own.every(({ verdict }) => verdict.decision === 'allowed');
  });
}

const ON_KEYS = PERMISSIONS.filter(({ resource }) => resource !== '*');
const ON_NOTHING = PERMISSIONS.filter(({ resource }) => resource === '*');
const named = (rows: readonly PermissionRow[]) => rows.map((row) => [row.action, row] as const);

describe('a permission on a key', () => {
  it.each(named(ON_KEYS))('%s works across accounts, or does not', (_, row) => {
    const raw = world(keyPolicy(rootOf(OWN), rootOf(OTHER)), [
      { ...GRANT, retiringPrincipal: roleOf(OTHER, 'stranger') },
    ]);
    expect(isAuthorized(row, callsOf(row, 'stranger', raw))).toBe(row.crossAccount === 'yes');
  });

  it.each(named(ON_KEYS))('%s is given by the key policy alone', (_, row) => {
    const raw = world(keyPolicy(roleOf(OWN, 'bare')));
    expect(isAuthorized(row, callsOf(row, 'bare', raw))).toBe(row.allowedBy === 'key policy');
  });

  it.each(named(ON_KEYS))('%s is not given by IAM alone', (_, row) => {
    const asked = callsOf(row, 'allowed', world(keyPolicy()));
    // Of RetireGrant, the key’s account may delegate whatever its key policy says.
    expect(isAuthorized(row, asked)).toBe(row.allowedBy === 'retire');
  });

  it.each(named(ON_KEYS))('%s is given by IAM where the key policy delegates', (_, row) => {
    expect(isAuthorized(row, callsOf(row, 'allowed', world(keyPolicy(rootOf(OWN)))))).toBe(true);
    const bare = isAuthorized(row, callsOf(row, 'bare', world(keyPolicy(rootOf(OWN)))));
    expect(bare).toBe(false);
  });

  it.each(named(ON_KEYS))('%s is given by a grant, or cannot be', (_, row) => {
    const operation = row.action;
    const operations = operation.startsWith('ReEncrypt') ? ['ReEncryptFrom', 'ReEncryptTo'] : [operation];
    const grant = { granteePrincipal: roleOf(OWN, 'bare'), operations: [...operations, 'Decrypt'] };
    const raw = world(keyPolicy(), [grant]);
    expect(isAuthorized(row, callsOf(row, 'bare', raw))).toBe(row.grantable === 'yes');
  });

  it.each(named(ON_KEYS))('%s is asked on the ARN of the key, and on the alias by IAM', (_, row) => {
    const [outcome] = callsOf(row, 'allowed', world(keyPolicy(rootOf(OWN))));
    const asked = (outcome?.asked ?? []).filter(({ ask }) => ask.request.action === `kms:${row.action}`);
    const resources = asked.map(({ ask }) => ask.request.resource.arn.split(':').at(-1)?.split('/')[0]);
    expect(new Set(resources)).toEqual(
      new Set(row.resource === 'alias and key' ? ['alias', 'key'] : ['key']),
    );
  });
});

describe('a permission on nothing', () => {
  it.each(named(ON_NOTHING))('%s is asked on *, and given by IAM alone', (_, row) => {
    const raw = world(keyPolicy(roleOf(OWN, 'bare')));
    expect(isAuthorized(row, callsOf(row, 'bare', raw))).toBe(false);
    const outcomes = callsOf(row, 'allowed', world(keyPolicy(rootOf(OWN))));
    expect(isAuthorized(row, outcomes)).toBe(true);
    const own = outcomes
      .flatMap(({ asked }) => asked)
      .filter(({ ask }) => ask.request.action === `kms:${row.action}`);
    expect(own.map(({ ask }) => ask.request.resource.arn)).toEqual(['*']);
  });
});

describe('an operation on several things', () => {
  it.each([
    ['ReEncrypt', ['kms:ReEncryptFrom k', 'kms:ReEncryptTo second']],
    ['CreateAlias', [`kms:CreateAlias arn:aws:kms:us-east-1:${OWN}:alias/new`, 'kms:CreateAlias k']],
    ['DeleteAlias', [`kms:DeleteAlias arn:aws:kms:us-east-1:${OWN}:alias/orders`, 'kms:DeleteAlias k']],
    [
      'UpdateAlias',
      [`kms:UpdateAlias arn:aws:kms:us-east-1:${OWN}:alias/orders`, 'kms:UpdateAlias k', 'kms:UpdateAlias k'],
    ],
    ['CreateKey', ['kms:CreateKey *', 'kms:TagResource key 1']],
    ['ReplicateKey', ['kms:ReplicateKey k', 'kms:CreateKey *', 'kms:TagResource key 1']],
    ['UpdatePrimaryRegion', ['kms:UpdatePrimaryRegion k', 'kms:UpdatePrimaryRegion k-eu']],
  ])('%s is as many decisions', (action, wanted) => {
    const row = PERMISSIONS.find((each) => operationOf(each.action) === action);
    const outcomes = row === undefined ? [] : callsOf(row, 'allowed', world(keyPolicy(rootOf(OWN))));
    expect(outcomes.flatMap(kmsRequestsOf).map((each) => `${each.action} ${each.key}`)).toEqual(wanted);
  });
});

/** Keys that a direct call does not fill in: what only an enclave brings, or a key that is not there yet. */
const NOT_DERIVED: Readonly<Record<string, readonly string[]>> = {
  '*': ['kms:RecipientAttestation:'],
  CreateKey: ['aws:ResourceTag/'],
};

/** Beside the table: the Service Authorization Reference on CreateKey, and the guide on custom key stores. */
const CARRY_CALLER_ACCOUNT = new Set([
  'CreateKey',
  'ConnectCustomKeyStore',
  'CreateCustomKeyStore',
  'DeleteCustomKeyStore',
  'DescribeCustomKeyStores',
  'DisconnectCustomKeyStore',
  'UpdateCustomKeyStore',
]);

/** Of the deprecated twins no page says which operations carry them; they go with what they stand for. */
const TWINS = new Map([
  ['kms:customermasterkeyspec', 'kms:keyspec'],
  ['kms:customermasterkeyusage', 'kms:keyusage'],
]);

describe('the condition keys of a permission', () => {
  it.each(named(PERMISSIONS))('%s carries those of the table, and no others of KMS', (_, row) => {
    const constraints = { EncryptionContextEquals: { dept: 'shop' } };
    const raw = world(keyPolicy(rootOf(OWN)), [{ ...GRANT, constraints }]);
    const onKey = row.resource !== '*';
    const requests = callsOf(row, 'allowed', raw, row.keys.includes('kms:RequestAlias'))
      .flatMap(({ asked }) => asked)
      .map(({ ask }) => ask.request)
      .filter(({ action }) => action === `kms:${row.action}`)
      .filter(({ resource }) => row.resource !== 'alias and key' || resource.arn.includes(':key/'));
    const excused = [...(NOT_DERIVED['*'] ?? []), ...(NOT_DERIVED[row.action] ?? [])];
    const families = [
      ...row.keys,
      ...(onKey ? COMMON_KEYS : []),
      ...(CARRY_CALLER_ACCOUNT.has(row.action) ? ['kms:CallerAccount'] : []),
    ]
      .filter((key) => !excused.includes(key))
      .map((key) => key.toLowerCase());
    const carried = requests.flatMap(({ context }) => [...context.resource.keys(), ...context.call.keys()]);
    const found = carried
      .filter((slot) => /^(kms:|aws:(resourcetag|requesttag)\/|aws:tagkeys$)/.test(slot))
      .map((slot) => families.find((key) => /[:/]$/.test(key) && slot.startsWith(key)) ?? slot)
      .filter((slot) => !families.includes(TWINS.get(slot) ?? ''));
    expect([...new Set(found)].sort()).toEqual([...new Set(families)].sort());
  });
});
