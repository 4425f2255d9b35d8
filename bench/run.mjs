// Measures decisions, explanations, wildcards and parsing, and holds the ratios against their budgets: `node bench/run.mjs`.
import { readFileSync } from 'node:fs';
import { importBundled } from '../scripts/import-bundled.mjs';

const { runSuite } = await importBundled('bench/suite.ts');
process.exitCode = await runSuite(readFileSync(new URL('perf-workloads.json', import.meta.url), 'utf8'));
