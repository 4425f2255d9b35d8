import type { ObjectNode } from '../syntax/source.js';
import type { Listed, PrincipalEntry } from './policy.js';
import type { PolicyTypeRules } from './policy-types.js';
import { readPrincipal } from './principal-element.js';
import { complain, type Element, isMisspelt, isObject, member, type Reader } from './reader.js';
import { complainOfBoth, ELEMENTS } from './statement-elements.js';

/**
 * Reads `Principal` or `NotPrincipal` of a statement, as its policy type allows; `undefined` where the type names none,
 * or after a complaint.
 * Page: IAM User Guide, AWS JSON policy elements: Principal, and NotPrincipal.
 */
export function readPrincipals(
  reader: Reader,
  statement: Element<ObjectNode>,
  effect: 'Allow' | 'Deny',
  rules: PolicyTypeRules,
): Listed<PrincipalEntry> | undefined {
  const positive = member(statement, 'Principal');
  const negative = member(statement, 'NotPrincipal');
  const at = positive ?? negative;
  if (rules.principal === 'forbidden') {
    if (at !== undefined) complainOfForbidden(reader, at, rules);
    return undefined;
  }
  if (at === undefined) {
    complainOfNone(reader, statement, rules);
    return undefined;
  }
  if (positive !== undefined && negative !== undefined) {
    complainOfBoth(reader, negative, 'Principal', 'NotPrincipal');
  }
  if (negative !== undefined) checkNotPrincipal(reader, negative, effect, rules);
  const entries = readPrincipal(reader, at);
  if (rules.principal === 'everyone-only') checkEveryone(reader, at, entries, rules);
  return Object.freeze({ negated: positive === undefined, entries });
}

function complainOfForbidden(reader: Reader, at: Element, rules: PolicyTypeRules): void {
  complain(reader, at, {
    code: 'forbidden-principal',
    message: `${rules.title} names no principal: it applies to the one it is attached to`,
    help: `remove ${at.step}, or attach the policy to the resource`,
    docs: rules.page,
  });
}

function complainOfNone(reader: Reader, statement: Element<ObjectNode>, rules: PolicyTypeRules): void {
  if (isMisspelt(statement, ELEMENTS, 'Principal') || isMisspelt(statement, ELEMENTS, 'NotPrincipal')) return;
  const everyone = rules.principal === 'everyone-only';
  complain(reader, statement, {
    code: 'missing-principal',
    message: `the statement of ${rules.title} has no Principal`,
    expected: everyone
      ? '`"Principal": "*"`'
      : 'Principal, such as `{"AWS": "arn:aws:iam::111122223333:role/worker"}`',
    help: everyone
      ? undefined
      : 'say whom the statement is about, or attach the policy to an identity instead',
    docs: rules.page,
  });
}

function checkNotPrincipal(
  reader: Reader,
  at: Element,
  effect: 'Allow' | 'Deny',
  rules: PolicyTypeRules,
): void {
  if (!rules.notPrincipal) {
    complain(reader, at, {
      code: 'unsupported-element',
      message: `${rules.title} knows no NotPrincipal`,
      docs: rules.page,
    });
  } else if (effect === 'Allow') {
    complain(reader, at, {
      code: 'unsupported-element',
      message: 'NotPrincipal goes with Deny only: with Allow it would let in everybody else',
      help: 'use Principal, with conditions such as `ArnNotEquals` on `aws:PrincipalArn`',
      docs: 'IAM User Guide, AWS JSON policy elements: NotPrincipal',
    });
  }
}

/** Page: Organizations User Guide, RCP syntax. */
function checkEveryone(
  reader: Reader,
  at: Element,
  entries: readonly PrincipalEntry[],
  rules: PolicyTypeRules,
): void {
  const others = entries.some((entry) => entry.kind !== 'everyone');
  if (!others && !(isObject(at) && entries.length > 0)) return;
  complain(reader, at, {
    code: 'bad-principal',
    severity: others ? 'error' : 'warning',
    message: others
      ? `${rules.title} speaks about everyone`
      : `${rules.title} names everyone in another form than AWS documents`,
    expected: '`"Principal": "*"`',
    help: others ? 'narrow it with conditions, such as `aws:PrincipalOrgID`' : undefined,
    docs: rules.page,
  });
}
