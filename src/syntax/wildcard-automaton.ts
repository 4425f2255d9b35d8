import type { Piece } from './wildcard.js';

const COLON = 58;

/** What one kind of character does: which states may step forward onto it, and which may stay. */
interface Moves {
  readonly step: Int32Array;
  readonly stay: Int32Array;
}

/**
 * Simulates the pattern's automaton, 32 states to a machine word: state i means that the first i fixed characters of
 * the pattern are matched, and a star is a loop on the state it stands at. Needed for stars that stop at a colon,
 * where taking the leftmost place of the next run may lose a match. Expects normalised pieces.
 */
export function compileAutomaton(pieces: readonly Piece[]): (value: string) => boolean {
  const length = pieces.reduce((sum, piece) => sum + fixedLength(piece), 0);
  const words = (length + 32) >>> 5;
  const others = movesOf(words);
  const colon = movesOf(words);
  const moves = new Map<number, Moves>([[COLON, colon]]);
  const literals: { readonly unit: number; readonly state: number }[] = [];
  let state = 0;
  for (const piece of pieces) {
    switch (piece.kind) {
      case 'any':
        raise(others.stay, state);
        raise(colon.stay, state);
        break;
      case 'anyButColon':
        raise(others.stay, state);
        break;
      case 'one':
        state += 1;
        raise(others.step, state);
        raise(colon.step, state);
        break;
      case 'oneButColon':
        state += 1;
        raise(others.step, state);
        break;
      case 'text':
        for (let i = 0; i < piece.text.length; i += 1) {
          state += 1;
          literals.push({ unit: piece.text.charCodeAt(i), state });
        }
        break;
    }
  }
  for (const literal of literals) {
    const known = moves.get(literal.unit) ?? { step: others.step.slice(), stay: others.stay };
    raise(known.step, literal.state);
    moves.set(literal.unit, known);
  }
  const [first] = pieces;
  const head = first?.kind === 'text' ? first.text : '';
  const states = new Int32Array(words);
  return (value) => value.startsWith(head) && accepts(value, states, moves, others, length);
}

function accepts(
  value: string,
  states: Int32Array,
  moves: ReadonlyMap<number, Moves>,
  others: Moves,
  last: number,
): boolean {
  states.fill(0);
  states[0] = 1;
  for (let at = 0; at < value.length; at += 1) {
    const { step, stay } = moves.get(value.charCodeAt(at)) ?? others;
    let carry = 0;
    let alive = 0;
    for (let w = 0; w < states.length; w += 1) {
      const before = states[w] as number;
      const after = (((before << 1) | carry) & (step[w] as number)) | (before & (stay[w] as number));
      states[w] = after;
      alive |= after;
      carry = before >>> 31;
    }
    if (alive === 0) return false;
  }
  return ((states[last >>> 5] as number) & (1 << (last & 31))) !== 0;
}

function fixedLength(piece: Piece): number {
  switch (piece.kind) {
    case 'text':
      return piece.text.length;
    case 'one':
    case 'oneButColon':
      return 1;
    case 'any':
    case 'anyButColon':
      return 0;
  }
}

function movesOf(words: number): Moves {
  return { step: new Int32Array(words), stay: new Int32Array(words) };
}

function raise(words: Int32Array, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31));
}
