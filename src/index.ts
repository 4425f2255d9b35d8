/**
 * gainsay as a library: decide one request (`authorize`, or `decide` for plain values), replay calls in a world
 * (`runCall`), and explain refusals (`explainOutcome`, `whyLines`). Pure: no file, network, clock or environment.
 */

export { type CellChange, type Changes, changesBetween } from './analysis/cell-changes.js';
export { reasonOf } from './analysis/cell-words.js';
export { type EncryptionChange, encryptQueue } from './analysis/encrypt-queue.js';
export { costOfEstate, type EstateCostInput, type ResourceCost } from './analysis/estate-cost.js';
export type { Judgement, Refused } from './analysis/judge.js';
export { type KmsCostInput, kmsRequestsByFormula } from './analysis/kms-cost.js';
export { countKmsRequests, type KmsCount } from './analysis/kms-count.js';
export { type KmsTrailRecord, kmsTrail, type TrailIdentity } from './analysis/kms-trail.js';
export type { Subject } from './analysis/questions.js';
export { selectAsks } from './analysis/select-asks.js';
export { type Cell, type WhoCanQuestion, whoCan } from './analysis/who-can.js';
export { type ContextValue, type RequestContext, UNKNOWN } from './conditions/context.js';
export { authorize } from './evaluator/authorize.js';
export { type CallerDetails, readCaller } from './evaluator/caller.js';
export { type DecideAnswer, decide, decideText } from './evaluator/decide.js';
export { contextFrom, principalEntries, resourceEntries } from './evaluator/derive-context.js';
export type { Decider, Layer } from './evaluator/layer.js';
export { type Recorder, recordTrace, type Trace } from './evaluator/recorder.js';
export type {
  ApplicablePolicies,
  AuthorizationRequest,
  Caller,
  Grant,
  RequestedResource,
} from './evaluator/request.js';
export type { StatementRef, Verdict } from './evaluator/verdict.js';
export { type Explanation, explainHop, explainOutcome } from './explain/explanation.js';
export { whyLines } from './explain/why.js';
export { type PolicyOptions, parsePolicy, policyFrom } from './policy/parse-policy.js';
export { placeOfElement, placeOfStatement } from './policy/place.js';
export type { Policy, PolicyType, Statement } from './policy/policy.js';
export { type Hop, kmsRequestsOf, type Outcome, type Refusal } from './replay/outcome.js';
export { runCall } from './replay/run-call.js';
export { RULES, type RuleId } from './rules/registry.js';
export type { Basis, Rule } from './rules/rule.js';
export { type AwsError, asPrinted, requestId } from './services/aws-error.js';
export { type WireAnswer, wireAnswers } from './services/wire-error.js';
export type { Checked, Issue, IssueCode } from './syntax/issue.js';
export type { Place, Source } from './syntax/source.js';
export type { Call, NetworkPath } from './world/call.js';
export { EMPTY_ESTATE, EMPTY_STATE, type Estate, type State, type World } from './world/world.js';
