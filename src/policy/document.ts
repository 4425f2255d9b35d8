import { excerpt } from '../syntax/excerpt.js';
import type { ObjectNode } from '../syntax/source.js';
import { checkCharacters } from './characters.js';
import { originIn, originOf, type Reread } from './origin.js';
import type { Policy, PolicyType, Statement } from './policy.js';
import { type PolicyTypeRules, rulesFor } from './policy-types.js';
import { checkQueueQuotas } from './queue-quotas.js';
import {
  complain,
  type Element,
  isMisspelt,
  isObject,
  items,
  kindName,
  member,
  onlyMembers,
  pointerOf,
  type Reader,
  text,
} from './reader.js';
import { checkSize } from './size.js';
import { readStatement } from './statement.js';
import { jsonTextOf } from './text-of.js';

const ELEMENTS = ['Version', 'Id', 'Statement'] as const;

/**
 * Reads the root of a policy document; `undefined` after a complaint when it is no object. Whether the policy can be
 * used is for the reader's issues to say. `reread` gives the root's tree once more, where that can be.
 * Page: IAM User Guide, Grammar of the IAM JSON policy language.
 */
export function readPolicy(
  reader: Reader,
  root: Element,
  type: PolicyType,
  names: { readonly name: string; readonly arn?: string },
  reread?: Reread,
): Policy | undefined {
  if (!isObject(root)) {
    complain(reader, root, {
      code: 'wrong-type',
      message: `the policy is ${kindName(root.node)}`,
      expected: 'an object with Version and Statement',
    });
    return undefined;
  }
  const rules = rulesFor(type, names.arn);
  onlyMembers(reader, root, ELEMENTS, rules.title);
  const version = readVersion(reader, root, rules);
  readId(reader, root, rules);
  const elements = readStatementList(reader, root);
  const under = { type, rules, variables: version === '2012-10-17' };
  const statements: Statement[] = [];
  for (const [index, each] of elements.entries()) {
    const statement = readStatement(reader, each, index, under);
    if (statement !== undefined) statements.push(statement);
  }
  checkSids(reader, elements, statements, rules);
  if (type === 'queue') checkQueueQuotas(reader, elements);
  const json = jsonTextOf(reader.source, root.node.span);
  checkSize(reader, root, rules, json);
  checkCharacters(reader, root, json);
  const { name, arn } = names;
  return Object.freeze({
    type,
    name,
    ...(arn === undefined ? {} : { arn }),
    version,
    statements: Object.freeze(statements),
    origin:
      reread === undefined
        ? originIn(reader.source, root.node, pointerOf(root))
        : originOf(reader.source, pointerOf(root), reread),
  });
}

/** Page: IAM User Guide, IAM JSON policy elements: Version. */
function readVersion(reader: Reader, root: Element<ObjectNode>, rules: PolicyTypeRules): Policy['version'] {
  const at = member(root, 'Version');
  if (at === undefined) {
    if (rules.version === '2012-10-17' && !isMisspelt(root, ELEMENTS, 'Version')) {
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
      message:
        version === '2008-10-17'
          ? `${rules.title} needs the newer Version`
          : `${excerpt(version)} is no Version of the policy language`,
      expected: rules.version === 'any' ? '`2012-10-17` (or `2008-10-17`)' : '`2012-10-17`',
      help: 'it is the version of the policy language, not a date of yours',
      docs: 'IAM User Guide, IAM JSON policy elements: Version',
    });
  }
  return '2012-10-17';
}

/** Page: IAM User Guide, IAM JSON policy elements: Id. */
function readId(reader: Reader, root: Element<ObjectNode>, rules: PolicyTypeRules): void {
  const at = member(root, 'Id');
  if (at === undefined) return;
  text(reader, at, 'Id');
  if (rules.id) return;
  complain(reader, at, {
    code: 'unsupported-element',
    severity: 'warning',
    message: `${rules.title} takes no Id`,
    help: 'remove it: it has no meaning here',
    docs: 'IAM User Guide, IAM JSON policy elements: Id',
  });
}

function readStatementList(reader: Reader, root: Element<ObjectNode>): readonly Element[] {
  const at = member(root, 'Statement');
  if (at === undefined) {
    if (isMisspelt(root, ELEMENTS, 'Statement')) return [];
    complain(reader, root, {
      code: 'missing-element',
      message: 'the policy has no Statement',
      expected: 'Statement: an object or a list of them',
    });
    return [];
  }
  const elements = items(at);
  if (elements.length === 0) {
    complain(reader, at, {
      code: 'empty-list',
      message: 'the list of statements is empty',
      expected: 'at least one statement',
    });
  }
  return elements;
}

/** Page: IAM User Guide, IAM JSON policy elements: Sid. */
function checkSids(
  reader: Reader,
  elements: readonly Element[],
  statements: readonly Statement[],
  rules: PolicyTypeRules,
): void {
  const seen = new Set<string>();
  for (const { sid, index } of statements) {
    const element = elements[index];
    if (sid === undefined || sid === '' || element === undefined || !isObject(element)) continue;
    if (seen.has(sid)) {
      // A statement that has a Sid has it from this member.
      complain(reader, member(element, 'Sid') as Element, {
        code: 'repeated-value',
        severity: rules.sid === 'alphanumeric' ? 'error' : 'warning',
        message: `two statements have the Sid ${excerpt(sid)}`,
        expected: 'a Sid of its own for each statement',
        docs: 'IAM User Guide, IAM JSON policy elements: Sid',
      });
    }
    seen.add(sid);
  }
}
