import { describe, expect, it } from 'vitest';
import { costOfEstate } from '../../src/analysis/estate-cost.js';
import { HEAD, scenarioOf } from '../scenario/in-memory.js';

/** A queue with so many who may send and receive, and nobody who may do both. */
function estate(producers: number, consumers: number, reuse: string, more = ''): string {
  const role = (name: string, action: string): string =>
    `  ${name}: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["${action}", "kms:*"], Resource: "*" } }] }`;
  return `${HEAD}
principals:
${Array.from({ length: producers }, (_, index) => role(`producer-${index + 1}`, 'sqs:SendMessage')).join('\n')}
${Array.from({ length: consumers }, (_, index) => role(`consumer-${index + 1}`, 'sqs:ReceiveMessage')).join('\n')}
  stranger: { policies: [] }
keys:
  orders-key: {}
queues:
  orders: { encryption: { kms: orders-key, reuse: ${reuse} } }
  plain: {}
${more}`;
}

/** AWS's own examples, and what the replay counts: P data keys, each decrypted once by its producer and once by every consumer. */
const EXAMPLES: readonly (readonly [
  title: string,
  p: number,
  c: number,
  reuse: string,
  b: number,
  formula: number,
  simulated: number,
])[] = [
  ['one producer, one consumer, five minutes', 1, 1, '5m', 2_678_400, 26_784, 26_784],
  ['three producers, one consumer, a day', 3, 1, '24h', 2_419_200, 196, 252],
  ['five producers, two consumers, a day', 5, 2, '24h', 2_419_200, 336, 560],
  ['twelve producers: more than one receive takes', 12, 1, '24h', 86_400, 25, 36],
  ['nobody receives', 2, 0, '5m', 3_000, 40, 40],
  ['nobody sends', 0, 2, '5m', 3_000, 20, 0],
];

describe('what a queue asks KMS for', () => {
  it.each(EXAMPLES)('%s', (_title, producers, consumers, reuse, billingSeconds, formula, simulated) => {
    const { world } = scenarioOf(estate(producers, consumers, reuse));
    const [cost, ...others] = costOfEstate(world, { billingSeconds });
    expect(others).toEqual([]);
    expect(cost).toMatchObject({
      kind: 'queue',
      name: 'orders',
      key: 'orders-key',
      producers,
      consumers,
      formula,
    });
    expect(cost?.simulated).toBeCloseTo(simulated, 6);
    expect(cost?.producedBy?.length).toBe(producers);
  });

  it('may be asked with other numbers, which no replay can follow', () => {
    const { world } = scenarioOf(estate(1, 1, '5m'));
    expect(costOfEstate(world, { billingSeconds: 2_678_400, reusePeriodSeconds: 600, producers: 4 })).toEqual(
      [
        {
          kind: 'queue',
          name: 'orders',
          key: 'orders-key',
          reusePeriodSeconds: 600,
          producers: 4,
          consumers: 1,
          consumedBy: ['consumer-1'],
          formula: 40_176,
        },
      ],
    );
  });

  it('counts a service once, however many of its resources deliver, and none that may not', () => {
    const admits = (service: string): string =>
      `{ Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: ${service} }, Action: "*", Resource: "*" } }`;
    const { world } = scenarioOf(`${HEAD}
principals: {}
keys:
  orders-key: { policy: ${admits('sns.amazonaws.com')} }
queues:
  orders: { encryption: { kms: orders-key }, policy: ${admits('"*.amazonaws.com"').replace('Principal: { Service: "*.amazonaws.com" }', 'Principal: "*"')} }
topics:
  news: { subscriptions: [{ queue: orders }] }
  more: { subscriptions: [{ queue: orders }] }
rules:
  nightly: { targets: [{ queue: orders }] }
`);
    expect(costOfEstate(world, { billingSeconds: 300 })).toMatchObject([
      { producers: 1, producedBy: ['sns.amazonaws.com'] },
    ]);
  });
});

describe('what a topic asks KMS for', () => {
  it.each([
    [1, 2_678_400, 17_856],
    [8, 2_419_200, 129_024],
  ])('with %i publishers in %i seconds', (publishers, billingSeconds, formula) => {
    const { world } = scenarioOf(
      estate(0, 0, '5m', 'topics: { news: { encryption: { kms: orders-key } } }\n'),
    );
    const costs = costOfEstate(world, { billingSeconds, producers: publishers });
    expect(costs.find(({ kind }) => kind === 'topic')).toEqual({
      kind: 'topic',
      name: 'news',
      key: 'orders-key',
      reusePeriodSeconds: 300,
      producers: publishers,
      consumers: 0,
      formula,
    });
  });
});
