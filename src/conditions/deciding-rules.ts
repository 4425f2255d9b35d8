import type { ConditionRuleId } from '../rules/conditions.js';
import type { CompiledCondition } from './condition.js';
import { type ContextValue, type RequestContext, UNKNOWN } from './context.js';
import type { OperatorFamily, OperatorUse } from './operators.js';
import { resolvesToNothing } from './set-operators.js';

/**
 * The rules that a condition's answer rests on in this request, for explanations. Empty when the key's value is not
 * known, as then no rule settled the answer.
 */
export function decidingRules(
  condition: CompiledCondition,
  context: RequestContext,
): readonly ConditionRuleId[] {
  const value = context[condition.segment].get(condition.slot);
  return rulesForValue(ruleChoices(condition.use, condition.many), value);
}

type Rules = readonly ConditionRuleId[];

/** What a condition's answer can rest on, by the values that its key has; worked out once for each condition. */
export interface RuleChoices {
  readonly absent: Rules;
  readonly emptyList: Rules;
  readonly emptyText: Rules;
  readonly emptyTexts: Rules;
  readonly one: Rules;
  readonly several: Rules;
}

const NO_RULES: Rules = Object.freeze([]);

export function ruleChoices(use: OperatorUse, many: boolean | undefined): RuleChoices {
  const { family } = use.operator;
  if (family === 'null') {
    const plain = frozen('COND-NULL');
    const empty = frozen('COND-NULL', 'COND-NULL-EMPTY');
    return {
      absent: plain,
      emptyList: empty,
      emptyText: empty,
      emptyTexts: empty,
      one: plain,
      several: plain,
    };
  }
  const absent = frozen(ruleWithoutKey(use));
  const one = valueRules(family, use, many, false);
  const several = valueRules(family, use, many, true);
  const nothing = use.set === 'forAllValues' ? frozen('COND-FOR-ALL-ABSENT') : undefined;
  return {
    absent,
    emptyList: absent,
    emptyText: nothing ?? one,
    emptyTexts: nothing ?? several,
    one,
    several,
  };
}

/** The choice that a value of the condition's key makes; none of them when it is not known. */
export function rulesForValue(choices: RuleChoices, value: ContextValue | undefined): Rules {
  if (typeof value === 'string') return value === '' ? choices.emptyText : choices.one;
  if (value === undefined) return choices.absent;
  if (value === UNKNOWN) return NO_RULES;
  const [first] = value;
  if (first === undefined) return choices.emptyList;
  if (value.length === 1) return first === '' ? choices.emptyText : choices.one;
  return resolvesToNothing(value) ? choices.emptyTexts : choices.several;
}

function frozen(...rules: readonly ConditionRuleId[]): Rules {
  return Object.freeze(rules);
}

function valueRules(
  family: Exclude<OperatorFamily, 'null'>,
  use: OperatorUse,
  many: boolean | undefined,
  several: boolean,
): Rules {
  const rules: ConditionRuleId[] = [use.operator.negated ? 'COND-VALUES-NOR' : 'COND-VALUES-OR'];
  rules.push(...familyRules(family, use));
  if (use.set === 'forAllValues') rules.push('COND-FOR-ALL');
  if (use.set === 'forAnyValue') rules.push('COND-FOR-ANY');
  if (use.set === undefined && (many ?? several)) rules.push('COND-MANY-WITHOUT-SET');
  if (use.set !== undefined && many === false) rules.push('COND-SET-ON-ONE');
  return Object.freeze(rules);
}

function ruleWithoutKey(use: OperatorUse): ConditionRuleId {
  if (use.ifExists) return use.set === undefined ? 'COND-IF-EXISTS' : 'COND-SET-IF-EXISTS';
  if (use.set === 'forAllValues') return 'COND-FOR-ALL-ABSENT';
  if (use.set === 'forAnyValue') return 'COND-FOR-ANY-ABSENT';
  return use.operator.negated ? 'COND-MISSING-NEGATED' : 'COND-MISSING-POSITIVE';
}

function familyRules(family: Exclude<OperatorFamily, 'null'>, use: OperatorUse): readonly ConditionRuleId[] {
  const { wildcards, name } = use.operator;
  switch (family) {
    case 'string':
      if (wildcards) return ['WILD-CONDITION'];
      return [name.endsWith('IgnoreCase') ? 'COND-STRING-IGNORE-CASE' : 'COND-STRING-EXACT'];
    case 'numeric':
      return ['COND-NUMERIC-EXACT'];
    case 'date':
      return ['COND-DATE-FORMAT'];
    case 'bool':
      return ['COND-BOOL-CASE'];
    case 'binary':
      return ['COND-BINARY-BYTES'];
    case 'ip':
      return ['COND-IP-VERSION'];
    case 'arn':
      return ['COND-ARN-SECTIONS'];
  }
}
