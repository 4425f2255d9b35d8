import type { Random } from '../drt/random.js';

/** What does harm to careless readers: names of built-ins, depth, hidden and broken characters, numbers, YAML's traps. */
const SNIPPETS = [
  '__proto__',
  '"__proto__": {"toString": 1},',
  'constructor',
  '[[[[[[[[[[[[[[[[',
  '['.repeat(70),
  '{"a":'.repeat(70),
  ']}]}',
  '\0',
  '\u0007\u001b[2J',
  '\u202e\u2066',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\udfff',
  '\ufffd\ufffd',
  '\u00a0',
  '1e400',
  '-0',
  '0x1',
  '99999999999999999999',
  '1'.repeat(400),
  '.5',
  'NaN',
  '&a [*a, *a]',
  '*a',
  '&a ',
  '!!js/function "x"',
  '!Ref x',
  '<<: *all',
  '? ',
  '- ',
  '|\n  ',
  '>-\n',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '%TAG ! x\n',
  '# ',
  '\t',
  '\r',
  '\r\n',
  "'",
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '\\x',
  '${',
  '${aws:username',
  "${a, '",
  '${*}',
  '*'.repeat(50),
  '?'.repeat(50),
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '{',
  '}',
  ',',
  ':',
] as const;

type Mutation = (text: string, random: Random) => string;

function cut(text: string, from: number, to: number, between = ''): string {
  return text.slice(0, from) + between + text.slice(to);
}

const TOKEN = /[A-Za-z0-9:_/*-]{1,80}|["{}[\],]/g;

function tokens(text: string): readonly { readonly from: number; readonly to: number }[] {
  return [...text.matchAll(TOKEN)].map((found) => ({ from: found.index, to: found.index + found[0].length }));
}

function lineRange(text: string, random: Random): readonly [from: number, to: number] {
  const at = random.below(text.length + 1);
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return [from, end < 0 ? text.length : end + 1];
}

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  // One bit of one character.
  (text, random) => {
    const at = random.below(text.length);
    const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << random.below(8)));
    return cut(text, at, at + 1, flipped);
  },
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text, random) => {
    const at = random.below(text.length + 1);
    return cut(text, at, at, random.pick(SNIPPETS));
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    return cut(text, at, at + 1 + random.below(12), random.pick(SNIPPETS));
  },
  (text, random) => {
    const at = random.below(text.length + 1);
    return cut(text, at, at + 1 + random.below(20));
  },
  // A line twice, or not at all.
  (text, random) => {
    const [from, to] = lineRange(text, random);
    return cut(text, to, to, text.slice(from, to));
  },
  (text, random) => {
    const [from, to] = lineRange(text, random);
    return cut(text, from, to);
  },
  // One token in the place of another, or by a snippet.
  (text, random) => {
    const all = tokens(text);
    const one = all[random.below(all.length)];
    const other = all[random.below(all.length)];
    if (one === undefined || other === undefined) return text;
    return cut(text, one.from, one.to, text.slice(other.from, other.to));
  },
  (text, random) => {
    const all = tokens(text);
    const one = all[random.below(all.length)];
    return one === undefined ? text : cut(text, one.from, one.to, random.pick(SNIPPETS));
  },
];

const QUOTED = /"[^"\\\n]{0,200}"/g;

/** One quoted text in the place of another, or by a snippet in quotes: JSON stays JSON, and means something else. */
function mutateValue(text: string, random: Random): string {
  const all = [...text.matchAll(QUOTED)];
  const one = all[random.below(all.length)];
  const other = all[random.below(all.length)];
  if (one === undefined || other === undefined) return text;
  const put = random.chance(0.5) ? other[0] : JSON.stringify(random.pick(SNIPPETS));
  return cut(text, one.index, one.index + one[0].length, put);
}

/** The text with one to three things done to it. */
export function mutate(text: string, random: Random): string {
  let mutated = text;
  const values = random.chance(0.4);
  for (let changes = random.below(3); changes >= 0; changes -= 1) {
    if (mutated !== '') mutated = (values ? mutateValue : random.pick(MUTATIONS))(mutated, random);
  }
  return mutated;
}

/** The bytes of the text, some of them spoilt. */
export function mutateBytes(text: string, random: Random): Uint8Array {
  const bytes = new TextEncoder().encode(random.chance(0.7) ? mutate(text, random) : text);
  if (bytes.length === 0 || random.chance(0.5)) return bytes;
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return random.chance(0.1) ? bytes.subarray(0, random.below(bytes.length)) : bytes;
}
