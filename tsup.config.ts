import { defineConfig } from 'tsup';

const entries = { index: 'src/index.ts', vitest: 'src/vitest.ts', 'fast-check': 'src/fast-check.ts' };

export default defineConfig({
  entry: { ...entries, cli: 'src/cli.ts' },
  format: 'esm',
  target: 'node20',
  dts: { entry: entries },
  external: ['vitest', 'fast-check'],
  splitting: true,
  clean: true,
  sourcemap: false,
});
