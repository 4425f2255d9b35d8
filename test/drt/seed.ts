import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export const ROOT = new URL('../../', import.meta.url);

/** A hash of the sources in the folders: it changes with every change to them, and repeats exactly on a second run. */
export function seedOf(...folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const root = new URL(`${folder}/`, ROOT);
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') || name.endsWith('.json'),
    );
    for (const name of names.sort())
      hash
        .update(name)
        .update('\0')
        .update(readFileSync(new URL(name, root)));
  }
  return hash.digest('hex');
}
