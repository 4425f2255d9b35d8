import type { Piece } from '../syntax/wildcard.js';
import type { WorkLeft } from './work-left.js';

/** A pattern that texts are compared with; `fold` compares without regard to letter case. */
export interface TextPattern {
  readonly pieces: readonly Piece[];
  readonly fold: boolean;
}

export function literalPattern(text: string, fold = false): TextPattern {
  return { pieces: [{ kind: 'text', text }], fold };
}

const MOST_TEXTS = 512;
const COLON = ':';
/** U+212A, the one character beside `K` and `k` whose lower case is `k`. */
const KELVIN = '\u212a';

/** What one place of a pattern takes; `accept` is the place behind its last piece. */
type Place =
  | Exclude<Piece, { readonly kind: 'text' }>
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'folded'; readonly unit: string }
  | { readonly kind: 'accept' };

/**
 * One text for every set of patterns that some text matches while it matches none of the others: all the ways in which
 * the patterns can tell texts apart. `undefined` when there are too many, or letter case outside ASCII is disregarded.
 *
 * All patterns are read at once as one automaton whose states are sets of places. Characters that no pattern names
 * are alike, so one stands for all of them.
 */
export function textsTellingApart(
  patterns: readonly TextPattern[],
  work: WorkLeft,
): readonly string[] | undefined {
  if (patterns.some((pattern) => pattern.fold && !isAscii(pattern))) return undefined;
  const places: Place[] = [];
  const starts: number[] = [];
  for (const pattern of patterns) {
    starts.push(places.length);
    for (const place of placesOf(pattern)) places.push(place);
  }
  const fresh = freshUnit(places);
  const start = settle(places, starts);
  const known = new Set<string>([start.join()]);
  const found = new Map<string, string>();
  const queue: { readonly state: readonly number[]; readonly text: string }[] = [{ state: start, text: '' }];
  // The queue grows on the way.
  for (const { state, text } of queue) {
    const accepted = state.filter((at) => places[at]?.kind === 'accept').join();
    if (!found.has(accepted)) found.set(accepted, text);
    for (const unit of unitsTakenAt(places, state, fresh)) {
      work.steps -= state.length;
      if (work.steps < 0) return undefined;
      const after = settle(places, step(places, state, unit));
      const key = after.join();
      if (known.has(key)) continue;
      known.add(key);
      queue.push({ state: after, text: text + unit });
    }
    if (found.size > MOST_TEXTS) return undefined;
  }
  return [...found.values()];
}

function isAscii({ pieces }: TextPattern): boolean {
  return pieces.every((piece) => piece.kind !== 'text' || [...piece.text].every((unit) => unit <= '\u007f'));
}

function* placesOf({ pieces, fold }: TextPattern): Generator<Place> {
  for (const piece of pieces) {
    if (piece.kind !== 'text') {
      yield piece;
      continue;
    }
    for (let at = 0; at < piece.text.length; at += 1) {
      const unit = piece.text.charAt(at);
      yield fold ? { kind: 'folded', unit: unit.toLowerCase() } : { kind: 'unit', unit };
    }
  }
  yield { kind: 'accept' };
}

const LETTERS = 'xyzwvuqjkbfghpdmclronitsea';

/** A character that no pattern names in any letter case: a letter if there is one, so that it is no number either. */
function freshUnit(places: readonly Place[]): string {
  const named = new Set<string>();
  for (const place of places) {
    if (place.kind === 'unit' || place.kind === 'folded') named.add(place.unit.toLowerCase());
  }
  for (const letter of LETTERS) if (!named.has(letter)) return letter;
  let unit = 0xe000;
  while (named.has(String.fromCharCode(unit))) unit += 1;
  return String.fromCharCode(unit);
}

/** A `*` may also take nothing: whoever stands at it stands behind it as well. */
function settle(places: readonly Place[], reached: readonly number[]): readonly number[] {
  const state = new Set<number>();
  for (const from of reached) {
    let at = from;
    while (!state.has(at)) {
      state.add(at);
      const kind = places[at]?.kind;
      if (kind !== 'any' && kind !== 'anyButColon') break;
      at += 1;
    }
  }
  return [...state].sort((a, b) => a - b);
}

function step(places: readonly Place[], state: readonly number[], unit: string): readonly number[] {
  const reached: number[] = [];
  for (const at of state) {
    const place = places[at] as Place;
    switch (place.kind) {
      case 'accept':
        break;
      case 'unit':
        if (unit === place.unit) reached.push(at + 1);
        break;
      case 'folded':
        if (unit.toLowerCase() === place.unit) reached.push(at + 1);
        break;
      case 'one':
        reached.push(at + 1);
        break;
      case 'oneButColon':
        if (unit !== COLON) reached.push(at + 1);
        break;
      case 'any':
        reached.push(at);
        break;
      case 'anyButColon':
        if (unit !== COLON) reached.push(at);
        break;
    }
  }
  return reached;
}

/** The characters that lead somewhere of their own from here, and one for all the others. */
function unitsTakenAt(
  places: readonly Place[],
  state: readonly number[],
  fresh: string,
): ReadonlySet<string> {
  const units = new Set<string>();
  for (const at of state) {
    const place = places[at];
    if (place?.kind === 'unit') units.add(place.unit);
    if (place?.kind === 'oneButColon' || place?.kind === 'anyButColon') units.add(COLON);
    if (place?.kind === 'folded') {
      units.add(place.unit).add(place.unit.toUpperCase());
      if (place.unit === 'k') units.add(KELVIN);
    }
  }
  if (state.length > 0) units.add(fresh);
  return units;
}
