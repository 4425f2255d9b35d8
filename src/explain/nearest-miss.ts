import { FALSE, TRUE, type Truth } from '../conditions/truth.js';
import type { Layer } from '../evaluator/layer.js';
import { reachOfEntry } from '../evaluator/principal.js';
import { NO_REACH } from '../evaluator/reach.js';
import type { Trace } from '../evaluator/recorder.js';
import type { Grant } from '../evaluator/request.js';
import type { StatementRef, Verdict } from '../evaluator/verdict.js';
import { placeOfStatement, statementName } from '../policy/place.js';
import type { Statement } from '../policy/policy.js';
import type { RuleId } from '../rules/registry.js';
import type { Ask } from '../services/plan.js';
import { invariant } from '../syntax/invariant.js';
import type { Place } from '../syntax/source.js';
import { type ComparedFacet, compareFacet } from './facet.js';

/** A statement by the name and the place that people know it by. */
export interface NamedStatement {
  readonly name: string;
  readonly policy: string;
  readonly place: Place;
}

export type NearestMiss =
  /** A statement that lacks little (or hangs on something unknown); the facet to speak of comes first. */
  | {
      readonly is: 'statement';
      readonly effect: 'allow' | 'deny';
      readonly layer: Layer;
      readonly statement: NamedStatement;
      readonly missed: readonly [ComparedFacet, ...ComparedFacet[]];
    }
  /** The Deny that decided, and what made it match. */
  | {
      readonly is: 'deny';
      readonly layer: Layer;
      readonly statement: NamedStatement;
      readonly matched: ComparedFacet;
    }
  | {
      readonly is: 'grant';
      readonly id: string;
      /** The name that its maker gave it, else its id. */
      readonly name: string;
      readonly missed: string;
      readonly rule?: RuleId;
    };

type StatementEntry = Extract<Trace[number], { readonly what: 'statement' }>;

interface Candidate {
  readonly entry: StatementEntry;
  readonly missed: readonly ComparedFacet[];
  readonly score: Score;
}

export function nameStatement({ policy, statement }: StatementRef): NamedStatement {
  return {
    name: statementName(policy, statement),
    policy: policy.name,
    place: placeOfStatement(policy, statement),
  };
}

/**
 * What came closest to another answer: for a denial, the condition that made the Deny match; for want of an allow, the
 * Allow (or grant) with the fewest failed facets among the layers that could have given it, those about this action
 * first; where something is not known, the statement that hangs on it. `undefined` when nothing came near.
 */
export function nearestMiss(trace: Trace, ask: Ask, verdict: Verdict): NearestMiss | undefined {
  if (verdict.decision === 'undetermined') return unsureStatement(trace, ask) ?? missOf(trace, ask, verdict);
  return verdict.decision === 'explicitDeny' ? matchOf(trace, ask, verdict) : missOf(trace, ask, verdict);
}

function facetsOf(
  entry: StatementEntry,
  ask: Ask,
  wanted: (holds: Truth) => boolean,
): readonly ComparedFacet[] {
  const { policy } = entry.at;
  const statement = statementOf(entry.at);
  return entry.facets
    .filter(({ holds }) => wanted(holds))
    .map((facet) => compareFacet(facet, policy, statement, ask.request));
}

/** The statement that a trace or a verdict refers to. */
export function statementOf({ policy, statement }: StatementRef): Statement {
  const found = policy.statements.find(({ index }) => index === statement);
  invariant(found !== undefined, 'a verdict refers to statements of its policies');
  return found;
}

function statementsOf(trace: Trace): readonly StatementEntry[] {
  return trace.flatMap((entry) => (entry.what === 'statement' ? [entry] : []));
}

/** A negated operator without its key is what most surprises; after that the first condition; then what else narrows it. */
export function matchOf(trace: Trace, ask: Ask, { statement }: Verdict): NearestMiss | undefined {
  const entry = statementsOf(trace).find(
    ({ at }) => at.policy === statement?.policy && at.statement === statement.statement,
  );
  if (entry === undefined) return undefined;
  const facets = facetsOf(entry, ask, () => true);
  const conditions = facets.filter(({ of }) => of === 'condition');
  const matched =
    conditions.find(({ actual }) => actual.is === 'absent') ??
    conditions[0] ??
    facets.find(({ negated }) => negated) ??
    facets.find(({ of, wanted }) => of === 'principal' && wanted[0] !== '*');
  if (matched === undefined) return undefined;
  return { is: 'deny', layer: entry.layer, statement: nameStatement(entry.at), matched };
}

function unsureStatement(trace: Trace, ask: Ask): NearestMiss | undefined {
  for (const entry of statementsOf(trace)) {
    if (entry.holds === TRUE || entry.holds === FALSE) continue;
    const [first, ...rest] = facetsOf(entry, ask, (holds) => holds !== TRUE && holds !== FALSE);
    if (first === undefined) continue;
    const effect = statementOf(entry.at).effect === 'Deny' ? 'deny' : 'allow';
    return {
      is: 'statement',
      effect,
      layer: entry.layer,
      statement: nameStatement(entry.at),
      missed: [first, ...rest],
    };
  }
  return undefined;
}

