import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decideText } from '../../src/evaluator/decide.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import type { PolicyType } from '../../src/policy/policy.js';
import { stepReport } from '../../src/report/json.js';
import { scenarioLines, stepLines } from '../../src/report/pretty.js';
import { styleFor } from '../../src/report/style.js';
import type { Files } from '../../src/scenario/files.js';
import { loadScenario } from '../../src/scenario/load.js';
import { runScenario } from '../../src/scenario/run.js';
import type { Issue } from '../../src/syntax/issue.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { type Random, randomFor } from '../drt/random.js';
import { GRAMMAR } from './grammar-facts.js';
import { mutate, mutateBytes } from './mutate.js';
import { JSON_SCENARIOS, LINES, POLICIES, SCENARIOS, YAML_POLICIES } from './sound-texts.js';

/** Every run does the same; another word here is another hundred thousand files. */
const SEED = 'mutated files';

/** In milliseconds. */
const SLOWEST = 1000;

/** What a terminal obeys, or shows as something else. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

interface Tally {
  readonly broken: string[];
  readonly seen: { readable: number; refused: number };
  slowest: number;
  slowestText: string;
}

/** Runs so many cases; what a case gives back is what is wrong with its end. */
function campaign(
  name: string,
  count: number,
  one: (random: Random) => { readonly text: string; readonly run: () => readonly string[] | boolean },
): Tally {
  const tally: Tally = { broken: [], seen: { readable: 0, refused: 0 }, slowest: 0, slowestText: '' };
  for (let number = 0; number < count && tally.broken.length < 3; number += 1) {
    const { text, run } = one(randomFor(`${SEED} ${name}`, number));
    const started = performance.now();
    try {
      const ended = run();
      if (typeof ended !== 'boolean')
        tally.broken.push(`${number}: ${ended.join('; ')}: ${JSON.stringify(text)}`);
      else if (ended) tally.seen.readable += 1;
      else tally.seen.refused += 1;
    } catch (error) {
      tally.broken.push(`${number}: ${String(error)}: ${JSON.stringify(text)}`);
    }
    let took = performance.now() - started;
    // What else the machine does makes a run slower, never faster: one that stands out is timed again.
    for (let again = 0; again < 3 && took > Math.max(20, tally.slowest); again += 1)
      took = Math.min(took, timed(run));
    if (took > tally.slowest) Object.assign(tally, { slowest: took, slowestText: text });
  }
  return tally;
}

function timed(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** Something was read, something was refused, and none took long. */
function expectSound({ broken, seen, slowest, slowestText }: Tally): void {
  console.log(`${seen.readable} read, ${seen.refused} refused, the slowest in ${Math.ceil(slowest)} ms`);
  expect(broken).toEqual([]);
  expect(seen.readable).toBeGreaterThan(0);
  expect(seen.refused).toBeGreaterThan(0);
  expect(slowest, slowestText).toBeLessThan(SLOWEST);
}

/** An issue that cannot be shown: without a place, or of more than a line. */
function unfit(issues: readonly Issue[]): readonly string[] {
  return issues.flatMap(({ message, severity, at }) => {
    if (HIDDEN.test(message)) return [`a message that is not fit to be shown: ${JSON.stringify(message)}`];
    if (message.length > 1000) return [`a message of ${message.length} characters`];
    return severity === 'error' && at.start === undefined ? [`no place: ${message}`] : [];
  });
}

function judged(ok: boolean, issues: readonly Issue[]): readonly string[] | boolean {
  if (!ok && !issues.some(({ severity }) => severity === 'error')) return ['refused without an error'];
  const bad = unfit(issues);
  return bad.length > 0 ? bad : ok;
}

const STYLE = styleFor(false, 100);

function filesOf(contents: ReadonlyMap<string, Uint8Array>): Files {
  return {
    read: (path) => {
      const bytes = contents.get(path);
      return bytes === undefined ? { failure: 'missing' } : { bytes };
    },
    resolve: (from, path) => posix.join(posix.dirname(from), path),
  };
}

/** Loads and, where it can be, replays and reports a scenario of which one file was spoilt. */
function scenarioCase(texts: readonly [string, ...string[]], file: string) {
  return (random: Random) => {
    const scenario = random.pick(texts);
    const inPolicy = random.chance(0.2);
    const spoilt = mutateBytes(inPolicy ? POLICIES[0] : scenario, random);
    const sound = new TextEncoder().encode(inPolicy ? scenario : POLICIES[0]);
    const contents = new Map(
      inPolicy
        ? [
            ['policy.json', spoilt],
            [file, sound],
          ]
        : [
            ['policy.json', sound],
            [file, spoilt],
          ],
    );
    const run = (): readonly string[] | boolean => {
      const loaded = loadScenario(file, filesOf(contents), readYaml);
      if (loaded.ok) {
        const results = [...runScenario(loaded.value)];
        const lines = [
          ...scenarioLines(loaded.value, STYLE),
          ...results.flatMap((result) => stepLines(result, STYLE, true)),
        ];
        if (lines.some((line) => HIDDEN.test(line.replaceAll('\n', '')))) return ['a hidden character'];
        JSON.stringify(results.map(stepReport));
      }
      return judged(loaded.ok, loaded.issues);
    };
    return { text: new TextDecoder().decode(spoilt), run };
  };
}

/** Each policy with the type that it is right for. */
const TYPED: readonly [readonly [PolicyType, string], ...(readonly [PolicyType, string])[]] = [
  ['identity', POLICIES[0]],
  ['queue', POLICIES[1]],
  ['key', POLICIES[2]],
  ['queue', POLICIES[3]],
];

const TYPES = GRAMMAR.map(({ type }) => type) as [(typeof GRAMMAR)[number]['type']];

describe('a file that was spoilt never breaks anything and never takes long', () => {
  it('70,000 JSON policies', () => {
    expectSound(
      campaign('policies', 70_000, (random) => {
        const [own, sound] = random.pick(TYPED);
        const text = mutate(sound, random);
        const type = random.chance(0.8) ? own : random.pick(TYPES);
        return {
          text,
          run: () => {
            const { ok, issues } = parsePolicy({ name: 'policy.json', text }, type);
            return judged(ok, issues);
          },
        };
      }),
    );
  });

  it('4,000 YAML policies', () => {
    expectSound(
      campaign('YAML policies', 4000, (random) => {
        const text = mutate(random.pick(random.chance(0.7) ? YAML_POLICIES : POLICIES), random);
        return {
          text,
          run: () => {
            const { ok, issues } = parsePolicy({ name: 'policy.yaml', text }, 'key', { readYaml });
            return judged(ok, issues);
          },
        };
      }),
    );
  });

  it('5,000 JSON scenarios, replayed where they can be', () => {
    expectSound(campaign('JSON scenarios', 5000, scenarioCase(JSON_SCENARIOS, 'x.json')));
  });

  it('3,000 YAML scenarios, replayed where they can be', () => {
    expectSound(campaign('YAML scenarios', 3000, scenarioCase(SCENARIOS, 'x.yaml')));
  });

  it('14,000 lines to decide', () => {
    expectSound(
      campaign('lines', 14_000, (random) => {
        const text = mutate(random.pick(LINES), random);
        return {
          text,
          run: () => {
            const { decision, issues } = decideText({ name: 'line 1', text });
            return judged(decision !== 'invalid', issues);
          },
        };
      }),
    );
  });
});
