import type { RuleId } from '../rules/registry.js';
import { LAYER_BIT, type Layer } from './layer.js';
import { ACCOUNT_REACH, DIRECT_REACH, type Reach, ROLE_REACH } from './reach.js';
import type { CallerKind } from './request.js';

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** Who decided: a layer, or the list of operations that no policy can share across accounts. */
export type DecidingLayer = Layer | 'cross-account-exclusion';

/**
 * The answers of all layers to one request, each definite: does it deny, does it allow, how far does the resource
 * policy (or a grant) reach the caller. Asked only as far as needed, so an implementation may be lazy.
 * A layer that does not apply denies nothing; its `allows` is true where it could only limit.
 */
export interface LayerAnswers {
  readonly callerKind: CallerKind;
  /** The caller's account owns the resource, or the action names no resource. False for services and anonymous callers. */
  readonly sameAccount: boolean;
  /** The resource is a KMS key, whose policy must allow explicitly. */
  readonly keyPolicyRule: boolean;
  /** The resource is a role to be assumed, whose trust policy must allow explicitly. */
  readonly trustPolicyRule: boolean;
  /** False for an operation that cannot be shared across accounts. */
  readonly shareable: boolean;
  denies(layer: DenyingLayer): boolean;
  allows(layer: AllowingLayer): boolean;
  resourceReach(): Reach;
  grantReach(): Reach;
}

export type DenyingLayer = Exclude<Layer, 'grant'>;
export type AllowingLayer =
  | 'scp'
  | 'vpc-endpoint-policy'
  | 'identity-policy'
  | 'permissions-boundary'
  | 'session-policy';

export interface Outcome {
  readonly index: number;
  readonly decision: Decision;
  readonly layer: DecidingLayer;
  readonly rules: readonly RuleId[];
}

/** Explicit denies are reported in this order. Rule: EVAL-REFUSAL-ORDER */
export const DENY_ORDER: readonly DenyingLayer[] = [
  'rcp',
  'scp',
  'vpc-endpoint-policy',
  'resource-policy',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
];

const outcomes: Outcome[] = [];
function outcome(decision: Decision, layer: DecidingLayer, ...rules: RuleId[]): Outcome {
  const made: Outcome = Object.freeze({
    index: outcomes.length,
    decision,
    layer,
    rules: Object.freeze(rules),
  });
  outcomes.push(made);
  return made;
}
const allow = (layer: DecidingLayer, ...rules: RuleId[]): Outcome => outcome('allowed', layer, ...rules);
const refuse = (layer: DecidingLayer, ...rules: RuleId[]): Outcome =>
  outcome('implicitDeny', layer, ...rules);

const EXPLICIT: Readonly<Record<DenyingLayer, Outcome>> = {
  rcp: outcome('explicitDeny', 'rcp', 'EVAL-EXPLICIT-DENY', 'RCP-PROTECTS-RESOURCES'),
  scp: outcome('explicitDeny', 'scp', 'EVAL-EXPLICIT-DENY', 'SCP-EVERY-LEVEL'),
  'vpc-endpoint-policy': outcome(
    'explicitDeny',
    'vpc-endpoint-policy',
    'EVAL-EXPLICIT-DENY',
    'VPCE-MUST-ALLOW',
  ),
  'resource-policy': outcome('explicitDeny', 'resource-policy', 'EVAL-EXPLICIT-DENY'),
  'identity-policy': outcome('explicitDeny', 'identity-policy', 'EVAL-EXPLICIT-DENY'),
  'permissions-boundary': outcome('explicitDeny', 'permissions-boundary', 'EVAL-EXPLICIT-DENY'),
  'session-policy': outcome('explicitDeny', 'session-policy', 'EVAL-EXPLICIT-DENY'),
};

