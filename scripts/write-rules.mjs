// Writes docs/rules.md from the registry of rules; with --check only says whether it is up to date (exit code 1 if not).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importBundled } from './import-bundled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'docs/rules.md');
const { ruleBook } = await importBundled('scripts/rule-book.ts');
const book = ruleBook(root);
const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === book;

if (process.argv.includes('--check')) {
  if (!isCurrent) console.error('docs/rules.md is stale: run `node scripts/write-rules.mjs`');
  process.exitCode = isCurrent ? 0 : 1;
} else if (!isCurrent) {
  writeFileSync(file, book);
  console.log('docs/rules.md is written');
}
