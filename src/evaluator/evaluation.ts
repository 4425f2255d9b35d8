import { EITHER, FALSE, or, TRUE, type Truth } from '../conditions/truth.js';
import type { ActionFacts } from './action-facts.js';
import type { ActionView, LayerView } from './action-view.js';
import type { BoundLayer, BoundPolicies } from './bind.js';
import type { AllowingLayer, DenyingLayer, LayerAnswers } from './combine.js';
import { type CompiledStatement, reachOfStatement, scopeHolds } from './compile.js';
import { matchGrant, ownerRetires } from './grant.js';
import { bitOf, LAYER_BIT } from './layer.js';
import { accountOf, partitionOf } from './principal.js';
import { DIRECT_REACH, isDefinite, NO_REACH, type Reach, type ReachSet, strongest } from './reach.js';
import type { AuthorizationRequest, Layered } from './request.js';

const ALL_REACHES: ReachSet = 0b1111;
const NONE_ONLY: ReachSet = 0b0001;

/**
 * Answers the questions of `combine` about one request, each only when it is asked. Where an answer hangs on something
 * unknown it gives one of the possible answers and remembers that it did (`undetermined`).
 */
export class Evaluation implements LayerAnswers {
  readonly request: AuthorizationRequest;
  readonly policies: BoundPolicies;
  readonly facts: ActionFacts;
  readonly callerKind: LayerAnswers['callerKind'];
  readonly sameAccount: boolean;
  readonly keyPolicyRule: boolean;
  readonly trustPolicyRule: boolean;
  readonly shareable: boolean;
  /** Some answer given so far was one of several possible ones. */
  undetermined = false;
  /** The statement behind the last deny, and behind the allow of each side. */
  denyStatement: CompiledStatement | undefined = undefined;
  resourceStatement: CompiledStatement | undefined = undefined;
  identityStatement: CompiledStatement | undefined = undefined;
  private readonly view: ActionView;
  private readonly serviceLinked: boolean;
  private readonly isIdentity: boolean;
  /** No resource policy has an effect on the action. */
  private readonly iamOnly: boolean;
  /** Nothing can let the caller in: its account lies in another partition than the resource. */
  private readonly isForeign: boolean;

  constructor(request: AuthorizationRequest, policies: BoundPolicies) {
    const { caller, resource } = request;
    this.request = request;
    this.policies = policies;
    this.view = policies.about(request.action);
    this.facts = this.view.facts;
    this.callerKind = caller.kind;
    this.isIdentity = caller.kind !== 'service' && caller.kind !== 'anonymous';
    this.serviceLinked = caller.kind === 'session' && caller.serviceLinked;
    const partition = partitionOf(caller);
    this.isForeign = partition !== undefined && !isInPartition(resource.arn, partition);
    this.sameAccount =
      this.isIdentity &&
      !this.isForeign &&
      (resource.account === undefined || resource.account === accountOf(caller));
    const { iamOnly, isKms, service } = this.facts;
    this.iamOnly = iamOnly !== 'never' && (iamOnly === 'always' || isAliasArn(resource.arn));
    this.keyPolicyRule = isKms && !this.iamOnly;
    this.trustPolicyRule = service === 'sts' && resource.arn.includes(':role/');
    this.shareable = this.facts.shareable;
  }

  /** Whether the layer has a say about this caller and call at all. */
  applies(layer: DenyingLayer): boolean {
    const { policies } = this;
    switch (layer) {
      case 'rcp': // Rules: RCP-EXEMPT, RCP-WITHOUT-RESOURCE
        return (
          this.facts.underRcps &&
          !this.serviceLinked &&
          !(policies.awsManagedKey && this.facts.isKms) &&
          !(this.request.resource.arn === '*'
            ? policies.principalInManagementAccount
            : policies.resourceInManagementAccount)
        );
      case 'scp': // Rule: SCP-EXEMPT
        return this.isIdentity && !this.serviceLinked && !policies.principalInManagementAccount;
      case 'vpc-endpoint-policy': // Rule: VPCE-NOT-FOR-FORWARDED-CALLS
        return this.request.through === undefined;
      case 'resource-policy':
        return !this.facts.isRetireGrant && !this.iamOnly;
      case 'identity-policy':
      case 'permissions-boundary':
        return this.isIdentity && this.callerKind !== 'root';
      case 'session-policy':
        return this.callerKind === 'session' || this.callerKind === 'federatedUser';
    }
  }

