import { decidingRules } from '../conditions/deciding-rules.js';
import { and, FALSE, or, TRUE, type Truth, truthOf } from '../conditions/truth.js';
import type { PrincipalEntry } from '../policy/policy.js';
import type { RuleId } from '../rules/registry.js';
import type { BoundLevel } from './bind.js';
import type { DenyingLayer } from './combine.js';
import { type CompiledStatement, reachOfStatement } from './compile.js';
import type { Evaluation } from './evaluation.js';
import { matchGrant } from './grant.js';
import { DIRECT_REACH, NO_REACH, type Reach } from './reach.js';
import type { Recorder } from './recorder.js';

const LAYERS_IN_ORDER: readonly DenyingLayer[] = [
  'rcp',
  'scp',
  'vpc-endpoint-policy',
  'resource-policy',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
];

/** Reports every statement of every layer that applies, facet by facet, and every grant. */
export function recordEvaluation(evaluation: Evaluation, recorder: Recorder): void {
  for (const layer of LAYERS_IN_ORDER) {
    const policies = evaluation.layerOf(layer);
    if (policies === undefined || typeof policies === 'string') continue;
    for (const [index, level] of policies.levels.entries())
      recordLevel(evaluation, recorder, layer, level, index);
  }
  const { grants } = evaluation.policies;
  if (grants === undefined || typeof grants === 'string') return;
  for (const grant of grants) {
    const { reach, missed } = matchGrant(grant, evaluation.request, evaluation.facts);
    recorder.grant(grant.id, reach, missed);
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
  for (const statement of level.statements) {
    const holds = recordStatement(evaluation, recorder, layer, index, statement);
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
): Truth {
  const { request, facts } = evaluation;
  const { ref } = statement;
  let holds: Truth = truthOf(statement.matchesAction(facts.lowerCased));
  recorder.facet(layer, level, ref, { of: 'action' }, holds, request.action, actionRules(statement));
  const reach = reachOfStatement(statement, request.caller);
  if (statement.source.principal !== undefined) {
    const matched = principalHolds(evaluation, statement, reach);
    recorder.facet(layer, level, ref, { of: 'principal' }, matched, undefined, principalRules(statement));
    holds = and(holds, matched);
  }
  const { resource } = statement;
  const matchesResource = resource === 'everything' ? TRUE : resource(request.resource.arn, request.context);
  recorder.facet(
    layer,
    level,
    ref,
    { of: 'resource' },
    matchesResource,
    request.resource.arn,
    resourceRules(statement),
  );
  holds = and(holds, matchesResource);
  statement.conditions.forEach((condition, index) => {
    const matched = condition.evaluate(request.context);
    const got = request.context[condition.segment].get(condition.slot);
    const facet = { of: 'condition', index, operator: condition.use.text, key: condition.key } as const;
    recorder.facet(layer, level, ref, facet, matched, got, decidingRules(condition, request.context));
    holds = and(holds, matched);
  });
  recorder.statement(layer, level, ref, holds, reach === 'exempt' ? DIRECT_REACH : reach);
  return holds;
}

function principalHolds(
  evaluation: Evaluation,
  statement: CompiledStatement,
  reach: Reach | 'exempt',
): Truth {
  if (reach !== 'exempt') return truthOf(reach !== NO_REACH);
  return statement.source.effect === 'Deny' ? evaluation.hasBoundary() : FALSE;
}

function actionRules({ source }: CompiledStatement): readonly RuleId[] {
  return source.action.negated ? ['ACTION-NOT', 'ACTION-MATCHES'] : ['ACTION-MATCHES'];
}

function resourceRules({ source }: CompiledStatement): readonly RuleId[] {
  return source.resource.negated ? ['RESOURCE-NOT', 'RESOURCE-MATCHES'] : ['RESOURCE-MATCHES'];
}

function principalRules({ source }: CompiledStatement): readonly RuleId[] {
  if (source.principal?.negated === true) return ['NOT-PRINCIPAL-WHOLE-CHAIN'];
  const kinds = new Set((source.principal?.entries ?? []).map(({ kind }) => kind));
  return [...kinds].flatMap((kind) => PRINCIPAL_RULES[kind] ?? []);
}

const PRINCIPAL_RULES: Readonly<Partial<Record<PrincipalEntry['kind'], RuleId>>> = {
  everyone: 'PRINCIPAL-EVERYONE',
  account: 'PRINCIPAL-ACCOUNT',
  service: 'PRINCIPAL-SERVICE',
  role: 'PRINCIPAL-ROLE',
  session: 'PRINCIPAL-SESSION',
  federatedUser: 'PRINCIPAL-FEDERATED-USER',
  uniqueId: 'PRINCIPAL-UNIQUE-ID',
};
