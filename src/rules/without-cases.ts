import { ANSWER_RULES } from './answers.js';
import type { RuleId } from './registry.js';

/** Rules that no case of the conformance corpus is about, and why. */
export const WITHOUT_CASES: ReadonlyMap<RuleId, string> = new Map<RuleId, string>([
  ['VAR-LENGTH', 'a bound of gainsay itself, no rule of AWS: tested where variables are replaced'],
  ['KMS-REQUEST-QUOTA', 'a setting of gainsay, off unless asked for: tested with scenarios'],
  ['KMS-GRANTS-PER-KEY', '50,000 grants are too many for a file: tested with made ones'],
  ['SQS-COST-FORMULA', 'an estimate, no decision: its documented examples are tested with the cost analysis'],
  ...(Object.keys(ANSWER_RULES) as (keyof typeof ANSWER_RULES)[]).map((id): [RuleId, string] => [
    id,
    'the form of an answer, no decision: every code and sentence is tested with the services',
  ]),
]);
