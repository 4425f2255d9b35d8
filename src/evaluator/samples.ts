import { UNKNOWN } from '../conditions/context.js';
import type { Evaluation } from './evaluation.js';
import type { AuthorizationRequest } from './request.js';

/** Telling values of the unknown keys that the policies ask about, put into the request in all combinations. */
export interface Samples {
  /** The unknown condition keys that some statement about this action asks for, as written there. */
  readonly keys: readonly string[];
  readonly requests: readonly AuthorizationRequest[];
  /** The values cover every way in which the policies can tell values apart. */
  readonly complete: boolean;
}

export function samplesOfUnknowns(request: AuthorizationRequest, evaluation: Evaluation): Samples {
  void evaluation;
  const keys: string[] = [];
  for (const segment of [request.context.principal, request.context.network, request.context.resource, request.context.call]) {
    for (const [key, value] of segment) if (value === UNKNOWN) keys.push(key);
  }
  return { keys, requests: [], complete: false };
}
