import { visibleText } from '../explain/plain-text.js';
import { issueLines } from '../report/pretty.js';
import type { Style } from '../report/style.js';
import type { Issue } from '../syntax/issue.js';

/** A screenful: one mistake at the top of a file can make a thousand, and nobody reads them. */
const MOST = 20;

/** The issues of each file in the order of its text, errors before all others when there are too many to show. */
export function issueReport(issues: readonly Issue[], style: Style): readonly string[] {
  const files = new Map<string, Issue[]>();
  for (const issue of issues) {
    const file = issue.at.source ?? '';
    const known = files.get(file);
    if (known === undefined) files.set(file, [issue]);
    else known.push(issue);
  }
  return [...files].flatMap(([file, own]) => {
    const shown = worstFirst(own).slice(0, MOST);
    const lines = own.filter((issue) => shown.includes(issue)).flatMap((issue) => issueLines(issue, style));
    const more = own.length - shown.length;
    return more === 0 ? lines : [...lines, `${style.strong(visibleText(file))}: … and ${more} more`];
  });
}

function worstFirst(issues: readonly Issue[]): readonly Issue[] {
  const rank = { error: 0, warning: 1, note: 2 } as const;
  return issues.length <= MOST ? issues : issues.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}
