import FACTS from './facts.json' with { type: 'json' };

/** What the model believes about AWS, one sentence a fact. A mutant is the model without one of them. */
export type FactName = keyof typeof FACTS;
export type Facts = Readonly<Record<FactName, boolean>>;
export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];
export const factsWithout = (...forgotten: readonly FactName[]) =>
  Object.fromEntries(FACT_NAMES.map((name) => [name, !forgotten.includes(name)])) as Facts;
export const ALL_FACTS: Facts = factsWithout();
