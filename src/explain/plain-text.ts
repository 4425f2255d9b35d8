import { withHiddenNamed } from '../syntax/excerpt.js';
import type { Place } from '../syntax/source.js';

/** No name or value that AWS takes in one piece is longer than this by much; what is gets cut. */
const LONGEST = 4000;

/** A person's text as it can be shown on one line: what cannot be seen is written as `U+202E`, and it is cut when endless. */
export function visibleText(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return withHiddenNamed(shown);
}

/** `policies/key.json:14:11`; where no text was read, such as for a plain value, what the policy is called. */
export function placeText(place: Place, policy?: string): string {
  const { source, start } = place;
  if (start === undefined) return visibleText(policy ?? source ?? 'policy');
  return `${visibleText(source ?? policy ?? 'policy')}:${start.line}:${start.column}`;
}

/** How a place is written. */
export type PlaceWriter = (place: Place, otherwise?: string) => string;

/** The same without the folders: `…/key.json:14:11`. */
export const shortPlaceText: PlaceWriter = (place, otherwise) => {
  const whole = placeText(place, otherwise);
  const name = whole.slice(whole.lastIndexOf('/') + 1);
  return name === whole ? whole : `…/${name}`;
};

/** Texts with a place in them, each with the whole path and then with the file's name alone. */
export function bothPlaces(
  write: (place: PlaceWriter) => readonly [string, ...string[]],
): readonly [string, ...string[]] {
  const [first, ...others] = write(placeText);
  const [short, ...shorter] = write(shortPlaceText);
  return [first, short, ...others.flatMap((text, index) => [text, ...shorter.slice(index, index + 1)])];
}

/** How many columns of a terminal a text takes; never fewer than its UTF-16 units. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

function columnsOfCharacter(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x1100) return 1;
  if (codePoint > 0xffff) return 2;
  const wide =
    codePoint <= 0x115f ||
    (codePoint >= 0x2e80 && codePoint <= 0xa4cf) ||
    (codePoint >= 0xac00 && codePoint <= 0xd7a3) ||
    (codePoint >= 0xf900 && codePoint <= 0xfaff) ||
    (codePoint >= 0xfe30 && codePoint <= 0xfe6f) ||
    (codePoint >= 0xff00 && codePoint <= 0xff60) ||
    (codePoint >= 0xffe0 && codePoint <= 0xffe6);
  return wide ? 2 : 1;
}

/** The longest beginning of a text that takes at most so many columns. */
function beginning(text: string, width: number): string {
  let columns = 0;
  let end = 0;
  for (const character of text) {
    columns += columnsOfCharacter(character);
    if (columns > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Cuts a text at its end, with `…` where something is missing. */
export function cutText(text: string, width: number): string {
  return columnsOf(text) <= width ? text : `${beginning(text, width - 1).trimEnd()}…`;
}

/** Breaks a text between words into lines of at most `width` columns; a longer word is broken where the line ends. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (columnsOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (columnsOf(line) > width) {
      const part = beginning(line, width);
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** A mark and a text behind it, whose further lines begin where its first does. */
export function hangingLines(mark: string, text: string, width: number): readonly string[] {
  const indent = ' '.repeat(columnsOf(mark));
  return wrapText(text, width - indent.length).map((line, index) => `${index === 0 ? mark : indent}${line}`);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.slice(-1).join('')}`;
}

/**
 * Two long names with the beginning that they share replaced by `…`, cut where a part of an ARN or path ends, so that
 * what tells them apart stays in sight. Given back as they are when they share too little.
 */
export function withoutSharedBeginning(a: string, b: string): readonly [string, string] {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared += 1;
  const cut = Math.max(a.lastIndexOf(':', shared - 1), a.lastIndexOf('/', shared - 1)) + 1;
  if (cut < 8 || (a === b && cut >= a.length)) return [a, b];
  return [`…${a.slice(cut)}`, `…${b.slice(cut)}`];
}
