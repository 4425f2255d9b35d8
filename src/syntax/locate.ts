import type { Issue } from './issue.js';
import type { Place, Pointer, Position, Source, SourceNode, Span } from './source.js';

const startsOf = new WeakMap<Source, readonly number[]>();

/** The offsets at which lines begin; LF, CRLF and a lone CR each end a line. A byte-order mark is before line 1. */
export function lineStarts(source: Source): readonly number[] {
  const known = startsOf.get(source);
  if (known !== undefined) return known;
  const { text } = source;
  const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  startsOf.set(source, starts);
  return starts;
}

/** Line and column of an offset into the source's own text. Offsets outside the text count as its nearest end. */
export function positionAt(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  const at = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.max(1, at - (starts[low] as number) + 1) };
}

/** The node that a pointer leads to; `undefined` when there is none. Of members with one name, the first. */
export function nodeAt(root: SourceNode, pointer: Pointer): SourceNode | undefined {
  let node: SourceNode | undefined = root;
  for (const step of pointer) {
    node = node === undefined ? undefined : childOf(node, step);
  }
  return node;
}

function childOf(node: SourceNode, step: string | number): SourceNode | undefined {
  if (node.kind === 'array') return typeof step === 'number' ? node.items[step] : undefined;
  if (node.kind === 'object') return node.members.find((member) => member.key === step)?.value;
  return undefined;
}

/**
 * The place of a span, as a person can look it up. A source that was written inside another one is named and counted
 * in the outermost: exactly where the inner text stands there as it is or as a JSON string, else at its beginning.
 */
export function placeOf(source: Source | undefined, pointer: Pointer, span: Span | undefined): Place {
  if (source === undefined) return { pointer };
  let outermost = source;
  let range = span;
  while (outermost.origin !== undefined) {
    range = outerSpan(outermost, outermost.origin, range);
    outermost = outermost.origin.outer;
  }
  if (range === undefined) return { source: outermost.name, pointer };
  const start = positionAt(outermost, range.from);
  return { source: outermost.name, pointer, start, end: positionAt(outermost, range.to) };
}

/** The place of an element; when it does not exist (or has no span), that of its nearest ancestor that does. */
export function placeIn(
  source: Source | undefined,
  root: SourceNode,
  pointer: Pointer,
  what: 'key' | 'value' = 'value',
): Place {
  let node = root;
  let span = root.span;
  for (const [i, step] of pointer.entries()) {
    const child = childOf(node, step);
    if (child === undefined) break;
    if (what === 'key' && i === pointer.length - 1 && node.kind === 'object') {
      span = node.members.find((member) => member.key === step)?.keySpan ?? child.span ?? span;
      break;
    }
    node = child;
    span = child.span ?? span;
  }
  return placeOf(source, pointer, span);
}

function outerSpan(inner: Source, origin: NonNullable<Source['origin']>, span: Span | undefined): Span {
  const { outer, at } = origin;
  if (span === undefined) return at;
  if (outer.text.startsWith(inner.text, at.from) && at.to - at.from === inner.text.length) {
    return { from: at.from + span.from, to: at.from + span.to };
  }
  const from = offsetInString(inner, outer, at, span.from);
  const to = offsetInString(inner, outer, at, span.to);
  return from === undefined || to === undefined ? at : { from, to };
}

/** Where the unit at `wanted` of a decoded text stands in the double-quoted string it came from, if that is certain. */
function offsetInString(inner: Source, outer: Source, at: Span, wanted: number): number | undefined {
  const { text } = outer;
  if (text.charCodeAt(at.from) !== 0x22 || text.charCodeAt(at.to - 1) !== 0x22) return undefined;
  let found: number | undefined;
  let units = 0;
  let i = at.from + 1;
  for (; i < at.to - 1; units += 1) {
    if (units === wanted) found = i;
    const unit = text.charCodeAt(i);
    if (unit !== 0x5c) {
      // A folded line or another kind of escape decodes to something else: then nothing about it is certain.
      if (unit !== inner.text.charCodeAt(units)) return undefined;
      i += 1;
    } else {
      const letter = text.charAt(i + 1);
      if (letter === '' || !'"\\/bfnrtu'.includes(letter)) return undefined;
      i += letter === 'u' ? 6 : 2;
    }
  }
  if (i !== at.to - 1 || units !== inner.text.length) return undefined;
  return wanted >= units ? i : found;
}

/** Issues in the order in which a person meets their places; those without a place come first. */
export function inTextOrder(issues: readonly Issue[]): readonly Issue[] {
  const line = ({ at }: Issue) => at.start?.line ?? 0;
  const column = ({ at }: Issue) => at.start?.column ?? 0;
  return issues.length < 2 ? issues : issues.toSorted((a, b) => line(a) - line(b) || column(a) - column(b));
}
