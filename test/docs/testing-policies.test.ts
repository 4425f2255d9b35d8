import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EXIT, type Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';
import { ROOT, textOf } from './documents.js';

const DOCUMENT = textOf('docs/testing-policies.md');

interface Block {
  readonly language: string;
  readonly text: string;
  /** The file that the text before the block names last. */
  readonly file: string;
}

/** The fenced blocks of the document, in order. */
function blocks(): readonly Block[] {
  const found: Block[] = [];
  for (const match of DOCUMENT.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
    const before = DOCUMENT.slice(0, match.index);
    const files = [...before.matchAll(/`([\w./-]+\/[\w.-]+\.(?:json|ts|yaml))`/g)];
    found.push({ language: match[1] ?? '', text: match[2] ?? '', file: files.at(-1)?.[1] ?? '' });
  }
  return found;
}

const BLOCKS = blocks();
const OF = (language: string): readonly Block[] => BLOCKS.filter((block) => block.language === language);
const COMMANDS = ['npm install --save-dev gainsay vitest fast-check', 'npx gainsay test'];

/** Failures of a child's tests, each error followed by its cause. */
const CONFIG = `
import { writeFileSync } from 'node:fs';
const textOf = (error) => error === undefined ? [] : [error.message, ...textOf(error.cause)];
const reporter = {
  onTestRunEnd(modules) {
    const results = modules.flatMap((module) => [
      ...module.errors().map((error) => [module.relativeModuleId, '(loading)', [error.message]]),
      ...[...module.children.allTests()].map((test) => [
        module.relativeModuleId, test.name, (test.result().errors ?? []).flatMap(textOf),
      ]),
    ]);
    writeFileSync('results.json', JSON.stringify(results));
  },
};
const source = ${JSON.stringify(join(ROOT, 'src'))};
export default {
  resolve: {
    alias: [
      { find: /^gainsay$/, replacement: source + '/index.ts' },
      { find: /^gainsay\\/(vitest|fast-check)$/, replacement: source + '/$1.ts' },
    ],
  },
  test: { include: ['test/**/*.test.ts'], reporters: [reporter], setupFiles: ['seed.mjs'] },
};
`;

/** The examples leave the seed out, as their readers should; here each run must try what the last one tried. */
const SEED = "import fc from 'fast-check';\nfc.configureGlobal({ seed: 20261123 });\n";

type Result = readonly [file: string, title: string, errors: readonly string[]];

describe('what docs/testing-policies.md shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gainsay-testing-'));
  let results: readonly Result[] = [];

  beforeAll(async () => {
    for (const { language, file, text } of BLOCKS) {
      if (language !== 'json' && language !== 'ts' && language !== 'yaml') continue;
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    writeFileSync(join(folder, 'vitest.config.mjs'), CONFIG);
    writeFileSync(join(folder, 'seed.mjs'), SEED);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    await promisify(execFile)(process.execPath, [vitest, 'run'], { cwd: folder }).catch(() => undefined);
    results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as readonly Result[];
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is run whole: every block is of a kind that is tested here, and every file has its own', () => {
    expect(new Set(BLOCKS.map(({ language }) => language))).toEqual(
      new Set(['console', 'json', 'ts', 'text', 'yaml']),
    );
    const files = BLOCKS.filter(({ language }) => ['json', 'ts', 'yaml'].includes(language)).map(
      ({ file }) => file,
    );
    expect(new Set(files).size).toBe(files.length);
    for (const { text } of OF('console')) {
      for (const line of text.split('\n').filter((each) => each.startsWith('$ '))) {
        expect(COMMANDS).toContain(line.slice(2));
      }
    }
  });

  it('passes, but for the tests whose failures it prints', () => {
    const failing = new Set(OF('text').map(({ file }) => file));
    expect(results.filter(([, , errors]) => errors.length === 0).length).toBe(6);
    expect(new Set(results.filter(([, , errors]) => errors.length > 0).map(([file]) => file))).toEqual(
      failing,
    );
  });

  it.each(OF('text').map((block) => [block.file, block.text] as const))(
    'prints to the letter how %s fails',
    (file, text) => {
      const [, , errors = []] = results.find(([name, , found]) => name === file && found.length > 0) ?? [];
      expect(`${errors.join('\n\n')}\n`).toBe(text);
    },
  );

  it('holds for the policy that mends it', async () => {
    const { text } = OF('ts').find(({ file }) => file === 'test/outsiders.test.ts') ?? { text: '' };
    const config = join(folder, 'fixed');
    mkdirSync(join(config, 'test'), { recursive: true });
    mkdirSync(join(config, 'policies'));
    const mended = OF('json').find(({ file }) => file === 'policies/queue-fixed.json')?.text ?? '';
    writeFileSync(join(config, 'policies/queue.json'), mended);
    writeFileSync(join(config, 'test/outsiders.test.ts'), text);
    writeFileSync(join(config, 'vitest.config.mjs'), CONFIG);
    writeFileSync(join(config, 'seed.mjs'), SEED);
    symlinkSync(join(ROOT, 'node_modules'), join(config, 'node_modules'));
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    await promisify(execFile)(process.execPath, [vitest, 'run'], { cwd: config });
    const [[, , errors]] = JSON.parse(readFileSync(join(config, 'results.json'), 'utf8')) as readonly [
      Result,
    ];
    expect(errors).toEqual([]);
  });

  it('prints to the letter what `gainsay test` prints of its scenario', async () => {
    const printed: string[] = [];
    const out = (text: string): void => {
      printed.push(text);
    };
    const io: Io = { out, err: out, env: {}, cwd: folder, isTerminal: false, now: () => 0 };
    expect(await main(['test'], io)).toBe(EXIT.yes);
    const shown = OF('console').find(({ text }) => text.startsWith('$ npx gainsay test'))?.text ?? '';
    expect(shown).toBe(`$ npx gainsay test\n${printed.join('')}`);
  });

  it('runs in CI what it shows', () => {
    const { text } = OF('yaml').find(({ file }) => file.startsWith('.github/')) ?? { text: '' };
    const steps: readonly { readonly run?: string }[] = parse(text).jobs.policies.steps;
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', 'npx gainsay test', 'npx vitest run']);
  });
});
