import type { Matcher } from '../../../src/syntax/wildcard.js';

/** Asks one pattern after the other, texts without wildcards too. */
export function matchesAny(matchers: readonly Matcher[]): (value: string) => boolean {
  return (value) => matchers.some((matcher) => matcher.test(value));
}
