import type { CellChange } from '../analysis/cell-changes.js';
import { hangingLines, visibleText } from '../explain/plain-text.js';
import type { ScenarioChange, StepChange } from '../scenario/diff.js';
import { stepWords } from '../scenario/step-words.js';
import { changeLines, changeReport } from './changes.js';
import type { Style } from './style.js';

/** Changed steps, then changed answers of the matrix, each with what it was and what it is. */
export function diffLines(change: ScenarioChange, style: Style): readonly string[] {
  const { steps, cells, compared } = change;
  const counted = `${compared.steps} steps and ${compared.cells} answers compared`;
  if (steps.length === 0 && cells.length === 0) return [style.good('no difference'), style.quiet(counted)];
  return [
    ...(steps.length === 0
      ? []
      : [style.strong('steps'), ...steps.flatMap((step) => stepChangeLines(step, style))]),
    ...section('who can', cells.filter(isNewAnswer), style),
    ...section(
      'who can: the same answer for another reason',
      cells.filter((cell) => !isNewAnswer(cell)),
      style,
    ),
    style.quiet(`${counted}: ${steps.length} and ${cells.length} differ`),
  ];
}

function section(title: string, cells: readonly CellChange[], style: Style): readonly string[] {
  return cells.length === 0 ? [] : [style.strong(title), ...changeLines(cells, style)];
}

function isNewAnswer({ before, after }: CellChange): boolean {
  return before?.answer !== after?.answer;
}

/** `~ 3` ends differently; `+ 3` is new; `- 3` is gone, and was the third of the first scenario. */
function stepChangeLines({ number, step, before, after }: StepChange, style: Style): readonly string[] {
  const words = visibleText(step.title ?? stepWords(step));
  const mark = before === undefined ? '+' : after === undefined ? '-' : '~';
  return [
    ...hangingLines(`  ${mark} ${number} `, words, style.width),
    ...(before === undefined ? [] : hangingLines('      was ', before, style.width)),
    ...(after === undefined ? [] : hangingLines('      now ', after, style.width)),
  ];
}

export function diffReport({ steps, cells, compared }: ScenarioChange): object {
  return {
    steps: steps.map(({ number, step, before, after }) => ({
      number,
      ...(step.title === undefined ? {} : { title: step.title }),
      does: stepWords(step),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    })),
    cells: cells.map(changeReport),
    compared,
  };
}
