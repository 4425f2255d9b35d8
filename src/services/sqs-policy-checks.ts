import { policyFrom } from '../policy/parse-policy.js';
import type { Policy } from '../policy/policy.js';
import type { Checked } from '../syntax/issue.js';
import type { Call, Parameter } from '../world/call.js';
import { unknownPrincipals } from '../world/known-principals.js';
import type { World } from '../world/world.js';
import { plainValue } from './json-parameter.js';
import type { Check } from './plan.js';
import { sqsCheck } from './sqs-check.js';
import { badAttributeValue, overLimit } from './sqs-errors.js';

/** The policy that a call sets, as its asker has read it, or from the text that it gives; `undefined` for one that is empty. */
export function submittedPolicy(call: Call, value: Parameter | undefined): Checked<Policy> | undefined {
  if (call.policy !== undefined) return call.policy;
  if (value === undefined || value === '') return undefined;
  return policyFrom(plainValue(value), 'queue', { name: `the policy that ${call.api} sets` });
}

/** Rule: SQS-POLICY-IS-CHECKED */
export function checkPolicyAttribute(world: World, call: Call, value: Parameter): readonly Check[] {
  const policy = submittedPolicy(call, value);
  return policy === undefined ? [] : checkQueuePolicy(world, call, policy);
}

/**
 * What SQS checks about a policy before it stores it: that it is one, that the users and roles it names exist, and that
 * it is not too large. Pages: SQS API Reference, SetQueueAttributes; SQS Developer Guide, Quotas related to policies.
 * Rule: SQS-POLICY-IS-CHECKED
 */
export function checkQueuePolicy(world: World, call: Call, policy: Checked<Policy>): readonly Check[] {
  const why = 'SQS-POLICY-IS-CHECKED';
  const sound = policy.ok && unknownPrincipals(world, policy.value).length === 0;
  const excess = policy.issues.find(({ code }) => code === 'quota');
  return [
    sqsCheck(call, sound, why, () => badAttributeValue(call, 'Invalid value for the parameter Policy.')),
    sqsCheck(call, excess === undefined, why, () => overLimit(call, excess?.message ?? '')),
  ];
}
