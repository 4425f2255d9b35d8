import type { Decider } from '../evaluator/layer.js';
import type { RuleId } from '../rules/registry.js';
import { type Call, nameOn } from '../world/call.js';
import type { AwsError } from './aws-error.js';
import type { Check } from './plan.js';

/** Something that SQS checks about a call beside authorizing it. */
export function sqsCheck(
  call: Call,
  holds: boolean,
  why: RuleId,
  refusedWith: () => AwsError,
  by: Decider = 'parameter',
): Check {
  return { do: 'check', holds, at: call.api, on: nameOn(call), by, why, refusedWith };
}
