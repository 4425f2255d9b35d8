import { excerpt } from '../syntax/excerpt.js';
import type { ObjectNode } from '../syntax/source.js';
import type { Listed } from './policy.js';
import type { PolicyTypeRules } from './policy-types.js';
import { complain, type Element, isMisspelt, member, type Reader } from './reader.js';
import { complainOfBoth, ELEMENTS, readTexts } from './statement-elements.js';

const PAGE = 'IAM User Guide, IAM JSON policy elements: Action';

/** Reads `Action` or `NotAction`; `undefined` after a complaint when the statement has neither. Page: as named. */
export function readActions(
  reader: Reader,
  statement: Element<ObjectNode>,
  rules: PolicyTypeRules,
): Listed<string> | undefined {
  const positive = member(statement, 'Action');
  const negative = member(statement, 'NotAction');
  const at = positive ?? negative;
  if (at === undefined) {
    complainOfNone(reader, statement, rules);
    return undefined;
  }
  if (positive !== undefined && negative !== undefined)
    complainOfBoth(reader, negative, 'Action', 'NotAction');
  if (negative !== undefined && !rules.notAction) {
    complain(reader, negative, {
      code: 'unsupported-element',
      message: `${rules.title} knows no NotAction`,
      help: 'list the actions in Action',
      docs: rules.page,
    });
  }
  const entries = readTexts(reader, at, 'action', (item, action) => checkAction(reader, item, action, rules));
  return Object.freeze({ negated: positive === undefined, entries });
}

function complainOfNone(reader: Reader, statement: Element<ObjectNode>, rules: PolicyTypeRules): void {
  if (isMisspelt(statement, ELEMENTS, 'Action') || isMisspelt(statement, ELEMENTS, 'NotAction')) return;
  const inert = rules.missingAction === 'inert';
  complain(reader, statement, {
    code: inert ? 'inert-statement' : 'missing-element',
    severity: inert ? 'warning' : 'error',
    message: inert
      ? 'the statement has no Action: KMS accepts it, and it does nothing'
      : 'the statement has no Action',
    expected: 'Action or NotAction',
    docs: rules.page,
  });
}

/** Rule: WILD-ACTION-PREFIX, VAR-PLACES */
function checkAction(reader: Reader, item: Element, action: string, rules: PolicyTypeRules): void {
  if (action === '*') {
    if (rules.allow) return;
    complain(reader, item, {
      code: 'bad-action',
      message: `${rules.title} must name the service of an action`,
      expected: 'an action such as `sqs:*`',
      docs: rules.page,
    });
    return;
  }
  const colon = action.indexOf(':');
  if (colon <= 0 || colon === action.length - 1) {
    complain(reader, item, {
      code: 'bad-action',
      message: `${excerpt(action)} is no action`,
      expected: '`service:Action`, such as `sqs:SendMessage`, or `*`',
      docs: PAGE,
    });
    return;
  }
  const prefix = action.slice(0, colon);
  if (prefix.includes('*') || prefix.includes('?')) {
    complain(reader, item, {
      code: 'bad-action',
      severity: 'warning',
      message: `${excerpt(action)} has a wildcard in the service prefix and matches nothing`,
      help: 'name the service',
      docs: PAGE,
    });
  }
  if (action.includes('${')) {
    complain(reader, item, {
      code: 'bad-variable',
      severity: 'warning',
      message: `an action holds no policy variables: ${excerpt(action)} matches nothing`,
      docs: 'IAM User Guide, IAM policy elements: Variables and tags',
    });
  }
}