const NO_ENDPOINT = refuse('vpc-endpoint-policy', 'VPCE-MUST-ALLOW');
const NO_SCP = refuse('scp', 'SCP-EVERY-LEVEL');
const NOT_SHAREABLE = refuse('cross-account-exclusion', 'EVAL-CROSS-ACCOUNT-EXCLUSION');
const NO_BOUNDARY = refuse('permissions-boundary', 'EVAL-BOUNDARY-MUST-ALLOW');
const NO_BOUNDARY_ABROAD = refuse(
  'permissions-boundary',
  'EVAL-CROSS-ACCOUNT-LIMITS',
  'EVAL-BOUNDARY-MUST-ALLOW',
);
const NO_SESSION = refuse('session-policy', 'EVAL-SESSION-MUST-ALLOW');
const NO_SESSION_ABROAD = refuse('session-policy', 'EVAL-CROSS-ACCOUNT-LIMITS', 'EVAL-SESSION-MUST-ALLOW');
const NO_SESSION_OF_FEDERATED_USER = refuse('session-policy', 'EVAL-FEDERATED-USER-NEEDS-SESSION-POLICY');

const SERVICE_ALLOWED = allow('resource-policy', 'EVAL-SERVICE-NEEDS-RESOURCE-POLICY');
const SERVICE_REFUSED = refuse('resource-policy', 'EVAL-SERVICE-NEEDS-RESOURCE-POLICY');
const ROOT_ALLOWED = allow('identity-policy', 'EVAL-ROOT-USER');
const DIRECT_ALLOWED = allow('resource-policy', 'EVAL-RESOURCE-GRANTS-DIRECTLY');
const ROLE_ALLOWED = allow('resource-policy', 'EVAL-ROLE-IS-LIMITED', 'EVAL-IDENTITY-OR-RESOURCE');
const IDENTITY_ALLOWED = allow('identity-policy', 'EVAL-IDENTITY-OR-RESOURCE');
const NO_IDENTITY = refuse('identity-policy', 'EVAL-DEFAULT-DENY', 'EVAL-IDENTITY-OR-RESOURCE');
const ROOT_TRUSTED = allow('resource-policy', 'EVAL-TRUST-POLICY-DECIDES', 'EVAL-ROOT-USER');
const NO_TRUST = refuse('resource-policy', 'EVAL-TRUST-POLICY-DECIDES');
const NO_IDENTITY_BUT_ACCOUNT = refuse(
  'identity-policy',
  'EVAL-ACCOUNT-DELEGATES',
  'EVAL-IDENTITY-OR-RESOURCE',
);

const BOTH_SIDES_ALLOWED = allow('identity-policy', 'EVAL-CROSS-ACCOUNT-BOTH-SIDES');
const NO_RESOURCE_ABROAD = refuse('resource-policy', 'EVAL-CROSS-ACCOUNT-BOTH-SIDES');
const NO_IDENTITY_ABROAD = refuse('identity-policy', 'EVAL-CROSS-ACCOUNT-BOTH-SIDES');
const ROOT_ALLOWED_ABROAD = allow('resource-policy', 'EVAL-CROSS-ACCOUNT-BOTH-SIDES', 'EVAL-ROOT-USER');

