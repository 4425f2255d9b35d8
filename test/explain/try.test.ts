import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { traceLines } from '../../src/explain/full-trace.js';
import { whyLines } from '../../src/explain/why.js';
import { SITUATIONS } from './situations.js';

it('prints', () => {
  let out = '';
  for (const { title, explanation, outcome } of SITUATIONS) {
    const e = explanation();
    out += `--- ${title}\n${e === undefined ? 'NONE' : whyLines(e).join('\n')}\n`;
    out += `\n${traceLines(outcome()).join('\n')}\n`;
  }
  writeFileSync('/tmp/why.txt', out);
});
