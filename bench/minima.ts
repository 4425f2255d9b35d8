/** Something to measure, cheap enough to be called in batches. What it returns is kept, so that no call is optimised away. */
export interface Measured {
  readonly name: string;
  readonly call: (turn: number) => unknown;
  /** After so many calls all kinds of them have been made; a batch holds whole cycles. One when not given. */
  readonly cycle?: number;
}

export interface MeasureOptions {
  readonly rounds: number;
  /** Milliseconds for each measured thing in each round. */
  readonly milliseconds: number;
}

/** Long against the clock's own cost, short enough that most batches of a busy machine are not interrupted. */
const BATCH_NANOSECONDS = 40_000;

/** Where results go that nobody reads. */
export const sink: { last: unknown } = { last: undefined };

/**
 * The least nanoseconds that one call took, per thing, over all batches of all rounds. Rounds are interleaved, so that
 * noise of the machine hits all alike; minima repeat far better than means or medians.
 */
export function measureMinima(
  things: readonly Measured[],
  options: MeasureOptions,
): ReadonlyMap<string, number> {
  const minima = new Map<string, number>();
  const sizes = things.map((thing) => batchSize(thing, options.milliseconds));
  for (let round = 0; round < options.rounds; round += 1) {
    things.forEach((thing, index) => {
      const size = sizes[index] ?? 1;
      const until = performance.now() + options.milliseconds;
      let least = minima.get(thing.name) ?? Number.POSITIVE_INFINITY;
      while (performance.now() < until) least = Math.min(least, timeBatch(thing, size) / size);
      minima.set(thing.name, least);
    });
  }
  return minima;
}

/** Warms up as well: calls run hot before anything is kept. */
function batchSize(thing: Measured, milliseconds: number): number {
  const until = performance.now() + milliseconds * 2;
  const cycle = thing.cycle ?? 1;
  let size = cycle;
  let nanoseconds = timeBatch(thing, size);
  while (performance.now() < until) {
    nanoseconds = timeBatch(thing, size);
    if (nanoseconds < BATCH_NANOSECONDS / 2) size *= 2;
  }
  return cycle * Math.max(1, Math.round((size * BATCH_NANOSECONDS) / nanoseconds / cycle));
}

function timeBatch({ call }: Measured, size: number): number {
  const begin = process.hrtime.bigint();
  let last: unknown;
  for (let turn = 0; turn < size; turn += 1) last = call(turn);
  const end = process.hrtime.bigint();
  sink.last = last;
  return Number(end - begin);
}
