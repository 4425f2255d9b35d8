import { codePointName, excerpt } from './excerpt.js';
import type { Issue } from './issue.js';
import { placeOf } from './locate.js';
import type { Pointer, Source } from './source.js';
import { didYouMean } from './suggest.js';

/** Where the scanner is: the offset, the brackets that are open, and the names and indexes that lead here. */
export interface Scan {
  readonly source: Source;
  readonly text: string;
  readonly limit: number;
  at: number;
  readonly path: (string | number)[];
  readonly opens: number[];
  readonly issues: Issue[];
}

export function pointerOf(scan: Scan): Pointer {
  return [...scan.path];
}

interface Advice {
  readonly expected?: string;
  readonly help?: string;
  readonly related?: readonly number[];
}

function mistake(scan: Scan, from: number, to: number, message: string, advice: Advice = {}): Issue {
  const { related, ...texts } = advice;
  return {
    code: 'json-syntax',
    severity: 'error',
    message,
    ...texts,
    at: placeOf(scan.source, pointerOf(scan), { from, to: Math.min(to, scan.text.length) }),
    ...(related && { related: related.map((at) => placeOf(scan.source, [], { from: at, to: at + 1 })) }),
  };
}

/** What is wrong when no value begins at `scan.at`. */
export function valueMistake(scan: Scan): Issue {
  const { text, at } = scan;
  const found = text[at];
  if (found === undefined) return truncated(scan);
  const foreign = foreignSyntax(scan);
  if (foreign !== undefined) return foreign;
  const before = previous(scan);
  if ((found === ']' || found === '}') && text[before] === ',') return trailingComma(scan, before, found);
  if (found === ',' && text[before] === ',') {
    return mistake(scan, at, at + 1, 'a value is missing between two commas', {
      help: 'remove one of the commas',
    });
  }
  const word = wordAt(text, at);
  if (word !== '') return wordMistake(scan, word);
  if (found === '+' || found === '.') return numberMistake(scan);
  if (',:]}'.includes(found)) {
    return mistake(scan, at, at + 1, `a value is missing before ${excerpt(found)}`, { expected: 'a value' });
  }
  return mistake(scan, at, at + 1, `unexpected ${shown(text, at)}`, { expected: 'a value' });
}

/** What is wrong when no quoted name begins at `scan.at`, inside an object. */
export function keyMistake(scan: Scan): Issue {
  const { text, at } = scan;
  const found = text[at];
  if (found === undefined) return truncated(scan);
  const foreign = foreignSyntax(scan);
  if (foreign !== undefined) return foreign;
  const before = previous(scan);
  if (found === '}' && text[before] === ',') return trailingComma(scan, before, found);
  if (found === ']') return wrongCloser(scan, found);
  if (found === ',' && text[before] === ',') {
    return mistake(scan, at, at + 1, 'a member is missing between two commas', {
      help: 'remove one of the commas',
    });
  }
  const word = wordAt(text, at, ' \t\r\n,[]{}":=');
  if (word !== '') {
    const message = `the name ${excerpt(word)} is not in double quotes`;
    return mistake(scan, at, at + word.length, message, { help: `write \`"${word.slice(0, 60)}"\`` });
  }
  return mistake(scan, at, at + 1, `unexpected ${shown(text, at)}`, { expected: 'a name in double quotes' });
}

export function colonMistake(scan: Scan, key: string): Issue {
  const { text, at } = scan;
  if (at >= text.length) return truncated(scan);
  const foreign = foreignSyntax(scan);
  if (foreign !== undefined) return foreign;
  const spoiled = innerQuote(scan);
  if (spoiled !== undefined) return spoiled;
  const message = `no colon after the name ${excerpt(key)}, but ${shown(text, at)}`;
  return mistake(scan, at, at + 1, message, { expected: '`:`' });
}

