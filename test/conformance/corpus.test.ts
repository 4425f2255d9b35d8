import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/evaluator/decide.js';
import { RULES } from '../../src/rules/registry.js';
import { WITHOUT_CASES } from '../../src/rules/without-cases.js';
import { decide as decideByModel } from '../model/decide.js';
import { FACT_NAMES } from '../model/facts.js';
import { ABLATION, REFUSES_DOCUMENTS } from './ablation.js';
import { FLOW_CASES, FLOW_FILES, replayCase, seenOf } from './flow-cases.js';
import { shows } from './shows.js';
import {
  decidingFacts,
  EVIDENCE,
  type Evidence,
  isRule,
  lineOf,
  readJson,
  SINGLE_CASES,
  SINGLE_FILES,
} from './single-cases.js';

const RULE_IDS = Object.keys(RULES).filter(isRule);
const REPLAYS = FLOW_CASES.map((one) => ({ one, replayed: replayCase(one) }));
const STEPS = REPLAYS.flatMap(({ one, replayed }) =>
  replayed.map((each) => ({ ...each, evidence: one.evidence })),
);

/** An engine that lets through what AWS refuses is worse than one that refuses what AWS lets through. */
interface Score {
  cases: number;
  wronglyAllowed: number;
  wronglyDenied: number;
}

function scoresOf(
  answers: readonly { readonly evidence: Evidence; readonly wanted: boolean; readonly got: boolean }[],
): Readonly<Record<Evidence, Score>> {
  const zero = (): Score => ({ cases: 0, wronglyAllowed: 0, wronglyDenied: 0 });
  const scores = { recorded: zero(), maintainer: zero(), documented: zero(), reading: zero() };
  for (const { evidence, wanted, got } of answers) {
    const score = scores[evidence];
    score.cases += 1;
    if (got && !wanted) score.wronglyAllowed += 1;
    if (wanted && !got) score.wronglyDenied += 1;
  }
  return scores;
}

