import { describe, expect, it } from 'vitest';
import { checked, type Issue, refused } from '../../src/syntax/issue.js';
import { inTextOrder } from '../../src/syntax/locate.js';

const issue = (message: string, line?: number, severity: Issue['severity'] = 'error'): Issue => ({
  code: 'hint',
  severity,
  message,
  at: { pointer: [], ...(line !== undefined && { start: { line, column: 1 }, end: { line, column: 2 } }) },
});

describe('issues', () => {
  it('stand in the order of the text, those without a place first', () => {
    const sorted = inTextOrder([issue('c', 3), issue('a'), issue('b', 2), issue('d')]);
    expect(sorted.map(({ message }) => message)).toEqual(['a', 'd', 'b', 'c']);
  });

  it('refuse a value when one of them is an error', () => {
    const warning = issue('careful', 1, 'warning');
    expect(checked(7, [])).toEqual({ ok: true, value: 7, issues: [] });
    expect(checked(7, [warning])).toEqual({ ok: true, value: 7, issues: [warning] });
    expect(checked(7, [warning, issue('no', 2)])).toEqual({ ok: false, issues: [warning, issue('no', 2)] });
    expect(refused([issue('no')])).toEqual({ ok: false, issues: [issue('no')] });
  });
});
