import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compilePolicy } from '../src/evaluator/compile.js';
import { parsePolicy } from '../src/policy/parse-policy.js';
import type { Policy } from '../src/policy/policy.js';

const POLICIES = 64;

/**
 * Bytes of heap per byte of JSON that a policy takes when it has been asked about everything: its text, its tree with the
 * place of each element, its meaning, and its patterns ready to be matched.
 */
export function heapPerByte(text: string): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const texts = Array.from({ length: POLICIES }, (_, at) => flatCopy(text, at));
  heapOf(texts.slice(0, 4)); // What is made once for all policies is made here.
  collect();
  const before = process.memoryUsage().heapUsed;
  const kept = heapOf(texts);
  collect();
  const held = process.memoryUsage().heapUsed - before;
  const bytes = texts.reduce((sum, each) => sum + each.length, 0);
  // The texts stood in the heap before; each policy keeps its own.
  return (held + bytes) / bytes + kept.length * 0;
}

/** A text of its own, as one read from a file is: no slice, and shared with nobody. */
function flatCopy(text: string, at: number): string {
  const document = JSON.parse(text) as object;
  return JSON.stringify({ ...document, Id: `policy ${at}` });
}

function heapOf(texts: readonly string[]): readonly Policy[] {
  return texts.map((text, at) => {
    const read = parsePolicy({ name: `policy ${at}`, text }, 'key');
    if (!read.ok) throw new Error(read.issues.map(({ message }) => message).join('; '));
    for (const statement of compilePolicy(read.value)) {
      statement.matchesAction('kms:decrypt');
      void statement.resource;
      void statement.conditions;
    }
    return read.value;
  });
}
