import { conditionHolds } from './condition.js';
import { type Asked, expandVariables, type ResourceLayer, resourceContext, type Scope } from './context.js';
import type { Facts } from './facts.js';
import { escapesNotPrincipal, type Reach, reachOfPrincipal, strongest } from './principal.js';
import { type Document, folded, listOf, type OneOrMany, type Statement } from './request.js';
import { isStar, keepStarsInSegments, matchesTokens, wildcardTokens } from './wildcard.js';

/** The types of policy (section 1.1); what is attached to the resource goes by the name of its service. */
export type IdentityLayer = 'identity-policy' | 'permissions-boundary' | 'session-policy';
export type PolicyLayer = ResourceLayer | IdentityLayer | 'scp' | 'rcp' | 'vpc-endpoint-policy';

export type Said = { readonly denies: boolean; readonly allows: Reach };
/** What the policies of one layer say together: is there a Deny, and how far does an Allow reach? */
export function whatPoliciesSay(policies: OneOrMany<Document>, layer: PolicyLayer, asked: Asked): Said {
  const reached = listOf<Document>(policies).flatMap(({ Version, Statement }) =>
    listOf<Statement>(Statement).map((one) => [one.Effect, reachOf(one, Version, layer, asked)] as const),
  );
  const by = (effect: string) => strongest(reached.map(([is, reach]) => (is === effect ? reach : 'none')));
  return { denies: by('Deny') !== 'none', allows: by('Allow') };
}

/** A statement matches when principal, action, resource and condition all match. */
function reachOf(statement: Statement, version: string | undefined, layer: PolicyLayer, asked: Asked): Reach {
  const { facts, resourceLayer } = asked;
  const namesPrincipals = [resourceLayer, 'rcp', 'vpc-endpoint-policy'].includes(layer);
  const context = namesPrincipals ? resourceContext(asked) : asked.context;
  const scope = { context, facts, variables: version === '2012-10-17' || !facts['variables-need-2012'] };
  const isKeyPolicy = layer === 'key-policy';
  // KP-2: a statement without Resource has no effect in a key policy. G-A7: elsewhere it means itself.
  const isItself = layer === resourceLayer && !isKeyPolicy && statement.NotResource === undefined;
  const whole = isItself ? { Resource: '*', ...statement } : statement;
  const isAnyResource = isKeyPolicy && !facts['key-policy-resource-is-this-key'];
  const matches =
    listMatches('Action', whole, (entry) => actionMatches(entry, asked), facts) &&
    listMatches('Resource', whole, (entry) => isAnyResource || resourceMatches(entry, asked, scope), facts) &&
    conditionHolds(statement.Condition, scope);
  return !matches ? 'none' : namesPrincipals ? reachByPrincipal(statement, asked) : 'direct';
}

/** NP-1: where a principal is needed and missing, or NotPrincipal stands with Allow, nobody is meant. */
function reachByPrincipal({ Effect, Principal, NotPrincipal }: Statement, { caller, facts }: Asked): Reach {
  if (Principal !== undefined) return reachOfPrincipal(Principal, caller, facts);
  if (NotPrincipal === undefined || Effect !== 'Deny') return 'none';
  return escapesNotPrincipal(NotPrincipal, caller, facts) ? 'none' : 'direct';
}

type Match = (entry: string) => boolean;
/** `X` matches when an entry does, `NotX` when none does (NP-5, NP-6); neither has no effect (KP-2). */
function listMatches(name: 'Action' | 'Resource', statement: Statement, match: Match, facts: Facts): boolean {
  const [entries, excepted] = [statement[name], statement[`Not${name}`]];
  const complements = facts[name === 'Action' ? 'not-action-complements' : 'not-resource-complements'];
  if (entries !== undefined) return listOf(entries).some(match);
  if (excepted !== undefined) return complements && !listOf(excepted).some(match);
  return !facts['inert-statements'];
}

/** W-1: `*` alone is every action; otherwise the prefix is compared whole and the name may hold wildcards. */
function actionMatches(entry: string, { line, facts }: Asked): boolean {
  if (entry === '*') return true;
  const fold = (text: string) => folded(text, facts['action-ignores-case']);
  const [pattern, action] = [fold(entry), fold(line.request.action)];
  if (!facts['action-prefix-has-no-wildcard']) return matchesTokens(wildcardTokens(pattern), action);
  if (!facts['action-wildcards']) return pattern === action;
  const prefix = pattern.slice(0, pattern.indexOf(':') + 1);
  const name = wildcardTokens(pattern.slice(prefix.length));
  return prefix !== '' && action.startsWith(prefix) && matchesTokens(name, action.slice(prefix.length));
}

/** W-2, V-3: wildcards, and variables after the fifth colon. KR-4: on no resource only stars match. */
function resourceMatches(entry: string, { resource, facts }: Asked, scope: Scope): boolean {
  const from = facts['variables-after-fifth-colon'] ? entry.split(':').slice(0, 5).join(':').length : 0;
  const tokens = expandVariables(entry, from, { ...scope, element: 'Resource' });
  if (tokens === undefined || tokens.length === 0) return false;
  if (resource === '*') return tokens.every(isStar) || !facts['keyless-resource-needs-star'];
  const fold = (text: string) => folded(text, !facts['resource-minds-case']);
  const pattern = keepStarsInSegments(tokens, facts);
  const foldedPattern = pattern.map((token) => (typeof token === 'string' ? fold(token) : token));
  return matchesTokens(foldedPattern, fold(resource));
}
