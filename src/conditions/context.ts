import type { Segment } from '../catalogue/segment.js';

/** A context value that the asker does not know: neither whether the key is present nor what it holds. Absent is not unknown. */
export const UNKNOWN: unique symbol = Symbol.for('gainsay.unknown');
export type Unknown = typeof UNKNOWN;

/** One condition key's value in a request: text, several texts for a multivalued key, or not known. */
export type ContextValue = string | readonly string[] | Unknown;

export type { Segment } from '../catalogue/segment.js';

/** Lower-cased condition key to value. */
export type ContextSegment = ReadonlyMap<string, ContextValue>;

export type RequestContext = Readonly<Record<Segment, ContextSegment>>;
