import type { ConditionRuleId } from '../rules/conditions.js';
import type { CompiledCondition } from './condition.js';
import { type RequestContext, UNKNOWN } from './context.js';
import { isNull } from './null.js';
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
  const { use } = condition;
  const { family } = use.operator;
  const value = context[condition.segment].get(condition.slot);
  if (value === UNKNOWN) return [];
  if (family === 'null') {
    return value !== undefined && isNull(value) ? ['COND-NULL', 'COND-NULL-EMPTY'] : ['COND-NULL'];
  }
  const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  if (values.length === 0) return [ruleWithoutKey(use)];
  if (use.set === 'forAllValues' && resolvesToNothing(values)) return ['COND-FOR-ALL-ABSENT'];
  const rules: ConditionRuleId[] = [use.operator.negated ? 'COND-VALUES-NOR' : 'COND-VALUES-OR'];
  rules.push(...familyRules(family, use));
  if (use.set === 'forAllValues') rules.push('COND-FOR-ALL');
  if (use.set === 'forAnyValue') rules.push('COND-FOR-ANY');
  if (use.set === undefined && (condition.many ?? values.length > 1)) rules.push('COND-MANY-WITHOUT-SET');
  if (use.set !== undefined && condition.many === false) rules.push('COND-SET-ON-ONE');
  return rules;
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
