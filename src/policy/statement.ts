import { splitArn } from '../syntax/arn.js';
import { didYouMean } from '../syntax/suggest.js';
import { parseTemplate } from '../syntax/policy-variable.js';
import { readConditions } from './condition-block.js';
import type { Condition, Listed, PolicyType, PrincipalEntry, Statement } from './policy.js';
import type { PolicyTypeRules } from './policy-types.js';
import { readPrincipal } from './principal-element.js';
import { complain, type Element, isObject, items, kindName, member, onlyMembers, type Reader, text } from './reader.js';
import type { ObjectNode } from '../syntax/source.js';

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

export interface StatementRules {
  readonly type: PolicyType;
  readonly rules: PolicyTypeRules;
  /** Version 2012-10-17: `${…}` in resources and conditions is a policy variable. */
  readonly variables: boolean;
}

/** Reads one statement; `undefined` when it is no object. Page: IAM User Guide, Grammar of the IAM JSON policy language. */
export function readStatement(reader: Reader, element: Element, index: number, under: StatementRules): Statement | undefined {
  const { type, rules, variables } = under;
  if (!isObject(element)) {
    complain(reader, element, {
      code: 'wrong-type',
      message: `the statement is ${kindName(element.node)}`,
      expected: 'an object with Effect, Action and Resource',
    });
    return undefined;
  }
  onlyMembers(reader, element, ELEMENTS, 'the statement');
  const sid = readSid(reader, element, rules);
  const effect = readEffect(reader, element, rules);
  const principal = readPrincipals(reader, element, effect, rules);
  const action = readActions(reader, element, rules);
  const resource = readResources(reader, element, rules, variables);
  const block = member(element, 'Condition');
  const conditions: readonly Condition[] = block === undefined ? [] : readConditions(reader, block, type, variables);
  const inert = action === undefined || resource === undefined;
  return {
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    inert,
    ...(principal === undefined ? {} : { principal }),
    action: action ?? { negated: false, entries: [] },
    resource: resource ?? { negated: false, entries: [] },
    conditions,
  };
}

function readSid(reader: Reader, element: Element<ObjectNode>, rules: PolicyTypeRules): string | undefined {
  const at = member(element, 'Sid');
  if (at === undefined) return undefined;
  const sid = text(reader, at, 'Sid');
  if (sid !== undefined && rules.sid === 'alphanumeric' && !isAlphanumeric(sid)) {
    complain(reader, at, {
      code: 'bad-sid',
      message: `the Sid \`${sid}\` holds other characters than letters and digits`,
      expected: `A-Z, a-z and 0-9 only in ${rules.title}`,
      docs: 'IAM User Guide, IAM JSON policy elements: Sid',
    });
  }
  return sid;
}

