import { describe, expect, it } from 'vitest';
import { segmentOf } from '../../src/catalogue/condition-keys.js';
import { type ContextValue, UNKNOWN } from '../../src/conditions/context.js';
import { authorize } from '../../src/evaluator/authorize.js';
import { readCaller } from '../../src/evaluator/caller.js';
import { contextFrom } from '../../src/evaluator/derive-context.js';
import type { ApplicablePolicies, AuthorizationRequest, Caller, Grant } from '../../src/evaluator/request.js';
import type { Verdict } from '../../src/evaluator/verdict.js';
import { policyFrom } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import { domainOf, generate, seeded } from './generated-requests.js';

type Assignment = readonly (readonly [key: string, value: ContextValue | undefined])[];

/** The request with other values of some keys; `undefined` leaves a key absent. */
function withKeys(request: AuthorizationRequest, values: Assignment): AuthorizationRequest {
  const { principal, network, resource, call } = request.context;
  return { ...request, context: contextFrom(principal, network, resource, call, values) };
}

function unknown(request: AuthorizationRequest, keys: readonly string[]): AuthorizationRequest {
  return withKeys(
    request,
    keys.map((key) => [key, UNKNOWN] as const),
  );
}

const WORST_FIRST = ['explicitDeny', 'implicitDeny', 'allowed'];

interface BruteForce {
  readonly decisions: readonly string[];
  /** The keys that change the decision, all others being equal. */
  readonly telling: readonly string[];
}

function bruteForce(
  request: AuthorizationRequest,
  policies: ApplicablePolicies,
  open: readonly string[],
): BruteForce {
  const [first = '', second] = open;
  const others = second === undefined ? [undefined] : domainOf(second);
  const all = new Set<string>();
  const telling = new Set<string>();
  const columns = others.map(() => '');
  const setFirst = setter(request, first);
  const setSecond = second === undefined ? () => {} : setter(request, second);
  for (const value of domainOf(first)) {
    setFirst(value);
    const row = new Set<string>();
    others.forEach((other, at) => {
      setSecond(other);
      const { decision } = authorize(request, policies);
      all.add(decision);
      row.add(decision);
      if (columns[at] !== '' && columns[at] !== decision) telling.add(first);
      columns[at] = decision;
    });
    if (row.size > 1 && second !== undefined) telling.add(second);
  }
  setFirst(undefined);
  setSecond(undefined);
  return { decisions: WORST_FIRST.filter((decision) => all.has(decision)), telling: [...telling].sort() };
}

/** Sets a key in the request itself: millions of requests are asked about. */
function setter(request: AuthorizationRequest, key: string): (value: ContextValue | undefined) => void {
  const slot = key.toLowerCase();
  const segment = request.context[segmentOf(slot)];
  if (!(segment instanceof Map)) throw new Error('a generated segment is a map');
  return (value) => (value === undefined ? segment.delete(slot) : segment.set(slot, value));
}

describe('a verdict over unknown context values', () => {
  const random = seeded(20_260_903);
  const total = 10_000;
  const missing: string[] = [];
  const wide: string[] = [];
  const badShape: string[] = [];
  const badWitness: string[] = [];
  const missedKeys: string[] = [];
  let undetermined = 0;
  let tooManyKeys = 0;

  it('is worked out for generated requests under policies of all layers', () => {
    for (let run = 0; run < total; run += 1) {
      const { request, policies, open } = generate(random);
      const verdict = authorize(unknown(request, open), policies);
      const { decisions, telling } = bruteForce(request, policies, open);
      const isOpen = verdict.decision === 'undetermined';
      const story = `${run}: ${open.join()}: ${verdict.possible.join()} (${decisions.join()}) on ${verdict.dependsOn.join()}`;
      if (!decisions.every((decision) => verdict.possible.some((one) => one === decision)))
        missing.push(story);
      if (verdict.possible.length !== decisions.length) wide.push(story);
      if (isOpen !== verdict.possible.length > 1 || isOpen !== verdict.dependsOn.length > 0)
        badShape.push(story);
      if (!telling.every((key) => verdict.dependsOn.includes(key))) missedKeys.push(story);
      if (verdict.dependsOn.length > telling.length) tooManyKeys += 1;
      for (const { decision, values } of verdict.witnesses ?? []) {
        if (authorize(withKeys(unknown(request, open), values), policies).decision !== decision)
          badWitness.push(story);
      }
      if (isOpen) undetermined += 1;
    }
    expect(undetermined).toBeGreaterThan(total / 5);
  });

  it('leaves out no decision that some value brings about', () => expect(missing).toEqual([]));
  it('names no decision that no value brings about, but for a few that cannot be told', () => {
    expect(wide.length, wide.slice(0, 10).join('\n')).toBeLessThan(total / 500);
  });
  it('is undetermined exactly when several decisions are possible, and then names what it hangs on', () => {
    expect(badShape).toEqual([]);
  });
  it('leaves out no key that changes the decision', () => expect(missedKeys).toEqual([]));
  it('seldom names a key that changes nothing', () => expect(tooManyKeys).toBeLessThan(total / 100));
  it('gives values of the keys with which each decision is sure', () => expect(badWitness).toEqual([]));
});

const HERE = '111122223333';
const QUEUE = `arn:aws:sqs:us-east-1:${HERE}:orders`;
const KEY = `arn:aws:kms:us-east-1:${HERE}:key/1`;

function callerOf(text: string): Caller {
  const caller = readCaller(text, {});
  if (caller === undefined) throw new Error(text);
  return caller;
}

function policy(type: PolicyType, ...statements: readonly Record<string, unknown>[]): Policy {
  const principal = ['queue', 'key', 'rcp', 'vpc-endpoint'].includes(type) ? { Principal: '*' } : {};
  const named = statements.map((statement) => ({
    ...('NotPrincipal' in statement ? {} : principal),
    Action: ['sqs:*', 'kms:*'],
    Resource: '*',
    ...statement,
  }));
  const read = policyFrom({ Version: '2012-10-17', Statement: named }, type);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.value;
}

const ALLOW = { Effect: 'Allow' };
const DENY = { Effect: 'Deny' };
const when = (effect: string, Condition: unknown): Record<string, unknown> => ({ Effect: effect, Condition });

function sending(keys: readonly string[], known: Assignment = []): AuthorizationRequest {
  const request: AuthorizationRequest = {
    caller: callerOf(`arn:aws:iam::${HERE}:user/alice`),
    action: 'sqs:SendMessage',
    resource: { arn: QUEUE, account: HERE },
    context: contextFrom(known),
  };
  return unknown(request, keys);
}

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
    const verdict = authorize(sending([...keys, 'my:Wide']), policies);
    expect(verdict.possible).toEqual(['explicitDeny', 'implicitDeny', 'allowed']);
    expect(verdict.dependsOn).toHaveLength(41);
  }, 2000);
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