/** What is wrong when neither a comma nor the closing bracket follows a value. */
export function afterValueMistake(scan: Scan): Issue {
  const { text, at } = scan;
  const found = text[at];
  if (found === undefined) return truncated(scan);
  const foreign = foreignSyntax(scan);
  if (foreign !== undefined) return foreign;
  if (found === ']' || found === '}') return wrongCloser(scan, found);
  const spoiled = innerQuote(scan);
  if (spoiled !== undefined) return spoiled;
  const expected = text[innermost(scan)] === '{' ? '`,` or `}`' : '`,` or `]`';
  if (wordAt(text, at) !== '' || '"{[-'.includes(found)) {
    return mistake(scan, at, at + 1, `missing comma before ${shown(text, at)}`, { expected });
  }
  return mistake(scan, at, at + 1, `unexpected ${shown(text, at)}`, { expected });
}

export function afterDocumentMistake(scan: Scan): Issue {
  const { text, at } = scan;
  const foreign = foreignSyntax(scan);
  if (foreign !== undefined) return foreign;
  const message = `the document is complete, but ${shown(text, at)} follows`;
  const help = 'remove what follows, or check the brackets before it';
  return mistake(scan, at, text.length, message, { expected: 'the end of the text', help });
}

export function numberMistake(scan: Scan): Issue {
  const { text, at } = scan;
  let to = at;
  while (isWordCharacter(text[to]) || '+-.'.includes(text[to] ?? ' ')) to += 1;
  const raw = text.slice(at, to);
  if (raw.startsWith('-Infinity')) return wordMistake(scan, raw);
  const digits = raw.startsWith('-') ? raw.slice(1) : raw;
  const help = /^0[0-9]/.test(digits)
    ? `a number cannot begin with 0; to keep the zero, write it in quotes: \`"${raw.slice(0, 60)}"\``
    : 'numbers look like `12`, `-0.5` or `1e3`; anything else goes in double quotes';
  return mistake(scan, at, to, `${excerpt(raw)} is not a JSON number`, { help });
}

export function unclosedString(scan: Scan, open: number, end: number): Issue {
  const where = end >= scan.text.length ? 'the end of the text' : 'the end of its line';
  const message = `the string that begins here is not closed before ${where}`;
  const help = 'close it with `"`; a line break inside a string is written `\\n`';
  return mistake(scan, open, end, message, { help });
}

export function controlCharacter(scan: Scan, at: number): Issue {
  const unit = scan.text.charCodeAt(at);
  const written = unit === 9 ? '\\t' : `\\u${unit.toString(16).padStart(4, '0')}`;
  const message = `control character ${codePointName(unit)} inside a string`;
  return mistake(scan, at, at + 1, message, { help: `write it as \`${written}\`` });
}

