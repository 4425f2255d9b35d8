import { DECIDERS } from '../evaluator/layer.js';
import type { Question } from '../evaluator/read-question.js';
import { runQuestion } from '../replay/run-question.js';
import { type Dependency, dependency } from './depends-on.js';
import { type Explanation, explainRefused } from './explanation.js';
import { findRefusal } from './refused-call.js';

/**
 * Explains why a single request is refused, or may be; `undefined` when it is allowed. What becomes of a message is left
 * open: that takes a world.
 */
export function explainQuestion(question: Question): Explanation | undefined {
  const found = findRefusal(runQuestion(question));
  if (found === undefined) return undefined;
  const { error, asked } = found.refusal;
  const explanation = explainRefused(found, error, undefined, { told: { who: 'caller' }, fate: undefined });
  return { ...explanation, dependsOn: (asked?.verdict.dependsOn ?? []).map(dependencyOfRequest) };
}

/** As a scenario would say it, so a request says it in its own context. */
function dependencyOfRequest(on: string): Dependency {
  if (DECIDERS.some((decider) => decider === on)) return dependency(on);
  return { on, say: 'give it in the context of the request' };
}
