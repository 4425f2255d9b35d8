import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { RULES } from '../../src/rules/registry.js';
import { gainsay } from '../in-process.js';
import { filesIn, temporaryFolder } from '../temporary-folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const REDRIVE = 'scenarios/09-dead-letter-queue/redrive-after-a-key-change.scenario.yaml';

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => [...line].length));
}

describe('init', () => {
  it('writes a scenario whose second step fails with its explanation', async () => {
    const cwd = temporaryFolder();
    const written = await gainsay(['init'], { cwd });
    expect([written.code, written.err]).toEqual([0, '']);
    expect(written.out).toContain('wrote scenarios/first.scenario.yaml');
    expect(filesIn(cwd)).toEqual(['consumer.json', 'first.scenario.yaml', 'producer.json']);
    const { code, out, err } = await gainsay(['test'], { cwd });
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('The consumer reads the message');
    expect(out).toContain('expected success, but got KMS.AccessDeniedException');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('consumer’s policies do not allow it');
    expect(out).toContain('policies/consumer.json');
    expect(out).toContain('1 passed, 1 failed');
    expect(widest(out)).toBeLessThanOrEqual(100);
  });

  it('writes into the folder that is named', async () => {
    const cwd = temporaryFolder();
    expect((await gainsay(['init', 'new/folder'], { cwd })).code).toBe(0);
    expect((await gainsay(['test', 'new/folder'], { cwd })).code).toBe(1);
  });

  it('writes nothing the second time', async () => {
    const cwd = temporaryFolder();
    await gainsay(['init'], { cwd });
    const { code, out, err } = await gainsay(['init'], { cwd });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('exist already; nothing was written');
  });
});

describe('explain', () => {
  it('shows what was asked at a step, by number', async () => {
    const { code, out, err } = await gainsay(['explain', REDRIVE, '--step', '1'], { cwd: ROOT });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(REDRIVE);
    expect(out).toContain('kms:Decrypt');
    expect(widest(out)).toBeLessThanOrEqual(100);
  });

  it('finds a step by its title', async () => {
    const cwd = temporaryFolder();
    await gainsay(['init'], { cwd });
    const byTitle = await gainsay(
      ['explain', 'scenarios/first.scenario.yaml', '--step', 'The consumer reads the message'],
      { cwd },
    );
    const byNumber = await gainsay(['explain', 'scenarios/first.scenario.yaml', '--step', '2'], { cwd });
    expect(byTitle).toEqual(byNumber);
    expect(byTitle.code).toBe(0);
  });

  it('says of a step that asks nothing that it does not', async () => {
    const cwd = temporaryFolder({ 'x.yaml': 'gainsay: 1\nsteps:\n  - wait: 1m\n' });
    const { code, out } = await gainsay(['explain', 'x.yaml', '--step', '1'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('a wait step asks nothing of AWS');
  });

  it('prints an error in both protocols of SQS', async () => {
    const cwd = temporaryFolder();
    await gainsay(['init'], { cwd });
    const argv = ['explain', 'scenarios/first.scenario.yaml', '--step', '2'];
    const { out } = await gainsay(argv, { cwd });
    expect(out).toContain('on the wire (query XML): HTTP 400, Code KMS.AccessDeniedException');
    const { step } = JSON.parse((await gainsay([...argv, '--json'], { cwd })).out) as {
      step: { outcome: { refusal: { wire: unknown }; trail: unknown } };
    };
    expect(step.outcome.trail).toMatchObject([
      {
        eventSource: 'kms.amazonaws.com',
        eventName: 'Decrypt',
        userIdentity: { invokedBy: 'sqs.amazonaws.com' },
        errorCode: 'AccessDenied',
      },
    ]);
    expect(step.outcome.refusal.wire).toMatchObject([
      { protocol: 'query', status: 400, code: 'KMS.AccessDeniedException' },
      {
        protocol: 'json',
        status: 400,
        code: 'com.amazonaws.sqs#KmsAccessDenied',
        headers: { 'x-amzn-query-error': 'KMS.AccessDeniedException;Sender' },
      },
    ]);
  });

  it('prints JSON', async () => {
    const { code, out } = await gainsay(['explain', REDRIVE, '--step', '1', '--json'], { cwd: ROOT });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ formatVersion: '1.0', file: REDRIVE, step: { number: 1 } });
  });
});

describe('rules', () => {
  it('prints every rule', async () => {
    const { code, out } = await gainsay(['rules']);
    expect(code).toBe(0);
    const lines = new Set(out.split('\n'));
    expect(Object.keys(RULES).filter((id) => !lines.has(id))).toEqual([]);
    expect(widest(out)).toBeLessThanOrEqual(100);
  });

  it('prints one rule, however it is spelt', async () => {
    const { code, out } = await gainsay(['rules', 'sqs-receive-needs-decrypt']);
    expect(code).toBe(0);
    expect(out).toMatch(/^SQS-RECEIVE-NEEDS-DECRYPT\n {2}\S/);
  });

  it('prints JSON', async () => {
    const { out } = await gainsay(['rules', '--json']);
    const rules = JSON.parse(out);
    expect(rules).toHaveLength(Object.keys(RULES).length);
    expect(rules[0]).toEqual({
      id: expect.any(String),
      says: expect.any(String),
      page: expect.any(String),
      basis: expect.any(String),
    });
  });
});

describe('cost', () => {
  it.each([
    [['2678400', '300', '1', '1'], '26784 KMS requests'],
    [['2592000', '86400', '3', '2'], '240 KMS requests'],
    [['100', '60', '1', '1'], '5 KMS requests'],
    [['100', '86400', '1', '0'], '0.0023 KMS requests'],
    [['1000', '300', '1', '0'], '6.7 KMS requests'],
  ])('of %j is %s', async ([billing = '', reuse = '', producers = '', consumers = ''], says) => {
    const { code, out } = await gainsay([
      'cost',
      ...['--billing-seconds', billing, '--reuse', reuse, '--producers', producers, '--consumers', consumers],
    ]);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(says);
    expect(widest(out)).toBeLessThanOrEqual(100);
  });
});

describe('gainsay', () => {
  it.each(['--version', '-V'])('says its version for %s', async (flag) => {
    const { code, out } = await gainsay([flag]);
    expect([code, out]).toEqual([0, `${manifest.version}\n`]);
  });

  it('shows its commands for --help', async () => {
    const { code, out, err } = await gainsay(['--help']);
    expect([code, err]).toEqual([0, '']);
    for (const command of ['test', 'explain', 'who-can', 'encrypt', 'diff', 'init', 'rules', 'cost'])
      expect(out).toContain(`  ${command} `);
  });

  it.each(['test', 'explain', 'who-can', 'encrypt', 'diff', 'init', 'rules', 'cost'])(
    'shows the help of %s',
    async (command) => {
      const { code, out } = await gainsay([command, '--help']);
      expect(code).toBe(0);
      expect(out).toContain(`Usage: gainsay ${command}`);
    },
  );
});
