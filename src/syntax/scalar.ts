import type { SourceNode } from './source.js';

/** The text of a string, number or boolean as it was typed; `undefined` for anything else. */
export function scalarText(node: SourceNode): string | undefined {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'number':
      return node.raw;
    case 'boolean':
      return String(node.value);
    case 'object':
    case 'array':
    case 'null':
    case 'unresolved':
      return undefined;
  }
}
