import { invariant } from '../syntax/invariant.js';
import type { Pointer, Source, SourceNode } from '../syntax/source.js';
import type { Origin } from './policy.js';

/** Reads the text of a document once more. */
export type Reread = () => SourceNode | undefined;

/** Where a policy stands in a tree that lives on without it, such as that of a scenario. */
export function originIn(source: Source, node: SourceNode, pointer: Pointer): Origin {
  return Object.freeze({ source, node, pointer: Object.freeze([...pointer]) });
}

/**
 * Where a policy stands that is the whole of its document. A tree takes twelve times the memory of its text, and only
 * explanations look at it, so it is let go and read again for the first of them.
 */
export function originOf(source: Source, pointer: Pointer, reread: Reread): Origin {
  let known: SourceNode | undefined;
  return Object.freeze({
    source,
    get node() {
      known ??= reread();
      invariant(known !== undefined, 'what could be read once can be read again');
      return known;
    },
    pointer: Object.freeze([...pointer]),
  });
}
