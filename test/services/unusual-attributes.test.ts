import { describe, expect, it } from 'vitest';
import { resourceOf } from '../../src/services/plan-call.js';
import { taskAfterMoves } from '../../src/services/sqs-moves.js';
import { wireAnswers } from '../../src/services/wire-error.js';
import type { MoveTask, Queue } from '../../src/world/world.js';
import { HEAD, problemsOf, replay, SHOP, scenarioOf, thing } from '../scenario/in-memory.js';

const ARN = `arn:aws:sqs:us-east-1:${SHOP}`;
const WORLD = `${HEAD}
principals: { admin: { policies: [admin.json] } }
keys:
  k: { alias: alias/k }
  pair: { alias: alias/pair, spec: RSA_2048, usage: SIGN_VERIFY }
  other-pair: { spec: ECC_NIST_P256, usage: SIGN_VERIFY }
queues:
  orders: { redrive: { to: dead, after: 3 } }
  dead: { redrive-allow: denyAll }
  plain: { encryption: none }
  own: { encryption: sqs }
  ruled:
    policy: { Version: "2012-10-17", Statement: { Sid: first, Effect: Allow, Principal: { AWS: "${SHOP}" }, Action: "sqs:SendMessage", Resource: "*" } }
topics: { sealed: { encryption: { kms: alias/gone } } }
rules: { nightly: { targets: [{ queue: plain, dead-letter: dead }] } }
`;
const set = (queue: string, attributes: string, expectation = ''): string =>
  `{ as: admin, call: sqs:SetQueueAttributes, queue: ${queue}, with: { Attributes: ${attributes} }${expectation} }`;