const KEY_SERVICE_ALLOWED = allow('resource-policy', 'KMS-SERVICE-PRINCIPAL');
const KEY_SERVICE_REFUSED = refuse('resource-policy', 'KMS-SERVICE-PRINCIPAL', 'KMS-KEY-POLICY-DECIDES');
const KEY_ANONYMOUS_REFUSED = refuse('resource-policy', 'KMS-NO-ANONYMOUS');
const KEY_DIRECT_ALLOWED = allow('resource-policy', 'KMS-NAMED-PRINCIPAL', 'KMS-KEY-POLICY-DECIDES');
const KEY_ROLE_ALLOWED = allow('resource-policy', 'KMS-NAMED-PRINCIPAL', 'EVAL-ROLE-IS-LIMITED');
const KEY_ROOT_ALLOWED = allow('resource-policy', 'KMS-ROOT-USER');
const KEY_DELEGATED_ALLOWED = allow('identity-policy', 'KMS-ACCOUNT-DELEGATES');
const KEY_NO_IDENTITY = refuse('identity-policy', 'KMS-ACCOUNT-DELEGATES');
const KEY_NO_POLICY = refuse('resource-policy', 'KMS-KEY-POLICY-DECIDES', 'KMS-ACCOUNT-DELEGATES');
const KEY_BOTH_SIDES_ALLOWED = allow('identity-policy', 'KMS-CROSS-ACCOUNT');
const KEY_FOREIGN_ROOT_ALLOWED = allow('resource-policy', 'KMS-FOREIGN-ROOT-USER');
const KEY_NO_POLICY_ABROAD = refuse('resource-policy', 'KMS-CROSS-ACCOUNT');
const KEY_NO_IDENTITY_ABROAD = refuse('identity-policy', 'KMS-CROSS-ACCOUNT');
const GRANT_ALLOWED = allow('grant', 'KMS-GRANT-ALLOWS');
const LIMITED_GRANT_ALLOWED = allow('grant', 'KMS-GRANT-ALLOWS', 'KMS-GRANT-LIMITS');

/** Every way a request can end; `Outcome.index` is the position in this list. */
export const OUTCOMES: readonly Outcome[] = Object.freeze(outcomes);

/**
 * AWS's decision from the answers of the layers: explicit denies, then the guardrails that must allow, then the
 * resource side and the identity side, in one account or across two.
 * Page: IAM User Guide, How AWS enforcement code logic evaluates requests. Rules: those of the outcome.
 */
export function combine(answers: LayerAnswers): Outcome {
  for (const layer of DENY_ORDER) if (answers.denies(layer)) return EXPLICIT[layer];
  if (!answers.allows('vpc-endpoint-policy')) return NO_ENDPOINT;
  if (!answers.allows('scp')) return NO_SCP;
  const isService = answers.callerKind === 'service' || answers.callerKind === 'anonymous';
  if (answers.callerKind !== 'service' && !answers.sameAccount && !answers.shareable) return NOT_SHAREABLE;
  if (answers.keyPolicyRule) return isService ? keyForService(answers) : keyForIdentity(answers);
  if (isService) return answers.resourceReach() === 0 ? SERVICE_REFUSED : SERVICE_ALLOWED;
  return answers.sameAccount ? inOneAccount(answers) : acrossAccounts(answers);
}

/** The first of boundary and session policy that does not let the request pass. */
function limit(answers: LayerAnswers): Outcome | undefined {
  if (!answers.allows('permissions-boundary')) {
    return answers.sameAccount ? NO_BOUNDARY : NO_BOUNDARY_ABROAD;
  }
  if (answers.allows('session-policy')) return undefined;
  if (answers.callerKind === 'federatedUser') return NO_SESSION_OF_FEDERATED_USER;
  return answers.sameAccount ? NO_SESSION : NO_SESSION_ABROAD;
}

function inOneAccount(answers: LayerAnswers): Outcome {
  if (answers.trustPolicyRule) {
    if (answers.resourceReach() === 0) return NO_TRUST;
    if (answers.callerKind === 'root') return ROOT_TRUSTED;
  }
  if (answers.callerKind === 'root') return ROOT_ALLOWED;
  const reach = answers.resourceReach();
  if (reach === DIRECT_REACH) return DIRECT_ALLOWED;
  if (reach === ROLE_REACH) return limit(answers) ?? ROLE_ALLOWED;
  if (!answers.allows('identity-policy'))
    return reach === ACCOUNT_REACH ? NO_IDENTITY_BUT_ACCOUNT : NO_IDENTITY;
  return limit(answers) ?? IDENTITY_ALLOWED;
}

function acrossAccounts(answers: LayerAnswers): Outcome {
  if (answers.resourceReach() === 0) return NO_RESOURCE_ABROAD;
  if (answers.callerKind === 'root') return ROOT_ALLOWED_ABROAD;
  if (!answers.allows('identity-policy')) return NO_IDENTITY_ABROAD;
  return limit(answers) ?? BOTH_SIDES_ALLOWED;
}

