import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../src/conditions/context.js';
import { factsOfAction } from '../../src/evaluator/action-facts.js';
import { contextFrom } from '../../src/evaluator/derive-context.js';
import { type GrantMatch, matchGrant, ownerRetires } from '../../src/evaluator/grant.js';
import type { AuthorizationRequest, Caller, Grant } from '../../src/evaluator/request.js';
import { type Assignment, callerOf, HERE, KEY, QUEUE } from './asking.js';

const arnOf = (caller: Caller) => {
  if (caller.kind !== 'user') throw new Error('a user');
  return caller.arn;
};
const ALICE = callerOf(`arn:aws:iam::${HERE}:user/alice`);
const BOB = callerOf(`arn:aws:iam::${HERE}:user/bob`);
const userEntry = (caller: Caller) => {
  const arn = arnOf(caller);
  return { kind: 'user', text: arn.text, arn } as const;
};
const FAIR: Grant = { id: 'g', grantee: userEntry(ALICE), operations: ['Decrypt', 'GenerateDataKey'] };
const TENANT = new Map([['tenant', 't1']]);
const TWO = new Map([
  ['tenant', 't1'],
  ['a', 'b'],
]);

interface Asked {
  readonly action?: string;
  readonly caller?: Caller;
  readonly pairs?: ReadonlyMap<string, string>;
  readonly tokens?: readonly string[];
  readonly context?: Assignment;
}

function requestOf({
  action = 'kms:Decrypt',
  caller = ALICE,
  pairs,
  tokens,
  context = [],
}: Asked): AuthorizationRequest {
  return {
    caller,
    action,
    resource: { arn: KEY, account: HERE },
    context: contextFrom(context),
    ...(pairs !== undefined && { encryptionContext: pairs }),
    ...(tokens !== undefined && { grantTokens: tokens }),
  };
}

const match = (grant: Partial<Grant>, asked: Asked): GrantMatch => {
  const request = requestOf(asked);
  return matchGrant({ ...FAIR, ...grant }, request, factsOfAction(request.action));
};
const misses = (missed: string, rule: string) => ({ reach: 0, missed, rule });
const REACHES = { reach: 3 };

