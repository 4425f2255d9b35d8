import type { Issue, IssueCode } from '../syntax/issue.js';
import { placeOf } from '../syntax/locate.js';
import type { ArrayNode, ObjectNode, Pointer, Source, SourceNode } from '../syntax/source.js';
import { didYouMean } from '../syntax/suggest.js';

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
  readonly help?: string | undefined;
  readonly docs?: string | undefined;
}

/** An element and where it is. */
export interface Element<N extends SourceNode = SourceNode> {
  readonly node: N;
  readonly pointer: Pointer;
}

export function complain(reader: Reader, at: Element, complaint: Complaint): void {
  const { code, message, severity = 'error', expected, help, docs } = complaint;
  reader.issues.push({
    code,
    severity,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(help === undefined ? {} : { help }),
    ...(docs === undefined ? {} : { docs }),
    at: placeOf(reader.source, at.pointer, at.node.span),
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
      return `the number ${node.raw}`;
    case 'boolean':
      return `the boolean ${node.value}`;
    case 'null':
      return 'null';
    case 'unresolved':
      return `the unresolved ${node.what}`;
  }
}

export function child(parent: Element, key: string | number, node: SourceNode): Element {
  return { node, pointer: [...parent.pointer, key] };
}

export function isObject(element: Element): element is Element<ObjectNode> {
  return element.node.kind === 'object';
}

export function isArray(element: Element): element is Element<ArrayNode> {
  return element.node.kind === 'array';
}

/** The member of that name; where a name was written twice the scanner has complained already, and the last one counts. */
export function member(parent: Element<ObjectNode>, key: string): Element | undefined {
  const found = parent.node.members.findLast((candidate) => candidate.key === key);
  return found === undefined ? undefined : child(parent, key, found.value);
}

/** Complains about members that do not belong here, with the name that was probably meant. */
export function onlyMembers(reader: Reader, parent: Element<ObjectNode>, known: readonly string[], of: string): void {
  for (const found of parent.node.members) {
    if (known.includes(found.key)) continue;
    reader.issues.push({
      code: 'unknown-element',
      severity: 'error',
      message: `unknown element \`${found.key}\` in ${of}`,
      expected: known.join(', '),
      ...helpFor(didYouMean(found.key, known)),
      at: placeOf(reader.source, [...parent.pointer, found.key], found.keySpan ?? found.value.span),
    });
  }
}

export function helpFor(help: string | undefined): { help?: string } {
  return help === undefined ? {} : { help };
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
  });
  return undefined;
}
