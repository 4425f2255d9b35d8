import { textParameter } from '../world/call.js';
import { kmsCheck } from './kms-errors.js';
import type { KmsRequest } from './kms-operation.js';
import type { Check } from './plan.js';

/** Whether a parameter, if it is given, is a whole number of days in a range. Rule: KMS-DAYS-IN-RANGE */
export function daysCheck(
  request: KmsRequest,
  parameter: string,
  { min, max }: { readonly min: number; readonly max: number },
): Check {
  const given = textParameter(request.call, parameter);
  const days = Number(given);
  const holds =
    given === undefined || (given.trim() !== '' && Number.isInteger(days) && days >= min && days <= max);
  return kmsCheck(request, holds, 'parameter', 'KMS-DAYS-IN-RANGE', {
    code: 'ValidationException',
    message: `${parameter} must be a whole number of days from ${min} to ${max}.`,
  });
}
