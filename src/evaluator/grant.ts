import { UNKNOWN } from '../conditions/context.js';
import type { RuleId } from '../rules/registry.js';
import type { ActionFacts } from './action-facts.js';
import { accountOf, reachOfEntry } from './principal.js';
import { ACCOUNT_REACH, NO_REACH, type Reach } from './reach.js';
import type { AuthorizationRequest, Grant } from './request.js';

/** How far one grant reaches a request, or the first thing it misses, in words. */
export interface GrantMatch {
  readonly reach: Reach;
  readonly missed?: string;
  /** The rule by which it misses. */
  readonly rule?: RuleId;
  /** It reaches so far only if these condition keys, which are not known, hold what the grant demands. */
  readonly unsure?: readonly string[];
}

const PENDING = 'it is not visible everywhere yet and the request carries no token of it';

/**
 * How far a grant reaches the request: through the grantee as a principal would be reached.
 * Page: KMS Developer Guide, Grants in AWS KMS.
 * Rules: KMS-GRANT-ALLOWS, KMS-GRANT-TOKEN, KMS-GRANT-CONSTRAINT, KMS-RETIRE-GRANT
 */
export function matchGrant(grant: Grant, request: AuthorizationRequest, facts: ActionFacts): GrantMatch {
  if (facts.isRetireGrant) return matchRetiring(grant, request);
  const reach = reachOfEntry(grant.grantee, request.caller);
  if (reach === NO_REACH) return miss(`its grantee is ${grant.grantee.text}`, 'KMS-GRANT-ALLOWS');
  const operation = request.action.slice(request.action.indexOf(':') + 1).toLowerCase();
  if (!facts.grantable) return miss('no grant can allow the operation', 'KMS-GRANT-ALLOWS');
  if (!grant.operations.some((each) => each.toLowerCase() === operation)) {
    return miss(`it allows ${grant.operations.join(', ')}`, 'KMS-GRANT-ALLOWS');
  }
  if (!isVisible(grant, request)) return miss(PENDING, 'KMS-GRANT-TOKEN');
  const isChild = operation === 'creategrant';
  const missed = isChild ? childMissed(grant, request) : constraintMissed(grant, request, operation);
  if (missed !== undefined)
    return miss(missed, isChild ? 'KMS-GRANT-CHILD-IS-NO-WIDER' : 'KMS-GRANT-CONSTRAINT');
  const unsure = demandedKeys(grant, operation).filter((slot) => request.context.call.get(slot) === UNKNOWN);
  return unsure.length > 0 ? { reach, unsure } : { reach };
}

/** The condition keys that decide whether the grant serves the request. */
function demandedKeys(grant: Grant, operation: string): readonly string[] {
  const source = grant.sourceArn === undefined ? [] : ['aws:sourcearn'];
  if (operation !== 'creategrant') return source;
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = grant;
  const type = equals === undefined && subset === undefined ? [] : ['kms:grantconstrainttype'];
  const child = grant.sourceArn === undefined ? [] : ['kms:grantconstraintsourcearn'];
  return [...source, 'kms:grantoperations', ...type, ...child];
}

function miss(missed: string, rule: RuleId): GrantMatch {
  return { reach: NO_REACH, missed, rule };
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
  const elsewhere = sourceMissed(grant, request);
  if (elsewhere !== undefined) return elsewhere;
  if (WITHOUT_ENCRYPTION_CONTEXT.has(operation)) return undefined;
  const given = request.encryptionContext ?? new Map<string, string>();
  if (grant.encryptionContextEquals !== undefined) {
    if (!isSame(given, grant.encryptionContextEquals))
      return `its encryption context must equal ${pairs(grant.encryptionContextEquals)}; the request has ${pairs(given)}`;
  }
  if (grant.encryptionContextSubset !== undefined && !contains(given, grant.encryptionContextSubset)) {
    return `its encryption context must contain ${pairs(grant.encryptionContextSubset)}; the request has ${pairs(given)}`;
  }
  return undefined;
}

function sourceMissed({ sourceArn }: Grant, request: AuthorizationRequest): string | undefined {
  const source = request.context.call.get('aws:sourcearn');
  if (sourceArn === undefined || source === sourceArn || source === UNKNOWN) return undefined;
  return `it serves ${sourceArn} only; the request has ${typeof source === 'string' ? source : 'no aws:SourceArn'}`;
}

/**
 * What keeps a grant from being made through this one: it gives no operation that its parent lacks and has constraints
 * at least as strict. The pairs of such a request are those of its constraint.
 * Page: KMS Developer Guide, Creating grants. Rule: KMS-GRANT-CHILD-IS-NO-WIDER
 */
function childMissed(parent: Grant, request: AuthorizationRequest): string | undefined {
  const elsewhere = sourceMissed(parent, request);
  if (elsewhere !== undefined) return elsewhere;
  const { call } = request.context;
  const wanted = call.get('kms:grantoperations');
  const operations = typeof wanted === 'string' ? [wanted] : typeof wanted === 'object' ? wanted : [];
  const wider = operations.filter((each) => !parent.operations.includes(each));
  if (wider.length > 0) return `the new grant would allow ${wider.join(', ')}, which it does not`;
  const type = call.get('kms:grantconstrainttype');
  const given = request.encryptionContext ?? new Map<string, string>();
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = parent;
  if (equals !== undefined) {
    if (!isSame(given, equals) || (type !== 'EncryptionContextEquals' && type !== UNKNOWN))
      return `the new grant must be constrained to equal ${pairs(equals)}, as it is`;
  }
  if (subset !== undefined && (type === undefined || !contains(given, subset)))
    return `the new grant must be constrained to contain ${pairs(subset)}, as it is`;
  const source = call.get('kms:grantconstraintsourcearn');
  if (parent.sourceArn !== undefined && source !== parent.sourceArn && source !== UNKNOWN)
    return `the new grant must be constrained to serve ${parent.sourceArn} only, as it is`;
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

/** The same pairs and no others: two names that differ in letter case only are two pairs. */
function isSame(given: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): boolean {
  return given.size === wanted.size && folded(given) === folded(wanted);
}

function folded(context: ReadonlyMap<string, string>): string {
  const texts = [...context].map(([name, value]) => JSON.stringify([name.toLowerCase(), value]));
  return texts.sort().join();
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
  if (!isVisible(grant, request)) return miss(PENDING, 'KMS-GRANT-TOKEN');
  const retiring = grant.retiring === undefined ? NO_REACH : reachOfEntry(grant.retiring, request.caller);
  const includes = grant.operations.some((each) => each.toLowerCase() === 'retiregrant');
  const grantee = includes ? reachOfEntry(grant.grantee, request.caller) : NO_REACH;
  const reach = Math.max(retiring, grantee) as Reach;
  return reach === NO_REACH
    ? miss(
        'the caller neither is its retiring principal nor its grantee with RetireGrant',
        'KMS-RETIRE-GRANT',
      )
    : { reach };
}

/** The account that owns the key delegates RetireGrant to its principals. Rule: KMS-RETIRE-GRANT */
export function ownerRetires(request: AuthorizationRequest, owner: string | undefined): Reach {
  return owner !== undefined && accountOf(request.caller) === owner ? ACCOUNT_REACH : NO_REACH;
}
