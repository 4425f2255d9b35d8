import { describe, expect, it } from 'vitest';
import { gainsay } from '../in-process.js';
import { temporaryFolder } from '../temporary-folder.js';

const ESTATE = `gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  one: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:SendMessage", "kms:*"], Resource: "*" } }] }
  two: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:SendMessage", "kms:*"], Resource: "*" } }] }
  reader: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:ReceiveMessage", "kms:*"], Resource: "*" } }] }
keys: { orders-key: {} }
queues:
  orders: { encryption: { kms: orders-key, reuse: 10m } }
  dead: { encryption: { kms: orders-key, reuse: 24h } }
steps:
  - { as: one, call: sqs:SendMessage, queue: orders, times: 5 }
  - { as: two, call: sqs:ReceiveMessage, queue: orders, expect: denied }
`;

describe('cost of scenarios', () => {
  it('shows formula, replay, price and what the steps have asked', async () => {
    const cwd = temporaryFolder({ 'x.yaml': ESTATE });
    const { code, out, err } = await gainsay(['cost', 'x.yaml', '--price-per-10000', '0.03'], { cwd });
    expect([code, err]).toEqual([0, '']);
    expect(out.slice(out.indexOf('queue'))).toBe(`queue orders, key orders-key
  reuse period 600 s; 2 producers (one and two), 1 consumer (reader)
  formula           22320 requests        0.07
  simulated         26784 requests        0.08
  R = B / D x (2P + C) = 2678400 / 600 x (2 x 2 + 1)
  the replay asks kms:Decrypt for each data key that a consumer meets, one of every producer; the
  formula counts one for each consumer
queue dead, key orders-key
  reuse period 86400 s; 2 producers (one and two), 1 consumer (reader)
  formula             155 requests        0.00
  simulated           186 requests        0.00
  R = B / D x (2P + C) = 2678400 / 86400 x (2 x 2 + 1)
  the replay asks kms:Decrypt for each data key that a consumer meets, one of every producer; the
  formula counts one for each consumer
together
  formula           22475 requests        0.07
  simulated         26970 requests        0.08

KMS requests of the steps
  1 kms:GenerateDataKey on orders-key by one
  1 kms:Decrypt on orders-key by one

for 31d, at 0.03 for 10,000 requests; requesters are those who may send and receive, and they never
rest; SQS is distributed and may ask more often
`);
  });

  it('takes other numbers for all queues', async () => {
    const cwd = temporaryFolder({ 'x.yaml': ESTATE });
    const argv = [
      'cost',
      'x.yaml',
      '--billing-seconds',
      '600',
      '--reuse',
      '60',
      '--producers',
      '3',
      '--consumers',
      '0',
    ];
    const { out } = await gainsay(argv, { cwd });
    expect(out).toContain('R = B / D x (2P + C) = 600 / 60 x (2 x 3 + 0)');
    expect(out).not.toContain('simulated');
  });

  it('prints JSON', async () => {
    const cwd = temporaryFolder({ 'x.yaml': ESTATE });
    const { code, out } = await gainsay(['cost', 'x.yaml', '--json', '--price-per-10000', '3'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: '1.0',
      worlds: [
        {
          file: 'x.yaml',
          billingSeconds: 2_678_400,
          resources: [{ name: 'orders', formula: 22_320, simulated: 26_784 }, { name: 'dead' }],
          total: { formula: 22_475, simulated: 26_970, price: 6.7425 },
          steps: [
            { who: 'one', action: 'kms:GenerateDataKey', key: 'orders-key', requests: 1, refused: 0 },
            {},
          ],
        },
      ],
    });
  });

  it('of an estate without KMS is none', async () => {
    const cwd = temporaryFolder({
      'x.yaml': 'gainsay: 1\nregion: us-east-1\naccount: "111122223333"\nqueues: { orders: {} }\n',
    });
    const { code, out } = await gainsay(['cost', 'x.yaml'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('no queue and no topic is encrypted with KMS: no KMS requests');
  });
});

describe('cost of numbers', () => {
  const NUMBERS = ['--billing-seconds', '2678400', '--reuse', '300', '--producers', '1', '--consumers', '1'];

  it('may have a price', async () => {
    expect((await gainsay(['cost', ...NUMBERS, '--price-per-10000', '0.03'])).out).toContain(
      '26784 KMS requests, 0.08',
    );
  });

  it('prints JSON', async () => {
    const { out } = await gainsay(['cost', ...NUMBERS, '--json', '--price-per-10000', '10']);
    expect(JSON.parse(out)).toEqual({ formatVersion: '1.0', requests: 26_784, price: 26.784 });
  });
});
