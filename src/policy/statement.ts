import { excerpt } from '../syntax/excerpt.js';
import type { ObjectNode } from '../syntax/source.js';
import { readActions } from './action-element.js';
import { readConditions } from './condition-block.js';
import { readEffect } from './effect-element.js';
import type { Condition, Listed, Statement } from './policy.js';
import type { PolicyTypeRules, StatementRules } from './policy-types.js';
import {
  complain,
  type Element,
  isObject,
  kindName,
  member,
  onlyMembers,
  type Reader,
  text,
} from './reader.js';
import { readResources } from './resource-element.js';
import { ELEMENTS } from './statement-elements.js';
import { readPrincipals } from './statement-principal.js';

const NOTHING: Listed<never> = Object.freeze({ negated: false, entries: Object.freeze([]) });
const NO_CONDITIONS: readonly Condition[] = Object.freeze([]);

/**
 * Reads one statement, frozen; `undefined` after a complaint when it is no object.
 * Page: IAM User Guide, Grammar of the IAM JSON policy language.
 */
export function readStatement(
  reader: Reader,
  element: Element,
  index: number,
  under: StatementRules,
): Statement | undefined {
  if (!isObject(element)) {
    complain(reader, element, {
      code: 'wrong-type',
      message: `the statement is ${kindName(element.node)}`,
      expected: 'an object with Effect, Action and Resource',
    });
    return undefined;
  }
  const { rules } = under;
  onlyMembers(reader, element, ELEMENTS, 'the statement');
  const sid = readSid(reader, element, rules);
  const effect = readEffect(reader, element, rules);
  const principal = readPrincipals(reader, element, effect, rules);
  const action = readActions(reader, element, rules);
  const resource = readResources(reader, element, under);
  const block = member(element, 'Condition');
  return Object.freeze({
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    inert: action === undefined || resource === undefined,
    ...(principal === undefined ? {} : { principal }),
    action: action ?? NOTHING,
    resource: resource ?? NOTHING,
    conditions: block === undefined ? NO_CONDITIONS : readConditions(reader, block, under),
  });
}

/** Page: IAM User Guide, IAM JSON policy elements: Sid. */
function readSid(reader: Reader, statement: Element<ObjectNode>, rules: PolicyTypeRules): string | undefined {
  const at = member(statement, 'Sid');
  if (at === undefined) return undefined;
  const sid = text(reader, at, 'Sid');
  if (sid !== undefined && rules.sid === 'alphanumeric' && !/^[A-Za-z0-9]*$/.test(sid)) {
    complain(reader, at, {
      code: 'bad-sid',
      message: `the Sid ${excerpt(sid)} holds other characters than letters and digits`,
      expected: `A-Z, a-z and 0-9 only in ${rules.title}`,
      docs: 'IAM User Guide, IAM JSON policy elements: Sid',
    });
  }
  return sid;
}
