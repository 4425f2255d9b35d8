import { describe, expect, it } from 'vitest';
import { gainsay } from '../in-process.js';
import { load } from '../scenario/in-memory.js';
import { temporaryFolder } from '../temporary-folder.js';
import { MARKED } from './marked.js';

/** The text without its marks, and where they stood. */
function unmarked(text: string): { readonly text: string; readonly places: readonly string[] } {
  const [first = '', ...rest] = text.split('¦');
  let read = first;
  const places: string[] = [];
  for (const part of rest) {
    const lines = read.split('\n');
    places.push(`${lines.length}:${(lines.at(-1) ?? '').length + 1}`);
    read += part;
  }
  return { text: read, places };
}

describe('a scenario with a mistake', () => {
  it.each(MARKED.map((each) => [each.wrong, each] as const))('%s', (_wrong, { text, says }) => {
    const marked = unmarked(text);
    const { issues, ok } = load(marked.text);
    expect(ok).toBe(false);
    expect(
      issues.map(({ code, severity, message, expected, help, at }) => [
        `${at.source}:${at.start?.line}:${at.start?.column}`,
        severity,
        code,
        message,
        expected,
        help,
      ]),
    ).toEqual(
      says.map(([code, message, expected, help], index) => [
        `x.yaml:${marked.places[index]}`,
        'error',
        code,
        message,
        expected,
        help,
      ]),
    );
    expect(marked.places).toHaveLength(says.length);
  });
});

describe('all of them on the command line', () => {
  it('are unusable, each with its complaints, and none is a bug of ours', async () => {
    const files = Object.fromEntries(
      MARKED.map(({ text }, index) => [`${String(index + 1).padStart(3, '0')}.yaml`, unmarked(text).text]),
    );
    const cwd = temporaryFolder(files);
    const { code, out, err } = await gainsay(['test', '--json', ...Object.keys(files)], { cwd });
    expect([code, err]).toEqual([2, '']);
    const { scenarios, unusable } = JSON.parse(out);
    expect(unusable).toBe(MARKED.length);
    expect(scenarios.map(({ issues }: { issues: readonly unknown[] }) => issues.length)).toEqual(
      MARKED.map(({ says }) => says.length),
    );
  });
});
