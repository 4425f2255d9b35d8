import type { RuleId } from '../rules/registry.js';
import { type Call, operationOf } from '../world/call.js';
import type { AwsError } from './aws-error.js';
import type { KmsRequest } from './kms-operation.js';
import type { Check } from './plan.js';

/** An error of KMS as its direct caller sees it. */
export function kmsError(call: Call, code: string, message: string, http = 400): AwsError {
  return { code, shape: code, http, message, service: 'kms', operation: operationOf(call) };
}

/** A check of a direct call that is no policy, with the error that KMS answers when it does not hold. */
export function kmsCheck(
  { call, key }: Pick<KmsRequest, 'call' | 'key'>,
  holds: boolean,
  by: Check['by'],
  why: RuleId,
  error: { readonly code: string; readonly message: string },
): Check {
  return {
    do: 'check',
    holds,
    at: call.api,
    on: key?.name ?? call.on ?? '*',
    by,
    why,
    refusedWith: () => kmsError(call, error.code, error.message),
  };
}
