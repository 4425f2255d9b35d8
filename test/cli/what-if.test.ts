import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

const TWO_QUEUES = `gainsay: 1
region: us-east-1
account: "111122223333"
principals: { worker: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:*", Resource: "*" } }] } }
keys: { new-key: {} }
queues: { parcels: { encryption: { kms: new-key } } }
`;

describe('encrypt, in several scenarios', () => {
  it('complains once of a queue that none has', async () => {
    const cwd = await firstScenario();
    writeFileSync(join(cwd, 'scenarios/other.yaml'), TWO_QUEUES);
    const { code, out, err } = await gainsay(['encrypt', 'parcel', '--key', 'new-key'], { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      'QUEUE: error: no scenario has a queue `parcel`\n' +
        '  expected: one of `orders` or `parcels`\n  hint: did you mean `parcels`?\n',
    );
  });

  it('says of each that is named what is missing in it, and answers for the others', async () => {
    const cwd = await firstScenario();
    writeFileSync(join(cwd, 'scenarios/other.yaml'), TWO_QUEUES);
    const argv = ['encrypt', 'parcels', '--key', 'new-key', 'scenarios'];
    const { code, out, err } = await gainsay(argv, { cwd });
    expect(code).toBe(2);
    expect(err).toContain(`QUEUE: error: unknown queue \`parcels\` in ${FIRST}\n`);
    expect(out).toContain(`parcels, encrypted with new-key as it is already
nobody breaks
refused as before
  ✗ sqs:SendMessage on parcels: worker
  ✗ sqs:ReceiveMessage on parcels: worker
`);
    const json = await gainsay([...argv, '--json'], { cwd });
    expect(JSON.parse(json.out)).toMatchObject({
      worlds: [
        { file: FIRST, issues: [{ code: 'unknown-name', at: { source: 'QUEUE' } }] },
        { file: 'scenarios/other.yaml', issues: [], queue: 'parcels', breaks: [] },
      ],
    });
  });

  it('knows where no queue is', async () => {
    const cwd = temporaryFolder({ 'scenarios/x.yaml': 'gainsay: 1\n' });
    const { code, err } = await gainsay(['encrypt', 'orders', '--key', 'new-key'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('  expected: a queue of a scenario; none has one\n');
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
    expect(out).toContain('✓ → ✗ consumer: sqs:DeleteMessage and sqs:DeleteMessageBatch on orders');
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

  it('compares two scenarios step by step and answer by answer', async () => {
    const stories = [
      ['Allow, Action: ["sqs:SendMessage", "sqs:DeleteMessage"]', ''],
      ['Allow, Action: "sqs:ReceiveMessage"', '  - wait: 1m\n'],
    ].map(
      ([may, more]) => `gainsay: 1
region: us-east-1
account: "111122223333"
principals: { worker: { policies: [{ Version: "2012-10-17", Statement: { Effect: ${may}, Resource: "*" } }] } }
queues: { orders: {} }
steps:
${more}  - { title: A rather long title that says what the step is about, as: worker, call: sqs:SendMessage, queue: orders }
`,
    );
    const cwd = temporaryFolder({ 'a.yaml': stories[0] ?? '', 'b.yaml': stories[1] ?? '' });
    const { code, out, err } = await gainsay(['diff', 'a.yaml', 'b.yaml'], { cwd, columns: 70 });
    expect([code, err]).toEqual([1, '']);
    expect(out).toBe(`before  a.yaml
after   b.yaml
steps
  + 1 wait 1m
      now done
  ~ 2 A rather long title that says what the step is about
      was allowed
      now refused: AccessDenied, sqs:SendMessage on orders: not
          allowed by the identity policies
who can
  ✓ → ✗ worker: sqs:DeleteMessage, sqs:DeleteMessageBatch,
        sqs:SendMessage and sqs:SendMessageBatch on orders
      no identity policy allows it
  ✗ → ✓ worker: sqs:ReceiveMessage on orders
2 steps and 34 answers compared: 2 and 5 differ

`);
    const { out: json } = await gainsay(['diff', 'a.yaml', 'b.yaml', '--json'], { cwd });
    expect(JSON.parse(json)).toMatchObject({
      before: 'a.yaml',
      after: 'b.yaml',
      worlds: [
        {
          steps: [
            { number: 1, does: 'wait 1m', after: 'done' },
            {
              number: 2,
              title: 'A rather long title that says what the step is about',
              does: 'worker sqs:SendMessage orders',
              before: 'allowed',
            },
          ],
          compared: { steps: 2, cells: 34 },
        },
      ],
    });
    const { out: back } = await gainsay(['diff', 'b.yaml', 'a.yaml'], { cwd });
    expect(back).toContain('  - 1 wait 1m\n      was done\n  ~ 1 A rather');
  });

  it('tells new and gone things, and the same answer for another reason', async () => {
    const story = (name: string, statements: string): string => `gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  ${name}: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:PurgeQueue", Resource: "*" } }] }
  reader: { policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:GetObject", Resource: "*" }${statements}] }] }
queues: { orders: {} }
`;
    const cwd = temporaryFolder({
      'a.yaml': story('ann', ''),
      'b.yaml': story('ben', ', { Effect: Deny, Action: "sqs:PurgeQueue", Resource: "*" }'),
    });
    const { out } = await gainsay(['diff', 'a.yaml', 'b.yaml'], { cwd });
    expect(out).toContain(`who can
  new → ✓ ben: sqs:PurgeQueue on orders
  ✓ → gone ann: sqs:PurgeQueue on orders
who can: the same answer for another reason
  ✗ → ✗ reader: sqs:PurgeQueue on orders
      was: no identity policy allows it
      now: b.yaml:6:`);
    const { out: json } = await gainsay(['diff', 'a.yaml', 'b.yaml', '--json'], { cwd });
    const [{ cells }] = JSON.parse(json).worlds;
    expect(cells.map((cell: object) => Object.keys(cell).join())).toEqual([
      'after',
      'before,after',
      'before',
    ]);
  });

  it('stops where one of the two cannot be used', async () => {
    const cwd = await firstScenario();
    writeFileSync(join(cwd, 'broken.yaml'), 'gainsay: 1\nsteps: 5\n');
    writeFileSync(join(cwd, 'broken.json'), '{ "Version": "2012-10-17", "Statement": 5 }');
    const scenarios = await gainsay(['diff', FIRST, 'broken.yaml'], { cwd });
    expect([scenarios.code, scenarios.out]).toEqual([2, '']);
    expect(scenarios.err).toContain('broken.yaml:2:8: error:');
    const policies = await gainsay(['diff', 'scenarios/policies/consumer.json', 'broken.json'], { cwd });
    expect([policies.code, policies.out]).toEqual([2, '']);
    expect(policies.err).toContain(
      'scenarios/policies/consumer.json:1:41: error: the statement is the number `5`',
    );
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
