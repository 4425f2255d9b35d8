import {
  type ContextSegment,
  type ContextValue,
  type RequestContext,
  type Segment,
  UNKNOWN,
} from './context.js';
import { answerWithoutKey } from './missing-key.js';
import { isNull, WITH_VALUE, WITHOUT_VALUE } from './null.js';
import { compileOperands, type Operands, type VariableOptions } from './operands.js';
import type { OperatorUse } from './operators.js';
import { quantifierOf, quantify, resolvesToNothing } from './set-operators.js';
import { not, TRUE, type Truth, truthOf } from './truth.js';

export interface ConditionOptions extends VariableOptions {
  /** Where the condition's own key lives. */
  readonly segment: Segment;
  /** Whether the key can hold several values, where that is known. It changes no answer, only the rules named for it. */
  readonly many: boolean | undefined;
}

/** One operator applied to one condition key, ready to be asked about a request. */
export interface CompiledCondition {
  readonly use: OperatorUse;
  /** The condition key as written. */
  readonly key: string;
  /** The condition key as it is looked up: lower-cased. */
  readonly slot: string;
  readonly segment: Segment;
  readonly many: boolean | undefined;
  readonly evaluate: (context: RequestContext) => Truth;
  /** The same for one who has looked the key's value up already. */
  readonly answer: Answer;
}

/**
 * Compiles one condition. Nothing a policy can hold makes it fail: operands that cannot be read match no value. A
 * condition that names several keys or operators is compiled one by one, and all of them must hold.
 *
 * Rule: COND-KEY-CASE (IAM User Guide, policy elements: Condition).
 */
export function compileCondition(
  condition: { readonly operator: OperatorUse; readonly key: string; readonly operands: readonly string[] },
  options: ConditionOptions,
): CompiledCondition {
  const { operator: use, key } = condition;
  const slot = key.toLowerCase();
  const { segment, many } = options;
  const operands = compileOperands(use.operator, condition.operands, options);
  const answer = use.operator.family === 'null' ? answerNull(operands) : answerValue(use, operands);
  return {
    use,
    key,
    slot,
    segment,
    many,
    evaluate: (context) => answer(segmentIn(context, segment).get(slot), context),
    answer,
  };
}

/** Spelled out, as a computed member name would make every condition of a policy share one slow look-up. */
export function segmentIn(context: RequestContext, segment: Segment): ContextSegment {
  switch (segment) {
    case 'principal':
      return context.principal;
    case 'network':
      return context.network;
    case 'resource':
      return context.resource;
    case 'call':
      return context.call;
  }
}

export type Answer = (value: ContextValue | undefined, context: RequestContext) => Truth;

/**
 * A list without a value is a key that is not there.
 *
 * Rule: COND-MISSING-POSITIVE, COND-MISSING-NEGATED, COND-FOR-ALL-ABSENT
 */
function answerValue(use: OperatorUse, operands: Operands): Answer {
  const { negated } = use.operator;
  const absent = answerWithoutKey(use);
  const quantifier = quantifierOf(use);
  const forAll = use.set === 'forAllValues';
  const { fixed } = operands;
  const matchOne: (value: string, context: RequestContext) => Truth =
    fixed === undefined
      ? (value, context) => {
          const matched = operands.matches(value, context);
          return negated ? not(matched) : matched;
        }
      : (value) => truthOf(fixed(value) !== negated);
  return (value, context) => {
    if (typeof value === 'string') return forAll && value === '' ? TRUE : matchOne(value, context);
    if (value === undefined) return absent;
    if (value === UNKNOWN) {
      const matched = operands.range(context);
      return (absent | (negated ? not(matched) : matched)) as Truth;
    }
    if (value.length === 0) return absent;
    if (forAll && resolvesToNothing(value)) return TRUE;
    return quantify(quantifier, negated, value, (each) => operands.matches(each, context));
  };
}

/** Rule: COND-NULL, COND-NULL-EMPTY */
function answerNull(operands: Operands): Answer {
  return (value, context) => {
    const without = operands.matches(WITHOUT_VALUE, context);
    const withValue = operands.matches(WITH_VALUE, context);
    if (value === UNKNOWN) return (without | withValue) as Truth;
    return isNull(value) ? without : withValue;
  };
}
