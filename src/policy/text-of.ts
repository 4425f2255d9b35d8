import type { Source, Span } from '../syntax/source.js';

/** The JSON text of a policy, when its source holds it and nothing beside it; a YAML flow mapping counts as JSON. */
export function jsonTextOf(source: Source, span: Span | undefined): string | undefined {
  if (span === undefined) return undefined;
  const { text } = source;
  if (text[span.from] !== '{' || text[span.to - 1] !== '}') return undefined;
  const alone = text.slice(0, span.from).trim() === '' && text.slice(span.to).trim() === '';
  return alone ? text.slice(span.from, span.to) : undefined;
}
