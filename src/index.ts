export { authorize } from './evaluator/authorize.js';
export { type DecideAnswer, decide, decideText } from './evaluator/decide.js';
export type { ApplicablePolicies, AuthorizationRequest, Caller, Grant } from './evaluator/request.js';
export type { Verdict } from './evaluator/verdict.js';
export { UNKNOWN } from './conditions/context.js';
export { parsePolicy, policyFrom } from './policy/parse-policy.js';
export type { Policy, PolicyType, Statement } from './policy/policy.js';
