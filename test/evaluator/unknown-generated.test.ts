import { describe, expect, it } from 'vitest';
import { segmentOf } from '../../src/catalogue/condition-keys.js';
import type { ContextValue } from '../../src/conditions/context.js';
import { authorize } from '../../src/evaluator/authorize.js';
import type { ApplicablePolicies, AuthorizationRequest } from '../../src/evaluator/request.js';
import { unknown, withKeys } from './asking.js';
import { domainOf } from './generated-keys.js';
import { generate, seeded } from './generated-requests.js';

const WORST_FIRST = ['explicitDeny', 'implicitDeny', 'allowed'];

interface BruteForce {
  readonly decisions: readonly string[];
  /** The keys that change the decision, all others being equal. */
  readonly telling: readonly string[];
}

function bruteForce(
  request: AuthorizationRequest,
  policies: ApplicablePolicies,
  open: readonly string[],
): BruteForce {
  const [first = '', second] = open;
  const others = second === undefined ? [undefined] : domainOf(second);
  const all = new Set<string>();
  const telling = new Set<string>();
  const columns = others.map(() => '');
  const setFirst = setter(request, first);
  const setSecond = second === undefined ? () => {} : setter(request, second);
  for (const value of domainOf(first)) {
    setFirst(value);
    const row = new Set<string>();
    others.forEach((other, at) => {
      setSecond(other);
      const { decision } = authorize(request, policies);
      all.add(decision);
      row.add(decision);
      if (columns[at] !== '' && columns[at] !== decision) telling.add(first);
      columns[at] = decision;
    });
    if (row.size > 1 && second !== undefined) telling.add(second);
  }
  setFirst(undefined);
  setSecond(undefined);
  return { decisions: WORST_FIRST.filter((decision) => all.has(decision)), telling: [...telling].sort() };
}

/** Sets a key in the request itself: millions of requests are asked about. */
function setter(request: AuthorizationRequest, key: string): (value: ContextValue | undefined) => void {
  const slot = key.toLowerCase();
  const segment = request.context[segmentOf(slot)];
  if (!(segment instanceof Map)) throw new Error('a generated segment is a map');
  return (value) => (value === undefined ? segment.delete(slot) : segment.set(slot, value));
}

describe('a verdict over unknown context values', () => {
  const random = seeded(20_260_903);
  const total = 10_000;
  const missing: string[] = [];
  const wide: string[] = [];
  const badShape: string[] = [];
  const badWitness: string[] = [];
  const missedKeys: string[] = [];
  let undetermined = 0;
  let tooManyKeys = 0;

  it('is worked out for generated requests under policies of all layers', () => {
    for (let run = 0; run < total; run += 1) {
      const { request, policies, open } = generate(random);
      const verdict = authorize(unknown(request, open), policies);
      const { decisions, telling } = bruteForce(request, policies, open);
      const isOpen = verdict.decision === 'undetermined';
      const story = `${run}: ${open.join()}: ${verdict.possible.join()} (${decisions.join()}) on ${verdict.dependsOn.join()}`;
      if (!decisions.every((decision) => verdict.possible.some((one) => one === decision)))
        missing.push(story);
      if (verdict.possible.length !== decisions.length) wide.push(story);
      if (isOpen !== verdict.possible.length > 1 || isOpen !== verdict.dependsOn.length > 0)
        badShape.push(story);
      if (!telling.every((key) => verdict.dependsOn.includes(key))) missedKeys.push(story);
      if (verdict.dependsOn.length > telling.length) tooManyKeys += 1;
      for (const { decision, values } of verdict.witnesses ?? []) {
        if (authorize(withKeys(unknown(request, open), values), policies).decision !== decision)
          badWitness.push(story);
      }
      if (isOpen) undetermined += 1;
    }
    expect(undetermined).toBeGreaterThan(total / 5);
  });

  it('leaves out no decision that some value brings about', () => expect(missing).toEqual([]));
  it('names no decision that no value brings about, but for a few that cannot be told', () => {
    expect(wide.length, wide.slice(0, 10).join('\n')).toBeLessThan(total / 1000);
  });
  it('is undetermined exactly when several decisions are possible, and then names what it hangs on', () => {
    expect(badShape).toEqual([]);
  });
  it('leaves out no key that changes the decision', () => expect(missedKeys).toEqual([]));
  it('seldom names a key that changes nothing', () => expect(tooManyKeys).toBeLessThan(total / 100));
  it('gives values of the keys with which each decision is sure', () => expect(badWitness).toEqual([]));
});
