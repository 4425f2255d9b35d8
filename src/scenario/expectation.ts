import { statementName } from '../policy/place.js';
import { failedTask, kmsRequestsOf, lostHops, type Outcome, type Refusal } from '../replay/outcome.js';
import type { Expectation, ExpectedReason } from './step.js';

/**
 * How an outcome differs from what a step expects, each difference in a sentence; nothing when it does not. Of a
 * delivery by itself a refusal may be expected as `denied` as well as `lost`: the service is its caller.
 */
export function problemsWith(outcome: Outcome, expect: Expectation, isDelivery = false): readonly string[] {
  return [...problemsWithResult(outcome, expect, isDelivery), ...problemsWithCalls(outcome, expect)];
}

function problemsWithResult(outcome: Outcome, expect: Expectation, isDelivery: boolean): readonly string[] {
  const unsure = lostHops(outcome).find((hop) => hop.outcome.refusal?.undetermined === true)?.outcome.refusal;
  const refusal =
    outcome.refusal ?? unsure ?? (isDelivery ? lostHops(outcome)[0]?.outcome.refusal : undefined);
  if (refusal?.undetermined === true && expect.of !== 'undetermined') {
    return [`expected ${WORDS[expect.of]}, but the answer hangs on ${dependsOn(refusal)}`];
  }
  switch (expect.of) {
    case 'allowed':
      return problemsWithArrival(outcome, isDelivery);
    case 'denied':
      if (refusal === undefined) return [`expected an error${codeOf(expect.reason)}, but the call succeeded`];
      return expect.reason === undefined ? [] : problemsWithReason(refusal, expect.reason);
    case 'lost':
      return problemsWithLosses(outcome, expect.lost ?? []);
    case 'taskFails': {
      if (refusal !== undefined)
        return [
          `expected the call to be accepted, but it was refused: ${refusal.error.code} at ${refusal.at}`,
        ];
      const failed = failedTask(outcome)?.outcome.refusal;
      if (failed === undefined) return ['expected the task to fail, but it did its work'];
      return expect.reason === undefined ? [] : problemsWithReason(failed, expect.reason);
    }
    case 'undetermined': {
      if (refusal === undefined || !refusal.undetermined) {
        return [
          `expected an answer that hangs on something unknown, but it is certain: ${refusal === undefined ? 'allowed' : refusal.error.code}`,
        ];
      }
      const hangsOn = new Set((refusal.asked?.verdict.dependsOn ?? []).map((each) => each.toLowerCase()));
      const missing = (expect.undetermined ?? []).filter((each) => !hangsOn.has(each.toLowerCase()));
      return missing.length === 0
        ? []
        : [`expected the answer to hang on ${missing.join(', ')}; it hangs on ${dependsOn(refusal)}`];
    }
  }
}

const WORDS: Readonly<Record<Expectation['of'], string>> = {
  allowed: 'success',
  denied: 'an error',
  lost: 'a lost delivery',
  taskFails: 'a failing task',
  undetermined: 'no certain answer',
};

function dependsOn(refusal: Refusal): string {
  const keys = refusal.asked?.verdict.dependsOn ?? [];
  return keys.length === 0
    ? 'something that the file does not say'
    : `${keys.join(', ')}, which the file does not say`;
}

function codeOf(reason: ExpectedReason | undefined): string {
  return reason?.code === undefined ? '' : ` ${reason.code}`;
}

/** `allowed` means that the call succeeded and that every hop arrived. */
function problemsWithArrival(outcome: Outcome, isDelivery: boolean): readonly string[] {
  if (outcome.refusal !== undefined) return [`expected success, but got ${outcome.refusal.error.code}`];
  const failed = failedTask(outcome);
  if (failed !== undefined)
    return [`the call was accepted, but its task failed: ${failed.outcome.refusal?.at ?? 'refused'}`];
  const succeeded = isDelivery ? '' : 'the call succeeded, but ';
  return lostHops(outcome).map(
    (hop) =>
      `${succeeded}the delivery to ${hop.to} was ${hop.fate === 'deadLettered' ? 'dead-lettered' : hop.fate}`,
  );
}

