import { UNKNOWN } from '../conditions/context.js';
import { EITHER, type Truth } from '../conditions/truth.js';
import { assumedBy } from './authorize.js';
import { bindPolicies } from './bind.js';
import { type AllowingLayer, combine, type Decision, type DenyingLayer, type LayerAnswers, type Outcome } from './combine.js';
import { Evaluation } from './evaluation.js';
import { reachesIn, type Reach } from './reach.js';
import type { ApplicablePolicies, AuthorizationRequest } from './request.js';
import { samplesOfUnknowns } from './samples.js';
import { undeterminedVerdict, type Verdict } from './verdict.js';
import { verdictOf } from './authorize.js';
import { deciderOf } from './verdict.js';

/**
 * The verdict when something the answer hangs on is not known. Two bounds are worked out: what may come out if each
 * layer took any of its possible answers (never too narrow), and what does come out for telling values of the unknown
 * keys (never too wide). Where the values cover every case the second is exact and is given; otherwise the first.
 */
export function exploreUnknowns(request: AuthorizationRequest, policies: ApplicablePolicies): Verdict {
  const evaluation = new Evaluation(request, bindPolicies(policies));
  const widest = explore(evaluation);
  const samples = samplesOfUnknowns(request, evaluation);
  if (samples.complete) {
    const found = new Map<Outcome, Verdict | undefined>();
    for (const sample of samples.requests) {
      const concrete = new Evaluation(sample, evaluation.policies);
      for (const outcome of explore(concrete)) {
        found.set(outcome, concrete.undetermined ? undefined : verdictOf(concrete, outcome));
      }
    }
    return conclude(evaluation, [...found.keys()], samples.keys, found);
  }
  return conclude(evaluation, widest, samples.keys, new Map());
}

/** Severity, for naming the layer of an undetermined verdict: the worst that may happen. */
const WORST: Readonly<Record<Decision, number>> = { explicitDeny: 0, implicitDeny: 1, allowed: 2 };

function conclude(
  evaluation: Evaluation,
  outcomes: readonly Outcome[],
  keys: readonly string[],
  verdicts: ReadonlyMap<Outcome, Verdict | undefined>,
): Verdict {
  const sorted = outcomes.toSorted((a, b) => WORST[a.decision] - WORST[b.decision] || a.index - b.index);
  const worst = sorted[0];
  if (worst === undefined) return verdictOf(evaluation, combine(evaluation));
  const possible = [...new Set(sorted.map(({ decision }) => decision))];
  const known = verdicts.get(worst);
  const [only] = possible;
  if (possible.length === 1 && only !== undefined && known !== undefined) return known;
  const { service } = evaluation.facts;
  const assumed = sorted.reduce((mask, outcome) => mask | assumedBy(evaluation, outcome), 0);
  const dependsOn = [...keys, ...unknownLayers(evaluation, service)];
  const verdict = undeterminedVerdict(possible, worst, assumed, service, known?.statement, dependsOn);
  if (possible.length > 1 || only === undefined) return verdict;
  return Object.freeze({ ...verdict, decision: only, dependsOn: Object.freeze([]) });
}

function unknownLayers(evaluation: Evaluation, service: string): readonly string[] {
  const layers: DenyingLayer[] = [
    'rcp',
    'scp',
    'vpc-endpoint-policy',
    'resource-policy',
    'identity-policy',
    'permissions-boundary',
    'session-policy',
  ];
  const names: string[] = layers
    .filter((layer) => evaluation.layerOf(layer) === 'unknown')
    .map((layer) => (layer === 'resource-policy' ? deciderOf({ index: 0, decision: 'allowed', layer, rules: [] }, service) : layer));
  if (evaluation.keyPolicyRule && evaluation.policies.grants === 'unknown') names.push('grant');
  return names;
}

/** Every outcome that some choice of possible answers leads to. Only questions that are asked are chosen over. */
export function explore(evaluation: Evaluation): readonly Outcome[] {
  const answers = new Map<string, readonly (boolean | Reach)[]>();
  const possibleAnswers = (question: string): readonly (boolean | Reach)[] => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    const made = answersTo(evaluation, question);
    answers.set(question, made);
    return made;
  };
  const outcomes = new Set<Outcome>();
  const open: (readonly (boolean | Reach)[])[] = [[]];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const chosen = [...path];
    const asked = new Map<string, boolean | Reach>();
    let next = 0;
    const answer = (question: string): boolean | Reach => {
      const before = asked.get(question);
      if (before !== undefined) return before;
      const [first, ...others] = possibleAnswers(question);
      let taken = first ?? false;
      if (others.length > 0) {
        if (next < chosen.length) taken = chosen[next] ?? taken;
        else {
          for (const other of others) open.push([...chosen, other]);
          chosen.push(taken);
        }
        next += 1;
      }
      asked.set(question, taken);
      return taken;
    };
    const choosing: LayerAnswers = {
      callerKind: evaluation.callerKind,
      sameAccount: evaluation.sameAccount,
      keyPolicyRule: evaluation.keyPolicyRule,
      shareable: evaluation.shareable,
      denies: (layer) => answer(`deny ${layer}`) === true,
      allows: (layer) => answer(`allow ${layer}`) === true,
      resourceReach: () => asReach(answer('reach resource')),
      grantReach: () => asReach(answer('reach grant')),
    };
    outcomes.add(combine(choosing));
  }
  return [...outcomes];
}

function asReach(answer: boolean | Reach): Reach {
  return typeof answer === 'boolean' ? 0 : answer;
}

function answersTo(evaluation: Evaluation, question: string): readonly (boolean | Reach)[] {
  const [kind, name] = question.split(' ', 2);
  if (kind === 'reach') {
    return reachesIn(name === 'resource' ? evaluation.resourceReaches() : evaluation.grantReaches());
  }
  const truth: Truth =
    kind === 'deny' ? evaluation.denyTruth(name as DenyingLayer) : evaluation.allowTruth(name as AllowingLayer);
  if (truth === EITHER) return [true, false];
  return [truth === 2];
}

/** Whether any context value of the request is not known. */
export function hasUnknowns(request: AuthorizationRequest): boolean {
  const { context } = request;
  return [context.principal, context.network, context.resource, context.call].some((segment) =>
    [...segment.values()].some((value) => value === UNKNOWN),
  );
}
