import { type CompiledCondition, segmentIn } from '../conditions/condition.js';
import { rulesForValue } from '../conditions/deciding-rules.js';
import { and, FALSE, or, TRUE, type Truth, truthOf } from '../conditions/truth.js';
import type { BoundLevel } from './bind.js';
import { DENY_ORDER, type DenyingLayer } from './combine.js';
import { type CompiledStatement, reachOfStatement } from './compile.js';
import type { Evaluation } from './evaluation.js';
import { matchGrant } from './grant.js';
import { DIRECT_REACH, NO_REACH, type Reach } from './reach.js';
import type { Recorder } from './recorder.js';
import {
  ACTION_FACET,
  type ConditionFacet,
  facetsOf,
  PRINCIPAL_FACET,
  RESOURCE_FACET,
} from './statement-facets.js';

/** Reports every statement of every layer that applies, facet by facet, and every grant. */
export function recordEvaluation(evaluation: Evaluation, recorder: Recorder): void {
  for (const layer of DENY_ORDER) {
    const policies = evaluation.layerOf(layer);
    if (policies === undefined || typeof policies === 'string') continue;
    for (const [index, level] of policies.levels.entries())
      recordLevel(evaluation, recorder, layer, level, index);
  }
  const { grants } = evaluation.policies;
  if (grants === undefined || typeof grants === 'string') return;
  for (const grant of grants) {
    const { reach, missed, rule } = matchGrant(grant, evaluation.request, evaluation.facts);
    recorder.grant(grant.id, reach, missed, rule);
  }
}

function recordLevel(
  evaluation: Evaluation,
  recorder: Recorder,
  layer: DenyingLayer,
  level: BoundLevel,
  index: number,
): void {
  let denies: Truth = FALSE;
  let allows: Truth = FALSE;
  const about = level.candidates(evaluation.request.action, evaluation.facts.lowerCased);
  // The statements about the action, in the order of all of them.
  let nextDeny = 0;
  let nextAllow = 0;
  for (const statement of level.statements) {
    const isDeny = statement === about.denies[nextDeny];
    const isAllow = statement === about.allows[nextAllow];
    if (isDeny) nextDeny += 1;
    if (isAllow) nextAllow += 1;
    const holds = recordStatement(evaluation, recorder, layer, index, statement, truthOf(isDeny || isAllow));
    if (statement.source.effect === 'Deny') denies = or(denies, holds);
    else allows = or(allows, holds);
  }
  recorder.layer(layer, index, denies, allows);
}

function recordStatement(
  evaluation: Evaluation,
  recorder: Recorder,
  layer: DenyingLayer,
  level: number,
  statement: CompiledStatement,
  matchesAction: Truth,
): Truth {
  const { request } = evaluation;
  const { ref } = statement;
  let holds = matchesAction;
  const facets = facetsOf(statement);
  recorder.facet(layer, level, ref, ACTION_FACET, holds, request.action, facets.actionRules);
  const reach = reachOfStatement(statement, request.caller);
  if (statement.source.principal !== undefined) {
    const matched = principalHolds(evaluation, reach);
    recorder.facet(layer, level, ref, PRINCIPAL_FACET, matched, undefined, facets.principalRules);
    holds = and(holds, matched);
  }
  const { resource } = statement;
  const matchesResource = resource === 'everything' ? TRUE : resource(request.resource.arn, request.context);
  const { arn } = request.resource;
  recorder.facet(layer, level, ref, RESOURCE_FACET, matchesResource, arn, facets.resourceRules);
  holds = and(holds, matchesResource);
  const { conditions } = statement;
  for (let i = 0; i < conditions.length; i += 1) {
    const condition = conditions[i] as CompiledCondition;
    const told = facets.conditions[i] as ConditionFacet;
    const got = segmentIn(request.context, condition.segment).get(condition.slot);
    const matched = condition.answer(got, request.context);
    recorder.facet(layer, level, ref, told.facet, matched, got, rulesForValue(told.rules, got));
    holds = and(holds, matched);
  }
  recorder.statement(layer, level, ref, holds, reach === 'exempt' ? DIRECT_REACH : reach);
  return holds;
}

function principalHolds(evaluation: Evaluation, reach: Reach | 'exempt'): Truth {
  // Only denies have a NotPrincipal.
  return reach === 'exempt' ? evaluation.hasBoundary() : truthOf(reach !== NO_REACH);
}
