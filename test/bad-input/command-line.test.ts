import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { gainsay } from '../in-process.js';
import { filesIn, temporaryFolder } from '../temporary-folder.js';

const FILES = fileURLToPath(new URL('files', import.meta.url));
const SEND = 'world-with-steps.yaml';
const COST = ['--billing-seconds', '2678400', '--producers', '1', '--consumers', '1'];

const REFUSED: readonly (readonly [argv: readonly string[], ...says: readonly string[]])[] = [
  [['test', ''], 'error: an empty glob selects nothing'],
  [['test', '*.nothing'], 'error: the glob `*.nothing` selects no file'],
  [['test', 'no-such-file.yaml'], 'error: there is no file or folder `no-such-file.yaml`'],
  [
    ['test', 'folder-without-scenarios'],
    'error: no scenario file was found',
    '  hint: `gainsay init` writes a first one',
  ],
  [
    ['test', 'a-folder.yaml'],
    'error: no scenario file was found',
    '  hint: `gainsay init` writes a first one',
  ],
  [['tset'], "error: unknown command 'tset'", '(Did you mean test?)', '(see --help)'],
  [['test', '--jsn'], "error: unknown option '--jsn'", '(Did you mean --json?)', '(see --help)'],
  [['explain', SEND], "error: required option '--step <step>' not specified", '(see --help)'],
  [['explain', '--step', '1'], "error: missing required argument 'scenario'", '(see --help)'],
  [
    ['explain', SEND, '--step', '7'],
    'error: world-with-steps.yaml has no step `7`',
    '  expected: a number from 1 to 1, or the title of a step',
  ],
  [
    ['explain', 'no-such-file.yaml', '--step', '1'],
    'no-such-file.yaml:1:1: error: the file `no-such-file.yaml` does not exist',
    '  expected: the path of a file',
  ],
  [
    ['explain', 'a-folder.yaml', '--step', '1'],
    'a-folder.yaml:1:1: error: the file `a-folder.yaml` cannot be read',
    '  expected: the path of a file',
    '  hint: is it a folder, or is reading it not permitted?',
  ],
  [
    ['who-can', 'sqs:SendMesage', 'orders', SEND],
    'ACTION: error: `sqs:SendMesage` is no call that can be asked about',
    '  expected: a call of SQS or KMS such as `sqs:SendMessage`, `sns:Publish`, or a pattern such as `sqs:*`',
    '  hint: did you mean `sqs:SendMessage`?',
  ],
  [
    ['who-can', 'sqs:SendMessage', 'nothing', SEND],
    'RESOURCE: error: `nothing` selects nothing that this call is made on',
    '  expected: the name or ARN of a thing of the world, or a pattern',
  ],
  [
    ['who-can', 's3:PutObject', '*', SEND],
    'RESOURCE: error: the world has nothing that this call is made on: no bucket',
    '  expected: the name or ARN of a thing of the world, or a pattern',
  ],
  [
    ['who-can', 'sqs:SendMessage', '*', 'no-such-file.yaml'],
    'error: there is no file or folder `no-such-file.yaml`',
  ],
  [
    ['who-can', 'sqs:SendMessage', 'orders', SEND, '--from', 'home'],
    '--from: error: `home` is no address',
    '  expected: an IPv4 or IPv6 address',
  ],
  [['who-can', 'sqs:SendMessage'], "error: missing required argument 'resource'", '(see --help)'],
  [
    ['encrypt', 'ordes', '--key', 'alias/aws/sqs', SEND],
    'QUEUE: error: unknown queue `ordes`',
    '  expected: one of `orders`',
    '  hint: did you mean `orders`?',
  ],
  [
    ['encrypt', 'orders', '--key', 'no-key', SEND],
    '--key: error: unknown key `no-key`',
    '  expected: a key of the world, which has none',
  ],
  [['encrypt', 'orders', SEND], "error: required option '--key <key>' not specified", '(see --help)'],
  [
    ['encrypt', 'orders', '--key', 'no-key', 'no-such-file.yaml'],
    'error: there is no file or folder `no-such-file.yaml`',
  ],
  [['encrypt', '--key', 'no-key'], "error: missing required argument 'queue'", '(see --help)'],
  [
    ['diff', SEND, 'no-such-file.yaml'],
    'AFTER: error: there is no file `no-such-file.yaml` that can be read',
    '  expected: the path of a scenario or of a policy',
  ],
  [
    ['diff', 'a-folder.yaml', SEND],
    'BEFORE: error: there is no file `a-folder.yaml` that can be read',
    '  expected: the path of a scenario or of a policy',
  ],
  [
    ['diff', 'policies/worker.json', SEND],
    'AFTER: error: `world-with-steps.yaml` is a scenario and `policies/worker.json` is none',
    '  expected: two scenarios, or two versions of a policy',
  ],
  [
    ['diff', SEND, SEND, '--in', SEND],
    '--in: error: is for two versions of a policy, and these are scenarios',
    '  expected: nothing beside two scenarios',
  ],
  [
    ['diff', 'policies/worker.json', 'policies/worker.json', '--in', 'no-such-file.yaml'],
    'error: there is no file or folder `no-such-file.yaml`',
  ],
  [
    ['diff', SEND, 'policies/worker.json'],
    'AFTER: error: `world-with-steps.yaml` is a scenario and `policies/worker.json` is none',
    '  expected: two scenarios, or two versions of a policy',
  ],
  [['diff', SEND], "error: missing required argument 'after'", '(see --help)'],
  [['rules', 'NOPE'], 'error: there is no rule `NOPE`', '  expected: a rule that `gainsay rules` lists'],
  [
    ['rules', 'sqs-receive-need-decrypt'],
    'error: there is no rule `sqs-receive-need-decrypt`',
    '  expected: a rule that `gainsay rules` lists',
    '  hint: did you mean `SQS-RECEIVE-NEEDS-DECRYPT`?',
  ],
  [
    ['cost', '--reuse', '5', ...COST],
    '--reuse: error: `5` cannot be used',
    '  expected: a whole number from 60 to 86400',
  ],
  [
    ['cost', '--price-per-10000', 'much', SEND],
    '--price-per-10000: error: `much` cannot be used',
    '  expected: a price such as 0.03',
  ],
  [
    ['cost', SEND, '--producers', '-1'],
    '--producers: error: `-1` cannot be used',
    '  expected: a whole number from 0 to 1000000',
  ],
  [['cost', 'no-such-file.yaml'], 'error: there is no file or folder `no-such-file.yaml`'],
  [
    ['cost', '--reuse', '1e3', ...COST],
    '--reuse: error: `1e3` cannot be used',
    '  expected: a whole number from 60 to 86400',
  ],
  [
    ['cost', '--reuse', '300'],
    'SCENARIOS: error: no scenarios are given, and of the four numbers not --billing-seconds, --producers or --consumers',
    '  expected: scenarios, or all of --billing-seconds, --reuse, --producers and --consumers',
  ],
  [
    ['cost', SEND, '--reuse', '5', '--billing-seconds', '0', '--consumers', '9999999'],
    '--billing-seconds: error: `0` cannot be used',
    '  expected: a whole number from 1 to 1000000000000',
    '--reuse: error: `5` cannot be used',
    '  expected: a whole number from 60 to 86400',
    '--consumers: error: `9999999` cannot be used',
    '  expected: a whole number from 0 to 1000000',
  ],
  [
    ['who-can', 'sqs:SendMessage', 'orders', SEND, '--as', 'nobody'],
    '--as: error: unknown principal `nobody`',
    '  expected: the name of a principal of the scenario',
  ],
];

