import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../src/conditions/context.js';
import { stepReport } from '../../src/report/json.js';
import { stepLines } from '../../src/report/pretty.js';
import { styleFor } from '../../src/report/style.js';
import { HEAD, load, problemsOf, replay, scenarioOf, thing } from './in-memory.js';

const WORLD = `${HEAD}
principals:
  admin: { policies: [admin.json], tags: { team: blue } }
keys:
  orders-key: { alias: alias/orders }
  other-key: { aliases: [alias/a, alias/b] }
queues:
  orders: { encryption: { kms: orders-key, reuse: 5m }, tags: { stage: prod } }
topics:
  news: { subscriptions: [{ queue: orders }] }
functions:
  handler: { role: admin, polls: orders }
`;
const SEND = '{ as: admin, call: sqs:SendMessage, queue: orders }';
const steps = (...lines: readonly string[]): string =>
  `${WORLD}steps:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

function firstCall(line: string) {
  const [step] = scenarioOf(steps(line)).steps;
  if (step?.verb !== 'call') throw new Error('the step is a call');
  return step.call;
}

describe('a set step', () => {
  it('replaces an attribute whole and leaves the others', () => {
    const [first, second] = replay(
      steps(
        'set: { queues: { orders: { tags: { owner: ann } } } }',
        'set: { queues: { orders: { encryption: sqs } } }',
      ),
    );
    const before = thing(first?.world.estate.queues ?? new Map(), 'orders');
    const after = thing(second?.world.estate.queues ?? new Map(), 'orders');
    expect([...before.tags]).toEqual([['owner', 'ann']]);
    expect(before.encryption.sse).toBe('kms');
    expect([...after.tags]).toEqual([['owner', 'ann']]);
    expect(after.encryption).toEqual({ sse: 'sqs' });
  });

  it('takes `alias` and `aliases` for one attribute', () => {
    const [result] = replay(steps('set: { keys: { other-key: { alias: alias/c } } }'));
    expect(thing(result?.world.estate.keys ?? new Map(), 'other-key').aliases).toEqual(['alias/c']);
  });

  it('makes a thing that was not there', () => {
    const results = replay(
      steps(
        'set: { queues: { brand-new: { visibility: 1m } } }',
        '{ as: admin, call: sqs:SendMessage, queue: brand-new }',
      ),
    );
    expect(results.map(({ problems }) => problems)).toEqual([[], []]);
  });

  it('changes nothing before its turn', () => {
    const results = replay(steps(SEND, 'set: { queues: { orders: { encryption: sqs } } }', SEND));
    const asked = results.map(({ outcome }) => outcome?.asked.length);
    expect(asked).toEqual([3, undefined, 1]);
  });
});

describe('a remove step', () => {
  it('takes away attributes, which then have their defaults', () => {
    const [result] = replay(steps('remove: { queues: { orders: [encryption, tags] } }'));
    const queue = thing(result?.world.estate.queues ?? new Map(), 'orders');
    expect(queue.encryption).toEqual({ sse: 'sqs' });
    expect(queue.tags.size).toBe(0);
  });

  it.each(['remove: { queues: [orders] }', 'remove: { queues: { orders: } }'])(
    'takes away things: %s',
    (line) => {
      const [result] = replay(steps(line));
      expect(result?.world.estate.queues.size).toBe(0);
      expect(result?.problems).toEqual([]);
      expect(load(steps(line, SEND)).ok).toBe(false);
    },
  );
});

describe('a call step', () => {
  it('is made `times` over, and says at which time it went wrong', () => {
    expect(
      problemsOf(steps(`${SEND.slice(0, -2)}, times: 3 }`, 'check: { queue: orders, messages: 3 }')),
    ).toEqual([[], []]);
    expect(
      problemsOf(steps(`${SEND.slice(0, -2)}, times: 2, calls: [kms:GenerateDataKey, kms:Decrypt] }`)),
    ).toEqual([['time 2: expected the KMS requests kms:GenerateDataKey, kms:Decrypt; made were none']]);
  });

  it('carries parameters as they were given', () => {
    const { parameters } = firstCall(
      '{ as: admin, call: kms:GenerateDataKey, key: orders-key, with: { KeySpec: AES_256, EncryptionContext: { a: b }, Recipient: [{}, {}] } }',
    );
    expect([...parameters]).toEqual([
      ['KeySpec', 'AES_256'],
      ['EncryptionContext', new Map([['a', 'b']])],
      ['Recipient', [new Map(), new Map()]],
    ]);
  });

  it('carries condition keys that are given, and those that are not known', () => {
    const { context } = firstCall(
      '{ as: admin, call: sqs:SendMessage, queue: orders, context: { aws:UserAgent: me, aws:TagKeys: [a, b] }, unknown: [aws:CurrentTime] }',
    );
    expect(context).toEqual([
      ['aws:UserAgent', 'me'],
      ['aws:TagKeys', ['a', 'b']],
      ['aws:CurrentTime', UNKNOWN],
    ]);
  });

  it('says along which path it comes', () => {
    expect(
      firstCall('{ as: admin, call: sqs:SendMessage, queue: orders, through: vpce-1, from: 10.0.0.1 }').path,
    ).toEqual({ endpoint: 'vpce-1', sourceIp: '10.0.0.1', tls: true });
    expect(firstCall('{ as: admin, call: sqs:SendMessage, queue: orders, tls: false }').path).toEqual({
      tls: false,
    });
  });

  it.each([
    ['admin', 'session'],
    ['"arn:aws:iam::444455556666:user/ann"', 'user'],
    ['sns.amazonaws.com', 'service'],
    ['anonymous', 'anonymous'],
  ])('is made by %s, who is of kind %s', (as, kind) => {
    expect(firstCall(`{ as: ${as}, call: sqs:SendMessage, queue: orders }`).caller.kind).toBe(kind);
  });

  it('is not made by a name that merely has a dot', () => {
    const loaded = load(steps('{ as: ad.min, call: sqs:SendMessage, queue: orders }'));
    expect(loaded.issues.map(({ message, help }) => [message, help])).toEqual([
      ['unknown principal `ad.min`', 'did you mean `admin`?'],
    ]);
  });

  it('names no key when KMS asks for none', () => {
    expect(firstCall('{ as: admin, call: kms:ListKeys }').on).toBeUndefined();
  });
});

describe('steps', () => {
  it('are numbered from one over all entries, and keep their titles and places', () => {
    const { steps: read } = scenarioOf(
      steps('wait: 1m', `title: Sends\n    wait: 2m`, 'check: { queue: orders, messages: 0 }'),
    );
    expect(read.map(({ number, title, verb }) => [number, title, verb])).toEqual([
      [1, undefined, 'wait'],
      [2, 'Sends', 'wait'],
      [3, undefined, 'check'],
    ]);
    expect(read.map(({ at }) => at.start?.line)).toEqual([17, 18, 20]);
  });

  it('share one clock', () => {
    const results = replay(steps('wait: 1d', 'wait: 2h', 'wait: 3m', 'wait: 4s', 'wait: 5ms'));
    expect(results.at(-1)?.world.now).toBe(Date.UTC(2026, 0, 2, 2, 3, 4, 5));
  });
});

describe('a cached data key', () => {
  const REVOKED = ['set: { principals: { admin: { policies: [sends.json] } } }'];
  const SENDS = {
    'sends.json': JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }],
    }),
  };

  it('answers for KMS, and the step says so and until when', () => {
    const result = replay(steps(SEND, ...REVOKED, `${SEND.slice(0, -2)}, calls: [] }`), SENDS).at(-1);
    expect(result?.problems).toEqual([]);
    expect(result?.outcome?.asked.map(({ cached }) => cached)).toEqual([false, true, true]);
    expect(result?.outcome?.asked.map(({ verdict }) => verdict.decision)).toEqual([
      'allowed',
      'implicitDeny',
      'implicitDeny',
    ]);
    const lines = result === undefined ? [] : stepLines(result, styleFor(false, 100), true);
    const said = lines.join('\n').replaceAll(/\s+/g, ' ');
    expect(said).toContain('allowed (cached)');
    expect(said).toContain('warm cache: allowed, served from a cached data key, good for 300 s more');
    expect(said).toContain('cold cache: KMS.AccessDeniedException, KMS refuses kms:GenerateDataKey on');
    expect(result === undefined ? undefined : stepReport(result)).toMatchObject({
      passed: true,
      outcome: {
        succeeded: true,
        caches: {
          warm: { succeeded: true },
          cold: {
            succeeded: false,
            refusal: { at: 'kms:GenerateDataKey', error: { code: 'KMS.AccessDeniedException' } },
          },
        },
      },
    });
  });

  it('outlives the state of its key as well', () => {
    const disabled = 'set: { keys: { orders-key: { state: Disabled } } }';
    const result = replay(steps(SEND, disabled, `${SEND.slice(0, -2)}, calls: [] }`)).at(-1);
    expect(result?.problems).toEqual([]);
    expect(result?.outcome?.cold).toMatchObject({
      at: 'kms:GenerateDataKey',
      by: 'key-state',
      error: { code: 'KMS.DisabledException' },
    });
  });

  it('never answers where the settings say cold', () => {
    const cold = steps(
      SEND,
      ...REVOKED,
      `${SEND.slice(0, -2)}, expect: denied, calls: [kms:GenerateDataKey] }`,
    );
    expect(
      problemsOf(cold.replace('principals:', 'settings: { data-keys: cold }\nprincipals:'), SENDS),
    ).toEqual([[], [], []]);
  });
});

describe('a poll', () => {
  it('receives, reads the attributes and deletes with the role of the function', () => {
    const [, result, check] = replay(steps(SEND, 'poll: handler', 'check: { queue: orders, messages: 0 }'));
    expect(result?.outcome?.hops.map(({ outcome }) => outcome.call.api)).toEqual([
      'sqs:ReceiveMessage',
      'sqs:GetQueueAttributes',
      'sqs:DeleteMessage',
    ]);
    expect(check?.problems).toEqual([]);
  });
});
