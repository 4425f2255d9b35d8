import { QUEUE_POLICY_QUOTAS } from '../catalogue/quotas.js';
import type { ObjectNode } from '../syntax/source.js';
import {
  child,
  complain,
  type Element,
  isObject,
  items,
  type Located,
  member,
  nameOf,
  type Reader,
} from './reader.js';

/**
 * Tells of what a queue policy has too many of, at the first that is too many.
 * Page: SQS Developer Guide, Quotas related to policies.
 */
export function checkQueueQuotas(reader: Reader, statements: readonly Element[]): void {
  const objects = statements.filter(isObject);
  check(reader, 'statements', statements);
  check(reader, 'principals', objects.flatMap(principalsOf));
  check(reader, 'conditions', objects.flatMap(conditionsOf));
  for (const statement of objects) check(reader, 'actions', actionsOf(statement));
}

function check(reader: Reader, what: keyof typeof QUEUE_POLICY_QUOTAS, all: readonly Located[]): void {
  const { limit, per } = QUEUE_POLICY_QUOTAS[what];
  const excess = all[limit];
  if (excess === undefined) return;
  complain(reader, excess, {
    code: 'quota',
    severity: 'warning',
    message: `there are ${all.length} ${what} in one ${per}, and SQS stores ${limit}`,
    expected: `at most ${limit} ${what} per ${per}`,
    docs: 'SQS Developer Guide, Quotas related to policies',
  });
}

function principalsOf(statement: Element<ObjectNode>): readonly Located[] {
  const at = member(statement, 'Principal') ?? member(statement, 'NotPrincipal');
  if (at === undefined) return [];
  if (!isObject(at)) return [at];
  return at.node.members.flatMap(({ key, value }) => items(child(at, key, value)));
}

function conditionsOf(statement: Element<ObjectNode>): readonly Located[] {
  const at = member(statement, 'Condition');
  if (at === undefined || !isObject(at)) return [];
  return at.node.members.flatMap(({ key, value }) => {
    const block = child(at, key, value);
    return isObject(block) ? block.node.members.map((found) => nameOf(block, found)) : [];
  });
}

function actionsOf(statement: Element<ObjectNode>): readonly Located[] {
  const at = member(statement, 'Action') ?? member(statement, 'NotAction');
  return at === undefined ? [] : items(at);
}
