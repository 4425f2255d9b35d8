import { conditionKey } from '../catalogue/condition-keys.js';
import { OPERATORS, type OperatorUse, parseOperator } from '../conditions/operators.js';
import { didYouMean } from '../syntax/suggest.js';
import { parseTemplate } from '../syntax/policy-variable.js';
import type { Condition, PolicyType } from './policy.js';
import { child, complain, type Element, isObject, items, kindName, type Reader } from './reader.js';

const PAGE = 'IAM User Guide, IAM JSON policy elements: Condition operators';

/**
 * Reads a Condition block: operators, each over condition keys, each with one value or a list.
 * Page: IAM User Guide, IAM JSON policy elements: Condition.
 */
export function readConditions(
  reader: Reader,
  element: Element,
  type: PolicyType,
  variables: boolean,
): readonly Condition[] {
  if (!isObject(element)) {
    complain(reader, element, {
      code: 'wrong-type',
      message: `Condition is ${kindName(element.node)}`,
      expected: 'an object such as `{"StringEquals": {"aws:SourceAccount": "111122223333"}}`',
    });
    return [];
  }
  const conditions: Condition[] = [];
  for (const { key: name, keySpan, value } of element.node.members) {
    const block = child(element, name, value);
    const operator = readOperator(reader, block, name, keySpan);
    if (!isObject(block)) {
      complain(reader, block, {
        code: 'wrong-type',
        message: `\`${name}\` holds ${kindName(block.node)}`,
        expected: 'an object from condition keys to values',
      });
      continue;
    }
    const keys = new Map<string, string>();
    for (const { key, value: operand } of block.node.members) {
      const at = child(block, key, operand);
      const twin = keys.get(key.toLowerCase());
      if (twin !== undefined && twin !== key) {
        complain(reader, at, {
          code: 'condition-key-letter-case',
          severity: 'warning',
          message: `\`${key}\` and \`${twin}\` are the same condition key: both conditions must hold`,
          help: 'condition keys are compared without regard to letter case: write one key with all its values',
        });
      }
      keys.set(key.toLowerCase(), key);
      const operands = readOperands(reader, at);
      if (operator === undefined) continue;
      const condition: Condition = { operator, key, operands };
      warnAboutKey(reader, at, condition, type);
      warnAboutOperands(reader, at, condition, variables);
      conditions.push(condition);
    }
  }
  return conditions;
}

function readOperator(
  reader: Reader,
  block: Element,
  name: string,
  keySpan: Element['node']['span'],
): OperatorUse | undefined {
  const at: Element = { node: { kind: 'null', ...(keySpan === undefined ? {} : { span: keySpan }) }, pointer: block.pointer };
  const parsed = parseOperator(name);
  if (!parsed.ok) {
    complain(reader, at, {
      code: 'unknown-operator',
      message: `unknown condition operator \`${name}\``,
      expected: parsed.reason,
      help: parsed.suggestion === undefined ? undefined : `did you mean \`${parsed.suggestion}\`?`,
      docs: PAGE,
    });
    return undefined;
  }
  if (parsed.caseDiffers) {
    complain(reader, at, {
      code: 'operator-letter-case',
      severity: 'warning',
      message: `\`${name}\` is written in another letter case than AWS writes it`,
      help: `write \`${parsed.use.text}\`: AWS does not say what it does with other spellings`,
    });
  }
  return parsed.use;
}

function readOperands(reader: Reader, at: Element): readonly string[] {
  const operands: string[] = [];
  for (const item of items(at)) {
    const { node } = item;
    if (node.kind === 'string') operands.push(node.value);
    else if (node.kind === 'number') operands.push(node.raw);
    else if (node.kind === 'boolean') operands.push(String(node.value));
    else {
      complain(reader, item, {
        code: 'wrong-type',
        message: `the condition value is ${kindName(node)}`,
        expected: 'a string, a number, a boolean, or a list of them',
      });
    }
  }
  return operands;
}

