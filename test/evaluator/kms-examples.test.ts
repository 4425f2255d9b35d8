import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/evaluator/decide.js';

interface Example {
  readonly id: string;
  readonly situation: string;
  readonly why: string;
  readonly expect: 'allow' | 'deny-explicit' | 'deny-implicit';
}

const { cases } = JSON.parse(
  readFileSync(new URL('../conformance/kms-examples.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly Example[] };

const DECISION = {
  allow: 'allowed',
  'deny-explicit': 'explicitDeny',
  'deny-implicit': 'implicitDeny',
} as const;

describe('the worked KMS examples come out as AWS decides them', () => {
  it('there are 133 of them', () => {
    expect(cases).toHaveLength(133);
  });
  it.each(cases.map((example) => [example.id, example.why, example] as const))(
    '%s: %s',
    (_id, _why, example) => {
      const answer = decide({ ...example, contextIsComplete: true });
      expect(answer.issues.filter((issue) => issue.severity === 'error')).toEqual([]);
      expect(answer.decision).toBe(DECISION[example.expect]);
    },
  );
});
