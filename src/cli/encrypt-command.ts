import { encryptQueue } from '../analysis/encrypt-queue.js';
import { listed } from '../explain/plain-text.js';
import { encryptionLines, encryptionReport } from '../report/changes.js';
import { FORMAT_VERSION } from '../report/json.js';
import { jsonText } from '../report/json-text.js';
import { scenarioLines } from '../report/pretty.js';
import { styleFor } from '../report/style.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Issue } from '../syntax/issue.js';
import { didYouMean } from '../syntax/suggest.js';
import { argumentIssue, inScenario } from './argument-issue.js';
import { EXIT, type Io, print, wantsColours } from './io.js';
import { issueReport } from './issue-report.js';
import { type LoadedWorlds, loadWorlds } from './load-worlds.js';

export interface EncryptOptions {
  readonly key: string;
  readonly json?: boolean;
}

/** Says who breaks when a queue is encrypted with a key. Exit: 0 nobody, 1 somebody, 2 unusable input. */
export async function encryptCommand(
  queue: string,
  files: readonly string[],
  { key, json = false }: EncryptOptions,
  io: Io,
): Promise<number> {
  const style = styleFor(wantsColours(io), io.columns);
  const { scenarios, unusable } = await loadWorlds(files, io, style);
  let failed = unusable;
  let broken = false;
  const reports: object[] = [];
  // Of all scenarios of a project, those without such a queue are not meant.
  const meant =
    files.length > 0
      ? scenarios
      : scenarios.filter(({ scenario }) => scenario.world.estate.queues.has(queue));
  if (meant.length === 0 && scenarios.length > 0) {
    failed = true;
    print(io.err, issueReport([noSuchQueue(queue, scenarios)], style));
  }
  for (const { scenario, issues } of meant) {
    const changed = encryptQueue(scenario.world, queue, key);
    if (!changed.ok) {
      failed = true;
      const own = changed.issues.map((issue) => (meant.length > 1 ? inScenario(scenario, issue) : issue));
      print(io.err, issueReport(own, style));
      if (json) reports.push({ file: scenario.file, issues: [...issues, ...changed.issues] });
      continue;
    }
    broken ||= changed.value.breaks.length > 0;
    if (json) reports.push({ file: scenario.file, issues, ...encryptionReport(changed.value) });
    else print(io.out, [...scenarioLines(scenario, style), '', ...encryptionLines(changed.value, style), '']);
  }
  if (json) io.out(`${jsonText({ formatVersion: FORMAT_VERSION, worlds: reports }, 2)}\n`);
  return failed ? EXIT.unusable : broken ? EXIT.no : EXIT.yes;
}

function noSuchQueue(queue: string, scenarios: LoadedWorlds['scenarios']): Issue {
  const names = [...new Set(scenarios.flatMap(({ scenario }) => [...scenario.world.estate.queues.keys()]))];
  return argumentIssue(
    'QUEUE',
    'unknown-name',
    `no scenario has a queue ${excerpt(queue)}`,
    names.length === 0
      ? 'a queue of a scenario; none has one'
      : `one of ${listed(
          names.slice(0, 10).map((name) => excerpt(name)),
          'or',
        )}`,
    didYouMean(queue, names),
  );
}