export function badEscape(scan: Scan, at: number): Issue {
  const { text } = scan;
  if (at + 1 >= text.length) return unclosedString(scan, scan.at, text.length);
  const unicode = text[at + 1] === 'u';
  const to = at + (unicode ? 6 : 2);
  const found = text.slice(at, to).replace(/".*/s, '');
  const help = unicode
    ? '`\\u` is followed by four hexadecimal digits'
    : 'a backslash itself is written `\\\\`';
  const expected =
    '`\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` or `\\u` with four hexadecimal digits';
  return mistake(scan, at, at + Math.max(found.length, 1), `${excerpt(found)} is not an escape in JSON`, {
    expected,
    help,
  });
}

/** The bracket that was opened last. Outside all brackets a text ends only where nothing is asked any more. */
function innermost({ opens }: Scan): number {
  return opens[opens.length - 1] as number;
}

function truncated(scan: Scan): Issue {
  const { text } = scan;
  const open = innermost(scan);
  const [what, close] = text[open] === '{' ? ['object', '}'] : ['list', ']'];
  const message = `the document ends inside the ${what} that was opened with ${excerpt(text.charAt(open))}`;
  return mistake(scan, text.length, text.length, message, {
    expected: `\`${close}\``,
    help: 'the end of the text seems to be missing',
    related: [open],
  });
}

function trailingComma(scan: Scan, comma: number, closer: string): Issue {
  const message = `a comma stands before ${excerpt(closer)}, where nothing follows`;
  return mistake(scan, comma, comma + 1, message, { help: 'remove this trailing comma' });
}

function wrongCloser(scan: Scan, found: string): Issue {
  const { text, at } = scan;
  const open = innermost(scan);
  const [what, close] = text[open] === '{' ? ['an object', '}'] : ['a list', ']'];
  const message = `${excerpt(found)} cannot close ${what} that was opened with ${excerpt(text.charAt(open))}`;
  return mistake(scan, at, at + 1, message, { expected: `\`${close}\``, related: [open] });
}

/** A `"` that was meant to be part of the string before it: `"say "yes""`. */
function innerQuote(scan: Scan): Issue | undefined {
  const { text, at } = scan;
  if (text[at - 1] !== '"' || !isWordCharacter(text[at])) return undefined;
  const help = 'a double quote inside a string is written `\\"`';
  return mistake(scan, at - 1, at, `the string ends here, but ${excerpt(wordAt(text, at))} follows`, {
    help,
  });
}

/** What other languages allow and JSON does not. */
function foreignSyntax(scan: Scan): Issue | undefined {
  const { text, at } = scan;
  const found = text.charAt(at);
  if (found === '#' || (found === '/' && (text[at + 1] === '/' || text[at + 1] === '*'))) {
    const to = found === '#' ? at + 1 : at + 2;
    return mistake(scan, at, to, `${excerpt(text.slice(at, to))} begins a comment, and JSON has none`, {
      help: 'remove the comment',
    });
  }
  if (found === "'") {
    return mistake(scan, at, at + 1, 'single quotes do not make a string in JSON', {
      help: 'use double quotes: `"`',
    });
  }
  if ('\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019'.includes(found) && found !== '') {
    const message = `the typographic quote ${excerpt(found)} does not make a string in JSON`;
    return mistake(scan, at, at + 1, message, { help: 'use the plain double quote: `"`' });
  }
  if (found === '`') {
    return mistake(scan, at, at + 1, 'backticks do not make a string in JSON', {
      help: 'use double quotes: `"`',
    });
  }
  return undefined;
}

function wordMistake(scan: Scan, word: string): Issue {
  const { at } = scan;
  const to = at + word.length;
  const lower = word.toLowerCase();
  if (lower === 'nan' || lower.endsWith('infinity')) {
    const message = `${excerpt(word)} is not a number in JSON`;
    return mistake(scan, at, to, message, { help: 'write a number, or a string in double quotes' });
  }
  const meant = lower === 'none' || lower === 'undefined' || lower === 'nil' ? 'null' : lower;
  if (meant === 'true' || meant === 'false' || meant === 'null') {
    return mistake(scan, at, to, `${excerpt(word)} is not a word of JSON`, { help: `write \`${meant}\`` });
  }
  const near = didYouMean(word, ['true', 'false', 'null']);
  const help = near ?? `write \`"${word.slice(0, 60)}"\``;
  return mistake(scan, at, to, `the text ${excerpt(word)} is not in double quotes`, {
    expected: 'a value',
    help,
  });
}

/** The offset of the last character before `scan.at` that is not white space. */
function previous(scan: Scan): number {
  let at = scan.at - 1;
  while (at >= 0 && ' \n\r\t'.includes(scan.text.charAt(at))) at -= 1;
  return at;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\w$]/.test(character);
}

/** The text that begins with a letter or digit at `from`, up to what would end it; empty when none does. */
function wordAt(text: string, from: number, ends = ' \t\r\n,[]{}"'): string {
  let to = from;
  if (isWordCharacter(text[to])) while (to < text.length && !ends.includes(text.charAt(to))) to += 1;
  return text.slice(from, to);
}

/** The character at an offset inside the text. */
function shown(text: string, at: number): string {
  const codePoint = text.codePointAt(at) as number;
  const character = String.fromCodePoint(codePoint);
  const name = excerpt(character);
  return codePoint > 0x7e ? `${name} (${codePointName(codePoint)})` : name;
}
