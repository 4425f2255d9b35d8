import type { Line } from '../model/request.js';
import { type Corpus, EXAMPLES, type Kin } from './corpus.js';
import { nudge } from './nudge.js';
import { type Members, membersOf, partsOf } from './parts.js';
import { putIn } from './put-in.js';
import type { Random } from './random.js';

/**
 * A case of the corpus with one to three changes: something about its rule nudged, or something taken out or put in,
 * mostly from another case of the same rule, which then lies on the rule's other side as often as not. Each fact comes up
 * equally often, whatever the number of its cases.
 */
export function varyCase(corpus: Corpus, random: Random): Line {
  const kin = random.pick(corpus);
  const line = partsOf(random.pick(random.chance(0.7) ? kin.deciding : kin.cases));
  if (random.chance(kin.about === EXAMPLES ? 0.9 : 0.2)) line.contextIsComplete = true;
  const changes = random.pick([1, 1, 1, 2, 2, 3]);
  for (let made = 0; made < changes; made += 1) {
    if (random.chance(0.5)) nudge(line, kin.about, random);
    else putIn(line, anotherCase(corpus, kin, random), random);
  }
  return line as unknown as Line;
}

function anotherCase(corpus: Corpus, kin: Kin, random: Random): Members {
  const { cases } = random.chance(0.7) ? kin : random.pick(corpus);
  return membersOf(random.pick(cases));
}
