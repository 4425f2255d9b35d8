import { it } from 'vitest';
import { writeFileSync, readdirSync, readFileSync } from 'node:fs';
import { loadScenario } from '../../src/scenario/load.js';
import { runScenario } from '../../src/scenario/run.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { filesIn } from '../../src/cli/test-command.js';
import { whyLines } from '../../src/explain/why.js';
import { explainHop, explainOutcome } from '../../src/explain/explanation.js';
it('prints', () => {
  let out = '';
  for (const dir of readdirSync('scenarios')) for (const f of readdirSync(`scenarios/${dir}`)) {
    if (!f.endsWith('.yaml')) continue;
    const loaded = loadScenario(`scenarios/${dir}/${f}`, filesIn('/work/main'), readYaml);
    if (!loaded.ok) { out += `bad ${f} ${JSON.stringify(loaded.issues[0])}\n`; continue; }
    for (const { outcome, step } of runScenario(loaded.value)) {
      if (!outcome) continue;
      const e = [explainOutcome(outcome), ...outcome.hops.map((h) => explainHop(h, outcome.call))];
      for (const x of e) if (x) out += `--- ${f} ${step.number} ${step.title ?? ''}\n${whyLines(x).join('\n')}\n`;
    }
  }
  writeFileSync('/tmp/why.txt', out);
});
