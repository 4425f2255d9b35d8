import { parseDate } from '../syntax/date.js';
import type { Checked, Issue } from '../syntax/issue.js';
import { checked } from '../syntax/issue.js';
import { readDocument, type YamlReader } from '../syntax/read-document.js';
import type { Source } from '../syntax/source.js';
import { didYouMean } from '../syntax/suggest.js';
import { EMPTY_STATE, type Message, type Organization, type World } from '../world/world.js';
import { EstateBuilder } from './build-estate.js';
import { buildOrganization } from './build-organization.js';
import { buildMessages } from './build-queue.js';
import { applyRemove, applySet, type Definitions, isSection, readDefinitions } from './definitions.js';
import type { Files } from './files.js';
import { HEADER, settings } from './format.js';
import { accountOf, type Home } from './home.js';
import { Loader } from './loader.js';
import { readStep, StepBuilder, stepBase } from './read-steps.js';
import { object, type Read } from './shape.js';
import { describe, itemsOf, type Member, membersOf, refuse, type Spot, scalarText } from './spot.js';
import type { Scenario, Step } from './step.js';
import { SECTION_NAMES, SECTIONS } from './world-format.js';

const header = object({ ...HEADER, settings }, 'the header');
type ReadHeader = Read<typeof header>;

const KNOWN = [...Object.keys(HEADER), ...SECTION_NAMES, 'steps'];
const DEFAULT_START = Date.UTC(2026, 0, 1);

/** Whether a file is a scenario at all: a mapping with the key `gainsay`. Policy files are not. */
export function isScenario(source: Source, readYaml: YamlReader): boolean {
  const { node } = readDocument(source, readYaml);
  return node?.kind === 'object' && node.members.some(({ key }) => key === 'gainsay');
}

/**
 * Loads a scenario file with everything it names. All that is wrong comes back as issues with file, line and column;
 * nothing throws.
 */
export function loadScenario(path: string, files: Files, readYaml: YamlReader): Checked<Scenario> {
  const loader = new Loader(files, readYaml);
  const source = loader.sourceOf(path, undefined);
  const root = source === undefined ? undefined : rootOf(loader, source);
  const scenario = root === undefined ? undefined : readScenario(loader, path, root);
  const issues = inOrder(loader.issues);
  if (scenario !== undefined) return checked(scenario, issues);
  const [first = unreadable(path), ...rest] = issues;
  return { ok: false, issues: [first, ...rest] };
}

function unreadable(path: string): Issue {
  return {
    code: 'file-unreadable',
    severity: 'error',
    message: `the file \`${path}\` cannot be read`,
    at: { source: path, pointer: [], start: { line: 1, column: 1 } },
  };
}

