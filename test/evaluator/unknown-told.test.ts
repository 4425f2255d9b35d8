import { describe, expect, it } from 'vitest';
import { factsOfAction } from '../../src/evaluator/action-facts.js';
import { authorize } from '../../src/evaluator/authorize.js';
import { bindPolicies } from '../../src/evaluator/bind.js';
import { bitOf, LAYER_BIT, LAYERS, layersOf } from '../../src/evaluator/layer.js';
import type { ApplicablePolicies, AuthorizationRequest } from '../../src/evaluator/request.js';
import {
  ALLOW,
  type Assignment,
  callerOf,
  DENY,
  HERE,
  KEY,
  policy,
  QUEUE,
  sending,
  when,
  withKeys,
} from './asking.js';

const KEYS = [
  'my:K',
  'my:L',
  'my:M',
  'aws:username',
  'aws:userid',
  'aws:MultiFactorAuthAge',
  'aws:TokenIssueTime',
  'aws:SourceIp',
  'aws:PrincipalArn',
  'aws:SecureTransport',
  'aws:TagKeys',
];

type Statement = readonly [effect: 'Allow' | 'Deny', condition: unknown, resource?: string];

const identityOf = (statements: readonly Statement[]): ApplicablePolicies => ({
  identity: [
    policy(
      'identity',
      ...statements.map(([effect, condition, Resource]) => ({
        ...when(effect, condition),
        ...(Resource !== undefined && { Resource }),
      })),
    ),
  ],
});

/**
 * The decisions that are possible, in a letter each (`e`, `i`, `a`), those first that have a witness; every witness is
 * put to the test.
 */
function outcomeOf(
  statements: readonly Statement[],
  known: Assignment = [],
  keys: readonly string[] = KEYS,
): string {
  const request = sending(keys, known);
  const policies = identityOf(statements);
  const { possible, witnesses = [] } = authorize(request, policies);
  for (const { decision, values } of witnesses) {
    expect(authorize(withKeys(request, values), policies).decision).toBe(decision);
  }
  const letters = (decisions: readonly string[]): string => decisions.map((each) => each.charAt(0)).join('');
  const seen = witnesses.map(({ decision }) => decision);
  return `${letters(seen)}/${letters(possible.filter((each) => !seen.includes(each)))}`;
}

const both = (
  key: string,
  ...conditions: readonly (readonly [operator: string, operand: unknown])[]
): Statement => [
  'Allow',
  Object.fromEntries(conditions.map(([operator, operand]) => [operator, { [key]: operand }])),
];

