import { excerpt } from '../syntax/excerpt.js';
import { scalarText } from '../syntax/scalar.js';
import { didYouMean } from '../syntax/suggest.js';
import {
  describe,
  itemsOf,
  type Located,
  type Member,
  membersOf,
  nameOf,
  type Reading,
  refuse,
  type Spot,
  suggest,
} from './spot.js';

/** The parts of JSON Schema (2020-12) that the published schema is made of. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** What a part of the file must look like: read by us with positions, and published as JSON Schema for editors. */
export interface Shape<T> {
  readonly schema: JsonSchema;
  readonly read: (reading: Reading, spot: Spot) => T | undefined;
}

function wrongType(reading: Reading, spot: Spot, expected: string): undefined {
  return refuse(reading, spot, {
    code: 'wrong-type',
    message: `${nameOf(spot)} is ${describe(spot.node)}`,
    expected,
  });
}

/** A text as it was typed. What `extra` says is for editors; who takes the text checks it in words of its own. */
export function text(description: string, extra: JsonSchema = {}): Shape<Located<string>> {
  return {
    schema: { type: 'string', description, ...extra },
    read: (reading, spot) => {
      const value = scalarText(spot.node);
      return value === undefined ? wrongType(reading, spot, description) : { value, spot };
    },
  };
}

/** A text that is refused where the pattern, a literal of ours, does not match. */
export function textLike(description: string, pattern: RegExp): Shape<Located<string>> {
  return map(text(description, { pattern: pattern.source }), (read, spot, reading) =>
    pattern.test(read.value)
      ? read
      : refuse(reading, spot, {
          code: 'wrong-value',
          message: `${nameOf(spot)} is ${describe(spot.node)}`,
          expected: description,
        }),
  );
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

const ANY_DURATION = { least: 0, most: 36_500 * 86_400_000, words: 'at most a hundred years: `36500d`' };

/** A duration with its unit, in milliseconds; `range` is said in words as well as in milliseconds. */
export function duration(description: string, range = ANY_DURATION): Shape<number> {
  return {
    schema: { type: 'string', pattern: '^\\d+(ms|s|m|h|d)$', description },
    read: (reading, spot) => {
      const value = scalarText(spot.node) ?? '';
      const parts = /^(\d{1,12})(ms|s|m|h|d)$/.exec(value);
      const unit = UNITS.get(parts?.[2] ?? '');
      const length = parts === null || unit === undefined ? undefined : Number(parts[1]) * unit;
      if (length !== undefined && length >= range.least && length <= range.most) return length;
      return refuse(reading, spot, {
        code: 'bad-duration',
        message: `${nameOf(spot)} is ${describe(spot.node)}`,
        expected: length === undefined ? 'a duration with its unit: ms, s, m, h or d' : range.words,
        help: /^\d{1,12}$/.test(value)
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
export function record<T>(of: Shape<T>, description: string): Shape<ReadonlyMap<string, T>> {
  return {
    schema: { type: 'object', additionalProperties: of.schema, description },
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
/** The fields of a mapping: those of `R`, which are required, are there; any other may be left out. */
export type ReadFields<F extends Fields, R extends keyof F = never> = {
  readonly [K in Exclude<keyof F, R>]?: Read<F[K]>;
} & { readonly [K in R]: Read<F[K]> } & { readonly spot: Spot };

export interface ObjectShape<F extends Fields, R extends keyof F & string = never>
  extends Shape<ReadFields<F, R>> {
  readonly fields: F;
  /** Reads members that were put together from several places; `undefined` where a required one cannot be had. */
  readonly readMembers: (
    reading: Reading,
    spot: Spot,
    members: readonly Member[],
  ) => ReadFields<F, R> | ([R] extends [never] ? never : undefined);
}

/** A mapping with the fields that we know; others are complained about, with the name that was probably meant. */
export function object<F extends Fields, const R extends keyof F & string = never>(
  fields: F,
  description: string,
  required: readonly R[] = [],
): ObjectShape<F, R> {
  const names = Object.keys(fields);
  const readMembers = (
    reading: Reading,
    spot: Spot,
    members: readonly Member[],
  ): ReadFields<F, R> | undefined => {
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
            message: `unknown key ${excerpt(key)} in ${description}`,
            expected: names.join(', '),
            help: suggest(reading, key, names),
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
    return required.every((name) => Object.hasOwn(read, name)) ? (read as ReadFields<F, R>) : undefined;
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
    readMembers: readMembers as ObjectShape<F, R>['readMembers'],
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
