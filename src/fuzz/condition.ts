import fc from 'fast-check';
import type { ConditionKeyType } from '../catalogue/condition-key.js';
import { OPERATORS, type Operator, type OperatorFamily, operatorText } from '../conditions/operators.js';
import type { PolicyType } from '../policy/policy.js';
import { chance, choice } from './choice.js';
import { COMMON_KEYS, FUZZ_KEYS, type NamedKey, namedKey, valueFor } from './condition-values.js';
import type { FuzzOptions } from './vocabulary.js';

export interface ConditionOptions extends FuzzOptions {
  /** Where the policy is attached: a few keys work in some types only. */
  readonly policyType?: PolicyType;
  /** The condition keys to draw from; left out: all of the catalogue, the common ones more often. */
  readonly keys?: readonly string[];
}

/** A `Condition` element as it stands in a document: operators, each over keys, each with one value or several. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** The families of operators that read values of a type; text can be compared as text whatever it means. */
const FAMILIES: Readonly<Record<ConditionKeyType, readonly OperatorFamily[]>> = {
  String: ['string'],
  ARN: ['arn', 'string'],
  Bool: ['bool'],
  Numeric: ['numeric'],
  Date: ['date'],
  IP: ['ip'],
  Binary: ['binary'],
};

/** A condition operator that fits the key, with its prefix and suffix; without a key, one that fits some key. */
export function conditionOperator(key?: string): fc.Arbitrary<string> {
  if (key !== undefined) return operatorFor(namedKey(key)).map(({ text }) => text);
  const [first, ...others] = keysFor({}).map((each) => [1, conditionOperator(each.name)] as const);
  return first === undefined ? fc.constant('StringEquals') : choice(first, ...others);
}

interface FittingOperator {
  readonly operator: Operator;
  readonly text: string;
}

function operatorFor({ type, many }: NamedKey): fc.Arbitrary<FittingOperator> {
  const [first, ...others] = [...OPERATORS.values()].filter(({ family }) => FAMILIES[type].includes(family));
  const absence = [...OPERATORS.values()].filter(({ family }) => family === 'null');
  if (first === undefined)
    return fc.constantFrom(...absence.map((each) => ({ operator: each, text: each.name })));
  const compared = fc
    .record({
      operator: fc.constantFrom(first, ...others),
      ifExists: chance(20),
      set: fc.constantFrom('forAnyValue' as const, 'forAllValues' as const),
    })
    .map(({ operator, ifExists, set }) => ({
      operator,
      text: operatorText({ operator, ifExists, ...(many ? { set } : {}) }),
    }));
  const asksForKey = fc.constantFrom(...absence.map((each) => ({ operator: each, text: each.name })));
  return choice([9, compared], [1, asksForKey]);
}

/** The keys that a policy type knows, the common ones first. */
function keysFor({ keys, policyType }: ConditionOptions): readonly NamedKey[] {
  const all = keys === undefined || keys.length === 0 ? FUZZ_KEYS : keys.map(namedKey);
  if (policyType === undefined) return all;
  return all.filter(
    ({ policyTypes }) => policyTypes === undefined || policyTypes.some((type) => type === policyType),
  );
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly operands: readonly string[];
}

/** One operator over one key with one or two values. */
function condition(options: ConditionOptions): fc.Arbitrary<Condition> {
  const all = keysFor(options);
  const common = all.filter(({ name }) => COMMON_KEYS.some((key) => key.name === name));
  const over = (keys: readonly NamedKey[]): readonly (readonly [number, fc.Arbitrary<Condition>])[] =>
    keys.map((key) => [1, conditionOver(key, options)] as const);
  const [first, ...others] = over(common);
  const [firstOfAll, ...allOthers] = over(all);
  if (firstOfAll === undefined) return conditionOver(namedKey('aws:PrincipalOrgID'), options);
  const any = choice(firstOfAll, ...allOthers);
  return first === undefined ? any : choice([2, choice(first, ...others)], [1, any]);
}

function conditionOver(key: NamedKey, options: ConditionOptions): fc.Arbitrary<Condition> {
  return fc
    .record({
      fitting: operatorFor(key),
      values: fc.uniqueArray(valueFor(key, options), { minLength: 1, maxLength: 2 }),
      widened: chance(40),
      variable: chance(4),
      present: fc.boolean(),
    })
    .map(({ fitting: { operator, text }, values, widened, variable, present }) => {
      const operands = values.map((value) => operandOf(operator, value, widened));
      const answer = { operator: text, key: key.name };
      if (operator.family === 'null') return { ...answer, operands: [String(!present)] };
      const reads = variable && operator.family === 'string' && key.type === 'String';
      return { ...answer, operands: reads ? ['${aws:PrincipalTag/team}'] : operands };
    });
}

/** Where wildcards are read, or a network can stand for an address, some values become patterns. */
function operandOf({ family, wildcards }: Operator, value: string, widened: boolean): string {
  if (!widened) return value;
  if (family === 'ip') return value.includes(':') ? '2001:db8::/32' : `${value}/24`;
  if (!wildcards) return value;
  if (family === 'arn') return `${value.slice(0, value.lastIndexOf(':') + 1)}*`;
  return `${value.slice(0, Math.max(1, value.length - 3))}*`;
}

/** A `Condition` element with one or two conditions whose values their operators can read. */
export function conditionBlock(options: ConditionOptions = {}): fc.Arbitrary<ConditionBlock> {
  return fc
    .record({ only: condition(options), several: conditions(options) })
    .map(({ only, several }) => blockOf(several.length === 0 ? [only] : several));
}

/** The same, or `undefined`, which it shrinks to. */
export function perhapsConditionBlock(options: ConditionOptions): fc.Arbitrary<ConditionBlock | undefined> {
  return conditions(options).map((several) => (several.length === 0 ? undefined : blockOf(several)));
}

/** Half of the time none, and rarely two. */
function conditions(options: ConditionOptions): fc.Arbitrary<readonly Condition[]> {
  const one = condition(options);
  return choice<readonly Condition[]>(
    [6, fc.constant([])],
    [4, fc.array(one, { maxLength: 1 })],
    [2, fc.array(one, { maxLength: 2 })],
  );
}

function blockOf(conditions: readonly Condition[]): ConditionBlock {
  const block = new Map<string, Map<string, string | readonly string[]>>();
  for (const { operator, key, operands } of conditions) {
    const [only] = operands;
    const value = operands.length === 1 && only !== undefined ? only : operands;
    block.set(operator, (block.get(operator) ?? new Map()).set(key, value));
  }
  return Object.fromEntries([...block].map(([operator, keys]) => [operator, Object.fromEntries(keys)]));
}
