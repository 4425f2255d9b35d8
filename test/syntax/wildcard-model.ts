import type { Piece } from '../../src/syntax/wildcard.js';

/** Whether the pieces match the text, by dynamic programming over one character at a time. */
export function matchesByTable(pieces: readonly Piece[], text: string): boolean {
  let reachable = new Set<number>([0]);
  for (const piece of pieces) {
    const next = new Set<number>();
    for (const at of reachable) {
      switch (piece.kind) {
        case 'text':
          if (text.slice(at, at + piece.text.length) === piece.text) next.add(at + piece.text.length);
          break;
        case 'one':
          if (at < text.length) next.add(at + 1);
          break;
        case 'oneButColon':
          if (at < text.length && text[at] !== ':') next.add(at + 1);
          break;
        case 'any':
          for (let to = at; to <= text.length; to += 1) next.add(to);
          break;
        case 'anyButColon':
          for (let to = at; to <= text.length; to += 1) {
            next.add(to);
            if (text[to] === ':') break;
          }
          break;
      }
    }
    reachable = next;
  }
  return reachable.has(text.length);
}

/** The classic table for `*` and `?`, written from the pattern text so that it shares no reading of pieces either. */
export function globByTable(pattern: string, text: string): boolean {
  let row: boolean[] = Array.from({ length: text.length + 1 }, (_, j) => j === 0);
  for (const unit of pattern.split('')) {
    const next: boolean[] = [];
    for (let j = 0; j <= text.length; j += 1) {
      const left = j > 0 && next[j - 1] === true;
      const diagonal = j > 0 && row[j - 1] === true;
      if (unit === '*') next.push(row[j] === true || left);
      else next.push(diagonal && (unit === '?' || unit === text[j - 1]));
    }
    row = next;
  }
  return row[text.length] === true;
}