function keyForService(answers: LayerAnswers): Outcome {
  if (answers.callerKind === 'anonymous') return KEY_ANONYMOUS_REFUSED;
  if (answers.resourceReach() === DIRECT_REACH) return KEY_SERVICE_ALLOWED;
  return answers.grantReach() === 0 ? KEY_SERVICE_REFUSED : GRANT_ALLOWED;
}

/** Page: KMS Developer Guide, Troubleshooting AWS KMS permissions (the flow chart). */
function keyForIdentity(answers: LayerAnswers): Outcome {
  const byKeyPolicy = keyPolicySide(answers);
  if (byKeyPolicy.decision === 'allowed') return byKeyPolicy;
  const reach = answers.grantReach();
  if (reach === 0) return byKeyPolicy;
  if (reach === DIRECT_REACH) return GRANT_ALLOWED;
  if (reach === ACCOUNT_REACH && answers.callerKind !== 'root' && !answers.allows('identity-policy')) {
    return byKeyPolicy.layer === 'resource-policy' ? KEY_NO_IDENTITY : byKeyPolicy;
  }
  return limit(answers) ?? LIMITED_GRANT_ALLOWED;
}

function keyPolicySide(answers: LayerAnswers): Outcome {
  const reach = answers.resourceReach();
  const { sameAccount } = answers;
  if (reach === 0) return sameAccount ? KEY_NO_POLICY : KEY_NO_POLICY_ABROAD;
  if (answers.callerKind === 'root') return sameAccount ? KEY_ROOT_ALLOWED : KEY_FOREIGN_ROOT_ALLOWED;
  if (sameAccount && reach === DIRECT_REACH) return KEY_DIRECT_ALLOWED;
  if (sameAccount && reach === ROLE_REACH) return limit(answers) ?? KEY_ROLE_ALLOWED;
  if (!answers.allows('identity-policy')) return sameAccount ? KEY_NO_IDENTITY : KEY_NO_IDENTITY_ABROAD;
  return limit(answers) ?? (sameAccount ? KEY_DELEGATED_ALLOWED : KEY_BOTH_SIDES_ALLOWED);
}

/**
 * The layers that refuse, as found by repairing one refusal after the other: repairing a layer means that it no
 * longer denies, or that it allows (the resource policy directly). The first is the one AWS would name; each further
 * one would be uncovered by repairing those before it. A refusal that no policy can repair comes last.
 */
export function refusingOutcomes(answers: LayerAnswers): readonly Outcome[] {
  const refusals: Outcome[] = [];
  const undenied = new Set<Layer>();
  const repaired = new Set<Layer>();
  const patched: LayerAnswers = {
    callerKind: answers.callerKind,
    sameAccount: answers.sameAccount,
    keyPolicyRule: answers.keyPolicyRule,
    trustPolicyRule: answers.trustPolicyRule,
    shareable: answers.shareable,
    denies: (layer) => !undenied.has(layer) && answers.denies(layer),
    allows: (layer) => repaired.has(layer) || answers.allows(layer),
    resourceReach: () => (repaired.has('resource-policy') ? DIRECT_REACH : answers.resourceReach()),
    grantReach: () => answers.grantReach(),
  };
  // Every round repairs a layer that was not repaired before, until nothing refuses.
  for (let outcome = combine(patched); outcome.decision !== 'allowed'; outcome = combine(patched)) {
    refusals.push(outcome);
    if (outcome.layer === 'cross-account-exclusion' || outcome === KEY_ANONYMOUS_REFUSED) break;
    if (outcome.decision === 'explicitDeny') undenied.add(outcome.layer);
    else repaired.add(outcome.layer);
  }
  return refusals;
}

export function maskOf(layers: readonly Layer[]): number {
  let mask = 0;
  for (const layer of layers) mask |= LAYER_BIT[layer];
  return mask;
}
