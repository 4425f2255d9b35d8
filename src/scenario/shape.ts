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
  readonly keySpan?: Span;
}

export interface Reading {
  readonly issues: Issue[];
}

/** The parts of JSON Schema (2020-12) that the published schema is made of. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What a part of the file must look like: read by us with positions, and published as JSON Schema for editors. */
export interface Shape<T> {
  readonly schema: JsonSchema;
  readonly read: (reading: Reading, spot: Spot) => T | undefined;
}

export interface Refusal {
  readonly code: IssueCode;
  readonly message: string;
  readonly severity?: Issue['severity'];
  readonly expected?: string | undefined;
  readonly help?: string | undefined;
  readonly related?: readonly Spot[];
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
  return placeOf(
    spot.source,
    spot.pointer,
    what === 'name' ? (spot.keySpan ?? spot.node.span) : spot.node.span,
  );
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
    value: {
      node: value,
      pointer: [...spot.pointer, key],
      source: spot.source,
      ...(keySpan === undefined ? {} : { keySpan }),
    },
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
      return `\`${node.value.length > 60 ? `${node.value.slice(0, 57)}…` : node.value}\``;
    case 'number':
      return `the number ${node.raw}`;
    case 'boolean':
      return `\`${node.value}\``;
    case 'null':
      return 'empty';
    case 'unresolved':
      return `the unresolved ${node.what}`;
  }
}

/** The text of a scalar as it was typed: YAML is read without types, JSON has them. */
export function scalarText(node: SourceNode): string | undefined {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'number':
      return node.raw;
    case 'boolean':
      return String(node.value);
    case 'object':
    case 'array':
    case 'null':
    case 'unresolved':
      return undefined;
  }
}

function wrongType(reading: Reading, spot: Spot, expected: string): undefined {
  return refuse(reading, spot, {
    code: 'wrong-type',
    message: `${nameOf(spot)} is ${describe(spot.node)}`,
    expected,
  });
}

export function nameOf(spot: Spot): string {
  const last = spot.pointer.at(-1);
  if (last === undefined) return 'the file';
  return typeof last === 'number' ? `entry ${last + 1}` : `\`${last}\``;
}

/** A text with the place it was read from, for complaints that come later. */
export interface Located<T> {
  readonly value: T;
  readonly spot: Spot;
}

export function text(description: string, extra: JsonSchema = {}): Shape<Located<string>> {
  return {
    schema: { type: 'string', description, ...extra },
    read: (reading, spot) => {
      const value = scalarText(spot.node);
      return value === undefined ? wrongType(reading, spot, description) : { value, spot };
    },
  };
}

export function choice<const W extends string>(words: readonly W[], description: string): Shape<W> {
  return {
    schema: { enum: words, description },
    read: (reading, spot) => {
      const value = scalarText(spot.node);
      const found = words.find((word) => word === value);
      if (found !== undefined) return found;
      return refuse(reading, spot, {
        code: 'wrong-value',
        message: `${nameOf(spot)} is ${describe(spot.node)}`,
        expected: words.map((word) => `\`${word}\``).join(', '),
        help: value === undefined ? undefined : didYouMean(value, words),
      });
    },
  };
}

export function flag(description: string): Shape<boolean> {
  return {
    schema: { type: 'boolean', description },
    read: (reading, spot) => {
      const value = scalarText(spot.node);
      if (value === 'true' || value === 'false') return value === 'true';
      return wrongType(reading, spot, '`true` or `false`');
    },
  };
}

export function integer(minimum: number, maximum: number, description: string): Shape<number> {
  return {
    schema: { type: 'integer', minimum, maximum, description },
    read: (reading, spot) => {
      const value = scalarText(spot.node) ?? '';
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= minimum && number <= maximum) return number;
      return refuse(reading, spot, {
        code: 'wrong-value',
        message: `${nameOf(spot)} is ${describe(spot.node)}`,
        expected: `a whole number from ${minimum} to ${maximum}`,
      });
    },
  };
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A duration with its unit, in milliseconds. */
export function duration(description: string): Shape<number> {
  return {
    schema: { type: 'string', pattern: '^\\d+(ms|s|m|h|d)$', description },
    read: (reading, spot) => {
      const value = scalarText(spot.node) ?? '';
      const parts = /^(\d{1,12})(ms|s|m|h|d)$/.exec(value);
      const unit = UNITS.get(parts?.[2] ?? '');
      if (parts !== null && unit !== undefined) return Number(parts[1]) * unit;
      return refuse(reading, spot, {
        code: 'bad-duration',
        message: `${nameOf(spot)} is ${describe(spot.node)}`,
        expected: 'a duration with its unit: ms, s, m, h or d',
        help: /^\d+$/.test(value)
          ? `write \`${value}s\` for seconds or \`${value}m\` for minutes`
          : undefined,
      });
    },
  };
}

