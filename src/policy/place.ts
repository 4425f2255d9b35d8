import { excerpt } from '../syntax/excerpt.js';
import { nodeAt, placeIn } from '../syntax/locate.js';
import type { Place, Pointer, SourceNode } from '../syntax/source.js';
import type { Policy } from './policy.js';

/** One element of a statement, or one condition by operator and key as they are written. */
export type StatementPart =
  | { readonly of: 'action' | 'principal' | 'resource' | 'effect' | 'sid' }
  | { readonly of: 'condition'; readonly operator: string; readonly key: string };

/** Where a statement stands, by its index; for an index that the policy does not have, where its statements stand. */
export function placeOfStatement(policy: Policy, index: number): Place {
  return placeAt(policy, statementPointer(policy, index));
}

/**
 * Where an element of a statement stands: its value, or the key of a condition; with `entry`, that entry of its list. An
 * element that is not there (a missing Resource, an entry too many) stands where the nearest thing around it does.
 */
export function placeOfElement(policy: Policy, index: number, what: StatementPart, entry?: number): Place {
  const { node } = policy.origin;
  const statement = statementPointer(policy, index);
  const element = elementOf(node, statement, what);
  if (element === undefined) return placeAt(policy, statement);
  const found = entry === undefined ? undefined : entryPointer(element, what, entry);
  if (found !== undefined) return placeAt(policy, found);
  return placeAt(policy, element.pointer, what.of === 'condition' ? 'key' : 'value');
}

/** What people call a statement: its Sid, or its number counted from 1. */
export function statementName(policy: Policy, index: number): string {
  const sid = policy.statements.find((statement) => statement.index === index)?.sid;
  return sid === undefined || sid === '' ? `statement ${index + 1}` : excerpt(sid);
}

function placeAt({ origin }: Policy, pointer: Pointer, what: 'key' | 'value' = 'value'): Place {
  const place = placeIn(origin.source, origin.node, pointer, what);
  return { ...place, pointer: [...origin.pointer, ...pointer] };
}

/** `Statement` may be a list or a single object. */
function statementPointer({ origin }: Policy, index: number): Pointer {
  return nodeAt(origin.node, ['Statement'])?.kind === 'array' ? ['Statement', index] : ['Statement'];
}

const NAMES = {
  action: ['Action', 'NotAction'],
  principal: ['Principal', 'NotPrincipal'],
  resource: ['Resource', 'NotResource'],
  effect: ['Effect'],
  sid: ['Sid'],
} as const;

interface FoundElement {
  readonly pointer: Pointer;
  readonly node: SourceNode;
}

function elementOf(root: SourceNode, statement: Pointer, what: StatementPart): FoundElement | undefined {
  const candidates =
    what.of === 'condition' ? [['Condition', what.operator, what.key]] : NAMES[what.of].map((name) => [name]);
  for (const path of candidates) {
    const pointer = [...statement, ...path];
    const node = nodeAt(root, pointer);
    if (node !== undefined) return { pointer, node };
  }
  return undefined;
}

function entryPointer(
  { node, pointer }: FoundElement,
  what: StatementPart,
  entry: number,
): Pointer | undefined {
  if (what.of !== 'principal' || node.kind !== 'object') return entriesOf(node, pointer)[entry];
  return node.members.flatMap(({ key, value }) => entriesOf(value, [...pointer, key]))[entry];
}

function entriesOf(node: SourceNode, pointer: Pointer): readonly Pointer[] {
  return node.kind === 'array' ? node.items.map((_, index) => [...pointer, index]) : [pointer];
}
