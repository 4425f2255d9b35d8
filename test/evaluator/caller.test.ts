import { describe, expect, it } from 'vitest';
import { type CallerDetails, isServiceHost, readCaller } from '../../src/evaluator/caller.js';
import {
  kmsCallEntries,
  principalEntries,
  regionalNames,
  regionOf,
  resourceEntries,
  snsCallEntries,
} from '../../src/evaluator/derive-context.js';
import type { Caller } from '../../src/evaluator/request.js';

const ACCOUNT = '111122223333';
const iam = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;
const sts = (resource: string): string => `arn:aws:sts::${ACCOUNT}:${resource}`;

/** What is told of a caller, with its ARNs as text. */
function told(caller: Caller | undefined): unknown {
  return JSON.parse(
    JSON.stringify(caller ?? null, (_, value) =>
      typeof value === 'object' && value !== null && 'resource' in value ? value.text : value,
    ),
  );
}

describe('a caller', () => {
  const session = { kind: 'session', arn: sts('assumed-role/worker/one'), serviceLinked: false };
  it.each<readonly [string, CallerDetails, unknown]>([
    ['anonymous', {}, { kind: 'anonymous' }],
    ['sns.amazonaws.com', {}, { kind: 'service', host: 'sns.amazonaws.com' }],
    [iam('root'), {}, { kind: 'root', account: ACCOUNT, partition: 'aws' }],
    [iam('user/alice'), {}, { kind: 'user', arn: iam('user/alice') }],
    [iam('user/team/alice'), { id: 'AIDA1' }, { kind: 'user', arn: iam('user/team/alice'), id: 'AIDA1' }],
    [sts('federated-user/bob'), {}, { kind: 'federatedUser', arn: sts('federated-user/bob') }],
    [sts('federated-user/bob'), { user: 'alice' }, { kind: 'federatedUser', arn: sts('federated-user/bob') }],
    [
      sts('federated-user/bob'),
      { user: iam('user/alice') },
      { kind: 'federatedUser', arn: sts('federated-user/bob'), user: iam('user/alice') },
    ],
    [sts('assumed-role/worker/one'), {}, { ...session, role: iam('role/worker') }],
    [
      sts('assumed-role/worker/one'),
      { role: iam('role/team/worker'), id: 'AROA1' },
      { ...session, role: iam('role/team/worker'), id: 'AROA1' },
    ],
    [
      sts('assumed-role/worker/one'),
      { role: iam('role/aws-service-role/x.amazonaws.com/worker') },
      { ...session, role: iam('role/aws-service-role/x.amazonaws.com/worker'), serviceLinked: true },
    ],
    [
      sts('assumed-role/worker/one'),
      { serviceLinked: true },
      { ...session, role: iam('role/worker'), serviceLinked: true },
    ],
    [iam('role/worker'), {}, { ...session, arn: sts('assumed-role/worker'), role: iam('role/worker') }],
    [
      iam('role/team/worker'),
      {},
      { ...session, arn: sts('assumed-role/worker'), role: iam('role/team/worker') },
    ],
  ])('%s with %j is read', (text, details, expected) => {
    expect(told(readCaller(text, details))).toEqual(expected);
  });

  it.each<readonly [string, CallerDetails]>([
    ['', {}],
    ['alice', {}],
    ['arn:aws:iam::1111:user/alice', {}],
    ['arn:aws:iam:::user/alice', {}],
    [iam('user'), {}],
    [iam('user/'), {}],
    [iam('user//alice'), {}],
    [iam('user/team/'), {}],
    [iam('group/team'), {}],
    [sts('user/alice'), {}],
    [sts('role/worker'), {}],
    [sts('root'), {}],
    [iam('federated-user/bob'), {}],
    [iam('assumed-role/worker/one'), {}],
    [sts('assumed-role'), {}],
    [sts('assumed-role//one'), {}],
    [sts('assumed-role/worker/one'), { role: iam('role/other') }],
    [sts('assumed-role/worker/one'), { role: iam('role/coworker') }],
    [sts('assumed-role/worker/one'), { role: 'arn:aws:iam::444455556666:role/worker' }],
    [sts('assumed-role/worker/one'), { role: iam('user/worker') }],
    [sts('assumed-role/worker/one'), { role: 'worker' }],
    ['arn:aws:s3:::bucket', {}],
  ])('%j with %j is nobody', (text, details) => {
    expect(readCaller(text, details)).toBeUndefined();
  });
});

