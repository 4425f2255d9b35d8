import { describe, expect, it } from 'vitest';
import { type DecideAnswer, decide, decideText } from '../../src/evaluator/decide.js';
import { questionFrom } from '../../src/evaluator/question-from.js';

const HERE = '111122223333';
const ALICE = `arn:aws:iam::${HERE}:user/alice`;
const QUEUE = `arn:aws:sqs:us-east-1:${HERE}:orders`;
const KEY = `arn:aws:kms:us-east-1:${HERE}:key/1`;
const ALLOW = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

type Members = Readonly<Record<string, unknown>>;

/** A line that is allowed, with other members in the request and around it. */
const line = (request: Members, around: Members = {}): Members => ({
  request: { principal: ALICE, action: 'sqs:SendMessage', resource: QUEUE, ...request },
  identity: [ALLOW],
  ...around,
});
const grant = (members: Members): Members =>
  line(
    { action: 'kms:Decrypt', resource: KEY },
    { grants: [{ granteePrincipal: ALICE, operations: ['Decrypt'], ...members }] },
  );

const told = ({ issues }: DecideAnswer): readonly string[] =>
  issues.map(({ code, severity, at }) => `${severity} ${code} /${at.pointer.join('/')}`);

describe('a line that cannot be used is invalid, and says where', () => {
  const noText = { 'a number': 7, 'a list': ['x'] };
  it.each<readonly [string, unknown, ...string[]]>([
    ['no object', ['request'], 'error wrong-type /'],
    ['nothing', null, 'error wrong-type /'],
    ['no plain value', undefined, 'error wrong-type /'],
    ['no request', {}, 'error missing-element /'],
    ['a request that is no object', { request: 'please' }, 'error wrong-type /request'],
    [
      'an empty request',
      { request: {} },
      ...['principal', 'action', 'resource'].map(() => 'error missing-element /request'),
    ],
    ['a principal that is no text', line({ principal: 7 }), 'error wrong-type /request/principal'],
    ['a principal that is nobody', line({ principal: 'alice' }), 'error bad-principal /request/principal'],
    ['an action that is no text', line({ action: noText }), 'error wrong-type /request/action'],
    ['an action without a service', line({ action: ':Send' }), 'error bad-action /request/action'],
    ['an action without a name', line({ action: 'sqs:' }), 'error bad-action /request/action'],
    ['an action without a colon', line({ action: 'sqs' }), 'error bad-action /request/action'],
    ['an action with a star', line({ action: 'sqs:*' }), 'error bad-action /request/action'],
    ['an action with a question mark', line({ action: 'sqs:Sen?' }), 'error bad-action /request/action'],
    ['a resource that is no text', line({ resource: null }), 'error wrong-type /request/resource'],
    ['a resource that is no ARN', line({ resource: 'orders' }), 'error bad-arn /request/resource'],
    ['a role that is no text', line({ roleArn: 7 }), 'error wrong-type /request/roleArn'],
    ['a context that is no object', line({ context: 'x' }), 'error wrong-type /request/context'],
    ['a context value that is no text', line({ context: { a: {} } }), 'error wrong-type /request/context/a'],
    [
      'a context value that is hardly unknown',
      line({ context: { a: { unknown: false }, b: { unknown: true, more: 1 }, c: { unknown: 'yes' } } }),
      ...['a', 'b', 'c'].map((key) => `error wrong-type /request/context/${key}`),
    ],
    [
      'a context list that holds no text',
      line({ context: { a: ['x', null] } }),
      'error wrong-type /request/context/a/1',
    ],
    [
      'one context key in two spellings',
      line({ context: { 'aws:Tag': 'x', 'AWS:tag': 'y' } }),
      'error condition-key-letter-case /request/context/AWS:tag',
    ],
    [
      'pairs that are no object',
      line({ encryptionContext: [] }),
      'error wrong-type /request/encryptionContext',
    ],
    [
      'a pair that is no text',
      line({ encryptionContext: { a: 1 } }),
      'error wrong-type /request/encryptionContext/a',
    ],
    ['a token that is no text', line({ grantTokens: ['t', 1] }), 'error wrong-type /request/grantTokens/1'],
    ['levels that are no list', line({}, { scps: ALLOW }), 'error wrong-type /scps'],
    ['a policy that is no policy', line({}, { identity: [ALLOW, 7] }), 'error wrong-type /identity/1'],
    ['a policy in a text that is no JSON', line({}, { boundary: '{' }), 'error json-syntax /'],
    [
      'a flag that is no truth value',
      line({}, { contextIsComplete: 'no' }),
      'error wrong-type /contextIsComplete',
    ],
    ['a grant that is no object', line({}, { grants: ['g'] }), 'error wrong-type /grants/0'],
    [
      'a grant with a capital',
      grant({ Constraints: { EncryptionContextEquals: { a: '1' } } }),
      'error unknown-element /grants/0/Constraints',
    ],
    ['a grant that is perhaps pending', grant({ pending: 'true' }), 'error wrong-type /grants/0/pending'],
    [
      'a constraint that is none',
      grant({ constraints: { encryptionContextEquals: { a: '1' } } }),
      'error unknown-element /grants/0/constraints/encryptionContextEquals',
    ],
    ['a grant to nobody', line({}, { grants: [{ operations: [] }] }), 'error missing-element /grants/0'],
    ['a grant of nothing', grant({ operations: undefined }), 'error wrong-type /grants/0/operations'],
    [
      'a grant without operations',
      line({}, { grants: [{ granteePrincipal: ALICE }] }),
      'error missing-element /grants/0',
    ],
    [
      'a grant to everyone',
      grant({ granteePrincipal: '*' }),
      'error bad-principal /grants/0/granteePrincipal',
      'error missing-element /grants/0',
    ],
    [
      'a grant that everyone may retire',
      grant({ retiringPrincipal: '*' }),
      'error bad-principal /grants/0/retiringPrincipal',
    ],
    ['constraints that are no object', grant({ constraints: 'x' }), 'error wrong-type /grants/0/constraints'],
    [
      'constraints that hold no texts',
      grant({ constraints: { EncryptionContextEquals: 1, EncryptionContextSubset: { a: 1 }, SourceArn: 1 } }),
      'error wrong-type /grants/0/constraints/SourceArn',
      'error wrong-type /grants/0/constraints/EncryptionContextEquals',
      'error wrong-type /grants/0/constraints/EncryptionContextSubset/a',
    ],
    ['a grant token that is no text', grant({ token: 7 }), 'error wrong-type /grants/0/token'],
  ])('%s', (_title, value, ...issues) => {
    const answer = decide(value);
    expect(answer.decision).toBe('invalid');
    expect(told(answer)).toEqual(issues);
    expect(questionFrom(value).ok).toBe(false);
  });

  it('a cycle', () => {
    const cyclic: { request?: unknown } = {};
    cyclic.request = cyclic;
    expect(told(decide(cyclic))).toEqual(['error wrong-type /request']);
  });

  it('a text that is no JSON', () => {
    expect(decideText({ name: 'lines', text: '{"id": "a"' })).toMatchObject({
      decision: 'invalid',
      issues: [{ code: 'json-syntax', at: { source: 'lines', start: { line: 1, column: 11 } } }],
    });
  });
});

