import { KMS_EXCEPTIONS, kmsExceptionStatus } from '../catalogue/kms-exceptions.js';
import type { RuleId } from '../rules/registry.js';
import { type Call, operationOf, textParameter } from '../world/call.js';
import type { AwsError } from './aws-error.js';
import type { KmsRequest } from './kms-operation.js';
import type { Check } from './plan.js';

/** An error of KMS as its direct caller sees it. */
export function kmsError(call: Call, code: string, message: string): AwsError {
  return {
    code,
    shape: code,
    http: kmsExceptionStatus(code),
    message,
    service: 'kms',
    operation: operationOf(call),
  };
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

/** Operations that can be tried without being done. Page: KMS API Reference, DryRun. */
const DRY: ReadonlySet<string> = new Set(
  [...KMS_EXCEPTIONS.values()].flatMap(({ name, modelled }) =>
    modelled.includes('DryRunOperationException') ? [name] : [],
  ),
);

/** A dry run that would have succeeded says so by an error. Rule: KMS-DRY-RUN */
export function dryRun(request: KmsRequest): readonly Check[] {
  const { call } = request;
  if (!DRY.has(operationOf(call)) || textParameter(call, 'DryRun') !== 'true') return [];
  return [
    kmsCheck(request, false, 'parameter', 'KMS-DRY-RUN', {
      code: 'DryRunOperationException',
      message: 'The request would have succeeded, but the DryRun option is set.',
    }),
  ];
}
