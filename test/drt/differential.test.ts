import { beforeAll, describe, expect, it } from 'vitest';
import { importBundled } from '../../scripts/import-bundled.mjs';
import { FACT_NAMES } from '../model/facts.js';
import type * as Campaign from './campaign.js';
import type * as Recording from './recording.js';
import { ROOT, seedOf } from './seed.js';

const CASES = 200_000;
const CASES_FOR_FACTS = 100_000;
const CASES_RECORDED = 20_000;
/** A hundred is aimed at, and measured by `npm run campaign`; half of it leaves room for the seed. */
const CASES_FOR_EACH_FACT = 50;

/** Changes with every change to engine or model. */
const seed = seedOf('src', 'test/model');

/** As bundled for Node: the transformed modules of a test run are several times slower. */
let campaign: typeof Campaign;
let recording: typeof Recording;
let findings: Campaign.Findings;

beforeAll(async () => {
  campaign = await importBundled<typeof Campaign>('test/drt/campaign.ts');
  recording = await importBundled<typeof Recording>('test/drt/recording.ts');
  const plan = { seed, corpus: campaign.readCorpus(ROOT), enough: CASES_FOR_EACH_FACT };
  const first = campaign.runCampaign({ ...plan, from: 0, to: CASES_FOR_FACTS, facts: FACT_NAMES });
  const rest = campaign.runCampaign({ ...plan, from: CASES_FOR_FACTS, to: CASES, facts: [] });
  findings = campaign.mergeFindings([first, rest]);
}, 900_000);

describe(`engine and reference model on ${CASES} random requests, seed ${seed.slice(0, 12)}`, () => {
  it('give the same decision by the same layer', () => {
    expect(findings.cases).toBe(CASES);
    expect(findings.disagreements).toEqual([]);
  });

  it('compare nearly every request: few are refused as invalid', () => {
    expect(findings.invalid).toBeLessThan(CASES / 1000);
  });

  it.each(['allowed', 'explicitDeny', 'implicitDeny'])(
    'come to %s in a tenth of the cases or more',
    (decision) => {
      expect(findings.decisions[decision] ?? 0).toBeGreaterThanOrEqual(CASES / 10);
    },
  );

  it(`turn on each fact of the model, ${CASES_FOR_EACH_FACT} times within ${CASES_FOR_FACTS} cases: inverted, it decides otherwise`, () => {
    expect(findings.noticed).toEqual(
      Object.fromEntries(FACT_NAMES.map((name) => [name, CASES_FOR_EACH_FACT])),
    );
  });
});

describe('a recorder', () => {
  it(`changes no answer, in ${CASES_RECORDED} cases`, () => {
    const corpus = campaign.readCorpus(ROOT);
    const changed: number[] = [];
    for (let number = 0; number < CASES_RECORDED; number += 1) {
      if (!recording.isSameWhenRecorded(campaign.caseOf(`${seed} recorded`, number, corpus)))
        changed.push(number);
    }
    expect(changed).toEqual([]);
  }, 300_000);
});
