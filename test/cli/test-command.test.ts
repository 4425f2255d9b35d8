import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FORMAT_VERSION } from '../../src/report/json.js';
import { gainsay } from '../in-process.js';
import { filesIn, temporaryFolder } from '../temporary-folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HEAD = 'gainsay: 1\nregion: us-east-1\naccount: "111122223333"\n';
const PASSES = `${HEAD}title: It passes\nsteps:\n  - wait: 1m\n`;
const FAILS = `${HEAD}principals: { worker: {} }\nqueues: { orders: {} }\nsteps:\n  - wait: 1m\n  - { as: worker, call: sqs:SendMessage, queue: orders }\n`;
const BROKEN = `${HEAD}steps:\n  - wait: 5\n`;

const inFolder = (files: Readonly<Record<string, string>>) => ({ cwd: temporaryFolder(files) });

describe('the exit code of test', () => {
  it.each([
    [0, { 'a.scenario.yaml': PASSES }],
    [0, { 'deep/er/a.scenario.yml': PASSES, 'scenarios/b.yaml': PASSES, 'scenarios/policy.json': '{}' }],
    [1, { 'a.scenario.yaml': PASSES, 'b.scenario.yaml': FAILS }],
    [2, { 'a.scenario.yaml': PASSES, 'b.scenario.yaml': FAILS, 'c.scenario.yaml': BROKEN }],
    [2, { 'c.scenario.yaml': BROKEN }],
    [2, {}],
    [2, { 'node_modules/x/a.scenario.yaml': PASSES, 'other/a.yaml': PASSES }],
  ])('is %i for %j', async (code, files) => {
    expect((await gainsay(['test'], inFolder(files))).code).toBe(code);
  });
});

