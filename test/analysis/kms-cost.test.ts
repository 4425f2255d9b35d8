import { describe, expect, it } from 'vitest';
import { kmsRequestsByFormula } from '../../src/analysis/kms-cost.js';

describe('KMS requests of a queue are estimated as B / D * (2 * P + C)', () => {
  it.each([
    ['one producer and one consumer, five minutes', 2_678_400, 300, 1, 1, 26_784],
    ['three producers and one consumer, a day', 2_419_200, 86_400, 3, 1, 196],
    ['five producers and two consumers, a day', 2_419_200, 86_400, 5, 2, 336],
    ['a topic with one publisher', 2_678_400, 300, 1, 0, 17_856],
    ['a topic with eight publishers', 2_419_200, 300, 8, 0, 129_024],
  ])('%s', (_title, billingSeconds, reusePeriodSeconds, producers, consumers, requests) => {
    const input = { billingSeconds, reusePeriodSeconds, producers, consumers };
    expect(kmsRequestsByFormula(input)).toBe(requests);
  });

  it('a longer reuse period makes fewer requests', () => {
    const busy = { billingSeconds: 2_592_000, producers: 2, consumers: 3 };
    const costs = [60, 300, 3_600, 86_400].map((reusePeriodSeconds) =>
      kmsRequestsByFormula({ ...busy, reusePeriodSeconds }),
    );
    expect(costs).toEqual([302_400, 60_480, 5_040, 210]);
  });
});