describe('what an unknown value may be', () => {
  it.each<readonly [string, readonly Statement[], string]>([
    // One key, compared in one way.
    ['a number', [both('my:K', ['NumericLessThan', '5'])], 'ia/'],
    [
      'no number that is below and above',
      [both('aws:MultiFactorAuthAge', ['NumericLessThan', '5'], ['NumericGreaterThan', '5'])],
      '/i',
    ],
    [
      'a number between two fractions',
      [both('my:K', ['NumericLessThan', '0.2'], ['NumericGreaterThan', '0.1'])],
      'ia/',
    ],
    [
      'a number between two negative ones',
      [both('my:K', ['NumericLessThan', '-1'], ['NumericGreaterThan', '-1.5'])],
      'ia/',
    ],
    ['a large number', [both('my:K', ['NumericLessThan', '2e20'], ['NumericGreaterThan', '1e20'])], 'ia/'],
    [
      'a number between two that only digits far behind the point tell apart',
      [both('my:K', ['NumericLessThan', '1.0000000000000002'], ['NumericGreaterThan', '1.0000000000000001'])],
      'ia/',
    ],
    ['a number too large to be written out', [both('my:K', ['NumericGreaterThan', '1e100'])], '/ia'],
    ['a number too small to be written out', [both('my:K', ['NumericGreaterThan', '1e-100'])], '/ia'],
    ['a number of too many digits', [both('my:K', ['NumericGreaterThan', '1'.repeat(65)])], '/ia'],
    [
      'a number of just as many digits as are written out',
      [both('my:K', ['NumericGreaterThan', '1'.repeat(64)])],
      'ia/',
    ],
    ['an operand that is no number', [both('my:K', ['NumericGreaterThan', 'many'])], '/i'],
    ['an instant', [both('my:K', ['DateLessThan', '2020-01-01T00:00:00Z'])], 'ia/'],
    [
      'an instant before 1970',
      [both('my:K', ['DateLessThan', '1969-12-31T23:59:58.5Z'], ['DateGreaterThan', '1969-12-31T23:59:58Z'])],
      'ia/',
    ],
    [
      'no instant that is before and after',
      [
        both(
          'aws:TokenIssueTime',
          ['DateLessThan', '2020-01-01T00:00:00Z'],
          ['DateGreaterThan', '2020-01-01T00:00:00Z'],
        ),
      ],
      '/i',
    ],
    [
      'an instant between two that are very close',
      [both('my:K', ['DateLessThan', '1000000000000.0001'], ['DateGreaterThan', '1000000000000.0000'])],
      'ia/',
    ],
    [
      'an instant between two that are too close to write out',
      [both('my:K', ['DateLessThan', `1.${'0'.repeat(80)}1`], ['DateGreaterThan', '1.0'])],
      '/ia',
    ],
    [
      'an instant after the last that can be written',
      [both('my:K', ['DateGreaterThan', '9007199254740.991'])],
      '/ia',
    ],
    ['an operand that is no instant', [both('my:K', ['DateEquals', 'today'])], '/i'],
    ['an address', [both('my:K', ['IpAddress', '10.0.0.0/8'])], 'ia/'],
    [
      'an address of the second kind',
      [both('my:K', ['IpAddress', '2001:db8::/32'], ['NotIpAddress', '2001:db8::/33'])],
      'ia/',
    ],
    [
      'no address in a range and in all of its halves not',
      [
        both(
          'my:K',
          ['IpAddress', '2001:db8::/32'],
          ['NotIpAddress', ['2001:db8::/33', '2001:db8:8000::/33']],
        ),
      ],
      '/i',
    ],
    ['an operand that is no range', [both('my:K', ['IpAddress', 'home'])], '/i'],
    ['a truth value', [both('my:K', ['Bool', 'TRUE'])], 'ia/'],
    ['an operand that is no truth value', [both('my:K', ['Bool', 'maybe'])], '/i'],
    [
      'bytes in one spelling and not in another',
      [both('my:K', ['BinaryEquals', 'YWI='], ['StringNotEquals', 'YWI='])],
      'ia/',
    ],
    [
      'bytes of a whole number of letters in one spelling only',
      [both('my:K', ['BinaryEquals', 'YWJj'], ['StringNotEquals', 'YWJj'])],
      '/i',
    ],
    [
      'bytes with two signs of padding',
      [both('my:K', ['BinaryEquals', 'YQ=='], ['StringNotEquals', 'YQ=='])],
      'ia/',
    ],
    ['an operand that is no base64', [both('my:K', ['BinaryEquals', '?'])], '/i'],
    [
      'a text in another letter case',
      [both('my:K', ['StringEqualsIgnoreCase', 'key'], ['StringNotEquals', ['key', 'KEY']])],
      'ia/',
    ],
    [
      'a text with letters outside ASCII in any letter case',
      [both('my:K', ['StringEqualsIgnoreCase', 'Ärger'])],
      '/ia',
    ],
    [
      'the Kelvin sign, which is a k',
      [both('my:K', ['StringEqualsIgnoreCase', 'k'], ['StringNotEquals', ['k', 'K']])],
      'ia/',
    ],
    ['an ARN', [both('my:K', ['ArnLike', 'arn:aws:s?s:*:*:orders'])], 'ia/'],
    [
      'an ARN whose sections hold no colon',
      [both('aws:PrincipalArn', ['ArnLike', 'arn:a?s:sqs:*:1:x'], ['StringLike', 'arn:a:s*'])],
      '/i',
    ],
    [
      'an ARN whose sections hold what its pattern takes',
      [both('my:K', ['ArnLike', 'arn:a?s:sqs:*:1:x'], ['StringLike', 'arn:axs*'])],
      'ia/',
    ],
    ['an operand that is no ARN', [both('my:K', ['ArnLike', 'orders'])], '/i'],
    ['an operand whose first section is not arn', [both('my:K', ['ArnLike', 'urn:aws:s3:::b'])], '/i'],
    [
      'an ARN by a wildcard in its first section',
      [both('my:K', ['ArnLike', 'a?n:aws:s3:::b'], ['StringNotEquals', 'arn:aws:s3:::b'])],
      '/i',
    ],
    ['a text by a pattern', [both('my:K', ['StringLike', 'a?c'])], 'ia/'],
    ['there or not', [both('my:K', ['Null', 'true'])], 'ia/'],
    // Operands that cannot be read, beside one that can.
    ['a number beside no number', [both('my:K', ['NumericGreaterThan', ['many', '5']])], 'ia/'],
    ['an instant beside none', [both('my:K', ['DateLessThan', ['today', '2020']])], 'ia/'],
    ['an address beside none', [both('my:K', ['IpAddress', ['home', '10.0.0.0/8']])], 'ia/'],
    ['a truth value beside none', [both('my:K', ['Bool', ['maybe', 'true']])], 'ia/'],
    ['bytes beside none', [both('my:K', ['BinaryEquals', ['?', 'YQ==']])], 'ia/'],
    [
      'an ARN beside none',
      [both('my:K', ['ArnLike', ['orders', 'urn:aws:s3:::b', 'arn:aws:s3:::b']])],
      'ia/',
    ],
    ['any of all addresses', [both('my:K', ['IpAddress', '0.0.0.0/0'])], 'ia/'],
    ['one of several numbers', [both('my:K', ['NumericEquals', ['3', '9', '5']])], 'ia/'],
    // One key, compared in several ways.
    ['a number and a pattern', [both('my:K', ['NumericLessThan', '5'], ['StringLike', '1*'])], '/ia'],
    ['a number and a text', [both('my:K', ['NumericLessThan', '5'], ['StringNotEquals', '4'])], 'ia/'],
    ['a number and an instant', [both('my:K', ['NumericLessThan', '5'], ['DateLessThan', '2020'])], '/ia'],
    [
      'an address and a text that is one',
      [both('my:K', ['IpAddress', '10.0.0.0/8'], ['StringNotEquals', '10.0.0.1'])],
      '/ia',
    ],
    [
      'an address and a text that is none',
      [both('my:K', ['IpAddress', '10.0.0.0/8'], ['StringNotEquals', 'x'])],
      'ia/',
    ],
    [
      'nothing known of a text that is compared with itself',
      [both('my:K', ['StringEquals', '${my:K}x'])],
      '/ia',
    ],
  ])('%s', (_title, statements, expected) => expect(outcomeOf(statements)).toBe(expected));

  it('a value that matters beside one that is known', () => {
    const statement: Statement = ['Allow', { Null: { 'my:Absent': 'true' }, StringEquals: { 'my:K': 'a' } }];
    expect(outcomeOf([statement])).toBe('ia/');
  });

  it('more texts than are told', () => {
    const many = (count: number): string =>
      outcomeOf([both('my:K', ['StringLike', Array.from({ length: count }, (_, at) => `${at}-*`)])]);
    expect([many(300), many(600)]).toEqual(['ia/', '/ia']);
  });

  it('more lists than are told', () => {
    const few = Array.from(
      { length: 12 },
      (_, at): Statement => [
        at === 0 ? 'Allow' : 'Deny',
        { 'ForAnyValue:StringEquals': { 'my:K': `v${at}` } },
      ],
    );
    expect(outcomeOf(few.slice(0, 4))).toBe('eia/');
    expect(outcomeOf(few)).toBe('/eia');
  });

  it('more askers than there is time to ask', () => {
    const askers = (count: number): string =>
      outcomeOf(
        Array.from(
          { length: count },
          (_, at): Statement => ['Allow', { StringEquals: { 'aws:username': `v${at}` } }],
        ),
      );
    expect([askers(30), askers(350)]).toEqual(['ia/', '/ia']);
  });

  it('more than there is time to find out', () => {
    const statements = Array.from(
      { length: 400 },
      (_, at): Statement => [
        'Allow',
        { StringLike: { 'my:K': [`${at}`, `x${at}*`] }, StringNotLike: { 'my:K': `*${at}y` } },
      ],
    );
    expect(outcomeOf(statements)).toBe('/ia');
  });
});

