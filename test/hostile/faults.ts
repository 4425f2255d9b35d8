import { type Edit, valued } from './draft.js';
import type { GrammarFacts } from './grammar-facts.js';

/** `severity code` of each issue that is expected, in the order of the marks; several may stand at the last mark. */
export type Judgement = readonly string[];

export interface Fault {
  readonly element: string;
  readonly fault: string;
  readonly edit: Edit;
  /** What the pages say of such a policy of that type; `undefined` where the fault cannot be made there. */
  readonly judged: (facts: GrammarFacts) => Judgement | undefined;
}

export type Row = readonly [fault: string, edit: Edit, judged: Judgement | Fault['judged']];

export function faults(element: string, rows: readonly Row[]): readonly Fault[] {
  return rows.map(([fault, edit, judged]) => ({
    element,
    fault,
    edit,
    judged: typeof judged === 'function' ? judged : () => judged,
  }));
}

export const FINE: Judgement = [];
export const WRONG_TYPE: Judgement = ['error wrong-type'];
export const UNKNOWN: Judgement = ['error unknown-element'];
export const TWICE: Judgement = ['error duplicate-key'];
export const BAD_VARIABLE: Judgement = ['warning bad-variable'];

/** A value of every kind but those, each wrong. */
export function wrongTypes(
  put: (value: string) => Edit,
  right: readonly string[],
  judged: Row[2] = WRONG_TYPE,
): readonly Row[] {
  const kinds: readonly (readonly [kind: string, value: string])[] = [
    ['number', '¦1'],
    ['boolean', '¦true'],
    ['null', '¦null'],
    ['object', '¦{"a": "b"}'],
    ['list', '¦["a"]'],
    ['text', '¦"a"'],
  ];
  return kinds.flatMap(([kind, value]) =>
    right.includes(kind) ? [] : [[`is a ${kind}`, put(value), judged] as const],
  );
}

export const as =
  (element: string) =>
  (value: string): Edit =>
    valued(element, value);

/** What the pages say of a statement without Resource. */
export function withoutResource(missing: GrammarFacts['missingResource']): Judgement {
  if (missing === 'inert') return ['warning inert-statement'];
  return missing === 'read' ? ['warning missing-element'] : ['error missing-element'];
}
