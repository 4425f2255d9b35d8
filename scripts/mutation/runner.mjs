// Runs mutants in this process: the tests are one bundle, loaded afresh for each mutant, so that nothing remembered under
// one mutant is met by the next. Stryker makes the mutants, chooses the tests that reach each of them and keeps the score.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { INSTRUMENTER_CONSTANTS as NAMES } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';
import { collect, expect } from './vitest-in-process.mjs';

// With all the counting, times say nothing.
process.env.SPEED = 'unmeasured';

class InProcessRunner {
  static inject = [commonTokens.options];

  constructor(options) {
    this.patterns = options.inProcess.tests;
    this.except = options.inProcess.except;
    this.namespace = NAMES.NAMESPACE;
    this.durations = new Map();
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const files = this.patterns.flatMap(filesOf);
    // Each file is loaded when it is called for: to load all of them takes longer than most mutants take to be noticed.
    const entry = files.map(
      (file) => `if (collect.begins(${JSON.stringify(file)})) require(${JSON.stringify(`./${file}`)});`,
    );
    const { outputFiles } = await build({
      stdin: { contents: entry.join('\n'), resolveDir: process.cwd(), sourcefile: 'tests.ts', loader: 'ts' },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      packages: 'external',
      // The package says that its modules only do something when they are used; tests do something when they are loaded.
      ignoreAnnotations: true,
      plugins: [besideTheBundle()],
    });
    const code = `(function (require, module, exports, collect, console) {${outputFiles[0].text}\n})`;
    this.load = new vm.Script(code, { filename: resolve('tests.bundle.cjs') }).runInThisContext();
    this.require = createRequire(pathToFileURL(resolve('tests.bundle.cjs')));
  }

  /** The wanted tests of a fresh load, or all of them, quickest first. */
  tests(wanted) {
    const collected = collect(wanted);
    const require = (id) => (id === 'vitest' ? { ...collected.api, expect } : this.require(id));
    this.load(require, { exports: {} }, {}, collected, SILENT);
    const cost = ({ id }) => this.durations.get(id) ?? 0;
    const tests = collected.tests.filter(
      ({ id }) => wanted?.has(id) ?? !this.except.some((text) => id.includes(text)),
    );
    return tests.sort((a, b) => cost(a) - cost(b));
  }

  get stryker() {
    globalThis[this.namespace] ??= {};
    return globalThis[this.namespace];
  }

  async dryRun() {
    const { stryker } = this;
    stryker[NAMES.ACTIVE_MUTANT] = undefined;
    stryker[NAMES.CURRENT_TEST_ID] = undefined;
    const result = await this.run(this.tests(), false);
    for (const { id, timeSpentMs } of result.tests) this.durations.set(id, timeSpentMs);
    return { ...result, mutantCoverage: stryker[NAMES.MUTATION_COVERAGE_OBJECT] };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, disableBail }) {
    const { stryker } = this;
    stryker[NAMES.ACTIVE_MUTANT] = mutantActivation === 'static' ? activeMutant.id : undefined;
    stryker[NAMES.HIT_COUNT] = hitLimit === undefined ? undefined : 0;
    stryker[NAMES.HIT_LIMIT] = hitLimit;
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    let tests;
    try {
      tests = this.tests(wanted);
    } catch (error) {
      // A mutant that keeps the tests from being loaded is noticed.
      tests = [{ id: 'load', name: 'load', run: () => Promise.reject(error) }];
    }
    stryker[NAMES.ACTIVE_MUTANT] = activeMutant.id;
    const result = await this.run(tests, !disableBail);
    return toMutantRunResult(determineHitLimitReached(stryker[NAMES.HIT_COUNT], hitLimit) ?? result);
  }

  async run(tests, bail) {
    const results = [];
    for (const { id, name, run } of tests) {
      const began = performance.now();
      let failure;
      this.stryker[NAMES.CURRENT_TEST_ID] = id;
      try {
        await run();
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
      }
      this.stryker[NAMES.CURRENT_TEST_ID] = undefined;
      const timeSpentMs = performance.now() - began;
      const outcome =
        failure === undefined
          ? { status: TestStatus.Success }
          : { status: TestStatus.Failed, failureMessage: failure };
      results.push({ id, name, timeSpentMs, ...outcome });
      if (failure !== undefined && bail) break;
    }
    return { status: DryRunStatus.Complete, tests: results };
  }
}

const SILENT = new Proxy(console, { get: () => () => {} });

/** `folder/name*.test.ts`: a pattern has one star at most, in the name. */
function filesOf(pattern) {
  const cut = pattern.lastIndexOf('/');
  const folder = pattern.slice(0, cut);
  const [before, after] = pattern.slice(cut + 1).split('*');
  if (after === undefined) return [pattern];
  const names = readdirSync(folder).filter((name) => name.startsWith(before) && name.endsWith(after));
  return names.sort().map((name) => join(folder, name));
}

/** Lets files that ask for their own address find what lies beside them. */
function besideTheBundle() {
  return {
    name: 'beside-the-bundle',
    setup(made) {
      made.onLoad({ filter: /\/(?:test|scripts|src)\/.*\.m?[tj]s$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!text.includes('import.meta.url')) return undefined;
        const address = JSON.stringify(String(pathToFileURL(path)));
        return {
          contents: text.replaceAll('import.meta.url', address),
          loader: path.endsWith('.ts') ? 'ts' : 'js',
        };
      });
    },
  };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
