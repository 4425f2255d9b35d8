import type { Matcher, Piece } from '../../../src/syntax/wildcard.js';

export * from '../../../src/syntax/wildcard.js';

/** A text like any other pattern, which no set of texts is made of. */
export function matchExactly(text: string): Matcher {
  return compilePieces([{ kind: 'text', text }]);
}

/** One table for all patterns: after each piece, which beginnings of the value it can end. */
export function compilePieces(pattern: readonly Piece[]): Matcher {
  const pieces = pattern.filter((piece) => piece.kind !== 'text' || piece.text !== '');
  const isStar = ({ kind }: Piece): boolean => kind === 'any' || kind === 'anyButColon';
  return {
    test: (value) =>
      pieces.reduce((ends, piece) => endsAfter(piece, ends, value), atStart(value))[value.length] === true,
    everything: pieces.some(({ kind }) => kind === 'any') && pieces.every(isStar),
  };
}

/** Entry `n` says whether the pieces so far match the first `n` characters. */
type Ends = readonly boolean[];

function atStart(value: string): Ends {
  return Array.from({ length: value.length + 1 }, (_, at) => at === 0);
}

function endsAfter(piece: Piece, before: Ends, value: string): Ends {
  const after: boolean[] = [];
  for (let at = 0; at <= value.length; at += 1) {
    const isColon = value[at - 1] === ':';
    switch (piece.kind) {
      case 'text': {
        const from = at - piece.text.length;
        after.push(before[from] === true && value.startsWith(piece.text, from));
        break;
      }
      case 'any':
        after.push(before[at] === true || after[at - 1] === true);
        break;
      case 'anyButColon':
        after.push(before[at] === true || (after[at - 1] === true && !isColon));
        break;
      case 'one':
        after.push(before[at - 1] === true);
        break;
      case 'oneButColon':
        after.push(before[at - 1] === true && !isColon);
        break;
    }
  }
  return after;
}