describe('what an unknown value may be when it is a policy variable', () => {
  it.each<readonly [string, readonly Statement[], Assignment, string]>([
    ['part of a resource', [['Allow', {}, `${QUEUE.slice(0, -6)}\${my:K}`]], [], 'ia/'],
    [
      'the value of another key that must also have one value',
      [['Allow', { StringEquals: { 'aws:userid': '${aws:username}' }, StringLike: { 'aws:userid': 'p' } }]],
      [],
      '/ia',
    ],
    [
      'the value of another key that a second statement speaks of',
      [
        ['Allow', { StringEquals: { 'aws:userid': '${aws:username}' } }],
        ['Deny', { StringNotEquals: { 'aws:userid': 'p' } }],
      ],
      [],
      'eia/',
    ],
    ['part of a resource with wildcards', [['Allow', {}, `arn:aws:sqs:us-east-?:*:\${my:K}`]], [], 'ia/'],
    ['a part that does not fit in front', [['Allow', {}, `${QUEUE.slice(0, -6)}x\${my:K}`]], [], '/i'],
    ['a part that does not fit behind', [['Allow', {}, `${QUEUE.slice(0, -6)}\${my:K}x`]], [], '/i'],
    ['a part between wildcards', [['Allow', {}, `${QUEUE.slice(0, -6)}o*\${my:K}*s`]], [], 'ia/'],
    ['a part beside another variable', [['Allow', {}, `${QUEUE.slice(0, -6)}\${my:K}\${my:L}`]], [], 'ia/'],
    [
      'several parts of one resource',
      [['Allow', {}, `${QUEUE.slice(0, -6)}\${my:K}\${my:L}\${my:M}`]],
      [],
      'i/a',
    ],
    ['a part between texts in the middle', [['Allow', {}, `${QUEUE.slice(0, -6)}*r\${my:K}e*`]], [], 'ia/'],
    [
      'what a known key is compared with',
      [['Allow', { StringEquals: { 'my:Known': 'a${my:K}c' } }]],
      [['my:Known', 'abc']],
      'ia/',
    ],
    [
      'what a key is compared with that is absent',
      [['Allow', { StringEquals: { 'my:Known': '${my:K}' } }]],
      [],
      '/i',
    ],
    [
      'what a key with several values is compared with',
      [['Allow', { 'ForAllValues:StringEquals': { 'my:Known': ['${my:K}', 'b'] } }]],
      [['my:Known', ['a', 'b']]],
      'ia/',
    ],
    [
      'what a key is compared with in any letter case',
      [['Allow', { StringEqualsIgnoreCase: { 'my:Known': 'A${my:K}' } }]],
      [['my:Known', 'abc']],
      'ia/',
    ],
    [
      'a variable beside a known variable',
      [['Allow', { StringEqualsIgnoreCase: { 'my:Known': '${my:Other}${my:K}' } }]],
      [
        ['my:Known', 'abc'],
        ['my:Other', 'A'],
      ],
      'ia/',
    ],
    [
      'what a truth value is compared with',
      [['Allow', { Bool: { 'my:Known': '${my:K}' } }]],
      [['my:Known', 'True']],
      'ia/',
    ],
    [
      'what another unknown key is compared with',
      [['Allow', { StringEquals: { 'my:L': 'a${my:K}' } }]],
      [],
      'ia/',
    ],
    [
      'what another unknown key is compared with beside texts',
      [['Allow', { StringEquals: { 'my:L': ['a${my:K}', 'ab', 'x'] }, StringNotEquals: { 'my:K': 'b' } }]],
      [],
      'ia/',
    ],
    [
      'what another unknown key is compared with by a pattern',
      [['Allow', { StringLike: { 'my:L': 'a${my:K}*' } }]],
      [],
      '/ia',
    ],
    [
      'what another unknown key is compared with in any letter case',
      [['Allow', { StringEqualsIgnoreCase: { 'my:L': 'a${my:K}' } }]],
      [],
      '/ia',
    ],
    [
      'what another unknown key is compared with, and asked whether it is there',
      [['Allow', { StringEquals: { 'my:L': '${my:K}' }, Null: { 'my:L': 'false' } }]],
      [],
      'ia/',
    ],
    ['two of them in one text', [['Allow', { StringEquals: { 'my:L': '${my:K}${my:M}' } }]], [], '/ia'],
    [
      'two of them in two texts',
      [['Allow', { StringEquals: { 'my:L': ['${my:K}', 'x${my:M}'] } }]],
      [],
      '/ia',
    ],
    ['twice in one text', [['Allow', { StringEquals: { 'my:L': '${my:K}${my:K}' } }]], [], '/ia'],
    [
      'beside a variable that nothing resolves',
      [['Allow', { StringEquals: { 'my:L': '${my:K}${my:Absent}' } }]],
      [],
      '/i',
    ],
    [
      'what a key is compared with that is itself a variable',
      [
        ['Allow', { StringEquals: { 'my:L': '${my:K}' } }],
        ['Deny', { StringEquals: { 'my:Known': '${my:L}' } }],
      ],
      [['my:Known', 'a']],
      '/eia',
    ],
    ['in a circle', [['Allow', { StringEquals: { 'my:L': '${my:K}', 'my:K': '${my:L}' } }]], [], '/ia'],
    [
      'a part that does not fit in front of a known text',
      [['Allow', { StringEquals: { 'my:Known': 'x${my:K}' } }]],
      [['my:Known', 'abc']],
      '/i',
    ],
    [
      'a part that does not fit behind in a known text',
      [['Allow', { StringEquals: { 'my:Known': '${my:K}x' } }]],
      [['my:Known', 'abc']],
      '/i',
    ],
    [
      'beside a variable that nothing resolves, and a text',
      [['Allow', { StringEquals: { 'my:L': ['${my:K}${my:Absent}', 'x'] } }]],
      [],
      'ia/',
    ],
    ['three in a row', [['Allow', { StringEquals: { 'my:L': '${my:K}', 'my:M': '${my:L}' } }]], [], '/ia'],
  ])('%s', (_title, statements, known, expected) => {
    const open = KEYS.filter((key) => !known.some(([name]) => name === key));
    expect(outcomeOf(statements, known, open)).toBe(expected);
  });

  it('more places than there is time to try', () => {
    const known: Assignment = [['my:Known', 'abcdefghijklmnopqrstuvwxyABCDEFGHIJKLMNOPQRS']];
    const askers = (count: number): string =>
      outcomeOf(
        Array.from(
          { length: count },
          (_, at): Statement => ['Allow', { StringLike: { 'my:Known': `${at}*\${my:K}*` } }],
        ),
        known,
      );
    expect([askers(3), askers(120)]).toEqual(['/i', '/ia']);
  });

  it('more texts of another key than are told', () => {
    const texts = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `a${at}`);
    const ask = (count: number): string =>
      outcomeOf([['Allow', { StringEquals: { 'my:L': ['a${my:K}', ...texts(count)] } }]]);
    expect([ask(20), ask(200)]).toEqual(['ia/', '/ia']);
  });

  it('more places in a text than are told', () => {
    const ask = (length: number): string =>
      outcomeOf(
        [['Allow', { StringLike: { 'my:Known': '*${my:K}*' } }]],
        [
          [
            'my:Known',
            Array.from({ length }, (_, at) => String.fromCharCode(97 + (at % 26), 97 + (at % 7))).join(''),
          ],
        ],
      );
    expect([ask(5), ask(60)]).toEqual(['ia/', '/ia']);
  });

  it('not told where the known text holds the mark that stands for any other', () => {
    const mark = '\ue000\ue001\ue000';
    expect(outcomeOf([['Allow', { StringEquals: { 'my:Known': '${my:K}' } }]], [['my:Known', mark]])).toBe(
      '/ia',
    );
  });
});

