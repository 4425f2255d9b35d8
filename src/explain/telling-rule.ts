import type { AuthorizationRequest } from '../evaluator/request.js';
import type { Asked } from '../replay/outcome.js';
import type { RuleId } from '../rules/registry.js';
import type { ComparedFacet } from './facet.js';
import type { NearestMiss } from './nearest-miss.js';

/**
 * The rule to cite for a refusal. Why a condition key is absent, and what a Deny makes of that, explains more than that
 * a Deny wins; otherwise the first of the rules that decided.
 */
export function tellingRules({ ask, verdict }: Asked, nearest: NearestMiss | undefined): readonly RuleId[] {
  const facet = facetOf(nearest);
  if (facet?.of === 'condition' && facet.actual.is === 'absent') {
    const why = ruleOfAbsence(facet.key ?? '', ask.request);
    if (why !== undefined) return [why];
    if (nearest?.is === 'deny') return [...rulesOfDeny(facet), ...verdict.rules];
  }
  // Of the keys that AWS keeps, only those of other services have other names of this form.
  const isOfSqs = ask.policies.keyManager === 'aws' && (ask.on === 'aws/sqs' || !ask.on.startsWith('aws/'));
  if (verdict.decidedBy === 'key-policy' && isOfSqs) {
    return ['KMS-AWS-MANAGED-KEY'];
  }
  if (nearest?.is === 'deny' && facet?.of === 'principal' && facet.negated) {
    const isService = ask.request.caller.kind === 'service';
    return [isService ? 'NOT-PRINCIPAL-SERVICE' : 'NOT-PRINCIPAL-WHOLE-CHAIN'];
  }
  if (nearest?.is === 'statement' && facet?.of === 'principal' && isRegionalSns(ask.request))
    return ['SNS-OPT-IN-REGION-HAS-A-NAME'];
  if (nearest?.is === 'grant') return [nearest.rule ?? 'KMS-GRANT-ALLOWS'];
  return verdict.rules;
}

/** SNS under the name that it has in an opt-in Region. */
function isRegionalSns({ caller }: AuthorizationRequest): boolean {
  return caller.kind === 'service' && caller.host.startsWith('sns.') && caller.host.split('.').length > 3;
}

function facetOf(nearest: NearestMiss | undefined): ComparedFacet | undefined {
  switch (nearest?.is) {
    case 'statement':
      return nearest.missed[0];
    case 'deny':
      return nearest.matched;
    case 'grant':
    case undefined:
      return undefined;
  }
}

const OF_THE_NETWORK: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpcsourceip',
]);

/** Why a request does not carry a condition key, where a rule says so. */
function ruleOfAbsence(key: string, { caller, through, action }: AuthorizationRequest): RuleId | undefined {
  const slot = key.toLowerCase();
  if (OF_THE_NETWORK.has(slot)) {
    if (caller.kind === 'service') return 'SQS-SERVICE-HAS-NO-NETWORK';
    if (through === undefined) return 'CONTEXT-NETWORK';
    return action.startsWith('sqs:') ? 'SQS-REDRIVE-HAS-NO-NETWORK' : 'SQS-KMS-CALL-IS-THE-CALLER';
  }
  if (slot === 'aws:sourcearn' || slot === 'aws:sourceaccount') return 'SQS-SOURCE-CONTEXT';
  return slot === 'kms:viaservice' ? 'KMS-VIA-SERVICE' : undefined;
}

function rulesOfDeny({ operator = '', negated }: ComparedFacet): readonly RuleId[] {
  if (operator.toLowerCase().endsWith('ifexists')) return ['COND-IF-EXISTS'];
  return negated ? ['COND-MISSING-NEGATED'] : [];
}
