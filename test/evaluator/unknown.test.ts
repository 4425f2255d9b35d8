import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../src/conditions/context.js';
import { authorize } from '../../src/evaluator/authorize.js';
import { contextFrom } from '../../src/evaluator/derive-context.js';
import type { ApplicablePolicies, AuthorizationRequest, Grant } from '../../src/evaluator/request.js';
import type { Verdict } from '../../src/evaluator/verdict.js';
import { busy } from '../fastest.js';
import { callerOf, HERE, KEY, policy, QUEUE, sending, when } from './asking.js';

describe('an unknown value that is asked about more than once', () => {
  const identity = (...conditions: readonly [effect: string, condition: unknown][]): ApplicablePolicies => ({
    identity: [policy('identity', ...conditions.map(([effect, condition]) => when(effect, condition)))],
  });
  it.each<readonly [string, readonly [string, unknown][], Verdict['decision']]>([
    [
      'equal or not equal',
      [
        ['Allow', { StringEquals: { 'my:K': 'a' } }],
        ['Allow', { StringNotEquals: { 'my:K': 'a' } }],
      ],
      'allowed',
    ],
    [
      'present or absent',
      [
        ['Allow', { Null: { 'my:K': 'true' } }],
        ['Allow', { Null: { 'my:K': 'false' } }],
      ],
      'allowed',
    ],
    [
      'equal and not equal, of a key with several values',
      [
        [
          'Allow',
          { 'ForAnyValue:StringEquals': { 'my:K': 'a' }, 'ForAnyValue:StringNotLike': { 'my:K': 'a*' } },
        ],
      ],
      'undetermined',
    ],
    [
      'equal and not equal, of a key with one value',
      [['Allow', { StringEquals: { 'aws:username': 'a' }, StringNotLike: { 'aws:username': 'a*' } }]],
      'implicitDeny',
    ],
    [
      'below and above',
      [
        [
          'Deny',
          {
            NumericLessThan: { 'aws:MultiFactorAuthAge': '5' },
            NumericGreaterThan: { 'aws:MultiFactorAuthAge': '5' },
          },
        ],
      ],
      'implicitDeny',
    ],
    [
      'between two neighbours',
      [
        [
          'Deny',
          {
            NumericLessThan: { 'aws:MultiFactorAuthAge': '6' },
            NumericGreaterThan: { 'aws:MultiFactorAuthAge': '5' },
          },
        ],
      ],
      'undetermined',
    ],
    [
      'in two ranges that share no address',
      [
        [
          'Deny',
          {
            IpAddress: { 'aws:SourceIp': '10.0.0.0/9' },
            IpAddressIfExists: { 'aws:SourceIp': '10.128.0.0/9' },
          },
        ],
      ],
      'implicitDeny',
    ],
    [
      'in a range, but in none of its halves',
      [
        [
          'Deny',
          {
            IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
            NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/9', '10.128.0.0/9'] },
          },
        ],
      ],
      'implicitDeny',
    ],
    [
      'two patterns that no text matches at once',
      [
        [
          'Deny',
          {
            StringLike: { 'aws:username': 'a*' },
            StringLikeIfExists: { 'aws:username': '?b*' },
            StringNotLike: { 'aws:username': 'ab*' },
          },
        ],
      ],
      'implicitDeny',
    ],
    [
      'a value that must differ from itself',
      [
        [
          'Deny',
          {
            StringEquals: { 'aws:username': 'bob' },
            StringNotEquals: { 'my:Known': 'user-${aws:username}' },
          },
        ],
      ],
      'implicitDeny',
    ],
  ])('is one value: %s', (_title, conditions, decision) => {
    const keys = ['my:K', 'aws:username', 'aws:MultiFactorAuthAge', 'aws:SourceIp'];
    expect(authorize(sending(keys, [['my:Known', 'user-bob']]), identity(...conditions)).decision).toBe(
      decision,
    );
  });

  it('is compared with another unknown value, and every decision has its values', () => {
    const policies = identity([
      'Allow',
      { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
    ]);
    const verdict = authorize(sending(['aws:ResourceTag/Team', 'aws:PrincipalTag/team']), policies);
    expect(verdict.possible).toEqual(['implicitDeny', 'allowed']);
    expect(verdict.dependsOn).toEqual(['aws:PrincipalTag/team', 'aws:ResourceTag/team']);
    const allowed = verdict.witnesses?.find(({ decision }) => decision === 'allowed')?.values ?? [];
    expect(new Set(allowed.map(([, value]) => value)).size).toBe(1);
  });

  it('is named only where the answer hangs on it, in AWS spelling', () => {
    const policies = identity(
      ['Allow', {}],
      ['Allow', { StringEquals: { 'my:Idle': 'a' } }],
      ['Deny', { StringEquals: { 'AWS:sourcevpc': 'vpc-1' } }],
    );
    const verdict = authorize(sending(['my:Idle', 'aws:SourceVpc', 'my:NobodyAsks']), policies);
    expect(verdict).toMatchObject({
      decision: 'undetermined',
      possible: ['explicitDeny', 'allowed'],
      decidedBy: 'identity-policy',
      statement: { statement: 2 },
      dependsOn: ['aws:SourceVpc'],
      witnesses: [
        { decision: 'explicitDeny', values: [['aws:SourceVpc', 'vpc-1']] },
        { decision: 'allowed', values: [['aws:SourceVpc', undefined]] },
      ],
    });
  });

  it('stays open where it is compared with itself, and the bounds still hold', () => {
    const policies = identity(['Allow', { StringEquals: { 'my:K': '${my:K}x' } }]);
    expect(authorize(sending(['my:K']), policies)).toMatchObject({
      possible: ['implicitDeny', 'allowed'],
      dependsOn: ['my:K'],
    });
  });

  it('costs a bounded time, however many keys and patterns there are', () => {
    const keys = Array.from({ length: 40 }, (_, index) => `my:K${index}`);
    const patterns = Array.from({ length: 60 }, (_, index) => `*a${'?'.repeat(index)}b*`);
    const policies = identity(
      ...keys.map((key) => ['Deny', { StringEquals: { [key]: ['a', 'b'] } }] as [string, unknown]),
      ['Allow', { StringLike: { 'my:Wide': patterns }, 'ForAllValues:StringLike': { 'my:Wide': patterns } }],
    );
    const spent = busy(() => {
      const verdict = authorize(sending([...keys, 'my:Wide']), policies);
      expect(verdict.possible).toEqual(['explicitDeny', 'implicitDeny', 'allowed']);
      expect(verdict.dependsOn).toHaveLength(41);
    });
    expect(spent).toBeLessThan(2000);
  });
});

describe('a grant for an unknown source', () => {
  const caller = callerOf(`arn:aws:iam::${HERE}:user/alice`);
  const grantee = {
    kind: 'user' as const,
    text: QUEUE,
    arn: caller.kind === 'user' ? caller.arn : undefined,
  };
  it('may allow or not', () => {
    const { arn } = grantee;
    if (arn === undefined) throw new Error('no user');
    const grant: Grant = {
      id: 'g',
      grantee: { ...grantee, arn },
      operations: ['Decrypt'],
      sourceArn: 'arn:aws:s3:::b',
    };
    const request: AuthorizationRequest = {
      caller,
      action: 'kms:Decrypt',
      resource: { arn: KEY, account: HERE },
      context: contextFrom([['aws:SourceArn', UNKNOWN]]),
    };
    expect(authorize(request, { grants: [grant] })).toMatchObject({
      decision: 'undetermined',
      possible: ['implicitDeny', 'allowed'],
      dependsOn: ['aws:SourceArn'],
      witnesses: [
        { decision: 'implicitDeny' },
        { decision: 'allowed', values: [['aws:SourceArn', 'arn:aws:s3:::b']] },
      ],
    });
  });
});

describe('a verdict', () => {
  it('names the policy of the service asked, whichever was asked before under the same policies', () => {
    const policies: ApplicablePolicies = {};
    const foreign = '444455556666';
    const ask = (action: string, arn: string) =>
      authorize({ ...sending([]), action, resource: { arn, account: foreign } }, policies).decidedBy;
    expect(ask('sqs:SendMessage', `arn:aws:sqs:us-east-1:${foreign}:q`)).toBe('queue-policy');
    expect(ask('sns:Publish', `arn:aws:sns:us-east-1:${foreign}:t`)).toBe('topic-policy');
  });
});
