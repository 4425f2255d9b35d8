import type { Listed } from '../policy/policy.js';
import { compilePieces, type Matcher, parsePieces } from '../syntax/wildcard.js';
import { matchesAny } from './matches-any.js';

/**
 * Compiles `Action` or `NotAction` into a test of lower-cased action names. Wildcards work in the name, never in the
 * service prefix, where they match nothing.
 * Page: IAM User Guide, IAM JSON policy elements: Action. Rules: ACTION-MATCHES, ACTION-NOT,
 * WILD-ACTION
 */
export function compileActions(listed: Listed<string>): (action: string) => boolean {
  const matchers = listed.entries.flatMap((entry) => compileAction(entry.toLowerCase()) ?? []);
  const matches = matchesAny(matchers);
  return listed.negated ? (action) => !matches(action) : matches;
}

function compileAction(entry: string): Matcher | undefined {
  const prefix = entry === '*' ? '' : entry.slice(0, entry.indexOf(':') + 1);
  if (prefix.includes('*') || prefix.includes('?')) return undefined;
  return compilePieces(parsePieces(entry));
}
