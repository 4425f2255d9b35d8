import { readdirSync, readFileSync } from 'node:fs';
import { RULES, type RuleId } from '../../src/rules/registry.js';
import { decide as decideByModel } from '../model/decide.js';
import { type FactName, factsWithout } from '../model/facts.js';
import type { Line } from '../model/request.js';
import { ABLATION } from './ablation.js';

export type Evidence = 'recorded' | 'maintainer' | 'documented' | 'reading';
export const EVIDENCE: readonly Evidence[] = ['recorded', 'maintainer', 'documented', 'reading'];

/** What every case says of itself. */
export interface CaseNotes {
  readonly id: string;
  readonly rule: RuleId;
  readonly decides: boolean;
  readonly why: string;
  readonly evidence: Evidence;
  readonly cites: string;
}

/** A line for `gainsay decide`, with what it must answer. */
export interface SingleCase extends CaseNotes, Line {
  readonly expect: { readonly decision: string; readonly decidedBy?: string };
}

interface CaseFile {
  readonly file: string;
  readonly rule: RuleId;
  readonly cases: readonly SingleCase[];
}

const FOLDER = new URL('../../conformance/', import.meta.url);

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as T;
}

export function jsonFilesIn(folder: 'single' | 'flows'): readonly string[] {
  return readdirSync(new URL(`${folder}/`, FOLDER))
    .filter((name) => name.endsWith('.json'))
    .sort();
}

export const SINGLE_FILES: readonly CaseFile[] = jsonFilesIn('single').map((file) => ({
  file,
  ...readJson<Omit<CaseFile, 'file'>>(`single/${file}`),
}));

export const SINGLE_CASES: readonly SingleCase[] = SINGLE_FILES.flatMap(({ cases }) => cases);

const NOTES: ReadonlySet<string> = new Set(['id', 'rule', 'decides', 'why', 'evidence', 'cites', 'expect']);

/** The case without what it says of itself: what an engine is given. */
export function lineOf(one: SingleCase): Line {
  return Object.fromEntries(Object.entries(one).filter(([name]) => !NOTES.has(name))) as unknown as Line;
}

/**
 * The facts of the rule without which, one at a time, the model decides otherwise. The rule about which of several
 * refusals is named changes no decision: there the named layer counts.
 */
export function decidingFacts(one: SingleCase): readonly FactName[] {
  const line = lineOf(one);
  const told = one.rule === 'EVAL-REFUSAL-ORDER' ? 'decidedBy' : 'decision';
  const answer = decideByModel(line)[told];
  return (ABLATION[one.rule] ?? []).filter(
    (fact) => decideByModel(line, factsWithout(fact))[told] !== answer,
  );
}

export function isRule(id: string): id is RuleId {
  return Object.hasOwn(RULES, id);
}
