/** A half-open range of UTF-16 offsets into `Source.text`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A text that a person wrote, with the name they know it by (a path, or a label for text that has no file).
 * A policy written inside another document (inline in a scenario, or double-encoded as a JSON string) knows its host.
 */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly origin?: { readonly outer: Source; readonly at: Span };
}

/** 1-based; `column` counts UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where an element sits inside a document: member names and list indexes from the root. */
export type Pointer = readonly (string | number)[];

/** A position that can be shown to a person: the source's name, and line and column where they are known. */
export interface Place {
  readonly source?: string;
  readonly pointer: Pointer;
  readonly start?: Position;
  readonly end?: Position;
}

/**
 * The one tree that the policy grammar and the scenario format read. It is made from JSON text, from YAML text,
 * or from a plain JavaScript value (which has no spans). Duplicate members and the order of members are kept;
 * numbers keep the characters that were typed, so `012345678901` and `1e400` survive.
 */
export type SourceNode =
  | ObjectNode
  | ArrayNode
  | StringNode
  | NumberNode
  | BooleanNode
  | NullNode
  | UnresolvedNode;

export interface ObjectNode {
  readonly kind: 'object';
  readonly members: readonly SourceMember[];
  readonly span?: Span;
}
export interface ArrayNode {
  readonly kind: 'array';
  readonly items: readonly SourceNode[];
  readonly span?: Span;
}
/** `quoted` is false only for a YAML plain scalar, whose type other readers would guess. */
export interface StringNode {
  readonly kind: 'string';
  readonly value: string;
  readonly quoted?: boolean;
  readonly span?: Span;
}
export interface NumberNode {
  readonly kind: 'number';
  readonly raw: string;
  readonly span?: Span;
}
export interface BooleanNode {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly span?: Span;
}
export interface NullNode {
  readonly kind: 'null';
  readonly span?: Span;
}
/** A template function without a value (`!Ref`, `Fn::Sub`): symbolic and named, never guessed. */
export interface UnresolvedNode {
  readonly kind: 'unresolved';
  readonly what: string;
  readonly span?: Span;
}
export interface SourceMember {
  readonly key: string;
  readonly keySpan?: Span;
  readonly value: SourceNode;
}
