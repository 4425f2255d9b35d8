import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFor } from '../drt/random.js';
import { mutateBytes } from '../hostile/mutate.js';
import { POLICIES, SCENARIOS } from '../hostile/sound-texts.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Case {
  readonly id: string;
  readonly expect: { readonly decision: string; readonly decidedBy?: string };
  readonly [field: string]: unknown;
}

/** What somebody gets who installs the package: no source, no development dependencies. */
describe('the packed tarball works in an empty folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gainsay-package-'));
  const gainsay = (...args: readonly string[]) =>
    spawnSync('npx', ['--no-install', 'gainsay', ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });

  beforeAll(() => {
    execFileSync('npx', ['tsup', '--silent'], { cwd: ROOT, stdio: 'ignore' });
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      stdio: 'ignore',
    });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, tarball)], {
      cwd: folder,
      stdio: 'ignore',
    });
  }, 180_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('prints its version', () => {
    expect(gainsay('--version').stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('writes a first scenario whose second step fails and says why', () => {
    expect(gainsay('init').status).toBe(0);
    const run = gainsay('test');
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('kms:Decrypt');
    expect(run.stdout).toContain('1 passed, 1 failed');
  });

  it('is a library that decides a request', () => {
    const script = `
      import { decide } from 'gainsay';
      const answer = decide({
        request: { principal: 'arn:aws:iam::111122223333:user/alice', action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:111122223333:orders' },
        identity: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' } }],
      });
      console.log(answer.decision, answer.decidedBy);
    `;
    writeFileSync(join(folder, 'use.mjs'), script);
    const run = spawnSync(process.execPath, ['use.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(run.stdout.trim()).toBe('allowed identity-policy');
  });

  it('decides every case of the conformance corpus that it carries, line by line', () => {
    const corpus = join(folder, 'node_modules/gainsay/conformance/single');
    const cases = readdirSync(corpus).flatMap(
      (name): readonly Case[] => JSON.parse(readFileSync(join(corpus, name), 'utf8')).cases,
    );
    const lines = cases.map(({ id, decides, why, evidence, cites, rule, expect: wanted, ...line }) =>
      JSON.stringify({ id, ...line }),
    );
    const run = spawnSync('npx', ['--no-install', 'gainsay', 'decide'], {
      cwd: folder,
      encoding: 'utf8',
      input: `${lines.join('\n')}\n`,
      maxBuffer: 64 * 1024 * 1024,
    });
    const answers = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(cases.length).toBeGreaterThan(600);
    expect(answers.map(({ id, decision }) => [id, decision])).toEqual(
      cases.map((each) => [each.id, each.expect.decision]),
    );
    const layers = cases.filter((each) => each.expect.decidedBy !== undefined);
    const named = new Map(answers.map(({ id, decidedBy }) => [id, decidedBy]));
    expect(layers.map(({ id }) => [id, named.get(id)])).toEqual(
      layers.map((each) => [each.id, each.expect.decidedBy]),
    );
  });

  it('prints the same bytes on every run, in other time zones and languages, and whatever order files come in', () => {
    const stories = join(folder, 'node_modules/gainsay/scenarios');
    const files = readdirSync(stories, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.scenario.yaml'))
      .map((name) => join('node_modules/gainsay/scenarios', name))
      .sort();
    const print = (names: readonly string[], env: Readonly<Record<string, string>> = {}): string =>
      spawnSync('npx', ['--no-install', 'gainsay', 'test', '--json', ...names], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, ...env },
        maxBuffer: 64 * 1024 * 1024,
      }).stdout;
    const first = print(files);
    expect(JSON.parse(first).scenarios).toHaveLength(files.length);
    const others = [
      print(files),
      print(files, { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' }),
      print(files, { TZ: 'America/St_Johns', LC_ALL: 'lt_LT.UTF-8' }),
      print(files.toReversed()),
      print([...files.slice(7), ...files.slice(0, 7)]),
    ];
    expect(others.map((each) => each === first)).toEqual(others.map(() => true));
  });

  it('ends as it should on fifty files that are spoilt, each in a process of its own', () => {
    const random = randomFor('spoilt files', 0);
    writeFileSync(join(folder, 'policy.json'), POLICIES[0]);
    const codes = new Set<number | null>();
    const strange = Array.from({ length: 50 }, () => {
      const file = join(folder, 'spoilt.scenario.yaml');
      writeFileSync(file, mutateBytes(random.pick(SCENARIOS), random));
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['node_modules/gainsay/dist/cli.js', 'test', 'spoilt.scenario.yaml'],
        { cwd: folder, encoding: 'utf8' },
      );
      codes.add(status);
      const isSound = [0, 1, 2, 3].includes(status ?? -1) && !/\n\s+at .*:\d+:\d+/.test(stderr);
      return isSound && `${stdout}${stderr}` !== '' ? [] : [readFileSync(file, 'utf8'), status, stderr];
    }).filter((each) => each.length > 0);
    expect(strange).toEqual([]);
    expect([codes.has(0), codes.has(2)]).toEqual([true, true]);
  });

  it('carries the licence of what it contains, and needs no package to be imported', () => {
    const licence = readFileSync(join(ROOT, 'node_modules/ipaddr.js/LICENSE'), 'utf8').trim();
    const notices = readFileSync(join(folder, 'node_modules/gainsay/THIRD-PARTY-NOTICES.md'), 'utf8');
    expect(notices).toContain(licence);
    const dist = join(folder, 'node_modules/gainsay/dist');
    const importers = readdirSync(dist).filter(
      (name) =>
        name.endsWith('.js') && /from ["']ipaddr\.js["']/.test(readFileSync(join(dist, name), 'utf8')),
    );
    expect(importers).toEqual([]);
    expect(readdirSync(join(folder, 'node_modules'))).not.toContain('ipaddr.js');
  });

  it('carries the schema that scenario files point their editors at', () => {
    expect(readdirSync(join(folder, 'node_modules/gainsay/schema'))).toContain('scenario-1.json');
  });
});
