import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../src/cli/io.js';
import { main } from '../src/cli/main.js';

const PROMPT = '$ npx gainsay ';

/**
 * The README with every `console` block showing what its command prints now, run in a new folder after `gainsay init`.
 * On the clock used here a command takes 41 ms, so that the text repeats.
 */
export async function withConsoleOutput(readme: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gainsay-readme-'));
  try {
    await printed(['init'], folder);
    const [first = '', ...rest] = readme.split(`\`\`\`console\n${PROMPT}`);
    let text = first;
    for (const part of rest) {
      const command = part.slice(0, part.indexOf('\n'));
      const after = part.slice(part.indexOf('\n```'));
      const output = await printed(command.split(' '), folder);
      text += `\`\`\`console\n${PROMPT}${command}\n${output.trimEnd()}${after}`;
    }
    return text;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function printed(args: readonly string[], folder: string): Promise<string> {
  let text = '';
  let now = 0;
  const write = (more: string): void => {
    text += more;
  };
  const tick = (): number => {
    now += 41;
    return now;
  };
  const io: Io = { out: write, err: write, env: {}, cwd: folder, isTerminal: false, now: tick };
  await main(args, io);
  return text;
}
