import { ANSWER_RULES } from './answers.js';
import { CONDITION_RULES } from './conditions.js';
import { CONTEXT_RULES } from './context.js';
import { EVALUATION_RULES } from './evaluation.js';
import { KMS_RULES } from './kms.js';
import { KMS_CALL_RULES } from './kms-calls.js';
import type { Rule } from './rule.js';
import { SOURCE_RULES } from './sources.js';
import { SQS_RULES } from './sqs.js';
import { SQS_QUEUE_RULES } from './sqs-queues.js';

/** Every rule of AWS that gainsay implements. A rule id in the code is a key of this table, and in docs/rules.md. */
export const RULES = {
  ...EVALUATION_RULES,
  ...CONDITION_RULES,
  ...CONTEXT_RULES,
  ...KMS_RULES,
  ...KMS_CALL_RULES,
  ...SQS_RULES,
  ...SQS_QUEUE_RULES,
  ...SOURCE_RULES,
  ...ANSWER_RULES,
} as const;

export type RuleId = keyof typeof RULES;

export function ruleOf(id: RuleId): Rule {
  return RULES[id];
}
