const longest = 100;

/**
 * The candidate that `word` was most likely meant to be: the nearest by edits (a swap of neighbours is one edit), where
 * a difference in letter case costs less than any other. `undefined` when nothing is near enough, when `word` is
 * itself a candidate, or when it is longer than any name.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word === '' || word.length > longest) return undefined;
  const folded = word.toLowerCase();
  let best: string | undefined;
  let bestEdits = Math.floor(Math.max(word.length, 3) / 3) + 1;
  for (const candidate of candidates) {
    if (candidate === word) return undefined;
    if (Math.abs(candidate.length - word.length) >= bestEdits && bestEdits > 0) continue;
    const other = candidate.toLowerCase();
    // Half an edit for letter case alone keeps `sqs:sendmessage` nearer to `sqs:SendMessage` than to anything else.
    const edits = other === folded ? 0.5 : editsBetween(folded, other, bestEdits);
    if (edits < bestEdits) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/** The help sentence for a name that nobody knows; `undefined` when no candidate is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const best = closest(word, candidates);
  return best === undefined ? undefined : `did you mean \`${best}\`?`;
}

/** Damerau-Levenshtein distance (optimal string alignment); gives up with `bound` once no cheaper way is left. */
function editsBetween(a: string, b: string, bound: number): number {
  let twoBack: number[] = [];
  let before: number[] = [];
  let row: number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    twoBack = before;
    before = row;
    row = [i];
    let cheapest = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let edits = Math.min(
        (before[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (before[j - 1] as number) + (same ? 0 : 1),
      );
      const swapped =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) edits = Math.min(edits, (twoBack[j - 2] as number) + 1);
      row.push(edits);
      cheapest = Math.min(cheapest, edits);
    }
    if (cheapest > bound) return bound;
  }
  return row[b.length] as number;
}
