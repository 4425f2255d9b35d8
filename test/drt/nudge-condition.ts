import { nudgeText } from './nudge-text.js';
import { listOf, type Members, membersOf, nudgeMember, pickFrom, statementsOf } from './parts.js';
import type { Random } from './random.js';
import { KEYS, OPERATORS, type Words } from './words.js';

const ARN_OPERATORS: Words = [
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'StringLike',
  'StringEquals',
];
const SET_PREFIXES: Words = ['', 'ForAnyValue:', 'ForAllValues:'];
const FAMILIES: readonly Words[] = [...Object.values(OPERATORS), ARN_OPERATORS];

/** One condition of a statement: its operator, its key, an operand, or the value that the request has for it. */
export function nudgeCondition(line: Members, random: Random): void {
  const conditioned = statementsOf(line).filter(({ Condition }) => Condition !== undefined);
  const block = membersOf(pickFrom(conditioned, random)?.Condition);
  const operator = pickFrom(Object.keys(block), random);
  if (operator === undefined) return;
  const operands = membersOf(block[operator]);
  const key = pickFrom(Object.keys(operands), random);
  if (key === undefined) return;
  switch (random.below(10)) {
    case 0:
    case 1:
      nudgeOperator(block, operator, key, random);
      return;
    case 2:
      nudgeKey(operands, key, random);
      return;
    case 3:
    case 4:
    case 5:
      if (operator.includes('Null')) operands[key] = String(operands[key]) !== 'true';
      else nudgeMember(operands, key, nudgeText, random);
      return;
    default:
      nudgeGiven(line, key, operands[key], random);
  }
}

function nudgeOperator(block: Members, operator: string, key: string, random: Random): void {
  const [, set = '', base = '', suffix = ''] =
    /^(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/i.exec(operator) ?? [];
  const family = FAMILIES.find((operators) => operators.includes(base)) ?? ([base] as const);
  const refused = /^(?:kms:encryptioncontext:|aws:requesttag)/i.test(key);
  const isNull = base.toLowerCase() === 'null';
  const newSet = random.chance(isNull ? 0 : 0.3)
    ? random.pick(refused ? ['', 'ForAnyValue:'] : SET_PREFIXES)
    : set;
  const turned = base.includes('Not')
    ? base.replace('Not', '')
    : base.replace(/(?=Equals|Like|IpAddress)/, 'Not');
  const newBase = random.pick([base, random.pick(family), family.includes(turned) ? turned : base]);
  const newSuffix = random.chance(isNull ? 0 : 0.3) ? random.pick(['', 'IfExists']) : suffix;
  const other = `${newSet}${newBase}${newSuffix}`;
  const spelt = random.chance(0.1) ? random.pick([other.toLowerCase(), other.toUpperCase()]) : other;
  if (Object.hasOwn(block, spelt)) return;
  block[spelt] = block[operator];
  delete block[operator];
}

function nudgeKey(operands: Members, key: string, random: Random): void {
  const other = random.pick([key.toLowerCase(), key.toUpperCase(), random.pick(KEYS).key]);
  if (Object.hasOwn(operands, other)) return;
  operands[other] = operands[key];
  if (random.chance(0.7)) delete operands[key];
}

/** The request's value for the key becomes what the policy says, or nearly, or several values, or none. */
export function nudgeGiven(line: Members, key: string, operands: unknown, random: Random): void {
  const request = membersOf(line.request);
  request.context ??= {};
  const context = membersOf(request.context);
  const folded = key.toLowerCase();
  const name = Object.keys(context).find((held) => held.toLowerCase() === folded) ?? key;
  const held = context[name];
  const texts = [...listOf(held), ...listOf(operands)].map(String).filter((text) => !text.includes('${'));
  const text = pickFrom(texts, random) ?? random.pick(['blue', 'true', '1']);
  const near = random.chance(0.6) ? nudgeText(text, random) : text;
  switch (random.below(8)) {
    case 0:
      delete context[name];
      return;
    case 1:
      context[name] = random.pick([[], [''], '', [near], [text, near]]);
      return;
    case 2:
      context[name] = [...listOf(held), near];
      return;
    case 3:
      if (held === undefined) context[name] = near;
      else {
        delete context[name];
        context[random.pick([key.toUpperCase(), key.toLowerCase()])] = held;
      }
      return;
    default:
      context[name] = Array.isArray(held) ? held.toSpliced(random.below(held.length), 1, near) : near;
  }
}

export function nudgeContext(line: Members, random: Random): void {
  const context = membersOf(membersOf(line.request).context);
  const name = pickFrom(Object.keys(context), random);
  nudgeGiven(line, name ?? random.pick(KEYS).key, undefined, random);
}
