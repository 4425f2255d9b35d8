import { type BoundPolicies, bindOnce } from '../../../src/evaluator/bind.js';
import type { ApplicablePolicies } from '../../../src/evaluator/request.js';

export * from '../../../src/evaluator/bind.js';

/** Every time anew: no index of an earlier request is there, and each statement is asked whether it is about the action. */
export function bindPolicies(policies: ApplicablePolicies): BoundPolicies {
  return bindOnce(policies);
}
