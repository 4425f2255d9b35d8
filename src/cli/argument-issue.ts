import type { Scenario } from '../scenario/step.js';
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

/** The same mistake as it shows in one of several scenarios. */
export function inScenario({ file }: Scenario, issue: Issue): Issue {
  return { ...issue, message: `${issue.message} in ${file}` };
}

/** A mistake that was made once and shows in many scenarios, once: the first that comes with help, or the first of all. */
export function distinct(issues: readonly Issue[]): readonly Issue[] {
  const told = new Map<string, Issue>();
  for (const issue of issues) {
    const key = `${issue.at.source}\n${issue.message}`;
    const known = told.get(key);
    if (known === undefined || (known.help === undefined && issue.help !== undefined)) told.set(key, issue);
  }
  return [...told.values()];
}