describe('what a grant gives, or what it misses and by which rule', () => {
  const pending = 'it is not visible everywhere yet and the request carries no token of it';
  const equals = { encryptionContextEquals: TENANT };
  const subset = { encryptionContextSubset: TENANT };
  const mustEqual = (given: string) =>
    misses(`its encryption context must equal tenant=t1; the request has ${given}`, 'KMS-GRANT-CONSTRAINT');
  const mustContain = (given: string) =>
    misses(`its encryption context must contain tenant=t1; the request has ${given}`, 'KMS-GRANT-CONSTRAINT');
  const fromQueue = (given: string) =>
    misses(`it serves ${QUEUE} only; the request has ${given}`, 'KMS-GRANT-CONSTRAINT');

  it.each<readonly [string, Partial<Grant>, Asked, unknown]>([
    ['an operation of it', {}, {}, REACHES],
    ['an operation in other letters', {}, { action: 'KMS:decrypt' }, REACHES],
    [
      'another caller',
      {},
      { caller: BOB },
      misses(`its grantee is ${arnOf(ALICE).text}`, 'KMS-GRANT-ALLOWS'),
    ],
    [
      'another operation',
      {},
      { action: 'kms:Encrypt' },
      misses('it allows Decrypt, GenerateDataKey', 'KMS-GRANT-ALLOWS'),
    ],
    [
      'an operation that no grant allows',
      { operations: ['PutKeyPolicy'] },
      { action: 'kms:PutKeyPolicy' },
      misses('no grant can allow the operation', 'KMS-GRANT-ALLOWS'),
    ],
    ['a grant that is pending', { pending: true, token: 't' }, {}, misses(pending, 'KMS-GRANT-TOKEN')],
    [
      'a grant that is pending, with another token',
      { pending: true, token: 't' },
      { tokens: ['u'] },
      misses(pending, 'KMS-GRANT-TOKEN'),
    ],
    [
      'a grant that is pending, with its token',
      { pending: true, token: 't' },
      { tokens: ['u', 't'] },
      REACHES,
    ],
    [
      'a grant that is pending and has no token',
      { pending: true },
      { tokens: ['t'] },
      misses(pending, 'KMS-GRANT-TOKEN'),
    ],
    ['a grant that is no longer pending', { pending: false, token: 't' }, {}, REACHES],
    ['the same pairs', equals, { pairs: TENANT }, REACHES],
    ['the same pairs in other letters', equals, { pairs: new Map([['TENANT', 't1']]) }, REACHES],
    [
      'the same pairs in another order',
      { encryptionContextEquals: TWO },
      { pairs: new Map([...TWO].reverse()) },
      REACHES,
    ],
    ['a pair more', equals, { pairs: TWO }, mustEqual('tenant=t1, a=b')],
    ['no pairs', equals, {}, mustEqual('none')],
    ['another value', equals, { pairs: new Map([['tenant', 'T1']]) }, mustEqual('tenant=T1')],
    ['another name', equals, { pairs: new Map([['other', 't1']]) }, mustEqual('other=t1')],
    ['a pair more than is asked', subset, { pairs: TWO }, REACHES],
    ['none of the pairs', subset, { pairs: new Map([['a', 'b']]) }, mustContain('a=b')],
    ['the value under another name', subset, { pairs: new Map([['a', 't1']]) }, mustContain('a=t1')],
    ['the name with another value', subset, { pairs: new Map([['tenant', 'b']]) }, mustContain('tenant=b')],
    ['no pairs where some are asked', subset, {}, mustContain('none')],
    ['its source', { sourceArn: QUEUE }, { context: [['aws:SourceArn', QUEUE]] }, REACHES],
    ['another source', { sourceArn: QUEUE }, { context: [['aws:SourceArn', 'x']] }, fromQueue('x')],
    ['no source', { sourceArn: QUEUE }, {}, fromQueue('no aws:SourceArn')],
    [
      'several sources',
      { sourceArn: QUEUE },
      { context: [['aws:SourceArn', [QUEUE]]] },
      fromQueue('no aws:SourceArn'),
    ],
    [
      'a source that is not known',
      { sourceArn: QUEUE },
      { context: [['aws:SourceArn', UNKNOWN]] },
      { reach: 3, unsure: ['aws:sourcearn'] },
    ],
    ['a source that is not known and not asked for', {}, { context: [['aws:SourceArn', UNKNOWN]] }, REACHES],
  ])('%s', (_title, grant, asked, expected) => expect(match(grant, asked)).toEqual(expected));

  it.each([
    'DescribeKey',
    'GetPublicKey',
    'Sign',
    'Verify',
    'GenerateMac',
    'VerifyMac',
    'DeriveSharedSecret',
  ])('%s has no encryption context, so that such a constraint does not count', (operation) => {
    const asked = { action: `kms:${operation}` };
    expect(match({ operations: [operation], ...equals, ...subset }, asked)).toEqual(REACHES);
    expect(match({ operations: [operation], sourceArn: QUEUE }, asked)).toEqual(
      fromQueue('no aws:SourceArn'),
    );
  });

  it.each(['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'])(
    '%s has one',
    (operation) => {
      expect(match({ operations: [operation], ...equals }, { action: `kms:${operation}` })).toEqual(
        mustEqual('none'),
      );
    },
  );
});

