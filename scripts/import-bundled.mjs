import { rm } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
let bundled = 0;

/**
 * Imports a TypeScript module of this repository under plain Node: bundles it with esbuild, which comes with tsup,
 * keeps packages external, and loads the result from a place beside them, under a name of this process's own.
 *
 * @param {string} entry path from the root of the repository
 * @param {Readonly<Record<string, string>>} instead paths of modules, and of those that stand in for them
 */
export async function importBundled(entry, instead = {}) {
  bundled += 1;
  const name = entry.replaceAll('/', '-').replace('.ts', '.mjs');
  const outfile = resolve(ROOT, `node_modules/.cache/gainsay/${process.pid}-${bundled}-${name}`);
  const used = new Set();
  await build({
    entryPoints: [resolve(ROOT, entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    plugins: [standIns(instead, used)],
  });
  try {
    const unused = Object.keys(instead).filter((path) => !used.has(path));
    if (unused.length > 0) throw new Error(`${entry} imports no ${unused.join(', ')}`);
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(outfile, { force: true });
  }
}

/** A stand-in itself imports the module that it stands in for. */
function standIns(instead, used) {
  const pathOf = (file) => relative(ROOT, file).replaceAll('\\', '/');
  const ofThemselves = new Set(Object.values(instead));
  return {
    name: 'stand-ins',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, importer }) => {
        const wanted = pathOf(resolve(dirname(importer), path)).replace(/\.js$/, '.ts');
        if (instead[wanted] === undefined || ofThemselves.has(pathOf(importer))) return undefined;
        used.add(wanted);
        return { path: resolve(ROOT, instead[wanted]) };
      });
    },
  };
}