  /** The layer's policies, as far as it applies and was given. */
  layerOf(layer: DenyingLayer): Layered<BoundLayer> | undefined {
    if (!this.applies(layer)) return 'none';
    switch (layer) {
      case 'rcp':
        return this.policies.rcp;
      case 'scp':
        return this.policies.scp;
      case 'vpc-endpoint-policy':
        return this.policies.vpcEndpoint;
      case 'resource-policy':
        return this.policies.resource;
      case 'identity-policy':
        return this.policies.identity;
      case 'permissions-boundary':
        return this.policies.permissionsBoundary;
      case 'session-policy':
        return this.policies.session;
    }
  }

  /** What the layer can say about the action, as far as it applies and was given. */
  private viewOf(layer: DenyingLayer): Layered<LayerView> | undefined {
    if (!this.applies(layer)) return 'none';
    const { view } = this;
    switch (layer) {
      case 'rcp':
        return view.rcp;
      case 'scp':
        return view.scp;
      case 'vpc-endpoint-policy':
        return view.vpcEndpoint;
      case 'resource-policy':
        return view.resource;
      case 'identity-policy':
        return view.identity;
      case 'permissions-boundary':
        return view.permissionsBoundary;
      case 'session-policy':
        return view.session;
    }
  }

  denies(layer: DenyingLayer): boolean {
    return this.view.mayDeny !== 0 && this.definite(this.denyTruth(layer));
  }

  allows(layer: AllowingLayer): boolean {
    return this.definite(this.allowTruth(layer));
  }

  resourceReach(): Reach {
    return this.definiteReach(this.resourceReaches());
  }

  grantReach(): Reach {
    return this.definiteReach(this.grantReaches());
  }

  private definite(truth: Truth): boolean {
    if (truth === EITHER) this.undetermined = true;
    return truth === TRUE;
  }

  private definiteReach(reaches: ReachSet): Reach {
    if (!isDefinite(reaches)) this.undetermined = true;
    return strongest(reaches);
  }

  /** Whether some statement of the layer denies. Rule: EVAL-EXPLICIT-DENY */
  denyTruth(layer: DenyingLayer): Truth {
    if ((this.view.mayDeny & bitOf(layer)) === 0) return FALSE;
    const view = this.viewOf(layer);
    if (view === undefined || view === 'none') return FALSE;
    if (view === 'unknown') return EITHER;
    let denied: Truth = FALSE;
    for (const statement of view.denies) {
      const holds = this.denyHolds(statement);
      if (holds === TRUE) {
        this.denyStatement = statement;
        return TRUE;
      }
      denied = or(denied, holds);
    }
    return denied;
  }

  denyHolds(statement: CompiledStatement): Truth {
    const reach = reachOfStatement(statement, this.request.caller);
    if (reach === NO_REACH) return FALSE;
    const boundary = reach === 'exempt' ? this.hasBoundary() : TRUE;
    if (boundary === FALSE) return FALSE;
    const holds = scopeHolds(statement, this.request);
    return boundary === EITHER && holds !== FALSE ? EITHER : holds;
  }

  /** Rule: NOT-PRINCIPAL-BOUNDARY */
  hasBoundary(): Truth {
    const boundary = this.layerOf('permissions-boundary');
    if (boundary === 'unknown') return EITHER;
    return boundary === undefined || boundary === 'none' ? FALSE : TRUE;
  }

  /** Whether every level of the layer allows. A layer that can only limit allows where it does not apply. */
  allowTruth(layer: AllowingLayer): Truth {
    // Who allows matters for the identity policies only, so that only they must be asked one by one.
    if (layer !== 'identity-policy' && (this.view.alwaysAllow & bitOf(layer)) !== 0) return TRUE;
    const view = this.viewOf(layer);
    if (view === 'unknown') return EITHER;
    if (view === undefined || view === 'none') return this.allowsWithout(layer);
    let allowed: Truth = TRUE;
    for (const level of view.allows) {
      const here = this.levelAllows(level, layer);
      if (here === FALSE) return FALSE;
      allowed = (allowed | here) as Truth;
    }
    return allowed === TRUE ? TRUE : EITHER;
  }

  private allowsWithout(layer: AllowingLayer): Truth {
    if (layer === 'identity-policy') return FALSE;
    // Rule: EVAL-FEDERATED-USER-NEEDS-SESSION-POLICY
    return layer === 'session-policy' && this.callerKind === 'federatedUser' ? FALSE : TRUE;
  }

