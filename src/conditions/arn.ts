import { type ArnParts, splitArn } from '../syntax/arn.js';
import { compilePieces, literalText, type Matcher, matchExactly, type Piece } from '../syntax/wildcard.js';
import { remember } from './remember.js';

const SECTIONS = 6;

/**
 * Splits a pattern at its first five colons; `undefined` when it has fewer, a lone `*` included. Texts put in for
 * variables are split like typed ones.
 */
export function arnSections(pattern: readonly Piece[]): readonly (readonly Piece[])[] | undefined {
  const sections: Piece[][] = [];
  let section: Piece[] = [];
  for (const piece of pattern) {
    if (piece.kind !== 'text') {
      section.push(piece);
      continue;
    }
    let from = 0;
    for (let cut = piece.text.indexOf(':'); cut >= 0 && sections.length < SECTIONS - 1; ) {
      section.push({ kind: 'text', text: piece.text.slice(from, cut) });
      sections.push(section);
      section = [];
      from = cut + 1;
      cut = piece.text.indexOf(':', from);
    }
    section.push({ kind: 'text', text: piece.text.slice(from) });
  }
  sections.push(section);
  return sections.length === SECTIONS ? sections : undefined;
}

/** Whether the text of a pattern has six sections. */
export function hasArnSections(pattern: string): boolean {
  let at = -1;
  for (let colons = 1; colons < SECTIONS; colons += 1) {
    at = pattern.indexOf(':', at + 1);
    if (at < 0) return false;
  }
  return true;
}

/**
 * Matches ARNs section by section, so that a `*` in the first five never crosses a colon. `undefined` when the operand
 * has fewer than six sections; a value that is not an ARN of six parts never matches. `ArnEquals` and `ArnLike` are one.
 *
 * Rule: COND-ARN-SECTIONS, COND-ARN-SIX-PARTS (IAM User Guide, condition operators: ARN condition operators).
 */
export function compileArn(operand: readonly Piece[]): Matcher | undefined {
  const sections = arnSections(operand);
  if (sections === undefined) return undefined;
  const text = literalText(operand);
  if (text?.startsWith('arn:')) return matchExactly(text);
  const checks = sections.map(compilePieces).flatMap(checkSection);
  return {
    test: (value) => {
      const parts = readArn(value);
      if (parts === undefined) return false;
      for (const check of checks) if (!check(parts)) return false;
      return true;
    },
    everything: false,
  };
}

type SectionCheck = (parts: ArnParts) => boolean;

/** What a section of the pattern asks; nothing when it is `*`. */
function checkSection(section: Matcher, index: number): SectionCheck[] {
  const { everything, exact, test } = section;
  const at = index as 0 | 1 | 2 | 3 | 4 | 5;
  if (everything) return [];
  if (exact !== undefined) return [(parts) => parts[at] === exact];
  return [(parts) => test(parts[at])];
}

const readArn = remember((text: string): ArnParts | undefined =>
  text.startsWith('arn:') ? splitArn(text) : undefined,
);
