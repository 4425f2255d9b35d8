import { describe, expect, it } from 'vitest';
import { decide } from '../../src/evaluator/decide.js';
import { questionFrom } from '../../src/evaluator/question-from.js';
import type { AuthorizationRequest } from '../../src/evaluator/request.js';

const HERE = '111122223333';
const ALICE = `arn:aws:iam::${HERE}:user/alice`;
const QUEUE = `arn:aws:sqs:us-east-1:${HERE}:orders`;
const KEY = `arn:aws:kms:us-east-1:${HERE}:key/1`;
const ALLOW = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

type Members = Readonly<Record<string, unknown>>;
type Row = readonly [message: string, expected?: string | undefined, help?: string];

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

describe('what a line is told that cannot be used, word by word', () => {
  const CALLER =
    'the ARN of a user, session, federated user or account root, a service principal such as `sns.amazonaws.com`, or `anonymous`';
  const LEVELS = 'a list of levels from the root of the organization down, each a list of policies';
  const VALUE = 'a string, a list of strings, or {"unknown": true}';
  const PAIRS = 'an object from names to texts';
  const TEXT = ['a string', 'put it in quotes'] as const;
  it.each<readonly [unknown, ...Row[]]>([
    [7, ['the line is the number `7`', 'an object with a request']],
    [{}, ['the line has no request', '`request`, an object with principal, action and resource']],
    [{ request: [] }, ['request is a list', '`request`, an object with principal, action and resource']],
    [
      { request: {} },
      ['the request has no principal'],
      ['the request has no action'],
      ['the request has no resource'],
    ],
    [line({ principal: 'alice' }), ['`alice` is no caller', CALLER]],
    [line({ principal: 7 }), ['principal is the number `7`', ...TEXT]],
    [line({ userArn: 7 }), ['userArn is the number `7`', ...TEXT]],
    [line({ principalId: 7 }), ['principalId is the number `7`', ...TEXT]],
    [line({ roleArn: 7 }), ['roleArn is the number `7`', ...TEXT]],
    [line({ resourceAccount: 7 }), ['resourceAccount is the number `7`', ...TEXT]],
    [line({ action: 'sqs:*' }), ['`sqs:*` is no single action', '`service:Action`, such as `kms:Decrypt`']],
    [line({ resource: 'orders' }), ['`orders` is no ARN', '`*`, or an ARN']],
    [line({ context: 'x' }), ['context is a string', 'an object from condition keys to values']],
    [line({ context: { a: null } }), ['the context value is null', VALUE]],
    [line({ context: { a: ['x', {}] } }), ['the context value is an object', VALUE]],
    [
      line({ context: { 'aws:Tag': 'x', 'AWS:tag': 'y' } }),
      [
        '`AWS:tag` and `aws:Tag` are the same condition key',
        undefined,
        'condition keys are compared without regard to letter case: give one value',
      ],
    ],
    [line({ encryptionContext: 'x' }), ['encryptionContext is a string', PAIRS]],
    [line({ encryptionContext: { a: {} } }), ['the value of encryptionContext is an object', 'a string']],
    [line({ grantTokens: [1] }), ['the grant token is the number `1`', ...TEXT]],
    [line({}, { scps: 'x' }), ['SCP is a string', LEVELS]],
    [line({}, { rcps: {} }), ['RCP is an object', LEVELS]],
    [line({}, { keyManager: 7 }), ['keyManager is the number `7`', ...TEXT]],
    ...[
      'contextIsComplete',
      'principalIsServiceLinkedRole',
      'principalInManagementAccount',
      'resourceInManagementAccount',
    ].map((name) => [line({}, { [name]: 'no' }), [`${name} is a string`, '`true` or `false`']] as const),
    [line({}, { grants: ['g'] }), ['the grant is a string', 'an object']],
    [
      line({}, { grants: [{ granteePrincipal: ALICE }] }),
      ['the grant has no grantee or no operations', 'granteePrincipal and operations'],
    ],
    [
      line({}, { grants: [{ operations: ['Decrypt'] }] }),
      ['the grant has no grantee or no operations', 'granteePrincipal and operations'],
    ],
    [grant({ Constraints: {} }), ['a grant has no member `Constraints`', undefined, 'write `constraints`']],
    [
      grant({ constraints: { encryptionContextSubset: {} } }),
      [
        'a grant has no constraint `encryptionContextSubset`',
        'EncryptionContextEquals, EncryptionContextSubset, SourceArn',
      ],
    ],
    [grant({ retiringPrincipal: '*' }), ['retiringPrincipal is everyone', 'one ARN']],
    [grant({ operations: [1] }), ['the operation is the number `1`', ...TEXT]],
    [grant({ token: 7 }), ['the grant token is the number `7`', ...TEXT]],
    [grant({ constraints: 'x' }), ['constraints is a string', 'an object']],
    [grant({ constraints: { SourceArn: 1 } }), ['SourceArn is the number `1`', ...TEXT]],
    [
      grant({ constraints: { EncryptionContextEquals: 1 } }),
      ['EncryptionContextEquals is the number `1`', PAIRS],
    ],
    [
      grant({ constraints: { EncryptionContextSubset: { a: {} } } }),
      ['the value of EncryptionContextSubset is an object', 'a string'],
    ],
  ])('%j: %j', (value, ...expected) => {
    const { decision, issues } = decide(value);
    expect(decision).toBe('invalid');
    const rows = (expected as readonly Row[]).map(([message, what, help]) => [message, what, help]);
    expect(issues.map(({ message, expected: what, help }) => [message, what, help])).toEqual(rows);
    const [first] = issues;
    expect(first?.at.source).toBe('request');
  });

  it.each<readonly [unknown, string, string | undefined, string | undefined]>([
    [line({}, { more: 1 }), '`more` is ignored', undefined, undefined],
    [line({ extra: 1 }), '`extra` is ignored', undefined, undefined],
    [line({}, { Boundary: ALLOW }), '`Boundary` is ignored', undefined, 'did you mean `boundary`?'],
    [
      line({}, { sessionPolicies: [] }),
      '`sessionPolicies` is ignored',
      undefined,
      'did you mean `sessionPolicy`?',
    ],
    [grant({ creationDate: 1 }), '`creationDate` is ignored', undefined, undefined],
    [
      line({ action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/x' }),
      "`arn:aws:s3:::bucket/x` does not show its account: taken to be the caller's own",
      undefined,
      'give `resourceAccount`',
    ],
    [
      line({ action: 'kms:GenerateRandom', resource: KEY }),
      `\`kms:GenerateRandom\` is asked about no resource: \`${KEY}\` is not looked at`,
      '`*`',
      undefined,
    ],
  ])('%j is decided, and told: %s', (value, message, expected, help) => {
    const { decision, issues } = decide(value);
    expect(decision).toBe('allowed');
    expect(issues.map((issue) => [issue.message, issue.expected, issue.help])).toEqual([
      [message, expected, help],
    ]);
  });

  it.each([
    ...['id', 'doc', 'situation', 'why', 'expect', 'confidence', 'title', 'evidence', 'note', 'source'],
    'resourceAccountScps',
  ])('%s beside a request says nothing to decide', (name) => {
    expect(decide(line({}, { [name]: 'x' })).issues).toEqual([]);
  });
});

describe('the documents of a line', () => {
  const about = (Principal?: unknown): Members => ({
    Version: '2012-10-17',
    Statement: [{ ...ALLOW.Statement[0], ...(Principal !== undefined && { Principal }) }],
  });
  const policies = (members: Members, action = 'sqs:SendMessage', resource = QUEUE): unknown => {
    const read = questionFrom(line({ action, resource }, members));
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    return read.value.policies;
  };
  const named = (name: string, type: string): unknown => ({ name, type });

  it('are named by what they are, and by where they stand in a list', () => {
    expect(
      policies({
        identity: [about(), about()],
        resourcePolicy: about('*'),
        boundary: about(),
        scps: [[about()], [about(), about()]],
        rcps: [
          [
            {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*' }],
            },
          ],
        ],
        vpcePolicy: about('*'),
      }),
    ).toMatchObject({
      identity: [named('identity policy 1', 'identity'), named('identity policy 2', 'identity')],
      resource: named('resource policy', 'queue'),
      permissionsBoundary: named('permissions boundary', 'permissions-boundary'),
      scp: [
        [named('SCP of level 1, policy 1', 'scp')],
        [named('SCP of level 2, policy 1', 'scp'), named('SCP of level 2, policy 2', 'scp')],
      ],
      rcp: [[named('RCP of level 1, policy 1', 'rcp')]],
      vpcEndpoint: named('VPC endpoint policy', 'vpc-endpoint'),
      keyManager: 'customer',
      principalInManagementAccount: false,
      resourceInManagementAccount: false,
    });
    expect(Object.keys(policies({ identity: null }) as object)).toEqual([
      'keyManager',
      'principalInManagementAccount',
      'resourceInManagementAccount',
    ]);
  });

  it.each([
    ['sqs:SendMessage', QUEUE, 'queue'],
    ['SQS:SendMessage', QUEUE, 'queue'],
    ['kms:Decrypt', KEY, 'key'],
    ['sns:Publish', `arn:aws:sns:us-east-1:${HERE}:t`, 'topic'],
    ['lambda:InvokeFunction', `arn:aws:lambda:us-east-1:${HERE}:function:f`, 'resource'],
  ])('%s on %s is judged by a policy of type %s', (action, resource, type) => {
    const document = about('*');
    expect(policies({ resourcePolicy: document }, action, resource)).toMatchObject({ resource: { type } });
    expect(policies({ keyPolicy: document }, action, resource)).toMatchObject({ resource: { type } });
  });

  it('say who manages the key and whether accounts manage the organization', () => {
    expect(
      policies({ keyManager: 'AWS', principalInManagementAccount: true, resourceInManagementAccount: true }),
    ).toMatchObject({
      keyManager: 'aws',
      principalInManagementAccount: true,
      resourceInManagementAccount: true,
    });
    expect(policies({ keyManager: 'customer' })).toMatchObject({ keyManager: 'customer' });
    expect(policies({ resourceInManagementAccount: true })).toMatchObject({
      principalInManagementAccount: false,
      resourceInManagementAccount: true,
    });
  });
});

describe('the request of a line', () => {
  const asked = (request: Members, around: Members = {}): AuthorizationRequest => {
    const read = questionFrom(line(request, around));
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    return read.value.request;
  };

  it('has the members that were given, and no others', () => {
    expect(Object.keys(asked({}))).toEqual(['caller', 'action', 'resource', 'context']);
    expect(asked({ encryptionContext: { a: 'b' }, grantTokens: ['t', 'u'] })).toMatchObject({
      action: 'sqs:SendMessage',
      resource: { arn: QUEUE, account: HERE },
      encryptionContext: new Map([['a', 'b']]),
      grantTokens: ['t', 'u'],
    });
    expect(asked({ resource: '*' }).resource).toEqual({ arn: '*' });
    expect(asked({ action: 'kms:GenerateRandom', resource: KEY }).resource).toEqual({ arn: '*' });
    expect(asked({ resourceAccount: '444455556666' }).resource).toEqual({
      arn: QUEUE,
      account: '444455556666',
    });
  });

  it('carries what a line says of its session', () => {
    const principal = `arn:aws:sts::${HERE}:assumed-role/worker/one`;
    const role = `arn:aws:iam::${HERE}:role/team/worker`;
    expect(
      asked({ principal, roleArn: role, principalId: 'AROAX' }, { principalIsServiceLinkedRole: true }),
    ).toMatchObject({ caller: { kind: 'session', role: { text: role }, serviceLinked: true } });
    expect(asked({ principal }, { principalIsServiceLinkedRole: false })).toMatchObject({
      caller: { serviceLinked: false },
    });
    const { principal: keys } = asked({ principal, principalId: 'AROAX' }).context;
    expect(keys.get('aws:userid')).toBe('AROAX:one');
  });

  it('holds what is stated of the call, over what follows from it', () => {
    const contextOf = (request: Members): ReadonlyMap<string, unknown> => {
      const context = asked(request).context;
      return new Map(Object.values(context).flatMap((segment) => [...segment]));
    };
    const plain = contextOf({});
    expect([
      plain.get('aws:securetransport'),
      plain.get('aws:viaawsservice'),
      plain.get('aws:requestedregion'),
    ]).toEqual(['true', 'false', 'us-east-1']);
    const stated = contextOf({ context: { 'aws:SecureTransport': false, 'aws:RequestedRegion': ['x', 7] } });
    expect([stated.get('aws:securetransport'), stated.get('aws:requestedregion')]).toEqual([
      'false',
      ['x', '7'],
    ]);
    const encrypted = { action: 'kms:Decrypt', resource: KEY, encryptionContext: { a: 'b' } };
    expect(contextOf(encrypted).get('kms:encryptioncontext:a')).toBe('b');
    expect(contextOf({ ...encrypted, action: 'sqs:SendMessage' }).has('kms:encryptioncontext:a')).toBe(false);
  });
});
