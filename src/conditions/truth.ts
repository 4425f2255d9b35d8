/**
 * The set of answers that a question may still have, as two bits: 1 = can be false, 2 = can be true, 3 = not known.
 * AND, OR and NOT are bit operations, so that "not known" costs nothing where everything is known.
 */
export type Truth = 1 | 2 | 3;

export const FALSE: Truth = 1;
export const TRUE: Truth = 2;
export const EITHER: Truth = 3;

export function and(a: Truth, b: Truth): Truth {
  return ((a & b & 2) | ((a | b) & 1)) as Truth;
}

export function or(a: Truth, b: Truth): Truth {
  return (((a | b) & 2) | (a & b & 1)) as Truth;
}

export function not(a: Truth): Truth {
  return (((a & 1) << 1) | (a >> 1)) as Truth;
}

export function truthOf(value: boolean): Truth {
  return value ? TRUE : FALSE;
}