function missOf(trace: Trace, ask: Ask, verdict: Verdict): NearestMiss | undefined {
  const layers = givingLayers(verdict, ask);
  const level = failingLevel(trace, layers);
  const candidates = statementsOf(trace)
    .filter(({ layer }) => layers.includes(layer))
    .filter((entry) => level === undefined || entry.level === level)
    .flatMap((entry) => candidateOf(entry, ask, layers) ?? [])
    .toSorted((a, b) => compareScores(a.score, b.score));
  const grant = layers.includes('resource-policy') ? nearestGrant(trace, ask) : undefined;
  const [best] = candidates;
  if (grant !== undefined && (best === undefined || compareScores(grant.score, best.score) < 0))
    return grant.miss;
  const [first, ...rest] = best?.missed ?? [];
  if (best === undefined || first === undefined) return undefined;
  const { entry } = best;
  return {
    is: 'statement',
    effect: 'allow',
    layer: entry.layer,
    statement: nameStatement(entry.at),
    missed: [first, ...rest],
  };
}

/** The layers of which an allow would have answered the refusal, the one that AWS names first. */
export function givingLayers(verdict: Verdict, ask: Ask): readonly Layer[] {
  switch (verdict.decidedBy) {
    case 'identity-policy':
      return sharesAccount(ask) ? ['identity-policy', 'resource-policy'] : ['identity-policy'];
    case 'queue-policy':
    case 'key-policy':
    case 'topic-policy':
    case 'resource-policy':
    case 'grant':
      return ['resource-policy'];
    case 'permissions-boundary':
    case 'session-policy':
    case 'scp':
    case 'rcp':
    case 'vpc-endpoint-policy':
      return [verdict.decidedBy];
    case 'cross-account-exclusion':
    case 'key-state':
    case 'not-found':
    case 'parameter':
    case 'quota':
      return [];
  }
}

function sharesAccount({ request }: Ask): boolean {
  const { caller, resource } = request;
  if (caller.kind === 'service' || caller.kind === 'anonymous') return false;
  const own = caller.kind === 'root' ? caller.account : caller.arn.account;
  return resource.account === undefined || resource.account === own;
}

/** The first level, of a layer that must allow at each, at which nothing allows. */
export function failingLevel(trace: Trace, layers: readonly Layer[]): number | undefined {
  if (layers.length !== 1 || (layers[0] !== 'scp' && layers[0] !== 'rcp')) return undefined;
  for (const entry of trace) {
    if (entry.what === 'layer' && entry.layer === layers[0] && entry.allows === FALSE) return entry.level;
  }
  return undefined;
}

/**
 * How far a failed facet is from holding. A statement that names the caller and misses three conditions is as near as
 * one for somebody else.
 */
const COST: Readonly<Record<ComparedFacet['of'], number>> = {
  condition: 10,
  resource: 11,
  principal: 30,
  action: 40,
};

/** Statements about the action first, then fewest failed facets; ties go to the layer that AWS names. */
function candidateOf(entry: StatementEntry, ask: Ask, layers: readonly Layer[]): Candidate | undefined {
  const statement = statementOf(entry.at);
  if (statement.effect !== 'Allow' || entry.holds === TRUE) return undefined;
  const missed = facetsOf(entry, ask, (holds) => holds !== TRUE).toSorted((a, b) => COST[b.of] - COST[a.of]);
  const missesAction = missed.some(({ of }) => of === 'action');
  if (missesAction && (missed.length > 1 || !speaksOfService(statement, ask))) return undefined;
  if (missed.some(({ of }) => of === 'principal') && !namesTheKind(statement, ask)) return undefined;
  const cost = missed.reduce((sum, { of }) => sum + COST[of], 0);
  return {
    entry,
    missed,
    score: [missesAction ? 1 : 0, cost, layers.indexOf(entry.layer)],
  };
}

/** A statement for services is not near to a person's call, nor one for people to a service's. */
function namesTheKind({ principal }: Statement, { request }: Ask): boolean {
  const isService = request.caller.kind === 'service';
  return principal?.entries.some(({ kind }) => (kind === 'service') === isService) ?? true;
}

/** A statement about other actions is near only if it lists actions of the same service. */
function speaksOfService({ action }: Statement, { request }: Ask): boolean {
  const prefix = request.action.slice(0, request.action.indexOf(':') + 1).toLowerCase();
  return action.negated || action.entries.some((entry) => entry.toLowerCase().startsWith(prefix));
}

/** Whether the action is missed, what is missed in all, and the place of the layer: the less the nearer. */
type Score = readonly [missesAction: number, cost: number, layer: number];

function compareScores(a: Score, b: Score): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** The grant that serves this caller and nearly this request; grants for others are not near. */
function nearestGrant(
  trace: Trace,
  { request, policies }: Ask,
): { readonly miss: NearestMiss; readonly score: Score } | undefined {
  const grants: readonly Grant[] = typeof policies.grants === 'object' ? policies.grants : [];
  const operation = request.action.slice(request.action.indexOf(':') + 1);
  let near: { readonly miss: NearestMiss; readonly score: Score } | undefined;
  for (const entry of trace) {
    if (entry.what !== 'grant' || entry.missed === undefined) continue;
    const grant = grants.find(({ id }) => id === entry.id);
    if (grant === undefined || reachOfEntry(grant.grantee, request.caller) === NO_REACH) continue;
    const includes = grant.operations.includes(operation);
    const score: Score = includes ? [0, COST.condition, 0] : [1, COST.action, 0];
    const { id, missed, rule } = entry;
    const name = grant.name ?? id;
    const miss: NearestMiss = { is: 'grant', id, name, missed, ...(rule === undefined ? {} : { rule }) };
    if (near === undefined || compareScores(score, near.score) < 0) near = { miss, score };
  }
  return near;
}
