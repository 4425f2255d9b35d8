import type { Source, Span } from '../syntax/source.js';

export interface JsonText {
  readonly text: string;
  /** Blanks, line ends and printable ASCII only, as in nearly every policy: one unit is one byte and one character. */
  readonly plain: boolean;
}

/** The JSON text of a policy, when its source holds it and nothing beside it; a YAML flow mapping counts as JSON. */
export function jsonTextOf(source: Source, span: Span | undefined): JsonText | undefined {
  if (span === undefined) return undefined;
  const { text: whole } = source;
  if (whole[span.from] !== '{' || whole[span.to - 1] !== '}') return undefined;
  const alone = whole.slice(0, span.from).trim() === '' && whole.slice(span.to).trim() === '';
  if (!alone) return undefined;
  const text = whole.slice(span.from, span.to);
  return { text, plain: !/[^\t\n\r -~]/.test(text) };
}
