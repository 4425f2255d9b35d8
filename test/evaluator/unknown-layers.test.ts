import { describe, expect, it } from 'vitest';
import { authorize } from '../../src/evaluator/authorize.js';
import type { ApplicablePolicies, AuthorizationRequest, Caller, Grant } from '../../src/evaluator/request.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import { ALLOW, callerOf, DENY, HERE, policy, sending, unknown, when } from './asking.js';
import { generate, seeded } from './generated-requests.js';

const ELSEWHERE = { Effect: 'Allow', Action: ['sqs:PurgeQueue', 'kms:Encrypt'] };

/** A handful of things that each layer may say. */
function layerChoices(caller: Caller): {
  readonly [L in keyof ApplicablePolicies]: readonly ApplicablePolicies[L][];
} {
  const policies = (type: PolicyType): readonly Policy[] => [
    policy(type, ALLOW),
    policy(type, DENY),
    policy(type, ELSEWHERE),
    policy(type, ALLOW, DENY),
  ];
  const deny = policy('rcp', DENY);
  const principals = [HERE, `arn:aws:iam::${HERE}:role/worker`, `arn:aws:iam::${HERE}:user/alice`];
  const direct = (type: PolicyType): readonly Policy[] =>
    principals.map((AWS) => policy(type, { ...ALLOW, Principal: { AWS } }));
  const service = policy('queue', { ...ALLOW, Principal: { Service: 's3.amazonaws.com' } });
  const grants: Grant[] =
    caller.kind === 'user'
      ? [
          {
            id: 'g',
            grantee: { kind: 'user', text: caller.arn.text, arn: caller.arn },
            operations: ['Decrypt'],
          },
        ]
      : [];
  return {
    identity: ['none', ...policies('identity').map((each) => [each])],
    resource: ['none', ...policies('queue'), ...direct('queue'), ...direct('key'), service],
    permissionsBoundary: ['none', ...policies('permissions-boundary')],
    session: ['none', ...policies('session').map((each) => [each])],
    scp: ['none', ...policies('scp').map((each) => [[each]])],
    rcp: ['none', [[]], [[deny]]],
    vpcEndpoint: ['none', ...policies('vpc-endpoint')],
    grants: ['none', grants],
  };
}

const LAYER_NAMES = {
  identity: ['identity-policy'],
  resource: ['queue-policy', 'key-policy'],
  permissionsBoundary: ['permissions-boundary'],
  session: ['session-policy'],
  scp: ['scp'],
  rcp: ['rcp'],
  vpcEndpoint: ['vpc-endpoint-policy'],
  grants: ['grant'],
} as const;
type LayerField = keyof typeof LAYER_NAMES;
const FIELDS = Object.keys(LAYER_NAMES) as readonly LayerField[];

describe('a layer that is not known', () => {
  it.each(FIELDS)('%s: may say anything, and is named where that changes the decision', (field) => {
    const random = seeded(7);
    let undetermined = 0;
    for (let run = 0; run < 400; run += 1) {
      const { request, policies } = generate(random, 1);
      const verdict = authorize(request, { ...policies, [field]: 'unknown' });
      const found = new Set<string>();
      for (const choice of layerChoices(request.caller)[field] ?? []) {
        found.add(authorize(request, { ...policies, [field]: choice }).decision);
      }
      expect(verdict.possible, `run ${run}`).toEqual(expect.arrayContaining([...found]));
      if (verdict.decision !== 'undetermined') continue;
      undetermined += 1;
      expect(verdict.dependsOn, `run ${run}`).toHaveLength(1);
      expect(LAYER_NAMES[field]).toContain(verdict.dependsOn[0]);
      expect(
        verdict.statement === undefined || verdict.decidedBy !== verdict.dependsOn[0],
        `run ${run}`,
      ).toBe(true);
    }
    expect(undetermined).toBeGreaterThan(10);
  });

  it('is not named when an explicit deny elsewhere decides', () => {
    const policies: ApplicablePolicies = {
      identity: [policy('identity', DENY)],
      resource: 'unknown',
      scp: 'unknown',
    };
    expect(authorize(sending([]), policies)).toMatchObject({ decision: 'explicitDeny', dependsOn: [] });
  });

  it('lends its name to no statement of another layer', () => {
    const policies: ApplicablePolicies = { scp: 'unknown', identity: [policy('identity', DENY)] };
    const verdict = authorize(sending([]), policies);
    expect(verdict).toMatchObject({ decision: 'explicitDeny', decidedBy: 'scp' });
    expect(verdict.statement).toBeUndefined();
  });
});

describe('a layer that is not given', () => {
  const request: AuthorizationRequest = {
    ...sending([]),
    caller: callerOf(`arn:aws:sts::${HERE}:assumed-role/worker/one`),
  };
  const given: ApplicablePolicies = {
    identity: [policy('identity', ALLOW)],
    resource: 'none',
    permissionsBoundary: 'none',
    session: 'none',
    scp: 'none',
    rcp: 'none',
    vpcEndpoint: 'none',
  };
  it.each([
    ['scp', 'scp'],
    ['rcp', 'rcp'],
    ['session', 'session-policy'],
    ['permissionsBoundary', 'permissions-boundary'],
    ['resource', 'queue-policy'],
  ] as const)('is named as assumed on an allow, and none is not: %s', (field, name) => {
    const { [field]: _left, ...withheld } = given;
    const layer = name === 'queue-policy' ? 'resource-policy' : name;
    expect(authorize(request, given)).toMatchObject({ decision: 'allowed', assumed: [] });
    expect(authorize(request, withheld)).toMatchObject({ decision: 'allowed', assumed: [layer] });
  });
  it('is named as assumed on an undetermined verdict that may allow', () => {
    const identity = [policy('identity', when('Allow', { StringEquals: { 'my:K': 'a' } }))];
    const { scp: _left, ...withheld } = given;
    expect(authorize(unknown(request, ['my:K']), { ...withheld, identity }).assumed).toEqual(['scp']);
  });
});
