import { conditionHolds } from './condition.js';
import { type Context, contextOfResourcePolicy, expandVariables, type Scope } from './context.js';
import type { FactName, Facts } from './facts.js';
import { type Caller, escapesNotPrincipal, type Reach, reachOfPrincipal, strongest } from './principal.js';
import { type Document, listOf, type OneOrMany, type Statement } from './request.js';
import { keepStarsInSegments, matchesTokens, wildcardTokens } from './wildcard.js';

/** One request, read. */
export interface Asked {
  readonly caller: Caller;
  /** The service prefix in lower case. */
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  /** The caller has a permissions boundary. */
  readonly bounded: boolean;
  readonly facts: Facts;
}

export type PolicyType = 'identity' | 'resource' | 'boundary' | 'session' | 'scp' | 'rcp' | 'vpc-endpoint';

export interface Said {
  readonly denies: boolean;
  /** The strongest way in which an Allow reaches the caller. */
  readonly allows: Reach;
}

/** What the policies of one kind say together: any matching Deny denies, the strongest matching Allow counts. */
export function whatPoliciesSay(policies: readonly Document[], type: PolicyType, asked: Asked): Said {
  const matching = policies.flatMap((policy) =>
    listOf<Statement>(policy.Statement).map((statement) => ({
      effect: statement.Effect,
      reach: reachOfStatement(statement, policy.Version === '2012-10-17', type, asked),
    })),
  );
  return {
    denies: matching.some(({ effect, reach }) => effect === 'Deny' && reach !== 'none'),
    allows: strongest(matching.map(({ effect, reach }) => (effect === 'Allow' ? reach : 'none'))),
  };
}

/** A statement matches when principal, action, resource and condition all match. */
function reachOfStatement(statement: Statement, version2012: boolean, type: PolicyType, asked: Asked): Reach {
  const variables = version2012 || !asked.facts['variables-need-2012'];
  const { service, facts } = asked;
  const ofResource = type === 'resource' || type === 'rcp' || type === 'vpc-endpoint';
  const context = ofResource ? contextOfResourcePolicy(asked.context, facts) : asked.context;
  const scope: Scope = { context, variables, facts };
  // KP-2: a statement without Resource has no effect in a key policy. G-A7: elsewhere it means the resource itself.
  const itself = type === 'resource' && service !== 'kms' && statement.NotResource === undefined;
  const resources = statement.Resource ?? (itself ? '*' : undefined);
  const matches =
    listMatches(statement.Action, statement.NotAction, 'not-action-complements', asked, (entry) =>
      actionMatches(entry, asked),
    ) &&
    listMatches(resources, statement.NotResource, 'not-resource-complements', asked, (entry) =>
      meansThisKey(type, asked) ? true : resourceMatches(entry, asked, { ...scope, element: 'Resource' }),
    ) &&
    conditionHolds(statement.Condition, scope);
  return matches ? reachOfStatementPrincipal(statement, type, asked) : 'none';
}

/** Policies attached to principals name none. Where a principal is needed and missing, or NotPrincipal stands with Allow, nobody is meant. */
function reachOfStatementPrincipal(statement: Statement, type: PolicyType, asked: Asked): Reach {
  const { caller, bounded, facts } = asked;
  if (type !== 'resource' && type !== 'rcp' && type !== 'vpc-endpoint') return 'direct';
  if (statement.Principal !== undefined) return reachOfPrincipal(statement.Principal, caller, facts);
  if (statement.NotPrincipal === undefined || statement.Effect !== 'Deny') return 'none';
  return escapesNotPrincipal(statement.NotPrincipal, caller, bounded, facts) ? 'none' : 'direct';
}

/** Were the Resource of a key policy not read, every statement would mean its key. */
function meansThisKey(type: PolicyType, { service, facts }: Asked): boolean {
  return type === 'resource' && service === 'kms' && !facts['key-policy-resource-is-this-key'];
}

/** `X` matches when an entry does, `NotX` when none does; a statement with neither has no effect. */
function listMatches(
  entries: OneOrMany<string> | undefined,
  notEntries: OneOrMany<string> | undefined,
  complements: FactName,
  asked: Asked,
  matches: (entry: string) => boolean,
): boolean {
  if (entries !== undefined) return listOf(entries).some(matches);
  if (notEntries !== undefined) return asked.facts[complements] && !listOf(notEntries).some(matches);
  return !asked.facts['inert-statements'];
}

/** `*` alone is every action; otherwise the prefix is compared whole and the name may hold wildcards. */
function actionMatches(entry: string, asked: Asked): boolean {
  if (entry === '*') return true;
  const fold = (text: string): string => (asked.facts['action-ignores-case'] ? text.toLowerCase() : text);
  const [pattern, action] = [fold(entry), fold(asked.action)];
  if (!asked.facts['action-prefix-has-no-wildcard']) return matchesTokens(wildcardTokens(pattern), action);
  if (!asked.facts['action-wildcards']) return pattern === action;
  const prefix = pattern.slice(0, pattern.indexOf(':') + 1);
  const name = wildcardTokens(pattern.slice(prefix.length));
  return prefix !== '' && action.startsWith(prefix) && matchesTokens(name, action.slice(prefix.length));
}

/** An ARN with wildcards, and variables after the fifth colon. A request on no resource is matched by stars alone. */
function resourceMatches(entry: string, { facts, resource }: Asked, scope: Scope): boolean {
  const tokens = expandVariables(
    entry,
    facts['variables-after-fifth-colon'] ? afterFifthColon(entry) : 0,
    scope,
  );
  if (tokens === undefined || tokens.length === 0) return false;
  if (resource === '*') {
    return tokens.every((token) => token.kind === 'run') || !facts['keyless-resource-needs-star'];
  }
  const pattern = keepStarsInSegments(tokens, facts);
  if (facts['resource-minds-case']) return matchesTokens(pattern, resource);
  const folded = pattern.map((token) =>
    token.kind === 'literal' ? { ...token, character: token.character.toLowerCase() } : token,
  );
  return matchesTokens(folded, resource.toLowerCase());
}

function afterFifthColon(text: string): number {
  const parts = text.split(':');
  return parts.length < 6 ? text.length : parts.slice(0, 5).join(':').length + 1;
}
