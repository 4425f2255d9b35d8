import { TRUE } from '../conditions/truth.js';
import type { DenyingLayer, Outcome } from './combine.js';
import type { CompiledStatement } from './compile.js';
import type { Evaluation } from './evaluation.js';
import { LAYER_BIT } from './layer.js';
import { isDefinite } from './reach.js';
import { internVerdict, type Verdict } from './verdict.js';

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

/**
 * The statement that surely leads to the outcome, where some answers were left open: none if the layer that decides is
 * not known itself, or may answer otherwise.
 */
export function sureStatement(evaluation: Evaluation, outcome: Outcome): CompiledStatement | undefined {
  const { layer } = outcome;
  switch (outcome.decision) {
    case 'implicitDeny':
      return undefined;
    case 'explicitDeny':
      // Only layers that can deny have such an outcome.
      return evaluation.denyTruth(layer as DenyingLayer) === TRUE ? evaluation.denyStatement : undefined;
    case 'allowed':
      if (layer === 'resource-policy') {
        return isDefinite(evaluation.resourceReaches()) ? evaluation.resourceStatement : undefined;
      }
      if (layer !== 'identity-policy' || evaluation.allowTruth(layer) !== TRUE) return undefined;
      return evaluation.identityStatement;
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
