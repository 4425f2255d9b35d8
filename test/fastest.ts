/** While branches are counted, times say nothing: then runs are run and take next to none. The full run of the tests measures them. */
const unmeasured = process.env.SPEED === 'unmeasured';
const LITTLE = 0.001;

/** The fastest of a few runs, in milliseconds: what else the machine does makes runs slower, never faster. */
export function fastest(run: () => void, rounds = 5): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    run();
    best = Math.min(best, performance.now() - started);
  }
  return unmeasured ? LITTLE : best;
}

/** The milliseconds of processor time that the quickest of a few runs takes: what else the machine does is hardly in it. */
export function busy(run: () => void, rounds = 1): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const began = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, (user + system) / 1000);
  }
  return unmeasured ? LITTLE : best;
}
