import type { Issue } from '../../src/syntax/issue.js';
import type { SourceNode } from '../../src/syntax/source.js';

/** `line:column` of where an issue begins. */
export function spot(issue: Issue): string {
  return `${issue.at.start?.line}:${issue.at.start?.column}`;
}

export function firstIssue(issues: readonly Issue[]): Issue {
  const [first] = issues;
  if (first === undefined) throw new Error('an issue was expected');
  return first;
}

/** The JavaScript value of a tree, as JSON.parse would give it. */
export function plainValue(node: SourceNode): unknown {
  switch (node.kind) {
    case 'object': {
      const value = {};
      for (const member of node.members) {
        const property = {
          value: plainValue(member.value),
          enumerable: true,
          writable: true,
          configurable: true,
        };
        Object.defineProperty(value, member.key, property);
      }
      return value;
    }
    case 'array':
      return node.items.map(plainValue);
    case 'string':
      return node.value;
    case 'number':
      return Number(node.raw);
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'unresolved':
      return `unresolved ${node.what}`;
  }
}
