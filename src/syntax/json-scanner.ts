import { checkDuplicateKeys } from './duplicate-keys.js';
import { isSurrogatePair, surrogateIssue } from './encoding.js';
import type { Issue } from './issue.js';
import {
  afterDocumentMistake,
  afterValueMistake,
  badEscape,
  colonMistake,
  controlCharacter,
  keyMistake,
  numberMistake,
  pointerOf,
  type Scan,
  unclosedString,
  valueMistake,
} from './json-mistake.js';
import { inTextOrder, placeOf } from './locate.js';
import type { Source, SourceMember, SourceNode } from './source.js';

export interface JsonLimits {
  /** How many brackets may be open at once; 64 when not given, and never more than 1,000. */
  readonly depth?: number;
  /** How many UTF-16 units the text may have; any number when not given. */
  readonly size?: number;
}

export interface ReadText {
  /** Left out when the text has no tree; there is then at least one error. */
  readonly node?: SourceNode;
  readonly issues: readonly Issue[];
}

/**
 * Reads JSON (RFC 8259, nothing more) in one pass into a tree in which every node and name knows its span, members
 * keep their order and their duplicates, and numbers keep their characters. Reading stops at the first mistake in the
 * syntax; duplicate names and halves of surrogate pairs are told of and reading goes on.
 */
export function scanJson(source: Source, limits: JsonLimits = {}): ReadText {
  const { text } = source;
  if (limits.size !== undefined && text.length > limits.size) {
    const message = `the text has ${text.length} characters, and at most ${limits.size} are read`;
    const at = placeOf(source, [], { from: limits.size, to: text.length });
    return { issues: [{ code: 'too-large', severity: 'error', message, at }] };
  }
  const limit = Math.min(limits.depth ?? 64, 1000);
  const scan: Scan = {
    source,
    text,
    limit,
    at: text.charCodeAt(0) === 0xfeff ? 1 : 0,
    path: [],
    opens: [],
    issues: [],
  };
  skipSpace(scan);
  if (scan.at >= text.length) {
    const at = placeOf(source, [], { from: 0, to: text.length });
    return { issues: [{ code: 'empty-file', severity: 'error', message: 'the document is empty', at }] };
  }
  const node = scanValue(scan);
  if (node !== undefined) {
    skipSpace(scan);
    if (scan.at < text.length) scan.issues.push(afterDocumentMistake(scan));
    else return { node, issues: inTextOrder(scan.issues) };
  }
  return { issues: inTextOrder(scan.issues) };
}

function fail(scan: Scan, issue: Issue): undefined {
  scan.issues.push(issue);
  return undefined;
}

function skipSpace(scan: Scan): void {
  const { text } = scan;
  let { at } = scan;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) break;
    at += 1;
  }
  scan.at = at;
}

function scanValue(scan: Scan): SourceNode | undefined {
  const from = scan.at;
  switch (scan.text.charCodeAt(from)) {
    case 0x22: {
      const value = scanString(scan);
      if (value === undefined) return undefined;
      return { kind: 'string', value, quoted: true, span: { from, to: scan.at } };
    }
    case 0x7b:
      return scanObject(scan);
    case 0x5b:
      return scanArray(scan);
    case 0x74:
      return scanWord(scan, 'true')
        ? { kind: 'boolean', value: true, span: { from, to: scan.at } }
        : undefined;
    case 0x66:
      return scanWord(scan, 'false')
        ? { kind: 'boolean', value: false, span: { from, to: scan.at } }
        : undefined;
    case 0x6e:
      return scanWord(scan, 'null') ? { kind: 'null', span: { from, to: scan.at } } : undefined;
    default:
      return scanNumber(scan);
  }
}

function scanWord(scan: Scan, word: string): boolean {
  if (!scan.text.startsWith(word, scan.at) || isWordUnit(scan.text.charCodeAt(scan.at + word.length))) {
    scan.issues.push(valueMistake(scan));
    return false;
  }
  scan.at += word.length;
  return true;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isWordUnit(unit: number): boolean {
  return isDigit(unit) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || unit === 0x5f;
}

function scanNumber(scan: Scan): SourceNode | undefined {
  const { text, at: from } = scan;
  let at = from;
  if (text.charCodeAt(at) === 0x2d) at += 1;
  const first = text.charCodeAt(at);
  if (!isDigit(first)) return fail(scan, at === from ? valueMistake(scan) : numberMistake(scan));
  at = first === 0x30 ? at + 1 : skipDigits(text, at);
  if (text.charCodeAt(at) === 0x2e) {
    const end = skipDigits(text, at + 1);
    if (end === at + 1) return fail(scan, numberMistake(scan));
    at = end;
  }
  if ((text.charCodeAt(at) | 0x20) === 0x65) {
    at += 1;
    if (text.charCodeAt(at) === 0x2b || text.charCodeAt(at) === 0x2d) at += 1;
    const end = skipDigits(text, at);
    if (end === at) return fail(scan, numberMistake(scan));
    at = end;
  }
  const next = text.charCodeAt(at);
  if (isWordUnit(next) || next === 0x2e || next === 0x2b || next === 0x2d)
    return fail(scan, numberMistake(scan));
  scan.at = at;
  return { kind: 'number', raw: text.slice(from, at), span: { from, to: at } };
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

/** The decoded string whose opening quote is at `scan.at`; one without escapes is a slice of the text. */
function scanString(scan: Scan): string | undefined {
  const { text, at: open } = scan;
  let value = '';
  let from = open + 1;
  for (let at = from; ; ) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) {
      scan.at = at + 1;
      return from === open + 1 ? text.slice(from, at) : value + text.slice(from, at);
    }
    if (unit === 0x5c) {
      value += text.slice(from, at);
      const decoded = decodeEscape(scan, at);
      if (decoded === undefined) return undefined;
      value += decoded.text;
      at = decoded.to;
      from = at;
    } else if (unit >= 0x20 && unit < 0xd800) {
      at += 1;
    } else if (unit > 0xdfff) {
      at += 1;
    } else if (unit >= 0xd800) {
      const whole = isSurrogatePair(unit, text.charCodeAt(at + 1));
      if (!whole) scan.issues.push(surrogateIssue(scan.source, at, at + 1, unit, pointerOf(scan)));
      at += whole ? 2 : 1;
    } else {
      const ends = at >= text.length || unit === 0x0a || unit === 0x0d;
      return fail(scan, ends ? unclosedString(scan, open, at) : controlCharacter(scan, at));
    }
  }
}

