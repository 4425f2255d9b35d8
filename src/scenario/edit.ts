import { type EstateSection, withThing } from '../world/change.js';
import { deletePrincipal } from '../world/deleted-principal.js';
import type { Estate, World } from '../world/world.js';
import type { Change } from './definitions.js';

/** What a `set` or `remove` step does to one thing, whatever calls have made of the thing before. */
export interface Edit {
  readonly section: EstateSection;
  readonly name: string;
  /** The thing as the file has it after the step; `undefined` if the step takes it away. */
  readonly thing: object | undefined;
  /** The parts of it that the step sets; the others stay as calls have left them. */
  readonly parts: readonly string[];
}

/** What the attributes of a definition become in the thing that is built, where it is not the same word. */
const PARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['alias', ['aliases', 'resourceAliases', 'manager']],
  ['aliases', ['aliases', 'resourceAliases', 'manager']],
  ['id', ['arn', 'multiRegion', 'multiRegionType']],
  ['arn', ['arn', 'multiRegion', 'multiRegionType']],
  ['multi-region', ['multiRegionType']],
  ['account', ['arn', 'account', 'policy']],
  ['region', ['arn', 'region']],
  ['console', ['policy']],
  ['bus', ['arn']],
  ['bus-policy', ['busPolicy']],
  ['on-failure', ['onFailure']],
  ['dead-letter', ['deadLetter']],
  ['sources type', ['type', 'arn']],
  ['type', ['caller']],
  ['user', ['caller']],
  ['policies', ['identity']],
  ['boundary', ['permissionsBoundary']],
  ['visibility', ['visibilityTimeout']],
  ['redrive-allow', ['redriveAllow']],
  ['attributes', ['policy', 'encryption', 'redrive', 'redriveAllow', 'visibilityTimeout', 'delay']],
  ['topics encryption', ['key']],
  ['principals arn', ['caller']],
  ['principals id', ['caller']],
  ['principals account', ['caller']],
  ['principals session', ['caller', 'session']],
]);

/** The edits of a step, from the estate that the file has after it. */
export function editsOf(changes: readonly Change[], estate: Estate): readonly Edit[] {
  return changes.map(({ section, name, attributes }) => ({
    section,
    name,
    thing: estate[section].get(name),
    parts: attributes.flatMap(
      (attribute) => PARTS.get(`${section} ${attribute}`) ?? PARTS.get(attribute) ?? [attribute],
    ),
  }));
}

/** The world after the edits, each part replaced whole. */
export function applyEdits(world: World, edits: readonly Edit[]): World {
  let now = world;
  for (const { section, name, thing, parts } of edits) {
    if (section === 'principals' && thing === undefined) {
      now = deletePrincipal(now, name);
      continue;
    }
    const present = now.estate[section].get(name);
    const next = present === undefined || thing === undefined ? thing : withParts(present, thing, parts);
    now = withThing(now, section, name, next as never);
  }
  return now;
}

function withParts(present: object, thing: object, parts: readonly string[]): object {
  const wanted = new Map(Object.entries(thing));
  const merged = new Map(Object.entries(present));
  for (const part of parts) {
    if (wanted.has(part)) merged.set(part, wanted.get(part));
    else merged.delete(part);
  }
  return Object.fromEntries(merged);
}
