/** The pieces that take a fixed number of characters. */
export type RunPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'oneButColon' };

/** The part of a pattern between two stars: a fixed number of characters. */
export interface Run {
  readonly length: number;
  /** Whether the run stands at this offset; the caller has made sure that it fits. */
  readonly matchesAt: (value: string, at: number) => boolean;
  /** The leftmost offset from `from` on at which the run stands and ends by `to`, or -1. */
  readonly find: (value: string, from: number, to: number) => number;
}

const ONE = -1;
const ONE_BUT_COLON = -2;
const COLON = 58;

/** `indexOf` is fastest but may cost pattern times value; up to this length that is still a small constant. */
const LONGEST_INDEXED = 32;

/** Compiles a run; it may be empty. */
export function compileRun(pieces: readonly RunPiece[]): Run {
  const [only] = pieces;
  if (pieces.length === 0) return { length: 0, matchesAt: () => true, find: (_value, from) => from };
  if (pieces.length === 1 && only?.kind === 'text') return literalRun(only.text);
  const units = unitsOf(pieces);
  return {
    length: units.length,
    matchesAt: (value, at) => {
      for (let i = 0; i < units.length; i += 1) {
        if (!accepts(units[i] as number, value.charCodeAt(at + i))) return false;
      }
      return true;
    },
    find: whenAsked(() => (units.length <= 32 ? shiftAnd(units) : shiftAndInWords(units))),
  };
}

/** The tables of a search are made at the first search: the first and last runs of a pattern are never searched for. */
function whenAsked(make: () => Run['find']): Run['find'] {
  let find: Run['find'] | undefined;
  return (value, from, to) => {
    find ??= make();
    return find(value, from, to);
  };
}

function unitsOf(pieces: readonly RunPiece[]): Int32Array {
  const units: number[] = [];
  for (const piece of pieces) {
    switch (piece.kind) {
      case 'text':
        for (let i = 0; i < piece.text.length; i += 1) units.push(piece.text.charCodeAt(i));
        break;
      case 'one':
        units.push(ONE);
        break;
      case 'oneButColon':
        units.push(ONE_BUT_COLON);
        break;
    }
  }
  return Int32Array.from(units);
}

function accepts(wanted: number, unit: number): boolean {
  return wanted === unit || wanted === ONE || (wanted === ONE_BUT_COLON && unit !== COLON);
}

function literalRun(text: string): Run {
  const { length } = text;
  const last = length - 1;
  const lastUnit = text.charCodeAt(last);
  return {
    length,
    matchesAt: (value, at) => value.charCodeAt(at + last) === lastUnit && value.startsWith(text, at),
    find:
      length > LONGEST_INDEXED
        ? whenAsked(() => knuthMorrisPratt(text))
        : (value, from, to) => {
            const found = value.indexOf(text, from);
            return found + length <= to ? found : -1;
          },
  };
}

function knuthMorrisPratt(text: string): Run['find'] {
  const { length } = text;
  const border = new Int32Array(length);
  for (let i = 1, k = 0; i < length; i += 1) {
    while (k > 0 && text.charCodeAt(i) !== text.charCodeAt(k)) k = border[k - 1] as number;
    if (text.charCodeAt(i) === text.charCodeAt(k)) k += 1;
    border[i] = k;
  }
  return (value, from, to) => {
    let matched = 0;
    for (let at = from; at < to; at += 1) {
      const unit = value.charCodeAt(at);
      while (matched > 0 && unit !== text.charCodeAt(matched)) matched = border[matched - 1] as number;
      if (unit === text.charCodeAt(matched)) matched += 1;
      if (matched === length) return at - length + 1;
    }
    return -1;
  };
}

/**
 * Shift-And: bit i of the state says that the last i + 1 characters match the first i + 1 of the run, so one
 * character of the value moves the whole run along.
 */
function shiftAnd(units: Int32Array): Run['find'] {
  const masks = new Map<number, number>();
  let others = 0;
  let colon = 0;
  units.forEach((unit, i) => {
    if (unit === ONE) colon |= 1 << i;
    if (unit < 0) others |= 1 << i;
  });
  masks.set(COLON, colon);
  units.forEach((unit, i) => {
    if (unit >= 0) masks.set(unit, (masks.get(unit) ?? others) | (1 << i));
  });
  const ascii = Int32Array.from({ length: 128 }, (_, unit) => masks.get(unit) ?? others);
  const accepting = 1 << (units.length - 1);
  return (value, from, to) => {
    let state = 0;
    for (let at = from; at < to; at += 1) {
      const unit = value.charCodeAt(at);
      const mask = unit < 128 ? (ascii[unit] as number) : (masks.get(unit) ?? others);
      state = ((state << 1) | 1) & mask;
      if ((state & accepting) !== 0) return at - units.length + 1;
    }
    return -1;
  };
}

/** The same for runs longer than a machine word; the state is kept between calls and cleared at the start of each. */
function shiftAndInWords(units: Int32Array): Run['find'] {
  const words = (units.length + 31) >>> 5;
  const others = new Int32Array(words);
  const colon = new Int32Array(words);
  const masks = new Map<number, Int32Array>([[COLON, colon]]);
  units.forEach((unit, i) => {
    if (unit < 0) raise(others, i);
    if (unit === ONE) raise(colon, i);
  });
  units.forEach((unit, i) => {
    if (unit < 0) return;
    const mask = masks.get(unit) ?? others.slice();
    raise(mask, i);
    masks.set(unit, mask);
  });
  const lastWord = words - 1;
  const accepting = 1 << ((units.length - 1) & 31);
  const state = new Int32Array(words);
  return (value, from, to) => {
    state.fill(0);
    for (let at = from; at < to; at += 1) {
      const mask = masks.get(value.charCodeAt(at)) ?? others;
      let carry = 1;
      for (let w = 0; w < words; w += 1) {
        const before = state[w] as number;
        state[w] = ((before << 1) | carry) & (mask[w] as number);
        carry = before >>> 31;
      }
      if (((state[lastWord] as number) & accepting) !== 0) return at - units.length + 1;
    }
    return -1;
  };
}

function raise(words: Int32Array, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31));
}
