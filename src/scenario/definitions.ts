import { excerpt } from '../syntax/excerpt.js';
import { scalarText } from '../syntax/scalar.js';
import type { Loader } from './loader.js';
import {
  describe,
  itemsOf,
  listNames,
  type Member,
  membersOf,
  type Refusal,
  refuse,
  type Spot,
  suggest,
} from './spot.js';
import { SECTION_NAMES, type SectionName } from './world-format.js';

/** One thing of a world as it is written: the members of its definition, which `set` steps replace one by one. */
export interface Definition {
  readonly spot: Spot;
  readonly members: readonly Member[];
}

/** Everything that a file (and the file it extends) defines, section by section, by name. */
export type Definitions = ReadonlyMap<SectionName, ReadonlyMap<string, Definition>>;

export function isSection(name: string): name is SectionName {
  return SECTION_NAMES.some((section) => section === name);
}

export function readDefinitions(loader: Loader, root: readonly Member[], base: Definitions): Definitions {
  const sections = new Map(base);
  for (const { key, value } of root) {
    if (!isSection(key)) continue;
    const members = membersOf(value);
    if (members === undefined) {
      refuse(loader, value, {
        code: 'wrong-type',
        message: `\`${key}\` is ${describe(value.node)}`,
        expected: 'a mapping from names',
      });
      continue;
    }
    const things = new Map(base.get(key));
    for (const member of members) {
      const definition = definitionOf(loader, member.value);
      if (definition === undefined) loader.refuseThing(key, member.key);
      else things.set(member.key, definition);
    }
    sections.set(key, things);
  }
  return sections;
}

function definitionOf(loader: Loader, spot: Spot): Definition | undefined {
  if (spot.node.kind === 'null') return { spot, members: [] };
  const members = membersOf(spot);
  if (members !== undefined) return { spot, members };
  return refuse(loader, spot, {
    code: 'wrong-type',
    message: `${describe(spot.node)} stands where a definition is expected`,
    expected: 'a mapping',
  });
}

export interface Change {
  readonly section: SectionName;
  readonly name: string;
  /** As a person would read it: `keys.orders-key.policy`. */
  readonly attributes: readonly string[];
}

export interface Changed {
  readonly definitions: Definitions;
  readonly changes: readonly Change[];
}

/** Applies a `set` step: section, name, attribute; each value replaces the attribute whole. */
export function applySet(loader: Loader, definitions: Definitions, spot: Spot): Changed {
  return applyEach(loader, definitions, spot, (before, value, name, names) => {
    const members = membersOf(value);
    if (members === undefined) {
      return refuse(loader, value, {
        code: 'wrong-type',
        message: `${describe(value.node)} stands where attributes are expected`,
        expected: 'a mapping from attributes to values',
      });
    }
    if (before === undefined) hintNew(loader, value, name, names);
    const replaced = new Set(members.map(({ key }) => key));
    const kept = (before?.members ?? []).filter(
      ({ key }) => !replaced.has(key) && !contradicts(key, replaced),
    );
    return {
      definition: { spot: before?.spot ?? value, members: [...kept, ...members] },
      attributes: [...replaced],
    };
  });
}

/** A `set` may make new things, but a name that is nearly an old one is rather a slip. */
function hintNew(loader: Loader, spot: Spot, name: string, names: Iterable<string>): void {
  const help = suggest(loader, name, names);
  if (help === undefined) return;
  refuse(
    loader,
    spot,
    { code: 'hint', severity: 'warning', message: `this step makes a new ${excerpt(name)}`, help },
    'name',
  );
}

/** `alias` and `aliases` are two spellings of one attribute. */
function contradicts(key: string, replaced: ReadonlySet<string>): boolean {
  return (key === 'alias' && replaced.has('aliases')) || (key === 'aliases' && replaced.has('alias'));
}

type Apply = (
  before: Definition | undefined,
  value: Spot,
  name: string,
  names: Iterable<string>,
) => { readonly definition: Definition | undefined; readonly attributes: readonly string[] } | undefined;