describe('a command line that cannot be used', () => {
  it.each(REFUSED.map(([argv, ...says]) => ({ argv, says })))(
    '$argv is refused, with the way out',
    async ({ argv, says }) => {
      const { code, err } = await gainsay(argv, { cwd: FILES });
      expect(err.split('\n').filter((line) => line !== '')).toEqual(says);
      expect(code).toBe(2);
    },
  );

  it('shows its help when it names no command', async () => {
    const { code, err } = await gainsay([]);
    expect(code).toBe(2);
    expect(err).toContain('Usage: gainsay [options] [command]');
  });

  it('is refused when one of two globs selects nothing, and the other is replayed', async () => {
    const { code, out, err } = await gainsay(['test', SEND, '*.nothing'], { cwd: FILES });
    expect(code).toBe(2);
    expect(err).toBe('error: the glob `*.nothing` selects no file\n');
    expect(out).toContain('1 passed, 0 failed');
  });
});

describe('init', () => {
  it('writes nothing where one of its files exists', async () => {
    const cwd = temporaryFolder({ 'scenarios/policies/producer.json': 'mine' });
    const { code, err } = await gainsay(['init'], { cwd });
    expect(code).toBe(2);
    expect(err).toBe(
      'error: `scenarios/policies/producer.json` exists already; nothing was written\n' +
        '  hint: name another folder: `gainsay init FOLDER`\n',
    );
    expect(filesIn(cwd)).toEqual(['producer.json']);
  });

  it('writes nothing where a file stands in the way of a folder', async () => {
    const cwd = temporaryFolder({ scenarios: 'a file' });
    const { code, err } = await gainsay(['init'], { cwd });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: `\.` cannot be written to: .+\n {2}hint: /);
    expect(filesIn(cwd)).toEqual(['scenarios']);
  });
});

describe('a scenario in the usual folder', () => {
  const BROKEN = 'gainsay: 1\nqueues:\n  orders: *\n';

  it('is complained of, not passed over, when its text is broken', async () => {
    const { code, err } = await gainsay(['test'], { cwd: temporaryFolder({ 'scenarios/x.yaml': BROKEN }) });
    expect(code).toBe(2);
    expect(err).toContain('scenarios/x.yaml:3:11: error: `*` starts an alias in YAML');
  });

  it('is not confused with the policies beside it', async () => {
    const policy = '{ "Version": "2012-10-17", "Statement": [';
    const cwd = temporaryFolder({ 'scenarios/x.yaml': 'gainsay: 1\n', 'scenarios/policies/x.json': policy });
    const { code, err } = await gainsay(['test'], { cwd });
    expect([code, err]).toEqual([0, '']);
  });
});
