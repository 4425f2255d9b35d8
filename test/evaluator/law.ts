import { expect, it } from 'vitest';
import type { Decision } from '../../src/evaluator/combine.js';
import type { Verdict } from '../../src/evaluator/verdict.js';
import { seeded } from './generated-requests.js';
import { decide } from './law-decide.js';
import { forgetReadings } from './law-readings.js';
import { generateScene } from './law-scenes.js';
import type { Random, Scene } from './law-texts.js';

export const RUNS = 2000;
/** So many scenes are tried for one that a law speaks about. */
const TRIES = 100;

type Relation = (before: Verdict, after: Verdict) => boolean;
/** What a law makes of a scene: another one, or its verdict, or two scenes to compare with each other. */
export type After = Scene | Verdict | { readonly before: Scene; readonly after: Scene } | undefined;

export const RANK: Readonly<Record<Decision | 'undetermined', number>> = {
  explicitDeny: 0,
  implicitDeny: 1,
  undetermined: 1,
  allowed: 2,
};

const same: Relation = (before, after) =>
  before.decision === after.decision && before.decidedBy === after.decidedBy;

/** A seed of the title's own, so that a law meets the same scenes whatever stands beside it. */
export function seedOf(title: string): number {
  let seed = 0x811c9dc5;
  for (const letter of title) seed = Math.imul(seed ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return seed >>> 0;
}

/**
 * A law about a scene and what becomes of it: `change` gives the scene, or the verdict, to compare with that of the
 * scene as it was; `undefined` where the law says nothing.
 */
export function law(
  title: string,
  change: (scene: Scene, random: Random) => After,
  relation: Relation = same,
): void {
  it(title, () => {
    const random = seeded(seedOf(title));
    const broken: string[] = [];
    let runs = 0;
    let allowed = 0;
    for (let tries = 0; runs < RUNS && tries < RUNS * TRIES; tries += 1) {
      const scene = generateScene(random);
      const found = change(scene, random);
      if (found === undefined) continue;
      runs += 1;
      const before = decide('before' in found ? found.before : scene);
      const after = 'decision' in found ? found : decide('after' in found ? found.after : found);
      if (before.decision === 'allowed') allowed += 1;
      if (relation(before, after) || broken.length >= 3) continue;
      const told = (verdict: Verdict): string => `${verdict.decision} by ${verdict.decidedBy}`;
      broken.push(`${told(before)}, then ${told(after)}\n${JSON.stringify(scene)}\n${JSON.stringify(found)}`);
    }
    forgetReadings();
    expect(broken.join('\n\n')).toBe('');
    expect(runs).toBe(RUNS);
    // A law that only ever sees refusals, or none, proves little.
    expect(allowed).toBeGreaterThan(RUNS / 20);
    expect(allowed).toBeLessThan(RUNS - RUNS / 20);
  });
}

export function neverWorse(title: string, change: (scene: Scene, random: Random) => After): void {
  law(title, change, (before, after) => RANK[after.decision] >= RANK[before.decision]);
}

export function neverBetter(title: string, change: (scene: Scene, random: Random) => After): void {
  law(title, change, (before, after) => RANK[after.decision] <= RANK[before.decision]);
}
