import { describe, expect, it } from 'vitest';
import { type ActionFacts, factsOfAction } from '../../src/evaluator/action-facts.js';
import { authorize, authorizeOnce } from '../../src/evaluator/authorize.js';
import { bindOnce, bindPolicies } from '../../src/evaluator/bind.js';
import { compileOnce, compilePolicy } from '../../src/evaluator/compile.js';
import { layersOf } from '../../src/evaluator/layer.js';
import { matchesAny } from '../../src/evaluator/matches-any.js';
import type { ApplicablePolicies } from '../../src/evaluator/request.js';
import { compilePieces, parsePieces } from '../../src/syntax/wildcard.js';
import { ALLOW, DENY, policy, sending, when } from './asking.js';

describe('what follows from the name of an action', () => {
  const PLAIN = {
    shareable: true,
    underRcps: false,
    isKms: false,
    iamOnly: 'never',
    grantable: false,
    isRetireGrant: false,
  } as const;
  const KMS = { ...PLAIN, isKms: true, underRcps: true } as const;
  it.each<readonly [string, string, Omit<ActionFacts, 'lowerCased' | 'service'>]>([
    ['sqs:SendMessage', 'sqs', { ...PLAIN, underRcps: true }],
    ['SQS:ListQueues', 'sqs', { ...PLAIN, underRcps: true, iamOnly: 'always', shareable: false }],
    ['sqs:SetQueueAttributes', 'sqs', { ...PLAIN, underRcps: true, shareable: false }],
    ['s3:GetObject', 's3', { ...PLAIN, underRcps: true }],
    ['ec2:RunInstances', 'ec2', PLAIN],
    ['sns:Publish', 'sns', PLAIN],
    ['kms:Decrypt', 'kms', { ...KMS, grantable: true }],
    ['kms:PutKeyPolicy', 'kms', { ...KMS, shareable: false }],
    ['kms:CreateAlias', 'kms', { ...KMS, shareable: false, iamOnly: 'onAliases' }],
    ['kms:ListAliases', 'kms', { ...KMS, shareable: false, iamOnly: 'always' }],
    ['kms:RetireGrant', 'kms', { ...KMS, underRcps: false, isRetireGrant: true, grantable: true }],
    ['kms:Nonsense', 'kms', KMS],
    ['nonsense', '', PLAIN],
  ])('%s', (action, service, facts) => {
    expect(factsOfAction(action)).toEqual({ lowerCased: action.toLowerCase(), service, ...facts });
  });

  it('is remembered for 4,096 names at a time', () => {
    for (let at = 0; at < 4096; at += 1) factsOfAction(`x:Fill${at}`);
    const last = factsOfAction('x:Fill4095');
    expect(factsOfAction('x:Fill4095')).toBe(last);
    for (let at = 0; at < 4096; at += 1) factsOfAction(`x:Next${at}`);
    expect(factsOfAction('x:Fill4095')).not.toBe(last);
  });
});

describe('what policies can say about an action', () => {
  const viewOf = (policies: ApplicablePolicies, action = 'sqs:SendMessage') => {
    const { mayDeny, alwaysAllow } = bindPolicies(policies).about(action);
    return [layersOf(mayDeny), layersOf(alwaysAllow)];
  };
  const condition = when('Allow', { StringEquals: { 'my:K': 'a' } });
  it.each<readonly [string, ApplicablePolicies, readonly string[], readonly string[]]>([
    ['nothing', {}, [], []],
    ['nothing, as is known', { scp: 'none' }, [], []],
    ['anything', { scp: 'unknown' }, ['scp'], []],
    ['an allow of everything', { identity: [policy('identity', ALLOW)] }, [], ['identity-policy']],
    ['a deny', { identity: [policy('identity', DENY)] }, ['identity-policy'], []],
    [
      'both',
      { vpcEndpoint: policy('vpc-endpoint', ALLOW, DENY) },
      ['vpc-endpoint-policy'],
      ['vpc-endpoint-policy'],
    ],
    ['an allow under a condition', { identity: [policy('identity', condition)] }, [], []],
    [
      'an allow under a condition, and one without',
      { session: [policy('session', condition, ALLOW)] },
      [],
      ['session-policy'],
    ],
    [
      'an allow of one resource',
      { identity: [policy('identity', { ...ALLOW, Resource: 'arn:aws:sqs:*:*:q' })] },
      [],
      [],
    ],
    ['an allow of another action', { identity: [policy('identity', { ...ALLOW, Action: 'kms:*' })] }, [], []],
    ['a deny of another action', { identity: [policy('identity', { ...DENY, Action: 'kms:*' })] }, [], []],
    ['an allow for everyone', { resource: policy('queue', ALLOW) }, [], ['resource-policy']],
    [
      'an allow for somebody',
      { resource: policy('queue', { ...ALLOW, Principal: { AWS: '111122223333' } }) },
      [],
      [],
    ],
    [
      'an allow for everyone and others',
      { resource: policy('queue', { ...ALLOW, Principal: { AWS: ['111122223333', '*'] } }) },
      [],
      ['resource-policy'],
    ],
    [
      'a deny for everyone but somebody',
      { resource: policy('queue', { ...DENY, NotPrincipal: '*' }) },
      ['resource-policy'],
      [],
    ],
    [
      'one level that allows and one that does not',
      { scp: [[policy('scp', ALLOW)], [policy('scp', condition)]] },
      [],
      [],
    ],
    [
      'two levels that allow',
      { scp: [[policy('scp', ALLOW)], [policy('scp', condition), policy('scp', ALLOW)]] },
      [],
      ['scp'],
    ],
    ['levels without an allow', { rcp: [[policy('rcp', DENY)]] }, ['rcp'], []],
    ['no level', { scp: [] }, [], ['scp']],
  ])('%s', (_title, policies, mayDeny, alwaysAllow) => {
    expect(viewOf(policies)).toEqual([mayDeny, alwaysAllow]);
  });
});

