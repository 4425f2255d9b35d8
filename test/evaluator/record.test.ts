import { describe, expect, it } from 'vitest';
import { authorize } from '../../src/evaluator/authorize.js';
import { recordTrace } from '../../src/evaluator/recorder.js';
import type { ApplicablePolicies } from '../../src/evaluator/request.js';
import { ALLOW, callerOf, HERE, KEY, policy, QUEUE, sending } from './asking.js';

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
