import { elementAt } from '../policy/reader.js';
import { type Checked, checked, refused } from '../syntax/issue.js';
import { nodeOf } from '../syntax/plain-source.js';
import type { LineReader } from './decide-line.js';
import { type Question, readQuestion } from './read-question.js';

/**
 * Reads a plain value as `decide` does, without deciding it: for asking the same question again, with a recorder or with
 * something changed. Anything unusable comes back as issues; nothing throws.
 */
export function questionFrom(line: unknown): Checked<Question> {
  const { node, issues } = nodeOf(line);
  const reader: LineReader = { source: { name: 'request', text: '' }, issues: [...issues] };
  const question = node === undefined ? undefined : readQuestion(reader, elementAt(node, []));
  return question === undefined ? refused(reader.issues) : checked(question, reader.issues);
}
