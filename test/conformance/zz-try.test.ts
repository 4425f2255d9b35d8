import { it } from 'vitest';
import { decide } from '../../src/evaluator/decide.js';
import { decide as model } from '../model/decide.js';
import { decidingFacts, lineOf, SINGLE_CASES } from './single-cases.js';
import { ABLATION, REFUSES_DOCUMENTS } from './ablation.js';
it('try', () => {
  let bad = 0;
  for (const c of SINGLE_CASES) {
    const line = lineOf(c);
    const e = decide(line);
    const want = `${c.expect.decision} ${c.expect.decidedBy ?? ''}`;
    const by = (x: any) => c.expect.decidedBy === undefined ? '' : x; const eng = `${e.decision} ${by(e.decidedBy)}`;
    const out: string[] = [];
    if (eng !== want) out.push(`engine ${eng} want ${want} ${e.issues.filter(i=>i.severity==='error').map(i=>i.message).join(';')}`);
    if (!REFUSES_DOCUMENTS.includes(c.rule)) {
      const m = model(line); const mo = `${m.decision} ${by(m.decidedBy)}`;
      if (mo !== want) out.push(`model ${mo} want ${want}`);
      const f = decidingFacts(c);
      if ((f.length > 0) !== c.decides) out.push(`decides ${c.decides} but facts [${f}] of ${ABLATION[c.rule]}`);
    } else if ((e.decision === 'invalid') !== c.decides) out.push('invalid?');
    if (out.length) { bad++; console.log(c.id, '|', c.why, '|', out.join(' || ')); }
  }
  console.log('bad', bad, SINGLE_CASES.length);
});
