import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { world as randomWorld } from '../../src/fuzz/world.js';
import { diffScenarios } from '../../src/scenario/diff.js';
import { loadScenario } from '../../src/scenario/load.js';
import { nodeFiles } from '../../src/scenario/node-files.js';
import type { Scenario, Step } from '../../src/scenario/step.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { HEAD, scenarioOf } from './in-memory.js';

const STORIES = readdirSync('scenarios', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.scenario.yaml'))
  .map((path) => join('scenarios', path));

describe('a scenario and itself', () => {
  it.each(STORIES)('do not differ: %s', (path) => {
    const [one, other] = [loadScenario(path, nodeFiles, readYaml), loadScenario(path, nodeFiles, readYaml)];
    if (!one.ok || !other.ok) throw new Error(`${path} can be read`);
    const { steps, cells, compared } = diffScenarios(one.value, other.value);
    expect([steps, cells]).toEqual([[], []]);
    expect(compared.steps).toBe(one.value.steps.length);
  });
});

describe('a random world and itself', () => {
  it('do not differ, whatever is done in it', () => {
    let acted = 0;
    fc.assert(
      fc.property(randomWorld(), ({ world, calls }) => {
        const steps = calls.map(
          (call, index): Step => ({
            verb: 'call',
            call,
            times: 1,
            expect: { of: 'allowed' },
            number: index + 1,
            at: { pointer: [] },
          }),
        );
        const scenario: Scenario = { file: 'x.yaml', world, steps };
        const { steps: changed, cells, compared } = diffScenarios(scenario, { ...scenario });
        expect([changed, cells]).toEqual([[], []]);
        acted += compared.steps;
      }),
      { seed: 20261314, numRuns: 40 },
    );
    expect(acted).toBeGreaterThanOrEqual(40);
  });
});

function story(policy: string, more = ''): string {
  return `${HEAD}
principals:
  worker: { policies: [{ Version: "2012-10-17", Statement: ${policy} }] }
${more}
queues: { orders: {} }
steps:
  - { as: worker, call: sqs:SendMessage, queue: orders }
  - { check: { queue: orders, messages: 1 } }
`;
}

describe('two scenarios', () => {
  const may = story('{ Effect: Allow, Action: "sqs:SendMessage", Resource: "*" }');

  it('differ in steps and cells, with the reason', () => {
    const may_not = story('{ Sid: Never, Effect: Deny, Action: "sqs:*", Resource: "*" }');
    const { steps, cells } = diffScenarios(scenarioOf(may), scenarioOf(may_not));
    expect(steps.map(({ number, before, after }) => [number, before, after])).toEqual([
      [1, 'allowed', 'refused: AccessDenied, sqs:SendMessage on orders: denied by the identity policies'],
      [2, 'found as expected', 'expected 1 message in orders, found 0'],
    ]);
    const sends = cells.filter(({ after }) => after?.action === 'sqs:SendMessage');
    expect(
      sends.map(({ before, after }) => [before?.answer, after?.answer, after?.refusal?.explicit]),
    ).toEqual([['allowed', 'denied', true]]);
    // Refused before and refused now, but by another statement.
    const deletes = cells.filter(({ after }) => after?.action === 'sqs:DeleteQueue');
    expect(deletes.map(({ before, after }) => [before?.refusal?.explicit, after?.refusal?.explicit])).toEqual(
      [[false, true]],
    );
  });

  it('say of a new principal only what it is allowed', () => {
    const more =
      '  guest: { policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "sqs:PurgeQueue", Resource: "*" } }] }';
    const { steps, cells } = diffScenarios(
      scenarioOf(may),
      scenarioOf(story('{ Effect: Allow, Action: "sqs:SendMessage", Resource: "*" }', more)),
    );
    expect(steps).toEqual([]);
    expect(cells.map(({ before, after }) => [before, after?.who, after?.action, after?.answer])).toEqual([
      [undefined, 'guest', 'sqs:PurgeQueue', 'allowed'],
    ]);
  });

  it('may have more steps than one another', () => {
    const longer = `${may}  - { wait: 1m }\n`;
    const { steps } = diffScenarios(scenarioOf(may), scenarioOf(longer));
    expect(steps.map(({ number, before, after }) => [number, before, after])).toEqual([
      [3, undefined, 'done'],
    ]);
    expect(diffScenarios(scenarioOf(longer), scenarioOf(may)).steps).toMatchObject([
      { number: 3, before: 'done' },
    ]);
  });
});
