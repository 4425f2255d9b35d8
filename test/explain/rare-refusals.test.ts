import { describe, expect, it } from 'vitest';
import { explainOutcome } from '../../src/explain/explanation.js';
import { traceLines } from '../../src/explain/full-trace.js';
import { whyLines } from '../../src/explain/why.js';
import { replay, type Texts } from '../scenario/in-memory.js';

const HEAD =
  'gainsay: 1\nregion: us-east-1\naccount: "111122223333"\nprincipals:\n  admin: { policies: [admin.json] }\n';

/** The last step of a scenario: why it was refused, and the whole trace, each as one text. */
function explained(text: string, others: Texts = {}): { readonly why: string; readonly trace: string } {
  const outcome = replay(`${HEAD}${text}`, others).at(-1)?.outcome;
  if (outcome === undefined) throw new Error('the last step is no call');
  const explanation = explainOutcome(outcome);
  const why = explanation === undefined ? '' : whyLines(explanation).join('\n');
  return { why: why.replace(/\s+/g, ' '), trace: traceLines(outcome).join('\n').replace(/\s+/g, ' ') };
}

const ENCRYPTED =
  'keys: { k: { alias: alias/k } }\nqueues: { orders: { encryption: { kms: alias/k }, messages: 1 } }\n';

describe('a refusal that is rare', () => {
  it.each<readonly [title: string, scenario: string, why: readonly string[]]>([
    [
      'of a usage that the key does not have',
      'keys: { sign: { spec: RSA_2048, usage: SIGN_VERIFY } }\nsteps:\n  - { as: admin, call: kms:Encrypt, key: sign }\n',
      ['sign is a key for SIGN_VERIFY of spec RSA_2048; no policy is to blame'],
    ],
    [
      'by the root user’s own Deny',
      'steps: []\n'.replace(
        'steps: []',
        'keys: { k: {} }\nsteps:\n  - { as: admin, call: kms:Decrypt, key: k, with: { KeyId: "arn:aws:kms:us-east-1:111122223333:key/none" } }',
      ),
      ['there is no such key or alias'],
    ],
    [
      'of a key of another Region than the queue',
      'keys: { k: { region: eu-west-1, id: "11111111-2222-3333-4444-555555555555" } }\nqueues: { orders: { encryption: { kms: "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555" } } }\nsteps:\n  - { as: admin, call: sqs:SendMessage, queue: orders }\n',
      ['SQS asks KMS in us-east-1, the Region of the queue, and there is no arn:aws:kms:eu-west-1'],
    ],
    [
      'of a task that SQS does not know',
      'queues: { orders: {} }\nsteps:\n  - { as: admin, call: sqs:CancelMessageMoveTask, with: { TaskHandle: nothing } }\n',
      ['Task'],
    ],
    [
      'of a disabled key under a queue',
      `${ENCRYPTED.replace('alias: alias/k', 'alias: alias/k, state: Disabled')}steps:\n  - { as: admin, call: sqs:ReceiveMessage, queue: orders }\n`,
      ['the key k is Disabled; no policy is to blame'],
    ],
  ])('%s', (_title, scenario, wanted) => {
    const { why } = explained(scenario);
    for (const text of wanted) expect(why).toContain(text);
  });
});
