import { compileAutomaton } from './wildcard-automaton.js';
import { compileRun, type Run, type RunPiece } from './wildcard-run.js';

/**
 * A pattern is a list of pieces. `any` is a `*`, `one` a `?` (one UTF-16 unit). The two `…ButColon` kinds are what
 * `*` and `?` mean inside the first segments of a `Resource` ARN.
 */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'anyButColon' }
  | { readonly kind: 'one' }
  | { readonly kind: 'oneButColon' };

/** A compiled pattern. `exact` is set when it matches that text and no other. */
export interface Matcher {
  readonly test: (value: string) => boolean;
  readonly everything: boolean;
  readonly exact?: string;
}

/**
 * Reads `*` as any run of characters and `?` as exactly one; everything else is itself. Never fails.
 *
 * Rule: WILD-CONDITION (IAM User Guide, condition operators: string condition operators).
 */
export function parsePieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit !== 42 && unit !== 63) continue;
    if (at > from) pieces.push({ kind: 'text', text: text.slice(from, at) });
    pieces.push({ kind: unit === 42 ? 'any' : 'one' });
    from = at + 1;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** The characters of a pattern that has no wildcard; `undefined` when it has one. */
export function literalText(pieces: readonly Piece[]): string | undefined {
  let text = '';
  for (const piece of pieces) {
    if (piece.kind !== 'text') return undefined;
    text += piece.text;
  }
  return text;
}

/** A matcher for one text. */
export function matchExactly(text: string): Matcher {
  return { test: (value) => value === text, everything: false, exact: text };
}

export const MATCH_EVERYTHING: Matcher = { test: () => true, everything: true };

/**
 * Compiles a pattern once; each `test` is then linear in the value (literal runs) or costs a machine word's worth of
 * pattern per character (runs with `?`). No pattern makes it backtrack.
 */
export function compilePieces(pattern: readonly Piece[]): Matcher {
  const pieces = normalise(pattern);
  const exact = literalText(pieces);
  if (exact !== undefined) return matchExactly(exact);
  const [first, second, third] = pieces;
  if (pieces.length === 1 && first?.kind === 'any') return MATCH_EVERYTHING;
  if (pieces.some((piece) => piece.kind === 'anyButColon')) return patternOf(compileAutomaton(pieces));
  if (pieces.length === 2 && first?.kind === 'text' && second?.kind === 'any') {
    return patternOf(startsWith(first.text));
  }
  if (pieces.length === 2 && first?.kind === 'any' && second?.kind === 'text') {
    const { text } = second;
    return patternOf((value) => value.endsWith(text));
  }
  if (pieces.length === 3 && first?.kind === 'text' && second?.kind === 'any' && third?.kind === 'text') {
    return patternOf(startsAndEndsWith(first.text, third.text));
  }
  return patternOf(compileRuns(pieces));
}

function patternOf(test: (value: string) => boolean): Matcher {
  return { test, everything: false };
}

/** Joins neighbouring texts and neighbouring stars, so that no two pieces of a kind but `one` stand side by side. */
export function normalise(pattern: readonly Piece[]): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of pattern) {
    const last = pieces.at(-1);
    switch (piece.kind) {
      case 'text':
        if (piece.text === '') break;
        if (last?.kind === 'text') pieces[pieces.length - 1] = { kind: 'text', text: last.text + piece.text };
        else pieces.push(piece);
        break;
      case 'any':
        if (last?.kind === 'anyButColon') pieces[pieces.length - 1] = piece;
        else if (last?.kind !== 'any') pieces.push(piece);
        break;
      case 'anyButColon':
        if (last?.kind !== 'any' && last?.kind !== 'anyButColon') pieces.push(piece);
        break;
      case 'one':
      case 'oneButColon':
        pieces.push(piece);
        break;
    }
  }
  return pieces;
}

/** ARNs share their beginnings, so the prefix's last character is looked at first; it settles most misses. */
function startsWith(prefix: string): (value: string) => boolean {
  const last = prefix.length - 1;
  const unit = prefix.charCodeAt(last);
  return (value) => value.charCodeAt(last) === unit && value.lastIndexOf(prefix, 0) === 0;
}

function startsAndEndsWith(head: string, tail: string): (value: string) => boolean {
  const least = head.length + tail.length;
  const begins = startsWith(head);
  return (value) => value.length >= least && begins(value) && value.endsWith(tail);
}

/**
 * Runs of fixed length between stars: the first is tied to the beginning, the last to the end, and the ones between
 * are found from left to right. Taking the leftmost place each time never loses a match.
 */
function compileRuns(pieces: readonly Piece[]): (value: string) => boolean {
  const runs: Run[] = [];
  let run: RunPiece[] = [];
  for (const piece of pieces) {
    if (piece.kind === 'text' || piece.kind === 'one' || piece.kind === 'oneButColon') {
      run.push(piece);
    } else {
      runs.push(compileRun(run));
      run = [];
    }
  }
  const tail = compileRun(run);
  const [head, ...middle] = runs;
  if (head === undefined) return (value) => value.length === tail.length && tail.matchesAt(value, 0);
  const between = middle.filter((each) => each.length > 0);
  const least = runs.reduce((sum, each) => sum + each.length, tail.length);
  return (value) => {
    if (value.length < least) return false;
    const to = value.length - tail.length;
    if (!head.matchesAt(value, 0) || !tail.matchesAt(value, to)) return false;
    let at = head.length;
    for (const each of between) {
      const found = each.find(value, at, to);
      if (found < 0) return false;
      at = found + each.length;
    }
    return true;
  };
}
