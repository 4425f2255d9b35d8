import { describe, expect, it } from 'vitest';
import { decide } from '../../src/evaluator/decide.js';
import { REFUSES_DOCUMENTS } from './ablation.js';
import { lineOf, SINGLE_FILES } from './single-cases.js';

describe.each(SINGLE_FILES.map((file) => [file.rule, file] as const))('%s', (rule, { cases }) => {
  it.each(cases.map((one) => [one.id, one.why, one] as const))('%s: %s', (_id, _why, one) => {
    const { decision, decidedBy } = decide(lineOf(one));
    const { expect: wanted } = one;
    expect({ decision, ...(wanted.decidedBy === undefined ? {} : { decidedBy }) }).toEqual(wanted);
    if (REFUSES_DOCUMENTS.includes(rule)) expect(decision === 'invalid').toBe(one.decides);
  });
});
