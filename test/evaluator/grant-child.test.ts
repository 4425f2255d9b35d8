import { describe, expect, it } from 'vitest';
import { decide } from '../../src/evaluator/decide.js';

const ADA = 'arn:aws:iam::111122223333:user/Ada';
const UNKNOWN = { unknown: true };

/** Ada makes a grant through the grant that she has. */
function makes(
  context: Record<string, unknown>,
  constraints: object = {},
  encryptionContext: object = {},
): unknown {
  return {
    request: {
      principal: ADA,
      action: 'kms:CreateGrant',
      resource: 'arn:aws:kms:us-east-1:111122223333:key/k-1',
      context,
      encryptionContext,
    },
    contextIsComplete: true,
    grants: [{ granteePrincipal: ADA, operations: ['CreateGrant', 'Decrypt'], constraints }],
  };
}

const DECRYPT = { 'kms:GrantOperations': ['Decrypt'] };
const EQUALS = { 'kms:GrantConstraintType': 'EncryptionContextEquals' };
const SUBSET = { 'kms:GrantConstraintType': 'EncryptionContextSubset' };
const NEWS = 'arn:aws:sns:us-east-1:111122223333:news';
const FROM_NEWS = { 'aws:SourceArn': NEWS };
const FOR_NEWS = { 'kms:GrantConstraintSourceArn': NEWS };
const T1 = { tenant: 't1' };

describe('a grant made through a grant', () => {
  it.each([
    ['has operations of its parent', makes(DECRYPT), 'allowed'],
    ['has the right to make grants too', makes({ 'kms:GrantOperations': ['CreateGrant'] }), 'allowed'],
    ['has no operation that its parent lacks', makes({ 'kms:GrantOperations': ['Encrypt'] }), 'implicitDeny'],
    ['may be constrained where its parent is not', makes({ ...DECRYPT, ...EQUALS }, {}, T1), 'allowed'],
    [
      'equals what its parent equals',
      makes({ ...DECRYPT, ...EQUALS }, { EncryptionContextEquals: T1 }, T1),
      'allowed',
    ],
    [
      'is no subset where its parent equals',
      makes({ ...DECRYPT, ...SUBSET }, { EncryptionContextEquals: T1 }, T1),
      'implicitDeny',
    ],
    [
      'equals or contains what its parent contains',
      makes({ ...DECRYPT, ...EQUALS }, { EncryptionContextSubset: T1 }, { ...T1, a: 'b' }),
      'allowed',
    ],
    [
      'contains nothing else than its parent',
      makes({ ...DECRYPT, ...SUBSET }, { EncryptionContextSubset: T1 }, { a: 'b' }),
      'implicitDeny',
    ],
    [
      'serves the source that its parent serves',
      makes({ ...DECRYPT, ...FROM_NEWS, ...FOR_NEWS }, { SourceArn: NEWS }),
      'allowed',
    ],
    [
      'serves not every source where its parent serves one',
      makes({ ...DECRYPT, ...FROM_NEWS }, { SourceArn: NEWS }),
      'implicitDeny',
    ],
    [
      'serves no other source than its parent',
      makes({ ...DECRYPT, ...FROM_NEWS, 'kms:GrantConstraintSourceArn': `${NEWS}-2` }, { SourceArn: NEWS }),
      'implicitDeny',
    ],
    [
      'may serve one source where its parent serves all',
      makes({ ...DECRYPT, ...FROM_NEWS, ...FOR_NEWS }),
      'allowed',
    ],
    [
      'is constrained where its parent is',
      makes(DECRYPT, { EncryptionContextSubset: T1 }, T1),
      'implicitDeny',
    ],
  ])('%s', (_, line, decision) => {
    expect(decide(line).decision).toBe(decision);
  });

  it('hangs on its operations and its constraint where they are not known', () => {
    const operations = decide(makes({ 'kms:GrantOperations': UNKNOWN }));
    expect([operations.decision, operations.dependsOn]).toEqual(['undetermined', ['kms:GrantOperations']]);
    const type = decide(
      makes({ ...DECRYPT, 'kms:GrantConstraintType': UNKNOWN }, { EncryptionContextSubset: T1 }, T1),
    );
    expect([type.decision, type.dependsOn]).toEqual(['undetermined', ['kms:GrantConstraintType']]);
    const source = decide(
      makes({ ...DECRYPT, ...FROM_NEWS, 'kms:GrantConstraintSourceArn': UNKNOWN }, { SourceArn: NEWS }),
    );
    expect([source.decision, source.dependsOn]).toEqual(['undetermined', ['kms:GrantConstraintSourceArn']]);
  });
});
