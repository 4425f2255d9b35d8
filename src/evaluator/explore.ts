import { invariant } from '../syntax/invariant.js';
import { bindPolicies } from './bind.js';
import type { Decision, Outcome } from './combine.js';
import { Evaluation } from './evaluation.js';
import { LAYERS, type Layer } from './layer.js';
import { type Possibilities, possibilitiesOf, shapeOf, tellingLayers } from './possible-answers.js';
import type { ApplicablePolicies, AuthorizationRequest } from './request.js';
import { type Sample, type Samples, samplesOfUnknowns } from './samples.js';
import { deciderOf, internVerdict, undeterminedVerdict, type Verdict, type Witness } from './verdict.js';
import { assumedBy, sureStatement } from './verdict-of.js';

/**
 * The verdict when something the answer hangs on is not known. Unknown condition keys are given telling values in all
 * combinations; for each of these everything is followed that may come out if each layer took any of its possible
 * answers. The decisions found are never too few, and exactly those that can come about where the values cover every
 * case and layers that are not known may say anything.
 */
export function exploreUnknowns(request: AuthorizationRequest, policies: ApplicablePolicies): Verdict {
  const evaluation = new Evaluation(request, bindPolicies(policies));
  const samples = samplesOfUnknowns(evaluation);
  const findings = samples.samples.map((sample) => findingOf(sample, evaluation));
  return conclude(evaluation, samples, findings);
}

/** Every outcome that some choice of possible answers leads to. */
export function explore(evaluation: Evaluation): readonly Outcome[] {
  return possibilitiesOf(evaluation).outcomes;
}

/** What may come out of one sample. */
interface Finding {
  readonly sample: Sample;
  readonly evaluation: Evaluation;
  readonly possibilities: Possibilities;
  readonly decisions: readonly Decision[];
}

function findingOf(sample: Sample, whole: Evaluation): Finding {
  const evaluation =
    sample.request === whole.request ? whole : new Evaluation(sample.request, whole.policies);
  const possibilities = possibilitiesOf(evaluation);
  const reached = new Set(possibilities.outcomes.map(({ decision }) => decision));
  return {
    sample,
    evaluation,
    possibilities,
    decisions: WORST_FIRST.filter((decision) => reached.has(decision)),
  };
}

/** For naming the layer of an undetermined verdict: the worst that may happen. */
const WORST_FIRST: readonly Decision[] = ['explicitDeny', 'implicitDeny', 'allowed'];

function conclude(whole: Evaluation, samples: Samples, findings: readonly Finding[]): Verdict {
  const outcomes = new Set(findings.flatMap(({ possibilities }) => possibilities.outcomes));
  const sorted = [...outcomes].sort(
    (a, b) => WORST_FIRST.indexOf(a.decision) - WORST_FIRST.indexOf(b.decision) || a.index - b.index,
  );
  const [worst] = sorted;
  invariant(worst !== undefined, 'something comes out of every request');
  const possible = WORST_FIRST.filter((decision) => sorted.some((outcome) => outcome.decision === decision));
  const assumed = assumedByAny(findings);
  const { service } = whole.facts;
  const statement = statementOf(findings, worst);
  if (possible.length === 1) {
    const memo = statement?.verdicts ?? whole.policies.verdicts;
    return internVerdict(memo, worst, assumed, service, statement?.ref);
  }
  const dependsOn = [...tellingKeys(samples, findings), ...layersThatTell(whole, findings)];
  const witnesses = possible.flatMap((decision) => witnessOf(decision, samples, findings) ?? []);
  return undeterminedVerdict(possible, worst, assumed, service, statement?.ref, dependsOn, witnesses);
}

function assumedByAny(findings: readonly Finding[]): number {
  let mask = 0;
  for (const { evaluation, possibilities } of findings) {
    for (const outcome of possibilities.outcomes) mask |= assumedBy(evaluation, outcome);
  }
  return mask;
}

function statementOf(findings: readonly Finding[], worst: Outcome): ReturnType<typeof sureStatement> {
  for (const { evaluation, possibilities } of findings) {
    if (!possibilities.outcomes.includes(worst)) continue;
    const statement = sureStatement(evaluation, worst);
    if (statement !== undefined) return statement;
  }
  return undefined;
}

/**
 * The keys that change the decision: two samples that differ in the key alone come out differently. Where values of one
 * key follow from those of another no such pair need exist, and keys without values cannot be judged: these are named.
 */
function tellingKeys({ keys, entangled }: Samples, findings: readonly Finding[]): readonly string[] {
  const telling = keys.filter(({ slot }) => {
    if (entangled.has(slot) || findings.some(({ sample }) => !sample.values.has(slot))) return true;
    const seen = new Map<string, string>();
    return findings.some(({ sample, decisions }) => {
      const others = JSON.stringify([...sample.values].filter(([other]) => other !== slot));
      const before = seen.get(others);
      seen.set(others, decisions.join());
      return before !== undefined && before !== decisions.join();
    });
  });
  return telling.map(({ name }) => name);
}

/** The layers that are not known and change the decision, under the names that verdicts give them. */
function layersThatTell(whole: Evaluation, findings: readonly Finding[]): readonly string[] {
  const open = LAYERS.filter((layer) => isUnknownLayer(whole, layer));
  if (open.length === 0) return [];
  const telling = new Set<Layer>();
  const seen = new Set<string>();
  for (const { possibilities } of findings) {
    const shape = shapeOf(possibilities);
    if (seen.has(shape)) continue;
    seen.add(shape);
    for (const layer of tellingLayers(possibilities)) telling.add(layer);
    if (open.every((layer) => telling.has(layer))) break;
  }
  return open
    .filter((layer) => telling.has(layer))
    .map((layer) => deciderOf({ index: 0, decision: 'allowed', layer, rules: [] }, whole.facts.service));
}

function isUnknownLayer(evaluation: Evaluation, layer: Layer): boolean {
  if (layer === 'grant') return evaluation.keyPolicyRule && evaluation.policies.grants === 'unknown';
  return evaluation.layerOf(layer) === 'unknown';
}

function witnessOf(decision: Decision, { keys }: Samples, findings: readonly Finding[]): Witness | undefined {
  const sure = findings.find(({ decisions }) => decisions.length === 1 && decisions[0] === decision);
  if (sure === undefined) return undefined;
  const { values } = sure.sample;
  const named = keys.filter(({ slot }) => values.has(slot));
  return { decision, values: named.map(({ slot, name }) => [name, values.get(slot)] as const) };
}
