import type { Issue } from '../syntax/issue.js';
import { inTextOrder } from '../syntax/locate.js';

/**
 * Issues for a person: each said once, nothing said of a value that the text did not give, file by file as they were
 * read (`first` before all others), and in each file in the order of its text.
 */
export function issuesInOrder(issues: readonly Issue[], first: string): readonly Issue[] {
  const errors = new Set(issues.filter(({ severity }) => severity === 'error').map(sentenceOf));
  const unread = new Set(
    issues.filter(({ code }) => code === 'yaml-star' || code === 'yaml-tag').map(placeOfIssue),
  );
  const files = new Map<string, Map<string, Issue>>([[first, new Map()]]);
  for (const issue of issues) {
    if (issue.code === 'wrong-type' && unread.has(placeOfIssue(issue))) continue;
    const sentence = sentenceOf(issue);
    if (issue.severity !== 'error' && errors.has(sentence)) continue;
    const file = issue.at.source ?? '';
    const known = files.get(file) ?? new Map<string, Issue>();
    if (!known.has(sentence)) known.set(sentence, issue);
    files.set(file, known);
  }
  return [...files.values()].flatMap((own) => inTextOrder([...own.values()]));
}

function placeOfIssue({ at }: Issue): string {
  return `${at.source} ${at.start?.line}:${at.start?.column}`;
}

function sentenceOf(issue: Issue): string {
  return `${placeOfIssue(issue)} ${issue.message}`;
}
