import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import { checkEncoding } from './encoding.js';
import { codePointName } from './excerpt.js';
import { invariant } from './invariant.js';
import type { Issue, IssueCode } from './issue.js';
import type { ReadText } from './json-scanner.js';
import { inTextOrder, placeOf } from './locate.js';
import type { Source, Span } from './source.js';
import { yamlMistakes } from './yaml-mistake.js';
import { convertYaml } from './yaml-node.js';

const deepest = 64;

/**
 * Reads one YAML document into the tree that JSON gives, with the failsafe schema: every plain scalar is the text that
 * was typed (`quoted: false`), so `no`, `1e3` and `012345678901` stay what they are; a missing value is null.
 * Tags, merge keys, several documents and more than 100 aliases are issues.
 */
export function readYaml(source: Source): ReadText {
  const unreadable = checkEncoding(source) ?? checkControls(source);
  if (unreadable !== undefined) return { issues: [unreadable] };
  const issues: Issue[] = [];
  try {
    const tokens = readTokens(source, issues);
    if (tokens === undefined) return { issues };
    const document = compose(tokens, source.text.length);
    const node = convertYaml(source, document, issues);
    const told = [...withoutRivals(issues, yamlMistakes(source, document, issues))];
    if (node === undefined && told.length === 0) {
      told.push(
        textIssue(source, { from: 0, to: source.text.length }, 'empty-file', 'the document is empty'),
      );
    }
    return { ...(node && { node }), issues: inTextOrder(told) };
  } catch {
    // The YAML library is not ours: should it throw on a text, the person still gets an answer about that text.
    const message = 'the text cannot be read as YAML';
    return { issues: [textIssue(source, { from: 0, to: 0 }, 'yaml-syntax', message)] };
  }
}

/** A hint about a line that the parser could not read is a guess too many. */
function withoutRivals(issues: readonly Issue[], mistakes: readonly Issue[]): readonly Issue[] {
  const lines = new Set(mistakes.map((issue) => issue.at.start?.line));
  const kept = issues.filter((issue) => issue.severity === 'error' || !lines.has(issue.at.start?.line));
  return [...kept, ...mistakes];
}

interface DocumentTokens {
  readonly tokens: readonly CST.Token[];
}

/** The tokens of the first document, once its depth is known to be bounded; what follows composes recursively. */
function readTokens(source: Source, issues: Issue[]): DocumentTokens | undefined {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let documents = 0;
  const take = (made: Iterable<CST.Token>): void => {
    for (const token of made) {
      if (token.type === 'document') documents += 1;
      if (documents <= 1) tokens.push(token);
      else if (documents === 2 && token.type === 'document') issues.push(severalDocuments(source, token));
    }
  };
  const depth = new LexemeDepth();
  let at = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    if (documents > 1) break;
    if (depth.after(lexeme) > deepest) return fail(issues, tooDeep(source, at));
    if (!isMark(lexeme)) at += lexeme.length;
    take(parser.next(lexeme));
  }
  if (documents <= 1) take(parser.end());
  const level = openingBeyond(tokens);
  if (level !== undefined) return fail(issues, tooDeep(source, level));
  return { tokens };
}

function fail(issues: Issue[], issue: Issue): undefined {
  issues.push(issue);
  return undefined;
}

function isMark(lexeme: string): boolean {
  return lexeme === '\x02' || lexeme === '\x18' || lexeme === '\x1f';
}

/**
 * INVARIANT: never below the depth of brackets, nor of `- - -` on one line. It lets a hostile text be refused before
 * the parser has built much of it; other nesting costs its author indentation and is counted on the tokens.
 */
class LexemeDepth {
  private brackets = 0;
  private dashes = 0;
  private scalarNext = false;

  after(lexeme: string): number {
    if (this.scalarNext) this.scalarNext = false;
    else if (lexeme === '\x1f') this.scalarNext = true;
    else if (lexeme === '[' || lexeme === '{') this.brackets += 1;
    else if (lexeme === ']' || lexeme === '}') this.brackets = Math.max(0, this.brackets - 1);
    else if (lexeme === '-' || lexeme === '?') this.dashes += 1;
    else if (lexeme === '\n' || lexeme === '\r\n') this.dashes = 0;
    return Math.max(this.brackets, this.dashes);
  }
}

/** The offset of the first collection beyond the deepest level, found without recursion. */
function openingBeyond(tokens: readonly CST.Token[]): number | undefined {
  const pending: { readonly token: CST.Token | null | undefined; readonly level: number }[] = [];
  for (const token of tokens) if (token.type === 'document') pending.push({ token: token.value, level: 0 });
  let found: number | undefined;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { token, level } = next;
    if (token === null || token === undefined || !('items' in token)) continue;
    if (level >= deepest) {
      found = Math.min(found ?? token.offset, token.offset);
      continue;
    }
    for (const item of token.items) {
      pending.push({ token: item.key, level: level + 1 }, { token: item.value, level: level + 1 });
    }
  }
  return found;
}

function compose({ tokens }: DocumentTokens, end: number): Document.Parsed {
  const composer = new Composer({
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    keepSourceTokens: true,
  });
  const [document] = composer.compose(tokens, true, end);
  invariant(document !== undefined, 'the composer was told to make a document of whatever there is');
  return document;
}

/** Control characters that YAML forbids; some of them also have a meaning inside the YAML library. */
function checkControls(source: Source): Issue | undefined {
  const { text } = source;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x20 ? unit !== 0x7f : unit === 9 || unit === 10) continue;
    if (unit === 13) {
      if (text.charCodeAt(at + 1) === 10) continue;
      const span = { from: at, to: at + 1 };
      const help = 'save the file with LF or CRLF line breaks';
      return textIssue(source, span, 'yaml-syntax', 'a carriage return alone is no line break here', help);
    }
    const message = `control character ${codePointName(unit)} cannot stand in YAML`;
    return textIssue(
      source,
      { from: at, to: at + 1 },
      'yaml-syntax',
      message,
      'write it as an escape in double quotes',
    );
  }
  return undefined;
}

function severalDocuments(source: Source, token: CST.Document): Issue {
  const message = 'a second YAML document begins here, and one file holds one document';
  const span = { from: token.offset, to: Math.min(token.offset + 3, source.text.length) };
  return textIssue(source, span, 'yaml-documents', message, 'write each document into a file of its own');
}

function tooDeep(source: Source, at: number): Issue {
  return textIssue(
    source,
    { from: at, to: at + 1 },
    'too-deep',
    `the document is nested more than ${deepest} levels deep`,
  );
}

function textIssue(source: Source, span: Span, code: IssueCode, message: string, help?: string): Issue {
  return {
    code,
    severity: 'error',
    message,
    ...(help !== undefined && { help }),
    at: placeOf(source, [], span),
  };
}
