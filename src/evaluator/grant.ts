import { UNKNOWN } from '../conditions/context.js';
import type { PrincipalEntry } from '../policy/policy.js';
import type { ActionFacts } from './action-facts.js';
import { accountOf, reachOfEntry } from './principal.js';
import { ACCOUNT_REACH, NO_REACH, type Reach } from './reach.js';
import type { AuthorizationRequest, Grant } from './request.js';

/** How far one grant reaches a request, or the first thing it misses, in words. */
export interface GrantMatch {
  readonly reach: Reach;
  readonly missed?: string;
  /** It reaches so far only if `aws:SourceArn`, which is not known, is what the grant demands. */
  readonly unsure?: true;
}

/**
 * How far a grant reaches the request: through the grantee as a principal would be reached.
 * Page: KMS Developer Guide, Grants in AWS KMS.
 * Rules: KMS-GRANT-ALLOWS, KMS-GRANT-TOKEN, KMS-GRANT-CONSTRAINT, KMS-RETIRE-GRANT
 */
export function matchGrant(grant: Grant, request: AuthorizationRequest, facts: ActionFacts): GrantMatch {
  if (facts.isRetireGrant) return matchRetiring(grant, request);
  const reach = reachOfEntry(grant.grantee, request.caller);
  if (reach === NO_REACH) return miss(`its grantee is ${grant.grantee.text}`);
  const operation = request.action.slice(request.action.indexOf(':') + 1).toLowerCase();
  if (!grant.operations.some((each) => each.toLowerCase() === operation)) {
    return miss(`it allows ${grant.operations.join(', ')}`);
  }
  if (!isVisible(grant, request))
    return miss('it is not visible everywhere yet and the request carries no token of it');
  const missed = constraintMissed(grant, request, operation);
  if (missed !== undefined) return miss(missed);
  return hasUnknownSource(grant, request) ? { reach, unsure: true } : { reach };
}

function hasUnknownSource(grant: Grant, request: AuthorizationRequest): boolean {
  return grant.sourceArn !== undefined && request.context.call.get('aws:sourcearn') === UNKNOWN;
}

function miss(missed: string): GrantMatch {
  return { reach: NO_REACH, missed };
}

function isVisible(grant: Grant, request: AuthorizationRequest): boolean {
  if (grant.pending !== true) return true;
  return grant.token !== undefined && (request.grantTokens?.includes(grant.token) ?? false);
}

/** Operations without an encryption context ignore such constraints; RetireGrant ignores the source too. */
const WITHOUT_ENCRYPTION_CONTEXT = new Set([
  'describekey',
  'getpublickey',
  'sign',
  'verify',
  'generatemac',
  'verifymac',
  'derivesharedsecret',
]);

function constraintMissed(
  grant: Grant,
  request: AuthorizationRequest,
  operation: string,
): string | undefined {
  if (grant.sourceArn !== undefined) {
    const source = request.context.call.get('aws:sourcearn');
    if (source !== grant.sourceArn && source !== UNKNOWN) {
      return `it serves ${grant.sourceArn} only; the request has ${typeof source === 'string' ? source : 'no aws:SourceArn'}`;
    }
  }
  if (WITHOUT_ENCRYPTION_CONTEXT.has(operation)) return undefined;
  const given = request.encryptionContext ?? new Map<string, string>();
  if (grant.encryptionContextEquals !== undefined) {
    const equal =
      given.size === grant.encryptionContextEquals.size && contains(given, grant.encryptionContextEquals);
    if (!equal)
      return `its encryption context must equal ${pairs(grant.encryptionContextEquals)}; the request has ${pairs(given)}`;
  }
  if (grant.encryptionContextSubset !== undefined && !contains(given, grant.encryptionContextSubset)) {
    return `its encryption context must contain ${pairs(grant.encryptionContextSubset)}; the request has ${pairs(given)}`;
  }
  return undefined;
}

/** Names compare without regard to letter case, values with it. Rule: KMS-GRANT-CONSTRAINT-KEY-CASE */
function contains(given: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): boolean {
  for (const [name, value] of wanted) {
    let found = false;
    for (const [givenName, givenValue] of given) {
      if (givenName.toLowerCase() === name.toLowerCase() && givenValue === value) found = true;
    }
    if (!found) return false;
  }
  return true;
}

function pairs(context: ReadonlyMap<string, string>): string {
  if (context.size === 0) return 'none';
  return [...context].map(([name, value]) => `${name}=${value}`).join(', ');
}

/**
 * Who may retire: the retiring principal, and the grantee if the grant includes RetireGrant. The key's own account may
 * as well (`ownerRetires`). Page: KMS Developer Guide, Retiring and revoking grants. Rule: KMS-RETIRE-GRANT
 */
function matchRetiring(grant: Grant, request: AuthorizationRequest): GrantMatch {
  const retiring = grant.retiring === undefined ? NO_REACH : reachOfEntry(grant.retiring, request.caller);
  const includes = grant.operations.some((each) => each.toLowerCase() === 'retiregrant');
  const grantee = includes ? reachOfEntry(grant.grantee, request.caller) : NO_REACH;
  const reach = Math.max(retiring, grantee) as Reach;
  return reach === NO_REACH
    ? miss('the caller neither is its retiring principal nor its grantee with RetireGrant')
    : { reach };
}

/** The account that owns the key delegates RetireGrant to its principals. Rule: KMS-RETIRE-GRANT */
export function ownerRetires(request: AuthorizationRequest, owner: string | undefined): Reach {
  return owner !== undefined && accountOf(request.caller) === owner ? ACCOUNT_REACH : NO_REACH;
}

export type { PrincipalEntry };
