/**
 * Arbitraries for fast-check: policies, requests and small worlds to test one's own policies, or code that handles
 * policies, against more cases than anybody writes down.
 */
export { action, actionPattern } from './fuzz/action.js';
export { type CallerOptions, caller, callerText } from './fuzz/caller.js';
export type { ContextDocument } from './fuzz/circumstances.js';
export {
  type ConditionBlock,
  type ConditionOptions,
  conditionBlock,
  conditionOperator,
} from './fuzz/condition.js';
export { type ContextOptions, contextEntries } from './fuzz/context.js';
export { type GrantDocument, grant } from './fuzz/grant.js';
export {
  type ArnService,
  accountId,
  arn,
  type PrincipalKind,
  principalArn,
  serviceHost,
} from './fuzz/names.js';
export {
  type PolicyDocument,
  type PrincipalDocument,
  policyDocument,
  type StatementDocument,
} from './fuzz/policy-document.js';
export { type Given, type QuestionLine, type QuestionOptions, question } from './fuzz/question.js';
export type { FuzzOptions } from './fuzz/vocabulary.js';
export { type WorldWithCalls, world } from './fuzz/world.js';
