import { authorize } from '../src/evaluator/authorize.js';
import { compilePolicy } from '../src/evaluator/compile.js';
import { decideText } from '../src/evaluator/decide.js';
import { recordTrace } from '../src/evaluator/recorder.js';
import { parsePolicy } from '../src/policy/parse-policy.js';
import { compilePieces, parsePieces } from '../src/syntax/wildcard.js';
import { lookUpAndCompare } from './floor.js';
import { heapPerByte } from './heap.js';
import { type Measured, type MeasureOptions, measureMinima } from './minima.js';
import {
  largePolicyText,
  linesOf,
  type PreparedQuestion,
  WORKLOAD_NAMES,
  type WorkloadName,
  type Workloads,
} from './workloads.js';

/** A ratio of two times within one run, so that it means the same on every machine. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  /** Beyond this the run fails. */
  readonly must?: number;
  /** What we want to reach. */
  readonly goal?: number;
}

const MUST: Readonly<Record<WorkloadName, number>> = { S: 30, M: 150, L: 900 };
const GOAL: Readonly<Record<WorkloadName, number>> = { S: 10, M: 50, L: 360 };

/** Nanoseconds per decision and per explained decision, and for the floor; each call takes the next request. */
export function measureDecisions(workloads: Workloads, options: MeasureOptions): ReadonlyMap<string, number> {
  const things: Measured[] = [{ name: 'floor', call: lookUpAndCompare }];
  for (const name of WORKLOAD_NAMES) {
    things.push(decideThing(name, workloads[name]), explainThing(name, workloads[name]));
  }
  return measureMinima(things, options);
}

export function decideThing(name: string, questions: readonly PreparedQuestion[]): Measured {
  return {
    name: `decide ${name}`,
    cycle: questions.length,
    call: (turn) => {
      const question = questions[turn % questions.length];
      return question && authorize(question.request, question.policies);
    },
  };
}

export function explainThing(name: string, questions: readonly PreparedQuestion[]): Measured {
  return {
    name: `explain ${name}`,
    cycle: questions.length,
    call: (turn) => {
      const question = questions[turn % questions.length];
      return question && authorize(question.request, question.policies, recordTrace());
    },
  };
}

/** What a decision costs in look-ups, and what its explanation costs in decisions. */
export function decisionRatios(minima: ReadonlyMap<string, number>): readonly Ratio[] {
  const of = (name: string): number => minima.get(name) ?? Number.NaN;
  return WORKLOAD_NAMES.flatMap((name) => [
    {
      name: `decide / floor, ${name}`,
      value: of(`decide ${name}`) / of('floor'),
      must: MUST[name],
      goal: GOAL[name],
    },
    { name: `explain / decide, ${name}`, value: of(`explain ${name}`) / of(`decide ${name}`) },
  ]);
}

/** Patterns that make backtracking matchers explode. The first is settled by its end, the others must look at all. */
const HOSTILE = ['*a*a*a*a*a*a*b', '*a*a*a*a*a*a*b*', '*a?a?a?a?a?a?b*'] as const;
const DOUBLED_MUST = 2.5;

/** Twice the text may cost twice the time. */
export function hostileWildcardRatios(options: MeasureOptions): readonly Ratio[] {
  const tests = HOSTILE.map((pattern) => compilePieces(parsePieces(pattern)).test);
  const name = (index: number, length: number): string => `${HOSTILE[index]} on ${length}`;
  const things = tests.flatMap((test, index) =>
    [1000, 2000].map((length) => {
      const text = 'a'.repeat(length);
      return { name: name(index, length), call: () => test(text) };
    }),
  );
  const minima = measureMinima(things, options);
  return HOSTILE.map((pattern, index) => ({
    name: `wildcard ${pattern}, 2,000 / 1,000 characters`,
    value: (minima.get(name(index, 2000)) ?? Number.NaN) / (minima.get(name(index, 1000)) ?? Number.NaN),
    must: DOUBLED_MUST,
  }));
}

/** Reading, checking and compiling a policy against merely parsing its text as JSON. */
export function policyRatio(workloadsText: string, options: MeasureOptions): Ratio {
  const text = largePolicyText(workloadsText);
  const minima = measureMinima(
    [
      { name: 'JSON.parse', call: () => JSON.parse(text) },
      { name: 'compile', call: () => parseAndCompile(text) },
    ],
    options,
  );
  const value = (minima.get('compile') ?? Number.NaN) / (minima.get('JSON.parse') ?? Number.NaN);
  return { name: 'parse and compile / JSON.parse, 32 KB', value, must: 12, goal: 5 };
}

/** Deciding one JSON line with all its policies in it, of which nothing is remembered, against parsing it as JSON. */
export function lineRatios(workloadsText: string, options: MeasureOptions): readonly Ratio[] {
  return WORKLOAD_NAMES.map((name) => {
    const lines = linesOf(workloadsText, name);
    const line = (turn: number): string => lines[turn % lines.length] ?? '';
    const minima = measureMinima(
      [
        { name: 'JSON.parse', cycle: lines.length, call: (turn) => JSON.parse(line(turn)) },
        { name: 'decide', cycle: lines.length, call: (turn) => decideLine(line(turn)) },
      ],
      options,
    );
    const value = (minima.get('decide') ?? Number.NaN) / (minima.get('JSON.parse') ?? Number.NaN);
    return { name: `decide a JSON line once / JSON.parse of it, ${name}`, value };
  });
}

function decideLine(text: string): unknown {
  const answer = decideText({ name: 'line', text });
  if (answer.decision === 'invalid') throw new Error(answer.issues.map(({ message }) => message).join('; '));
  return answer;
}

export function heapRatio(workloadsText: string): Ratio {
  const value = heapPerByte(largePolicyText(workloadsText));
  return { name: 'heap of a compiled policy / bytes of its JSON, 32 KB', value, must: 12, goal: 5 };
}

export function parseAndCompile(text: string): unknown {
  const checked = parsePolicy({ name: 'policy', text }, 'key');
  if (!checked.ok) throw new Error(checked.issues.map(({ message }) => message).join('; '));
  return compilePolicy(checked.value);
}
