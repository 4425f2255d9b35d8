import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.js';
import { gainsay } from '../in-process.js';
import { temporaryFolder } from '../temporary-folder.js';

const FILE = 'estate.scenario.yaml';
const ESTATE = `gainsay: 1
region: us-east-1
account: "111122223333"
principals:
  app: { tags: { team: blue }, policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: ["sqs:*", "sns:*", "kms:*"], Resource: "*", Condition: { StringEquals: { "aws:PrincipalTag/team": blue } } }] }] }
  vpc: { policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: ["sqs:*", "kms:*"], Resource: "*", Condition: { StringEquals: { "aws:SourceVpce": vpce-1a2b3c4d } } }] }] }
  maybe: { policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: ["sqs:*", "kms:*"], Resource: "*", Condition: { StringEquals: { "my:flag": "on" } } }] }] }
keys: { k: { alias: alias/k } }
endpoints: { vpce-1a2b3c4d: { service: sqs } }
topics:
  news: { encryption: { kms: alias/k }, subscriptions: [{ queue: plain }, { queue: orders }] }
  lost-key: { encryption: { kms: alias/none } }
queues:
  orders: { encryption: { kms: alias/k }, redrive: { to: dead } }
  dead: { encryption: none, messages: [{ count: 1, moved-from: orders }] }
  ghost: { encryption: { kms: alias/none } }
  plain: { encryption: none }
  theirs: { account: "444455556666", encryption: none }
steps:
  - { as: app, call: sns:Publish, topic: news }
  - { as: maybe, call: sqs:SendMessage, queue: plain, unknown: ["my:flag"] }
  - { title: Only looking, check: { queue: dead, messages: 1, encrypted-with: none } }
`;

async function ask(argv: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const cwd = temporaryFolder({ [FILE]: ESTATE, ...more });
  return gainsay(argv, { cwd, columns: 100 });
}

describe('who-can', () => {
  it('of a call that is made on nothing takes only the star', async () => {
    const { code, err } = await ask(['who-can', 'kms:ListKeys', 'x', FILE]);
    expect(code).toBe(2);
    expect(err).toBe('RESOURCE: error: the call is made on nothing that `x` could name\n  expected: `*`\n');
    expect((await ask(['who-can', 'kms:ListKeys', '*', FILE])).out).toContain(
      'kms:ListKeys on *\n  ✓ app\n  ✗ vpc and maybe: no identity policy allows it\n',
    );
  });

  it('goes through an endpoint, and names the owner of a queue of another account', async () => {
    const { out } = await ask(['who-can', 'sqs:GetQueueUrl', '*', '--through', 'vpce-1a2b3c4d', '--', FILE]);
    expect(out).toContain('  ✓ app and vpc\n');
    expect(out).toContain(
      'sqs:GetQueueUrl on theirs\n  ✗ app, vpc and maybe: the queue policy does not allow it',
    );
  });

  it('says which queues no task can move from', async () => {
    const { out } = await ask(['who-can', 'sqs:StartMessageMoveTask', '*', FILE]);
    expect(out).toContain('✗ app: Source queue must be configured as a Dead Letter Queue.');
    expect(out).toContain('✗ app, vpc and maybe: no policy can allow it to another account');
  });

  it('puts what is wrong with a question beside the file in JSON', async () => {
    const { code, out } = await ask([
      'who-can',
      'sqs:SendMessage',
      'orders',
      '--json',
      '--as',
      'nobody',
      '--',
      FILE,
    ]);
    expect(code).toBe(2);
    const [world] = JSON.parse(out).worlds;
    expect(world).toMatchObject({
      file: FILE,
      cells: [],
      issues: [{ message: 'unknown principal `nobody`' }],
    });
  });
});

describe('cost', () => {
  it('counts topics with a key of their own, and keys that do not exist by their name', async () => {
    const { out } = await ask(['cost', FILE]);
    expect(out).toContain('topic news, key k\n  reuse period 300 s; 1 producer (app)\n');
    expect(out).toContain('R = B / D x 2P = 2678400 / 300 x 2 x 1');
    expect(out).toContain('queue ghost, key alias/none');
    expect(out).toContain('topic lost-key, key alias/none\n  reuse period 300 s; 0 producers');
  });

  it('takes other numbers for topics as well', async () => {
    const { out } = await ask(['cost', '--producers', '3', '--reuse', '60', '--', FILE]);
    expect(out).toContain('topic news, key k\n  reuse period 300 s; 3 producers\n');
  });

  it('prints JSON without prices where none was given', async () => {
    const estate = await ask(['cost', '--json', FILE]);
    expect(JSON.parse(estate.out).worlds[0]).not.toHaveProperty('price');
    const formula = await ask([
      'cost',
      '--json',
      '--reuse',
      '300',
      '--producers',
      '1',
      '--consumers',
      '1',
      '--billing-seconds',
      '300',
    ]);
    expect(JSON.parse(formula.out)).toEqual({ formatVersion: '1.0', requests: 3 });
  });
});