describe('a line keeps its id, valid or not', () => {
  it.each([
    ['"a"', 'a'],
    ['7', '7'],
    ['1.50', '1.50'],
    ['null', undefined],
    ['["a"]', undefined],
  ])('%s', (written, id) => {
    expect(decideText({ name: 'lines', text: `{"id": ${written}}` }).id).toBe(id);
    const text = JSON.stringify(line({})).replace('{', `{"id": ${written},`);
    const answer = decideText({ name: 'lines', text });
    expect([answer.decision, answer.id]).toEqual(['allowed', id]);
  });
});

describe('what a line leaves open', () => {
  it.each<readonly [string, Members, string, ...string[]]>([
    ['nothing', line({}), 'allowed'],
    [
      'members that are not known',
      line({ extra: 1 }, { more: 2 }),
      'allowed',
      'note unknown-element /more',
      'note unknown-element /request/extra',
    ],
    ['members for people', line({ note: 'x' }, { why: 'y', title: 'z' }), 'allowed'],
    ['documents that are null', line({}, { boundary: null, scps: null, grants: null }), 'allowed'],
    ['a policy as text', line({}, { identity: JSON.stringify(ALLOW) }), 'allowed'],
    ['one policy without a list', line({}, { identity: ALLOW }), 'allowed'],
    ['no policy at all', line({}, { identity: [] }), 'implicitDeny'],
    [
      'a session policy for a user',
      line({}, { sessionPolicy: [{ Statement: [] }] }),
      'invalid',
      'error empty-list /sessionPolicy/0/Statement',
    ],
    [
      'no session policies',
      line({ principal: `arn:aws:iam::${HERE}:role/worker` }, { sessionPolicy: [] }),
      'allowed',
    ],
    [
      'which key an action that names none is asked about',
      line({ action: 'kms:GenerateRandom', resource: KEY }),
      'allowed',
      'warning bad-resource /request/resource',
    ],
    [
      'levels of SCPs',
      line({}, { scps: [[ALLOW], [ALLOW, ALLOW]] }),
      'invalid',
      ...Array.from({ length: 3 }, () => 'error bad-version').map(
        (text, at) => `${text} /scps/${at === 0 ? '0/0' : `1/${at - 1}`}`,
      ),
    ],
  ])('%s', (_title, value, decision, ...issues) => {
    const answer = decide(value);
    expect(told(answer)).toEqual(issues);
    expect(answer.decision).toBe(decision);
  });

  it('whose a bucket is, which its ARN does not show', () => {
    const bucket = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/x' };
    const note = 'note missing-element /request';
    const ask = (request: Members): unknown => {
      const answer = decide(line({ ...bucket, ...request }));
      return [answer.decision, ...told(answer)];
    };
    expect(ask({})).toEqual(['allowed', note]);
    expect(ask({ resourceAccount: HERE })).toEqual(['allowed']);
    expect(ask({ resourceAccount: '444455556666' })).toEqual(['implicitDeny']);
    expect(ask({ context: { 'AWS:ResourceAccount': '444455556666' } })).toEqual(['implicitDeny']);
    expect(ask({ context: { 'AWS:ResourceAccount': ['444455556666'] } })).toEqual(['allowed', note]);
    expect(ask({ context: { 'aws:Other': 'x' } })).toEqual(['allowed', note]);
    expect(ask({ principal: 'sns.amazonaws.com' })).toEqual(['implicitDeny']);
    expect(ask({ principal: 'anonymous' })).toEqual(['implicitDeny']);
    // Whoever cannot be read has been told of already.
    expect(ask({ principal: 'x' })).toEqual(['invalid', 'error bad-principal /request/principal']);
  });

  it('the path of a role, which may stand in aws:PrincipalArn', () => {
    const worker = `arn:aws:sts::${HERE}:assumed-role/worker/one`;
    const roleOf = (context: Members | undefined): unknown => {
      const read = questionFrom(line({ principal: worker, ...(context && { context }) }));
      return read.ok && read.value.request.caller.kind === 'session' && read.value.request.caller.role.text;
    };
    const role = (path: string): string => `arn:aws:iam::${HERE}:role/${path}`;
    expect(roleOf(undefined)).toBe(role('worker'));
    expect(roleOf({ 'aws:PrincipalArn': role('team/worker') })).toBe(role('team/worker'));
    expect(roleOf({ 'aws:PrincipalArn': role('team/other') })).toBe(role('worker'));
    expect(roleOf({ 'aws:PrincipalArn': ALICE })).toBe(role('worker'));
    expect(roleOf({ 'aws:PrincipalArn': 'worker' })).toBe(role('worker'));
    expect(roleOf({ 'aws:PrincipalArn': [role('team/worker')] })).toBe(role('worker'));
  });

  it('what follows from caller, resource and call, unless the context is said to be complete', () => {
    const keysOf = (request: Members, around: Members = {}): readonly string[] => {
      const read = questionFrom(line(request, around));
      if (!read.ok) return [];
      const { principal, network, resource, call } = read.value.request.context;
      return [...principal, ...network, ...resource, ...call].map(([key]) => key);
    };
    const always = ['aws:securetransport', 'aws:viaawsservice', 'aws:requestedregion', 'aws:principalarn'];
    expect(keysOf({})).toEqual(expect.arrayContaining(always));
    expect(keysOf({})).not.toContain('kms:calleraccount');
    expect(keysOf({ action: 'kms:Decrypt', resource: KEY })).toContain('kms:calleraccount');
    expect(keysOf({ action: 'sns:Publish', resource: `arn:aws:sns:us-east-1:${HERE}:t` })).toContain(
      'aws:sourceowner',
    );
    expect(keysOf({ context: { 'my:K': 'x' } }, { contextIsComplete: true })).toEqual(['my:k']);
    expect(keysOf({ resource: '*' })).not.toContain('aws:requestedregion');
  });
});

