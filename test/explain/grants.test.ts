import { describe, expect, it } from 'vitest';
import { allowedLines, explainAllowed } from '../../src/explain/allowed.js';
import { explainOutcome } from '../../src/explain/explanation.js';
import { traceLines } from '../../src/explain/full-trace.js';
import { whyLines } from '../../src/explain/why.js';
import type { Outcome } from '../../src/replay/outcome.js';
import { HEAD, replay } from '../scenario/in-memory.js';

/** The last outcome of a world in which the owner of a key has made a grant. */
function last(grant: string, step: string, settings = ''): Outcome {
  const text = `${HEAD}${settings}
principals: { owner: { policies: [] }, worker: { policies: [] } }
keys:
  orders-key:
    policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:role/owner" }, Action: "kms:*", Resource: "*" } }
steps:
  - { as: owner, call: kms:CreateGrant, key: orders-key, with: { GranteePrincipal: worker, Name: for-the-worker, ${grant} } }
  - { as: worker, key: orders-key, ${step} }
`;
  const outcome = replay(text).at(-1)?.outcome;
  if (outcome === undefined) throw new Error('the last step is a call');
  return outcome;
}

const why = (outcome: Outcome): string => {
  const explanation = explainOutcome(outcome);
  return explanation === undefined ? 'succeeded' : whyLines(explanation).join('\n').replace(/\s+/g, ' ');
};

const DECRYPT = 'call: kms:Decrypt, with: { EncryptionContext: { tenant: t2, app: a } }';

describe('a request that a grant allows', () => {
  const outcome = last('Operations: [Decrypt, DescribeKey]', DECRYPT);

  it('names the grant, whom it serves and for what', () => {
    const [allowance] = explainAllowed(outcome);
    expect(allowance && allowedLines(allowance).join(' ').replace(/\s+/g, ' ')).toContain(
      'because grant for-the-worker allows it: Decrypt, DescribeKey for arn:aws:iam::111122223333:role/worker',
    );
    expect(traceLines(outcome).join(' ').replace(/\s+/g, ' ')).toContain(
      'grant for-the-worker: allows (Decrypt, DescribeKey for arn:aws:iam::111122223333:role/worker)',
    );
  });
});

describe('a request that a grant does not serve', () => {
  it.each([
    [
      'another encryption context',
      last('Operations: [Decrypt], Constraints: { EncryptionContextSubset: { tenant: t1 } }', DECRYPT),
      'grant for-the-worker: its encryption context must contain tenant=t1; the request has tenant=t2, app=a',
      'a grant with an encryption context constraint serves only requests',
    ],
    [
      'an encryption context with more pairs',
      last('Operations: [Decrypt], Constraints: { EncryptionContextEquals: { tenant: t2 } }', DECRYPT),
      'grant for-the-worker: its encryption context must equal tenant=t2; the request has tenant=t2, app=a',
      'a grant with an encryption context constraint serves only requests',
    ],
    [
      'no source',
      last(
        'Operations: [Decrypt], Constraints: { SourceArn: "arn:aws:sns:us-east-1:111122223333:news" }',
        DECRYPT,
      ),
      'grant for-the-worker: it serves arn:aws:sns:us-east-1:111122223333:news only; the request has no aws:SourceArn',
      'a grant with an encryption context constraint serves only requests',
    ],
    [
      'no token',
      last('Operations: [Decrypt]', DECRYPT, 'settings: { propagation: delayed }'),
      'grant for-the-worker: it is not visible everywhere yet and the request carries no token of it',
      'a new grant serves at once only requests that carry its token',
    ],
    [
      'a wider child',
      last(
        'Operations: [CreateGrant]',
        'call: kms:CreateGrant, with: { GranteePrincipal: owner, Operations: [Encrypt] }',
      ),
      'grant for-the-worker: the new grant would allow Encrypt, which it does not',
      'a grant made through a grant allows no operation that its parent lacks',
    ],
  ])('says so of %s', (_, outcome, nearest, rule) => {
    const text = why(outcome);
    expect(text).toContain(nearest);
    expect(text).toContain(rule);
  });
});