describe('the report of test', () => {
  it('comes scenario by scenario, complaints to one stream and results to the other', async () => {
    const where = inFolder({
      'a.scenario.yaml': BROKEN,
      'b.scenario.yaml': FAILS,
      'c.scenario.yaml': PASSES,
    });
    const { pieces } = await gainsay(['test'], where);
    const firstWords = pieces.map(([to, text]) => `${to} ${text.trim().split('\n')[0]?.trim()}`);
    const order = [
      'err a.scenario.yaml',
      'out b.scenario.yaml',
      'out ✗',
      'out ✓ c.scenario.yaml (1 steps)',
      'out 2 scenarios',
    ];
    const places = order.map((words) => firstWords.findIndex((line) => line.startsWith(words)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('shows every step when it is asked to', async () => {
    const where = inFolder({ 'a.scenario.yaml': PASSES });
    expect((await gainsay(['test'], where)).out).not.toContain('wait 1m');
    expect((await gainsay(['test', '--verbose'], where)).out).toContain('wait 1m');
    expect((await gainsay(['test', '-v'], where)).out).toContain('It passes');
  });

  it('selects files, folders and globs, each file once', async () => {
    const where = inFolder({
      'a/x.yaml': PASSES,
      'a/b/y.json': '{"gainsay":1}',
      'c/z.yaml': PASSES,
      'c/p.json': '{}',
    });
    const filesOf = async (...args: readonly string[]) => {
      const { out } = await gainsay(['test', '--json', ...args], where);
      return JSON.parse(out).scenarios.map(({ file }: { file: string }) => file);
    };
    expect(await filesOf('a')).toEqual(['a/b/y.json', 'a/x.yaml']);
    expect(await filesOf('./a/')).toEqual(['a/b/y.json', 'a/x.yaml']);
    expect(await filesOf('a', 'a/*.yaml', 'a/x.yaml', './a/x.yaml')).toEqual(['a/b/y.json', 'a/x.yaml']);
    expect(await filesOf('**/*.{yaml,json}')).toEqual(['a/b/y.json', 'a/x.yaml', 'c/z.yaml']);
    expect(await filesOf('c/z.yaml')).toEqual(['c/z.yaml']);
    expect(await filesOf(`${where.cwd}/c`)).toEqual([`${where.cwd}/c/z.yaml`]);
    expect(await filesOf(`${where.cwd}/c/*.yaml`)).toEqual([`${where.cwd}/c/z.yaml`]);
  });

  it('takes a folder whose name is full of glob characters', async () => {
    const where = inFolder({ 'a[b]{c}/x.yaml': PASSES });
    expect((await gainsay(['test', 'a[b]{c}'], where)).code).toBe(0);
    expect((await gainsay(['test', 'a[b]{c}/x.yaml'], where)).code).toBe(0);
  });

  it('leaves no file behind', async () => {
    const where = inFolder({ 'a.scenario.yaml': FAILS });
    await gainsay(['test', '--json'], where);
    expect(filesIn(where.cwd)).toEqual(['a.scenario.yaml']);
  });
});

describe('colours', () => {
  const ESCAPE = '\u001b[';
  it.each([
    ['a terminal', {}, true, true],
    ['a pipe', {}, false, false],
    ['a terminal with NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['a terminal with an empty NO_COLOR', { NO_COLOR: '' }, true, true],
    ['a pipe with FORCE_COLOR', { FORCE_COLOR: '1' }, false, true],
    ['a terminal with FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['a pipe with both', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, false],
    ['a dumb terminal', { TERM: 'dumb' }, true, false],
  ])('on %s', async (_, env, isTerminal, colours) => {
    const { out } = await gainsay(['test'], { ...inFolder({ 'a.scenario.yaml': FAILS }), env, isTerminal });
    expect(out.includes(ESCAPE)).toBe(colours);
  });
});

describe('the JSON of test', () => {
  it('is one document with its version', async () => {
    const where = inFolder({
      'a.scenario.yaml': PASSES,
      'b.scenario.yaml': FAILS,
      'c.scenario.yaml': BROKEN,
    });
    const { out, err, code } = await gainsay(['test', '--json', '*.yaml', 'no.yaml'], where);
    expect([code, err]).toEqual([2, '']);
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: FORMAT_VERSION,
      passed: 2,
      failed: 1,
      unusable: 2,
      problems: ['there is no file or folder `no.yaml`'],
      scenarios: [
        {
          file: 'a.scenario.yaml',
          title: 'It passes',
          issues: [],
          steps: [{ number: 1, verb: 'wait', passed: true }],
          kms: [],
        },
        {
          file: 'b.scenario.yaml',
          steps: [
            { passed: true },
            {
              number: 2,
              verb: 'call',
              does: 'worker sqs:SendMessage orders',
              at: { source: 'b.scenario.yaml', start: { line: 8, column: 5 } },
              passed: false,
              problems: ['expected success, but got AccessDenied'],
              outcome: {
                succeeded: false,
                refusal: { at: 'sqs:SendMessage', on: 'orders', by: 'identity-policy', explicit: false },
                asked: [{ action: 'sqs:SendMessage', decision: 'implicitDeny' }],
              },
            },
          ],
        },
        {
          file: 'c.scenario.yaml',
          issues: [{ code: 'bad-duration', severity: 'error', at: { start: { line: 5, column: 11 } } }],
          steps: [],
        },
      ],
    });
    expect(FORMAT_VERSION).toBe('1.0');
  });

  it('says so when nothing was found', async () => {
    const { out, code } = await gainsay(['test', '--json'], inFolder({}));
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ problems: ['no scenario file was found'], scenarios: [] });
  });
});

describe('the shipped scenarios', () => {
  it('pass', async () => {
    const { out, code } = await gainsay(['test', '--json', 'scenarios'], { cwd: ROOT });
    const { scenarios, failed, passed, problems } = JSON.parse(out);
    expect({ code, failed, problems, scenarios: scenarios.length }).toEqual({
      code: 0,
      failed: 0,
      problems: [],
      scenarios: 34,
    });
    expect(passed).toBeGreaterThan(150);
  });

  it('are reported the same in every run, byte by byte', async () => {
    const first = await gainsay(['test', '--json', 'scenarios'], { cwd: ROOT });
    expect((await gainsay(['test', '--json', 'scenarios'], { cwd: ROOT })).out).toBe(first.out);
  });

  it.each([60, 80, 100, 200, undefined])(
    'are shown in at most a hundred columns where there are %s',
    async (columns) => {
      const surroundings = { cwd: ROOT, ...(columns === undefined ? {} : { columns }) };
      const { out } = await gainsay(['test', '--verbose', 'scenarios'], surroundings);
      expect(out.split('\n').filter((line) => [...line].length > 100)).toEqual([]);
    },
  );
});