function isAlphanumeric(value: string): boolean {
  for (let i = 0; i < value.length; i += 1) {
    const unit = value.charCodeAt(i);
    const ok = (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
    if (!ok) return false;
  }
  return true;
}

function readEffect(reader: Reader, element: Element<ObjectNode>, rules: PolicyTypeRules): 'Allow' | 'Deny' {
  const at = member(element, 'Effect');
  if (at === undefined) {
    complain(reader, element, { code: 'missing-element', message: 'the statement has no Effect', expected: '`Allow` or `Deny`' });
    return 'Deny';
  }
  const effect = text(reader, at, 'Effect');
  if (effect === 'Allow' && !rules.allow) {
    complain(reader, at, {
      code: 'unsupported-element',
      message: `${rules.title} cannot allow: RCPFullAWSAccess is always attached and allows everything`,
      expected: '`Deny`',
      docs: rules.page,
    });
  }
  if (effect === 'Allow' || effect === 'Deny') return effect;
  if (effect !== undefined) {
    complain(reader, at, {
      code: 'wrong-value',
      message: `the Effect \`${effect}\` is neither Allow nor Deny`,
      expected: '`Allow` or `Deny`, in this letter case',
      help: didYouMean(effect, ['Allow', 'Deny']),
    });
  }
  return 'Deny';
}

function readPrincipals(
  reader: Reader,
  element: Element<ObjectNode>,
  effect: 'Allow' | 'Deny',
  rules: PolicyTypeRules,
): Listed<PrincipalEntry> | undefined {
  const positive = member(element, 'Principal');
  const negative = member(element, 'NotPrincipal');
  const at = positive ?? negative;
  if (rules.principal === 'forbidden') {
    if (at !== undefined) {
      complain(reader, at, {
        code: 'forbidden-principal',
        message: `${rules.title} names no principal: it applies to the one it is attached to`,
        help: `remove ${positive === undefined ? 'NotPrincipal' : 'Principal'}, or attach the policy to the resource`,
        docs: rules.page,
      });
    }
    return undefined;
  }
  if (at === undefined) {
    complain(reader, element, {
      code: 'missing-principal',
      message: `the statement of ${rules.title} has no Principal`,
      expected: 'Principal, such as `{"AWS": "arn:aws:iam::111122223333:role/worker"}`',
      help: 'say whom the statement is about, or attach it to an identity instead',
      docs: rules.page,
    });
    return undefined;
  }
  if (positive !== undefined && negative !== undefined) conflict(reader, negative, 'Principal', 'NotPrincipal');
  if (positive === undefined && !rules.notPrincipal) {
    complain(reader, at, { code: 'unsupported-element', message: `${rules.title} knows no NotPrincipal`, docs: rules.page });
  } else if (positive === undefined && effect === 'Allow') {
    complain(reader, at, {
      code: 'unsupported-element',
      message: 'NotPrincipal goes with Deny only: with Allow it would let in everybody else',
      help: 'use Principal, with conditions such as `ArnNotEquals` on `aws:PrincipalArn`',
      docs: 'IAM User Guide, AWS JSON policy elements: NotPrincipal',
    });
  }
  const entries = readPrincipal(reader, at);
  if (rules.principal === 'everyone-only' && entries.some((entry) => entry.kind !== 'everyone')) {
    complain(reader, at, {
      code: 'bad-principal',
      message: `${rules.title} speaks about everyone`,
      expected: '`"Principal": "*"`',
      help: 'narrow it with conditions, such as `aws:PrincipalOrgID`',
      docs: rules.page,
    });
  }
  return { negated: positive === undefined, entries };
}

function conflict(reader: Reader, at: Element, positive: string, negative: string): void {
  complain(reader, at, {
    code: 'conflicting-elements',
    message: `the statement has both ${positive} and ${negative}`,
    expected: 'one of the two',
  });
}

function readActions(reader: Reader, element: Element<ObjectNode>, rules: PolicyTypeRules): Listed<string> | undefined {
  const positive = member(element, 'Action');
  const negative = member(element, 'NotAction');
  const at = positive ?? negative;
  if (at === undefined) {
    const inert = rules.missingAction === 'inert';
    complain(reader, element, {
      code: inert ? 'inert-statement' : 'missing-element',
      severity: inert ? 'warning' : 'error',
      message: inert ? 'the statement has no Action: KMS accepts it, and it does nothing' : 'the statement has no Action',
      expected: 'Action or NotAction',
      docs: rules.page,
    });
    return undefined;
  }
  if (positive !== undefined && negative !== undefined) conflict(reader, negative, 'Action', 'NotAction');
  if (positive === undefined && !rules.notAction) {
    complain(reader, at, { code: 'unsupported-element', message: `${rules.title} knows no NotAction`, docs: rules.page });
  }
  const entries = readList(reader, at, 'the action', (item, action) => checkAction(reader, item, action, rules));
  return { negated: positive === undefined, entries };
}

function readList(reader: Reader, at: Element, what: string, check: (item: Element, value: string) => void): readonly string[] {
  const elements = items(at);
  const entries: string[] = [];
  if (elements.length === 0) complain(reader, at, { code: 'empty-list', message: `${what} list is empty`, expected: 'at least one entry' });
  for (const item of elements) {
    const value = text(reader, item, what);
    if (value === undefined) continue;
    check(item, value);
    entries.push(value);
  }
  return entries;
}

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
      message: `\`${action}\` is no action`,
      expected: '`service:Action`, such as `sqs:SendMessage`, or `*`',
      docs: 'IAM User Guide, IAM JSON policy elements: Action',
    });
    return;
  }
  const prefix = action.slice(0, colon);
  if (prefix.includes('*') || prefix.includes('?')) {
    complain(reader, item, {
      code: 'bad-action',
      severity: 'warning',
      message: `\`${action}\` has a wildcard in the service prefix and matches nothing`,
      help: 'name the service',
      docs: 'IAM User Guide, IAM JSON policy elements: Action',
    });
  }
  if (action.includes('${')) {
    complain(reader, item, { code: 'bad-variable', severity: 'warning', message: `an action holds no policy variables: \`${action}\` matches nothing` });
  }
}

function readResources(
  reader: Reader,
  element: Element<ObjectNode>,
  rules: PolicyTypeRules,
  variables: boolean,
): Listed<string> | undefined {
  const positive = member(element, 'Resource');
  const negative = member(element, 'NotResource');
  const at = positive ?? negative;
  if (at === undefined) {
    const says = {
      error: { code: 'missing-element', severity: 'error', message: 'the statement has no Resource' },
      'this-resource': {
        code: 'missing-element',
        severity: 'warning',
        message: 'the statement has no Resource: it is read as this resource, which AWS does not document',
      },
      inert: { code: 'inert-statement', severity: 'warning', message: 'the statement has no Resource: KMS accepts it, and it does nothing' },
    } as const;
    complain(reader, element, { ...says[rules.missingResource], expected: 'Resource or NotResource', docs: rules.page });
    return rules.missingResource === 'this-resource' ? { negated: false, entries: ['*'] } : undefined;
  }
  if (positive !== undefined && negative !== undefined) conflict(reader, negative, 'Resource', 'NotResource');
  const entries = readList(reader, at, 'the resource', (item, value) => checkResource(reader, item, value, variables));
  return { negated: positive === undefined, entries };
}

function checkResource(reader: Reader, item: Element, value: string, variables: boolean): void {
  if (value === '*') return;
  if (!value.startsWith('arn:') && !value.startsWith('*')) {
    complain(reader, item, {
      code: 'bad-resource',
      severity: 'warning',
      message: `\`${value}\` is no ARN and matches nothing`,
      expected: '`*` or an ARN such as `arn:aws:sqs:us-east-1:111122223333:orders`',
      help: value.startsWith('http') ? 'write the ARN of the queue instead of its URL' : undefined,
      docs: 'IAM User Guide, IAM JSON policy elements: Resource',
    });
    return;
  }
  if (!variables || !value.includes('${')) return;
  const parts = splitArn(value);
  const head = parts === undefined ? value : parts.slice(0, 5).join(':');
  if (head.includes('${')) {
    complain(reader, item, {
      code: 'bad-variable',
      severity: 'warning',
      message: `a policy variable before the fifth colon of \`${value}\` is not replaced`,
      help: 'use variables in the last part of the ARN only',
    });
  }
  for (const problem of parseTemplate(value, { wildcards: true }).problems) {
    complain(reader, item, { code: 'bad-variable', severity: 'warning', message: problem.message });
  }
}
