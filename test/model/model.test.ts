import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conditionHolds } from './condition.js';
import { expandVariables } from './context.js';
import { decide, type Layer } from './decide.js';
import { ALL_FACTS, FACT_NAMES, factsWithout } from './facts.js';
import type { Document, Line, OneOrMany, Statement } from './request.js';
import { keepStarsInSegments, literalTokens, matchesTokens, plainText, wildcardTokens } from './wildcard.js';

interface Example extends Line {
  readonly id: string;
  readonly situation: string;
  readonly expect: 'allow' | 'deny-explicit' | 'deny-implicit';
}

const examples = JSON.parse(
  readFileSync(new URL('../conformance/kms-examples.json', import.meta.url), 'utf8'),
) as {
  readonly cases: readonly Example[];
};
const DECISIONS = {
  allow: 'allowed',
  'deny-explicit': 'explicitDeny',
  'deny-implicit': 'implicitDeny',
} as const;

describe('the model decides the worked KMS examples', () => {
  it('has all of them', () => expect(examples.cases).toHaveLength(133));
  it.each(examples.cases.map((example) => [example.id, example.situation, example] as const))(
    '%s: %s',
    (_, __, example) => {
      expect(decide({ ...example, contextIsComplete: true }).decision).toBe(DECISIONS[example.expect]);
    },
  );
});

describe('a wildcard', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'a:b/c', true],
    ['?', '', false],
    ['?', ':', true],
    ['a*c', 'abc', true],
    ['a*c', 'abcd', false],
    ['*a*a*b', 'aaaaab', true],
    ['a?c', 'ac', false],
    ['**?', 'x', true],
    ['A*', 'ab', false],
  ])('`%s` on `%s`: %s', (pattern, text, expected) => {
    expect(matchesTokens(wildcardTokens(pattern), text)).toBe(expected);
  });

  it('reads substituted text literally', () => expect(matchesTokens(literalTokens('*'), 'a')).toBe(false));

  it.each([
    ['*', 'arn:aws:kms:us-west-2:111122223333:key/1', true],
    ['arn:aws:kms:*', 'arn:aws:kms:us-west-2:111122223333:key/1', true],
    ['arn:aws:sqs:us-east-*', 'arn:aws:sqs:us-east-1:111122223333:orders', true],
    ['arn:aws:sqs:us-*-1:111122223333:orders', 'arn:aws:sqs:us-east-1:111122223333:orders', true],
    ['arn:aws:sqs:*-1:111122223333:orders', 'arn:aws:sqs:us-east-1:111122223333:orders', true],
    ['arn:aws:sqs:u*3:orders', 'arn:aws:sqs:us-east-1:111122223333:orders', false],
    ['arn:aws:sqs:*:orders', 'arn:aws:sqs:us-east-1:111122223333:orders', true],
    ['arn:aws:sns:*:*:t*c', 'arn:aws:sns:us-east-1:111122223333:topic:abc', true],
    ['*orders', 'arn:aws:sqs:us-east-1:111122223333:orders', false],
  ])('in Resource, `%s` on `%s`: %s', (pattern, text, expected) => {
    expect(matchesTokens(keepStarsInSegments(wildcardTokens(pattern)), text)).toBe(expected);
  });
});

const context = new Map(
  Object.entries({
    k: 'v',
    n: '30',
    d: '2026-10-01T00:00:00Z',
    b: 'true',
    e: '',
    ip: '10.1.2.3',
    ip6: '2001:db8::1',
  })
    .map(([key, value]): [string, { values: readonly string[]; multivalued: boolean }] => [
      key,
      { values: [value], multivalued: false },
    ])
    .concat([
      ['m', { values: ['a', 'b'], multivalued: true }],
      ['arn', { values: ['arn:aws:sns:us-east-1:111122223333:topic:x'], multivalued: false }],
      ['bin', { values: ['QmluYXJ5'], multivalued: false }],
    ]),
);

