import { defineConfig } from 'tsup';

const library = { index: 'src/index.ts', vitest: 'src/vitest.ts', 'fast-check': 'src/fast-check.ts' };

export default defineConfig({
  entry: { ...library, cli: 'src/cli.ts' },
  format: 'esm',
  target: 'node20',
  dts: { entry: library },
  external: ['vitest', 'fast-check'],
  splitting: true,
  clean: true,
  sourcemap: false,
});
