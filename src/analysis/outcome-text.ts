import { DECIDER_WORDS } from '../explain/assumption.js';
import { listed, visibleText } from '../explain/plain-text.js';
import { failedTask, kmsRequestsOf, lostHops, type Outcome, type Refusal } from '../replay/outcome.js';

/** How a call ended, in one sentence: with an error and who refused, with messages that did not arrive, or with a success. */
export function outcomeText(outcome: Outcome): string {
  const { refusal } = outcome;
  if (refusal !== undefined)
    return `${refusal.undetermined ? 'perhaps refused' : 'refused'}: ${refusalText(refusal)}`;
  const task = failedTask(outcome)?.outcome.refusal;
  if (task !== undefined) return `accepted, and the task fails: ${refusalText(task)}`;
  const lost = lostHops(outcome).map(({ from, to, fate, outcome: inner }) => {
    const why = inner.refusal === undefined ? '' : ` (${refusalText(inner.refusal)})`;
    return `${visibleText(from)} to ${visibleText(to)} ${FATES[fate] ?? fate}${why}`;
  });
  if (lost.length > 0) return `accepted, but ${listed(lost)}`;
  const requests = kmsRequestsOf(outcome);
  const asked =
    requests.length === 0
      ? ''
      : `; asks KMS for ${listed(requests.map(({ action, key }) => `${action} on ${visibleText(key)}`))}`;
  return `allowed${asked}`;
}

const FATES: Readonly<Partial<Record<string, string>>> = {
  deadLettered: 'goes to the dead-letter queue',
  stays: 'is not moved',
};

function refusalText({ at, on, by, error, asked }: Refusal): string {
  const how = asked?.verdict.possible[0] === 'explicitDeny' ? 'denied' : 'not allowed';
  const who = asked === undefined ? DECIDER_WORDS[by] : `${how} by the ${DECIDER_WORDS[by]}`;
  return `${error.code}, ${at} on ${visibleText(on)}: ${who}`;
}
