import { columnsOf, cutText, wrapText } from './plain-text.js';

/** One thing to say under a label: the same in several lengths, the most complete first. */
export interface Section {
  readonly label: string;
  readonly texts: readonly [string, ...string[]];
  /** How a text that must be cut ends all the same. */
  readonly end?: string;
  /** The index of the shortest text that is enough: until it fits, spare lines are for this section. */
  readonly enough?: number;
  /** It takes one line, however many are left. */
  readonly oneLine?: true;
}

export interface Frame {
  readonly width: number;
  /** The most lines in all; at least as many as there are sections. */
  readonly lines: number;
  /** The labels of those who get spare lines first. */
  readonly first: readonly string[];
}

interface Fitted {
  readonly lines: readonly string[];
  /** The index of the text that fits, or the number of texts if even the last had to be cut: smaller is better. */
  readonly loss: number;
}

/** The width of the column of labels. */
export const LABEL_WIDTH = 9;

/**
 * Lays sections out as lines with their labels in a column. Each section gets one line and the best text that fits
 * there; lines that are left go, one by one, to those who can say more with them.
 */
export function fitLines(sections: readonly Section[], frame: Frame): readonly string[] {
  const width = frame.width - LABEL_WIDTH;
  const order = sections.toSorted((a, b) => rank(frame, a) - rank(frame, b));
  const fitted = new Map(sections.map((section) => [section, layOut(section, width, 1)]));
  let spare = frame.lines - sections.length;
  for (let more = 1; more <= spare; ) {
    let gained = false;
    for (const section of neediestFirst(order, fitted)) {
      const now = fitted.get(section);
      if (section.oneLine === true || now === undefined || now.loss === 0 || more > spare) continue;
      const better = layOut(section, width, now.lines.length + more);
      if (better.loss >= now.loss) continue;
      fitted.set(section, better);
      spare -= better.lines.length - now.lines.length;
      gained = true;
    }
    // Who gained one line may make use of one more.
    more = gained ? 1 : more + 1;
  }
  return sections.flatMap((section) =>
    (fitted.get(section)?.lines ?? []).map((line, index) =>
      `${(index === 0 ? section.label : '').padEnd(LABEL_WIDTH)}${line}`.trimEnd(),
    ),
  );
}

/** Those who cannot say what they must come before those who could say more. */
function neediestFirst(order: readonly Section[], fitted: ReadonlyMap<Section, Fitted>): readonly Section[] {
  const lacks = (section: Section): boolean =>
    (fitted.get(section)?.loss ?? 0) > (section.enough ?? Infinity);
  return [...order.filter(lacks), ...order.filter((section) => !lacks(section))];
}

function rank({ first }: Frame, { label }: Section): number {
  const at = first.indexOf(label);
  return at < 0 ? first.length : at;
}

function layOut({ texts, end = '' }: Section, width: number, most: number): Fitted {
  for (const [loss, text] of texts.entries()) {
    const lines = wrapText(text, width);
    if (lines.length <= most) return { lines, loss };
  }
  const lines = wrapText(texts.slice(-1).join(''), width);
  const rest = lines.slice(most - 1).join(' ');
  const cut = `${cutText(rest, Math.max(1, width - columnsOf(end)))}${end}`;
  // Each line more shows more of a text that is cut.
  return { lines: [...lines.slice(0, most - 1), cutText(cut, width)], loss: texts.length + 1 / most };
}
