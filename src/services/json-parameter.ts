import { scanJson } from '../syntax/json-scanner.js';
import { scalarText } from '../syntax/scalar.js';
import type { SourceNode } from '../syntax/source.js';
import type { Parameter } from '../world/call.js';

/** The members of a parameter that AWS takes as JSON inside a text; `undefined` for what is no JSON object. */
export function jsonMembers(value: Parameter): ReadonlyMap<string, Parameter> | undefined {
  if (typeof value !== 'string') return value instanceof Map ? value : undefined;
  const { node } = scanJson({ name: 'parameter', text: value });
  const read = node === undefined ? undefined : parameterOf(node);
  return read instanceof Map ? read : undefined;
}

/** The parameter as the text that SQS quotes in its errors. */
export function jsonText(value: Parameter): string {
  return typeof value === 'string' ? value : JSON.stringify(plainValue(value));
}

/** The parameter as a plain value of texts, lists and mappings. */
export function plainValue(value: Parameter): unknown {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plainValue);
  const members = [...(value as ReadonlyMap<string, Parameter>)];
  return Object.fromEntries(members.map(([key, inner]) => [key, plainValue(inner)]));
}

function parameterOf(node: SourceNode): Parameter | undefined {
  if (node.kind === 'array') return node.items.flatMap((item) => parameterOf(item) ?? []);
  if (node.kind !== 'object') return scalarText(node);
  return new Map(
    node.members.flatMap(({ key, value }) => {
      const inner = parameterOf(value);
      return inner === undefined ? [] : [[key, inner] as const];
    }),
  );
}
