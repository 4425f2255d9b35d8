import { describe, expect, it } from 'vitest';
import { authorize } from '../../src/evaluator/authorize.js';
import { policy, sending, when, withKeys } from './asking.js';
import { seeded } from './generated-requests.js';

const TEXTS = [undefined, '', 'p', 'P', 'x', 'px', 'xp', 'xx', 'pxx', 'pp', 'q'] as const;
const LISTS = [[], [''], ['p', 'x'], ['px', 'q'], ['', 'p'], ['p', 'px', 'x']] as const;
const OPERATORS = [
  'StringEquals',
  'StringEquals',
  'StringEquals',
  'StringNotEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringEqualsIfExists',
  'StringLike',
  'ForAnyValue:StringEquals',
  'ForAllValues:StringEquals',
  'Null',
];
const OPERANDS = ['p', 'x', 'px', '', 'P', '*x', '${A}', '${A}', '${A}x', 'p${A}', "${A, 'p'}"];

describe('two unknown keys that are compared with each other', () => {
  const random = seeded(20_261_201);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  /** A condition on one of the keys; a variable in it is the other. */
  const condition = (one: string, other: string): readonly [string, string, string] => {
    const operator = pick(OPERATORS);
    const operand =
      operator === 'Null' ? pick(['true', 'false']) : pick(OPERANDS).replace('${A', `\${${other}`);
    return [operator, one, operand];
  };

  /** Decisions that are left out, or said of values that bring about another, and how many answers were open. */
  const ask = (runs: number) => {
    const unsound: string[] = [];
    const unwitnessed: string[] = [];
    let open = 0;
    for (let run = 0; run < runs; run += 1) {
      // The second may have several values or has one; the first has one.
      const [first = '', second = ''] = pick([
        ['aws:username', 'aws:userid'],
        ['aws:username', 'my:K'],
      ]);
      const statements = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
        const conditions = Array.from({ length: 1 + Math.floor(random() * 2) }, () =>
          random() < 0.25 ? condition(first, 'aws:SourceAccount') : condition(second, first),
        );
        const block: Record<string, Record<string, string>> = {};
        for (const [operator, key, operand] of conditions)
          block[operator] = { ...block[operator], [key]: operand };
        return when(random() < 0.6 ? 'Allow' : 'Deny', block);
      });
      const policies = { identity: [policy('identity', ...statements)] };
      const request = sending([first, second]);
      const verdict = authorize(request, policies);
      if (verdict.possible.length > 1) open += 1;
      const story = `${JSON.stringify(statements)}: ${verdict.possible.join()}`;
      const seconds = second === 'my:K' ? [...TEXTS, ...LISTS] : TEXTS;
      const decisions = new Set(
        TEXTS.flatMap((a) =>
          seconds.map(
            (b) =>
              authorize(
                withKeys(request, [
                  [first, a],
                  [second, b],
                ]),
                policies,
              ).decision,
          ),
        ),
      );
      if (![...decisions].every((decision) => verdict.possible.some((one) => one === decision)))
        unsound.push(story);
      for (const { decision, values } of verdict.witnesses ?? [])
        if (authorize(withKeys(request, values), policies).decision !== decision) unwitnessed.push(story);
    }
    return { unsound, unwitnessed, open };
  };

  it('leave out no decision that some values bring about, under some statements', () => {
    expect(ask(400)).toMatchObject({ unsound: [], unwitnessed: [] });
  });

  it('leave out no decision that some values bring about, under many more', () => {
    const { unsound, unwitnessed, open } = ask(2_100);
    expect({ unsound, unwitnessed }).toEqual({ unsound: [], unwitnessed: [] });
    expect(open).toBeGreaterThan(1_000);
  });
});
