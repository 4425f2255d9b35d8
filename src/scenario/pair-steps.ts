/** Two lists as long as this take a table of sixteen million numbers; beyond it they are paired by place. */
const MOST_CELLS = 16_000_000;

/** A place in the first list, in the second, or the same item in both. */
export type Pair = readonly [before: number | undefined, after: number | undefined];

/**
 * Pairs the items of two lists that are the same, in order and as many as can be; what only one of them has stands alone. So an
 * item that was put in between does not make all that follow it look new.
 */
export function pairSame(before: readonly string[], after: readonly string[]): readonly Pair[] {
  if (before.length * after.length > MOST_CELLS) return pairByPlace(before, after);
  const width = after.length + 1;
  // How many pairs there can be from here to the ends of both lists.
  const best = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      best[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) {
      pairs.push([i, undefined]);
      i += 1;
    } else {
      pairs.push([undefined, j]);
      j += 1;
    }
  }
  return pairs;
}

function pairByPlace(before: readonly string[], after: readonly string[]): readonly Pair[] {
  return Array.from(
    { length: Math.max(before.length, after.length) },
    (_, place): Pair => [place < before.length ? place : undefined, place < after.length ? place : undefined],
  );
}