describe('what is compiled', () => {
  const one = policy('identity', when('Allow', { StringEquals: { 'my:K': 'a' } }), {
    ...when('Deny', { StringEquals: { 'my:K': 'a' } }),
    Action: 'sqs:Purge*',
  });

  it('is compiled once for a policy, unless it is asked once', () => {
    expect(compilePolicy(one)).toBe(compilePolicy(one));
    expect(compileOnce(one)).not.toBe(compileOnce(one));
  });

  it('shares conditions that say the same, within one policy', () => {
    const [first, second] = compilePolicy(one);
    expect(first?.conditions).toHaveLength(1);
    expect(first?.conditions[0]).toBe(second?.conditions[0]);
    expect(compileOnce(one)[0]?.conditions[0]).not.toBe(first?.conditions[0]);
  });

  it('leaves out statements that do nothing', () => {
    const key = policy('key', ALLOW);
    const inert = { ...key, statements: key.statements.map((each) => ({ ...each, inert: true })) };
    expect([compilePolicy(key).length, compileOnce(inert).length]).toEqual([1, 0]);
  });

  it('is the same for the same policies, unless they are asked once', () => {
    const policies: ApplicablePolicies = { identity: [one] };
    const other: ApplicablePolicies = { identity: policies.identity ?? 'none' };
    const bound = bindPolicies(policies);
    expect(bindPolicies(policies)).toBe(bound);
    const otherwise = bindPolicies(other);
    expect(otherwise).not.toBe(bound);
    // Also after others were asked in between; and what they have in common they share.
    expect(bindPolicies(policies)).toBe(bound);
    expect(otherwise.identity).toEqual(bound.identity);
    const levelOf = ({ identity }: typeof bound) =>
      typeof identity === 'object' ? identity.levels[0] : 'none';
    expect(levelOf(otherwise)).toBe(levelOf(bound));
    const once = bindOnce(policies);
    expect(bindOnce(policies)).not.toBe(once);
    expect(levelOf(once)).not.toBe(levelOf(bound));
  });

  it('of one policy is the same in whichever set', () => {
    const endpoint = policy('vpc-endpoint', ALLOW);
    const layerOf = (policies: ApplicablePolicies) => bindPolicies(policies).vpcEndpoint;
    expect(layerOf({ vpcEndpoint: endpoint })).toBe(layerOf({ vpcEndpoint: endpoint }));
  });

  it('names the statements about an action by their effect, and keeps them for 1,024 actions', () => {
    const { identity } = bindPolicies({ identity: [one] });
    const level = typeof identity === 'object' ? identity.levels[0] : undefined;
    const found = level?.candidates('sqs:PurgeQueue', 'sqs:purgequeue');
    expect([found?.allows, found?.denies].map((all) => all?.map(({ source }) => source.index))).toEqual([
      [0],
      [1],
    ]);
    expect(level?.candidates('sqs:PurgeQueue', 'sqs:purgequeue')).toBe(found);
    for (let at = 0; at < 1023; at += 1) level?.candidates(`sqs:X${at}`, `sqs:x${at}`);
    expect(level?.candidates('sqs:PurgeQueue', 'sqs:purgequeue')).toBe(found);
    level?.candidates('sqs:Last', 'sqs:last');
    expect(level?.candidates('sqs:PurgeQueue', 'sqs:purgequeue')).not.toBe(found);
  });

  it('gives the same verdicts, remembered or not', () => {
    const policies: ApplicablePolicies = { identity: [policy('identity', ALLOW)] };
    const request = sending([]);
    expect(authorize(request, policies)).toBe(authorize(request, policies));
    const { statement: _once, ...once } = authorizeOnce(request, policies);
    const { statement: _kept, ...kept } = authorize(request, policies);
    expect(once).toEqual(kept);
  });
});

describe('a list of patterns', () => {
  const matches = (...patterns: readonly string[]) =>
    matchesAny(patterns.map((each) => compilePieces(parsePieces(each))));
  it.each([
    [[], 'a', false],
    [['a'], 'a', true],
    [['a'], 'b', false],
    [['a*'], 'ab', true],
    [['a', 'b'], 'b', true],
    [['a', 'b'], 'c', false],
    [['a', 'b*'], 'bc', true],
    [['a', 'b*'], 'a', true],
    [['a', 'b*'], 'ac', false],
    [['a*', 'b*'], 'bc', true],
    [['a*', 'b*'], 'c', false],
  ])('%j takes %s: %s', (patterns, value, expected) => expect(matches(...patterns)(value)).toBe(expected));
});
