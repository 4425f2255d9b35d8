import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withConsoleOutput } from '../../scripts/readme-console.js';
import { KMS_OPERATIONS } from '../../src/catalogue/kms-operations.js';
import { SQS_OPERATIONS } from '../../src/catalogue/sqs-operations.js';
import { INIT_FILES } from '../../src/cli/init-files.js';
import { EXIT, type Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import { resourceOf } from '../../src/services/plan-call.js';
import { blocksOf, textOf } from './documents.js';
import { promisedLines, runExample } from './run-example.js';

const README = textOf('README.md');

/** What `gainsay test` ends with in a folder with the first scenario, changed. */
async function testFirstScenario(change: (text: string) => string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'gainsay-docs-'));
  const ignore = (): void => undefined;
  const io: Io = { out: ignore, err: ignore, env: {}, cwd: folder, isTerminal: false, now: () => 0 };
  try {
    await main(['init'], io);
    for (const [path, text] of INIT_FILES) writeFileSync(join(folder, path), change(text));
    return await main(['test'], io);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the README', () => {
  it('shows parts of the files that `gainsay init` writes', () => {
    const written = INIT_FILES.map(([, text]) => text).join('');
    const shown = [...blocksOf(README, 'yaml'), ...blocksOf(README, 'json')];
    expect(shown.length).toBe(2);
    for (const part of shown) expect(written).toContain(part);
  });

  it('shows what the commands print, to the letter; `node scripts/write-readme.mjs` brings it up to date', async () => {
    expect(blocksOf(README, 'console').length).toBe(6);
    expect(README).toBe(await withConsoleOutput(README));
  });

  it('opens with a test that fails and that either of its two ways out lets pass', async () => {
    const offered = /`(expect: \{[^`]*\})`/.exec(README)?.[1] ?? 'nothing is offered';
    const more = '{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" },';
    expect(await testFirstScenario((text) => text)).toBe(EXIT.no);
    expect(
      await testFirstScenario((text) => `${text}${text.startsWith('#') ? `    ${offered}\n` : ''}`),
    ).toBe(EXIT.yes);
    expect(await testFirstScenario((text) => text.replace('"Statement": [', `"Statement": [${more}`))).toBe(
      EXIT.yes,
    );
  });

  it.each(blocksOf(README, 'ts').map((code, index) => [index + 1, code] as const))(
    'has examples that print what their comments say: number %i',
    async (_, code) => {
      expect(promisedLines(code).length).toBeGreaterThan(0);
      expect(await runExample(code)).toEqual(promisedLines(code));
    },
  );

  it('names every code that a command can end with', () => {
    const codes = [...README.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(Object.values(EXIT));
  });

  it('names exactly the operations of SQS and KMS that cannot be replayed', () => {
    const missing = [
      ...[...SQS_OPERATIONS.values()].filter(({ name }) => resourceOf(`sqs:${name}`) === undefined),
      ...[...KMS_OPERATIONS.values()].filter(({ name }) => resourceOf(`kms:${name}`) === undefined),
    ].map(({ name }) => name);
    const sentence = README.slice(
      README.indexOf('* Calls that scenarios replay'),
      README.indexOf('`sns:Publish`;'),
    );
    const named = [...sentence.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(missing.toSorted());
  });
});
