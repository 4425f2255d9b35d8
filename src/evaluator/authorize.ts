import { bindPolicies } from './bind.js';
import { combine, type Outcome } from './combine.js';
import { Evaluation } from './evaluation.js';
import { exploreUnknowns } from './explore.js';
import { LAYER_BIT } from './layer.js';
import { recordEvaluation } from './record.js';
import type { Recorder } from './recorder.js';
import type { ApplicablePolicies, AuthorizationRequest } from './request.js';
import { internVerdict, type Verdict } from './verdict.js';
import type { CompiledStatement } from './compile.js';

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
  const bound = bindPolicies(policies);
  const evaluation = new Evaluation(request, bound);
  const outcome = combine(evaluation);
  if (recorder !== null) recordEvaluation(evaluation, recorder);
  if (evaluation.undetermined) return exploreUnknowns(request, policies);
  return verdictOf(evaluation, outcome);
}

/** The verdict of an evaluation in which everything was known. */
export function verdictOf(evaluation: Evaluation, outcome: Outcome): Verdict {
  const statement = decidingStatement(evaluation, outcome);
  const memo = statement === undefined ? evaluation.policies.verdicts : statement.verdicts;
  const assumed = assumedBy(evaluation, outcome);
  return internVerdict(memo, outcome, assumed, evaluation.facts.service, statement?.ref);
}

function decidingStatement(evaluation: Evaluation, outcome: Outcome): CompiledStatement | undefined {
  switch (outcome.decision) {
    case 'explicitDeny':
      return evaluation.denyStatement;
    case 'implicitDeny':
      return undefined;
    case 'allowed':
      if (outcome.layer === 'resource-policy') return evaluation.resourceStatement;
      return outcome.layer === 'identity-policy' ? evaluation.identityStatement : undefined;
  }
}

const CAN_ALLOW = LAYER_BIT['identity-policy'] | LAYER_BIT['resource-policy'] | LAYER_BIT.grant;
const CAN_REFUSE = 255 & ~LAYER_BIT.grant;

/** Which of the layers that were not given could have changed the decision. */
export function assumedBy(evaluation: Evaluation, outcome: Outcome): number {
  switch (outcome.decision) {
    case 'explicitDeny':
      return 0;
    case 'implicitDeny':
      return outcome.layer === 'resource-policy' || outcome.layer === 'identity-policy'
        ? evaluation.notGiven() & CAN_ALLOW
        : 0;
    case 'allowed':
      return evaluation.notGiven() & CAN_REFUSE;
  }
}
