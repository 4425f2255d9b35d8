import { excerpt } from './excerpt.js';
import type { Piece } from './wildcard.js';

/**
 * A policy variable. `slot` is the condition key as it is looked up: names are compared without regard to letter case.
 *
 * Rule: VAR-NAME-CASE
 */
export interface VariablePart {
  readonly kind: 'variable';
  readonly key: string;
  readonly slot: string;
  readonly fallback?: string;
}

export type TemplatePart = Piece | VariablePart;

/** Something in a template that is not read as its author may have meant it. `at` is an offset into the text. */
export interface TemplateProblem {
  readonly at: number;
  readonly message: string;
}

export interface Template {
  readonly parts: TemplatePart[];
  readonly problems: TemplateProblem[];
}

/** AWS names no limit; this keeps a policy from growing texts without bound. */
const LONGEST_RESULT = 16_384;

/**
 * Reads `${key}`, `${key, 'default'}` and the literal forms `${*}`, `${?}`, `${$}` out of a text, and with
 * `wildcards` also `*` and `?`. A `${` that starts none of these stays text and is reported as a problem.
 *
 * Rule: VAR-SYNTAX, VAR-LITERAL (IAM User Guide, policy elements: variables and tags).
 */
export function parseTemplate(text: string, options: { readonly wildcards: boolean }): Template {
  const parts: TemplatePart[] = [];
  const problems: TemplateProblem[] = [];
  let literal = '';
  let at = 0;
  const flush = (): void => {
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    literal = '';
  };
  while (at < text.length) {
    const unit = text.charAt(at);
    if (options.wildcards && (unit === '*' || unit === '?')) {
      flush();
      parts.push({ kind: unit === '*' ? 'any' : 'one' });
      at += 1;
    } else if (unit === '$' && text[at + 1] === '{') {
      const read = readVariable(text, at);
      if (read.problem !== undefined) problems.push({ at, message: read.problem });
      if (read.variable === undefined) {
        literal += read.literal;
      } else {
        flush();
        parts.push(read.variable);
      }
      at = read.next;
    } else {
      literal += unit;
      at += 1;
    }
  }
  flush();
  return { parts, problems };
}

interface Reading {
  readonly variable?: VariablePart;
  readonly literal: string;
  readonly next: number;
  readonly problem?: string;
}

const SPECIAL: readonly string[] = ['*', '?', '$'];

function readVariable(text: string, at: number): Reading {
  const from = at + 2;
  const end = nameEnd(text, from);
  const key = text.slice(from, end);
  if (text[end] === '}' && SPECIAL.includes(key)) return { literal: key, next: end + 1 };
  if (end === text.length) return literalOpening(at, 'the policy variable has no closing `}`');
  if (key.trim() === '') return literalOpening(at, 'the policy variable has no name');
  const slot = key.toLowerCase();
  const problem = nameProblem(key);
  if (text[end] === '}') {
    return { variable: { kind: 'variable', key, slot }, literal: '', next: end + 1, ...problem };
  }
  const fallback = readFallback(text, end);
  if (fallback === undefined) {
    return literalOpening(
      at,
      `the default of the policy variable ${excerpt(key)} is not written as \`, 'text'}\``,
    );
  }
  if (SPECIAL.includes(key)) {
    const useless = `the default of \`\${${key}}\` is never used: it is that character`;
    return { literal: key, next: fallback.next, problem: useless };
  }
  const variable: VariablePart = { kind: 'variable', key, slot, fallback: fallback.value };
  return { variable, literal: '', next: fallback.next, ...problem };
}

function literalOpening(at: number, problem: string): Reading {
  return { literal: '${', next: at + 2, problem };
}

function nameEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== '}' && text[end] !== ',') end += 1;
  return end;
}

/** Such a name stays a variable, which nothing can resolve. */
function nameProblem(key: string): { readonly problem?: string } {
  if (key.includes('${')) return { problem: `the policy variable ${excerpt(key)} holds another variable` };
  if (key.includes('*') || key.includes('?')) {
    return { problem: `the policy variable ${excerpt(key)} has a wildcard in its name` };
  }
  if (key !== key.trim())
    return { problem: `the policy variable ${excerpt(key)} has blanks around its name` };
  return {};
}

/** `, 'text'}` from the comma on. AWS writes one blank and says nothing of other forms, which are none here. */
function readFallback(
  text: string,
  comma: number,
): { readonly value: string; readonly next: number } | undefined {
  const open = comma + 3;
  if (text.slice(comma, open) !== ", '") return undefined;
  const close = text.indexOf("'", open);
  return close >= 0 && text[close + 1] === '}'
    ? { value: text.slice(open, close), next: close + 2 }
    : undefined;
}

/**
 * A variable's value: one text; several (a multivalued key, which cannot be a variable); a symbol when the asker does
 * not know it; `undefined` when the request does not hold the key.
 */
export type VariableValue = string | readonly string[] | symbol | undefined;

/**
 * Puts values in the place of variables, in one pass: a value is text, whatever characters it holds. `'unresolved'`
 * when a variable has neither value nor default, or the result is too long; `'unknown'` when the answer hangs on a
 * value that is not known.
 *
 * Rule: VAR-DEFAULT, VAR-MULTIVALUED, VAR-TEXT, VAR-LENGTH (IAM User Guide, policy elements: variables and tags).
 */
export function resolveTemplate(
  parts: readonly TemplatePart[],
  lookup: (slot: string) => VariableValue,
): Piece[] | 'unresolved' | 'unknown' {
  const pieces: Piece[] = [];
  let length = 0;
  let unknown = false;
  for (const part of parts) {
    if (part.kind !== 'variable') {
      pieces.push(part);
      length += part.kind === 'text' ? part.text.length : 1;
      continue;
    }
    const value = lookup(part.slot);
    if (typeof value === 'symbol') {
      unknown = true;
      continue;
    }
    const absent = value === undefined || value.length === 0;
    const text = typeof value === 'string' ? value : absent ? part.fallback : undefined;
    if (text === undefined) return 'unresolved';
    pieces.push({ kind: 'text', text });
    length += text.length;
  }
  if (length > LONGEST_RESULT) return 'unresolved';
  return unknown ? 'unknown' : pieces;
}

/** A template without variables as a pattern; `undefined` when it has one. */
export function variableFree(parts: readonly TemplatePart[]): Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const part of parts) {
    if (part.kind === 'variable') return undefined;
    pieces.push(part);
  }
  return pieces;
}