describe('the grants of a line', () => {
  it('are read member by member', () => {
    const read = questionFrom(
      line(
        { action: 'kms:Decrypt', resource: KEY, grantTokens: ['t'] },
        {
          grants: [
            {
              id: 'one',
              granteePrincipal: ALICE,
              operations: ['Decrypt', 'kms:Encrypt'],
              retiringServicePrincipal: 'sns.amazonaws.com',
              pending: true,
              token: 't',
              constraints: {
                EncryptionContextEquals: { a: 'b' },
                EncryptionContextSubset: { c: 'd' },
                SourceArn: QUEUE,
              },
            },
            { granteeServicePrincipal: 'sns.amazonaws.com', operations: 'Decrypt', pending: false, id: 7 },
          ],
        },
      ),
    );
    expect(read.ok && read.value.policies.grants).toMatchObject([
      {
        id: 'one',
        grantee: { kind: 'user', text: ALICE },
        operations: ['Decrypt', 'Encrypt'],
        retiring: { kind: 'service', host: 'sns.amazonaws.com' },
        pending: true,
        token: 't',
        encryptionContextEquals: new Map([['a', 'b']]),
        encryptionContextSubset: new Map([['c', 'd']]),
        sourceArn: QUEUE,
      },
      { id: 'grant 2', grantee: { kind: 'service', host: 'sns.amazonaws.com' }, operations: ['Decrypt'] },
    ]);
    const second = read.ok && Array.isArray(read.value.policies.grants) ? read.value.policies.grants[1] : {};
    expect(Object.keys(second)).toEqual(['id', 'grantee', 'operations']);
  });

  it.each<readonly [string, Members, string]>([
    ['as they are', {}, 'allowed'],
    ['pending', { pending: true, token: 't' }, 'implicitDeny'],
    ['pending, without a token', { pending: true }, 'implicitDeny'],
    ['for another source', { constraints: { SourceArn: QUEUE } }, 'implicitDeny'],
    ['for other pairs', { constraints: { EncryptionContextSubset: { a: 'b' } } }, 'implicitDeny'],
    ['to another user', { granteePrincipal: `arn:aws:iam::${HERE}:user/bob` }, 'implicitDeny'],
    ['of another operation', { operations: ['Encrypt'] }, 'implicitDeny'],
    ['of an operation that cannot be granted', { operations: ['PutKeyPolicy'] }, 'implicitDeny'],
  ])('allow what they give: %s', (_title, members, decision) => {
    expect(decide({ ...grant(members), identity: [] }).decision).toBe(decision);
  });

  it.each<readonly [string, Members, Members, string]>([
    ['by its grantee, who may', { operations: ['RetireGrant'] }, {}, 'allowed'],
    ['by its grantee, who may not', { operations: ['Decrypt'] }, {}, 'implicitDeny'],
    [
      'by its retiring principal',
      {
        granteePrincipal: KEY.replace('kms:us-east-1', 'iam:').replace('key/1', 'user/bob'),
        operations: ['Decrypt'],
        retiringPrincipal: ALICE,
      },
      {},
      'allowed',
    ],
    ['before it is visible', { operations: ['RetireGrant'], pending: true, token: 't' }, {}, 'implicitDeny'],
    [
      'before it is visible, with its token',
      { operations: ['RetireGrant'], pending: true, token: 't' },
      { grantTokens: ['t'] },
      'allowed',
    ],
  ])('are retired %s', (_title, members, request, decision) => {
    const abroad = 'arn:aws:kms:us-east-1:444455556666:key/1';
    const value = line(
      { action: 'kms:RetireGrant', resource: abroad, ...request },
      { identity: [], grants: [{ granteePrincipal: ALICE, ...members }] },
    );
    expect(decide(value).decision).toBe(decision);
  });

  it.each<readonly [string, Members, Members, string]>([
    ['of no more operations', {}, { 'kms:GrantOperations': ['Decrypt'] }, 'allowed'],
    ['of one more operation', {}, { 'kms:GrantOperations': ['Decrypt', 'Encrypt'] }, 'implicitDeny'],
    ['of one operation, as text', {}, { 'kms:GrantOperations': 'Encrypt' }, 'implicitDeny'],
    ['of one operation that it has, as text', {}, { 'kms:GrantOperations': 'Decrypt' }, 'allowed'],
    ['of nothing that is told', {}, {}, 'allowed'],
    ['for another source', { constraints: { SourceArn: QUEUE } }, {}, 'implicitDeny'],
    [
      'for its source',
      { constraints: { SourceArn: QUEUE } },
      { 'aws:SourceArn': QUEUE, 'kms:GrantConstraintSourceArn': QUEUE },
      'allowed',
    ],
    [
      'for its source, but not constrained to it',
      { constraints: { SourceArn: QUEUE } },
      { 'aws:SourceArn': QUEUE },
      'implicitDeny',
    ],
  ])('let another be made through them: %s', (_title, members, context, decision) => {
    const operations = ['CreateGrant', 'Decrypt'];
    const value = grant({ operations, ...members });
    const request = { principal: ALICE, action: 'kms:CreateGrant', resource: KEY, context };
    expect(decide({ ...value, request, identity: [] }).decision).toBe(decision);
  });
});

