import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../src/analysis/cell-words.js';
import { atRest } from '../../src/analysis/probes.js';
import { ASKABLE, thingsOf } from '../../src/analysis/questions.js';
import { selectAsks } from '../../src/analysis/select-asks.js';
import { type Cell, callOf, whoCan } from '../../src/analysis/who-can.js';
import { world as randomWorld } from '../../src/fuzz/world.js';
import { failedTask, type Outcome, type Refusal } from '../../src/replay/outcome.js';
import { runCall } from '../../src/replay/run-call.js';
import type { World } from '../../src/world/world.js';
import { HEAD, scenarioOf } from '../scenario/in-memory.js';

const PATH = { tls: true, sourceIp: '203.0.113.9' };

function everyCell(world: World): readonly Cell[] {
  const asks = [...ASKABLE].map(([action, kind]) => ({
    action,
    on: thingsOf(world.estate, kind).map(({ name }) => ({ kind, name })),
  }));
  return whoCan(world, { principals: [...world.estate.principals.values()], asks, flows: true, path: PATH });
}

/** Refused for parameters that a question about permissions does not give. */
function isAboutParameters({ check }: Refusal): boolean {
  return (
    check !== undefined &&
    (check.why === 'SQS-MOVE-TASK-HANDLE' ||
      (check.by === 'parameter' &&
        check.why !== 'SQS-SSE-NEEDS-HTTPS' &&
        check.why !== 'SQS-REDRIVE-FAILS-LATER'))
  );
}

/** What the cell must say after its call was replayed: answers, and where it was refused. */
function replayed(outcome: Outcome): {
  readonly answers: readonly Cell['answer'][];
  readonly at?: string;
  readonly by?: string;
} {
  const refusal = outcome.refusal ?? failedTask(outcome)?.outcome.refusal;
  if (refusal === undefined || isAboutParameters(refusal)) return { answers: ['allowed'] };
  if (refusal.undetermined) return { answers: ['undetermined', 'denied'] };
  return { answers: ['denied'], at: refusal.at, by: refusal.by };
}

describe('the matrix of who can', () => {
  it('refuses calls that nobody can make', () => {
    const { world } = scenarioOf(`${HEAD}principals: { admin: { policies: [admin.json] } }\nsteps: []\n`);
    const asks = ['sqs:Nonsense', 'nonsense'].map((action) => ({
      action,
      on: [{ kind: 'none' as const, name: '*' }],
    }));
    const cells = whoCan(world, { principals: [...world.estate.principals.values()], asks, flows: false });
    expect(cells.map(({ answer, refusal }) => [answer, refusal?.by])).toEqual([
      ['denied', 'not-found'],
      ['denied', 'not-found'],
    ]);
  });

  it('agrees with the replay of each of its calls, in random worlds', () => {
    let denied = 0;
    let allowed = 0;
    fc.assert(
      fc.property(randomWorld(), ({ world }) => {
        const resting = atRest(world);
        for (const cell of everyCell(world)) {
          const principal = world.estate.principals.get(cell.who);
          if (principal === undefined || cell.is === 'flow') continue;
          const call = callOf(resting, principal, cell.action, cell.on, PATH);
          const { answers, at, by } = replayed(runCall(resting, call));
          // A call of KMS that lacks parameters is refused before it is asked about.
          const asked = cell.refusal?.by === 'parameter' || answers.includes(cell.answer);
          expect(asked, `${cell.action} on ${cell.on.name}: ${cell.answer}, replay: ${answers.join()}`).toBe(
            true,
          );
          if (cell.answer === 'denied') denied += 1;
          if (cell.answer === 'allowed') allowed += 1;
          if (at !== undefined && cell.answer === 'denied')
            expect([cell.refusal?.at, cell.refusal?.by]).toEqual([at, by]);
        }
      }),
      { seed: 20261404, numRuns: 60 },
    );
    expect(Math.min(denied, allowed)).toBeGreaterThan(100);
  });

  it('asks something for every call that it offers', () => {
    const { world } = scenarioOf(SHOP);
    const unasked = everyCell(world).filter(({ refusal }) => refusal?.by === 'parameter');
    expect(unasked.map(({ action, on }) => `${action} ${on.name}`)).toEqual([
      'sqs:StartMessageMoveTask orders',
    ]);
  });
});

const SHOP = `${HEAD}principals:
  root: { type: root }
keys:
  orders-key: { alias: alias/orders }
queues:
  orders: { encryption: { kms: alias/orders }, redrive: { to: dead, after: 3 } }
  dead: {}
`;

const STORY = `${HEAD}
principals:
  producer:
    policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:SendMessage", "kms:GenerateDataKey"], Resource: "*" } }]
  consumer:
    policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:ReceiveMessage", "kms:Decrypt"], Resource: "*" } }]
  operator:
    policies:
      - Version: "2012-10-17"
        Statement:
          - { Effect: Allow, Action: "sqs:*", Resource: "*" }
          - { Effect: Allow, Action: "kms:*", Resource: "*" }
          - { Sid: NotTheOrders, Effect: Deny, Action: "kms:Decrypt", Resource: "*", Condition: { StringEquals: { "kms:EncryptionContext:aws:sqs:arn": "arn:aws:sqs:us-east-1:111122223333:orders" } } }
  office:
    policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*", Condition: { IpAddress: { "aws:SourceIp": 203.0.113.0/24 } } } }]
keys:
  orders-key: { alias: alias/orders }
queues:
  orders:
    encryption: { kms: alias/orders }
    redrive: { to: dead, after: 3 }
    policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: "sqs:SendMessage", Resource: "*" } }
  dead: { encryption: none }
topics:
  news: { subscriptions: [{ queue: orders, dead-letter: dead }] }
`;