function problemsWithLosses(outcome: Outcome, expected: readonly ExpectedReason[]): readonly string[] {
  const own = outcome.refusal;
  if (own !== undefined) return [`expected the call to succeed, but got ${own.error.code}`];
  const losses = lostHops(outcome).map(({ to, fate, outcome: { refusal } }) => ({
    to,
    became: fate === 'deadLettered' ? 'dead-lettered' : fate,
    refusal,
  }));
  const problems: string[] = [];
  const open = [...losses];
  for (const reason of expected) {
    const index = open.findIndex(({ to }) => reason.queue === undefined || reason.queue === to);
    const [loss] = index < 0 ? [] : open.splice(index, 1);
    if (loss === undefined)
      problems.push(
        `expected the delivery${reason.queue === undefined ? '' : ` to ${reason.queue}`} to be lost, but it arrived`,
      );
    else if (reason.becomes !== undefined && reason.becomes !== loss.became)
      problems.push(`expected the delivery to ${loss.to} to be ${reason.becomes}, but it was ${loss.became}`);
    else if (loss.refusal !== undefined) problems.push(...problemsWithReason(loss.refusal, reason));
  }
  return [...problems, ...open.map(({ to }) => `the delivery to ${to} was lost as well`)];
}

function problemsWithReason(refusal: Refusal, reason: ExpectedReason): readonly string[] {
  const problems: string[] = [];
  const differ = (what: string, wanted: string, got: string): void => {
    problems.push(`expected ${what} ${wanted}, got ${got}`);
  };
  const { error, asked } = refusal;
  if (reason.code !== undefined && reason.code !== error.code) differ('the error', reason.code, error.code);
  if (reason.at !== undefined && reason.at.toLowerCase() !== refusal.at.toLowerCase())
    differ('the refusal at', reason.at, refusal.at);
  if (reason.key !== undefined && reason.key !== refusal.on)
    differ('the refusal on key', reason.key, refusal.on);
  if (reason.by !== undefined && reason.by !== refusal.by) differ('the refusal by', reason.by, refusal.by);
  const verdict = asked?.verdict;
  if (reason.explicit !== undefined && reason.explicit !== (verdict?.decision === 'explicitDeny')) {
    differ(
      reason.explicit ? 'a statement' : 'no statement',
      'that denies',
      verdict?.decision ?? 'no policy decision',
    );
  }
  if (reason.statement !== undefined) {
    const ref = verdict?.statement;
    const sid = ref === undefined ? undefined : ref.policy.statements[ref.statement]?.sid;
    const number = ref === undefined ? undefined : String(ref.statement + 1);
    if (reason.statement !== sid && reason.statement !== number) {
      differ(
        'the statement',
        reason.statement,
        ref === undefined ? 'none' : statementName(ref.policy, ref.statement),
      );
    }
  }
  if (reason.message !== undefined && !error.message.includes(reason.message)) {
    problems.push(`expected a message with "${reason.message}", got "${error.message}"`);
  }
  for (const rule of reason.because ?? []) {
    if (verdict?.rules.some((each) => each === rule) || refusal.check?.why === rule) continue;
    differ('the rule', rule, verdict?.rules.join(', ') ?? refusal.check?.why ?? 'none');
  }
  return problems;
}

function problemsWithCalls(outcome: Outcome, expect: Expectation): readonly string[] {
  if (expect.calls === undefined) return [];
  const made = kmsRequestsOf(outcome);
  const same =
    made.length === expect.calls.length &&
    expect.calls.every(
      ({ action, key }, index) =>
        action === made[index]?.action && (key === undefined || key === made[index]?.key),
    );
  if (same) return [];
  const show = (calls: readonly { readonly action: string; readonly key?: string }[]): string =>
    calls.length === 0
      ? 'none'
      : calls.map(({ action, key }) => (key === undefined ? action : `${action} ${key}`)).join(', ');
  return [`expected the KMS requests ${show(expect.calls)}; made were ${show(made)}`];
}
