import type { TemplatePart } from './policy-variable.js';
import { compilePieces, type Matcher, type Piece } from './wildcard.js';

const COLONS_BEFORE_RESOURCE = 5;

/**
 * Gives `*` and `?` the meaning they have in `Resource` and `NotResource`: inside one of the first five segments
 * neither crosses a colon, but a `*` that ends a segment may run past the colons that follow it, so that
 * `arn:aws:kms:*` means every key. In the resource part `*` is any run of characters, slashes and colons included.
 *
 * Variables are left where they are: AWS reads them after the fifth colon only, so they move no segment.
 *
 * Rule: WILD-RESOURCE, WILD-RESOURCE-PART (IAM User Guide, JSON policy elements: Resource).
 */
export function resourcePieces(pieces: readonly Piece[]): Piece[];
export function resourcePieces(pieces: readonly TemplatePart[]): TemplatePart[];
export function resourcePieces(pieces: readonly TemplatePart[]): TemplatePart[] {
  let colons = 0;
  return pieces.map((piece, index) => {
    if (piece.kind === 'text') colons += countColons(piece.text);
    if (colons >= COLONS_BEFORE_RESOURCE) return piece;
    if (piece.kind === 'one') return { kind: 'oneButColon' };
    if (piece.kind === 'any' && !endsSegment(pieces, index)) return { kind: 'anyButColon' };
    return piece;
  });
}

/** Compiles a pattern of `Resource` or `NotResource`. */
export function compileResourcePattern(pieces: readonly Piece[]): Matcher {
  return compilePieces(resourcePieces(pieces));
}

/** Whether the run of stars at this index is followed by a colon or by the end of the pattern. */
function endsSegment(pieces: readonly TemplatePart[], index: number): boolean {
  let next = index + 1;
  while (pieces[next]?.kind === 'any') next += 1;
  const piece = pieces[next];
  return piece === undefined || (piece.kind === 'text' && piece.text.startsWith(':'));
}

function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count += 1;
  return count;
}