export function list<T>(of: Shape<T>, description: string): Shape<readonly T[]> {
  return {
    schema: { type: 'array', items: of.schema, description },
    read: (reading, spot) => {
      const items = itemsOf(spot);
      if (items === undefined) return wrongType(reading, spot, `a list: ${description}`);
      return items.flatMap((item) => of.read(reading, item) ?? []);
    },
  };
}

/** A mapping from names that the user chose. Any name will do, `__proto__` too. */
export function record<T>(
  of: Shape<T>,
  description: string,
  names: JsonSchema = {},
): Shape<ReadonlyMap<string, T>> {
  return {
    schema: {
      type: 'object',
      additionalProperties: of.schema,
      description,
      ...(Object.keys(names).length === 0 ? {} : { propertyNames: names }),
    },
    read: (reading, spot) => {
      const members = membersOf(spot);
      if (members === undefined) return wrongType(reading, spot, `a mapping: ${description}`);
      const read = new Map<string, T>();
      for (const { key, value } of members) {
        const found = of.read(reading, value);
        if (found !== undefined) read.set(key, found);
      }
      return read;
    },
  };
}

export type Fields = { readonly [name: string]: Shape<unknown> };
export type Read<S> = S extends Shape<infer T> ? T : never;
export type ReadFields<F extends Fields> = { readonly [K in keyof F]?: Read<F[K]> };

export interface ObjectShape<F extends Fields> extends Shape<ReadFields<F> & { readonly spot: Spot }> {
  readonly fields: F;
  /** Reads members that were put together from several places. */
  readonly readMembers: (
    reading: Reading,
    spot: Spot,
    members: readonly Member[],
  ) => ReadFields<F> & { readonly spot: Spot };
}

/** A mapping with the fields that we know; others are complained about, with the name that was probably meant. */
export function object<F extends Fields>(
  fields: F,
  description: string,
  required: readonly (keyof F & string)[] = [],
): ObjectShape<F> {
  const names = Object.keys(fields);
  const readMembers: ObjectShape<F>['readMembers'] = (reading, spot, members) => {
    const read: { [K in keyof F]?: Read<F[K]> } = Object.create(null) as { [K in keyof F]?: Read<F[K]> };
    const seen = new Set<string>();
    for (const { key, value } of members) {
      seen.add(key);
      const shape = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (shape === undefined) {
        refuse(
          reading,
          value,
          {
            code: 'unknown-element',
            message: `unknown key \`${key}\` in ${description}`,
            expected: names.join(', '),
            help: didYouMean(key, names),
          },
          'name',
        );
        continue;
      }
      const found = shape.read(reading, value);
      if (found !== undefined) Object.defineProperty(read, key, { value: found, enumerable: true });
    }
    for (const name of required) {
      if (seen.has(name)) continue;
      refuse(reading, spot, {
        code: 'missing-element',
        message: `${description} has no \`${name}\``,
        expected: `\`${name}\``,
      });
    }
    Object.defineProperty(read, 'spot', { value: spot, enumerable: true });
    return read as ReadFields<F> & { readonly spot: Spot };
  };
  return {
    fields,
    schema: {
      type: 'object',
      description,
      additionalProperties: false,
      ...(required.length === 0 ? {} : { required }),
      properties: Object.fromEntries(names.map((name) => [name, fields[name]?.schema])),
    },
    readMembers,
    read: (reading, spot) => {
      const members = membersOf(spot);
      if (members === undefined) return wrongType(reading, spot, `a mapping: ${description}`);
      return readMembers(reading, spot, members);
    },
  };
}

/** One of several shapes, told apart by what kind of value was written. */
export function byKind<T>(
  shapes: { readonly scalar?: Shape<T>; readonly list?: Shape<T>; readonly mapping?: Shape<T> },
  expected: string,
): Shape<T> {
  const given = [shapes.scalar, shapes.list, shapes.mapping].filter((shape) => shape !== undefined);
  return {
    schema: { anyOf: given.map(({ schema }) => schema) },
    read: (reading, spot) => {
      const { kind } = spot.node;
      const shape = kind === 'object' ? shapes.mapping : kind === 'array' ? shapes.list : shapes.scalar;
      if (shape === undefined || kind === 'null' || kind === 'unresolved')
        return wrongType(reading, spot, expected);
      return shape.read(reading, spot);
    },
  };
}

export function map<T, U>(
  shape: Shape<T>,
  change: (value: T, spot: Spot, reading: Reading) => U | undefined,
): Shape<U> {
  return {
    schema: shape.schema,
    read: (reading, spot) => {
      const value = shape.read(reading, spot);
      return value === undefined ? undefined : change(value, spot, reading);
    },
  };
}

/** The node as it is, for parts that are read later. */
export function raw(description: string, schema: JsonSchema = {}): Shape<Spot> {
  return { schema: { description, ...schema }, read: (_reading, spot) => spot };
}
