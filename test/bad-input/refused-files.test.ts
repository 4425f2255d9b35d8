import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { gainsay } from '../in-process.js';
import { REFUSED } from './refused.js';

const FILES = fileURLToPath(new URL('files', import.meta.url));

/** Files that are no mistakes of their own: parts of others, and those that are only warned about. */
const TAKEN: ReadonlySet<string> = new Set([
  'kms-code-under-sqs.yaml',
  'proto-names.yaml',
  'proto.yaml',
  'set-almost-a-name.yaml',
  'world-with-steps.yaml',
]);

describe('a file that cannot be used', () => {
  it.each(REFUSED)('%s is refused, with its place and the way out', async (file, ...says) => {
    const { code, out, err } = await gainsay(['test', file], { cwd: FILES });
    expect(err.split('\n')).toEqual([...says, '']);
    expect(code).toBe(2);
    expect(says[0]).toMatch(/^[\w./-]+:\d+:\d+: (error|warning): /);
    expect(says.some((line) => line.startsWith('  expected: ') || line.startsWith('  hint: '))).toBe(true);
    expect(`${out}${err}`).not.toMatch(/\n {4}at |undefined|\[object/);
    expect(out).toBe('0 scenarios, 1 file unusable, replayed in 1ms\n0 passed, 0 failed\n');
  });

  it('says the same in JSON, with places and codes', async () => {
    const { code, out, err } = await gainsay(['test', '--json', ...REFUSED.map(([file]) => file)], {
      cwd: FILES,
    });
    expect(code).toBe(2);
    expect(err).toBe('');
    const { scenarios, unusable } = JSON.parse(out);
    expect(unusable).toBe(REFUSED.length);
    for (const { issues } of scenarios) {
      const errors = issues.filter(({ severity }: { severity: string }) => severity === 'error');
      expect(errors).not.toEqual([]);
      for (const issue of errors)
        expect(issue).toMatchObject({
          code: expect.any(String),
          at: { start: { line: expect.any(Number) } },
        });
    }
  });

  it('is said no more than twenty times about, and then how much more there is', async () => {
    const { err } = await gainsay(['test', 'many-mistakes.yaml'], { cwd: FILES });
    const lines = err.trimEnd().split('\n');
    expect(lines.filter((line) => line.includes(': error: '))).toHaveLength(20);
    expect(lines.at(-1)).toBe('many-mistakes.yaml: … and 10 more');
  });

  it('is in the list', () => {
    const files = readdirSync(FILES, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !TAKEN.has(entry.name))
      .map(({ name }) => name);
    expect(files.toSorted()).toEqual(REFUSED.map(([file]) => file).toSorted());
    expect(files.length).toBeGreaterThan(60);
  });
});

describe('a file that is only warned about', () => {
  it('may expect the code that KMS itself uses, and is told which one SQS passes on', async () => {
    const { code, err } = await gainsay(['test', 'kms-code-under-sqs.yaml'], { cwd: FILES });
    expect(code).toBe(1);
    expect(err).toBe(
      'kms-code-under-sqs.yaml:10:23: warning: SQS passes a refusal of KMS on under a code of its own\n' +
        '  hint: write `KMS.AccessDeniedException`\n',
    );
  });

  it('may set a thing under a new name, and is told of the old one that is nearly the same', async () => {
    const { code, err } = await gainsay(['test', 'set-almost-a-name.yaml'], { cwd: FILES });
    expect(code).toBe(0);
    expect(err).toBe(
      'set-almost-a-name.yaml:7:22: warning: this step makes a new `ordres`\n  hint: did you mean `orders`?\n',
    );
  });
});

describe('__proto__', () => {
  it('is a condition key that no request carries, and nothing else', async () => {
    const { code, err } = await gainsay(['test', 'proto.yaml'], { cwd: FILES });
    expect(code).toBe(0);
    expect(err).not.toContain('error');
    expect(({} as Record<string, unknown>).ann).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('is the name of a principal and of a queue like any other', async () => {
    const { code, err } = await gainsay(['test', 'proto-names.yaml'], { cwd: FILES });
    expect([code, err]).toEqual([0, '']);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
