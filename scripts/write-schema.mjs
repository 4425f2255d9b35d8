// Writes schema/scenario-1.json from the shapes that read scenario files; with --check only says whether it is up to date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importBundled } from './import-bundled.mjs';

const file = fileURLToPath(new URL('../schema/scenario-1.json', import.meta.url));
const { scenarioSchema } = await importBundled('src/scenario/format.ts');
const text = `${JSON.stringify(scenarioSchema(), null, 2)}\n`;
const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === text;

if (process.argv.includes('--check')) {
  if (!isCurrent) console.error('schema/scenario-1.json is stale: run `npm run schema`');
  process.exitCode = isCurrent ? 0 : 1;
} else if (!isCurrent) {
  mkdirSync(new URL('../schema/', import.meta.url), { recursive: true });
  writeFileSync(file, text);
  console.log('schema/scenario-1.json is written');
}
