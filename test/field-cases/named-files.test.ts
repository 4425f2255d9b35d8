import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.js';
import { type FieldCase, type RawStep, readNamed } from './case-format.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CASES = new URL('field-cases.json', import.meta.url);

interface Run {
  readonly passed: boolean;
  readonly printed: string;
}

/** Runs the field cases as somebody would who names a file of their own. */
function runWith(path: string): Run {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', 'test/field-cases/field-cases.test.ts', '--maxWorkers=1', '--reporter=dot'];
  try {
    const printed = execFileSync(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, GAINSAY_FIELD_CASES: path },
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { passed: true, printed };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    return { passed: false, printed: `${stdout}\n${stderr}` };
  }
}

/** A few cases of the file, copied, perhaps with changes. */
function copied(change: (cases: readonly FieldCase[]) => readonly FieldCase[]): string {
  const { cases } = JSON.parse(readFileSync(CASES, 'utf8')) as { readonly cases: readonly FieldCase[] };
  return JSON.stringify({ cases: change(cases.slice(0, 12)) });
}

type Steps = 'steps' | 'stepsAfterFix';
type Break = readonly [which: Steps, fits: (step: RawStep) => boolean, change: (step: RawStep) => RawStep];

/** What a step can be wrong about: the outcome, before and after the fix, the error code, the refusing layer. */
const BREAKS: readonly Break[] = [
  ['steps', isDenied, ({ error: _, deniedBy: __, kmsAction: ___, ...step }) => ({ ...step, expect: 'ok' })],
  ['stepsAfterFix', (step) => !isDenied(step), (step) => ({ ...step, expect: 'denied' })],
  [
    'steps',
    ({ error }) => error !== undefined,
    (step) => ({ ...step, error: { code: 'Other', at: step.error?.at ?? '' } }),
  ],
  [
    'steps',
    ({ deniedBy = '' }) => deniedBy.startsWith('implicit'),
    ({ error: _, ...step }) => ({ ...step, deniedBy: 'scp' }),
  ],
];

function isDenied({ expect: wanted }: RawStep): boolean {
  return wanted === 'denied';
}

/** Each break is made in the first case where it fits and nothing is broken yet. */
function broken(cases: readonly FieldCase[]): readonly FieldCase[] {
  const open = new Set(BREAKS);
  return cases.map((one) => {
    for (const each of open) {
      const [which, fits, change] = each;
      const steps = one[which] ?? [];
      const at = steps.findIndex(fits);
      if (at < 0) continue;
      open.delete(each);
      return { ...one, [which]: steps.map((step, index) => (index === at ? change(step) : step)) };
    }
    return one;
  });
}

describe('a file named by GAINSAY_FIELD_CASES', () => {
  const run = (text: string): Run => runWith(join(temporaryFolder({ 'mine.json': text }), 'mine.json'));

  it('is replayed beside the files of the project', () => {
    const { passed, printed } = run(copied((cases) => cases));
    expect(passed, printed).toBe(true);
  });

  it('fails the run in every step that expects another answer', () => {
    const { passed, printed } = run(copied(broken));
    expect(passed).toBe(false);
    expect(printed).toContain(`${BREAKS.length} failed`);
  });

  it('fails the run when it is no file of cases, and says so', () => {
    const { passed, printed } = run('{"cases": []}');
    expect(passed).toBe(false);
    expect(printed).toContain('mine.json, which holds no list of cases');
  });

  it('fails the run when it is not there, and says so', () => {
    const { passed, printed } = runWith('/no/such/cases.json');
    expect(passed).toBe(false);
    expect(printed).toContain('GAINSAY_FIELD_CASES names /no/such/cases.json, which cannot be read');
  });

  it.each([
    ['is no JSON', '{"cases": ['],
    ['holds no list of cases', '[]'],
    ['has a bad case 1: it has no id', '{"cases": [{}]}'],
    ['has a bad case 1: x has no world', '{"cases": [{"id": "x"}]}'],
    ['has a bad case 1: x has no steps', '{"cases": [{"id": "x", "world": {}}]}'],
    [
      'has a bad case 1: x has the bad step',
      '{"cases": [{"id": "x", "world": {}, "steps": [{"op": "sqs:SendMessage"}]}]}',
    ],
  ])('is refused when it %s', (says, text) => {
    const path = join(temporaryFolder({ 'mine.json': text }), 'mine.json');
    expect(() => readNamed(path)).toThrow(`GAINSAY_FIELD_CASES names ${path}, which ${says}`);
  });
});
