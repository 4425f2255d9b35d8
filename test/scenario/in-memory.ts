import { posix } from 'node:path';
import type { Files } from '../../src/scenario/files.js';
import { loadScenario } from '../../src/scenario/load.js';
import { runScenario, type StepResult } from '../../src/scenario/run.js';
import type { Scenario } from '../../src/scenario/step.js';
import { invariant } from '../../src/syntax/invariant.js';
import type { Checked } from '../../src/syntax/issue.js';
import { readYaml } from '../../src/syntax/yaml-source.js';

/** The beginning of most scenarios. */
export const HEAD = 'gainsay: 1\nregion: us-east-1\naccount: "111122223333"\n';
export const SHOP = '111122223333';

/** Everything is allowed, as far as the identity goes. */
export const ADMIN = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }],
});

export type Texts = Readonly<Record<string, string>>;

export function filesFrom(texts: Texts): Files {
  const bytes = new Map(Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  return {
    read: (path) => {
      const found = bytes.get(path);
      return found === undefined ? { failure: 'missing' } : { bytes: found };
    },
    resolve: (from, path) => posix.join(posix.dirname(from), path),
  };
}

/** Loads the text as `x.yaml` beside the other files; `admin.json` is always there. */
export function load(text: string, others: Texts = {}, file = 'x.yaml'): Checked<Scenario> {
  return loadScenario(file, filesFrom({ 'admin.json': ADMIN, ...others, [file]: text }), readYaml);
}

export function scenarioOf(text: string, others: Texts = {}, file = 'x.yaml'): Scenario {
  const loaded = load(text, others, file);
  invariant(loaded.ok, loaded.ok ? '' : `the scenario can be read: ${JSON.stringify(loaded.issues[0])}`);
  return loaded.value;
}

/** Complaints as `line:column message`. */
export function complaints(text: string, others: Texts = {}): readonly string[] {
  return load(text, others).issues.map(
    ({ at, message }) =>
      `${at.source === 'x.yaml' ? '' : `${at.source}:`}${at.start?.line}:${at.start?.column} ${message}`,
  );
}

export function replay(text: string, others: Texts = {}, file = 'x.yaml'): readonly StepResult[] {
  return [...runScenario(scenarioOf(text, others, file))];
}

/** Problems of each step, in one list of lists. */
export function problemsOf(text: string, others: Texts = {}): readonly (readonly string[])[] {
  return replay(text, others).map(({ problems }) => problems);
}

/** The thing of that name; a test that names another is wrong. */
export function thing<T>(things: ReadonlyMap<string, T>, name: string): T {
  const found = things.get(name);
  invariant(found !== undefined, `there is a ${name}`);
  return found;
}