interface DecodedEscape {
  readonly text: string;
  readonly to: number;
}

function decodeEscape(scan: Scan, at: number): DecodedEscape | undefined {
  const { text } = scan;
  switch (text.charCodeAt(at + 1)) {
    case 0x22:
      return { text: '"', to: at + 2 };
    case 0x5c:
      return { text: '\\', to: at + 2 };
    case 0x2f:
      return { text: '/', to: at + 2 };
    case 0x62:
      return { text: '\b', to: at + 2 };
    case 0x66:
      return { text: '\f', to: at + 2 };
    case 0x6e:
      return { text: '\n', to: at + 2 };
    case 0x72:
      return { text: '\r', to: at + 2 };
    case 0x74:
      return { text: '\t', to: at + 2 };
    case 0x75: {
      const unit = hexUnit(text, at + 2);
      if (unit === undefined) return fail(scan, badEscape(scan, at));
      if (unit < 0xd800 || unit > 0xdfff) return { text: String.fromCharCode(unit), to: at + 6 };
      const second = text.startsWith('\\u', at + 6) ? hexUnit(text, at + 8) : undefined;
      if (second !== undefined && isSurrogatePair(unit, second)) {
        return { text: String.fromCharCode(unit, second), to: at + 12 };
      }
      scan.issues.push(surrogateIssue(scan.source, at, at + 6, unit, pointerOf(scan)));
      return { text: String.fromCharCode(unit), to: at + 6 };
    }
    default:
      return fail(scan, badEscape(scan, at));
  }
}

function hexUnit(text: string, from: number): number | undefined {
  let value = 0;
  for (let at = from; at < from + 4; at += 1) {
    const unit = text.charCodeAt(at);
    const lower = unit | 0x20;
    if (isDigit(unit)) value = value * 16 + unit - 0x30;
    else if (lower >= 0x61 && lower <= 0x66) value = value * 16 + lower - 0x57;
    else return undefined;
  }
  return value;
}

/** Whether one more bracket may open at `scan.at`. */
function descend(scan: Scan): boolean {
  const { source, at, limit, opens } = scan;
  if (opens.length >= limit) {
    scan.issues.push({
      code: 'too-deep',
      severity: 'error',
      message: `the document is nested more than ${limit} levels deep`,
      at: placeOf(source, pointerOf(scan), { from: at, to: at + 1 }),
    });
    return false;
  }
  opens.push(at);
  return true;
}

function scanObject(scan: Scan): SourceNode | undefined {
  const { text, path, opens } = scan;
  const from = scan.at;
  if (!descend(scan)) return undefined;
  const members: SourceMember[] = [];
  scan.at += 1;
  skipSpace(scan);
  let closed = text.charCodeAt(scan.at) === 0x7d;
  while (!closed) {
    const keyFrom = scan.at;
    if (text.charCodeAt(keyFrom) !== 0x22) return fail(scan, keyMistake(scan));
    const key = scanString(scan);
    if (key === undefined) return undefined;
    path.push(key);
    const keySpan = { from: keyFrom, to: scan.at };
    skipSpace(scan);
    if (text.charCodeAt(scan.at) !== 0x3a) return fail(scan, colonMistake(scan, key));
    scan.at += 1;
    skipSpace(scan);
    const value = scanValue(scan);
    if (value === undefined) return undefined;
    path.pop();
    members.push({ key, keySpan, value });
    skipSpace(scan);
    const unit = text.charCodeAt(scan.at);
    if (unit === 0x7d) closed = true;
    else if (unit !== 0x2c) return fail(scan, afterValueMistake(scan));
    else {
      scan.at += 1;
      skipSpace(scan);
    }
  }
  scan.at += 1;
  opens.pop();
  checkDuplicateKeys(scan.source, members, () => pointerOf(scan), scan.issues);
  return { kind: 'object', members, span: { from, to: scan.at } };
}

function scanArray(scan: Scan): SourceNode | undefined {
  const { text, path, opens } = scan;
  const from = scan.at;
  if (!descend(scan)) return undefined;
  const items: SourceNode[] = [];
  scan.at += 1;
  skipSpace(scan);
  let closed = text.charCodeAt(scan.at) === 0x5d;
  while (!closed) {
    path.push(items.length);
    const item = scanValue(scan);
    if (item === undefined) return undefined;
    path.pop();
    items.push(item);
    skipSpace(scan);
    const unit = text.charCodeAt(scan.at);
    if (unit === 0x5d) closed = true;
    else if (unit !== 0x2c) return fail(scan, afterValueMistake(scan));
    else {
      scan.at += 1;
      skipSpace(scan);
    }
  }
  scan.at += 1;
  opens.pop();
  return { kind: 'array', items, span: { from, to: scan.at } };
}
