import { posix } from 'node:path';
import { it } from 'vitest';
import { stepLines } from '../../src/report/pretty.js';
import { styleFor } from '../../src/report/style.js';
import { loadScenario } from '../../src/scenario/load.js';
import { runScenario } from '../../src/scenario/run.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { JSON_SCENARIOS, POLICIES, SCENARIOS } from './sound-texts.js';

it('x', () => {
  for (const [file, text] of [
    ['x.json', JSON_SCENARIOS[0]],
    ['x.yaml', SCENARIOS[0]],
    ['x.yaml', SCENARIOS[1]],
  ] as const) {
    const l = loadScenario(
      file,
      {
        read: (p) => ({ bytes: new TextEncoder().encode(p === file ? text : POLICIES[0]) }),
        resolve: (f, p) => posix.join(posix.dirname(f), p),
      },
      readYaml,
    );
    console.log(
      l.issues.map(
        (i) => `${i.severity} ${i.at.start?.line}:${i.at.start?.column} ${i.message} ${i.expected}`,
      ),
    );
    try {
      if (l.ok)
        for (const r of runScenario(l.value))
          console.log(stepLines(r, styleFor(false, 100), true).join('\n'));
    } catch (e) {
      console.log((e as Error).stack);
    }
  }
});
