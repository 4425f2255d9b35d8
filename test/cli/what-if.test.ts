import { describe, expect, it } from 'vitest';
import { gainsay } from '../in-process.js';
import { temporaryFolder } from '../temporary-folder.js';

const FIRST = 'scenarios/first.scenario.yaml';

async function firstScenario(): Promise<string> {
  const cwd = temporaryFolder({
    'narrow.json':
      '{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "sqs:ReceiveMessage", "Resource": "*" } }',
  });
  await gainsay(['init'], { cwd });
  return cwd;
}

describe('encrypt', () => {
  it('ends with 1 when somebody breaks, and says why', async () => {
    const cwd = temporaryFolder({
      'x.yaml': `gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  worker: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }] }
keys: { orders-key: {} }
queues: { orders: {} }
`,
    });
    const { code, out, err } = await gainsay(['encrypt', 'orders', '--key', 'orders-key', 'x.yaml'], {
      cwd,
      columns: 70,
    });
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain(`orders, encrypted with orders-key instead of SSE-SQS
breaks
  ✗ worker: sqs:SendMessage on orders
      kms:GenerateDataKey on orders-key: no identity policy allows it
  ✗ worker: sqs:ReceiveMessage on orders
      kms:Decrypt on orders-key: no identity policy allows it
keep in mind
  - messages that are in the queue by then stay as they are: SQS does
    not encrypt them anew
`);
  });

  it('ends with 0 when nobody does, and asks only scenarios with that queue when none is named', async () => {
    const cwd = await firstScenario();
    const { code, out } = await gainsay(['encrypt', 'orders', '--key', 'orders-key'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('nobody breaks');
  });

  it('prints JSON', async () => {
    const cwd = await firstScenario();
    const { code, out } = await gainsay(['encrypt', 'orders', '--key', 'alias/aws/sqs', FIRST, '--json'], {
      cwd,
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: '1.0',
      worlds: [
        {
          file: FIRST,
          queue: 'orders',
          from: 'orders-key',
          to: 'aws/sqs',
          breaks: [],
          mends: [
            {
              before: { answer: 'denied' },
              after: { who: 'consumer', action: 'sqs:ReceiveMessage', answer: 'allowed' },
            },
          ],
        },
      ],
    });
  });
});

describe('diff', () => {
  it('ends with 0 between a scenario and itself', async () => {
    const cwd = await firstScenario();
    const { code, out, err } = await gainsay(['diff', FIRST, FIRST], { cwd });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('no difference');
  });

  it('compares two versions of a policy where it is used', async () => {
    const cwd = await firstScenario();
    const { code, out } = await gainsay(['diff', 'scenarios/policies/consumer.json', 'narrow.json'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain('✓ → ✗ consumer: sqs:DeleteMessage on orders and sqs:DeleteMessageBatch on orders');
    expect(out).toContain('no identity policy allows it');
    expect(out).toMatch(/2 steps and \d+ answers compared: 0 and 2 differ/);
    const json = await gainsay(
      ['diff', 'scenarios/policies/consumer.json', 'narrow.json', '--json', '--in', FIRST],
      { cwd },
    );
    expect(JSON.parse(json.out)).toMatchObject({
      before: 'scenarios/policies/consumer.json',
      worlds: [
        {
          file: FIRST,
          steps: [],
          cells: [{ before: { answer: 'allowed' }, after: { answer: 'denied' } }, {}],
        },
      ],
    });
  });

  it('needs a scenario that uses the policy', async () => {
    const cwd = await firstScenario();
    const { code, err } = await gainsay(['diff', 'narrow.json', 'scenarios/policies/consumer.json'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('no scenario uses the policy `narrow.json`');
  });

  it('refuses what is no policy', async () => {
    const cwd = await firstScenario();
    const { code, err } = await gainsay(['diff', 'scenarios/policies/consumer.json', 'package.json'], {
      cwd,
    });
    expect(code).toBe(2);
    expect(err).toContain('there is no file `package.json`');
  });
});
