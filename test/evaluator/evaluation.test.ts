import { describe, expect, it } from 'vitest';
import { authorize } from '../../src/evaluator/authorize.js';
import { recordTrace } from '../../src/evaluator/recorder.js';
import type { ApplicablePolicies, AuthorizationRequest, Caller } from '../../src/evaluator/request.js';
import {
  ALLOW,
  callerOf,
  DENY,
  HERE,
  KEY,
  policy,
  QUEUE,
  sending,
  unknown,
  when,
  withKeys,
} from './asking.js';

const ALICE = callerOf(`arn:aws:iam::${HERE}:user/alice`);
const WORKER = callerOf(`arn:aws:sts::${HERE}:assumed-role/worker/one`);
const ROOT = callerOf(`arn:aws:iam::${HERE}:root`);
const BOB = callerOf(`arn:aws:sts::${HERE}:federated-user/bob`);
const SNS: Caller = { kind: 'service', host: 'sns.amazonaws.com' };
const NOBODY: Caller = { kind: 'anonymous' };

const ask = (caller: Caller, action = 'sqs:SendMessage', arn = QUEUE): AuthorizationRequest => ({
  ...sending([]),
  caller,
  action,
  resource: arn === '*' ? { arn } : { arn, account: HERE },
});
const identity = [policy('identity', ALLOW)];
const forHere = { ...ALLOW, Principal: { AWS: HERE } };
const forRole = { ...ALLOW, Principal: { AWS: `arn:aws:iam::${HERE}:role/worker` } };

const ALL = ['rcp', 'scp', 'resource-policy', 'permissions-boundary', 'session-policy'];

describe('the layers that were not given and could have changed the answer', () => {
  const without = (...layers: readonly string[]): readonly string[] =>
    ALL.filter((layer) => !layers.includes(layer));
  it.each<readonly [string, AuthorizationRequest, ApplicablePolicies, readonly string[]]>([
    ['a session', ask(WORKER), { identity }, ALL],
    ['a user, who has no session', ask(ALICE), { identity }, without('session-policy')],
    ['a root user, to whom nothing is attached', ask(ROOT), {}, ['rcp', 'scp', 'resource-policy']],
    ['a service, which no organization limits', ask(SNS), { resource: policy('queue', ALLOW) }, ['rcp']],
    ['nobody in particular', ask(NOBODY), { resource: policy('queue', ALLOW) }, ['rcp']],
    [
      'no resource',
      ask(ALICE, 'sqs:ListQueues', '*'),
      { identity },
      without('session-policy', 'resource-policy'),
    ],
    [
      'a service without RCPs',
      ask(ALICE, 'sns:Publish', `arn:aws:sns:us-east-1:${HERE}:t`),
      { identity: [policy('identity', { ...ALLOW, Action: '*' })] },
      without('rcp', 'session-policy'),
    ],
    ['a key without a policy', ask(ALICE, 'kms:Decrypt', KEY), { identity }, ['resource-policy', 'grant']],
    [
      'a key without grants',
      ask(ALICE, 'kms:Decrypt', KEY),
      { resource: policy('key', forHere) },
      ['identity-policy', 'grant'],
    ],
    ['a queue that is refused', ask(ALICE), {}, ['resource-policy', 'identity-policy']],
    ['what is denied anyway', ask(ALICE), { identity: [policy('identity', DENY)] }, []],
    [
      'the management account',
      ask(ALICE),
      { identity, principalInManagementAccount: true, resourceInManagementAccount: true },
      without('rcp', 'scp', 'session-policy'),
    ],
    [
      'a service-linked role',
      ask(WORKER.kind === 'session' ? { ...WORKER, serviceLinked: true } : WORKER),
      { identity },
      without('rcp', 'scp'),
    ],
  ])('%s', (_title, request, policies, assumed) => {
    expect(authorize(request, policies).assumed).toEqual(assumed);
  });

  it.each<readonly [keyof ApplicablePolicies, string]>([
    ['rcp', 'rcp'],
    ['scp', 'scp'],
    ['resource', 'resource-policy'],
    ['permissionsBoundary', 'permissions-boundary'],
    ['session', 'session-policy'],
  ])('are not assumed when it is known that there is none: %s', (field, layer) => {
    expect(authorize(ask(WORKER), { identity, [field]: 'none' }).assumed).toEqual(without(layer));
  });

  it('an endpoint policy, only for a request that came through an endpoint, and from its caller', () => {
    const through = withKeys(ask(ALICE), [['aws:SourceVpce', 'vpce-1']]);
    const assumed = (request: AuthorizationRequest, policies: ApplicablePolicies = { identity }) =>
      authorize(request, policies).assumed.includes('vpc-endpoint-policy');
    expect(assumed(through)).toBe(true);
    expect(assumed(ask(ALICE))).toBe(false);
    expect(assumed(through, { identity, vpcEndpoint: 'none' })).toBe(false);
    expect(assumed({ ...through, through: { service: 'sqs', region: 'us-east-1' } })).toBe(false);
  });
});

