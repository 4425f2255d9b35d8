import type { Matcher } from '../syntax/wildcard.js';

/** Whether one of the patterns matches. Texts without wildcards, the usual entries of long lists, cost one look-up. */
export function matchesAny(matchers: readonly Matcher[]): (value: string) => boolean {
  const [first, second] = matchers;
  if (first === undefined) return () => false;
  if (second === undefined) return first.test;
  const exact = new Set<string>();
  const patterns: Matcher[] = [];
  for (const matcher of matchers) {
    if (matcher.exact === undefined) patterns.push(matcher);
    else exact.add(matcher.exact);
  }
  if (patterns.length === 0) return (value) => exact.has(value);
  return (value) => {
    if (exact.has(value)) return true;
    for (const pattern of patterns) if (pattern.test(value)) return true;
    return false;
  };
}
