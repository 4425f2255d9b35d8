import { type Document, visit } from 'yaml';
import { excerpt } from './excerpt.js';
import type { Issue } from './issue.js';
import { placeOf, positionAt } from './locate.js';
import type { Source, Span } from './source.js';

/**
 * What the YAML parser had to complain of, in words of our own. One mistake makes the parser stumble several times, so
 * only the first of a line is told, and none on a line about which something more exact is known.
 */
export function yamlMistakes(
  source: Source,
  document: Document.Parsed,
  known: readonly Issue[],
): readonly Issue[] {
  const told = new Set<number>();
  for (const { severity, at } of known)
    if (severity === 'error' && at.start !== undefined) told.add(at.start.line);
  const mistakes: Issue[] = [];
  for (const error of document.errors) {
    const [pos, to] = error.pos;
    const from = error.message.includes('closing') ? openingQuote(document, pos) : pos;
    const { line } = positionAt(source, from);
    if (told.has(line)) continue;
    told.add(line);
    mistakes.push(mistakeOf(source, error.code, error.message, { from, to: Math.max(from, to) }));
  }
  return mistakes;
}

/** An unclosed quote is complained of where it ought to end; the person looks for where it began. */
function openingQuote(document: Document.Parsed, end: number): number {
  let from = end;
  visit(document, {
    Scalar(_, node) {
      if (node.type?.startsWith('QUOTE') && node.range?.[1] === end) from = node.range[0];
    },
  });
  return from;
}

function mistakeOf(source: Source, code: string, message: string, span: Span): Issue {
  const { text } = source;
  if (text[span.from] === '{' && text[span.from - 1] === '$') return unquotedVariable(source, span.from - 1);
  switch (code) {
    case 'TAB_AS_INDENT':
      return mistake(source, span, tabIndent, withSpaces);
    case 'BAD_DQ_ESCAPE': {
      const typed = excerpt(text.slice(span.from, span.from + 2));
      return mistake(
        source,
        span,
        `${typed} is not an escape in double quotes`,
        'a backslash itself is written `\\\\`',
      );
    }
    case 'BAD_SCALAR_START':
      return mistake(
        source,
        span,
        `a value cannot begin with ${excerpt(text.charAt(span.from))}`,
        'write it in quotes',
      );
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return mistake(
        source,
        span,
        'a mapping cannot begin here',
        'check the indentation; a text with `: ` in it is written in quotes',
      );
    case 'BLOCK_IN_FLOW':
      return mistake(
        source,
        span,
        'missing comma inside `{ … }` or `[ … ]`',
        'separate the entries with `,`',
      );
    case 'TAG_RESOLVE_FAILED':
      return { ...mistake(source, span, 'the tag is not known', 'remove the tag'), code: 'yaml-tag' };
    case 'MISSING_CHAR':
      return missingCharacter(source, span, message);
    case 'BAD_INDENT':
      return badIndent(source, span, message);
    case 'UNEXPECTED_TOKEN':
      if (text[span.from] === '-' && message.includes('same line')) {
        return mistake(
          source,
          span,
          'a list cannot begin on the line of its name',
          'begin it on a line of its own',
        );
      }
      return mistake(source, span, `${excerpt(typedAt(source, span))} does not belong here`, checkAround);
    default:
      return mistake(source, span, plainWords(message));
  }
}

const checkAround = 'check the indentation, the brackets and the quotes before it';

function typedAt(source: Source, span: Span): string {
  return source.text.slice(span.from, Math.max(span.to, span.from + 1)).trimEnd();
}

function missingCharacter(source: Source, span: Span, message: string): Issue {
  if (message.includes('followed by map values')) {
    const typed = source.text.slice(span.from, span.to);
    const colon = typed.indexOf(':');
    const help =
      colon > 0
        ? `put a space after the colon: ${excerpt(`${typed.slice(0, colon)}: ${typed.slice(colon + 1)}`)}`
        : 'write `name: value`, with a space after the colon';
    return mistake(source, span, `${excerpt(typed)} is a name without a value`, help);
  }
  if (message.includes('closing'))
    return mistake(source, span, 'a quoted text is not closed', 'close the quote');
  return mustEnd(source, span, message) ?? mistake(source, span, plainWords(message));
}

function mustEnd(source: Source, span: Span, message: string): Issue | undefined {
  if (!message.startsWith('Flow')) return undefined;
  const [what, close] = message.startsWith('Flow map') ? ['`{`', '`}`'] : ['`[`', '`]`'];
  return mistake(source, span, `what ${what} opened is not closed`, `close it with ${close}`);
}

function badIndent(source: Source, span: Span, message: string): Issue {
  const { text } = source;
  const lineStart = Math.max(text.lastIndexOf('\n', span.from - 1) + 1, 0);
  const tab = text.indexOf('\t', lineStart);
  if (tab >= 0 && tab < span.from && text.slice(lineStart, tab).trim() === '') {
    return mistake(source, { from: tab, to: tab + 1 }, tabIndent, withSpaces);
  }
  if (!message.startsWith('Flow')) return mistake(source, span, plainWords(message), 'check the indentation');
  const what = message.startsWith('Flow map') ? '`{`' : '`[`';
  const help = `close it, and indent its lines deeper than the line with ${what}`;
  return mistake(source, span, `what ${what} opened is not closed here, or not indented enough`, help);
}

const tabIndent = 'a tab is used as indentation';
const withSpaces = 'indent with spaces';

/** `${aws:username}` in `{ … }` or `[ … ]`: the whole plain text that it stands in needs quotes. */
function unquotedVariable(source: Source, dollar: number): Issue {
  const { text } = source;
  let from = dollar;
  while (from > 0 && !' \t\r\n,[{'.includes(text.charAt(from - 1))) from -= 1;
  let to = dollar;
  let inside = false;
  for (; to < text.length; to += 1) {
    const character = text.charAt(to);
    if (character === '\n' || character === '\r') break;
    if (!inside && ' ,]}'.includes(character)) break;
    if (character === '{') inside = true;
    if (character === '}') inside = false;
  }
  const typed = text.slice(from, to);
  const message = `${excerpt(typed)} must be quoted inside \`{ … }\` and \`[ … ]\`, where braces and commas are syntax`;
  return mistake(source, { from, to }, message, `write it in quotes: ${excerpt(`"${typed}"`)}`);
}

function mistake(source: Source, span: Span, message: string, help?: string): Issue {
  return {
    code: 'yaml-syntax',
    severity: 'error',
    message,
    ...(help !== undefined && { help }),
    at: placeOf(source, [], span),
  };
}

function plainWords(message: string): string {
  return message.slice(0, 1).toLowerCase() + message.slice(1);
}
