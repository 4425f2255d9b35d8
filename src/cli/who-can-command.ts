import { selectAsks } from '../analysis/select-asks.js';
import { type Cell, whoCan } from '../analysis/who-can.js';
import { parseIpAddress } from '../conditions/ip.js';
import { FORMAT_VERSION } from '../report/json.js';
import { jsonText } from '../report/json-text.js';
import { cellReport, matrixLines } from '../report/matrix.js';
import { scenarioLines } from '../report/pretty.js';
import { styleFor } from '../report/style.js';
import { excerpt } from '../syntax/excerpt.js';
import type { Issue } from '../syntax/issue.js';
import { didYouMean } from '../syntax/suggest.js';
import type { NetworkPath } from '../world/call.js';
import type { Principal, World } from '../world/world.js';
import { argumentIssue, distinct, inScenario } from './argument-issue.js';
import { EXIT, type Io, print, wantsColours } from './io.js';
import { issueReport } from './issue-report.js';
import { loadWorlds } from './load-worlds.js';

export interface WhoCanOptions {
  readonly json?: boolean;
  readonly as?: readonly string[];
  readonly from?: string;
  readonly through?: string;
}

/** Prints who can make which calls on what in the worlds of scenario files. Exit: 0 answered, 2 unusable input or nothing to ask. */
export async function whoCanCommand(
  action: string,
  resource: string,
  files: readonly string[],
  options: WhoCanOptions,
  io: Io,
): Promise<number> {
  const style = styleFor(wantsColours(io), io.columns);
  const { scenarios, unusable } = await loadWorlds(files, io, style);
  const answers = scenarios.map((loaded) => ({
    ...loaded,
    answer: answerFor(loaded.scenario.world, action, resource, options),
  }));
  // Of all scenarios of a project, those where the question makes no sense are not meant.
  const answered = answers.filter(({ answer }) => 'cells' in answer);
  const meant = files.length > 0 || answered.length === 0 ? answers : answered;
  const mistakes = meant.flatMap(({ scenario, answer }) => {
    if ('cells' in answer) return [];
    return files.length > 0 && meant.length > 1
      ? answer.issues.map((issue) => inScenario(scenario, issue))
      : answer.issues;
  });
  // Where some scenarios have such a thing by another name, those that have none do not help.
  const misnamed = mistakes.filter(({ code }) => code === 'unknown-name');
  const told = files.length === 0 && misnamed.length > 0 ? misnamed : mistakes;
  print(io.err, issueReport(distinct(told), style));
  if (options.json === true) {
    const worlds = meant.map(({ scenario, issues, answer }) =>
      'cells' in answer
        ? { file: scenario.file, issues, cells: answer.cells.map(cellReport) }
        : { file: scenario.file, issues: [...issues, ...answer.issues], cells: [] },
    );
    io.out(`${jsonText({ formatVersion: FORMAT_VERSION, worlds }, 2)}\n`);
  } else {
    for (const { scenario, answer } of meant) {
      if ('cells' in answer)
        print(io.out, [...scenarioLines(scenario, style), '', ...matrixLines(answer.cells, style), '']);
    }
  }
  return unusable || mistakes.length > 0 ? EXIT.unusable : EXIT.yes;
}

type Answer = { readonly cells: readonly Cell[] } | { readonly issues: readonly Issue[] };

function answerFor(world: World, action: string, resource: string, options: WhoCanOptions): Answer {
  const asks = selectAsks(world.estate, action, resource);
  if (!asks.ok) return { issues: asks.issues };
  const { as = [], from, through } = options;
  const all = world.estate.principals;
  const unknown = as.filter((name) => !all.has(name)).map((name) => noSuchPrincipal(name, all.keys()));
  if (from !== undefined && parseIpAddress(from) === undefined) unknown.push(noAddress(from));
  if (unknown.length > 0) return { issues: unknown };
  const principals: readonly Principal[] =
    as.length === 0 ? [...all.values()] : as.flatMap((name) => all.get(name) ?? []);
  const path: NetworkPath = {
    tls: true,
    ...(through === undefined ? {} : { endpoint: through }),
    ...(from === undefined ? {} : { sourceIp: from }),
  };
  const cells = whoCan(world, { principals, asks: asks.value, flows: as.length === 0, path });
  return cells.length === 0 ? { issues: [NOBODY] } : { cells };
}

function noAddress(from: string): Issue {
  return argumentIssue('--from', 'wrong-value', `${excerpt(from)} is no address`, 'an IPv4 or IPv6 address');
}

const NOBODY = argumentIssue(
  'SCENARIO',
  'nothing-selected',
  'the world has no principals, and nothing that sends by itself',
  'a scenario with `principals`',
);

function noSuchPrincipal(name: string, known: Iterable<string>): Issue {
  const expected = 'the name of a principal of the scenario';
  return argumentIssue(
    '--as',
    'unknown-name',
    `unknown principal ${excerpt(name)}`,
    expected,
    didYouMean(name, known),
  );
}
