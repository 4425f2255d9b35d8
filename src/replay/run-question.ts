import type { Question } from '../evaluator/read-question.js';
import { planQuestion } from '../services/plan-question.js';
import { EMPTY_ESTATE, EMPTY_STATE, type World } from '../world/world.js';
import type { Outcome } from './outcome.js';
import { runPlan } from './run-call.js';

const NOWHERE: World = { estate: EMPTY_ESTATE, state: EMPTY_STATE, now: 0 };

/** Decides a single request as if it were all that a call asks, so that it can be read and explained as calls are. */
export function runQuestion(question: Question): Outcome {
  return runPlan(NOWHERE, planQuestion(question));
}
