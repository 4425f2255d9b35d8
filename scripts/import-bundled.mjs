import { rm } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = new URL('..', import.meta.url);

/**
 * Imports a TypeScript module of this repository under plain Node: bundles it with esbuild, which comes with tsup,
 * keeps packages external, and loads the result from a place beside them, under a name of this process's own.
 *
 * @param {string} entry path from the root of the repository
 */
export async function importBundled(entry) {
  const name = entry.replaceAll('/', '-').replace('.ts', '.mjs');
  const outfile = fileURLToPath(new URL(`node_modules/.cache/gainsay/${process.pid}-${name}`, ROOT));
  await build({
    entryPoints: [fileURLToPath(new URL(entry, ROOT))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  try {
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(outfile, { force: true });
  }
}