describe('what a grant gives to be made through it', () => {
  const parent = (more: Partial<Grant>): Partial<Grant> => ({
    operations: ['CreateGrant', 'Decrypt'],
    ...more,
  });
  const made = (context: Assignment, pairs?: ReadonlyMap<string, string>): Asked => ({
    action: 'kms:CreateGrant',
    context,
    ...(pairs !== undefined && { pairs }),
  });
  const wider = (what: string) => misses(what, 'KMS-GRANT-CHILD-IS-NO-WIDER');
  const type = (name: string): Assignment => [['kms:GrantConstraintType', name]];
  const EQUAL = 'EncryptionContextEquals';
  const equals = parent({ encryptionContextEquals: TENANT });
  const subset = parent({ encryptionContextSubset: TENANT });
  const mustEqual = wider('the new grant must be constrained to equal tenant=t1, as it is');
  const mustContain = wider('the new grant must be constrained to contain tenant=t1, as it is');
  const forQueue = parent({ sourceArn: QUEUE });
  const source = (arn: Assignment[number][1]): Assignment[number] => ['kms:GrantConstraintSourceArn', arn];
  const from: Assignment[number] = ['aws:SourceArn', QUEUE];

  it.each<readonly [string, Partial<Grant>, Asked, unknown]>([
    ['nothing told', parent({}), made([]), REACHES],
    ['its operations', parent({}), made([['kms:GrantOperations', ['Decrypt', 'CreateGrant']]]), REACHES],
    [
      'two more',
      parent({}),
      made([['kms:GrantOperations', ['Decrypt', 'Encrypt', 'Sign']]]),
      wider('the new grant would allow Encrypt, Sign, which it does not'),
    ],
    [
      'operations that are not known',
      parent({}),
      made([['kms:GrantOperations', UNKNOWN]]),
      { reach: 3, unsure: ['kms:grantoperations'] },
    ],
    ['the same constraint', equals, made(type(EQUAL), TENANT), REACHES],
    ['a constraint of other pairs', equals, made(type(EQUAL), TWO), mustEqual],
    ['a looser constraint', equals, made(type('EncryptionContextSubset'), TENANT), mustEqual],
    ['no constraint', equals, made([]), mustEqual],
    [
      'a constraint that is not known',
      equals,
      made([['kms:GrantConstraintType', UNKNOWN]], TENANT),
      { reach: 3, unsure: ['kms:grantconstrainttype'] },
    ],
    [
      'a constraint that is not known and not asked for',
      parent({}),
      made([['kms:GrantConstraintType', UNKNOWN]]),
      REACHES,
    ],
    ['a stricter constraint', subset, made(type(EQUAL), TWO), REACHES],
    ['the same looser constraint', subset, made(type('EncryptionContextSubset'), TENANT), REACHES],
    ['a constraint that lacks a pair', subset, made(type(EQUAL), new Map([['a', 'b']])), mustContain],
    ['no constraint where one is asked', subset, made([], TENANT), mustContain],
    [
      'a subset that is not known',
      subset,
      made([['kms:GrantConstraintType', UNKNOWN]], TENANT),
      { reach: 3, unsure: ['kms:grantconstrainttype'] },
    ],
    ['the same source', forQueue, made([from, source(QUEUE)]), REACHES],
    [
      'another source',
      forQueue,
      made([from, source('x')]),
      wider(`the new grant must be constrained to serve ${QUEUE} only, as it is`),
    ],
    [
      'any source',
      forQueue,
      made([from]),
      wider(`the new grant must be constrained to serve ${QUEUE} only, as it is`),
    ],
    [
      'a source that is not known',
      forQueue,
      made([from, source(UNKNOWN)]),
      { reach: 3, unsure: ['kms:grantconstraintsourcearn'] },
    ],
    ['a source that is not known and not asked for', parent({}), made([source(UNKNOWN)]), REACHES],
    [
      'a caller from elsewhere',
      forQueue,
      made([source(QUEUE)]),
      wider(`it serves ${QUEUE} only; the request has no aws:SourceArn`),
    ],
  ])('%s', (_title, grant, asked, expected) => expect(match(grant, asked)).toEqual(expected));
});

describe('who retires a grant', () => {
  const nobody = misses(
    'the caller neither is its retiring principal nor its grantee with RetireGrant',
    'KMS-RETIRE-GRANT',
  );
  const retire = { action: 'kms:RetireGrant' };
  it.each<readonly [string, Partial<Grant>, Asked, unknown]>([
    ['its grantee, who may not', {}, retire, nobody],
    ['its grantee, who may', { operations: ['retireGrant'] }, retire, REACHES],
    ['another, though the grantee may', { operations: ['RetireGrant'] }, { ...retire, caller: BOB }, nobody],
    ['its retiring principal', { retiring: userEntry(BOB) }, { ...retire, caller: BOB }, REACHES],
    ['its grantee, where another retires', { retiring: userEntry(BOB) }, retire, nobody],
    [
      'from another source, which does not count',
      { retiring: userEntry(ALICE), sourceArn: QUEUE },
      retire,
      REACHES,
    ],
    [
      'before it is visible',
      { retiring: userEntry(ALICE), pending: true, token: 't' },
      retire,
      misses('it is not visible everywhere yet and the request carries no token of it', 'KMS-GRANT-TOKEN'),
    ],
  ])('%s', (_title, grant, asked, expected) => expect(match(grant, asked)).toEqual(expected));

  it('the account of the key, for its own callers, and no account for callers without one', () => {
    const owners = (caller: Caller) =>
      [HERE, '444455556666', undefined].map((owner) => ownerRetires(requestOf({ caller }), owner));
    expect(owners(ALICE)).toEqual([1, 0, 0]);
    expect(owners({ kind: 'anonymous' })).toEqual([0, 0, 0]);
  });
});
