import { splitArn } from '../syntax/arn.js';
import { excerpt } from '../syntax/excerpt.js';
import { parseTemplate } from '../syntax/policy-variable.js';
import type { ObjectNode } from '../syntax/source.js';
import type { Listed } from './policy.js';
import type { PolicyTypeRules, StatementRules } from './policy-types.js';
import { type Complaint, complain, type Element, isMisspelt, member, type Reader } from './reader.js';
import { complainOfBoth, ELEMENTS, readTexts } from './statement-elements.js';
import { checkVariables, complainOfVersion, VARIABLES_PAGE, variablesOf } from './variable-check.js';

const EVERYTHING: Listed<string> = Object.freeze({ negated: false, entries: Object.freeze(['*']) });
const PAGE = 'IAM User Guide, IAM JSON policy elements: Resource';

/**
 * Reads `Resource` or `NotResource`. For a statement with neither: `*` where the policy belongs to one resource,
 * otherwise `undefined`, both after a complaint. Page: IAM User Guide, IAM JSON policy elements: Resource.
 */
export function readResources(
  reader: Reader,
  statement: Element<ObjectNode>,
  { rules, variables }: StatementRules,
): Listed<string> | undefined {
  const positive = member(statement, 'Resource');
  const negative = member(statement, 'NotResource');
  const at = positive ?? negative;
  if (at === undefined) {
    complainOfNone(reader, statement, rules);
    return rules.missingResource === 'this-resource' ? EVERYTHING : undefined;
  }
  if (positive !== undefined && negative !== undefined) {
    complainOfBoth(reader, negative, 'Resource', 'NotResource');
  }
  const entries = readTexts(reader, at, 'resource', (item, value) =>
    checkResource(reader, item, value, variables),
  );
  return Object.freeze({ negated: positive === undefined, entries });
}

const NONE: Readonly<Record<PolicyTypeRules['missingResource'], Complaint>> = {
  error: { code: 'missing-element', message: 'the statement has no Resource' },
  'this-resource': {
    code: 'missing-element',
    severity: 'warning',
    message: 'the statement has no Resource: it is read as this resource, which AWS does not document',
  },
  inert: {
    code: 'inert-statement',
    severity: 'warning',
    message: 'the statement has no Resource: KMS accepts it, and it does nothing',
  },
};

function complainOfNone(reader: Reader, statement: Element<ObjectNode>, rules: PolicyTypeRules): void {
  if (isMisspelt(statement, ELEMENTS, 'Resource') || isMisspelt(statement, ELEMENTS, 'NotResource')) return;
  complain(reader, statement, {
    ...NONE[rules.missingResource],
    expected: 'Resource or NotResource',
    docs: rules.page,
  });
}

function checkResource(reader: Reader, item: Element, value: string, variables: boolean): void {
  if (value === '*') return;
  if (!canMatchAnArn(value)) {
    complain(reader, item, {
      code: 'bad-resource',
      severity: 'warning',
      message: `${excerpt(value)} is no ARN and matches nothing`,
      expected: '`*` or an ARN such as `arn:aws:sqs:us-east-1:111122223333:orders`',
      help: value.startsWith('http') ? 'write the ARN of the queue instead of its URL' : undefined,
      docs: PAGE,
    });
    return;
  }
  if (value.includes('${')) checkResourceVariables(reader, item, value, variables);
}

/** Whether what stands before the first wildcard begins as ARNs do. Shorter ARNs than six parts are legal patterns. */
function canMatchAnArn(value: string): boolean {
  if (value.startsWith('arn:')) return true;
  for (let at = 0; at < 'arn:'.length; at += 1) {
    if (value[at] === '*' || value[at] === '?') return true;
    if (value[at] !== 'arn:'[at]) return false;
  }
  return true;
}

/** Rule: VAR-PLACES */
function checkResourceVariables(reader: Reader, item: Element, value: string, variables: boolean): void {
  const template = parseTemplate(value, { wildcards: true });
  if (!variables) {
    if (variablesOf(template).length > 0) complainOfVersion(reader, item, value);
    return;
  }
  const head = splitArn(value)?.slice(0, 5).join(':') ?? value;
  if (head.includes('${')) {
    complain(reader, item, {
      code: 'bad-variable',
      severity: 'warning',
      message: `a policy variable before the fifth colon of ${excerpt(value)} is not replaced`,
      help: 'use variables in the last part of the ARN only',
      docs: VARIABLES_PAGE,
    });
  }
  checkVariables(reader, item, template);
}