describe('a condition', () => {
  it.each<readonly [string, string, OneOrMany<string | number | boolean>, boolean]>([
    ['StringEquals', 'K', 'v', true],
    ['StringEquals', 'k', 'V', false],
    ['stringequals', 'k', ['x', 'v'], true],
    ['StringEquals', 'k', '*', false],
    ['StringEquals', 'k', '${K}', true],
    ['StringEquals', 'k', '${missing}', false],
    ['StringNotEquals', 'k', '${missing}', true],
    ['StringEquals', 'k', "${missing, 'v'}", true],
    ['StringEquals', 'k', '${m}', false],
    ['StringNotEquals', 'k', ['x', 'v'], false],
    ['StringNotEquals', 'k', ['x', 'y'], true],
    ['StringEqualsIgnoreCase', 'k', 'V', true],
    ['StringLike', 'k', '?', true],
    ['StringNotLike', 'k', '?', false],
    ['StringEquals', 'missing', 'v', false],
    ['StringNotEquals', 'missing', 'v', true],
    ['StringEqualsIfExists', 'missing', 'v', true],
    ['StringEqualsIfExists', 'k', 'w', false],
    ['ForAllValues:StringEquals', 'm', ['a', 'b', 'c'], true],
    ['ForAllValues:StringEquals', 'm', ['a'], false],
    ['ForAllValues:StringNotEquals', 'm', ['c'], true],
    ['ForAllValues:StringNotEquals', 'm', ['a'], false],
    ['ForAllValues:StringEquals', 'missing', ['a'], true],
    ['ForAllValues:StringEquals', 'e', ['a'], true],
    ['ForAnyValue:StringEquals', 'm', ['b', 'c'], true],
    ['ForAnyValue:StringNotEquals', 'm', ['a'], true],
    ['ForAnyValue:StringNotEquals', 'm', ['a', 'b'], false],
    ['ForAnyValue:StringNotEquals', 'missing', ['a'], false],
    ['ForAnyValue:StringEqualsIfExists', 'missing', ['a'], true],
    ['StringEquals', 'm', 'a', true],
    ['StringNotEquals', 'm', 'a', false],
    ['Null', 'missing', true, true],
    ['Null', 'missing', 'false', false],
    ['Null', 'k', 'false', true],
    ['Null', 'e', 'false', false],
    ['NumericEquals', 'n', 30, true],
    ['NumericEquals', 'n', '30.0', true],
    ['NumericLessThan', 'n', '30.01', true],
    ['NumericGreaterThanEquals', 'n', '31', false],
    ['NumericEquals', 'n', 'x', false],
    ['NumericNotEquals', 'n', 'x', true],
    ['NumericLessThan', 'n', '99999999999999999999', true],
    ['DateEquals', 'd', '2026-10-01', true],
    ['DateEquals', 'd', '2026-10', true],
    ['DateEquals', 'd', '2026-10-01T02:00+02:00', true],
    ['DateEquals', 'd', '1790812800', true],
    ['DateLessThan', 'd', '2026-10-01T00:00:00.5Z', true],
    ['DateGreaterThan', 'd', '2026', true],
    ['DateNotEquals', 'd', '2026-02-30', true],
    ['Bool', 'b', true, true],
    ['Bool', 'b', 'TRUE', true],
    ['Bool', 'b', 'yes', false],
    ['BinaryEquals', 'bin', 'QmluYXJ5', true],
    ['BinaryEquals', 'bin', 'QmluYXJ6', false],
    ['IpAddress', 'ip', '10.0.0.0/8', true],
    ['IpAddress', 'ip', '10.1.2.3', true],
    ['IpAddress', 'ip', '10.1.2.0/33', false],
    ['NotIpAddress', 'ip6', '0.0.0.0/0', true],
    ['IpAddress', 'ip6', '2001:DB8::/32', true],
    ['ArnLike', 'arn', 'arn:aws:sns:*:*:topic:?', true],
    ['ArnEquals', 'arn', 'arn:aws:sns:*:topic:x', false],
    ['ArnLike', 'arn', '*', false],
    ['ArnNotLike', 'arn', '*', true],
    ['ArnLike', 'k', 'arn:*:*:*:*:*', false],
  ])('%s %s %s: %s', (operator, key, wanted, expected) => {
    const scope = { context, variables: true, facts: ALL_FACTS };
    expect(conditionHolds({ [operator]: { [key]: wanted } }, scope)).toBe(expected);
  });

  it('takes special variables as characters', () => {
    expect(
      plainText(expandVariables('a${*}${?}${$}{b', 0, { context, variables: true, facts: ALL_FACTS }) ?? []),
    ).toBe('a*?${b');
  });
});

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';
const USER = 'arn:aws:iam::111122223333:user/alice';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/App/s1';
const ROLE = 'arn:aws:iam::111122223333:role/App';
const OUTSIDER = 'arn:aws:iam::444455556666:user/eve';

function policy(...statements: readonly Statement[]): Document {
  return { Version: '2012-10-17', Statement: statements };
}
const allow = (AWS?: string): Document =>
  policy({
    Effect: 'Allow',
    ...(AWS === undefined ? {} : { Principal: { AWS } }),
    Action: '*',
    Resource: '*',
  });
