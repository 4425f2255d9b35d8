import { resolve } from 'node:path';
import { visibleText } from '../explain/plain-text.js';
import { diffLines, diffReport } from '../report/diff.js';
import { FORMAT_VERSION } from '../report/json.js';
import { jsonText } from '../report/json-text.js';
import { type Style, styleFor } from '../report/style.js';
import { diffScenarios } from '../scenario/diff.js';
import type { Files } from '../scenario/files.js';
import { isScenario, loadScenario } from '../scenario/load.js';
import type { Scenario } from '../scenario/step.js';
import { decodeText } from '../syntax/encoding.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Issue } from '../syntax/issue.js';
import type { YamlReader } from '../syntax/read-document.js';
import { argumentIssue } from './argument-issue.js';
import { EXIT, type Io, print, wantsColours } from './io.js';
import { issueReport } from './issue-report.js';
import { loadWorlds } from './load-worlds.js';
import { filesIn } from './test-command.js';

export interface DiffOptions {
  readonly json?: boolean;
  /** The scenarios that use the policy, where two versions of a policy are compared. */
  readonly in?: readonly string[];
}

interface Pair {
  readonly name: string;
  readonly before: Scenario;
  readonly after: Scenario;
}

/** Compares two scenarios, or two versions of a policy in the scenarios that use it. Exit: 0 no difference, 1 some, 2 unusable input. */
export async function diffCommand(one: string, other: string, options: DiffOptions, io: Io): Promise<number> {
  const style = styleFor(wantsColours(io), io.columns);
  const { readYaml } = await import('../syntax/yaml-source.js');
  const reading: Reading = { io, style, readYaml };
  const missing = [one, other].filter((path) => 'failure' in filesIn(io.cwd).read(path));
  for (const path of missing)
    complain(
      reading,
      argumentIssue(
        path === one ? 'BEFORE' : 'AFTER',
        'file-not-found',
        `there is no file ${excerpt(path)} that can be read`,
        'the path of a scenario or of a policy',
      ),
    );
  if (missing.length > 0) return EXIT.unusable;
  const [isOne, isOther] = [isWorld(reading, one), isWorld(reading, other)];
  if (isOne !== isOther) {
    const message = `${excerpt(isOne ? one : other)} is a scenario and ${excerpt(isOne ? other : one)} is none`;
    complain(
      reading,
      argumentIssue('AFTER', 'bad-argument', message, 'two scenarios, or two versions of a policy'),
    );
    return EXIT.unusable;
  }
  if (isOne && options.in !== undefined) {
    const message = 'is for two versions of a policy, and these are scenarios';
    complain(reading, argumentIssue('--in', 'bad-argument', message, 'nothing beside two scenarios'));
    return EXIT.unusable;
  }
  const pairs = isOne
    ? twoScenarios(reading, one, other)
    : await twoPolicies(reading, one, other, options.in ?? []);
  if (pairs === undefined) return EXIT.unusable;
  const changes = pairs.map(({ name, before, after }) => ({ name, change: diffScenarios(before, after) }));
  if (options.json === true) {
    const worlds = changes.map(({ name, change }) => ({ file: name, ...diffReport(change) }));
    io.out(`${jsonText({ formatVersion: FORMAT_VERSION, before: one, after: other, worlds }, 2)}\n`);
  } else {
    for (const { name, change } of changes)
      print(io.out, [...headLines(one, other, name).map(style.quiet), ...diffLines(change, style), '']);
  }
  return changes.some(({ change: { steps, cells } }) => steps.length + cells.length > 0) ? EXIT.no : EXIT.yes;
}

/** What is compared, and where two policies are compared in. */
function headLines(one: string, other: string, name: string): readonly string[] {
  const pair = [`before  ${visibleText(one)}`, `after   ${visibleText(other)}`];
  return name === other ? pair : [...pair, `in      ${visibleText(name)}`];
}

interface Reading {
  readonly io: Io;
  readonly style: Style;
  readonly readYaml: YamlReader;
}

function complain({ io, style }: Reading, issue: Issue): void {
  print(io.err, issueReport([issue], style));
}

function isWorld({ io, readYaml }: Reading, path: string): boolean {
  const found = filesIn(io.cwd).read(path);
  const text = 'bytes' in found ? decodeText(found.bytes, path).text : undefined;
  return text !== undefined && isScenario({ name: path, text }, readYaml);
}

function twoScenarios(reading: Reading, one: string, other: string): readonly Pair[] | undefined {
  const before = load(reading, one, filesIn(reading.io.cwd));
  const after = load(reading, other, filesIn(reading.io.cwd));
  return before === undefined || after === undefined ? undefined : [{ name: other, before, after }];
}

function load({ io, style, readYaml }: Reading, path: string, files: Files): Scenario | undefined {
  const loaded = loadScenario(path, files, readYaml);
  print(io.err, issueReport(loaded.issues, style));
  return loaded.ok ? loaded.value : undefined;
}

/** Each scenario that reads the first policy, once as it is and once with the second in its place. */
async function twoPolicies(
  reading: Reading,
  one: string,
  other: string,
  globs: readonly string[],
): Promise<readonly Pair[] | undefined> {
  const { io, style } = reading;
  const { scenarios, unusable } = await loadWorlds(globs, io, style);
  if (unusable) return undefined;
  const pairs: Pair[] = [];
  const wanted = resolve(io.cwd, one);
  for (const { scenario } of scenarios) {
    let isUsed = false;
    const own = filesIn(io.cwd);
    const exchanged: Files = {
      resolve: own.resolve,
      read: (path) => {
        if (resolve(io.cwd, path) !== wanted) return own.read(path);
        isUsed = true;
        return own.read(other);
      },
    };
    const after = load(reading, scenario.file, exchanged);
    if (after === undefined) return undefined;
    if (isUsed) pairs.push({ name: scenario.file, before: scenario, after });
  }
  if (pairs.length > 0) return pairs;
  complain(
    reading,
    argumentIssue(
      'BEFORE',
      'nothing-selected',
      `no scenario uses the policy ${excerpt(one)}`,
      'the path of a policy that a scenario names, the old version first',
      'name the scenarios with `--in`',
    ),
  );
  return undefined;
}