function warnAboutKey(reader: Reader, at: Element, { operator, key, operands }: Condition, type: PolicyType): void {
  const known = conditionKey(key);
  if (operands.length === 0) {
    complain(reader, at, {
      code: 'empty-list',
      severity: 'warning',
      message: `\`${key}\` is compared with no value at all`,
    });
  }
  if (!key.includes(':')) {
    complain(reader, at, {
      code: 'unknown-element',
      severity: 'warning',
      message: `\`${key}\` is no condition key: no request carries it`,
      expected: 'a key with its service, such as `aws:SourceArn`',
      help: didYouMean(`aws:${key}`, ['aws:SourceArn', 'aws:SourceAccount', 'aws:PrincipalOrgID', 'aws:SourceIp', 'aws:SecureTransport', 'aws:SourceVpce']),
    });
  }
  if (known === undefined) return;
  if (operator.set === 'forAllValues' && !known.many && type === 'key' && isOverlyPermissive(key)) {
    complain(reader, at, {
      code: 'overly-permissive-condition',
      message: `KMS refuses ForAllValues on the single-valued key \`${key}\``,
      help: 'remove `ForAllValues:`: it also matches requests that lack the key',
      docs: 'KMS Developer Guide, AWS KMS condition keys',
    });
  } else if (operator.set === 'forAllValues' && !known.many) {
    complain(reader, at, {
      code: 'set-operator-misuse',
      severity: 'warning',
      message: `ForAllValues on the single-valued key \`${known.name}\` also matches requests that lack the key`,
      help: 'remove `ForAllValues:`',
    });
  } else if (operator.set === undefined && known.many && operator.operator.family !== 'null') {
    complain(reader, at, {
      code: 'set-operator-misuse',
      severity: 'warning',
      message: `\`${known.name}\` holds several values and needs a set operator`,
      help: `write \`ForAnyValue:${operator.text}\` or \`ForAllValues:${operator.text}\``,
    });
  }
}

function isOverlyPermissive(key: string): boolean {
  const lower = key.toLowerCase();
  return lower.startsWith('kms:encryptioncontext:') || lower.startsWith('aws:requesttag/');
}

function warnAboutOperands(reader: Reader, at: Element, { operator, operands }: Condition, variables: boolean): void {
  const { variables: takesVariables, wildcards } = operator.operator;
  const elements = items(at);
  operands.forEach((operand, index) => {
    const place = elements[index] ?? at;
    const template = operand.includes('${') ? parseTemplate(operand, { wildcards }) : undefined;
    const named = template?.parts.some((part) => part.kind === 'variable') ?? false;
    for (const problem of template?.problems ?? []) {
      complain(reader, place, { code: 'bad-variable', severity: 'warning', message: problem.message });
    }
    if (named && !variables) {
      complain(reader, place, {
        code: 'bad-variable',
        severity: 'warning',
        message: `\`${operand}\` is taken literally: policy variables need Version 2012-10-17`,
        help: 'add `"Version": "2012-10-17"`',
      });
    } else if (named && !takesVariables) {
      complain(reader, place, {
        code: 'bad-variable',
        severity: 'warning',
        message: `${operator.text} knows no policy variables: \`${operand}\` never matches`,
      });
    } else if (!named && !isReadable(operator, operand)) {
      complain(reader, place, {
        code: 'bad-operand',
        severity: 'warning',
        message: `\`${operand}\` never matches: it is no value for ${operator.text}`,
        expected: EXPECTED.get(operator.operator.family),
      });
    }
  });
}

const EXPECTED: ReadonlyMap<string, string> = new Map([
  ['arn', 'an ARN pattern of six parts, such as `arn:*:*:*:*:*` for any ARN'],
  ['bool', '`true` or `false`'],
  ['null', '`true` or `false`'],
  ['date', 'an ISO 8601 date, or seconds since 1970'],
  ['numeric', 'a decimal number'],
  ['ip', 'an address or a CIDR range, such as `203.0.113.0/24`'],
  ['binary', 'base64'],
]);

function isReadable(use: OperatorUse, operand: string): boolean {
  const { operator } = use;
  const parts = parseTemplate(operand, { wildcards: operator.wildcards }).parts;
  const pieces = parts.filter((part) => part.kind !== 'variable');
  return operator.compile(pieces) !== undefined;
}

/** The names of all base operators, for suggestions and documentation. */
export function operatorNames(): readonly string[] {
  return [...OPERATORS.values()].map((operator) => operator.name);
}
