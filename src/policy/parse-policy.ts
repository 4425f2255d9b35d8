import { checked, type Checked, type Issue } from '../syntax/issue.js';
import { scanJson } from '../syntax/json-scanner.js';
import { nodeOf } from '../syntax/plain-source.js';
import { readDocument, type YamlReader } from '../syntax/read-document.js';
import type { ObjectNode, Source, SourceNode } from '../syntax/source.js';
import type { Policy, PolicyType, Statement } from './policy.js';
import { POLICY_TYPES, type PolicyTypeRules } from './policy-types.js';
import { complain, type Element, isObject, items, kindName, member, onlyMembers, type Reader, text } from './reader.js';
import { readStatement } from './statement.js';

/** No policy that AWS takes comes near this; text beyond it is refused unread. In UTF-16 units. */
export const POLICY_TEXT_LIMIT = 512 * 1024;

export interface PolicyOptions {
  /** What people call the policy; by default the name of the source. */
  readonly name?: string;
  readonly arn?: string;
  /** Reads policies kept as YAML; without it only JSON text is understood. */
  readonly readYaml?: YamlReader;
}

/**
 * Reads a policy document from text: JSON, YAML (with a reader for it), or JSON inside a JSON string as AWS's command
 * line prints it. Never throws: what is wrong comes back as issues with line and column.
 * Page: IAM User Guide, Grammar of the IAM JSON policy language.
 */
export function parsePolicy(source: Source, type: PolicyType, options: PolicyOptions = {}): Checked<Policy> {
  if (source.text.length > POLICY_TEXT_LIMIT) {
    const issue: Issue = {
      code: 'too-large',
      severity: 'error',
      message: `the policy holds ${source.text.length} characters`,
      expected: `at most ${POLICY_TEXT_LIMIT}; AWS itself takes far less`,
      at: { source: source.name, pointer: [], start: { line: 1, column: 1 } },
    };
    return { ok: false, issues: [issue] };
  }
  const { node, issues } = readDocument(source, options.readYaml);
  if (node === undefined) return checked(undefined as never, issues);
  return unwrap(source, node, type, options, issues);
}

/** Reads a policy from a plain JavaScript value, such as an imported JSON module. Issues carry pointers, not lines. */
export function policyFrom(value: unknown, type: PolicyType, options: PolicyOptions = {}): Checked<Policy> {
  const source: Source = { name: options.name ?? 'policy', text: '' };
  if (typeof value === 'string') return parsePolicy({ name: source.name, text: value }, type, options);
  const { node, issues } = nodeOf(value);
  if (node === undefined) return checked(undefined as never, issues);
  return unwrap(source, node, type, options, issues);
}

/** Looks through the wrappings in which AWS's tools print policies: a JSON string, or `{"Policy": "…"}`. */
function unwrap(
  source: Source,
  node: SourceNode,
  type: PolicyType,
  options: PolicyOptions,
  issues: readonly Issue[],
): Checked<Policy> {
  const inner = encodedText(node);
  if (inner === undefined) return policyFromNode(source, node, type, options, issues);
  const nested: Source = {
    name: source.name,
    text: inner.value,
    ...(inner.span === undefined ? {} : { origin: { outer: source, at: inner.span } }),
  };
  const scanned = scanJson(nested);
  const all = [...issues, ...scanned.issues];
  if (scanned.node === undefined) return checked(undefined as never, all);
  return policyFromNode(nested, scanned.node, type, options, all);
}

function encodedText(node: SourceNode): { readonly value: string; readonly span?: SourceNode['span'] } | undefined {
  if (node.kind === 'string' && node.value.trimStart().startsWith('{')) return node;
  if (node.kind !== 'object') return undefined;
  const policy = node.members.find(({ key }) => key === 'Policy');
  if (node.members.some(({ key }) => key === 'Statement') || policy === undefined) return undefined;
  return policy.value.kind === 'string' ? policy.value : undefined;
}

/** Reads a policy from a tree that was read before, such as an inline policy of a scenario. */
export function policyFromNode(
  source: Source,
  node: SourceNode,
  type: PolicyType,
  options: PolicyOptions = {},
  earlier: readonly Issue[] = [],
  pointer: Element['pointer'] = [],
): Checked<Policy> {
  const reader: Reader = { source, issues: [...earlier] };
  const rules = POLICY_TYPES[type];
  const root: Element = { node, pointer };
  if (!isObject(root)) {
    complain(reader, root, {
      code: 'wrong-type',
      message: `the policy is ${kindName(node)}`,
      expected: 'an object with Version and Statement',
    });
    return checked(undefined as never, reader.issues);
  }
  onlyMembers(reader, root, ['Version', 'Id', 'Statement'], rules.title);
  const version = readVersion(reader, root, rules);
  readId(reader, root, rules);
  const statements = readStatements(reader, root, { type, rules, variables: version === '2012-10-17' });
  checkSids(reader, root, statements, rules);
  checkSize(reader, root, rules);
  const policy: Policy = {
    type,
    name: options.name ?? source.name,
    ...(options.arn === undefined ? {} : { arn: options.arn }),
    version,
    statements,
    origin: { source, node },
  };
  return checked(deepFreeze(policy), reader.issues);
}

