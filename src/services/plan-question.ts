import type { Question } from '../evaluator/read-question.js';
import type { Verdict } from '../evaluator/verdict.js';
import { parseArn } from '../syntax/arn.js';
import { type Call, PUBLIC_ENDPOINT } from '../world/call.js';
import type { AwsError } from './aws-error.js';
import { denialSentence, kmsDenialSentence } from './denial.js';
import { type Plan, unchanged } from './plan.js';

/** A single request, of which no world is known, as the plan of a call that asks it and does nothing else. */
export function planQuestion({ request, policies }: Question): Plan {
  const { action, caller, resource } = request;
  const on = parseArn(resource.arn)?.resource ?? resource.arn;
  const call: Call = {
    api: action,
    caller,
    path: PUBLIC_ENDPOINT,
    on,
    parameters: new Map(),
    context: [],
  };
  return {
    call,
    steps: [
      {
        do: 'ask',
        request,
        policies,
        on,
        why: 'EVAL-DEFAULT-DENY',
        refusedWith: (verdict) => denial({ request, policies }, verdict),
      },
    ],
    effect: unchanged,
  };
}

/** The denial in the words of the service that is asked; SQS prints its actions in lower case. */
function denial({ request }: Question, verdict: Verdict): AwsError {
  const { caller, action, resource } = request;
  const [prefix = '', operation = ''] = action.split(':', 2);
  const service = prefix.toLowerCase();
  const base = { service, operation };
  if (service === 'kms') {
    const code = 'AccessDeniedException';
    const message = kmsDenialSentence({
      caller,
      action,
      keyArn: resource.arn,
      keyAccount: resource.account ?? '',
      verdict,
      ciphertext: operation === 'Decrypt' || operation === 'ReEncryptFrom',
      passedOn: false,
    });
    return { ...base, code, shape: code, http: 400, message };
  }
  const asPrinted = service === 'sqs' ? action.toLowerCase() : action;
  const message = denialSentence(caller, asPrinted, resource.arn, verdict);
  return { ...base, code: 'AccessDenied', http: 403, message };
}
