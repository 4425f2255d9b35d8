import type { Random } from './random.js';
import { OURS, THEIRS, type Words } from './words.js';

/** Another text of the same sort, close by: across the boundary of whatever compares it, about half of the time. */
export function nudgeText(text: string, random: Random): string {
  if (text.includes('${')) return nudgeVariable(text, random);
  if (text.startsWith('arn:') || random.chance(0.03)) return nudgeArn(text, random);
  if (/^\d{12}$/.test(text)) return random.pick([OURS, THEIRS, text]);
  if (/^[+-]?\d*\.?\d+$/.test(text)) return nudgeNumber(text, random);
  if (/^\d{4}-\d\d(?:-|$)/.test(text)) return nudgeDate(text, random);
  if (/^(?:true|false)$/i.test(text)) return nudgeBool(text, random);
  if (/^[\da-f:.]+(?:\/\d+)?$/i.test(text) && /[.:]/.test(text)) return nudgeAddress(text, random);
  return nudgeWord(text, random);
}

/** Letter case, wildcards, a character more or less. */
export function nudgeWord(text: string, random: Random): string {
  const at = random.below(text.length);
  switch (random.below(10)) {
    case 0:
      return text.toUpperCase();
    case 1:
      return text.toLowerCase();
    case 2:
      return `${text.slice(0, at)}*`;
    case 3:
      return `*${text.slice(at)}`;
    case 4:
      return `${text.slice(0, at)}?${text.slice(at + 1)}`;
    case 5:
      // Where both sides have the character, the text itself no longer fits.
      return `${text.slice(0, at + random.below(2))}*${text.slice(at + random.below(2))}`;
    case 6:
      return text.slice(0, -1);
    case 7:
      return `${text}${random.pick(['x', '?', '*', '=', ''])}`;
    case 8:
      return random.pick(['', '*', `\${${random.pick(['*', '?', '$'])}}`]);
    default:
      return `${text.slice(0, at)}\${${random.pick(['*', '?', '$'])}}${text.slice(at + 1)}`;
  }
}

type Change = (text: string, random: Random) => string;

const NUMBERS: readonly [Change, ...Change[]] = [
  (text) => String(Number(text) + 1),
  (text) => String(Number(text) - 1),
  (text) => (text.includes('.') ? `${text}0` : `${text}.0`),
  (text) => `${text}${text.includes('.') ? '' : '.'}000000000000000000001`,
  (text) => `0${text}`,
  (text) => `${text}0`,
  (text) => `${text}e0`,
  (text) => `1${'0'.repeat(20)}${text.slice(-1)}`,
  (text) => `-${text}`,
  (text, random) => `${text.slice(0, -1)}${random.below(10)}`,
  (text) => text.slice(0, -1),
];

function nudgeNumber(text: string, random: Random): string {
  return random.pick(NUMBERS)(text, random);
}

function nudgeDate(text: string, random: Random): string {
  const time = Date.parse(text);
  if (!Number.isFinite(time)) return text.slice(0, -1);
  const shifted = new Date(time + random.pick([-86_400_000, -3_600_000, -1000, -1, 0, 0, 0, 1, 1000]));
  if (!Number.isFinite(shifted.getTime())) return text.slice(0, -1);
  const iso = shifted.toISOString();
  switch (random.below(6)) {
    case 0:
      return iso.slice(0, 10);
    case 1:
      return String(shifted.getTime() / 1000);
    case 2:
      return `${new Date(shifted.getTime() + 5_400_000).toISOString().slice(0, -1)}+01:30`;
    case 3:
      return `${iso.slice(0, -5)}Z`;
    case 4:
      return iso.slice(0, -8).concat('Z');
    default:
      return iso;
  }
}

function nudgeBool(text: string, random: Random): string {
  const other = text.toLowerCase() === 'true' ? 'false' : 'true';
  return random.pick([other, other.toUpperCase(), text.toUpperCase(), text.toLowerCase(), `${text} `, '1']);
}

function nudgeAddress(text: string, random: Random): string {
  const [address = '', length] = text.split('/');
  const v6 = address.includes(':');
  const next = address.replace(/[\da-f]+$/i, (last) =>
    v6 ? (Number.parseInt(last, 16) + 1).toString(16) : String(Number(last) + random.pick([-1, 1])),
  );
  const bits = Number(length ?? (v6 ? 128 : 32));
  switch (random.below(8)) {
    case 0:
      return next;
    case 1:
      return length === undefined ? next : `${next}/${length}`;
    case 2:
      return address;
    case 3:
      return `${address}/${Math.max(0, bits - random.pick([0, 1, 8]))}`;
    case 4:
      return v6 ? address.replace(/^::ffff:/i, '') : `::ffff:${address}`;
    case 5:
      return v6 ? '::/0' : '0.0.0.0/0';
    case 6:
      return v6 ? address.toUpperCase() : `::ffff:${address}/${96 + Math.min(bits, 32)}`;
    default:
      return `${address}/${bits + 1}`;
  }
}

/** Another wording of one of the six parts, a part more or less. */
export function nudgeArn(text: string, random: Random): string {
  const parts = text.split(':');
  const at = random.chance(0.5) ? parts.length - 1 : random.below(parts.length);
  const part = parts[at] ?? '';
  const put = (...instead: readonly string[]): string => parts.toSpliced(at, 1, ...instead).join(':');
  switch (random.below(10)) {
    case 0:
      return [...parts.slice(0, at), '*'].join(':');
    case 1:
      return put('*');
    case 2:
      return [...parts.slice(0, at), '*', ...parts.slice(at + 2)].join(':');
    case 3:
      return parts.slice(0, -1).join(':');
    case 4:
      return [...parts, random.pick(['x', '*'])].join(':');
    case 5:
      return put(part === OURS ? THEIRS : OURS);
    case 6:
      return put(`${part.slice(0, -1)}?`);
    default:
      return put(nudgeWord(part, random));
  }
}

const CONDITION_KEYS: Words = [
  'aws:username',
  'aws:PrincipalTag/team',
  'aws:PrincipalTag/none',
  'aws:TagKeys',
  'aws:PrincipalAccount',
  'aws:userid',
];

/** Another spelling of the variable, a default more or less, another key. */
function nudgeVariable(text: string, random: Random): string {
  const start = text.indexOf('${');
  const end = text.indexOf('}', start);
  if (end < 0) return `${text}}`;
  const [name = ''] = text.slice(start + 2, end).split(',', 1);
  const put = (instead: string): string => `${text.slice(0, start)}\${${instead}}${text.slice(end + 1)}`;
  switch (random.below(8)) {
    case 0:
      return put(name.toUpperCase());
    case 1:
      return put(name.toLowerCase());
    case 2:
      return put(name);
    case 3:
      return put(`${name}, '${random.pick(['blue', 'alice', '*', 'orders', ''])}'`);
    case 4:
      return put(random.pick(CONDITION_KEYS));
    case 5:
      return put(`${random.pick(CONDITION_KEYS)},${random.chance(0.8) ? ' ' : ''}'blue'`);
    case 6:
      return put(random.pick(['*', '?', '$']));
    default:
      return `${text}${random.pick(['*', '?', ''])}`;
  }
}