  private levelAllows(statements: readonly CompiledStatement[], layer: AllowingLayer): Truth {
    let allowed: Truth = FALSE;
    for (const statement of statements) {
      const holds = this.allowHolds(statement);
      if (holds === TRUE) {
        if (layer === 'identity-policy') this.identityStatement = statement;
        return TRUE;
      }
      allowed = or(allowed, holds);
    }
    return allowed;
  }

  allowHolds(statement: CompiledStatement): Truth {
    const reach = reachOfStatement(statement, this.request.caller);
    return reach === NO_REACH || reach === 'exempt' ? FALSE : scopeHolds(statement, this.request);
  }

  /** The strongest reaches that the resource policy's allows may have. Rule: EVAL-PARTITIONS-ARE-APART */
  resourceReaches(): ReachSet {
    if (this.isForeign) return NONE_ONLY;
    const view = this.viewOf('resource-policy');
    if (view === 'unknown') return ALL_REACHES;
    if (view === undefined || view === 'none') return NONE_ONLY;
    let sure: Reach = NO_REACH;
    let possible = 0;
    for (const statements of view.allows) {
      for (const statement of statements) {
        const reach = reachOfStatement(statement, this.request.caller);
        if (reach === 'exempt' || reach <= sure) continue;
        const holds = scopeHolds(statement, this.request);
        if (holds === FALSE) continue;
        if (holds === EITHER) {
          possible |= 1 << reach;
          continue;
        }
        sure = reach;
        this.resourceStatement = statement;
        if (sure === DIRECT_REACH) break;
      }
    }
    return reachesFrom(sure, possible);
  }

  /** The strongest reaches that the grants on the key may have. */
  grantReaches(): ReachSet {
    const { grants } = this.policies;
    if (this.isForeign) return NONE_ONLY;
    if (grants === 'unknown') return ALL_REACHES;
    let sure: Reach = this.facts.isRetireGrant
      ? ownerRetires(this.request, this.request.resource.account)
      : NO_REACH;
    if (grants === undefined || grants === 'none') return 1 << sure;
    let possible = 0;
    for (const grant of grants) {
      const { reach, unsure } = matchGrant(grant, this.request, this.facts);
      if (unsure !== undefined) possible |= 1 << reach;
      else if (reach > sure) sure = reach;
    }
    return reachesFrom(sure, possible);
  }

  /** Layers that apply and were not given; `vpc-endpoint-policy` only for a request that came through an endpoint. */
  notGiven(): number {
    const { policies } = this;
    let mask = 0;
    if (policies.rcp === undefined && this.applies('rcp')) mask |= LAYER_BIT.rcp;
    if (policies.scp === undefined && this.applies('scp')) mask |= LAYER_BIT.scp;
    if (
      policies.resource === undefined &&
      this.request.resource.arn !== '*' &&
      this.applies('resource-policy')
    ) {
      mask |= LAYER_BIT['resource-policy'];
    }
    if (policies.identity === undefined && this.applies('identity-policy'))
      mask |= LAYER_BIT['identity-policy'];
    if (policies.permissionsBoundary === undefined && this.applies('permissions-boundary')) {
      mask |= LAYER_BIT['permissions-boundary'];
    }
    if (policies.session === undefined && this.applies('session-policy')) mask |= LAYER_BIT['session-policy'];
    if (policies.grants === undefined && this.keyPolicyRule) mask |= LAYER_BIT.grant;
    if (policies.vpcEndpoint === undefined && this.applies('vpc-endpoint-policy')) {
      const endpoint = this.request.context.network.get('aws:sourcevpce');
      if (endpoint !== undefined) mask |= LAYER_BIT['vpc-endpoint-policy'];
    }
    return mask;
  }
}

/** The sure reach, and the possible ones that are stronger. */
function reachesFrom(sure: Reach, possible: ReachSet): ReachSet {
  const atLeast = 1 << sure;
  return atLeast | (possible & ~(atLeast - 1));
}

/** `arn:aws:kms:region:account:alias/name`; an alias has no key policy. */
function isAliasArn(arn: string): boolean {
  return arn.indexOf(':alias/', 4) > 0;
}

/**
 * Whether an ARN lies in the partition; `*` lies in every one. Character by character: `startsWith` would cost as much
 * as all else that is prepared here.
 */
function isInPartition(arn: string, partition: string): boolean {
  const { length } = partition;
  if (arn.charCodeAt(0) !== A) return true;
  if (arn.charCodeAt(4 + length) !== COLON) return false;
  for (let at = 0; at < length; at += 1) {
    if (arn.charCodeAt(4 + at) !== partition.charCodeAt(at)) return false;
  }
  return true;
}

const A = 97;
const COLON = 58;
