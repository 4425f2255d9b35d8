import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const DEFAULT_GLOBS = ['**/*.scenario.{yaml,yml,json}', 'scenarios/**/*.{yaml,yml,json}'];
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'coverage']);
/** Bounds a walk that was started too high. */
const MOST_FILES = 200_000;

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
  const globs: string[] = [];
  const problems: string[] = [];
  for (const arg of args) {
    if (arg.trim() === '') {
      problems.push('an empty glob selects nothing');
      continue;
    }
    const kind = kindOf(join(cwd, arg)) ?? kindOf(arg);
    if (kind === 'file') named.add(arg);
    else if (kind === 'folder') globs.push(`${asPosix(arg).replace(/\/$/, '')}/**/*.{yaml,yml,json}`);
    else if (isGlob(arg)) globs.push(asPosix(arg).replace(/^\.\//, ''));
    else problems.push(`there is no file or folder \`${arg}\``);
  }
  const patterns = args.length === 0 ? DEFAULT_GLOBS : globs;
  const found = patterns.length === 0 ? [] : await matching(cwd, patterns);
  for (const glob of globs) if (found.length === 0) problems.push(`the glob \`${glob}\` selects no file`);
  return { files: [...new Set([...named, ...found])].toSorted(), named, problems };
}

async function matching(cwd: string, globs: readonly string[]): Promise<readonly string[]> {
  const { default: micromatch } = await import('micromatch');
  return micromatch(walk(cwd), globs as string[], { dot: false });
}

function isGlob(arg: string): boolean {
  return /[*?[\]{}()!]/.test(arg);
}

/** Globs are written with slashes everywhere; a run of backslashes would also hang the matcher. */
function asPosix(path: string): string {
  return path.replaceAll('\\', '/');
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? undefined : stats.isDirectory() ? 'folder' : 'file';
}

function walk(root: string): string[] {
  const files: string[] = [];
  const open = [root];
  for (let folder = open.pop(); folder !== undefined && files.length < MOST_FILES; folder = open.pop()) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) open.push(path);
      else if (entry.isFile()) files.push(relative(root, path).split(sep).join('/'));
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