describe('a layer that does not apply says nothing', () => {
  const denying: ApplicablePolicies = {
    identity: [policy('identity', DENY)],
    permissionsBoundary: policy('permissions-boundary', DENY),
    session: [policy('session', DENY)],
    scp: [[policy('scp', DENY)]],
    rcp: [[policy('rcp', DENY)]],
    vpcEndpoint: policy('vpc-endpoint', DENY),
  };
  const { rcp: _rcp, ...withoutRcp } = denying;
  const { scp: _scp, ...rootless } = withoutRcp;
  const { vpcEndpoint: _endpoint, ...forServices } = withoutRcp;
  const { vpcEndpoint: _endpoints, ...forRoot } = rootless;
  const resource = policy('queue', ALLOW);
  it.each<readonly [string, AuthorizationRequest, ApplicablePolicies, string, string]>([
    ['of all, the RCP', ask(WORKER), denying, 'explicitDeny', 'rcp'],
    ['then the SCP', ask(WORKER), withoutRcp, 'explicitDeny', 'scp'],
    ['then the endpoint', ask(WORKER), rootless, 'explicitDeny', 'vpc-endpoint-policy'],
    ['to a root user, policies of a principal', ask(ROOT), forRoot, 'allowed', 'identity-policy'],
    [
      'to a service, all but RCP and endpoint',
      ask(SNS),
      { ...forServices, resource },
      'allowed',
      'queue-policy',
    ],
    [
      'to a service, not the endpoint',
      ask(SNS),
      { ...withoutRcp, resource },
      'explicitDeny',
      'vpc-endpoint-policy',
    ],
    [
      'to nobody in particular, all but these',
      ask(NOBODY),
      { ...forServices, resource },
      'allowed',
      'queue-policy',
    ],
    [
      'to a user, the session',
      ask(ALICE),
      { identity, session: [policy('session', DENY)] },
      'allowed',
      'identity-policy',
    ],
    [
      'to a forwarded call, the endpoint',
      { ...ask(ALICE), through: { service: 'sqs', region: 'r' } },
      { identity, vpcEndpoint: policy('vpc-endpoint', DENY) },
      'allowed',
      'identity-policy',
    ],
    [
      'to a federated user, not the session',
      ask(BOB),
      { identity, session: [policy('session', DENY)] },
      'explicitDeny',
      'session-policy',
    ],
  ])('%s', (_title, request, policies, decision, decidedBy) => {
    expect(authorize(request, policies)).toMatchObject({ decision, decidedBy });
  });

  it('to a recorder either', () => {
    const layersTold = (caller: Caller, policies: ApplicablePolicies) => {
      const recorder = recordTrace();
      authorize(ask(caller), policies, recorder);
      return recorder.trace.flatMap((entry) => (entry.what === 'layer' ? [entry.layer] : []));
    };
    const all = [
      'rcp',
      'scp',
      'vpc-endpoint-policy',
      'resource-policy',
      'identity-policy',
      'permissions-boundary',
      'session-policy',
    ];
    expect(layersTold(WORKER, { ...denying, resource })).toEqual(all);
    expect(layersTold(ALICE, { ...denying, resource })).toEqual(all.slice(0, -1));
    expect(layersTold(ROOT, { ...denying, resource })).toEqual(all.slice(0, 4));
    expect(layersTold(SNS, { ...denying, resource })).toEqual([
      'rcp',
      'vpc-endpoint-policy',
      'resource-policy',
    ]);
    expect(layersTold(ALICE, { ...denying, resource: 'none', scp: 'unknown' })).not.toContain('scp');
  });
});

