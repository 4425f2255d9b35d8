import { defineConfig } from 'tsup';

const entries = { index: 'src/index.ts', vitest: 'src/vitest.ts', 'fast-check': 'src/fast-check.ts' };

export default defineConfig({
  entry: { ...entries, cli: 'src/cli.ts' },
  format: 'esm',
  target: 'node20',
  dts: { entry: entries },
  external: ['vitest', 'fast-check'],
  // The one package that the library itself needs: as CommonJS beside it, it took more than half of the time of importing gainsay.
  noExternal: ['ipaddr.js'],
  splitting: true,
  clean: true,
  sourcemap: false,
});
