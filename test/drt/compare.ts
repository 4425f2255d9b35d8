import { decide as decideByEngine } from '../../src/evaluator/decide.js';
import { decide as decideByModel } from '../model/decide.js';
import type { Line } from '../model/request.js';

/** A decision and who made it, as one word: `allowed by key-policy`. */
export type Answer = string;

/** The engine's answer; `undefined` for a line that it refuses as invalid. */
export function engineAnswer(line: Line): Answer | undefined {
  const { decision, decidedBy } = decideByEngine(line);
  return decision === 'invalid' ? undefined : `${decision} by ${decidedBy}`;
}

export function modelAnswer(line: Line, facts?: Parameters<typeof decideByModel>[1]): Answer {
  const { decision, decidedBy } = decideByModel(line, facts);
  return `${decision} by ${decidedBy}`;
}

export interface Comparison {
  readonly engine: Answer | undefined;
  readonly model: Answer;
}

export function compare(line: Line): Comparison {
  return { engine: engineAnswer(line), model: modelAnswer(line) };
}

export function disagrees({ engine, model }: Comparison): boolean {
  return engine !== undefined && engine !== model;
}
