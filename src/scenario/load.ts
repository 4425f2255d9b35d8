import { invariant } from '../syntax/invariant.js';
import type { Checked } from '../syntax/issue.js';
import { checked } from '../syntax/issue.js';
import { readDocument, type YamlReader } from '../syntax/read-document.js';
import type { Source } from '../syntax/source.js';
import { EMPTY_STATE, type Message, type World } from '../world/world.js';
import { EstateBuilder } from './build-estate.js';
import { buildMessages } from './build-queue.js';
import { buildStep } from './build-step.js';
import { applyRemove, applySet, type Definitions, isSection, readDefinitions } from './definitions.js';
import { extended, rootOf, topMembers } from './document.js';
import { editsOf } from './edit.js';
import type { Files } from './files.js';
import { issuesInOrder } from './issue-order.js';
import { Loader } from './loader.js';
import { homeOf, LATEST, organizationsOf, readHeader, startOf } from './read-header.js';
import { readStep, stepBase } from './read-step.js';
import { describe, itemsOf, refuse, type Spot } from './spot.js';
import type { Scenario, Step } from './step.js';
import { SECTIONS } from './world-format.js';

/**
 * Whether a file is a scenario at all: a mapping with the key `gainsay`. Policy files are not. A text that cannot be read
 * as a whole counts by a line that begins with the key, so that a slip in a scenario does not make it disappear.
 */
export function isScenario(source: Source, readYaml: YamlReader): boolean {
  const { node, issues } = readDocument(source, readYaml);
  if (node?.kind === 'object' && node.members.some(({ key }) => key === 'gainsay')) return true;
  if (!issues.some(({ severity }) => severity === 'error')) return false;
  return /^[ \t]{0,20}[{"']{0,2}gainsay["']?[ \t]{0,20}:/m.test(source.text);
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
  const issues = issuesInOrder(loader.issues, path);
  if (scenario !== undefined) return checked(scenario, issues);
  const [first, ...rest] = issues;
  invariant(first !== undefined, 'a file that cannot be loaded has an issue');
  return { ok: false, issues: [first, ...rest] };
}

function readScenario(loader: Loader, path: string, root: Spot): Scenario | undefined {
  const members = topMembers(loader, root);
  if (members === undefined) return undefined;
  const own = new Map(members.map(({ key, value }) => [key, value]));
  const base = extended(loader, own.get('extends'));
  const all = [
    ...base.filter(({ key }) => !own.has(key) || isSection(key) || key === 'accounts'),
    ...members,
  ];
  const head = readHeader(loader, root, all);
  const home = homeOf(loader, head, all);
  loader.home = home;
  const organizations = organizationsOf(loader, home, head);
  const definitions = readDefinitions(loader, members, readDefinitions(loader, base, new Map()));
  const starts = startOf(loader, head);
  const builder = new EstateBuilder(loader, home, organizations);
  const estate = builder.build(definitions);
  const quota = head.settings?.['kms-requests-per-second'];
  const state = {
    ...EMPTY_STATE,
    cachesDataKeys: head.settings?.['data-keys'] !== 'cold',
    propagation: head.settings?.propagation ?? 'at-once',
    ...(quota === undefined ? {} : { kmsRequestsPerSecond: quota }),
    messages: initialMessages(loader, definitions, estate, starts),
  };
  const world: World = { estate, state, now: starts };
  const steps = readSteps(loader, builder, definitions, world, own.get('steps'));
  return { file: path, ...(head.title === undefined ? {} : { title: head.title.value }), world, steps };
}

function initialMessages(
  loader: Loader,
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
    messages.set(name, buildMessages(loader, read, queue, queues, keys, now));
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
      message: `\`steps\` is ${describe(spot.node)}`,
      expected: 'a list of steps',
    });
    return [];
  }
  const steps: Step[] = [];
  let clock = world.now;
  let definitions = start;
  let { estate } = world;
  items.forEach((item, index) => {
    const step = readStep(loader, item);
    if (step === undefined) return;
    const number = index + 1;
    if (step.verb === 'set' || step.verb === 'remove') {
      const target = step.verb === 'set' ? step.read.set : step.read.remove;
      const changed =
        step.verb === 'set'
          ? applySet(loader, definitions, target)
          : applyRemove(loader, definitions, target);
      definitions = changed.definitions;
      estate = builder.build(definitions);
      const { changes } = changed;
      const edits = editsOf(changes, estate);
      steps.push({ ...stepBase(step.read, number), verb: step.verb, changes, edits });
      return;
    }
    if (step.verb === 'wait') clock += step.read.wait;
    if (clock > LATEST) {
      refuse(loader, item, {
        code: 'bad-duration',
        message: 'the virtual clock would run beyond the year 9999',
        expected: 'shorter waits',
      });
      return;
    }
    const built = buildStep(loader, estate, step, number);
    if (built !== undefined) steps.push(built);
  });
  return steps;
}
