import { type KmsCount, sumKmsCounts } from '../analysis/kms-count.js';
import { kmsTrail } from '../analysis/kms-trail.js';
import { cautionsOf } from '../explain/cautions.js';
import { explainHop, explainOutcome } from '../explain/explanation.js';
import { whyLines } from '../explain/why.js';
import { type Hop, kmsRequestsOf, type Outcome, type Refusal } from '../replay/outcome.js';
import type { StepResult } from '../scenario/run.js';
import type { Scenario } from '../scenario/step.js';
import { stepWords } from '../scenario/step-words.js';
import { asPrinted, requestId } from '../services/aws-error.js';
import { wireAnswers } from '../services/wire-error.js';
import type { Issue } from '../syntax/issue.js';

/** The version of the JSON that `--json` prints: additions raise the second number, anything else the first. */
export const FORMAT_VERSION = '1.0';

export interface ScenarioReport {
  readonly file: string;
  readonly title?: string;
  readonly issues: readonly Issue[];
  readonly steps: readonly unknown[];
  /** The requests to KMS of all steps, each turn of a repeated one included. */
  readonly kms: readonly KmsCount[];
}

export function scenarioReport(
  file: string,
  scenario: Scenario | undefined,
  issues: readonly Issue[],
  results: readonly StepResult[],
): ScenarioReport {
  const title = scenario?.title;
  const steps = results.map(stepReport);
  const kms = sumKmsCounts(results.map((result) => result.kms));
  return { file, ...(title === undefined ? {} : { title }), issues, steps, kms };
}

export function stepReport({ step, outcome, problems }: StepResult): unknown {
  return {
    number: step.number,
    ...(step.title === undefined ? {} : { title: step.title }),
    verb: step.verb,
    does: stepWords(step),
    at: step.at,
    passed: problems.length === 0,
    problems,
    ...(outcome === undefined ? {} : { outcome: outcomeReport(outcome) }),
  };
}

function outcomeReport(outcome: Outcome): unknown {
  const explanation = explainOutcome(outcome);
  return {
    succeeded: outcome.succeeded,
    at: outcome.at,
    ...(outcome.refusal === undefined ? {} : { refusal: refusalReport(outcome.refusal, outcome) }),
    ...cachesReport(outcome),
    asked: outcome.asked.map(({ ask, verdict, cached }) => ({
      action: ask.request.action,
      on: ask.on,
      decision: verdict.decision,
      decidedBy: verdict.decidedBy,
      rules: verdict.rules,
      assumed: verdict.assumed,
      dependsOn: verdict.dependsOn,
      ...(ask.onlyDenies === true ? { onlyDenies: true } : {}),
      ...(cached && ask.cached !== undefined ? { cachedUntil: ask.cached.until } : {}),
    })),
    kmsRequests: kmsRequestsOf(outcome),
    trail: kmsTrail(outcome),
    cautions: cautionsOf(outcome),
    hops: outcome.hops.map((hop) => hopReport(hop, outcome)),
    ...(explanation === undefined ? {} : { why: whyLines(explanation) }),
  };
}

/** Where a cached data key spared the caller a refusal, both verdicts. */
function cachesReport(outcome: Outcome): object {
  const { cold, succeeded } = outcome;
  if (cold === undefined) return {};
  return {
    caches: {
      warm: { succeeded, cachedUntil: cold.until },
      cold: { succeeded: false, refusal: refusalReport(cold, outcome) },
    },
  };
}

function refusalReport({ at, on, by, error, undetermined, asked }: Refusal, { world }: Outcome): unknown {
  return {
    at,
    on,
    by,
    explicit: asked?.verdict.decision === 'explicitDeny',
    undetermined,
    error,
    printed: asPrinted(error),
    wire: wireAnswers(error, requestId(world.state.serial)),
  };
}

function hopReport(hop: Hop, outcome: Outcome): unknown {
  const explanation = outcome.refusal === undefined ? explainHop(hop, outcome.call) : undefined;
  return {
    from: hop.from,
    to: hop.to,
    fate: hop.fate,
    seenAs: hop.seenAs,
    ...(hop.record === undefined ? {} : { record: hop.record }),
    ...(hop.outcome.refusal === undefined
      ? {}
      : { refusal: refusalReport(hop.outcome.refusal, hop.outcome) }),
    ...(explanation === undefined ? {} : { why: whyLines(explanation) }),
  };
}
