import { type BoundPolicies, bindOnce, bindPolicies } from './bind.js';
import { combine } from './combine.js';
import { Evaluation } from './evaluation.js';
import { exploreUnknowns } from './explore.js';
import { recordEvaluation } from './record.js';
import type { Recorder } from './recorder.js';
import type { ApplicablePolicies, AuthorizationRequest } from './request.js';
import type { Verdict } from './verdict.js';
import { verdictOf } from './verdict-of.js';

/**
 * Decides one request by AWS's own logic. Pure: the same request and policies give the same verdict. With a recorder
 * every statement and facet is visited and reported; the verdict is the same.
 *
 * `policies` is compiled and indexed on first use and remembered by identity: do not change it afterwards.
 * Pages: IAM User Guide, How AWS enforcement code logic evaluates requests; KMS Developer Guide, Troubleshooting AWS
 * KMS permissions.
 */
export function authorize(
  request: AuthorizationRequest,
  policies: ApplicablePolicies,
  recorder: Recorder | null = null,
): Verdict {
  return decideBound(request, policies, bindPolicies(policies), recorder);
}

/** The same for policies that are asked once: nothing is remembered of them. */
export function authorizeOnce(request: AuthorizationRequest, policies: ApplicablePolicies): Verdict {
  return decideBound(request, policies, bindOnce(policies), null);
}

function decideBound(
  request: AuthorizationRequest,
  policies: ApplicablePolicies,
  bound: BoundPolicies,
  recorder: Recorder | null,
): Verdict {
  const evaluation = new Evaluation(request, bound);
  const outcome = combine(evaluation);
  if (recorder !== null) recordEvaluation(evaluation, recorder);
  if (evaluation.undetermined) return exploreUnknowns(request, policies);
  return verdictOf(evaluation, outcome);
}
