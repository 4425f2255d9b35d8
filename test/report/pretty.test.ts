import { describe, expect, it } from 'vitest';
import { issueLines } from '../../src/report/pretty.js';
import { styleFor } from '../../src/report/style.js';
import type { Issue } from '../../src/syntax/issue.js';

const STYLE = styleFor(false, 100);
const issue = (more: Partial<Issue>): Issue => ({
  code: 'unknown-element',
  severity: 'error',
  message: 'it is not known',
  at: { pointer: [] },
  ...more,
});

describe('an issue in lines', () => {
  it.each<readonly [string, Partial<Issue>, readonly string[]]>([
    [
      'has its place in front, what was expected and the way out behind',
      {
        at: { source: 'x.yaml', pointer: ['a'], start: { line: 3, column: 5 } },
        expected: 'something else',
        help: 'write it so',
      },
      ['x.yaml:3:5: error: it is not known', '  expected: something else', '  hint: write it so'],
    ],
    [
      'may be a note',
      { severity: 'note', at: { source: 'x.yaml', pointer: [] } },
      ['x.yaml: note: it is not known'],
    ],
    [
      'without a place has its pointer',
      { severity: 'warning', at: { source: 'a value', pointer: ['identity', 0] } },
      ['a value: warning: it is not known (at identity.0)'],
    ],
    [
      'points to what it has to do with, as far as that has a place',
      {
        at: { source: 'x.yaml', pointer: [] },
        related: [
          { source: 'y.yaml', pointer: [], start: { line: 1, column: 2 } },
          { source: 'z.yaml', pointer: [] },
        ],
      },
      ['x.yaml: error: it is not known', '  see: y.yaml:1:2', '  see: z.yaml'],
    ],
  ])('%s', (_what, more, lines) => {
    expect(issueLines(issue(more), STYLE)).toEqual(lines);
  });
});
