/** A stream of choices that is the same for the same seed and number, on every machine. */
export interface Random {
  /** An integer from 0 up to, not including, `count`. */
  below(count: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** sfc32, a small generator with 128 bits of state: each case of a campaign has a stream of its own. */
export function randomFor(seed: string, number: number): Random {
  let a = hashText(seed, 0x811c9dc5);
  let b = hashText(seed, 0x9e3779b9);
  let c = number | 0;
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  const below = (count: number): number => Math.floor((next() / 4_294_967_296) * count);
  return {
    below,
    chance: (probability) => next() < probability * 4_294_967_296,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

function hashText(text: string, start: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}