const EXPECTED: readonly (readonly [
  action: string,
  on: string,
  who: string,
  answer: string,
  reason?: string,
])[] = [
  [
    'sqs:SendMessage',
    'orders',
    'producer',
    'denied',
    'kms:Decrypt on orders-key: no identity policy allows it',
  ],
  [
    'sqs:SendMessageBatch',
    'orders',
    'producer',
    'denied',
    'kms:Decrypt on orders-key: no identity policy allows it',
  ],
  ['sqs:SendMessage', 'orders', 'consumer', 'denied', 'no identity policy allows it'],
  ['sqs:SendMessageBatch', 'orders', 'consumer', 'denied', 'no identity policy allows it'],
  ['sqs:SendMessage', 'dead', 'producer', 'allowed'],
  ['sqs:ReceiveMessage', 'orders', 'consumer', 'allowed'],
  ['sqs:ReceiveMessage', 'dead', 'consumer', 'allowed'],
  ['sqs:ReceiveMessage', 'dead', 'producer', 'denied', 'no identity policy allows it'],
  // Its dead letters were encrypted for the queue they came from.
  [
    'sqs:ReceiveMessage',
    'dead',
    'operator',
    'denied',
    'kms:Decrypt on orders-key: x.yaml:16:13: `NotTheOrders` of the identity policies denies it',
  ],
  [
    'sqs:StartMessageMoveTask',
    'dead',
    'operator',
    'denied',
    'accepted, and the task fails: kms:Decrypt on orders-key: x.yaml:16:13: `NotTheOrders` of the identity policies denies it',
  ],
  [
    'sqs:StartMessageMoveTask',
    'orders',
    'operator',
    'denied',
    'Source queue must be configured as a Dead Letter Queue.',
  ],
  ['sqs:DeleteQueue', 'orders', 'operator', 'allowed'],
  ['sqs:ListQueues', '*', 'operator', 'allowed'],
  ['sqs:ListQueues', '*', 'producer', 'denied', 'no identity policy allows it'],
  [
    'sqs:SendMessage',
    'dead',
    'office',
    'undetermined',
    'hangs on aws:SourceIp; if refused: no identity policy allows it',
  ],
  // Whatever its address, the key refuses it.
  [
    'sqs:SendMessage',
    'orders',
    'office',
    'denied',
    'kms:GenerateDataKey on orders-key: no identity policy allows it',
  ],
  [
    'sqs:SendMessage',
    'orders',
    'topic news',
    'denied',
    'kms:GenerateDataKey on orders-key: the key policy does not allow it',
  ],
  ['sqs:SendMessage', 'dead', 'dead letters of topic news', 'denied', 'the queue policy does not allow it'],
  ['kms:Decrypt', 'orders-key', 'consumer', 'allowed'],
];

describe('who can', () => {
  const { world } = scenarioOf(STORY);
  const asks = selectAsks(world.estate, '*', '*');
  const cells = asks.ok
    ? whoCan(world, { principals: [...world.estate.principals.values()], asks: asks.value, flows: true })
    : [];

  it.each(EXPECTED.map((row) => [row.slice(0, 4).join(' '), row] as const))(
    '%s',
    (_, [action, on, who, answer, reason]) => {
      const found = cells.filter((cell) => cell.action === action && cell.on.name === on && cell.who === who);
      expect(found.map((cell) => cell.answer)).toEqual([answer]);
      expect(found.map((cell) => reasonOf(cell, action))).toEqual([reason]);
    },
  );
});

describe('selecting what to ask', () => {
  const { world } = scenarioOf(STORY);
  const counted = (action: string, resource: string): unknown => {
    const asks = selectAsks(world.estate, action, resource);
    return asks.ok
      ? asks.value.map((each) => `${each.action} ${each.on.map(({ name }) => name).join()}`)
      : asks.issues;
  };

  it.each([
    ['sqs:SendMessage', 'orders', ['sqs:SendMessage orders']],
    ['SQS:sendmessage', 'arn:aws:sqs:us-east-1:111122223333:orders', ['sqs:SendMessage orders']],
    [
      'sqs:*Message',
      '*',
      ['sqs:DeleteMessage orders,dead', 'sqs:ReceiveMessage orders,dead', 'sqs:SendMessage orders,dead'],
    ],
    ['sqs:ListQueues', '*', ['sqs:ListQueues *']],
    ['sns:*', 'n?ws', ['sns:Publish news']],
  ])('%s on %s', (action, resource, wanted) => {
    expect(counted(action, resource)).toEqual(wanted);
  });

  it.each([
    ['sqs:SendMesage', 'orders', 'unknown-name', 'did you mean `sqs:SendMessage`?'],
    ['SendMessage', 'orders', 'unknown-name', 'write `sqs:SendMessage`'],
    ['sqs:SendMessage', 'ordes', 'unknown-name', 'did you mean `orders`?'],
    ['s3:PutObject', '*', 'nothing-selected', undefined],
    ['lambda:CreateEventSourceMapping', '*', 'unknown-name', undefined],
    ['*'.repeat(3000), '*', 'unknown-name', undefined],
  ])('%.40s on %s is refused', (action, resource, code, help) => {
    expect(counted(action, resource)).toMatchObject([{ code, ...(help === undefined ? {} : { help }) }]);
  });
});
