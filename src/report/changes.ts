import type { CellChange } from '../analysis/cell-changes.js';
import { reasonOf } from '../analysis/cell-words.js';
import type { EncryptionChange } from '../analysis/encrypt-queue.js';
import type { Cell } from '../analysis/who-can.js';
import { hangingLines, listed, visibleText, wrapText } from '../explain/plain-text.js';
import { cellReport } from './matrix.js';
import type { Style } from './style.js';

/** What becomes of those who use a queue: who breaks first, with the reason, then everybody else. */
export function encryptionLines(change: EncryptionChange, style: Style): readonly string[] {
  const { queue, from, to, breaks, mends, stays, notes } = change;
  const instead = from === to ? 'as it is already' : `instead of ${visibleText(from)}`;
  const head = `${visibleText(queue)}, encrypted with ${visibleText(to)} ${instead}`;
  const lines = [style.strong(head)];
  lines.push(...section('breaks', breaks, style.bad, style));
  if (breaks.length === 0) lines.push(style.good('nobody breaks'));
  lines.push(...section('works from then on', mends, style.good, style));
  lines.push(...stayLines(stays, style));
  if (notes.length > 0) lines.push('keep in mind');
  for (const note of notes) lines.push(...hangingLines('  - ', visibleText(note), style.width));
  return lines;
}

function section(
  title: string,
  changes: readonly CellChange[],
  paint: (text: string) => string,
  style: Style,
): readonly string[] {
  if (changes.length === 0) return [];
  return [
    title,
    ...changes.flatMap(({ after }) => (after === undefined ? [] : cellLines(after, paint, style))),
  ];
}

function cellLines(cell: Cell, paint: (text: string) => string, style: Style): readonly string[] {
  const reason = reasonOf(cell, cell.action);
  const [first = '', ...rest] = wrapText(cellWords(cell), style.width - 4);
  return [
    `  ${paint(MARKS[cell.answer])} ${first}`,
    ...rest.map((line) => `    ${line}`),
    ...(reason === undefined ? [] : wrapText(reason, style.width - 6).map((line) => `      ${line}`)),
  ];
}

const MARKS: Readonly<Record<Cell['answer'], string>> = { allowed: '✓', denied: '✗', undetermined: '?' };

function cellWords({ who, action, on }: Cell): string {
  return `${visibleText(who)}: ${action} on ${visibleText(on.name)}`;
}

/** Those whose answers do not change, in a few lines. */
function stayLines(stays: readonly Cell[], style: Style): readonly string[] {
  const lines: string[] = [];
  for (const [answer, title] of [
    ['allowed', 'works as before'],
    ['undetermined', 'not known, as before'],
    ['denied', 'refused as before'],
  ] as const) {
    const own = stays.filter((cell) => cell.answer === answer);
    if (own.length === 0) continue;
    const byCall = new Map<string, string[]>();
    for (const { who, action, on } of own) {
      const call = `${action} on ${visibleText(on.name)}`;
      byCall.set(call, [...(byCall.get(call) ?? []), visibleText(who)]);
    }
    lines.push(
      title,
      ...[...byCall].flatMap(([call, whos]) =>
        hangingLines(`  ${MARKS[answer]} `, `${call}: ${listed(whos)}`, style.width),
      ),
    );
  }
  return lines;
}

export function encryptionReport({ queue, from, to, breaks, mends, stays, notes }: EncryptionChange): object {
  return {
    queue,
    from,
    to,
    breaks: breaks.map(changeReport),
    mends: mends.map(changeReport),
    stays: stays.map(cellReport),
    notes,
  };
}

export function changeReport({ before, after }: CellChange): object {
  return {
    ...(before === undefined ? {} : { before: cellReport(before) }),
    ...(after === undefined ? {} : { after: cellReport(after) }),
  };
}

/** Changes as two answers, `✓ → ✗ worker: sqs:SendMessage on orders`, with the reasons; calls that change alike stand together. */
export function changeLines(changes: readonly CellChange[], style: Style): readonly string[] {
  const groups = new Map<
    string,
    { readonly change: CellChange; readonly who: string; readonly cells: Cell[] }
  >();
  for (const change of changes) {
    const cell = change.after ?? change.before;
    if (cell === undefined) continue;
    const slot = JSON.stringify([cell.who, arrowOf(change), reasonsOf(change)]);
    const group = groups.get(slot) ?? { change, who: visibleText(cell.who), cells: [] };
    group.cells.push(cell);
    groups.set(slot, group);
  }
  return [...groups.values()].flatMap(({ change, who, cells }) => {
    const answer = change.after?.answer;
    const paint = answer === 'allowed' ? style.good : answer === 'denied' ? style.bad : style.lost;
    const arrow = arrowOf(change);
    const [head = '', ...rest] = hangingLines(`  ${arrow} `, `${who}: ${callsText(cells)}`, style.width);
    return [
      head.replace(arrow, paint(arrow)),
      ...rest,
      ...reasonsOf(change).flatMap((text) => hangingLines('      ', text, style.width)),
    ];
  });
}

/** `sqs:DeleteMessage and sqs:PurgeQueue on orders; sqs:ListQueues on *`. */
function callsText(cells: readonly Cell[]): string {
  const byThing = new Map<string, string[]>();
  for (const { action, on } of cells) byThing.set(on.name, [...(byThing.get(on.name) ?? []), action]);
  return [...byThing].map(([name, actions]) => `${listed(actions)} on ${visibleText(name)}`).join('; ');
}

function arrowOf({ before, after }: CellChange): string {
  const was = before === undefined ? 'new' : MARKS[before.answer];
  return `${was} → ${after === undefined ? 'gone' : MARKS[after.answer]}`;
}

/** Where the answer stays the same, both reasons; else the one for the answer that is new. */
function reasonsOf({ before, after }: CellChange): readonly string[] {
  const alike = before?.answer === after?.answer;
  return [...reasonText('was', before, alike), ...reasonText(alike ? 'now' : '', after, true)];
}

function reasonText(label: string, cell: Cell | undefined, wanted: boolean): readonly string[] {
  const reason = cell === undefined || !wanted ? undefined : reasonOf(cell, cell.action);
  return reason === undefined ? [] : [label === '' ? reason : `${label}: ${reason}`];
}
