import { authorize } from '../../src/evaluator/authorize.js';
import { questionFrom } from '../../src/evaluator/question-from.js';
import type { ApplicablePolicies } from '../../src/evaluator/request.js';
import type { Verdict } from '../../src/evaluator/verdict.js';
import type { Line } from '../model/request.js';
import type { Answer } from './compare.js';

export interface Told {
  readonly answer: Answer;
  /** All that the verdict says. */
  readonly all: string;
}

/**
 * What the engine says to requests that are asked one after the other of the same policies, those of the first line: what
 * it has remembered of one is there for the next. `undefined` for a line that it refuses as invalid.
 */
export function verdictsOf(lines: readonly Line[]): readonly (Told | undefined)[] {
  let policies: ApplicablePolicies | undefined;
  return lines.map((line) => {
    const question = questionFrom(line);
    if (!question.ok) return undefined;
    policies ??= question.value.policies;
    return told(authorize(question.value.request, policies));
  });
}

function told(verdict: Verdict): Told {
  const { statement, ...others } = verdict;
  const place = statement && `statement ${statement.statement} of the ${statement.policy.type} policy`;
  return { answer: `${verdict.decision} by ${verdict.decidedBy}`, all: JSON.stringify({ ...others, place }) };
}
