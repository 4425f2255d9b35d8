import { reasonOf } from './cell-words.js';
import type { Cell } from './who-can.js';

/** A cell that is not the same in two matrices; one of the two is missing where only one matrix has it. */
export interface CellChange {
  readonly before?: Cell;
  readonly after?: Cell;
}

export interface Changes {
  readonly changes: readonly CellChange[];
  /** Cells that answer the same in both, as they are in the second. */
  readonly same: readonly Cell[];
}

/** What differs between two matrices: other answers, and the same answer for another reason. */
export function changesBetween(before: readonly Cell[], after: readonly Cell[]): Changes {
  const left = new Map(before.map((cell) => [slotOf(cell), cell]));
  const changes: CellChange[] = [];
  const same: Cell[] = [];
  for (const cell of after) {
    const slot = slotOf(cell);
    const known = left.get(slot);
    left.delete(slot);
    if (known === undefined) changes.push({ after: cell });
    else if (says(known) === says(cell)) same.push(cell);
    else changes.push({ before: known, after: cell });
  }
  for (const gone of left.values()) changes.push({ before: gone });
  return { changes, same };
}

function slotOf({ who, is, action, on }: Cell): string {
  return JSON.stringify([who, is, action, on.kind, on.name]);
}

/** What a person reads of a cell, but for the place of a statement: moving it changes nothing. */
function says(cell: Cell): string {
  const { answer, refusal, dependsOn } = cell;
  const statement = refusal?.statement;
  const sid = statement?.policy.statements.find(({ index }) => index === statement.statement)?.sid;
  const { at, on, by, explicit, code } = refusal ?? {};
  const text = refusal?.explicit === true ? sid : reasonOf(cell, cell.action);
  return JSON.stringify([answer, at, on, by, explicit, code, text, dependsOn]);
}
