import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many cases of one file of the corpus a rule decides, and how many it might have decided and does not. */
export interface CasesOfFile {
  readonly path: string;
  readonly decides: number;
  readonly spares: number;
}

interface Step {
  readonly decides?: readonly string[];
  readonly spares?: readonly string[];
}

interface Case {
  readonly rule?: string;
  readonly decides?: boolean;
  readonly steps?: readonly Step[];
  readonly stepsAfterFix?: readonly Step[];
}

/** The cases of the conformance corpus about each rule; in a flow each step is one. */
export function casesByRule(root: string): ReadonlyMap<string, readonly CasesOfFile[]> {
  const rules = new Map<string, CasesOfFile[]>();
  for (const folder of ['conformance/single', 'conformance/flows']) {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = `${folder}/${name}`;
      const { cases } = JSON.parse(readFileSync(join(root, path), 'utf8')) as {
        readonly cases: readonly Case[];
      };
      const decides = count(cases.flatMap(decidedBy));
      const spares = count(cases.flatMap(sparedBy));
      for (const rule of new Set([...decides.keys(), ...spares.keys()])) {
        const files = rules.get(rule) ?? [];
        files.push({ path, decides: decides.get(rule) ?? 0, spares: spares.get(rule) ?? 0 });
        rules.set(rule, files);
      }
    }
  }
  return rules;
}

function decidedBy({ rule, decides, steps = [], stepsAfterFix = [] }: Case): readonly string[] {
  if (rule !== undefined) return decides === true ? [rule] : [];
  return [...steps, ...stepsAfterFix].flatMap((step) => step.decides ?? []);
}

function sparedBy({ rule, decides, steps = [], stepsAfterFix = [] }: Case): readonly string[] {
  if (rule !== undefined) return decides === true ? [] : [rule];
  return [...steps, ...stepsAfterFix].flatMap((step) => step.spares ?? []);
}

function count(rules: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