function readVersion(reader: Reader, root: Element<ObjectNode>, rules: PolicyTypeRules): Policy['version'] {
  const at = member(root, 'Version');
  if (at === undefined) {
    if (rules.version === '2012-10-17') {
      complain(reader, root, {
        code: 'bad-version',
        message: `${rules.title} has no Version`,
        expected: '`"Version": "2012-10-17"`',
        docs: rules.page,
      });
    }
    return '2008-10-17';
  }
  const version = text(reader, at, 'Version');
  if (version === '2012-10-17') return version;
  if (version === '2008-10-17' && rules.version === 'any') return version;
  if (version !== undefined) {
    complain(reader, at, {
      code: 'bad-version',
      message: `unknown Version \`${version}\``,
      expected: rules.version === 'any' ? '`2012-10-17` (or `2008-10-17`)' : '`2012-10-17`',
      help: 'it is the version of the policy language, not a date of yours',
      docs: 'IAM User Guide, IAM JSON policy elements: Version',
    });
  }
  return '2012-10-17';
}

function readId(reader: Reader, root: Element<ObjectNode>, rules: PolicyTypeRules): void {
  const at = member(root, 'Id');
  if (at === undefined) return;
  text(reader, at, 'Id');
  if (!rules.id) {
    complain(reader, at, {
      code: 'unsupported-element',
      severity: 'warning',
      message: `${rules.title} takes no Id`,
      docs: rules.page,
    });
  }
}

function readStatements(reader: Reader, root: Element<ObjectNode>, under: Parameters<typeof readStatement>[3]): readonly Statement[] {
  const at = member(root, 'Statement');
  if (at === undefined) {
    complain(reader, root, { code: 'missing-element', message: 'the policy has no Statement', expected: 'Statement: an object or a list of them' });
    return [];
  }
  const elements = items(at);
  if (elements.length === 0) {
    complain(reader, at, { code: 'empty-list', message: 'the policy has no statement', expected: 'at least one statement' });
  }
  return elements.flatMap((element, index) => readStatement(reader, element, index, under) ?? []);
}

function checkSids(reader: Reader, root: Element<ObjectNode>, statements: readonly Statement[], rules: PolicyTypeRules): void {
  const at = member(root, 'Statement');
  if (at === undefined) return;
  const elements = items(at);
  const seen = new Set<string>();
  for (const { sid, index } of statements) {
    const element = elements[index];
    if (sid === undefined || sid === '' || element === undefined) continue;
    if (seen.has(sid)) {
      complain(reader, element, {
        code: 'repeated-value',
        severity: rules.sid === 'alphanumeric' ? 'error' : 'warning',
        message: `two statements have the Sid \`${sid}\``,
        expected: 'a Sid of its own for each statement',
      });
    }
    seen.add(sid);
  }
}

function checkSize(reader: Reader, root: Element<ObjectNode>, rules: PolicyTypeRules): void {
  const { text: whole } = reader.source;
  const span = root.node.span;
  if (rules.size === undefined || span === undefined) return;
  const { limit, unit } = rules.size;
  if (span.to - span.from <= limit / 3) return;
  const size = sizeOf(whole, span.from, span.to, unit);
  if (size <= limit) return;
  complain(reader, root, {
    code: 'quota',
    severity: 'warning',
    message: `${rules.title} of ${size} ${unit} is larger than AWS stores`,
    expected: `at most ${limit} ${unit}`,
    docs: rules.page,
  });
}

function sizeOf(whole: string, from: number, to: number, unit: NonNullable<PolicyTypeRules['size']>['unit']): number {
  if (unit === 'characters') return to - from;
  let size = 0;
  for (let i = from; i < to; i += 1) {
    const code = whole.charCodeAt(i);
    if (unit === 'bytes') size += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    else if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) size += 1;
  }
  return size;
}

function deepFreeze(policy: Policy): Policy {
  for (const statement of policy.statements) {
    if (statement.principal !== undefined) {
      for (const entry of statement.principal.entries) Object.freeze(entry);
      Object.freeze(statement.principal.entries);
      Object.freeze(statement.principal);
    }
    Object.freeze(statement.action.entries);
    Object.freeze(statement.action);
    Object.freeze(statement.resource.entries);
    Object.freeze(statement.resource);
    for (const condition of statement.conditions) {
      Object.freeze(condition.operands);
      Object.freeze(condition);
    }
    Object.freeze(statement.conditions);
    Object.freeze(statement);
  }
  Object.freeze(policy.statements);
  return Object.freeze(policy);
}
