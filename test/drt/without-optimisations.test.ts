import { beforeAll, describe, expect, it } from 'vitest';
import { importBundled } from '../../scripts/import-bundled.mjs';
import type { Line } from '../model/request.js';
import type * as Campaign from './campaign.js';
import { INSTEAD } from './plain/instead.js';
import { ROOT, seedOf } from './seed.js';
import type * as Verdicts from './verdicts.js';

const SERIES = 10_000;
/** Of each series the first request comes again at the end, when more has been remembered. */
const REQUESTS_IN_A_SERIES = 5;
const seed = seedOf('src', 'test/model');

interface Difference {
  readonly series: number;
  readonly line: Line | undefined;
  readonly fast: string | undefined;
  readonly other: string | undefined;
}

const differences = { plain: [] as Difference[], model: [] as Difference[] };
let compared = 0;

beforeAll(async () => {
  const campaign = await importBundled<typeof Campaign>('test/drt/campaign.ts');
  const fast = await importBundled<typeof Verdicts>('test/drt/verdicts.ts');
  const plain = await importBundled<typeof Verdicts>('test/drt/verdicts.ts', INSTEAD);
  const corpus = campaign.readCorpus(ROOT);
  for (let series = 0; series < SERIES; series += 1) {
    const lines = campaign.seriesOf(`${seed} series`, series, REQUESTS_IN_A_SERIES, corpus);
    const inPlain = plain.verdictsOf(lines);
    fast.verdictsOf(lines).forEach((told, at) => {
      const line = lines[at];
      const other = inPlain[at];
      if (told?.all !== other?.all)
        differences.plain.push({ series, line, fast: told?.all, other: other?.all });
      if (told === undefined || line === undefined) return;
      compared += 1;
      const model = campaign.modelAnswer(line);
      if (other?.answer !== model) differences.model.push({ series, line, fast: told.answer, other: model });
    });
  }
}, 900_000);

describe(`${SERIES * REQUESTS_IN_A_SERIES} requests in series of ${REQUESTS_IN_A_SERIES} to the same policies, seed ${seed.slice(0, 12)}`, () => {
  it('are nearly all compared', () => {
    expect(compared).toBeGreaterThan(SERIES * REQUESTS_IN_A_SERIES * 0.99);
  });

  it('get the same verdict, rules and statement included, with everything that is there for speed and without', () => {
    expect(differences.plain.slice(0, 5)).toEqual([]);
  });

  it('get the answer of the model without everything that is there for speed', () => {
    expect(differences.model.slice(0, 5)).toEqual([]);
  });
});
