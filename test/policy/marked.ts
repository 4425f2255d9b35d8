import { expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import type { Checked } from '../../src/syntax/issue.js';

/** A text in which a broken bar stands before each place that an issue is expected to begin at. */
export function marked(text: string): { readonly text: string; readonly spots: readonly string[] } {
  const spots: string[] = [];
  let line = 1;
  let column = 1;
  for (const character of text) {
    if (character === '¦') spots.push(`${line}:${column}`);
    else if (character === '\n') {
      line += 1;
      column = 1;
    } else column += character.length;
  }
  return { text: text.replaceAll('¦', ''), spots };
}

/** `severity code line:column` of every issue. */
export function summary({ issues }: Checked<Policy>): readonly string[] {
  return issues.map(({ severity, code, at }) => `${severity} ${code} ${at.start?.line}:${at.start?.column}`);
}

/** What is found, and what is expected: the issues named, each at its mark. */
export function examine(
  type: PolicyType,
  markedText: string,
  expected: readonly string[],
): { readonly found: readonly string[]; readonly wanted: readonly string[] } {
  const { text, spots } = marked(markedText);
  const found = summary(parsePolicy({ name: 'policy.json', text }, type));
  return { found, wanted: expected.map((issue, index) => `${issue} ${spots[index]}`) };
}

/** The policy of a text that must be free of errors. */
export function policyOf(type: PolicyType, text: string): Policy {
  const result = parsePolicy({ name: 'policy.json', text }, type);
  if (!result.ok) throw new Error(result.issues.map((issue) => issue.message).join('; '));
  return result.value;
}

/** A row of a table: what the rule says, the policy type, the marked document, and the issues at the marks. */
export type Row = readonly [title: string, type: PolicyType, document: string, ...issues: string[]];

/** A test for each row: exactly these issues, exactly there. */
export function itFinds(rows: readonly Row[]): void {
  for (const [title, type, document, ...issues] of rows) {
    it(`${title.replaceAll('¦', '')} (${type})`, () => {
      const { found, wanted } = examine(type, document, issues);
      expect(found).toEqual(wanted);
    });
  }
}
