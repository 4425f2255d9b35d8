import { authorize } from '../../src/evaluator/authorize.js';
import { questionFrom } from '../../src/evaluator/question-from.js';
import { recordTrace } from '../../src/evaluator/recorder.js';
import type { Line } from '../model/request.js';

/**
 * Whether the verdict with a recorder, for which every statement and facet is visited, is that of the silent decision,
 * which stops at the first statement that settles a layer. A line that cannot be read has nothing to differ in.
 */
export function isSameWhenRecorded(line: Line): boolean {
  const question = questionFrom(line);
  if (!question.ok) return true;
  const { request, policies } = question.value;
  const recorder = recordTrace();
  const silent = authorize(request, policies);
  return authorize(request, policies, recorder) === silent;
}
