import type { Decider } from '../evaluator/layer.js';
import { DECIDER_WORDS } from '../explain/assumption.js';
import { nameStatement } from '../explain/nearest-miss.js';
import { listed, placeText, visibleText } from '../explain/plain-text.js';
import type { Judgement, Refused } from './judge.js';

/** Why a call is refused, or what it hangs on, in one sentence about that call; `undefined` when it is allowed. */
export function reasonOf(judgement: Judgement, action: string): string | undefined {
  const { answer, refusal, dependsOn } = judgement;
  if (refusal === undefined) return undefined;
  if (answer === 'denied') return refusedText(refusal, action);
  return `hangs on ${listed(dependsOn.map(visibleText))}; if refused: ${refusedText(refusal, action)}`;
}

function refusedText(refusal: Refused, action: string): string {
  const { at, on, inTask } = refusal;
  const task = inTask === true ? 'accepted, and the task fails: ' : '';
  // A batch is asked about as its single call.
  const own = action === at || action === `${at}Batch`;
  return `${task}${own ? '' : `${at} on ${visibleText(on)}: `}${causeText(refusal)}`;
}

function causeText({ by, explicit, statement, message }: Refused): string {
  if (explicit) {
    if (statement === undefined) return `a statement of the ${DECIDER_WORDS[by]} denies it`;
    const { name, place, policy } = nameStatement(statement);
    return `${placeText(place, policy)}: ${name} of the ${DECIDER_WORDS[by]} denies it`;
  }
  return ABSENT[by] ?? visibleText(message);
}

/** Nothing allows it where something would have to; other refusals say themselves what they are. */
const ABSENT: Readonly<Partial<Record<Decider, string>>> = {
  'identity-policy': 'no identity policy allows it',
  'queue-policy': 'the queue policy does not allow it',
  'key-policy': 'the key policy does not allow it',
  'topic-policy': 'the topic policy does not allow it',
  'resource-policy': 'the resource policy does not allow it',
  'permissions-boundary': 'the permissions boundary does not allow it',
  'session-policy': 'the session policies do not allow it',
  scp: 'no service control policy allows it',
  rcp: 'no resource control policy allows it',
  'vpc-endpoint-policy': 'the VPC endpoint policy does not allow it',
  'cross-account-exclusion': 'no policy can allow it to another account',
};
