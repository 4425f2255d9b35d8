import { describe, expect, it } from 'vitest';
import { complaints, problemsOf, replay } from './in-memory.js';

const HEAD = `
gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  admin: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:*", "kms:*"], Resource: "*" } }] }
keys:
  orders-key: {}
queues:
  orders: { encryption: { kms: orders-key }, redrive: { to: dlq } }
  dlq: { encryption: { kms: orders-key }, messages: [{ moved-from: orders, count: 5 }] }
`;
const START = 'as: admin, call: sqs:StartMessageMoveTask, queue: dlq';
const SLOW = `{ ${START}, with: { MaxNumberOfMessagesPerSecond: 2 } }`;

function flat(steps: string): readonly string[] {
  return problemsOf(`${HEAD}\nsteps:\n${steps}`).flat();
}

describe('where a move task takes what lies in a dead-letter queue at the start', () => {
  const world = (messages: string): string => `
gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  admin: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }] }
queues:
  orders: { encryption: none, redrive: { to: dlq } }
  bills: { encryption: none, redrive: { to: dlq } }
  dlq: { encryption: none, messages: [${messages}] }
steps:
`;

  it('is where it came from, also without a key that would tell', () => {
    const steps = `
  - { ${START} }
  - { check: { queue: bills, messages: 2 } }
  - { check: { queue: orders, messages: 0 } }
`;
    expect(problemsOf(`${world('{ moved-from: bills, count: 2 }')}${steps}`).flat()).toEqual([]);
  });

  it('is nowhere for what was sent there: the task fails with the code that AWS gives', () => {
    const steps = `
  - { ${START}, expect: { failed: task, denied: CouldNotDetermineMessageSource, because: [SQS-REDRIVE-KNOWS-THE-SOURCE] } }
  - { check: { queue: dlq, messages: 1, task: FAILED } }
  - { check: { queue: dlq, task: COMPLETED } }
`;
    expect(problemsOf(`${world('{}')}${steps}`).flat()).toEqual([
      'expected the move task of dlq to be COMPLETED, found FAILED: CouldNotDetermineMessageSource',
    ]);
  });
});

describe('a move task on the virtual clock', () => {
  it('moves so many a second and is then completed', () => {
    expect(
      flat(`
  - ${SLOW}
  - { check: { queue: dlq, messages: 3, task: RUNNING } }
  - { ${START}, expect: { denied: InvalidParameterValue, message: "only one active task" } }
`),
    ).toEqual([expect.stringContaining('expected a message with')]);
    expect(
      flat(`
  - ${SLOW}
  - { ${START}, expect: { denied: InvalidParameterValue, because: [SQS-ONE-ACTIVE-TASK] } }
  - { wait: 1s }
  - { check: { queue: dlq, messages: 1, task: RUNNING } }
  - { wait: 1s }
  - { check: { queue: dlq, messages: 0, task: COMPLETED } }
  - { check: { queue: orders, messages: 5, encrypted-with: orders-key } }
`),
    ).toEqual([]);
  });

  it('fails in the second in which a right is gone, and the wait shows where', () => {
    const text = `${HEAD}
settings: { data-keys: cold }
steps:
  - ${SLOW}
  - { wait: 1s }
  - set: { keys: { orders-key: { state: Disabled } } }
  - { wait: 1h }
  - { check: { queue: dlq, messages: 1, task: FAILED } }
  - { check: { queue: dlq, task: COMPLETED } }
`;
    const results = replay(text);
    expect(results.map(({ problems }) => problems.length)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(results[3]?.outcome?.hops.map(({ fate }) => fate)).toEqual(['taskFailed']);
    expect(results[3]?.outcome?.hops[0]?.outcome.refusal).toMatchObject({
      at: 'kms:Decrypt',
      by: 'key-state',
    });
    expect(results[5]?.problems.join()).toContain('found FAILED: ');
  });

  it('is cancelled by the handle of the last task of its queue', () => {
    expect(
      flat(`
  - ${SLOW}
  - { as: admin, call: sqs:CancelMessageMoveTask, queue: dlq, calls: [kms:Decrypt] }
  - { check: { queue: dlq, task: CANCELLING } }
  - { wait: 1m }
  - { check: { queue: dlq, messages: 3, task: CANCELLED } }
  - { as: admin, call: sqs:CancelMessageMoveTask, queue: dlq, expect: { denied: ResourceNotFoundException, by: not-found } }
  - { as: admin, call: sqs:ListMessageMoveTasks, queue: dlq, calls: [] }
`),
    ).toEqual([]);
  });

  it('goes back to the queue that each message came from', () => {
    const text = HEAD.replace(
      'dlq: {',
      `other: { encryption: none, redrive: { to: dlq, after: 1 }, visibility: 0s }
  dlq: {`,
    );
    expect(
      problemsOf(`${text}
steps:
  - { as: admin, call: sqs:SendMessage, queue: other }
  - { as: admin, call: sqs:ReceiveMessage, queue: other }
  - { as: admin, call: sqs:ReceiveMessage, queue: other }
  - { check: { queue: dlq, messages: 6 } }
  - { ${START} }
  - { check: { queue: orders, messages: 5 } }
  - { check: { queue: other, messages: 1, encrypted-with: none } }
`).flat(),
    ).toEqual([]);
  });

  it('has one of five statuses', () => {
    expect(complaints(`${HEAD}\nsteps: [{ check: { queue: dlq, task: DONE } }]`).join()).toContain(
      '`task` is',
    );
  });
});

describe('a dead-letter queue that denies the move', () => {
  it('is a delivery that did not arrive, and the message stays', () => {
    expect(
      problemsOf(`
gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  admin: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }] }
queues:
  orders: { redrive: { to: dlq, after: 1 }, visibility: 0s, messages: [{ count: 1 }] }
  dlq:
    policy:
      Version: "2012-10-17"
      Statement:
        Sid: OnlyBilling
        Effect: Deny
        Principal: "*"
        Action: "sqs:SendMessage"
        Resource: "*"
        Condition: { ArnNotLike: { "aws:SourceArn": "arn:aws:sqs:us-east-1:111122223333:billing" } }
steps:
  - { as: admin, call: sqs:ReceiveMessage, queue: orders }
  - as: admin
    call: sqs:ReceiveMessage
    queue: orders
    expect: { lost: [{ queue: dlq, denied: AccessDenied, by: queue-policy, statement: OnlyBilling, becomes: stays }] }
  - { check: { queue: orders, messages: 1 } }
`).flat(),
    ).toEqual([]);
  });
});
