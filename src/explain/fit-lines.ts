import { cutText, wrapText } from './plain-text.js';

/** One thing to say under a label: the same in several lengths, the most complete first. */
export interface Section {
  readonly label: string;
  readonly texts: readonly [string, ...string[]];
}

export interface Frame {
  readonly width: number;
  /** The most lines in all; at least as many as there are sections. */
  readonly lines: number;
  /** Who gets spare lines first. */
  readonly first: readonly string[];
}

interface Fitted {
  readonly lines: readonly string[];
  /** The index of the text that fits, or the number of texts if even the last had to be cut: smaller is better. */
  readonly loss: number;
}

/** The width of the column of labels. */
export const LABEL_WIDTH = 10;

/**
 * Lays sections out as lines with their labels in a column. Each section gets one line and the best text that fits
 * there; lines that are left go to those who can say more with them, in the order of `first`.
 */
export function fitLines(sections: readonly Section[], frame: Frame): readonly string[] {
  const width = frame.width - LABEL_WIDTH;
  const order = sections.toSorted((a, b) => rank(frame, a) - rank(frame, b));
  const fitted = new Map(sections.map((section) => [section, fit(section, width, 1)]));
  let spare = frame.lines - sections.length;
  for (let changed = true; changed && spare > 0; ) {
    changed = false;
    for (const section of order) {
      const now = fitted.get(section);
      const better = now === undefined ? undefined : improve(section, width, now, spare);
      if (now === undefined || better === undefined) continue;
      fitted.set(section, better);
      spare -= better.lines.length - now.lines.length;
      changed = true;
    }
  }
  return sections.flatMap((section) =>
    (fitted.get(section)?.lines ?? []).map((line, index) =>
      `${(index === 0 ? section.label : '').padEnd(LABEL_WIDTH)}${line}`.trimEnd(),
    ),
  );
}

function rank(frame: Frame, { label }: Section): number {
  const at = frame.first.indexOf(label);
  return at < 0 ? frame.first.length : at;
}

function fit({ texts }: Section, width: number, most: number): Fitted {
  for (const [loss, text] of texts.entries()) {
    const lines = wrapText(text, width);
    if (lines.length <= most) return { lines, loss };
  }
  const lines = wrapText(texts.at(-1) ?? '', width);
  const kept = lines.slice(0, most);
  const rest = lines.slice(most - 1).join(' ');
  return { lines: [...kept.slice(0, -1), cutText(rest, width)], loss: texts.length };
}

/** The nearest better text that fits into the spare lines. */
function improve(section: Section, width: number, now: Fitted, spare: number): Fitted | undefined {
  if (now.loss === 0) return undefined;
  for (let more = 1; more <= spare; more += 1) {
    const better = fit(section, width, now.lines.length + more);
    if (better.loss < now.loss) return better;
  }
  return undefined;
}