describe('the corpus', () => {
  it('holds at least 600 single-request cases and 60 flows', () => {
    expect(SINGLE_CASES.length).toBeGreaterThanOrEqual(600);
    expect(FLOW_CASES.length).toBeGreaterThanOrEqual(60);
  });

  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(readJson('case.schema.json'));
  it.each([
    ...SINGLE_FILES.map(({ file }) => `single/${file}`),
    ...FLOW_FILES.map(({ file }) => `flows/${file}`),
  ])('%s follows its schema', (path) => {
    validate(readJson(path));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('is as large as its README says', () => {
    const readme = readFileSync(new URL('../../conformance/README.md', import.meta.url), 'utf8');
    expect(readme).toContain(
      `${SINGLE_CASES.length} cases, one file for each of ${SINGLE_FILES.length} rules`,
    );
    expect(readme).toContain(`${FLOW_CASES.length} cases, ${STEPS.length} steps`);
  });

  it('gives every case an id of its own', () => {
    const ids = [...SINGLE_CASES, ...FLOW_CASES].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks nothing twice', () => {
    const lines = SINGLE_CASES.map((one) => JSON.stringify(lineOf(one)));
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('files every case under its rule, and names registered rules only', () => {
    expect(SINGLE_FILES.filter(({ file, rule }) => file !== `${rule}.json`)).toEqual([]);
    expect(SINGLE_FILES.flatMap(({ rule, cases }) => cases.filter((one) => one.rule !== rule))).toEqual([]);
    const named = [
      ...SINGLE_CASES.map(({ rule }) => rule),
      ...FLOW_CASES.flatMap(({ rules }) => rules),
      ...STEPS.flatMap(({ step: { decides = [], spares = [] } }) => [...decides, ...spares]),
    ];
    expect(named.filter((id) => !isRule(id))).toEqual([]);
  });

  it('has cases of every kind of evidence', () => {
    const kinds = new Set([...SINGLE_CASES, ...FLOW_CASES].map(({ evidence }) => evidence));
    expect([...kinds].sort()).toEqual([...EVIDENCE].sort());
  });

  it('decides and spares every rule, but for those with a reason not to', () => {
    const deciding = new Set<string>([
      ...SINGLE_CASES.filter(({ decides }) => decides).map(({ rule }) => rule),
      ...STEPS.flatMap(({ step }) => step.decides ?? []),
    ]);
    const spared = new Set<string>([
      ...SINGLE_CASES.filter(({ decides }) => !decides).map(({ rule }) => rule),
      ...STEPS.flatMap(({ step }) => step.spares ?? []),
    ]);
    const due = RULE_IDS.filter((id) => !WITHOUT_CASES.has(id));
    expect(due.filter((id) => !deciding.has(id))).toEqual([]);
    expect(due.filter((id) => !spared.has(id))).toEqual([]);
    expect([...WITHOUT_CASES.keys()].filter((id) => deciding.has(id))).toEqual([]);
  });
});

const ASKED_OF_THE_MODEL = SINGLE_FILES.filter(({ rule }) => !REFUSES_DOCUMENTS.includes(rule));

describe.each(ASKED_OF_THE_MODEL.map((file) => [file.rule, file] as const))('%s', (_rule, { cases }) => {
  it.each(cases.map((one) => [one.id, one.why, one] as const))('%s: %s', (_id, _why, one) => {
    expect(decideByModel(lineOf(one))).toMatchObject(one.expect);
    const facts = decidingFacts(one);
    expect(facts.length > 0, `facts that decide: ${facts.join(', ')}`).toBe(one.decides);
  });
});

describe('the flows', () => {
  it.each(STEPS.map((each) => [each.title, each] as const))('%s', (_title, replayed) => {
    const seen = seenOf(replayed);
    const { step, outcome } = replayed;
    expect(seen.outcome, outcome.refusal?.error.message).toBe(step.expect);
    if (step.error !== undefined) {
      const { code, at, http } = step.error;
      expect(seen).toMatchObject({ code, at, ...(http === undefined ? {} : { http }) });
    }
    if (step.kmsAction !== undefined) expect(seen.action).toBe(step.kmsAction);
    if (step.kms !== undefined) expect(seen.kms).toEqual(step.kms);
    if (step.hops !== undefined) expect(seen.hops).toEqual(step.hops);
    if (step.record !== undefined)
      expect(outcome.hops.find(({ record }) => record !== undefined)?.record?.holds).toMatchObject(
        step.record,
      );
    if (step.messages !== undefined) expect(seen.messages).toMatchObject(step.messages);
    expect((step.decides ?? []).filter((rule) => !shows(rule, replayed))).toEqual([]);
    expect((step.spares ?? []).filter((rule) => shows(rule, replayed))).toEqual([]);
  });
});

describe('ablation', () => {
  it('has facts for every rule of one request, and for no other', () => {
    const single = SINGLE_FILES.map(({ rule }) => rule).filter((rule) => !REFUSES_DOCUMENTS.includes(rule));
    expect(Object.keys(ABLATION).sort()).toEqual([...single].sort());
  });

  it('uses each of its facts: some deciding case turns on it', () => {
    const used = new Set(SINGLE_CASES.filter(({ decides }) => decides).flatMap(decidingFacts));
    const listed = new Set(Object.values(ABLATION).flat());
    expect([...listed].filter((fact) => !used.has(fact))).toEqual([]);
  });

  it('leaves few facts of the model without a rule', () => {
    const listed = new Set(Object.values(ABLATION).flat());
    expect(FACT_NAMES.filter((fact) => !listed.has(fact))).toEqual(['root-has-no-policies']);
  });
});

describe('the scores', () => {
  const nothingWrong = (scores: Readonly<Record<Evidence, Score>>): void => {
    for (const evidence of EVIDENCE) {
      const { cases, wronglyAllowed, wronglyDenied } = scores[evidence];
      expect(cases, evidence).toBeGreaterThan(0);
      expect({ wronglyAllowed }, evidence).toEqual({ wronglyAllowed: 0 });
      expect({ wronglyDenied }, evidence).toEqual({ wronglyDenied: 0 });
    }
  };

  it('of single requests: nothing wrongly allowed, nothing wrongly denied', () => {
    const scores = scoresOf(
      SINGLE_CASES.map((one) => ({
        evidence: one.evidence,
        wanted: one.expect.decision === 'allowed',
        got: decide(lineOf(one)).decision === 'allowed',
      })),
    );
    console.table(scores);
    nothingWrong(scores);
  });

  it('of flows, step by step: nothing wrongly allowed, nothing wrongly denied', () => {
    const scores = scoresOf(
      STEPS.map((each) => ({
        evidence: each.evidence,
        wanted: each.step.expect === 'ok',
        got: seenOf(each).outcome === 'ok',
      })),
    );
    console.table(scores);
    nothingWrong(scores);
  });
});