const stepsOf = (lines: readonly string[]): string =>
  `${WORLD}steps:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
const run = (...lines: readonly string[]): readonly string[] => problemsOf(stepsOf(lines)).flat();
const refuses = (code: string, message: string): string =>
  `, expect: { denied: ${code}, by: parameter, message: "${message}" }`;

describe('attributes in the forms that SQS takes', () => {
  it.each([
    [
      'an empty redrive allow policy opens the queue',
      [
        set(
          'orders',
          `{ RedrivePolicy: { deadLetterTargetArn: "${ARN}:dead", maxReceiveCount: 5 } }`,
          refuses('InvalidParameterValue', 'does not let'),
        ),
        set('dead', '{ RedriveAllowPolicy: "" }'),
        set('orders', `{ RedrivePolicy: { deadLetterTargetArn: "${ARN}:dead", maxReceiveCount: 5 } }`),
      ],
    ],
    [
      'allowAll opens it too',
      [
        set('dead', '{ RedriveAllowPolicy: { redrivePermission: allowAll } }'),
        set('orders', `{ RedrivePolicy: { deadLetterTargetArn: "${ARN}:dead", maxReceiveCount: 5 } }`),
      ],
    ],
    [
      'a redrive policy is refused without its count',
      [
        set(
          'plain',
          `{ RedrivePolicy: { deadLetterTargetArn: "${ARN}:dead" } }`,
          refuses('InvalidParameterValue', 'mandatory attribute: maxReceiveCount'),
        ),
      ],
    ],
    [
      'as text it may hold null and lists, which are no values',
      [
        set(
          'plain',
          `{ RedrivePolicy: '{"deadLetterTargetArn":"${ARN}:dead","maxReceiveCount":null}' }`,
          refuses('InvalidParameterValue', 'mandatory attribute: maxReceiveCount'),
        ),
        set(
          'plain',
          `{ RedrivePolicy: '{"deadLetterTargetArn":[null],"maxReceiveCount":"5"}' }`,
          refuses('InvalidParameterValue', 'Dead letter target does not exist'),
        ),
      ],
    ],
    [
      'text that is no JSON object is refused',
      [set('plain', `{ RedrivePolicy: '[1]' }`, refuses('InvalidParameterValue', 'not a valid JSON map'))],
    ],
  ] as const)('%s', (_, lines) => {
    expect(run(...lines)).toEqual([]);
  });
});

/** The queue after the steps, all of which succeed. */
const afterSteps = (name: string, ...lines: readonly string[]): Queue => {
  const results = replay(stepsOf(lines));
  expect(results.flatMap(({ problems }) => problems)).toEqual([]);
  const world = results.at(-1)?.outcome?.world;
  if (world === undefined) throw new Error('the last step is a call');
  return thing(world.estate.queues, name);
};

describe('an empty key', () => {
  it.each([
    ['own', '{ KmsMasterKeyId: "" }', 'sqs'],
    ['own', '{ KmsMasterKeyId: "", SqsManagedSseEnabled: false }', 'none'],
    ['plain', '{ KmsMasterKeyId: "" }', 'none'],
  ])('leaves %s, given %s, with encryption %s', (queue, attributes, sse) => {
    expect(afterSteps(queue, set(queue, attributes)).encryption.sse).toBe(sse);
  });
});

describe('permissions that SQS writes', () => {
  const add = (label: string, queue = 'ruled'): string =>
    `{ as: admin, call: sqs:AddPermission, queue: ${queue}, with: { Label: ${label}, AWSAccountIds: ["444455556666"], Actions: [SendMessage] } }`;
  it('join the one statement of a policy, and go again', () => {
    expect(afterSteps('ruled', add('second')).policy?.statements.map(({ sid }) => sid)).toEqual([
      'first',
      'second',
    ]);
    const remove = '{ as: admin, call: sqs:RemovePermission, queue: ruled, with: { Label: first } }';
    expect(afterSteps('ruled', remove).policy).toBeUndefined();
  });

  it('have a label of letters, digits, hyphens and underscores', () => {
    expect(
      run(
        '{ as: admin, call: sqs:AddPermission, queue: plain, with: { Label: "a b", AWSAccountIds: ["444455556666"], Actions: [SendMessage] }, expect: { denied: InvalidParameterValue, by: parameter, message: alphanumeric } }',
      ),
    ).toEqual([]);
  });
});

describe('a queue that is there already', () => {
  it.each([
    ['FifoQueue: false', ', expect: { denied: InvalidAttributeName, by: parameter, message: FifoQueue }'],
    ['VisibilityTimeout: 30', ''],
    [
      'VisibilityTimeout: 31',
      ', expect: { denied: QueueAlreadyExists, by: parameter, message: VisibilityTimeout }',
    ],
  ])('is made again with %s%s', (attribute, expectation) => {
    expect(
      run(
        `{ as: admin, call: sqs:CreateQueue, with: { QueueName: orders, Attributes: { ${attribute} } }${expectation} }`,
      ),
    ).toEqual([]);
  });
});

describe('batches', () => {
  const send = (entries: string, expectation = ''): string =>
    `{ as: admin, call: sqs:SendMessageBatch, queue: plain, with: { Entries: ${entries} }${expectation} }`;
  it.each([
    [
      'two ids alike',
      '[{ Id: a }, { Id: a }]',
      refuses('AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 'same Id'),
    ],
    ['entries without ids', '[x, { MessageBody: y }]', ''],
    ['a count that is no number', 'many', ''],
  ])('with %s', (_, entries, expectation) => {
    expect(run(send(entries, expectation))).toEqual([]);
  });
});

describe('keys and what they are for', () => {
  it.each([
    [
      'an alias moves between keys of one kind only',
      [
        '{ as: admin, call: kms:UpdateAlias, key: other-pair, with: { AliasName: alias/pair } }',
        '{ as: admin, call: kms:UpdateAlias, key: k, with: { AliasName: alias/pair }, expect: { denied: ValidationException, by: parameter } }',
      ],
    ],
    [
      'a topic whose key is gone publishes nothing',
      [
        '{ as: admin, call: sns:Publish, topic: sealed, expect: { denied: KMSNotFoundException, by: not-found } }',
      ],
    ],
    [
      'cancelling a task without a task',
      [
        '{ as: admin, call: sqs:CancelMessageMoveTask, queue: dead, with: { TaskHandle: "%%%" }, expect: { denied: InvalidParameterValue, by: parameter } }',
        '{ as: admin, call: sqs:CancelMessageMoveTask, queue: dead, expect: { denied: ResourceNotFoundException, by: not-found } }',
      ],
    ],
  ] as const)('%s', (_, lines) => {
    expect(run(...lines)).toEqual([]);
  });
});

describe('a move task', () => {
  const { world } = scenarioOf(
    `${WORLD}`.replace('  plain:', '  full: { messages: [{ count: 3 }] }\n  plain:'),
  );
  const startedBy: MoveTask['startedBy'] = {
    api: 'sqs:StartMessageMoveTask',
    caller: thing(world.estate.principals, 'admin').caller,
    path: { tls: true },
    parameters: new Map(),
    context: [],
  };
  const task: MoveTask = {
    id: 't',
    source: 'full',
    status: 'RUNNING',
    startedBy,
    started: world.now,
    rate: 1,
    next: world.now,
    moved: 0,
  };
  it.each([
    ['goes on while messages are left', {}, 'RUNNING'],
    ['is complete when none are left', { source: 'plain' }, 'COMPLETED'],
    ['is complete when its queue is gone', { source: 'gone' }, 'COMPLETED'],
    ['fails after 36 hours', { started: world.now - 36 * 3_600_000 }, 'FAILED'],
  ])('%s', (_, more, status) => {
    expect(taskAfterMoves(world, { ...task, ...more }, 1).status).toBe(status);
  });
});

describe('errors on the wire', () => {
  const error = {
    code: 'Boom',
    http: 500,
    message: 'a\u0000b\tc & d',
    service: 'sqs',
    operation: 'SendMessage',
  };
  it("that are the service's fault say so, without control characters", () => {
    const [query, json] = wireAnswers(error, 'id');
    expect(query?.body).toContain('<Type>Receiver</Type>');
    expect(query?.body).toContain('<Message>a\ufffdb\tc &amp; d</Message>');
    expect(json).toMatchObject({ code: 'Boom', headers: { 'x-amzn-query-error': 'Boom;Receiver' } });
  });
});

describe('what a call is made on', () => {
  it.each([
    ['sqs:SendMessage', 'queue'],
    ['sqs:Nope', undefined],
    ['kms:Decrypt', 'key'],
    ['kms:Nope', undefined],
    ['events:PutEvents', 'rule'],
    ['sns', undefined],
  ])('%s: %s', (api, on) => {
    expect(resourceOf(api)).toBe(on);
  });
});
