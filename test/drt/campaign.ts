import { FACT_NAMES, type FactName } from '../model/facts.js';
import type { Line } from '../model/request.js';
import { type Comparison, compare, disagrees, modelAnswer } from './compare.js';
import { type Corpus, readCorpus } from './corpus.js';
import { generateLine } from './generate-line.js';
import { noticedFacts } from './noticed-facts.js';
import { randomFor } from './random.js';
import { shrink } from './shrink.js';
import { varyCase } from './vary-case.js';
import { varyRequest } from './vary-request.js';

export interface Plan {
  /** With the number of a case it fixes the case. */
  readonly seed: string;
  readonly from: number;
  readonly to: number;
  /** What every other case starts from. */
  readonly corpus: Corpus;
  /** Facts of the model to switch off in turn, each until so many cases have turned on it. */
  readonly facts: readonly FactName[];
  readonly enough: number;
}

export interface Disagreement extends Comparison {
  /** The first case of its kind, as small as it gets. */
  readonly line: Line;
  readonly number: number;
  /** How many cases of the kind there were. */
  cases: number;
}

export interface Findings {
  readonly cases: number;
  /** Lines that the engine refuses; they are not compared. */
  readonly invalid: number;
  /** By the model's decision. */
  readonly decisions: Readonly<Record<string, number>>;
  /** By the model's whole answer. */
  readonly answers: Readonly<Record<string, number>>;
  readonly disagreements: readonly Disagreement[];
  /** How many cases turned on a fact, for the facts of the plan. */
  readonly noticed: Readonly<Record<string, number>>;
}

/** A case of a campaign: the same for the same seed and number. */
export function caseOf(seed: string, number: number, corpus: Corpus): Line {
  const random = randomFor(seed, number);
  return number % 2 === 1 ? varyCase(corpus, random) : generateLine(random);
}

/** A case and others that ask the same policies something else; the case comes again at the end. */
export function seriesOf(seed: string, number: number, length: number, corpus: Corpus): readonly Line[] {
  const first = caseOf(seed, number, corpus);
  const random = randomFor(`${seed} requests`, number);
  const others = Array.from({ length: length - 2 }, () => varyRequest(first, corpus, random));
  return [first, ...others, first];
}

/** Puts the cases of the plan to engine and model. */
export function runCampaign({ seed, from, to, corpus, facts, enough }: Plan): Findings {
  const answers: Record<string, number> = {};
  const found = new Map<string, Disagreement>();
  const noticed: Record<string, number> = Object.fromEntries(facts.map((name) => [name, 0]));
  let wanted = facts;
  let invalid = 0;
  for (let number = from; number < to; number += 1) {
    const line = caseOf(seed, number, corpus);
    const comparison = compare(line);
    const { engine, model } = comparison;
    if (engine === undefined) {
      invalid += 1;
      continue;
    }
    answers[model] = (answers[model] ?? 0) + 1;
    for (const name of noticedFacts(line, wanted)) {
      const times = (noticed[name] ?? 0) + 1;
      noticed[name] = times;
      if (times >= enough) wanted = wanted.filter((other) => other !== name);
    }
    if (engine !== model) note(found, line, comparison, number);
  }
  const decisions: Record<string, number> = {};
  for (const [answer, count] of Object.entries(answers)) {
    const decision = answer.slice(0, answer.indexOf(' '));
    decisions[decision] = (decisions[decision] ?? 0) + count;
  }
  return { cases: to - from, invalid, decisions, answers, disagreements: [...found.values()], noticed };
}

const MOST_KINDS = 40;

function note(found: Map<string, Disagreement>, line: Line, comparison: Comparison, number: number): void {
  const service = line.request.action.split(':')[0];
  const kind = `${service} ${comparison.engine} ${comparison.model}`;
  const known = found.get(kind);
  if (known !== undefined) known.cases += 1;
  else if (found.size < MOST_KINDS) {
    found.set(kind, { ...comparison, line: shrinkLine(line, comparison), number, cases: 1 });
  }
}

/** The smallest line with the same two answers. */
export function shrinkLine(line: Line, { engine, model }: Comparison): Line {
  return shrink(line, (candidate) => {
    const again = comparisonOf(candidate);
    return again !== undefined && again.engine === engine && again.model === model && disagrees(again);
  });
}

/** What is left of a line may be no line at all. */
function comparisonOf(candidate: Line): Comparison | undefined {
  try {
    return compare(candidate);
  } catch {
    return undefined;
  }
}

/** The findings of parts of one campaign as those of the whole. */
export function mergeFindings(parts: readonly Findings[]): Findings {
  const sum = (of: (part: Findings) => Readonly<Record<string, number>>): Record<string, number> => {
    const total: Record<string, number> = {};
    for (const part of parts)
      for (const [name, count] of Object.entries(of(part))) total[name] = (total[name] ?? 0) + count;
    return total;
  };
  return {
    cases: parts.reduce((total, part) => total + part.cases, 0),
    invalid: parts.reduce((total, part) => total + part.invalid, 0),
    decisions: sum((part) => part.decisions),
    answers: sum((part) => part.answers),
    disagreements: parts.flatMap((part) => part.disagreements),
    noticed: sum((part) => part.noticed),
  };
}

export { FACT_NAMES, modelAnswer, readCorpus };
