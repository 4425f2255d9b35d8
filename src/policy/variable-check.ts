import { conditionKey } from '../catalogue/condition-keys.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Template, VariablePart } from '../syntax/policy-variable.js';
import { complain, type Element, type Reader } from './reader.js';

export const VARIABLES_PAGE = 'IAM User Guide, IAM policy elements: Variables and tags';

export function variablesOf({ parts }: Template): readonly VariablePart[] {
  return parts.filter((part) => part.kind === 'variable');
}

/** Tells that policy variables stay text because the document has no Version, or an old one. Rule: VAR-VERSION */
export function complainOfVersion(reader: Reader, at: Element, value: string): void {
  complain(reader, at, {
    code: 'bad-variable',
    severity: 'warning',
    message: `${excerpt(value)} is taken literally: policy variables need Version 2012-10-17`,
    help: 'set the policy to `"Version": "2012-10-17"`',
    docs: VARIABLES_PAGE,
  });
}

/** Tells of variables that are written wrongly and of those that can never be replaced. Rule: VAR-SYNTAX, VAR-MULTIVALUED */
export function checkVariables(reader: Reader, at: Element, template: Template): void {
  for (const { message } of template.problems) {
    complain(reader, at, { code: 'bad-variable', severity: 'warning', message, docs: VARIABLES_PAGE });
  }
  for (const { key } of variablesOf(template)) {
    const known = conditionKey(key);
    if (!known?.many) continue;
    complain(reader, at, {
      code: 'bad-variable',
      severity: 'warning',
      message: `\`${known.name}\` holds several values and so cannot be a policy variable`,
      docs: VARIABLES_PAGE,
    });
  }
}
