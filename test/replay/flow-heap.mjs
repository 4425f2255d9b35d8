// Replays a random flow under --expose-gc and prints how much heap is used, as JSON: `node --expose-gc test/replay/flow-heap.mjs`.
import { importBundled } from '../../scripts/import-bundled.mjs';

const { scenarioOf, runScenario, randomFlow } = await importBundled('test/replay/flow-entry.ts');

const STEPS = 10_000;

function heap() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const scenario = scenarioOf(JSON.stringify(randomFlow('heap', 0, { queues: 50, steps: 2 * STEPS })));
const start = heap();
let half = 0;
let number = 0;
for (const { step } of runScenario(scenario)) {
  number += 1;
  if (number === STEPS) half = heap();
  if (step.number !== number) throw new Error('every step is replayed, in order');
}
process.stdout.write(`${JSON.stringify({ start, half, end: heap() })}\n`);
