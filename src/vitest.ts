/**
 * `import 'gainsay/vitest'` adds matchers to vitest's `expect`. They take a plain value as `decide` does, a prepared
 * `{ request, policies }`, or the outcome of a call that `runCall` gives. A failure says why AWS would answer so.
 */
import { expect } from 'vitest';
import { type ExpectedDenial, matchAllow, matchDeny, matchNeedContext } from './report/matchers.js';

export type { ExpectedDenial } from './report/matchers.js';

interface GainsayMatchers {
  /** The request is allowed; of a call: it succeeds, and everything that it delivers arrives. */
  toAllow(): void;
  /** The request is refused, and every part of the reason that is given holds. */
  toDeny(denial?: ExpectedDenial): void;
  /** The answer is not known and hangs on these condition keys or layers, perhaps beside others. */
  toNeedContext(...keys: readonly string[]): void;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: a merged interface must repeat the parameters of the one it extends
  interface Matchers<T = any> extends GainsayMatchers {}
}

expect.extend({
  toAllow(received: unknown) {
    return matchAllow(received, this.isNot);
  },
  toDeny(received: unknown, denial: ExpectedDenial = {}) {
    return matchDeny(received, denial, this.isNot);
  },
  toNeedContext(received: unknown, ...keys: readonly string[]) {
    return matchNeedContext(received, keys, this.isNot);
  },
});
