import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { ROOT } from './documents.js';

/** Runs an example as its reader would, with `gainsay` being this repository, and gives what it prints, line by line. */
export async function runExample(code: string): Promise<readonly string[]> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: 'ts', resolveDir: ROOT },
    alias: { gainsay: join(ROOT, 'src/index.ts') },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  const printed: string[] = [];
  const log = (...values: readonly unknown[]): void => {
    printed.push(values.map(String).join(' '));
  };
  runInNewContext(outputFiles[0]?.text ?? '', { console: { log } });
  return printed;
}

/** What an example says that it prints: the comment behind each `console.log`, and those that stand at its end. */
export function promisedLines(code: string): readonly string[] {
  return code.split('\n').flatMap((line) => {
    if (line.startsWith('// ')) return [line.slice(3)];
    return line.startsWith('console.log') && line.includes(' // ')
      ? [line.slice(line.indexOf(' // ') + 4)]
      : [];
  });
}
