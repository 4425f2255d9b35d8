import { decide } from '../model/decide.js';
import { FACT_NAMES, type FactName, type Facts, factsWithout } from '../model/facts.js';
import type { Line } from '../model/request.js';

const ALL: Facts = factsWithout();
/** The mutants of the model, made once: they are asked about every case. */
const WITHOUT: ReadonlyMap<FactName, Facts> = new Map(
  FACT_NAMES.map((name) => [name, factsWithout(name)] as const),
);

/** The one fact that is not about what is decided, but about which layer is named for it. */
const ABOUT_NAMES: FactName = 'refusal-order';

/**
 * The facts of the list that the case turns on: switched off, which is to say inverted, each changes the decision. Only
 * those are tried that the model looked at while it answered: without another one it would have done the same.
 */
export function noticedFacts(line: Line, facts: readonly FactName[]): readonly FactName[] {
  const seen = new Set<FactName>();
  const answer = decide(line, watched(seen));
  return facts.filter((fact) => {
    const without = WITHOUT.get(fact);
    if (!seen.has(fact) || without === undefined) return false;
    const other = decide(line, without);
    return (
      other.decision !== answer.decision || (fact === ABOUT_NAMES && other.decidedBy !== answer.decidedBy)
    );
  });
}

/** All facts, noting each that is looked at. */
function watched(seen: Set<FactName>): Facts {
  return new Proxy(ALL, {
    get: (facts, name: FactName) => {
      seen.add(name);
      return facts[name];
    },
  });
}
