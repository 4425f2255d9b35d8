import { excerpt } from '../syntax/excerpt.js';
import type { Issue, IssueCode } from '../syntax/issue.js';
import { placeOf } from '../syntax/locate.js';
import type { Pointer, Source, SourceNode, Span } from '../syntax/source.js';
import { didYouMean } from '../syntax/suggest.js';

/** A part of a file: its node, where it is, and the file it comes from (a world may come from another file). */
export interface Spot {
  readonly node: SourceNode;
  readonly pointer: Pointer;
  readonly source: Source;
  /** Where its name stands, for complaints about the name. */
  readonly keySpan?: Span | undefined;
}

export interface Reading {
  readonly issues: Issue[];
}

export interface Refusal {
  readonly code: IssueCode;
  readonly message: string;
  readonly severity?: Issue['severity'];
  readonly expected?: string | undefined;
  readonly help?: string | undefined;
  readonly related?: readonly Spot[];
}

/** A text with the place it was read from, for complaints that come later. */
export interface Located<T> {
  readonly value: T;
  readonly spot: Spot;
}

/** Complains about a spot, or with `name` about its name. Gives `undefined`, so that readers can return it. */
export function refuse(
  reading: Reading,
  spot: Spot,
  refusal: Refusal,
  what: 'value' | 'name' = 'value',
): undefined {
  const { code, message, severity = 'error', expected, help, related } = refusal;
  reading.issues.push({
    code,
    severity,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(help === undefined ? {} : { help }),
    at: spanOf(spot, what),
    ...(related === undefined ? {} : { related: related.map((each) => spanOf(each, 'name')) }),
  });
  return undefined;
}

function spanOf(spot: Spot, what: 'value' | 'name'): Issue['at'] {
  return placeOf(spot.source, spot.pointer, what === 'name' ? spot.keySpan : spot.node.span);
}

export interface Member {
  readonly key: string;
  readonly value: Spot;
}

/** The members of an object; `undefined` for anything else. */
export function membersOf(spot: Spot): readonly Member[] | undefined {
  if (spot.node.kind !== 'object') return undefined;
  return spot.node.members.map(({ key, keySpan, value }) => ({
    key,
    value: { node: value, pointer: [...spot.pointer, key], source: spot.source, keySpan },
  }));
}

export function itemsOf(spot: Spot): readonly Spot[] | undefined {
  if (spot.node.kind !== 'array') return undefined;
  return spot.node.items.map((node, index) => ({
    node,
    pointer: [...spot.pointer, index],
    source: spot.source,
  }));
}

export function describe(node: SourceNode): string {
  switch (node.kind) {
    case 'object':
      return 'a mapping';
    case 'array':
      return 'a list';
    case 'string':
      return excerpt(node.value);
    case 'number':
      return `the number ${node.raw.slice(0, 60)}`;
    case 'boolean':
      return `\`${node.value}\``;
    case 'null':
      return 'empty';
    case 'unresolved':
      return `the unresolved ${excerpt(node.what)}`;
  }
}

export function nameOf(spot: Spot): string {
  const last = spot.pointer.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'number' ? `entry ${last + 1}` : excerpt(last);
}

/** Names that people chose, for what was expected; a long list is cut, so that a complaint stays readable. */
export function listNames(names: Iterable<string>): string {
  const shown: string[] = [];
  let more = 0;
  for (const name of names) {
    if (shown.length < MOST_NAMES) shown.push(excerpt(name));
    else more += 1;
  }
  return more === 0 ? shown.join(', ') : `${shown.join(', ')}, … and ${more} more`;
}

const MOST_NAMES = 12;
/** Nobody reads the suggestion of a hundredth mistake, and with as many names each one costs. */
const MOST_SUGGESTIONS = 100;

export function suggest(reading: Reading, word: string, names: Iterable<string>): string | undefined {
  return reading.issues.length > MOST_SUGGESTIONS ? undefined : didYouMean(word, names);
}

/** The name that a reference names, when there is such a thing; else a complaint with what was probably meant. */
export function referTo(
  reading: Reading,
  reference: Located<string>,
  things: ReadonlyMap<string, unknown>,
  what: string,
): string | undefined {
  if (things.has(reference.value)) return reference.value;
  return refuse(reading, reference.spot, {
    code: 'unknown-name',
    message: `unknown ${what} ${excerpt(reference.value)}`,
    expected: things.size === 0 ? `a ${what} defined in this file` : `one of ${listNames(things.keys())}`,
    help: suggest(reading, reference.value, things.keys()),
  });
}
