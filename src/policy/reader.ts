import { excerpt } from '../syntax/excerpt.js';
import type { Issue, IssueCode } from '../syntax/issue.js';
import { placeOf } from '../syntax/locate.js';
import type {
  ArrayNode,
  ObjectNode,
  Pointer,
  Source,
  SourceMember,
  SourceNode,
  Span,
} from '../syntax/source.js';
import { closest, didYouMean } from '../syntax/suggest.js';

/** Collects what is wrong with one document while it is read. */
export interface Reader {
  readonly source: Source;
  readonly issues: Issue[];
}

export interface Complaint {
  readonly code: IssueCode;
  readonly message: string;
  readonly severity?: Issue['severity'];
  readonly expected?: string | undefined;
  /** Or how to find it out, where that takes time. */
  readonly help?: string | (() => string | undefined) | undefined;
  readonly docs?: string | undefined;
}

/** What a complaint can be about: an element, or the name of a member. `pointerOf` says where it is. */
export interface Located {
  readonly node: { readonly span?: Span | undefined };
  /** What it is in, or the way to it from the root of the document. */
  readonly within: Located | Pointer;
  /** Its name or index in there; nothing when `within` is the whole way. */
  readonly step: string | number | undefined;
}

/** An element and where it is. */
export interface Element<N extends SourceNode = SourceNode> extends Located {
  readonly node: N;
}

/** An element that reading begins with, at the end of this pointer. */
export function elementAt(node: SourceNode, pointer: Pointer): Element {
  return { node, within: pointer, step: undefined };
}

/** The way to an element from the root of its document. Spelled out on demand, as most elements are never complained of. */
export function pointerOf(at: Located): Pointer {
  const steps: (string | number)[] = [];
  let current: Located | Pointer = at;
  while (!isPointer(current)) {
    if (current.step !== undefined) steps.push(current.step);
    current = current.within;
  }
  return [...current, ...steps.reverse()];
}

function isPointer(way: Located | Pointer): way is Pointer {
  return Array.isArray(way);
}

/** More of one severity help nobody, and finding the places of a million mistakes takes time. */
const MOST_OF_ONE_SEVERITY = 100;

/** Adds an issue, unless there are a hundred of its severity already. */
export function complain(reader: Reader, at: Located, complaint: Complaint): void {
  const { code, message, severity = 'error', expected, docs } = complaint;
  if (reader.issues.length >= MOST_OF_ONE_SEVERITY) {
    const alike = reader.issues.reduce((count, issue) => count + (issue.severity === severity ? 1 : 0), 0);
    if (alike >= MOST_OF_ONE_SEVERITY) return;
  }
  const help = typeof complaint.help === 'function' ? complaint.help() : complaint.help;
  reader.issues.push({
    code,
    severity,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(help === undefined ? {} : { help }),
    ...(docs === undefined ? {} : { docs }),
    at: placeOf(reader.source, pointerOf(at), at.node.span),
  });
}

/** What a person would call the kind of value they wrote. */
export function kindName(node: SourceNode): string {
  switch (node.kind) {
    case 'object':
      return 'an object';
    case 'array':
      return 'a list';
    case 'string':
      return 'a string';
    case 'number':
      return `the number ${excerpt(node.raw)}`;
    case 'boolean':
      return `the boolean \`${node.value}\``;
    case 'null':
      return 'null';
    case 'unresolved':
      return `the unresolved ${excerpt(node.what)}`;
  }
}

export function child(parent: Element, key: string | number, node: SourceNode): Element {
  return { node, within: parent, step: key };
}

/** The name of a member, for complaints about the name and not about its value. */
export function nameOf(parent: Element, { key, keySpan, value }: SourceMember): Located {
  return { node: { span: keySpan ?? value.span }, within: parent, step: key };
}

export function isObject(element: Element): element is Element<ObjectNode> {
  return element.node.kind === 'object';
}

export function isArray(element: Element): element is Element<ArrayNode> {
  return element.node.kind === 'array';
}

/** The member of that name; where a name was written twice the scanner has complained already, and the last one counts. */
export function member(parent: Element<ObjectNode>, key: string): Element | undefined {
  const { members } = parent.node;
  for (let i = members.length - 1; i >= 0; i -= 1) {
    const found = members[i];
    if (found?.key === key) return child(parent, key, found.value);
  }
  return undefined;
}

/** Complains about members that do not belong here, with the name that was probably meant. */
export function onlyMembers(
  reader: Reader,
  parent: Element<ObjectNode>,
  known: readonly string[],
  of: string,
): void {
  for (const found of parent.node.members) {
    if (known.includes(found.key)) continue;
    complain(reader, nameOf(parent, found), {
      code: 'unknown-element',
      message: `unknown element ${excerpt(found.key)} in ${of}`,
      expected: known.join(', '),
      help: () => didYouMean(found.key, known),
    });
  }
}

/**
 * Whether a missing member is there under a wrong name: one mistake is one issue. Only names that `onlyMembers` has told
 * of are asked.
 */
export function isMisspelt(parent: Element<ObjectNode>, known: readonly string[], name: string): boolean {
  const told = parent.node.members.slice(0, MOST_OF_ONE_SEVERITY);
  return told.some((found) => closest(found.key, known) === name);
}

/** One value or a list of them, as AWS allows almost everywhere. */
export function items(element: Element): readonly Element[] {
  if (!isArray(element)) return [element];
  return element.node.items.map((item, index) => child(element, index, item));
}

/** The text of a string; `undefined` after a complaint for anything else. */
export function text(reader: Reader, element: Element, what: string): string | undefined {
  if (element.node.kind === 'string') return element.node.value;
  complain(reader, element, {
    code: 'wrong-type',
    message: `${what} is ${kindName(element.node)}`,
    expected: 'a string',
    help: element.node.kind === 'number' ? 'put it in quotes' : undefined,
  });
  return undefined;
}
