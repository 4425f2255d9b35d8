import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { visibleText } from '../explain/plain-text.js';
import { styleFor } from '../report/style.js';
import { excerpt } from '../syntax/excerpt.js';
import { INIT_FILES } from './init-files.js';
import { EXIT, type Io, print, wantsColours } from './io.js';

/** Writes a first scenario, all of its files or none. Exit: 0 written, 2 when something is in the way. */
export function initCommand(folder: string, io: Io): number {
  const style = styleFor(wantsColours(io), io.columns);
  const root = isAbsolute(folder) ? folder : join(io.cwd, folder);
  const there = INIT_FILES.filter(([path]) => existsSync(join(root, path)));
  if (there.length > 0) {
    print(io.err, [
      `${style.bad('error')}: ${there.map(([path]) => `\`${path}\``).join(', ')} exist${there.length === 1 ? 's' : ''} already; nothing was written`,
      '  hint: name another folder: `gainsay init FOLDER`',
    ]);
    return EXIT.unusable;
  }
  try {
    for (const [path] of INIT_FILES) mkdirSync(dirname(join(root, path)), { recursive: true });
    for (const [path, text] of INIT_FILES) writeFileSync(join(root, path), text, { flag: 'wx' });
  } catch (error) {
    print(io.err, [
      `${style.bad('error')}: ${excerpt(folder)} cannot be written to: ${visibleText(error instanceof Error ? error.message : String(error))}`,
      '  hint: name a folder that you may write to: `gainsay init FOLDER`',
    ]);
    return EXIT.unusable;
  }
  print(io.out, [
    ...INIT_FILES.map(([path]) => `${style.good('wrote')} ${visibleText(join(folder, path))}`),
    '',
    'Now run `npx gainsay test`: the second step fails, and says why.',
  ]);
  return EXIT.yes;
}
