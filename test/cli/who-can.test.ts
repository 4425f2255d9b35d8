import { describe, expect, it } from 'vitest';
import { gainsay } from '../in-process.js';
import { temporaryFolder } from '../temporary-folder.js';

const FIRST = 'scenarios/first.scenario.yaml';

const ONLY_A_KEY = 'scenarios/only-a-key.scenario.yaml';

/** Asks beside a scenario without queues. */
async function askTwoWorlds(argv: readonly string[]) {
  const cwd = temporaryFolder({
    [ONLY_A_KEY]: `gainsay: 1
title: Only a key
account: '111122223333'
region: eu-central-1
principals: { admin: { user: admin } }
keys: { the-key: {} }
steps:
  - call: kms:DescribeKey
    as: admin
    key: the-key
    expect: denied
`,
  });
  await gainsay(['init'], { cwd });
  return gainsay(['who-can', ...argv], { cwd, columns: 100 });
}

async function ask(argv: readonly string[], columns = 100) {
  const cwd = temporaryFolder();
  await gainsay(['init'], { cwd });
  return gainsay(['who-can', ...argv], { cwd, columns });
}

describe('who-can', () => {
  it('says who can, and why the others cannot', async () => {
    const { code, out, err } = await ask(['sqs:SendMessage', 'orders']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`A producer and a consumer of an encrypted queue
${FIRST}
no organization is described: SCPs and RCPs are assumed not to restrict

sqs:SendMessage on orders
  ✓ producer
  ✗ consumer: no identity policy allows it

`);
  });

  it('shows where KMS refuses what SQS allows', async () => {
    const { out } = await ask(['sqs:ReceiveMessage', '*']);
    expect(out).toContain('✗ consumer: kms:Decrypt on orders-key: no identity policy allows it');
  });

  it('puts calls and things with the same answers together', async () => {
    const { out } = await ask(['sqs:*', '*']);
    expect(out).toContain('sqs:SendMessage and sqs:SendMessageBatch on orders');
  });

  it('fits the terminal', async () => {
    const { out } = await ask(['*', '*'], 60);
    expect(Math.max(...out.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
    const body = out.slice(out.indexOf('\n\n'));
    expect(Math.max(...body.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(60);
  });

  it('asks about some principals only', async () => {
    const { code, out } = await ask(['sqs:SendMessage', 'orders', '--as', 'producer', '--', FIRST]);
    expect(code).toBe(0);
    expect(out).toContain('✓ producer');
    expect(out).not.toContain('consumer:');
  });

  it('knows no other principals', async () => {
    const { code, err } = await ask(['sqs:SendMessage', 'orders', FIRST, '--as', 'produser']);
    expect(code).toBe(2);
    expect(err).toContain('--as: error: unknown principal `produser`');
    expect(err).toContain('did you mean `producer`?');
  });

  it('asks, of all scenarios, those where the question makes sense', async () => {
    const { code, out, err } = await askTwoWorlds(['sqs:SendMessage', 'orders']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('✓ producer');
    expect(out).not.toContain('Only a key');
  });

  it('tells a mistake once, however many scenarios it shows in', async () => {
    const { code, out, err } = await askTwoWorlds(['sqs:SendMessage', 'orderz']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(`RESOURCE: error: \`orderz\` selects nothing that this call is made on
  expected: the name or ARN of a thing of the world, or a pattern
  hint: did you mean \`orders\`?
`);
  });

  it('says of scenarios that are named where the question makes no sense', async () => {
    const { code, out, err } = await askTwoWorlds(['sqs:SendMessage', 'orders', FIRST, ONLY_A_KEY]);
    expect(code).toBe(2);
    expect(out).toContain('✓ producer');
    expect(
      err,
    ).toBe(`RESOURCE: error: the world has nothing that this call is made on: no queue in ${ONLY_A_KEY}
  expected: the name or ARN of a thing of the world, or a pattern
`);
  });

  it('says what an answer hangs on, and asks again with what is given', async () => {
    const cwd = temporaryFolder({
      'x.yaml': `gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  office:
    policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*", Condition: { IpAddress: { "aws:SourceIp": 203.0.113.0/24 } } } }]
queues: { orders: {} }
`,
    });
    const argv = ['who-can', 'sqs:PurgeQueue', 'orders', 'x.yaml'];
    expect((await gainsay(argv, { cwd })).out).toContain(
      '? office: hangs on aws:SourceIp; if refused: no identity policy allows it',
    );
    expect((await gainsay([...argv, '--from', '203.0.113.7'], { cwd })).out).toContain('✓ office');
    expect((await gainsay([...argv, '--from', '198.51.100.7'], { cwd })).out).toContain('✗ office');
  });

  it('has nothing to say of a world without anybody', async () => {
    const cwd = temporaryFolder({
      'x.yaml': 'gainsay: 1\nregion: us-east-1\naccount: "111122223333"\nqueues: { orders: {} }\n',
    });
    const { code, err } = await gainsay(['who-can', 'sqs:SendMessage', '*', 'x.yaml'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('SCENARIO: error: the world has no principals');
  });

  it('prints JSON', async () => {
    const { code, out } = await ask(['sqs:ReceiveMessage', 'orders', FIRST, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: '1.0',
      worlds: [
        {
          file: FIRST,
          cells: [
            {
              who: 'producer',
              answer: 'denied',
              refusal: { at: 'sqs:ReceiveMessage', by: 'identity-policy' },
            },
            {
              who: 'consumer',
              is: 'principal',
              action: 'sqs:ReceiveMessage',
              on: { kind: 'queue', name: 'orders' },
              answer: 'denied',
              refusal: {
                at: 'kms:Decrypt',
                on: 'orders-key',
                by: 'identity-policy',
                explicit: false,
                code: 'KMS.AccessDeniedException',
              },
              reason: 'kms:Decrypt on orders-key: no identity policy allows it',
            },
          ],
        },
      ],
    });
  });
});