describe('several layers that are not known', () => {
  const request: AuthorizationRequest = {
    ...sending(['my:K']),
    caller: callerOf(`arn:aws:iam::${HERE}:role/worker`),
  };

  it('are named where they change the decision, each by itself', () => {
    const open = { identity: 'unknown', scp: 'unknown', resource: 'none' } as const;
    expect(authorize(sending([]), open).dependsOn).toEqual(['scp', 'identity-policy']);
    // Either side suffices in one account, so neither matters alone once the other allows.
    expect(authorize(sending([]), { identity: 'unknown', resource: 'unknown' }).dependsOn).toEqual([
      'queue-policy',
      'identity-policy',
    ]);
    expect(
      authorize(sending([]), { identity: [policy('identity', DENY)], scp: 'unknown', session: 'unknown' }),
    ).toMatchObject({ decision: 'explicitDeny', dependsOn: [] });
  });

  it('are asked once for values that make no difference to them', () => {
    const policies: ApplicablePolicies = {
      scp: 'unknown',
      permissionsBoundary: 'unknown',
      identity: [policy('identity', when('Allow', { StringEquals: { 'my:K': ['a', 'b'] } }))],
      resource: [policy('queue', when('Allow', { StringEquals: { 'my:K': 'b' } }))][0] ?? 'none',
    };
    expect(authorize(request, policies)).toMatchObject({
      possible: ['explicitDeny', 'implicitDeny', 'allowed'],
      dependsOn: ['my:K', 'scp', 'permissions-boundary'],
    });
  });

  it('and keys that are not, in any layer, with nothing assumed where all layers were given', () => {
    const decrypt = { ...sending(['my:K']), action: 'kms:Decrypt', resource: { arn: KEY, account: HERE } };
    const given: ApplicablePolicies = {
      identity: 'none',
      resource: 'none',
      permissionsBoundary: 'none',
      scp: 'none',
      rcp: [[policy('rcp', when('Deny', { StringEquals: { 'my:K': 'a' } }))]],
      vpcEndpoint: 'none',
      grants: 'unknown',
    };
    expect(authorize(decrypt, given)).toMatchObject({
      possible: ['explicitDeny', 'implicitDeny', 'allowed'],
      decidedBy: 'rcp',
      dependsOn: ['my:K', 'grant'],
      assumed: [],
    });
    const { identity: _left, ...withheld } = given;
    expect(authorize(decrypt, withheld).assumed).toEqual(['identity-policy']);
  });

  it('and a value that is told do not make a decision sure', () => {
    const policies: ApplicablePolicies = {
      scp: 'unknown',
      identity: [policy('identity', when('Allow', { StringEquals: { 'my:K': 'a' } }))],
    };
    const { possible, witnesses } = authorize(sending(['my:K']), policies);
    expect([possible, witnesses]).toEqual([['explicitDeny', 'implicitDeny', 'allowed'], undefined]);
  });

  it('and values that are not told are left out of what makes a decision sure', () => {
    const policies = identityOf([
      ['Deny', { StringEquals: { 'my:K': 'a' } }],
      ['Allow', { StringEqualsIgnoreCase: { 'my:L': 'Ä' } }],
    ]);
    const { dependsOn, witnesses } = authorize(sending(['my:K', 'my:L']), policies);
    expect(dependsOn).toEqual(['my:K', 'my:L']);
    expect(witnesses).toEqual([{ decision: 'explicitDeny', values: [['my:K', 'a']] }]);
  });

  it('a key that is asked and changes nothing is not named', () => {
    const policies = identityOf([
      ['Allow', { StringEquals: { 'my:K': 'a' } }],
      ['Allow', { StringEquals: { 'my:K': 'a', 'my:L': 'b' } }],
    ]);
    expect(authorize(sending(['my:K', 'my:L']), policies).dependsOn).toEqual(['my:K']);
  });

  it('the statement that is sure is told, though others may deny before it', () => {
    const scp = policy(
      'scp',
      when('Deny', { StringEqualsIgnoreCase: { 'my:L': 'Ä' } }),
      when('Deny', { StringEquals: { 'my:K': 'a' } }),
      ALLOW,
    );
    const verdict = authorize(sending(['my:K', 'my:L']), {
      scp: [[scp]],
      identity: [policy('identity', ALLOW)],
    });
    expect([verdict.possible, verdict.decidedBy, verdict.statement?.statement]).toEqual([
      ['explicitDeny', 'allowed'],
      'scp',
      1,
    ]);
  });

  it('a boundary that may be there undoes NotPrincipal, perhaps', () => {
    const alice = `arn:aws:iam::${HERE}:user/alice`;
    const denying = (condition: unknown): ApplicablePolicies => ({
      identity: [policy('identity', ALLOW)],
      resource: policy('queue', { ...when('Deny', condition), NotPrincipal: { AWS: [HERE, alice] } }),
    });
    const ask = (condition: unknown, boundary: ApplicablePolicies['permissionsBoundary']) => {
      const { possible, dependsOn } = authorize(sending(['my:K']), {
        ...denying(condition),
        ...(boundary !== undefined && { permissionsBoundary: boundary }),
      });
      return [possible.map((each) => each.charAt(0)).join(''), ...dependsOn];
    };
    const limits = policy('permissions-boundary', ALLOW);
    expect(ask({}, undefined)).toEqual(['a']);
    expect(ask({}, 'none')).toEqual(['a']);
    expect(ask({}, limits)).toEqual(['e']);
    expect(ask({}, 'unknown')).toEqual(['eia', 'permissions-boundary']);
    expect(ask({ StringEquals: { 'my:K': 'a' } }, limits)).toEqual(['ea', 'my:K']);
    expect(ask({ StringEquals: { 'my:Absent': 'a' } }, 'unknown')).toEqual(['eia', 'permissions-boundary']);
    const { decidedBy } = authorize(sending([]), {
      ...denying({ StringEquals: { 'my:Absent': 'a' } }),
      permissionsBoundary: 'unknown',
    });
    expect(decidedBy).toBe('permissions-boundary');
  });

  it('are not named where others decide alone', () => {
    const alice = callerOf(`arn:aws:iam::${HERE}:user/alice`);
    const decrypt = { caller: alice, action: 'kms:Decrypt', resource: { arn: KEY, account: HERE } };
    const policies: ApplicablePolicies = {
      resource: policy('key', ALLOW),
      grants: 'unknown',
      scp: 'unknown',
    };
    expect(authorize({ ...sending([]), ...decrypt }, policies).dependsOn).toEqual(['scp']);
  });

  it('are asked the same for different values that come to the same', () => {
    const identity = ['a', 'b'].map((each) => when('Allow', { StringEquals: { 'my:K': each } }));
    const policies: ApplicablePolicies = {
      grants: 'unknown',
      scp: 'unknown',
      identity: [policy('identity', ...identity)],
      resource: policy('key', ALLOW),
    };
    const asked = { ...sending(['my:K']), action: 'kms:Decrypt', resource: { arn: KEY, account: HERE } };
    expect(authorize(asked, policies)).toMatchObject({
      possible: ['explicitDeny', 'implicitDeny', 'allowed'],
      dependsOn: ['scp'],
    });
  });

  it('leave the statement sure that allows whatever they are', () => {
    // Nobody is named so and not so, but that takes values to find out.
    const never = when('Deny', {
      StringEquals: { 'aws:username': 'a' },
      StringNotLike: { 'aws:username': 'a*' },
    });
    const ask = (resource: string, policies: ApplicablePolicies) => {
      const action = resource === KEY ? 'kms:Decrypt' : 'sqs:SendMessage';
      const { decision, decidedBy, statement } = authorize(
        { ...sending(['aws:username']), action, resource: { arn: resource, account: HERE } },
        policies,
      );
      return [decision, decidedBy, statement?.policy.type, statement?.statement];
    };
    const identity = [policy('identity', never, ALLOW)];
    const grantee = callerOf(`arn:aws:iam::${HERE}:user/alice`);
    if (grantee.kind !== 'user') throw new Error('a user');
    const grant = {
      id: 'g',
      grantee: { kind: 'user', text: grantee.arn.text, arn: grantee.arn },
      operations: ['Decrypt'],
    } as const;
    expect(ask(QUEUE, { identity })).toEqual(['allowed', 'identity-policy', 'identity', 1]);
    expect(ask(QUEUE, { identity: [policy('identity', never)], resource: policy('queue', ALLOW) })).toEqual([
      'allowed',
      'queue-policy',
      'queue',
      0,
    ]);
    expect(ask(KEY, { identity: [policy('identity', never)], grants: [grant] })).toEqual([
      'allowed',
      'grant',
      undefined,
      undefined,
    ]);
  });

  it('an allow that stands on one of two sides has no sure statement', () => {
    const policies: ApplicablePolicies = {
      identity: [policy('identity', ALLOW)],
      resource: policy(
        'queue',
        { ...ALLOW, Principal: { AWS: HERE } },
        when('Allow', { StringEqualsIgnoreCase: { 'my:K': 'Ä' } }),
      ),
    };
    const verdict = authorize(sending(['my:K']), policies);
    expect([verdict.decision, verdict.decidedBy, verdict.statement?.policy.type]).toEqual([
      'allowed',
      'queue-policy',
      undefined,
    ]);
  });
});

