/** What `flow-heap.mjs` and the test of its speed run, in one bundle. */
export { runScenario } from '../../src/scenario/run.js';
export { scenarioOf } from '../scenario/in-memory.js';
export { randomFlow } from './random-flow.js';
