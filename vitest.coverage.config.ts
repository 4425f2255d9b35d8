import { defineConfig } from 'vitest/config';

/** Vitest rounds a share down, so that one branch in ten thousand is missed too. */
const everyBranch = { branches: 100 };

/** Quick tests that between them take every branch of the four rooms that decide; every run of the tests begins with them. */
export default defineConfig({
  test: {
    include: [
      'test/{syntax,policy,conditions,explain}/*.test.ts',
      'test/conformance/single.test.ts',
      'test/evaluator/{action-facts,caller,combine,decide-line,evaluation,grant,grant-child,kms-examples,principal,record}.test.ts',
      'test/evaluator/{unknown,unknown-told}.test.ts',
    ],
    exclude: ['test/policy/{robustness,managed-policies}.test.ts', 'test/explain/any-call.test.ts'],
    reporters: ['default'],
    env: { SPEED: 'unmeasured' },
    testTimeout: 180_000,
    maxWorkers: 2,
    // Test files share the modules that a worker has loaded: loading them anew for each took a third of the time.
    isolate: false,
    coverage: {
      include: ['src/{syntax,policy,conditions,evaluator}/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: {
        'src/syntax/**/*.ts': everyBranch,
        'src/policy/**/*.ts': everyBranch,
        'src/conditions/**/*.ts': everyBranch,
        'src/evaluator/**/*.ts': everyBranch,
      },
    },
  },
});