describe('what is remembered', () => {
  it('of actions is bounded, and the same afterwards', () => {
    const first = factsOfAction('sqs:FirstOfMany');
    expect(factsOfAction('sqs:FirstOfMany')).toBe(first);
    for (let at = 0; at < 5000; at += 1) factsOfAction(`sqs:Many${at}`);
    expect(factsOfAction('sqs:FirstOfMany')).not.toBe(first);
    expect(factsOfAction('sqs:FirstOfMany')).toEqual(first);
  });

  it('of policies and actions is bounded, and the answers are the same afterwards', () => {
    const policies: ApplicablePolicies = {
      identity: [policy('identity', { ...ALLOW, Action: 'sqs:Many*' }, { ...DENY, Action: 'sqs:Many7*' })],
    };
    const ask = (action: string): string => authorize({ ...sending([]), action }, policies).decision;
    const first = bindPolicies(policies).about('sqs:Many1');
    expect(bindPolicies(policies).about('sqs:Many1')).toBe(first);
    const expected = (at: number): string => (String(at).startsWith('7') ? 'explicitDeny' : 'allowed');
    for (let at = 0; at < 1100; at += 1) expect(ask(`sqs:Many${at}`)).toBe(expected(at));
    expect(bindPolicies(policies).about('sqs:Many1')).not.toBe(first);
    for (let at = 0; at < 100; at += 1) expect(ask(`sqs:Many${at}`)).toBe(expected(at));
  });
});

describe('layers as bits', () => {
  it('have one bit each, the same in table and switch', () => {
    expect(LAYERS.map((layer) => [layer, bitOf(layer)])).toEqual(Object.entries(LAYER_BIT));
    expect(new Set(LAYERS.map(bitOf)).size).toBe(LAYERS.length);
    for (const layer of LAYERS) expect(layersOf(bitOf(layer))).toEqual([layer]);
    expect(layersOf(255)).toEqual(LAYERS);
    expect(layersOf(0)).toEqual([]);
  });
});
