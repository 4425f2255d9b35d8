import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import type { PolicyType } from '../../src/policy/policy.js';
import { marked, summary } from '../policy/marked.js';
import { ACTION_AND_RESOURCE_FAULTS } from './action-and-resource-faults.js';
import { CONDITION_FAULTS } from './condition-faults.js';
import { DOCUMENT_FAULTS } from './document-faults.js';
import { soundDraft, written } from './draft.js';
import { GRAMMAR } from './grammar-facts.js';
import { PRINCIPAL_FAULTS } from './principal-faults.js';

const FAULTS = [...DOCUMENT_FAULTS, ...PRINCIPAL_FAULTS, ...ACTION_AND_RESOURCE_FAULTS, ...CONDITION_FAULTS];

interface Case {
  readonly element: string;
  readonly fault: string;
  readonly type: PolicyType;
  readonly text: string;
  readonly wanted: readonly string[];
}

/** Element x fault x policy type, without the faults that cannot be made in a policy of that type. */
const CASES: readonly Case[] = FAULTS.flatMap(({ element, fault, edit, judged }) =>
  GRAMMAR.flatMap((facts): readonly Case[] => {
    const judgement = judged(facts);
    if (judgement === undefined) return [];
    const { text, spots } = marked(written(edit(soundDraft(facts))));
    const wanted = judgement.map((issue, index) => `${issue} ${spots[index] ?? spots.at(-1)}`);
    return [{ element, fault, type: facts.type, text, wanted }];
  }),
);

const BAD = CASES.filter(({ wanted }) => wanted.length > 0);

function found({ type, text }: Case): readonly string[] {
  return summary(parsePolicy({ name: 'policy.json', text }, type));
}

describe('a sound policy', () => {
  it.each(GRAMMAR.map((facts) => ({ type: facts.type, facts })))(
    'of type $type has no issue',
    ({ type, facts }) => {
      const { text } = marked(written(soundDraft(facts)));
      expect(summary(parsePolicy({ name: 'policy.json', text }, type))).toEqual([]);
    },
  );
});

describe('a policy with one fault has exactly the issues of that fault, each at its place', () => {
  const kinds = FAULTS.map(({ element, fault }) => ({ element, fault }));
  it.each(kinds)('$element $fault', ({ element, fault }) => {
    const cases = CASES.filter((each) => each.element === element && each.fault === fault);
    const results = cases.map((each) => ({ type: each.type, issues: found(each).toSorted() }));
    expect(results.length).toBeGreaterThan(0);
    expect(results).toEqual(cases.map(({ type, wanted }) => ({ type, issues: wanted.toSorted() })));
  });

  it('and the faults are many: every element, every policy type', () => {
    expect(BAD.length).toBeGreaterThanOrEqual(400);
    expect(new Set(BAD.map(({ element }) => element)).size).toBe(15);
    expect(new Set(BAD.map(({ type }) => type)).size).toBe(10);
    const titles = CASES.map(({ element, fault, type }) => `${element} ${fault} ${type}`);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('and it is found in less than 50 ms', () => {
    const started = performance.now();
    for (const each of CASES) found(each);
    expect(performance.now() - started).toBeLessThan(CASES.length * 50);
  });
});