describe('what is asked', () => {
  it.each<readonly [string, AuthorizationRequest, ApplicablePolicies, string, string]>([
    [
      'a key by its alias needs its key policy',
      ask(ALICE, 'kms:Decrypt', `arn:aws:kms:us-east-1:${HERE}:alias/a`),
      { identity },
      'implicitDeny',
      'key-policy',
    ],
    [
      'a call of STS on no role needs no trust policy',
      ask(ALICE, 'sts:GetSessionToken', '*'),
      { identity },
      'allowed',
      'identity-policy',
    ],
    [
      'a role needs its trust policy',
      ask(ALICE, 'sts:AssumeRole', `arn:aws:iam::${HERE}:role/worker`),
      { identity: [policy('identity', { ...ALLOW, Action: 'sts:*' })] },
      'implicitDeny',
      'resource-policy',
    ],
    [
      'a key that is known to have no grants',
      ask(ALICE, 'kms:Decrypt', KEY),
      { grants: 'none' },
      'implicitDeny',
      'key-policy',
    ],
    [
      'retiring a grant of one’s own key',
      ask(ALICE, 'kms:RetireGrant', KEY),
      { identity: [policy('identity', ALLOW)], grants: [] },
      'allowed',
      'grant',
    ],
  ])('%s', (_title, request, policies, decision, decidedBy) => {
    const known =
      'identity' in policies && request.action.startsWith('sts:GetSession')
        ? { ...policies, identity: [policy('identity', { ...ALLOW, Action: 'sts:*' })] }
        : policies;
    expect(authorize(request, known)).toMatchObject({ decision, decidedBy });
  });
});

describe('the statement that decides', () => {
  const told = (request: AuthorizationRequest, policies: ApplicablePolicies) => {
    const { decision, decidedBy, statement } = authorize(request, policies);
    return [decision, decidedBy, statement?.policy.type, statement?.statement];
  };
  const never = when('Allow', { StringEquals: { 'my:K': 'other' } });
  const always = when('Allow', { Null: { 'my:K': 'true' } });

  it('is that of the identity policy, whatever limits it', () => {
    const policies: ApplicablePolicies = {
      identity: [policy('identity', never, always)],
      permissionsBoundary: policy('permissions-boundary', always),
      session: [policy('session', always)],
      scp: [[policy('scp', always)]],
    };
    expect(told(ask(WORKER), policies)).toEqual(['allowed', 'identity-policy', 'identity', 1]);
  });

  it('is the one that reaches furthest, and the first of those', () => {
    const resource = policy('queue', forHere, forRole, forRole, forHere);
    expect(told(ask(WORKER), { resource })).toEqual(['allowed', 'queue-policy', 'queue', 1]);
    expect(told(ask(WORKER), { resource: policy('queue', forRole, ALLOW, ALLOW) })).toEqual([
      'allowed',
      'queue-policy',
      'queue',
      1,
    ]);
  });

  it('does not hang on one that reaches less far', () => {
    const open = { ...when('Allow', { StringEquals: { 'my:K': 'a' } }), Principal: { AWS: HERE } };
    const request = unknown(ask(WORKER), ['my:K']);
    expect(told(request, { resource: policy('queue', open, forRole) })).toEqual([
      'allowed',
      'queue-policy',
      'queue',
      1,
    ]);
    expect(authorize(request, { resource: policy('queue', open, forRole) }).dependsOn).toEqual([]);
    expect(authorize(request, { resource: policy('queue', open), identity: 'none' })).toMatchObject({
      decision: 'implicitDeny',
    });
  });
});