const deny = (AWS?: string): Document =>
  policy({
    Effect: 'Deny',
    ...(AWS === undefined ? {} : { Principal: { AWS } }),
    Action: '*',
    Resource: '*',
  });
const spare = (...AWS: readonly string[]): Document =>
  policy(...(allow('*').Statement as readonly Statement[]), {
    Effect: 'Deny',
    NotPrincipal: { AWS },
    Action: '*',
    Resource: '*',
  });
const nothing = policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' });

describe('on a queue', () => {
  it.each<readonly [string, string, Omit<Line, 'request'>, string, Layer]>([
    ['an identity policy is enough', USER, { identity: [allow()] }, 'allowed', 'identity-policy'],
    ['the queue policy is enough', SESSION, { resourcePolicy: allow(ROLE) }, 'allowed', 'queue-policy'],
    [
      'the account only delegates',
      USER,
      { resourcePolicy: allow('111122223333') },
      'implicitDeny',
      'identity-policy',
    ],
    [
      'a role ARN is limited by the boundary',
      SESSION,
      { resourcePolicy: allow(ROLE), boundary: nothing },
      'implicitDeny',
      'permissions-boundary',
    ],
    [
      'a role ARN is limited by the session policy',
      SESSION,
      { resourcePolicy: allow(ROLE), sessionPolicy: nothing },
      'implicitDeny',
      'session-policy',
    ],
    [
      'a session ARN is not limited',
      SESSION,
      { resourcePolicy: allow(SESSION), boundary: nothing },
      'allowed',
      'queue-policy',
    ],
    [
      'a role ARN as caller is no session ARN',
      ROLE,
      { resourcePolicy: allow(SESSION) },
      'implicitDeny',
      'identity-policy',
    ],
    ['an SCP level must allow', USER, { identity: [allow()], scps: [[allow()], []] }, 'implicitDeny', 'scp'],
    ['the root user needs nothing', 'arn:aws:iam::111122223333:root', {}, 'allowed', 'identity-policy'],
    [
      'an explicit deny wins',
      USER,
      { identity: [allow()], resourcePolicy: deny('*') },
      'explicitDeny',
      'queue-policy',
    ],
    ['the RCP is named first', USER, { rcps: [[deny('*')]], identity: [deny()] }, 'explicitDeny', 'rcp'],
    [
      'an outsider needs both sides: identity',
      OUTSIDER,
      { resourcePolicy: allow('*') },
      'implicitDeny',
      'identity-policy',
    ],
    [
      'an outsider needs both sides: queue',
      OUTSIDER,
      { identity: [allow()] },
      'implicitDeny',
      'queue-policy',
    ],
    [
      'an outsider with both passes',
      OUTSIDER,
      { identity: [allow()], resourcePolicy: allow(OUTSIDER) },
      'allowed',
      'identity-policy',
    ],
    [
      'a service needs the queue policy',
      'sns.amazonaws.com',
      { resourcePolicy: allow('*') },
      'allowed',
      'queue-policy',
    ],
    [
      'anonymous callers pass by the star',
      'anonymous',
      { resourcePolicy: allow('*') },
      'allowed',
      'queue-policy',
    ],
    [
      'account and user escape NotPrincipal',
      USER,
      { resourcePolicy: spare('111122223333', USER) },
      'allowed',
      'queue-policy',
    ],
    ['the user alone does not', USER, { resourcePolicy: spare(USER) }, 'explicitDeny', 'queue-policy'],
    [
      'a session needs its role listed',
      SESSION,
      { resourcePolicy: spare('111122223333', SESSION) },
      'explicitDeny',
      'queue-policy',
    ],
    [
      'a boundary never escapes',
      USER,
      { resourcePolicy: spare('111122223333', USER), boundary: allow() },
      'explicitDeny',
      'queue-policy',
    ],
    [
      'a service never escapes AWS entries',
      'sns.amazonaws.com',
      { resourcePolicy: spare('111122223333') },
      'explicitDeny',
      'queue-policy',
    ],
  ])('%s', (_, principal, policies, decision, decidedBy) => {
    const line: Line = { request: { principal, action: 'sqs:SendMessage', resource: QUEUE }, ...policies };
    expect(decide(line)).toEqual({ decision, decidedBy });
  });

  it('some actions are never shared', () => {
    const request = { principal: OUTSIDER, action: 'sqs:TagQueue', resource: QUEUE };
    const line: Line = { request, identity: [allow()], resourcePolicy: allow('*') };
    expect(decide(line).decidedBy).toBe('cross-account-exclusion');
    expect(decide(line, factsWithout('sqs-unshared-actions')).decision).toBe('allowed');
  });
});

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1';
const root = (account: string) => `arn:aws:iam::${account}:root`;
const closed = policy({ Effect: 'Allow', Principal: { AWS: ROLE }, Action: 'kms:ListGrants', Resource: '*' });
const granting = (granteePrincipal: string, ...operations: readonly string[]) => ({
  grants: [{ granteePrincipal, operations }],
});