describe('what an action is asked about', () => {
  it.each<readonly [string, Members, Members, string]>([
    [
      'an alias, which has no key policy',
      { action: 'kms:CreateAlias', resource: `arn:aws:kms:us-east-1:${HERE}:alias/a` },
      {
        keyPolicy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' }] },
        identity: [],
      },
      'implicitDeny',
    ],
    [
      'an alias, which IAM policies allow',
      { action: 'kms:CreateAlias', resource: `arn:aws:kms:us-east-1:${HERE}:alias/a` },
      {},
      'allowed',
    ],
    [
      'the key of an alias, which needs its key policy',
      { action: 'kms:CreateAlias', resource: KEY },
      {},
      'implicitDeny',
    ],
    [
      'a queue in another partition',
      { resource: `arn:aws-cn:sqs:cn-north-1:${HERE}:orders` },
      {},
      'implicitDeny',
    ],
    [
      'a queue in another partition of as many letters',
      { resource: `arn:abc:sqs:us-east-1:${HERE}:orders` },
      {},
      'implicitDeny',
    ],
    ['a queue in the same one', {}, {}, 'allowed'],
  ])('%s', (_title, request, around, decision) => {
    const answer = decide(line(request, around));
    expect([answer.decision, ...told(answer)]).toEqual([decision]);
  });
});
