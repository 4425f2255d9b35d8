import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type CompiledStatement, compilePolicy } from '../src/evaluator/compile.js';
import { parsePolicy } from '../src/policy/parse-policy.js';
import type { Policy } from '../src/policy/policy.js';

const POLICIES = 64;

/**
 * Bytes of heap per byte of JSON that a policy takes once everything about it has been asked: its text, its meaning, and
 * its patterns ready to be matched.
 */
export function heapPerByte(text: string): number {
  const collect = collector();
  const first = ownText(text, -1);
  hold(first); // What all policies share is made here.
  const before = heapAfter(collect);
  const held = Array.from({ length: POLICIES }, (_, at) => hold(ownText(text, at)));
  const bytes = heapAfter(collect) - before;
  return bytes / (held.length * first.length);
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

function heapAfter(collect: () => void): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** A text that shares no memory with another, as if it were read from a file. */
function ownText(text: string, at: number): string {
  return JSON.stringify({ Id: `policy ${at}`, ...(JSON.parse(text) as object) });
}

function hold(text: string): readonly [Policy, readonly CompiledStatement[]] {
  const read = parsePolicy({ name: 'policy', text }, 'key');
  if (!read.ok) throw new Error(read.issues.map(({ message }) => message).join('; '));
  const statements = compilePolicy(read.value);
  for (const statement of statements) {
    statement.matchesAction('kms:decrypt');
    // Reading these compiles them.
    if (statement.resource === undefined || statement.conditions === undefined)
      throw new Error('not compiled');
  }
  return [read.value, statements];
}
