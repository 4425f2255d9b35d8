import { visibleText, wrapText } from '../explain/plain-text.js';
import type { ScenarioChange, StepChange } from '../scenario/diff.js';
import { changeLines, changeReport } from './changes.js';
import { stepWords } from './plain-words.js';
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
    ...(cells.length === 0 ? [] : [style.strong('who can'), ...changeLines(cells, style)]),
    style.quiet(`${counted}: ${steps.length} and ${cells.length} differ`),
  ];
}

function stepChangeLines({ number, step, before, after }: StepChange, style: Style): readonly string[] {
  const words = step.title ?? stepWords(step);
  return [
    ...wrapText(`${number} ${visibleText(words)}`, style.width - 2).map((line) => `  ${line}`),
    ...wrapText(`was: ${before ?? 'no such step'}`, style.width - 6).map((line) => `      ${line}`),
    ...wrapText(`is: ${after ?? 'no such step'}`, style.width - 6).map((line) => `      ${line}`),
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
