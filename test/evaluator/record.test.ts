import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../src/conditions/context.js';
import { authorize } from '../../src/evaluator/authorize.js';
import { recordTrace, type TraceEntry } from '../../src/evaluator/recorder.js';
import type { ApplicablePolicies } from '../../src/evaluator/request.js';
import { ALLOW, callerOf, DENY, HERE, KEY, policy, QUEUE, sending } from './asking.js';

const ALICE = `arn:aws:iam::${HERE}:user/alice`;

describe('what a decision tells while it runs', () => {
  const statementsOf = (policies: ApplicablePolicies): readonly unknown[] => {
    const recorder = recordTrace();
    authorize(sending([]), policies, recorder);
    return recorder.trace.flatMap((entry) => {
      if (entry.what !== 'statement') return [];
      const facets = entry.facets.map(({ facet, holds, rules }) => [facet.of, holds, ...rules]);
      return [[entry.layer, entry.holds, entry.reach, ...facets]];
    });
  };

  it('of a deny with NotPrincipal, which a boundary undoes', () => {
    const denying = policy('queue', {
      Effect: 'Deny',
      NotPrincipal: { AWS: [HERE, ALICE] },
      NotAction: 'sqs:ReceiveMessage',
      NotResource: `${QUEUE}2`,
    });
    const told = (holds: number): unknown => [
      'resource-policy',
      holds,
      3,
      ['action', 2, 'ACTION-NOT', 'ACTION-MATCHES'],
      ['principal', holds, 'NOT-PRINCIPAL-WHOLE-CHAIN'],
      ['resource', 2, 'RESOURCE-NOT', 'RESOURCE-MATCHES'],
    ];
    expect(statementsOf({ resource: denying, permissionsBoundary: 'none' })).toEqual([told(1)]);
    const boundary = policy('permissions-boundary', ALLOW);
    expect(statementsOf({ resource: denying, permissionsBoundary: boundary })[0]).toEqual(told(2));
    expect(statementsOf({ resource: denying, permissionsBoundary: 'unknown' })).toEqual([told(3)]);
  });

  it('of principals, some of which have no rule of their own', () => {
    const resource = policy('queue', {
      ...ALLOW,
      Principal: { AWS: [HERE, ALICE], Federated: 'cognito-identity.amazonaws.com' },
    });
    expect(statementsOf({ resource })).toEqual([
      [
        'resource-policy',
        2,
        3,
        ['action', 2, 'ACTION-MATCHES'],
        ['principal', 2, 'PRINCIPAL-ACCOUNT'],
        ['resource', 2, 'RESOURCE-MATCHES'],
      ],
    ]);
  });

  it('of every statement of a level, about the action or not, facet by facet', () => {
    const recorder = recordTrace();
    const other = { NotAction: 'sqs:SendMessage' };
    const identity = [
      policy(
        'identity',
        { ...ALLOW, ...other },
        { ...DENY, ...other },
        { ...DENY, NotResource: QUEUE },
        { ...ALLOW, NotResource: `${QUEUE}2`, Condition: { StringEquals: { 'my:K': 'a', 'my:L': 'b' } } },
        { ...DENY, Condition: { StringEquals: { 'my:M': 'c' } } },
        { ...ALLOW },
      ),
    ];
    authorize(sending(['my:M'], [['my:K', 'a']]), { identity, grants: 'none' }, recorder);
    const facetsOf = (entry: TraceEntry): unknown =>
      entry.what === 'statement'
        ? [entry.holds, ...entry.facets.map(({ facet, holds, got }) => [facet.of, holds, got])]
        : entry;
    const action = (holds: number) => ['action', holds, 'sqs:SendMessage'];
    const resource = (holds: number) => ['resource', holds, QUEUE];
    expect(recorder.trace.map(facetsOf)).toEqual([
      [1, action(1), resource(2)],
      [1, action(1), resource(2)],
      [1, action(2), resource(1)],
      [1, action(2), resource(2), ['condition', 2, 'a'], ['condition', 1, undefined]],
      [3, action(2), resource(2), ['condition', 3, UNKNOWN]],
      [2, action(2), resource(2)],
      { what: 'layer', layer: 'identity-policy', level: 0, denies: 3, allows: 2 },
    ]);
    const conditions = recorder.trace.flatMap((entry) =>
      entry.what === 'statement' ? entry.facets.filter(({ facet }) => facet.of === 'condition') : [],
    );
    expect(conditions.map(({ facet, rules }) => [facet, rules.length > 0])).toEqual([
      [{ of: 'condition', index: 0, operator: 'StringEquals', key: 'my:K' }, true],
      [{ of: 'condition', index: 1, operator: 'StringEquals', key: 'my:L' }, true],
      [{ of: 'condition', index: 0, operator: 'StringEquals', key: 'my:M' }, false],
    ]);
    expect(conditions.map((entry) => 'got' in entry)).toEqual([true, false, true]);
  });

  it.each<readonly [unknown, ...string[]]>([
    ['*', 'PRINCIPAL-EVERYONE'],
    [{ AWS: HERE }, 'PRINCIPAL-ACCOUNT'],
    [{ Service: 'sns.amazonaws.com' }, 'PRINCIPAL-SERVICE'],
    [{ AWS: `arn:aws:iam::${HERE}:role/worker` }, 'PRINCIPAL-ROLE'],
    [{ AWS: `arn:aws:sts::${HERE}:assumed-role/worker/one` }, 'PRINCIPAL-SESSION'],
    [{ AWS: `arn:aws:sts::${HERE}:federated-user/bob` }, 'PRINCIPAL-FEDERATED-USER'],
    [{ AWS: 'AIDACKCEVSQ6C2EXAMPLE' }, 'PRINCIPAL-UNIQUE-ID'],
    [{ AWS: ALICE }],
    [{ AWS: [HERE, '444455556666', ALICE] }, 'PRINCIPAL-ACCOUNT'],
  ])('of the principals %j, by their rules: %j', (Principal, ...rules) => {
    const resource = policy('queue', { ...ALLOW, Principal });
    const recorder = recordTrace();
    authorize(sending([]), { resource }, recorder);
    const [told] = recorder.trace.flatMap((entry) =>
      entry.what === 'statement' ? entry.facets.filter(({ facet }) => facet.of === 'principal') : [],
    );
    expect(told?.rules).toEqual(rules);
  });

  it('of nothing where layers and grants are not known', () => {
    const recorder = recordTrace();
    authorize(sending([]), { identity: 'unknown', resource: 'none', grants: 'unknown' }, recorder);
    expect(recorder.trace).toEqual([]);
  });

  it('of grants, with what they miss', () => {
    const recorder = recordTrace();
    const caller = callerOf(ALICE);
    if (caller.kind !== 'user') throw new Error('a user');
    const grantee = { kind: 'user', text: ALICE, arn: caller.arn } as const;
    const decrypt = { ...sending([]), action: 'kms:Decrypt', resource: { arn: KEY, account: HERE } };
    const grants = [
      { id: 'one', grantee, operations: ['Decrypt'] },
      { id: 'two', grantee, operations: ['Encrypt'] },
    ];
    authorize(decrypt, { grants }, recorder);
    expect(recorder.trace).toEqual([
      { what: 'grant', id: 'one', reach: 3 },
      { what: 'grant', id: 'two', reach: 0, missed: 'it allows Encrypt', rule: 'KMS-GRANT-ALLOWS' },
    ]);
  });
});
