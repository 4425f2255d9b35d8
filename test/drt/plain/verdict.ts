import { emptyMemo, internVerdict as internInMemo } from '../../../src/evaluator/verdict.js';

export * from '../../../src/evaluator/verdict.js';

/** Every verdict is made anew. */
export const internVerdict: typeof internInMemo = (_memo, ...of) => internInMemo(emptyMemo(), ...of);
