import { conditionHolds } from './condition.js';
import { type Context, contextOfResourcePolicy, expandVariables, type Scope } from './context.js';
import type { FactName, Facts } from './facts.js';
import { type Caller, escapesNotPrincipal, type Reach, reachOfPrincipal, strongest } from './principal.js';
import { type Document, folded, listOf, type OneOrMany, type Statement } from './request.js';
import { isStar, keepStarsInSegments, matchesTokens, wildcardTokens } from './wildcard.js';

/** The types of policy (section 1.1); what is attached to the resource goes by the name of its service. */
export type ResourceLayer = 'queue-policy' | 'key-policy' | 'topic-policy' | 'resource-policy';
export type IdentityLayer = 'identity-policy' | 'permissions-boundary' | 'session-policy';
export type PolicyLayer = ResourceLayer | IdentityLayer | 'scp' | 'rcp' | 'vpc-endpoint-policy';

/** One request, read. */
export interface Asked {
  readonly caller: Caller;
  readonly action: string;
  /** The prefix of the action, and the rest, in lower case. */
  readonly service: string;
  readonly operation: string;
  readonly resource: string;
  readonly resourceLayer: ResourceLayer;
  /** The account of the resource, where it has one. */
  readonly owner: string | undefined;
  readonly context: Context;
  readonly facts: Facts;
}

/** What the policies of one layer say together: does a Deny match, and how far does an Allow reach the caller? */
export interface Said {
  readonly denies: boolean;
  readonly allows: Reach;
}

export function whatPoliciesSay(policies: readonly Document[], layer: PolicyLayer, asked: Asked): Said {
  const reaches: Record<string, Reach[]> = { Allow: [], Deny: [] };
  for (const { Version, Statement } of policies)
    for (const statement of listOf<Statement>(Statement))
      reaches[statement.Effect ?? '']?.push(reachOf(statement, Version === '2012-10-17', layer, asked));
  return { denies: strongest(reaches.Deny ?? []) !== 'none', allows: strongest(reaches.Allow ?? []) };
}

/** A statement matches when principal, action, resource and condition all match. */
function reachOf(statement: Statement, is2012: boolean, layer: PolicyLayer, asked: Asked): Reach {
  const { facts, resourceLayer } = asked;
  const { Action, NotAction, Resource, NotResource } = statement;
  const namesPrincipals = [resourceLayer, 'rcp', 'vpc-endpoint-policy'].includes(layer);
  const context = namesPrincipals ? contextOfResourcePolicy(asked.context, facts) : asked.context;
  const scope: Scope = { context, variables: is2012 || !facts['variables-need-2012'], facts };
  // KP-2: a statement without Resource has no effect in a key policy. G-A7: elsewhere it means the resource itself.
  const isKeyPolicy = layer === 'key-policy';
  const itself = layer === resourceLayer && !isKeyPolicy && NotResource === undefined ? '*' : undefined;
  const isAnyResource = isKeyPolicy && !facts['key-policy-resource-is-this-key'];
  const isResource = (entry: string) => isAnyResource || resourceMatches(entry, asked, scope);
  const isAction = (entry: string) => actionMatches(entry, asked);
  const matches =
    listMatches(Action, NotAction, 'not-action-complements', facts, isAction) &&
    listMatches(Resource ?? itself, NotResource, 'not-resource-complements', facts, isResource) &&
    conditionHolds(statement.Condition, scope);
  if (!matches) return 'none';
  return namesPrincipals ? reachByPrincipal(statement, asked) : 'direct';
}

/** NP-1: where a principal is needed and missing, or NotPrincipal stands with Allow, nobody is meant. */
function reachByPrincipal({ Effect, Principal, NotPrincipal }: Statement, { caller, facts }: Asked): Reach {
  if (Principal !== undefined) return reachOfPrincipal(Principal, caller, facts);
  if (NotPrincipal === undefined || Effect !== 'Deny') return 'none';
  return escapesNotPrincipal(NotPrincipal, caller, facts) ? 'none' : 'direct';
}

type Entries = OneOrMany<string> | undefined;
type Matches = (entry: string) => boolean;

/** `X` matches when an entry does, `NotX` when none does (NP-5, NP-6); a statement with neither has no effect (KP-2). */
function listMatches(
  is: Entries,
  isNot: Entries,
  complements: FactName,
  facts: Facts,
  matches: Matches,
): boolean {
  if (is !== undefined) return listOf(is).some(matches);
  if (isNot !== undefined) return facts[complements] && !listOf(isNot).some(matches);
  return !facts['inert-statements'];
}

/** W-1: `*` alone is every action; otherwise the prefix is compared whole and the name may hold wildcards. */
function actionMatches(entry: string, { action, facts }: Asked): boolean {
  if (entry === '*') return true;
  const pattern = folded(entry, facts['action-ignores-case']);
  const asked = folded(action, facts['action-ignores-case']);
  if (!facts['action-prefix-has-no-wildcard']) return matchesTokens(wildcardTokens(pattern), asked);
  if (!facts['action-wildcards']) return pattern === asked;
  const prefix = pattern.slice(0, pattern.indexOf(':') + 1);
  const name = wildcardTokens(pattern.slice(prefix.length));
  return prefix !== '' && asked.startsWith(prefix) && matchesTokens(name, asked.slice(prefix.length));
}

/** W-2, V-3: an ARN with wildcards, and variables after the fifth colon. What names no resource is matched by stars alone (KR-4). */
function resourceMatches(entry: string, { facts, resource }: Asked, scope: Scope): boolean {
  const firstFive = entry.split(':').slice(0, 5).join(':');
  const from = facts['variables-after-fifth-colon'] ? firstFive.length : 0;
  const tokens = expandVariables(entry, from, { ...scope, element: 'Resource' });
  if (tokens === undefined || tokens.length === 0) return false;
  if (resource === '*') return tokens.every(isStar) || !facts['keyless-resource-needs-star'];
  const fold = (text: string) => folded(text, !facts['resource-minds-case']);
  const pattern = keepStarsInSegments(tokens, facts);
  return matchesTokens(
    pattern.map((token) => (typeof token === 'string' ? fold(token) : token)),
    fold(resource),
  );
}