/** Errors first, each said once. */
function inOrder(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Set<string>();
  const once = issues.filter((issue) => {
    const slot = `${issue.code} ${issue.at.source} ${issue.at.start?.line}:${issue.at.start?.column} ${issue.message}`;
    if (seen.has(slot)) return false;
    seen.add(slot);
    return true;
  });
  const rank = { error: 0, warning: 1, note: 2 } as const;
  return once.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

function rootOf(loader: Loader, source: Source): Spot | undefined {
  const { node, issues } = readDocument(source, loader.readYaml);
  loader.issues.push(...issues);
  if (node === undefined || loader.failed) return undefined;
  return { node, pointer: [], source };
}

function readScenario(loader: Loader, path: string, root: Spot): Scenario | undefined {
  const members = membersOf(root);
  if (members === undefined) {
    return refuse(loader, root, {
      code: 'not-a-scenario',
      message: `the file is ${describe(root.node)}`,
      expected: 'a mapping that starts with `gainsay: 1`',
    });
  }
  checkNames(loader, root, members);
  const own = new Map(members.map(({ key, value }) => [key, value]));
  const base = extended(loader, own.get('extends'));
  const all = [
    ...base.filter(({ key }) => !own.has(key) || isSection(key) || key === 'accounts'),
    ...members,
  ];
  const head = header.readMembers(
    loader,
    root,
    mergeAccounts(all.filter(({ key }) => Object.hasOwn(HEADER, key) && key !== 'extends')),
  );
  const home = homeOf(loader, head);
  const organizations = organizationsOf(loader, home, head);
  const definitions = readDefinitions(loader, members, readDefinitions(loader, base, new Map()));
  const starts = startOf(loader, head);
  const builder = new EstateBuilder(loader, home, organizations);
  const estate = builder.build(definitions);
  const state = {
    ...EMPTY_STATE,
    cachesDataKeys: head.settings?.['data-keys'] !== 'cold',
    messages: initialMessages(loader, home, definitions, estate, starts),
  };
  const world: World = { estate, state, now: starts };
  const steps = readSteps(loader, builder, definitions, world, own.get('steps'));
  return { file: path, ...(head.title === undefined ? {} : { title: head.title.value }), world, steps };
}

function checkNames(loader: Loader, root: Spot, members: readonly Member[]): void {
  const version = members.find(({ key }) => key === 'gainsay');
  if (version === undefined) {
    refuse(loader, root, {
      code: 'not-a-scenario',
      message: 'the file does not say that it is a scenario',
      expected: '`gainsay: 1` at the top',
    });
  } else if (scalarText(version.value.node) !== '1') {
    refuse(loader, version.value, {
      code: 'wrong-value',
      message: `format version ${describe(version.value.node)} is not known`,
      expected: '`gainsay: 1`',
    });
  }
  for (const { key, value } of members) {
    if (KNOWN.includes(key)) continue;
    refuse(
      loader,
      value,
      {
        code: 'unknown-element',
        message: `unknown key \`${key}\` at the top of the file`,
        expected: KNOWN.join(', '),
        help: didYouMean(key, KNOWN),
      },
      'name',
    );
  }
}

/** The members of the one file that a scenario extends: everything but steps. */
function extended(loader: Loader, spot: Spot | undefined): readonly Member[] {
  if (spot === undefined) return [];
  const path = scalarText(spot.node);
  if (path === undefined) {
    refuse(loader, spot, {
      code: 'wrong-type',
      message: `extends is ${describe(spot.node)}`,
      expected: 'the path of a file',
    });
    return [];
  }
  const source = loader.sourceOf(loader.files.resolve(spot.source.name, path), spot);
  const root = source === undefined ? undefined : rootOf(loader, source);
  const members = root === undefined ? undefined : membersOf(root);
  if (members === undefined || root === undefined) return [];
  checkNames(loader, root, members);
  for (const { key, value } of members) {
    if (key !== 'extends' && key !== 'steps') continue;
    refuse(
      loader,
      value,
      {
        code: 'conflicting-elements',
        message: `a file that is extended has no \`${key}\` of its own`,
        expected: 'a world alone',
      },
      'name',
    );
  }
  return members.filter(({ key }) => key !== 'extends' && key !== 'steps');
}

/** Accounts of an extended file and of the file itself are one mapping. */
function mergeAccounts(members: readonly Member[]): readonly Member[] {
  const accounts = members.filter(({ key }) => key === 'accounts');
  const own = accounts.at(-1);
  if (own === undefined || accounts.length < 2) return members;
  const all = accounts.flatMap(({ value }) => (value.node.kind === 'object' ? value.node.members : []));
  const node = { ...own.value.node, kind: 'object' as const, members: all };
  return [
    ...members.filter(({ key }) => key !== 'accounts'),
    { key: 'accounts', value: { ...own.value, node } },
  ];
}

function homeOf(loader: Loader, head: ReadHeader): Home {
  const accounts = head.accounts ?? new Map<string, string>();
  const home: Home = {
    partition: head.partition ?? 'aws',
    region: head.region?.value,
    account: undefined,
    accounts,
  };
  return head.account === undefined ? home : { ...home, account: accountOf(loader, home, head.account) };
}

function organizationsOf(loader: Loader, home: Home, head: ReadHeader): readonly Organization[] {
  const several = head.organizations === undefined ? [] : (itemsOf(head.organizations) ?? []);
  const spots = [...(head.organization === undefined ? [] : [head.organization]), ...several];
  return spots.flatMap((spot) => buildOrganization(loader, home, spot) ?? []);
}

function startOf(loader: Loader, head: ReadHeader): number {
  if (head.starts === undefined) return DEFAULT_START;
  const instant = parseDate(head.starts.value);
  if (instant !== undefined) return instant;
  refuse(loader, head.starts.spot, {
    code: 'bad-date',
    message: `\`${head.starts.value}\` is no date`,
    expected: 'ISO 8601, such as 2026-01-01T00:00:00Z',
  });
  return DEFAULT_START;
}

function initialMessages(
  loader: Loader,
  home: Home,
  definitions: Definitions,
  { queues, keys }: World['estate'],
  now: number,
): ReadonlyMap<string, readonly Message[]> {
  const messages = new Map<string, readonly Message[]>();
  for (const [name, definition] of definitions.get('queues') ?? []) {
    const queue = queues.get(name);
    const given = definition.members.filter(({ key }) => key === 'messages');
    if (queue === undefined || given.length === 0) continue;
    const read = SECTIONS.queues.readMembers({ issues: [] }, definition.spot, given);
    messages.set(name, buildMessages(loader, home, read, queue, queues, keys, now));
  }
  return messages;
}

function readSteps(
  loader: Loader,
  builder: EstateBuilder,
  start: Definitions,
  world: World,
  spot: Spot | undefined,
): readonly Step[] {
  if (spot === undefined) return [];
  const items = itemsOf(spot);
  if (items === undefined) {
    refuse(loader, spot, {
      code: 'wrong-type',
      message: `steps is ${describe(spot.node)}`,
      expected: 'a list of steps',
    });
    return [];
  }
  const steps: Step[] = [];
  let definitions = start;
  let { estate } = world;
  items.forEach((item, index) => {
    const step = readStep(loader, item);
    if (step === undefined) return;
    const number = index + 1;
    if (step.verb === 'set' || step.verb === 'remove') {
      const target = step.verb === 'set' ? step.read.set : step.read.remove;
      if (target === undefined) return;
      const changed =
        step.verb === 'set'
          ? applySet(loader, definitions, target)
          : applyRemove(loader, definitions, target);
      definitions = changed.definitions;
      estate = builder.build(definitions);
      steps.push({ ...stepBase(step.read, number), verb: step.verb, estate, changes: changed.changes });
      return;
    }
    const built = new StepBuilder(loader, estate).build(step, number);
    if (built !== undefined) steps.push(built);
  });
  return steps;
}