function applyEach(
  loader: Loader,
  definitions: Definitions,
  spot: Spot,
  apply: Apply,
  thingsIn: (section: Spot) => readonly Member[] | undefined = membersOf,
): Changed {
  const sections = new Map(definitions);
  const changes: Change[] = [];
  const written = membersOf(spot);
  if (written === undefined || written.length === 0) {
    refuse(loader, spot, {
      code: 'wrong-type',
      message: `\`${spot.pointer.at(-1)}\` is ${written === undefined ? describe(spot.node) : 'an empty mapping'}`,
      expected: `a mapping from sections: ${SECTION_NAMES.join(', ')}`,
    });
  }
  for (const section of written ?? []) {
    if (!isSection(section.key)) {
      refuse(
        loader,
        section.value,
        {
          code: 'unknown-element',
          message: `unknown section ${excerpt(section.key)}`,
          expected: SECTION_NAMES.join(', '),
          help: suggest(loader, section.key, SECTION_NAMES),
        },
        'name',
      );
      continue;
    }
    const things = new Map(sections.get(section.key));
    const members = thingsIn(section.value);
    if (members === undefined) {
      refuse(loader, section.value, {
        code: 'wrong-type',
        message: `\`${section.key}\` is ${describe(section.value.node)}`,
        expected: 'a mapping from names',
      });
      continue;
    }
    for (const { key, value } of members) {
      if (loader.hasRefused(section.key, key)) continue;
      const applied = apply(things.get(key), value, key, things.keys());
      if (applied === undefined) continue;
      if (applied.definition === undefined) things.delete(key);
      else things.set(key, applied.definition);
      changes.push({ section: section.key, name: key, attributes: applied.attributes });
    }
    sections.set(section.key, things);
  }
  return { definitions: sections, changes };
}

/** Applies a `remove` step: whole things by name, or attributes of a thing. */
export function applyRemove(loader: Loader, definitions: Definitions, spot: Spot): Changed {
  const removeOne: Apply = (before, value, name, names) => {
    if (before === undefined) {
      return refuse(
        loader,
        value,
        {
          code: 'unknown-name',
          message: `there is no ${excerpt(name)} to remove`,
          ...instead(loader, name, [...names]),
        },
        'name',
      );
    }
    if (value.node.kind === 'null') return { definition: undefined, attributes: [] };
    const listed = namesIn(loader, value, 'the name of an attribute');
    if (listed === undefined) {
      return refuse(loader, value, {
        code: 'wrong-type',
        message: `${describe(value.node)} stands where attributes are expected`,
        expected: 'a list of attributes',
      });
    }
    const own = before.members.map(({ key }) => key);
    const removed = new Set(listed.map(({ key }) => key));
    for (const { key, value: at } of listed) {
      if (own.includes(key)) continue;
      const message = `${excerpt(name)} has no ${excerpt(key)} to remove`;
      refuse(loader, at, { code: 'unknown-name', message, ...instead(loader, key, own) }, 'name');
    }
    const members = before.members.filter(({ key }) => !removed.has(key));
    return { definition: { spot: before.spot, members }, attributes: [...removed] };
  };
  return applyEach(loader, definitions, spot, removeOne, (section) => {
    return membersOf(section) ?? namesIn(loader, section, 'the name of a thing');
  });
}

/** What could have been removed, and which of it was probably meant. */
function instead(loader: Loader, name: string, names: readonly string[]): Pick<Refusal, 'expected' | 'help'> {
  const expected =
    names.length === 0 ? 'nothing, since nothing is defined there' : `one of ${listNames(names)}`;
  return { expected, help: suggest(loader, name, names) };
}

/** The names that a list holds, as members without values: `queues: [orders]` means the same as `queues: { orders: }`. */
function namesIn(loader: Loader, spot: Spot, what: string): readonly Member[] | undefined {
  return itemsOf(spot)?.flatMap((item) => {
    const key = scalarText(item.node);
    if (key !== undefined)
      return [{ key, value: { ...item, node: { kind: 'null' as const }, keySpan: item.node.span } }];
    refuse(loader, item, {
      code: 'wrong-type',
      message: `${describe(item.node)} stands where ${what} is expected`,
      expected: what,
    });
    return [];
  });
}
