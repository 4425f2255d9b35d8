import type { Issue, IssueCode } from '../syntax/issue.js';

/** Something on the command line that cannot be used: which argument or option it is, what is wrong with it, and what it should be. */
export function argumentIssue(
  source: string,
  code: IssueCode,
  message: string,
  expected: string,
  help?: string,
): Issue {
  return {
    code,
    severity: 'error',
    message,
    expected,
    ...(help === undefined ? {} : { help }),
    at: { source, pointer: [] },
  };
}