describe('on a key', () => {
  it.each<readonly [string, string, string, Omit<Line, 'request'>, string, Layer]>([
    [
      'the key policy must delegate',
      USER,
      'Decrypt',
      { keyPolicy: closed, identity: [allow()] },
      'implicitDeny',
      'key-policy',
    ],
    [
      'delegation needs an identity policy',
      USER,
      'Decrypt',
      { keyPolicy: allow(root('111122223333')) },
      'implicitDeny',
      'identity-policy',
    ],
    [
      'delegation with one allows',
      USER,
      'Decrypt',
      { keyPolicy: allow('111122223333'), identity: [allow()] },
      'allowed',
      'identity-policy',
    ],
    [
      'a grant is enough',
      OUTSIDER,
      'Decrypt',
      { keyPolicy: closed, ...granting(OUTSIDER, 'Decrypt') },
      'allowed',
      'grant',
    ],
    [
      'a grant to the account delegates',
      OUTSIDER,
      'Decrypt',
      granting(root('444455556666'), 'Decrypt'),
      'implicitDeny',
      'identity-policy',
    ],
    [
      'a grant to a role is limited',
      SESSION,
      'Decrypt',
      { ...granting(ROLE, 'Decrypt'), boundary: nothing },
      'implicitDeny',
      'permissions-boundary',
    ],
    [
      'a deny beats a grant',
      SESSION,
      'Decrypt',
      { ...granting(ROLE, 'Decrypt'), keyPolicy: deny('*') },
      'explicitDeny',
      'key-policy',
    ],
    [
      'no grant gives ListGrants',
      USER,
      'ListGrants',
      granting(USER, 'ListGrants'),
      'implicitDeny',
      'key-policy',
    ],
    [
      'actions that cannot be shared',
      OUTSIDER,
      'PutKeyPolicy',
      { keyPolicy: allow('*'), identity: [allow()] },
      'implicitDeny',
      'cross-account-exclusion',
    ],
    [
      'the key account delegates retiring',
      USER,
      'RetireGrant',
      { identity: [allow()], keyPolicy: deny('*') },
      'allowed',
      'grant',
    ],
    [
      'outsiders cannot retire by identity',
      OUTSIDER,
      'RetireGrant',
      { identity: [allow()], keyPolicy: allow('*') },
      'implicitDeny',
      'key-policy',
    ],
    [
      'RCPs spare AWS managed keys',
      USER,
      'Decrypt',
      { keyManager: 'AWS', keyPolicy: allow('*'), rcps: [[deny('*')]] },
      'allowed',
      'key-policy',
    ],
    [
      'unsigned requests never reach a key',
      'anonymous',
      'Decrypt',
      { keyPolicy: allow('*') },
      'implicitDeny',
      'key-policy',
    ],
  ])('%s', (_, principal, operation, policies, decision, decidedBy) => {
    expect(
      decide({ request: { principal, action: `kms:${operation}`, resource: KEY }, ...policies }),
    ).toEqual({ decision, decidedBy });
  });
});

describe('the context', () => {
  it.each([
    [SESSION, 'aws:PrincipalArn', ROLE],
    [SESSION, 'aws:PrincipalType', 'AssumedRole'],
    [USER, 'aws:username', 'alice'],
    [USER, 'kms:CallerAccount', '111122223333'],
    [USER, 'aws:RequestedRegion', 'us-east-1'],
    ['sns.amazonaws.com', 'aws:PrincipalServiceName', 'sns.amazonaws.com'],
    ['sns.amazonaws.com', 'aws:ResourceAccount', '111122223333'],
  ])('of %s derives %s, unless it is complete', (principal, key, value) => {
    const Condition = { StringEquals: { [key]: value } };
    const keyPolicy = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition });
    const line: Line = { request: { principal, action: 'kms:Decrypt', resource: KEY }, keyPolicy };
    expect(decide(line).decision).toBe('allowed');
    expect(decide({ ...line, contextIsComplete: true }).decision).toBe('implicitDeny');
  });
});

describe('mutants', () => {
  it('answers every example without any one fact too', () => {
    for (const name of FACT_NAMES) {
      for (const example of examples.cases)
        expect(decide(example, factsWithout(name)).decidedBy).toBeTypeOf('string');
    }
  });
});