describe('the host name of a service', () => {
  it.each([
    ['sns.amazonaws.com', true],
    ['states.cn-north-1.amazonaws.com.cn', true],
    ['a0z9.x', true],
    ['a/b.x', false],
    ['a;b.x', false],
    ['a:b.x', false],
    ['a`b.x', false],
    ['a{b.x', false],
    ['a+b.x', false],
    ['s3', false],
    ['SNS.amazonaws.com', false],
    ['sns.amazonaws.com:443', false],
    ['sns.amazonaws.com/x', false],
    ['sns_1.amazonaws.com', false],
    ['sns.amazonaws.cöm', false],
    [`${'a'.repeat(251)}.com`, true],
    [`${'a'.repeat(252)}.com`, false],
  ])('%s: %s', (text, expected) => expect(isServiceHost(text)).toBe(expected));
});

describe('the keys that follow from who calls', () => {
  const keysOf = (caller: Caller, traits?: Parameters<typeof principalEntries>[1]) =>
    Object.fromEntries([...principalEntries(caller, traits)].filter(([, value]) => value !== undefined));
  const alice = readCaller(iam('user/team/alice'), { id: 'AIDA1' });

  it('are those of a user, with tags, organization and second factor as far as known', () => {
    if (alice === undefined) throw new Error('a user');
    const plain = {
      'aws:PrincipalArn': iam('user/team/alice'),
      'aws:PrincipalAccount': ACCOUNT,
      'aws:PrincipalType': 'User',
      'aws:PrincipalIsAWSService': 'false',
      'aws:userid': 'AIDA1',
      'aws:username': 'alice',
    };
    expect(keysOf(alice)).toEqual(plain);
    const organization = { id: 'o-1', path: 'o-1/r-1/' };
    expect(keysOf(alice, { mfa: false, organization, tags: new Map([['team', 'red']]) })).toEqual({
      ...plain,
      'aws:MultiFactorAuthPresent': 'false',
      'aws:PrincipalOrgID': 'o-1',
      'aws:PrincipalOrgPaths': ['o-1/r-1/'],
      'aws:PrincipalTag/team': 'red',
    });
  });

  it.each<readonly [string, Caller, Record<string, unknown>]>([
    [
      'a service of one name',
      { kind: 'service', host: 'sns.amazonaws.com' },
      {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': 'sns.amazonaws.com',
        'aws:PrincipalServiceNamesList': ['sns.amazonaws.com'],
      },
    ],
    [
      'a service with a regional name',
      { kind: 'service', host: 'sns.amazonaws.com', regionalHost: 'sns.us-east-1.amazonaws.com' },
      {
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalServiceName': 'sns.amazonaws.com',
        'aws:PrincipalServiceNamesList': ['sns.amazonaws.com', 'sns.us-east-1.amazonaws.com'],
      },
    ],
    [
      'nobody in particular',
      { kind: 'anonymous' },
      { 'aws:PrincipalAccount': 'anonymous', 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous' },
    ],
    [
      'an account root',
      { kind: 'root', account: ACCOUNT, partition: 'aws-cn' },
      {
        'aws:PrincipalArn': `arn:aws-cn:iam::${ACCOUNT}:root`,
        'aws:PrincipalAccount': ACCOUNT,
        'aws:PrincipalType': 'Account',
        'aws:PrincipalIsAWSService': 'false',
        'aws:userid': ACCOUNT,
      },
    ],
  ])('are those of %s', (_title, caller, expected) => expect(keysOf(caller)).toEqual(expected));

  it('name the type of every kind of caller', () => {
    const typeOf = (text: string) => {
      const caller = readCaller(text);
      return caller && keysOf(caller)['aws:PrincipalType'];
    };
    expect(typeOf(sts('federated-user/bob'))).toBe('FederatedUser');
    expect(typeOf(sts('assumed-role/worker/one'))).toBe('AssumedRole');
  });

  it.each([
    [sts('assumed-role/worker/one'), 'AROA1', 'AROA1:one'],
    [sts('assumed-role/worker/one'), undefined, undefined],
    [iam('role/worker'), 'AROA1', undefined],
    [sts('federated-user/bob'), undefined, `${ACCOUNT}:bob`],
    [iam('user/alice'), undefined, undefined],
  ])('%s with the id %s has the aws:userid %s', (text, id, expected) => {
    const caller = readCaller(text, id === undefined ? {} : { id });
    if (caller === undefined) throw new Error(text);
    expect(keysOf(caller)['aws:userid']).toBe(expected);
  });
});

describe('the keys that follow from what is asked', () => {
  const entriesOf = (entries: Iterable<readonly [string, unknown]>) =>
    Object.fromEntries([...entries].filter(([, value]) => value !== undefined));
  const queue = { arn: `arn:aws:sqs:eu-west-1:${ACCOUNT}:orders`, account: ACCOUNT };
  const service = { kind: 'service', host: 'sns.amazonaws.com' } as const;

  it('are the owner of the resource, its organization and its tags', () => {
    expect(entriesOf(resourceEntries(queue))).toEqual({ 'aws:ResourceAccount': ACCOUNT });
    expect(entriesOf(resourceEntries({ arn: '*' }))).toEqual({});
    const organization = { id: 'o-1', path: 'o-1/r-1/' };
    expect(entriesOf(resourceEntries(queue, { organization, tags: new Map([['team', 'red']]) }))).toEqual({
      'aws:ResourceAccount': ACCOUNT,
      'aws:ResourceOrgID': 'o-1',
      'aws:ResourceOrgPaths': ['o-1/r-1/'],
      'aws:ResourceTag/team': 'red',
    });
  });

  it('are the account of who calls KMS, and the encryption context', () => {
    const root = { kind: 'root', account: ACCOUNT, partition: 'aws' } as const;
    expect(entriesOf(kmsCallEntries(root, undefined))).toEqual({ 'kms:CallerAccount': ACCOUNT });
    expect(entriesOf(kmsCallEntries(root, new Map()))).toEqual({ 'kms:CallerAccount': ACCOUNT });
    expect(
      entriesOf(
        kmsCallEntries(
          service,
          new Map([
            ['a', 'b'],
            ['c', 'd'],
          ]),
        ),
      ),
    ).toEqual({
      'kms:EncryptionContext:a': 'b',
      'kms:EncryptionContext:c': 'd',
      'kms:EncryptionContextKeys': ['a', 'c'],
    });
    expect(entriesOf(snsCallEntries(root))).toEqual({ 'aws:SourceOwner': ACCOUNT });
  });

  it.each([
    [service, queue.arn, ['sns.amazonaws.com', 'sns.eu-west-1.amazonaws.com']],
    [{ ...service, host: 'sns.eu-west-1.amazonaws.com' }, queue.arn, undefined],
    [{ ...service, host: 'sns.amazonaws.com.cn' }, queue.arn, undefined],
    [service, 'arn:aws:s3:::bucket', undefined],
    [service, '*', undefined],
    [{ kind: 'anonymous' } as const, queue.arn, undefined],
  ])('are the regional names of %j for %s: %j', (caller, arn, names) => {
    expect(entriesOf(regionalNames(caller, { arn }))).toEqual(
      names === undefined ? {} : { 'aws:PrincipalServiceNamesList': names },
    );
  });

  it.each([
    [queue.arn, 'eu-west-1'],
    ['arn:aws:s3:::bucket', undefined],
    ['*', undefined],
  ])('the Region of %s is %s', (arn, region) => expect(regionOf({ arn })).toBe(region));
});
