import { Bench } from 'tinybench';
import { compilePieces, parsePieces } from '../src/syntax/wildcard.js';
import {
  decideThing,
  decisionRatios,
  explainThing,
  heapRatio,
  hostileWildcardRatios,
  lineRatios,
  measureDecisions,
  parseAndCompile,
  policyRatio,
  type Ratio,
} from './budgets.js';
import type { Measured } from './minima.js';
import {
  largePolicyText,
  readWorkloads,
  WORKLOAD_NAMES,
  type Workloads,
  wrongDecisions,
} from './workloads.js';

const ROUNDS = 9;
const MILLISECONDS = 120;

/** Prints rates, then ratios against their budgets. Gives the exit code: 1 when a decision is wrong or a budget is missed. */
export async function runSuite(workloadsText: string): Promise<number> {
  const workloads = readWorkloads(workloadsText);
  const wrong = wrongDecisions(workloads);
  for (const each of wrong) console.error(`wrong decision: ${each}`);
  if (wrong.length > 0) return 1;
  await printRates(workloads, workloadsText);
  const options = { rounds: ROUNDS, milliseconds: MILLISECONDS };
  const minima = measureDecisions(workloads, options);
  console.log('\nLeast time per call');
  console.table([...minima].map(([call, nanoseconds]) => ({ call, ns: Number(nanoseconds.toFixed(1)) })));
  const ratios = [
    ...decisionRatios(minima),
    ...hostileWildcardRatios({ rounds: ROUNDS, milliseconds: 20 }),
    policyRatio(workloadsText, { rounds: ROUNDS, milliseconds: 250 }),
    ...lineRatios(workloadsText, { rounds: ROUNDS, milliseconds: MILLISECONDS }),
    heapRatio(workloadsText),
  ];
  console.log('\nRatios of least times; `must` fails the run');
  console.table(ratios.map(row));
  return ratios.every(holds) ? 0 : 1;
}

function holds({ value, must }: Ratio): boolean {
  return must === undefined || value <= must;
}

function row(ratio: Ratio): Record<string, string | number> {
  const { name, value, must, goal } = ratio;
  const standing =
    must === undefined
      ? 'reported'
      : !holds(ratio)
        ? 'MISSED'
        : goal !== undefined && value > goal
          ? 'holds'
          : 'goal';
  return { ratio: name, value: Number(value.toFixed(2)), must: must ?? '', goal: goal ?? '', standing };
}

async function printRates(workloads: Workloads, workloadsText: string): Promise<void> {
  const bench = new Bench({ name: 'rates', time: 250, warmupTime: 100 });
  const policyText = largePolicyText(workloadsText);
  bench.add('JSON.parse, 32 KB', () => JSON.parse(policyText));
  bench.add('parse and compile, 32 KB', () => parseAndCompile(policyText));
  for (const [what, pattern, value] of WILDCARDS) {
    const { test } = compilePieces(parsePieces(pattern));
    addCycle(bench, { name: `wildcard, ${what}`, call: () => test(value) }, CALLS_PER_SAMPLE);
  }
  for (const name of WORKLOAD_NAMES) {
    addCycle(bench, decideThing(name, workloads[name]), CALLS_PER_SAMPLE);
    addCycle(bench, explainThing(name, workloads[name]), 4);
  }
  await bench.run();
  console.table(
    bench.tasks.map(({ name, result }) => {
      if (result.state !== 'completed') return { task: name, 'per second': result.state };
      const calls = /, (\d+) calls$/.exec(name);
      const each = Number(calls?.[1] ?? 1);
      const { throughput, latency } = result;
      return {
        task: name.replace(calls?.[0] ?? '\u0000', ''),
        'per second': Math.round(throughput.p50 * each).toLocaleString('en'),
        'p50 ns': Math.round((latency.p50 * 1e6) / each),
        'p99 ns': Math.round((latency.p99 * 1e6) / each),
      };
    }),
  );
}

/** The clock ticks too slowly for single decisions. A multiple of the four requests of a workload. */
const CALLS_PER_SAMPLE = 64;

function addCycle(bench: Bench, { name, call }: Measured, calls: number): void {
  bench.add(`${name}, ${calls} calls`, () => {
    let last: unknown;
    for (let turn = 0; turn < calls; turn += 1) last = call(turn);
    return last;
  });
}

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:orders-prod-17-events';

const WILDCARDS: readonly (readonly [what: string, pattern: string, value: string])[] = [
  ['everything', '*', QUEUE],
  ['exact', QUEUE, QUEUE],
  ['beginning', 'arn:aws:sqs:eu-west-1:111122223333:orders-*', QUEUE],
  ['end', '*-events', QUEUE],
  ['middle', '*prod-17*', QUEUE],
  ['several stars', 'arn:aws:*:*:*:*prod-17*', QUEUE],
  ['question marks', 'arn:aws:sqs:*:111122223333:orders-????-1?-*', QUEUE],
];
