import { reasonOf } from '../analysis/cell-words.js';
import type { Cell } from '../analysis/who-can.js';
import { nameStatement } from '../explain/nearest-miss.js';
import { listed, visibleText, wrapText } from '../explain/plain-text.js';
import type { Style } from './style.js';

/**
 * A matrix as a list: calls and things that get the same answers stand together, and under them those who can, those who cannot, each
 * with the reason, and those of whom it is not known.
 */
export function matrixLines(cells: readonly Cell[], style: Style): readonly string[] {
  return blocksOf(cells).flatMap(({ heading, rows }) => [
    ...wrapText(heading, style.width).map(style.strong),
    ...rows.flatMap((row) => rowLines(row, style)),
  ]);
}

interface Row {
  readonly answer: Cell['answer'];
  readonly who: string;
  readonly reason: string | undefined;
}

interface Block {
  readonly heading: string;
  readonly rows: readonly Row[];
}

/** First the cells of one call on one thing, then the same rows for several calls, then for several things. */
function blocksOf(cells: readonly Cell[]): readonly Block[] {
  const single = new Map<string, Some<Cell>>();
  for (const cell of cells) append(single, `${cell.action} ${cell.on.name}`, cell);
  const byRows = new Map<
    string,
    { readonly actions: Set<string>; readonly on: Set<string>; readonly rows: readonly Row[] }
  >();
  const perThing = new Map<
    string,
    Some<{ readonly action: string; readonly on: string; readonly rows: readonly Row[] }>
  >();
  for (const own of single.values()) {
    const [first] = own;
    const rows = rowsOf(own);
    append(perThing, `${first.on.kind} ${first.on.name} ${JSON.stringify(rows)}`, {
      action: first.action,
      on: first.on.name,
      rows,
    });
  }
  for (const same of perThing.values()) {
    const [first] = same;
    const actions = same.map(({ action }) => action);
    const slot = `${actions.join()} ${JSON.stringify(first.rows)}`;
    const block = byRows.get(slot) ?? { actions: new Set(actions), on: new Set<string>(), rows: first.rows };
    block.on.add(first.on);
    byRows.set(slot, block);
  }
  return [...byRows.values()].map(({ actions, on, rows }) => ({
    heading: `${listed([...actions])} on ${listed([...on].map(visibleText))}`,
    rows,
  }));
}

type Some<T> = [T, ...T[]];

function append<K, T>(map: Map<K, Some<T>>, key: K, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** Those with the same answer for the same reason share a row. */
function rowsOf(cells: readonly Cell[]): readonly Row[] {
  const groups = new Map<string, Some<Cell>>();
  for (const cell of cells) append(groups, `${cell.answer} ${reasonOf(cell, cell.action) ?? ''}`, cell);
  const rows = [...groups.values()].map((group): Row => {
    const [first] = group;
    const who = listed(group.map((each) => visibleText(each.who)));
    return { answer: first.answer, who, reason: reasonOf(first, first.action) };
  });
  return ORDER.flatMap((answer) => rows.filter((row) => row.answer === answer));
}

const ORDER: readonly Cell['answer'][] = ['allowed', 'undetermined', 'denied'];
const MARKS: Readonly<Record<Cell['answer'], string>> = { allowed: '✓', denied: '✗', undetermined: '?' };

function rowLines({ answer, who, reason }: Row, style: Style): readonly string[] {
  const paint = answer === 'allowed' ? style.good : answer === 'denied' ? style.bad : style.lost;
  const [first = '', ...rest] = wrapText(who, style.width - 4);
  const head = `  ${paint(MARKS[answer])} ${first}`;
  if (reason === undefined) return [head, ...rest.map((line) => `    ${line}`)];
  const oneLine = rest.length === 0 && first.length + 6 + reason.length <= style.width;
  if (oneLine) return [`${head}: ${reason}`];
  return [
    head,
    ...rest.map((line) => `    ${line}`),
    ...wrapText(reason, style.width - 6).map((line) => `      ${line}`),
  ];
}

/** A cell as `--json` prints it. */
export function cellReport(cell: Cell): object {
  const { who, is, action, on, answer, refusal, dependsOn, assumed } = cell;
  const reason = reasonOf(cell, action);
  return {
    who,
    is,
    action,
    on,
    answer,
    ...(refusal === undefined
      ? {}
      : {
          refusal: {
            ...refusal,
            ...(refusal.statement === undefined ? {} : { statement: nameStatement(refusal.statement) }),
          },
        }),
    ...(reason === undefined ? {} : { reason }),
    dependsOn,
    assumed,
  };
}