describe('encrypt', () => {
  it('of a queue whose key does not exist says so by what was written', async () => {
    const { out } = await ask(['encrypt', 'ghost', '--key', 'k', FILE]);
    expect(out).toContain('ghost, encrypted with k instead of alias/none');
  });
});

describe('test', () => {
  it('says what an answer hangs on, and of several deliveries why each was lost', async () => {
    const { code, out } = await ask(['test', '--verbose', FILE]);
    expect(code).toBe(1);
    expect(out).toMatch(/maybe sqs:SendMessage plain +not certain\n/);
    expect(out).toContain('because  plain has no queue policy');
    expect(out).toContain('because  orders has no queue policy');
  });

  it('counts files that cannot be used', async () => {
    const { out } = await ask(['test'], {
      'one.scenario.yaml': 'gainsay: 2\n',
      'two.scenario.yaml': 'gainsay: 2\n',
    });
    expect(out).toContain('1 scenario, 2 files unusable');
  });

  it('escapes in JSON what a terminal would obey', async () => {
    const { out } = await ask(['test', '--json', 'hidden.scenario.yaml'], {
      'hidden.scenario.yaml': ESTATE.replace('gainsay: 1\n', 'gainsay: 1\ntitle: "from \\u202eright"\n'),
    });
    expect(out).toContain('from \\u202eright');
    expect(out).not.toContain('\u202e');
  });

  it('gives the whole of it in JSON, undetermined answers too', async () => {
    const { out } = await ask(['test', '--json', FILE]);
    const [, second] = JSON.parse(out).scenarios[0].steps;
    expect(JSON.stringify(second)).toContain('my:flag');
  });
});

describe('explain', () => {
  it('without a title that comes near gives no hint', async () => {
    const { err } = await ask(['explain', FILE, '--step', 'zzzzzzzzzz']);
    expect(err).toBe(
      `error: ${FILE} has no step \`zzzzzzzzzz\`\n  expected: a number from 1 to 3, or the title of a step\n`,
    );
  });
});

describe('diff', () => {
  it('tells answers that were sure and are not, and steps that are gone', async () => {
    const other = ESTATE.replace('"my:flag": "on"', '"aws:PrincipalTag/team": blue')
      .replace('  - { title: Only looking, check: { queue: dead, messages: 1, encrypted-with: none } }\n', '')
      .replace('maybe: {', 'maybe: { tags: { team: blue },')
      .replace(', unknown: ["my:flag"]', '');
    const { code, out } = await ask(['diff', 'other.scenario.yaml', FILE], { 'other.scenario.yaml': other });
    expect(code).toBe(1);
    expect(out).toContain('perhaps refused');
    const json = await ask(['diff', '--json', 'other.scenario.yaml', FILE], { 'other.scenario.yaml': other });
    expect(JSON.parse(json.out)).toMatchObject({ formatVersion: '1.0' });
    const back = await ask(['diff', FILE, 'other.scenario.yaml'], { 'other.scenario.yaml': other });
    expect(back.code).toBe(1);
  });
});

describe('init', () => {
  it('takes a folder by its whole path', async () => {
    const cwd = temporaryFolder();
    const { code, out } = await gainsay(['init', resolve(cwd, 'there')], { cwd: '/' });
    expect([code, out.includes('wrote')]).toEqual([0, true]);
  });
});

describe('a bug of our own', () => {
  it.each([
    [new Error('the disk is full'), 'gainsay failed: the disk is full'],
    ['a text', 'gainsay failed: a text'],
  ])('ends with 70 and asks to be reported', async (thrown, says) => {
    let err = '';
    const code = await main(['rules'], {
      out: () => {
        throw thrown;
      },
      err: (text) => {
        err += text;
      },
      env: {},
      cwd: '.',
      isTerminal: false,
      now: () => 0,
    });
    expect(code).toBe(70);
    expect(err).toContain(says);
    expect(err).toContain('This is a bug of gainsay, not of your files.');
  });
});
