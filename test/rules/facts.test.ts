import { describe, expect, it } from 'vitest';
import { NOT_MODELLED } from '../../src/rules/not-modelled.js';
import { RULES, ruleOf } from '../../src/rules/registry.js';
import type { Basis, FactRef } from '../../src/rules/rule.js';
import { isRule } from '../conformance/single-cases.js';
import { FACTS } from './fact-ids.js';

const IDS = new Set(Object.keys(FACTS));
const RULE_IDS = Object.keys(RULES).filter(isRule);
const CITED = RULE_IDS.flatMap((id) => (ruleOf(id).facts ?? []).map((fact) => ({ id, fact })));
const LEFT_OUT = NOT_MODELLED.map(({ fact }) => fact);

/** What a fact can carry. A fact that is partly a reading carries a documented rule only by its documented part. */
const CARRIES: Readonly<Record<(typeof FACTS)[FactRef], readonly Basis[]>> = {
  documented: ['documented', 'observed', 'assumed'],
  observed: ['documented', 'observed', 'assumed'],
  partly: ['documented', 'observed', 'assumed'],
  assumed: ['assumed'],
};

describe('the facts about AWS', () => {
  it('are each in a rule or left out with a reason', () => {
    const covered = new Set<string>([...CITED.map(({ fact }) => fact), ...LEFT_OUT]);
    expect([...IDS].filter((fact) => !covered.has(fact))).toEqual([]);
  });

  it('are the only ones that rules and exceptions name', () => {
    expect(CITED.filter(({ fact }) => !IDS.has(fact))).toEqual([]);
    expect(LEFT_OUT.filter((fact) => !IDS.has(fact))).toEqual([]);
  });

  it('are never in a rule and left out as well', () => {
    const left = new Set(LEFT_OUT);
    expect(CITED.filter(({ fact }) => left.has(fact))).toEqual([]);
    expect(left.size).toBe(LEFT_OUT.length);
  });

  it('are left out for a reason in words', () => {
    expect(NOT_MODELLED.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });

  it('carry the rules that rest on them: none is surer than its fact', () => {
    const above = CITED.filter(
      ({ id, fact }) => !CARRIES[FACTS[fact] ?? 'assumed'].includes(ruleOf(id).basis),
    );
    expect(above).toEqual([]);
  });

  it('stand behind every rule that is not a bound of ours', () => {
    expect(RULE_IDS.filter((id) => (ruleOf(id).facts ?? []).length === 0)).toEqual([]);
  });
});
