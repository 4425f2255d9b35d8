import { traceLines } from '../explain/full-trace.js';
import { visibleText } from '../explain/plain-text.js';
import { FORMAT_VERSION, stepReport } from '../report/json.js';
import { jsonText } from '../report/json-text.js';
import { scenarioLines, stepLines } from '../report/pretty.js';
import { styleFor } from '../report/style.js';
import { loadScenario } from '../scenario/load.js';
import { runScenario, type StepResult } from '../scenario/run.js';
import { excerpt } from '../syntax/excerpt.js';
import { didYouMean } from '../syntax/suggest.js';
import { EXIT, type Io, print, wantsColours } from './io.js';
import { issueReport } from './issue-report.js';
import { filesIn } from './test-command.js';

export interface ExplainOptions {
  readonly step: string;
  readonly json?: boolean;
}

/** Replays a scenario up to one step and prints everything that was asked there. Exit: 0 explained, 2 unusable input. */
export async function explainCommand(file: string, options: ExplainOptions, io: Io): Promise<number> {
  const style = styleFor(wantsColours(io), io.columns);
  const { readYaml } = await import('../syntax/yaml-source.js');
  const loaded = loadScenario(file, filesIn(io.cwd), readYaml);
  print(io.err, issueReport(loaded.issues, style));
  if (!loaded.ok) return EXIT.unusable;
  const results = [...runScenario(loaded.value)];
  const result = results.find(
    ({ step }) => String(step.number) === options.step || step.title === options.step,
  );
  if (result === undefined) {
    const titles = results.flatMap(({ step }) => (step.title === undefined ? [] : [step.title]));
    const hint = didYouMean(options.step, titles);
    print(io.err, [
      `${style.bad('error')}: ${visibleText(file)} has no step ${excerpt(options.step)}`,
      `  expected: a number from 1 to ${results.length}, or the title of a step`,
      ...(hint === undefined ? [] : [`  hint: ${visibleText(hint)}`]),
    ]);
    return EXIT.unusable;
  }
  if (options.json === true) {
    io.out(
      `${jsonText({ formatVersion: FORMAT_VERSION, file, step: stepReport(result), trace: traceOfStep(result) }, 2)}\n`,
    );
    return EXIT.yes;
  }
  print(io.out, [
    ...scenarioLines(loaded.value, style),
    '',
    ...stepLines(result, style, true),
    '',
    ...traceOfStep(result),
  ]);
  return EXIT.yes;
}

function traceOfStep({ outcome, step }: StepResult): readonly string[] {
  return outcome === undefined ? [`a ${step.verb} step asks nothing of AWS`] : traceLines(outcome);
}
