import { type Element, elementAt, isObject, member } from '../policy/reader.js';
import type { RuleId } from '../rules/registry.js';
import type { Issue } from '../syntax/issue.js';
import { scanJson } from '../syntax/json-scanner.js';
import { nodeOf } from '../syntax/plain-source.js';
import type { ObjectNode, Source, SourceNode } from '../syntax/source.js';
import { authorizeOnce } from './authorize.js';
import type { LineReader } from './decide-line.js';
import type { Decider } from './layer.js';
import { readQuestion } from './read-question.js';
import type { Verdict } from './verdict.js';

/** The answer to one line: a decision, or `invalid` when a document is unusable and no verdict was reached. */
export interface DecideAnswer {
  readonly id?: string;
  readonly decision: Verdict['decision'] | 'invalid';
  readonly decidedBy?: Decider;
  readonly rules: readonly RuleId[];
  readonly assumed: readonly string[];
  readonly dependsOn: readonly string[];
  readonly issues: readonly Issue[];
}

/**
 * Decides one self-contained request: who, what, on which resource, and all documents that apply, as one plain value.
 * Anything unusable gives `invalid` with issues; nothing throws. Condition keys that follow from the principal and the
 * resource are filled in unless `contextIsComplete` is true.
 */
export function decide(line: unknown): DecideAnswer {
  const { node, issues } = nodeOf(line);
  return decideNode({ name: 'request', text: '' }, node, issues);
}

/** The same, from the text of one JSON line. */
export function decideText(source: Source): DecideAnswer {
  const { node, issues } = scanJson(source);
  return decideNode(source, node, issues);
}

function decideNode(source: Source, node: SourceNode | undefined, issues: readonly Issue[]): DecideAnswer {
  const reader: LineReader = { source, issues: [...issues] };
  if (node === undefined) return invalid({}, reader);
  const root = elementAt(node, []);
  const id = isObject(root) ? idOf(root) : {};
  const question = readQuestion(reader, root);
  if (question === undefined || reader.issues.some((issue) => issue.severity === 'error')) {
    return invalid(id, reader);
  }
  const verdict = authorizeOnce(question.request, question.policies);
  const { decision, decidedBy, rules, assumed, dependsOn } = verdict;
  return { ...id, decision, decidedBy, rules, assumed, dependsOn, issues: reader.issues };
}

function invalid(id: Pick<DecideAnswer, 'id'>, { issues }: LineReader): DecideAnswer {
  return { ...id, decision: 'invalid', rules: [], assumed: [], dependsOn: [], issues };
}

function idOf(root: Element<ObjectNode>): { readonly id?: string } {
  const at = member(root, 'id');
  if (at?.node.kind === 'string') return { id: at.node.value };
  return at?.node.kind === 'number' ? { id: at.node.raw } : {};
}
