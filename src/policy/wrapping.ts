import type { Issue } from '../syntax/issue.js';
import { scanJson } from '../syntax/json-scanner.js';
import type { ObjectNode, Place, Pointer, Source } from '../syntax/source.js';
import { type Element, elementAt, isObject, member, pointerOf } from './reader.js';

/** Where AWS's command line puts the policy in what it prints. The longer path comes first where two begin alike. */
const WRAPPINGS: readonly (readonly string[])[] = [
  ['Policy', 'Content'], // organizations describe-policy
  ['Policy'], // kms get-key-policy
  ['Attributes', 'Policy'], // sqs get-queue-attributes, sns get-topic-attributes
  ['PolicyDocument'], // iam get-role-policy, get-user-policy, get-group-policy
  ['PolicyVersion', 'Document'], // iam get-policy-version
];

/** A JSON text cannot quote another one more often and stay readable. */
const MOST_LAYERS = 8;

export interface Unwrapped {
  /** The text that the policy's own offsets count in. */
  readonly source: Source;
  /** Left out when a text inside is no JSON; the issues tell. */
  readonly root?: Element;
  readonly issues: readonly Issue[];
}

/**
 * Looks through the wrappings in which AWS's tools print policies: a JSON string that holds the document, and objects
 * such as `{"Policy": "…"}`. What is no wrapping comes back as it is.
 */
export function unwrap(source: Source, root: Element): Unwrapped {
  let current: { readonly source: Source; readonly root: Element } = { source, root };
  const issues: Issue[] = [];
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    const inside = isObject(current.root) ? wrapped(current.root) : undefined;
    const held = inside ?? current.root;
    const { node } = held;
    if (node.kind !== 'string' || !isEncodedJson(node.value)) {
      return { source: current.source, root: held, issues };
    }
    const nested: Source = Object.freeze({
      name: current.source.name,
      text: node.value,
      ...(node.span === undefined ? {} : { origin: { outer: current.source, at: node.span } }),
    });
    const scanned = scanJson(nested);
    const pointer = pointerOf(held);
    issues.push(...scanned.issues.map((issue) => under(pointer, issue)));
    if (scanned.node === undefined) return { source: nested, issues };
    current = { source: nested, root: elementAt(scanned.node, pointer) };
  }
  return { ...current, issues };
}

/** The policy inside an object that is no policy itself. */
function wrapped(root: Element<ObjectNode>): Element | undefined {
  if (member(root, 'Statement') !== undefined) return undefined;
  for (const path of WRAPPINGS) {
    let at: Element | undefined = root;
    for (const step of path) at = at !== undefined && isObject(at) ? member(at, step) : undefined;
    if (at === undefined) continue;
    if (at.node.kind === 'string' || (isObject(at) && member(at, 'Statement') !== undefined)) return at;
  }
  return undefined;
}

function isEncodedJson(text: string): boolean {
  const first = text.trimStart()[0];
  return first === '{' || first === '"';
}

/** The issue with pointers from the host's root; lines and columns are the host's already. */
function under(pointer: Pointer, issue: Issue): Issue {
  const moved = (place: Place): Place => ({ ...place, pointer: [...pointer, ...place.pointer] });
  return {
    ...issue,
    at: moved(issue.at),
    ...(issue.related === undefined ? {} : { related: issue.related.map(moved) }),
  };
}
