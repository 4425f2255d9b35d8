// Brings the console blocks of README.md up to date with what the commands print.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importBundled } from './import-bundled.mjs';

const file = fileURLToPath(new URL('../README.md', import.meta.url));
const { withConsoleOutput } = await importBundled('scripts/readme-console.ts');
writeFileSync(file, await withConsoleOutput(readFileSync(file, 'utf8')));
console.log('README.md is written');
