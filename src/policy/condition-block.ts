import { type OperatorUse, operatorText, parseOperator } from '../conditions/operators.js';
import { excerpt } from '../syntax/excerpt.js';
import { scalarText } from '../syntax/scalar.js';
import type { ObjectNode, SourceMember } from '../syntax/source.js';
import { checkConditionKey } from './condition-key-check.js';
import { frozenList } from './frozen-list.js';
import { checkOperand } from './operand-check.js';
import type { Condition } from './policy.js';
import type { StatementRules } from './policy-types.js';
import { child, complain, type Element, isObject, items, kindName, nameOf, type Reader } from './reader.js';

const PAGE = 'IAM User Guide, IAM JSON policy elements: Condition';
const NOTHING: readonly never[] = Object.freeze([]);
const OPERATORS_PAGE = 'IAM User Guide, IAM JSON policy elements: Condition operators';

/**
 * Reads a Condition block, frozen: operators, each over condition keys, each with one value or a list. Conditions that cannot be
 * read are complained about and left out. Page: IAM User Guide, IAM JSON policy elements: Condition.
 */
export function readConditions(
  reader: Reader,
  element: Element,
  under: StatementRules,
): readonly Condition[] {
  if (!isObject(element)) {
    complain(reader, element, {
      code: 'wrong-type',
      message: `Condition is ${kindName(element.node)}`,
      expected: 'an object such as `{"StringEquals": {"aws:SourceAccount": "111122223333"}}`',
      docs: PAGE,
    });
    return NOTHING;
  }
  const conditions: Condition[] = [];
  for (const found of element.node.members) readBlock(reader, element, found, under, conditions);
  return frozenList(conditions);
}

function readBlock(
  reader: Reader,
  parent: Element,
  found: SourceMember,
  under: StatementRules,
  into: Condition[],
): void {
  const operator = readOperator(reader, parent, found);
  const block = child(parent, found.key, found.value);
  if (!isObject(block)) {
    complain(reader, block, {
      code: 'wrong-type',
      message: `${excerpt(found.key)} holds ${kindName(block.node)}`,
      expected: 'an object from condition keys to values',
      docs: PAGE,
    });
    return;
  }
  checkSpellings(reader, block);
  for (const each of block.node.members) {
    const values = child(block, each.key, each.value);
    const operands = readOperands(reader, values);
    if (operator === undefined) continue;
    const { key } = each;
    checkConditionKey(reader, nameOf(block, each), key, operator, under.type);
    if (operands.length === 0) complainOfNoValue(reader, values, key);
    for (const { at, operand } of operands) checkOperand(reader, at, operand, operator, under.variables);
    into.push(
      Object.freeze({ operator, key, operands: Object.freeze(operands.map(({ operand }) => operand)) }),
    );
  }
}

function readOperator(reader: Reader, parent: Element, found: SourceMember): OperatorUse | undefined {
  const parsed = parseOperator(found.key);
  if (!parsed.ok) {
    complain(reader, nameOf(parent, found), {
      code: 'unknown-operator',
      message: `unknown condition operator ${excerpt(found.key)}`,
      expected: 'an operator of the table, such as `StringEquals` or `ForAnyValue:StringLikeIfExists`',
      help: parsed.suggestion === undefined ? undefined : `did you mean \`${parsed.suggestion}\`?`,
      docs: OPERATORS_PAGE,
    });
    return undefined;
  }
  if (parsed.caseDiffers) {
    complain(reader, nameOf(parent, found), {
      code: 'operator-letter-case',
      severity: 'warning',
      message: `${excerpt(found.key)} is written in another letter case than AWS writes it`,
      help: `write \`${operatorText(parsed.use)}\`: AWS does not say what it does with other spellings`,
      docs: OPERATORS_PAGE,
    });
  }
  return parsed.use;
}

/** Rule: COND-KEY-CASE, COND-AND */
function checkSpellings(reader: Reader, block: Element<ObjectNode>): void {
  if (block.node.members.length < 2) return;
  const spellings = new Map<string, string>();
  for (const each of block.node.members) {
    const folded = each.key.toLowerCase();
    const twin = spellings.get(folded);
    if (twin !== undefined && twin !== each.key) {
      complain(reader, nameOf(block, each), {
        code: 'condition-key-letter-case',
        severity: 'warning',
        message: `${excerpt(each.key)} and ${excerpt(twin)} are the same condition key: both conditions must hold`,
        help: 'condition keys are compared without regard to letter case: write one key with all its values',
        docs: PAGE,
      });
    }
    spellings.set(folded, each.key);
  }
}

interface Operand {
  readonly at: Element;
  readonly operand: string;
}

function readOperands(reader: Reader, values: Element): readonly Operand[] {
  const operands: Operand[] = [];
  for (const at of items(values)) {
    const operand = scalarText(at.node);
    if (operand !== undefined) {
      operands.push({ at, operand });
      continue;
    }
    complain(reader, at, {
      code: 'wrong-type',
      message: `the condition value is ${kindName(at.node)}`,
      expected: 'a string, a number, a boolean, or a list of them',
      docs: PAGE,
    });
  }
  return operands;
}
function complainOfNoValue(reader: Reader, at: Element, key: string): void {
  if (items(at).length > 0) return;
  complain(reader, at, {
    code: 'empty-list',
    severity: 'warning',
    message: `${excerpt(key)} is compared with no value at all`,
    expected: 'at least one value',
  });
}
