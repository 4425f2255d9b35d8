import { type CellChange, changesBetween } from '../analysis/cell-changes.js';
import { outcomeText } from '../analysis/outcome-text.js';
import { ASKABLE, thingsOf } from '../analysis/questions.js';
import { type Cell, whoCan } from '../analysis/who-can.js';
import { pairSame } from './pair-steps.js';
import { runScenario, type StepResult } from './run.js';
import type { Scenario, Step } from './step.js';
import { stepWords } from './step-words.js';

/** A step that does not end as it did; one of the two is missing where only one scenario has it. */
export interface StepChange {
  /** In the second scenario; of a step that only the first has, in the first. */
  readonly number: number;
  readonly step: Step;
  readonly before?: string;
  readonly after?: string;
}

export interface ScenarioChange {
  readonly steps: readonly StepChange[];
  readonly cells: readonly CellChange[];
  /** How many steps and cells were compared. */
  readonly compared: { readonly steps: number; readonly cells: number };
}

/**
 * What differs between two scenarios: how their steps end, and who can do what before the first of them. Steps are compared that do the
 * same, in order, wherever they stand.
 */
export function diffScenarios(before: Scenario, after: Scenario): ScenarioChange {
  const old = [...runScenario(before)];
  const young = [...runScenario(after)];
  const pairs = pairSame(old.map(wordsOf), young.map(wordsOf));
  const steps = pairs.flatMap(([i, j]): StepChange[] => {
    const [left, right] = [i === undefined ? undefined : old[i], j === undefined ? undefined : young[j]];
    const [was, is] = [endOf(left), endOf(right)];
    const step = (right ?? left)?.step;
    if (was === is || step === undefined) return [];
    const ends = {
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    };
    return [{ number: step.number, step, ...ends }];
  });
  const [left, right] = [cellsOf(before), cellsOf(after)];
  const { changes, same } = changesBetween(left, right);
  return {
    steps,
    cells: changes.filter(isTold),
    compared: { steps: pairs.length, cells: changes.length + same.length },
  };
}

/** A thing or principal that only one of the two has is no news as long as it is allowed nothing. */
function isTold({ before, after }: CellChange): boolean {
  return (
    (before?.answer ?? 'denied') !== 'denied' ||
    (after?.answer ?? 'denied') !== 'denied' ||
    (before !== undefined && after !== undefined)
  );
}

/** Every call on everything by everybody. */
function cellsOf({ world }: Scenario): readonly Cell[] {
  const asks = [...ASKABLE].map(([action, kind]) => ({
    action,
    on: thingsOf(world.estate, kind).map(({ name }) => ({ kind, name })),
  }));
  return whoCan(world, { principals: [...world.estate.principals.values()], asks, flows: true });
}

function wordsOf({ step }: StepResult): string {
  return stepWords(step);
}

/** How a step ended: with what answer, or with what was found in the queue. */
function endOf(result: StepResult | undefined): string | undefined {
  if (result === undefined) return undefined;
  const { outcome, problems, step } = result;
  if (outcome !== undefined) return outcomeText(outcome);
  if (step.verb !== 'check') return 'done';
  return problems.length === 0 ? 'found as expected' : problems.join('; ');
}
