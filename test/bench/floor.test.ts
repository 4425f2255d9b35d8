import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as Budgets from '../../bench/budgets.js';
import type { Ratio } from '../../bench/budgets.js';
import type * as WorkloadReading from '../../bench/workloads.js';
import { importBundled } from '../../scripts/import-bundled.mjs';

const WORKLOADS = readFileSync(new URL('../../bench/perf-workloads.json', import.meta.url), 'utf8');
const MOST_ROUNDS = 5;

/** As bundled for Node: the transformed modules of a test run would measure their own cost. */
let bench: typeof Budgets;
let reading: typeof WorkloadReading;
let workloads: WorkloadReading.Workloads;

beforeAll(async () => {
  bench = await importBundled<typeof Budgets>('bench/budgets.ts');
  reading = await importBundled<typeof WorkloadReading>('bench/workloads.ts');
  workloads = reading.readWorkloads(WORKLOADS);
});

function missed(ratios: readonly Ratio[]): readonly string[] {
  return ratios
    .filter(({ value, must }) => must !== undefined && !(value <= must))
    .map(({ name, value, must }) => `${name}: ${value.toFixed(1)}, at most ${must}`);
}

describe('the workloads', () => {
  it('are decided as expected', () => {
    expect(reading.wrongDecisions(workloads)).toEqual([]);
    expect(reading.WORKLOAD_NAMES.map((name) => workloads[name].length)).toEqual([4, 4, 4]);
  });
});

describe('a decision', () => {
  it('costs a bounded number of look-ups, on a small, a medium and a large set of policies', () => {
    const least = new Map<string, number>();
    let failures: readonly string[] = ['not measured'];
    for (let round = 0; round < MOST_ROUNDS && failures.length > 0; round += 1) {
      for (const [name, nanoseconds] of bench.measureDecisions(workloads, { rounds: 3, milliseconds: 12 })) {
        least.set(name, Math.min(nanoseconds, least.get(name) ?? Number.POSITIVE_INFINITY));
      }
      failures = missed(bench.decisionRatios(least));
    }
    expect(failures).toEqual([]);
  });
});

describe('a wildcard pattern that makes backtracking explode', () => {
  it('costs at most two and a half times as much on twice the text', () => {
    let failures: readonly string[] = ['not measured'];
    for (let round = 0; round < MOST_ROUNDS && failures.length > 0; round += 1) {
      failures = missed(bench.hostileWildcardRatios({ rounds: 5, milliseconds: 10 }));
    }
    expect(failures).toEqual([]);
  });
});
