import { type Checked, checked, type Issue, refused } from '../syntax/issue.js';
import { type ReadText, scanJson } from '../syntax/json-scanner.js';
import { inTextOrder, placeOf } from '../syntax/locate.js';
import { nodeOf } from '../syntax/plain-source.js';
import { readDocument, type YamlReader } from '../syntax/read-document.js';
import type { Pointer, Source, SourceNode } from '../syntax/source.js';
import { readPolicy } from './document.js';
import type { Reread } from './origin.js';
import type { Policy, PolicyType } from './policy.js';
import { elementAt, type Reader } from './reader.js';
import { unwrap } from './wrapping.js';

/** No policy that AWS takes comes near this; text beyond it is refused unread. In UTF-16 units. */
export const POLICY_TEXT_LIMIT = 512 * 1024;

export interface PolicyOptions {
  /** What people call the policy; by default the name of the source. */
  readonly name?: string;
  /** The ARN of a managed policy. AWS's own policies may do what customers' may not. */
  readonly arn?: string;
  /** Reads policies kept as YAML; without it only JSON text is understood. */
  readonly readYaml?: YamlReader;
}

/**
 * Reads a policy document from text: JSON, YAML (with a reader for it), or what AWS's command line prints around it
 * (JSON inside a JSON string, `{"Policy": …}`). Never throws: what is wrong comes back as issues with line and column,
 * in the order of the text. The policy is frozen.
 * Page: IAM User Guide, Grammar of the IAM JSON policy language.
 */
export function parsePolicy(source: Source, type: PolicyType, options: PolicyOptions = {}): Checked<Policy> {
  if (source.text.length > POLICY_TEXT_LIMIT) {
    const issue: Issue = {
      code: 'too-large',
      severity: 'error',
      message: `the policy holds ${source.text.length} characters`,
      expected: `at most ${POLICY_TEXT_LIMIT}; AWS itself takes far fewer`,
      at: placeOf(source, [], { from: 0, to: 0 }),
    };
    return refused([issue]);
  }
  const own = Object.isFrozen(source) ? source : Object.freeze({ ...source });
  const { node, issues } = readText(own, options.readYaml);
  if (node === undefined) return refused(issues);
  return readFrom(own, node, type, options, issues, [], () => readText(own, options.readYaml).node);
}

/** A document that is one JSON string begins like a YAML mapping with quoted names, so its whole text decides. */
function readText(source: Source, readYaml: YamlReader | undefined): ReadText {
  const quoted = source.text.trimStart().startsWith('"') ? scanJson(source) : undefined;
  return quoted?.node === undefined ? readDocument(source, readYaml) : quoted;
}

/**
 * Reads a policy from a plain JavaScript value, such as an imported JSON module, or from JSON text. Issues about a
 * value carry pointers, not lines.
 */
export function policyFrom(value: unknown, type: PolicyType, options: PolicyOptions = {}): Checked<Policy> {
  const name = options.name ?? 'policy';
  if (typeof value === 'string') return parsePolicy({ name, text: value }, type, options);
  const { node, issues } = nodeOf(value);
  if (node === undefined) return refused(issues);
  return policyFromNode(Object.freeze({ name, text: '' }), node, type, options, issues);
}

/**
 * Reads a policy from a tree that was read before, such as an inline policy of a scenario: `source` is the document
 * that the tree's spans count in, `pointer` leads to the policy inside it. `earlier` issues join the policy's own.
 */
export function policyFromNode(
  source: Source,
  node: SourceNode,
  type: PolicyType,
  options: PolicyOptions = {},
  earlier: readonly Issue[] = [],
  pointer: Pointer = [],
): Checked<Policy> {
  return readFrom(source, node, type, options, earlier, pointer, undefined);
}

function readFrom(
  source: Source,
  node: SourceNode,
  type: PolicyType,
  options: PolicyOptions,
  earlier: readonly Issue[],
  pointer: Pointer,
  reread: Reread | undefined,
): Checked<Policy> {
  const opened = unwrap(source, elementAt(node, pointer));
  const reader: Reader = { source: opened.source, issues: [...earlier, ...opened.issues] };
  const { name = source.name, arn } = options;
  const { root } = opened;
  const names = { name, ...(arn === undefined ? {} : { arn }) };
  const policy = root && readPolicy(reader, root, type, names, root.node === node ? reread : undefined);
  const issues = inTextOrder(reader.issues);
  return policy === undefined ? refused(issues) : checked(policy, issues);
}
