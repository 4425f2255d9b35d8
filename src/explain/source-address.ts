import { authorize } from '../evaluator/authorize.js';
import type { Verdict } from '../evaluator/verdict.js';
import type { Ask } from '../services/plan.js';

const KEY = 'aws:sourceip';

/** Two decisions about one request: with the caller's address passed on to KMS, and without it. */
export interface SourceAddress {
  readonly passedOn: Verdict['decision'];
  readonly notPassedOn: Verdict['decision'];
}

/**
 * Whether the answer hangs on SQS passing the caller's address on to KMS, on which AWS's pages disagree: the request is
 * decided again without the address. `undefined` when the answer is the same.
 */
export function compareSourceAddress(
  { request, policies }: Ask,
  verdict: Verdict,
): SourceAddress | undefined {
  const { through, context, action } = request;
  if (through === undefined || !action.toLowerCase().startsWith('kms:') || !context.network.has(KEY))
    return undefined;
  const network = new Map([...context.network].filter(([key]) => key !== KEY));
  const without = authorize({ ...request, context: { ...context, network } }, policies);
  if (without.decision === verdict.decision) return undefined;
  return { passedOn: verdict.decision, notPassedOn: without.decision };
}

/** Both decisions in words; in the shorter texts the one that is not told elsewhere. */
export function sourceAddressTexts(
  { passedOn, notPassedOn }: SourceAddress,
  service: string,
): readonly [string, string, string] {
  const pages = `AWS’s pages disagree on whether ${service} passes the caller’s address on to KMS`;
  return [
    `${pages}: if it does ${decisionWords(passedOn)}, if not ${decisionWords(notPassedOn)}`,
    `if ${service} hides the address from KMS (AWS’s pages disagree): ${decisionWords(notPassedOn)}`,
    `if ${service} hides it from KMS (unclear): ${decisionWords(notPassedOn)}`,
  ];
}

export function decisionWords(decision: Verdict['decision']): string {
  switch (decision) {
    case 'allowed':
      return 'allowed';
    case 'explicitDeny':
      return 'refused by a Deny';
    case 'implicitDeny':
      return 'refused for want of an Allow';
    case 'undetermined':
      return 'not known';
  }
}
