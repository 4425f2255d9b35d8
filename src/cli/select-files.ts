import { readdirSync, statSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

const DEFAULT_GLOBS = ['**/*.scenario.{yaml,yml,json}', 'scenarios/**/*.{yaml,yml,json}'];
const IN_A_FOLDER = '**/*.{yaml,yml,json}';
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'coverage']);
/** Bounds a walk that was started too high. */
const MOST_FILES = 200_000;
/** No path is longer, and the matcher refuses what is much longer. */
const LONGEST_GLOB = 4096;

export interface Selection {
  /** Paths as people would type them, sorted. */
  readonly files: readonly string[];
  /** Those among them that were named, not found by a pattern: they must be scenarios. */
  readonly named: ReadonlySet<string>;
  readonly problems: readonly string[];
}

/** Finds the scenario files that the arguments select: files, folders or globs; without arguments the usual places. */
export async function selectFiles(cwd: string, args: readonly string[]): Promise<Selection> {
  const named = new Set<string>();
  const found = new Set<string>();
  const problems: string[] = [];
  const { default: micromatch } = await import('micromatch');
  const add = (base: string, glob: string): number => {
    const matching = micromatch(walk(resolve(cwd, base)), glob, { dot: false });
    for (const path of matching) found.add(base === '' ? path : posix.join(base, path));
    return matching.length;
  };
  if (args.length === 0) for (const glob of DEFAULT_GLOBS) add('', glob);
  for (const arg of args) {
    if (arg.trim() === '') {
      problems.push('an empty glob selects nothing');
      continue;
    }
    const kind = kindOf(resolve(cwd, arg));
    if (kind === 'file') named.add(posix.normalize(asPosix(arg)));
    else if (kind === 'folder') add(posix.normalize(asPosix(arg)), IN_A_FOLDER);
    else if (isGlob(arg) && arg.length <= LONGEST_GLOB) {
      const { base, glob } = micromatch.scan(asPosix(arg));
      // A bracket that is never closed is no glob to the scanner.
      if (glob === '' || add(base, glob) === 0) problems.push(`the glob \`${arg}\` selects no file`);
    } else problems.push(`there is no file or folder \`${arg}\``);
  }
  return { files: [...new Set([...named, ...found])].toSorted(), named, problems };
}

function isGlob(arg: string): boolean {
  return /[*?[\]{}()!]/.test(arg);
}

/** Globs are written with slashes everywhere; a run of backslashes would also hang the matcher. */
function asPosix(path: string): string {
  return path.replaceAll('\\', '/');
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? undefined : stats.isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

/** The files below a folder, with slashes and as seen from it. */
function walk(root: string): string[] {
  const files: string[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined && files.length < MOST_FILES; folder = open.pop()) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) open.push(path);
      else if (entry.isFile()) files.push(path);
    }
  }
  return files;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
