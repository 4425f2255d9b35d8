import { isAbsolute, join } from 'node:path';
import { sumKmsCounts } from '../analysis/kms-count.js';
import { visibleText } from '../explain/plain-text.js';
import { kmsCountLines } from '../report/cost.js';
import { FORMAT_VERSION, type ScenarioReport, scenarioReport } from '../report/json.js';
import { jsonText } from '../report/json-text.js';
import { countLines, scenarioLines, stepLines } from '../report/pretty.js';
import { styleFor } from '../report/style.js';
import type { Files } from '../scenario/files.js';
import { isScenario, loadScenario } from '../scenario/load.js';
import { nodeFiles } from '../scenario/node-files.js';
import { runScenario, type StepResult } from '../scenario/run.js';
import { decodeText } from '../syntax/encoding.js';
import type { YamlReader } from '../syntax/read-document.js';
import { EXIT, type Io, print, wantsColours } from './io.js';
import { issueReport } from './issue-report.js';
import { selectFiles } from './select-files.js';

export interface TestOptions {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Finds scenario files, replays them, and says what differed from what they expect. Exit: 0 all passed, 1 some failed, 2 unusable input or nothing to run. */
export async function testCommand(globs: readonly string[], options: TestOptions, io: Io): Promise<number> {
  const started = io.now();
  const style = styleFor(wantsColours(io), io.columns);
  const { readYaml } = await import('../syntax/yaml-source.js');
  const files = filesIn(io.cwd);
  const selection = await selectFiles(io.cwd, globs);
  const verbose = options.verbose ?? false;
  const reports: ScenarioReport[] = [];
  let scenarios = 0;
  let passed = 0;
  let failed = 0;
  let unusable = 0;
  const problems = [...selection.problems];
  unusable += problems.length;
  const complain = (problem: string, hint?: string): void => {
    const lines = hint === undefined ? [] : [`  hint: ${hint}`];
    if (options.json !== true) print(io.err, [`${style.bad('error')}: ${visibleText(problem)}`, ...lines]);
  };
  for (const problem of problems) complain(problem);
  for (const file of selection.files) {
    if (!selection.named.has(file) && !looksLikeScenario(file, files, readYaml)) continue;
    const loaded = loadScenario(file, files, readYaml);
    const results: StepResult[] = [];
    if (options.json !== true) print(io.err, issueReport(loaded.issues, style));
    if (loaded.ok) {
      scenarios += 1;
      const shown = options.json === true ? undefined : lazily(scenarioLines(loaded.value, style), io);
      if (verbose) shown?.();
      for (const result of runScenario(loaded.value)) {
        results.push(result);
        const ok = result.problems.length === 0;
        if (ok) passed += 1;
        else failed += 1;
        if (options.json === true || (ok && !verbose)) continue;
        shown?.();
        print(io.out, stepLines(result, style, verbose));
      }
      if (options.json !== true) print(io.out, closingLines(loaded.value.file, results, verbose, style));
    } else unusable += 1;
    if (options.json === true)
      reports.push(scenarioReport(file, loaded.ok ? loaded.value : undefined, loaded.issues, results));
  }
  const nothing = scenarios === 0 && unusable === 0;
  if (nothing) {
    problems.push('no scenario file was found');
    complain('no scenario file was found', '`gainsay init` writes a first one');
  }
  if (options.json === true) {
    io.out(
      `${jsonText({ formatVersion: FORMAT_VERSION, scenarios: reports, problems, passed, failed, unusable }, 2)}\n`,
    );
  } else if (!nothing) {
    print(
      io.out,
      countLines({ scenarios, passed, failed, unusable, milliseconds: io.now() - started }, style),
    );
  }
  if (unusable > 0 || nothing) return EXIT.unusable;
  return failed > 0 ? EXIT.no : EXIT.yes;
}

/** The heading of a scenario, printed at most once. */
function lazily(lines: readonly string[], io: Io): () => void {
  let done = false;
  return () => {
    if (!done) print(io.out, lines);
    done = true;
  };
}

function closingLines(
  file: string,
  results: readonly StepResult[],
  verbose: boolean,
  style: ReturnType<typeof styleFor>,
): readonly string[] {
  if (verbose) return [...kmsCountLines(sumKmsCounts(results.map(({ kms }) => kms)), style), ''];
  const bad = results.filter(({ problems }) => problems.length > 0).length;
  if (bad > 0) return [''];
  return [`${style.good('✓')} ${visibleText(file)} ${style.quiet(`(${results.length} steps)`)}`];
}

/** Files seen from the working directory, named as people typed them. */
export function filesIn(cwd: string): Files {
  return {
    read: (path) => nodeFiles.read(isAbsolute(path) ? path : join(cwd, path)),
    resolve: nodeFiles.resolve,
  };
}

/** A file that a pattern found counts only if it says that it is a scenario; one that cannot be read counts, to be complained about. */
function looksLikeScenario(file: string, files: Files, readYaml: YamlReader): boolean {
  if (file.includes('.scenario.')) return true;
  const found = files.read(file);
  if ('failure' in found) return found.failure !== 'too-large';
  const { text } = decodeText(found.bytes, file);
  return text?.includes('gainsay') === true && isScenario({ name: file, text }, readYaml);
}
