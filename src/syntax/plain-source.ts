import { excerpt } from './excerpt.js';
import type { Issue } from './issue.js';
import type { ReadText } from './json-scanner.js';
import type { SourceMember, SourceNode } from './source.js';

const deepest = 64;
const mostNodes = 1_000_000;

interface Converted {
  readonly node: SourceNode;
  readonly size: number;
  readonly height: number;
}

interface Walk {
  readonly issues: Issue[];
  readonly path: (string | number)[];
  readonly open: Set<object>;
  readonly done: Map<object, Converted>;
  size: number;
}

/**
 * The tree of a plain JavaScript value, without spans. Only own enumerable members with text names count, and no getter
 * is called. What JSON has no form for (functions, `undefined`, `NaN`, a cycle, a `Date` …) is an issue that points at it.
 */
export function nodeOf(value: unknown): ReadText {
  const walk: Walk = { issues: [], path: [], open: new Set(), done: new Map(), size: 0 };
  const made = convert(walk, value);
  return made === undefined || walk.issues.length > 0
    ? { issues: walk.issues }
    : { node: made.node, issues: [] };
}

function convert(walk: Walk, value: unknown): Converted | undefined {
  switch (typeof value) {
    case 'string':
      return leaf(walk, { kind: 'string', value, quoted: true });
    case 'boolean':
      return leaf(walk, { kind: 'boolean', value });
    case 'number': {
      if (!Number.isFinite(value)) return refuse(walk, `\`${value}\` is not a number in JSON`);
      return leaf(walk, { kind: 'number', raw: Object.is(value, -0) ? '-0' : String(value) });
    }
    case 'object':
      return value === null ? leaf(walk, { kind: 'null' }) : convertObject(walk, value);
    case 'undefined':
      return refuse(walk, 'the value is `undefined`', 'leave the member out');
    case 'bigint':
      return refuse(walk, 'the value is a bigint', 'write it as a string');
    case 'symbol':
    case 'function':
      return refuse(walk, `the value is a ${typeof value}`);
  }
}

function leaf(walk: Walk, node: SourceNode): Converted {
  walk.size += 1;
  return { node, size: 1, height: 0 };
}

function refuse(
  walk: Walk,
  message: string,
  help?: string,
  code: 'wrong-type' | 'too-deep' | 'too-large' = 'wrong-type',
): undefined {
  const at = { pointer: [...walk.path] };
  const expected = 'an object, an array, a string, a number, a boolean or null';
  walk.issues.push({
    code,
    severity: 'error',
    message,
    ...(code === 'wrong-type' && { expected }),
    ...(help !== undefined && { help }),
    at,
  });
  return undefined;
}

function convertObject(walk: Walk, value: object): Converted | undefined {
  if (walk.open.has(value)) return refuse(walk, 'the value contains itself');
  const known = walk.done.get(value);
  const height = known?.height ?? 1;
  if (walk.path.length + height > deepest) {
    return refuse(walk, `the value is nested more than ${deepest} levels deep`, undefined, 'too-deep');
  }
  // One object in many places is one node, but whoever reads the tree meets it in every place.
  walk.size += known?.size ?? 1;
  if (walk.size > mostNodes) {
    if (walk.size - (known?.size ?? 1) > mostNodes) return undefined;
    return refuse(walk, `the value has more than ${mostNodes} parts`, undefined, 'too-large');
  }
  if (known !== undefined) return known;
  const kind = plainKind(value);
  if (kind === undefined) {
    const hasToJson = 'toJSON' in value && typeof value.toJSON === 'function';
    return refuse(
      walk,
      'the value is not a plain object',
      hasToJson ? 'pass what its `toJSON()` gives' : undefined,
    );
  }
  walk.open.add(value);
  const before = walk.size;
  const made =
    kind === 'array' ? convertArray(walk, value as readonly unknown[]) : convertMembers(walk, value);
  walk.open.delete(value);
  if (made === undefined) return undefined;
  const converted = { node: made.node, height: made.height, size: walk.size - before + 1 };
  walk.done.set(value, converted);
  return converted;
}

function plainKind(value: object): 'array' | 'object' | undefined {
  if (Array.isArray(value)) return 'array';
  if ('toJSON' in value && typeof value.toJSON === 'function') return undefined;
  // Objects of another realm have another Object.prototype, so the tag is asked and not the prototype.
  return Object.prototype.toString.call(value) === '[object Object]' ? 'object' : undefined;
}

type Collected = Omit<Converted, 'size'>;

function convertArray(walk: Walk, value: readonly unknown[]): Collected | undefined {
  const items: SourceNode[] = [];
  let height = 1;
  const { length } = value;
  for (let i = 0; i < length; i += 1) {
    const item = convertProperty(walk, value, i);
    if (item !== undefined) {
      items.push(item.node);
      height = Math.max(height, item.height + 1);
    } else if (walk.issues.length > 100) return undefined;
  }
  return { node: { kind: 'array', items }, height };
}

function convertMembers(walk: Walk, value: object): Collected {
  const members: SourceMember[] = [];
  let height = 1;
  for (const key of Object.keys(value)) {
    const member = convertProperty(walk, value, key);
    if (member === undefined) continue;
    members.push({ key, value: member.node });
    height = Math.max(height, member.height + 1);
  }
  return { node: { kind: 'object', members }, height };
}

function convertProperty(walk: Walk, owner: object, key: string | number): Converted | undefined {
  walk.path.push(key);
  const property = Object.getOwnPropertyDescriptor(owner, key);
  let made: Converted | undefined;
  if (property === undefined) made = refuse(walk, 'the list has a hole here', 'give every item a value');
  else if (property.get !== undefined || property.set !== undefined) {
    made = refuse(
      walk,
      `${excerpt(String(key))} is computed by a getter`,
      'copy the value into a plain member',
    );
  } else made = convert(walk, property.value);
  walk.path.pop();
  return made;
}

/** The plain value of a tree; of a name that stands twice in one object, the last counts. */
export function plainNode(node: SourceNode): unknown {
  switch (node.kind) {
    case 'string':
    case 'boolean':
      return node.value;
    case 'number':
      return String(Number(node.raw)) === node.raw ? Number(node.raw) : node.raw;
    case 'array':
      return node.items.map(plainNode);
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, plainNode(value)]));
    case 'null':
    case 'unresolved':
      return null;
  }
}
