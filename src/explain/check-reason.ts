import { parseArn } from '../syntax/arn.js';
import { visibleText } from './plain-text.js';
import type { Reason } from './refusal-reason.js';
import type { RefusedCall } from './refused-call.js';

/** Why a call was refused by something that is no policy: a missing resource, the state of a key, a parameter. */
export function checkReason({ outcome, refusal }: RefusedCall): Reason {
  const { by, on, error, at, check } = refusal;
  const name = visibleText(on);
  const [first, ...others] = textsFor(by);
  return { says: [first, ...others], searched: [] };

  function textsFor(decider: typeof by): readonly [string, ...string[]] {
    switch (decider) {
      case 'key-state': {
        const key = outcome.world.estate.keys.get(on);
        if (check?.why === 'KMS-KEY-USAGE' || check?.why === 'KMS-KEY-ALGORITHM') {
          const kind = key === undefined ? 'of another kind' : `a key for ${key.usage} of spec ${key.spec}`;
          return [`${name} is ${visibleText(kind)}; no policy is to blame`];
        }
        return [`the key ${name} is ${key?.state ?? 'not usable'}; no policy is to blame`];
      }
      case 'not-found': {
        // What SQS says of a task or of a destination says more than which queue the call was on.
        if (at.startsWith('sqs:') && check?.why !== 'SQS-QUEUE-MUST-EXIST')
          return [visibleText(error.message)];
        const arn = parseArn(on);
        const home = outcome.world.estate.queues.get(outcome.call.on ?? '')?.arn.region;
        if (arn?.service === 'kms' && home !== undefined && arn.region !== home)
          return [`SQS asks KMS in ${home}, the Region of the queue, and there is no ${name}`];
        const what = at.startsWith('kms:') ? 'key or alias' : at.startsWith('sqs:') ? 'queue' : 'resource';
        return [`there is no such ${what}: ${name}`];
      }
      case 'parameter':
        if (check?.why !== 'SQS-SSE-NEEDS-HTTPS') return [visibleText(error.message)];
        return [
          `${name} is encrypted and takes no ${outcome.call.path.tls ? 'unsigned calls' : 'plain HTTP'}`,
        ];
      case 'quota':
        return [
          'the account of the caller has used up its KMS requests of this second; no policy is to blame',
        ];
      default:
        return ['no policy was asked'];
    }
  }
}
