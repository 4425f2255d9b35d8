import { visibleText } from '../explain/plain-text.js';
import type { Style } from '../report/style.js';
import { isScenario, loadScenario } from '../scenario/load.js';
import type { Scenario } from '../scenario/step.js';
import { decodeText } from '../syntax/encoding.js';
import type { Issue } from '../syntax/issue.js';
import { type Io, print } from './io.js';
import { issueReport } from './issue-report.js';
import { selectFiles } from './select-files.js';
import { filesIn } from './test-command.js';

/** Scenario files that a question is asked of. */
export interface LoadedWorlds {
  readonly scenarios: readonly { readonly scenario: Scenario; readonly issues: readonly Issue[] }[];
  /** Whether something that was named could not be used; it has been complained about. */
  readonly unusable: boolean;
}

/** Loads the scenarios that the arguments select, those of the usual places without arguments, and complains of the rest. */
export async function loadWorlds(args: readonly string[], io: Io, style: Style): Promise<LoadedWorlds> {
  const { readYaml } = await import('../syntax/yaml-source.js');
  const files = filesIn(io.cwd);
  const { files: selected, named, problems } = await selectFiles(io.cwd, args);
  const complain = (problem: string): void =>
    print(io.err, [`${style.bad('error')}: ${visibleText(problem)}`]);
  for (const problem of problems) complain(problem);
  let unusable = problems.length > 0;
  const scenarios: LoadedWorlds['scenarios'][number][] = [];
  for (const file of selected) {
    const found = files.read(file);
    const text = 'bytes' in found ? decodeText(found.bytes, file).text : undefined;
    if (!named.has(file) && (text === undefined || !isScenario({ name: file, text }, readYaml))) continue;
    const loaded = loadScenario(file, files, readYaml);
    print(io.err, issueReport(loaded.issues, style));
    if (loaded.ok) scenarios.push({ scenario: loaded.value, issues: loaded.issues });
    else unusable = true;
  }
  if (scenarios.length === 0 && !unusable) {
    complain('no scenario file was found');
    print(io.err, ['  hint: `gainsay init` writes a first one']);
    unusable = true;
  }
  return { scenarios, unusable };
}
