import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Range,
} from 'yaml';
import { checkDuplicateKeys } from './duplicate-keys.js';
import { loneSurrogate, surrogateIssue } from './encoding.js';
import { excerpt } from './excerpt.js';
import type { Issue, IssueCode } from './issue.js';
import { placeOf } from './locate.js';
import type { Source, SourceMember, SourceNode, Span } from './source.js';
import { didYouMean } from './suggest.js';

const mostAliases = 100;
const mostExpandedNodes = 10_000;
const deepest = 64;

/** A converted node with what it costs to visit it when it is used again through an alias. */
interface Converted {
  readonly node: SourceNode;
  readonly size: number;
  readonly height: number;
}

interface Walk {
  readonly source: Source;
  readonly issues: Issue[];
  readonly path: (string | number)[];
  readonly anchors: Map<string, Converted>;
  readonly open: Set<string>;
  /** Whether the parser stumbled: odd names are then a consequence, and the parser's own complaint is enough. */
  readonly broken: boolean;
  aliases: number;
  expanded: number;
}

/**
 * The tree of a composed document; `undefined` when it holds nothing. An alias becomes the node that its anchor marks.
 * What cannot be had from a node (a tag, an alias to nowhere) is an issue and an unresolved node.
 */
export function convertYaml(
  source: Source,
  document: Document.Parsed,
  issues: Issue[],
): SourceNode | undefined {
  if (document.contents === null) return undefined;
  if (isEmptyScalar(document.contents) && !document.contents.anchor && document.contents.tag === undefined) {
    return undefined;
  }
  const walk: Walk = {
    source,
    issues,
    path: [],
    anchors: new Map(),
    open: new Set(),
    broken: document.errors.length > 0,
    aliases: 0,
    expanded: 0,
  };
  return convert(walk, document.contents).node;
}

function isEmptyScalar(node: Node): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.value === '';
}

function convert(walk: Walk, node: Node): Converted {
  if (isAlias(node)) return convertAlias(walk, node);
  const { anchor } = node as { readonly anchor?: string };
  if (anchor !== undefined) walk.open.add(anchor);
  const made = isForeignTag(node) ? convertTagged(walk, node) : convertValue(walk, node);
  if (anchor !== undefined) {
    walk.open.delete(anchor);
    walk.anchors.set(anchor, made);
  }
  return made;
}

function convertValue(walk: Walk, node: Exclude<Node, Alias>): Converted {
  const span = spanOf(node);
  if (isMap(node)) return convertMap(walk, node.items, span);
  if (isSeq(node)) {
    const items = node.items.map((item, i) => below(walk, i, item as Node));
    return wrap({ kind: 'array', items: items.map((item) => item.node), span }, items);
  }
  // The failsafe schema reads every scalar as text.
  const value = String(node.value);
  const quoted = node.type !== 'PLAIN';
  if (value === '' && !quoted) return wrap({ kind: 'null', span }, []);
  const lone = quoted ? loneSurrogate(value) : undefined;
  if (lone !== undefined) {
    walk.issues.push(surrogateIssue(walk.source, span.from, span.to, value.charCodeAt(lone), [...walk.path]));
  }
  return wrap({ kind: 'string', value, quoted, span }, []);
}

function wrap(node: SourceNode, children: readonly Converted[]): Converted {
  let size = 1;
  let height = node.kind === 'object' || node.kind === 'array' ? 1 : 0;
  for (const child of children) {
    size += child.size;
    height = Math.max(height, child.height + 1);
  }
  return { node, size, height };
}

function below(walk: Walk, step: string | number, node: Node): Converted {
  walk.path.push(step);
  const made = convert(walk, node);
  walk.path.pop();
  return made;
}

function convertMap(walk: Walk, pairs: readonly Pair[], span: Span): Converted {
  const members: SourceMember[] = [];
  const values: Converted[] = [];
  for (const pair of pairs) {
    // A name that is left out is an empty scalar; only a value may be missing, where there is no colon either.
    const keyNode = pair.key as Node;
    const valueNode = pair.value as Node | null;
    const key = keyOf(walk, keyNode);
    if (key === undefined) continue;
    const keySpan = spanOf(keyNode);
    if (valueNode === null) hintMissingSpace(walk, key, keySpan);
    const value =
      valueNode === null
        ? wrap({ kind: 'null', span: { from: keySpan.to, to: keySpan.to } }, [])
        : below(walk, key, valueNode);
    members.push({ key, value: value.node, keySpan });
    values.push(value);
  }
  checkDuplicateKeys(walk.source, members, () => [...walk.path], walk.issues);
  return wrap({ kind: 'object', members, span }, values);
}

/** The text of a member's name; `undefined`, with an issue, when it is no name or must not be one. */
function keyOf(walk: Walk, node: Node): string | undefined {
  const { node: key } = convert(walk, node);
  if (isScalar(node) && node.type === 'PLAIN' && node.value === '<<') {
    const help = 'write the members out, or use an alias for a whole value';
    return refuse(walk, node, 'yaml-merge-key', '`<<` would merge another mapping into this one', help);
  }
  if (key.kind === 'string') return key.value;
  if (key.kind === 'null') return '';
  if (key.kind === 'unresolved' || walk.broken) return undefined;
  return refuse(
    walk,
    node,
    'yaml-syntax',
    'the name of a member is a list or a mapping, not text',
    'names are plain text',
  );
}

function refuse(walk: Walk, node: Node, code: IssueCode, message: string, help: string): undefined {
  walk.issues.push({
    code,
    severity: 'error',
    message,
    help,
    at: placeOf(walk.source, [...walk.path], spanOf(node)),
  });
  return undefined;
}

/** `{call:sqs:SendMessage}` is a name without a value in YAML, which nobody means. */
function hintMissingSpace(walk: Walk, key: string, span: Span): void {
  const colon = key.indexOf(':');
  if (colon <= 0 || walk.source.text.slice(span.from, span.to) !== key) return;
  walk.issues.push({
    code: 'hint',
    severity: 'warning',
    message: `${excerpt(key)} is a name without a value`,
    help: `put a space after the colon: ${excerpt(`${key.slice(0, colon)}: ${key.slice(colon + 1)}`)}`,
    at: placeOf(walk.source, [...walk.path, key], span),
  });
}

function convertAlias(walk: Walk, alias: Alias): Converted {
  // `*: 1` is read as an alias whose name is the colon.
  const name = alias.source === ':' ? '' : alias.source;
  const span = spanOf(alias);
  const known = walk.anchors.get(name);
  const unresolved = wrap({ kind: 'unresolved', what: `*${name}`, span }, []);
  if (walk.open.has(name)) {
    return aliasIssue(
      walk,
      span,
      unresolved,
      `the alias ${excerpt(`*${name}`)} stands inside the value it repeats`,
    );
  }
  if (known === undefined) {
    walk.issues.push(unknownAlias(walk, name, span));
    return unresolved;
  }
  walk.aliases += 1;
  walk.expanded += known.size;
  if (walk.aliases > mostAliases) {
    if (walk.aliases > mostAliases + 1) return unresolved;
    return aliasIssue(walk, span, unresolved, `the document has more than ${mostAliases} aliases`);
  }
  if (walk.expanded > mostExpandedNodes) {
    if (walk.expanded - known.size > mostExpandedNodes) return unresolved;
    const message = `the aliases of the document repeat more than ${mostExpandedNodes} values`;
    return aliasIssue(walk, span, unresolved, message);
  }
  if (walk.path.length + known.height > deepest) {
    const at = placeOf(walk.source, [...walk.path], span);
    const message = `with its aliases the document is nested more than ${deepest} levels deep`;
    walk.issues.push({ code: 'too-deep', severity: 'error', message, at });
    return unresolved;
  }
  return known;
}

function aliasIssue(walk: Walk, span: Span, unresolved: Converted, message: string): Converted {
  const at = placeOf(walk.source, [...walk.path], span);
  walk.issues.push({ code: 'yaml-aliases', severity: 'error', message, help: 'write the values out', at });
  return unresolved;
}

function unknownAlias(walk: Walk, name: string, span: Span): Issue {
  const typed = `*${name}`;
  const message =
    name === ''
      ? '`*` starts an alias in YAML'
      : `\`*\` starts an alias in YAML, and nothing is marked with ${excerpt(`&${name}`)}`;
  const near = didYouMean(
    typed,
    [...walk.anchors.keys()].map((anchor) => `*${anchor}`),
  );
  const help = `write it in quotes: ${excerpt(`"${typed}"`)}${near === undefined ? '' : `; or ${near}`}`;
  return {
    code: 'yaml-star',
    severity: 'error',
    message,
    help,
    at: placeOf(walk.source, [...walk.path], span),
  };
}

/** Tags that say what the failsafe schema reads anyway are let pass. */
function isForeignTag(node: Node): boolean {
  const { tag } = node as { readonly tag?: string };
  if (tag === undefined || tag === '!') return false;
  const kind = isMap(node) ? 'map' : isSeq(node) ? 'seq' : 'str';
  return tag !== `tag:yaml.org,2002:${kind}`;
}

function convertTagged(walk: Walk, node: Node): Converted {
  const { tag = '' } = node as { readonly tag?: string };
  const what = tag.startsWith('tag:yaml.org,2002:') ? `!!${tag.slice('tag:yaml.org,2002:'.length)}` : tag;
  const span = tagSpan(walk.source, spanOf(node));
  walk.issues.push({
    code: 'yaml-tag',
    severity: 'error',
    message: `the tag ${excerpt(what)} has no meaning here: every value is taken as it is written`,
    help: what.startsWith('!!') ? 'remove the tag' : 'write the value that the template would give',
    at: placeOf(walk.source, [...walk.path], span),
  });
  return wrap({ kind: 'unresolved', what, span: spanOf(node) }, []);
}

/** A node's range begins after its tag and anchor; the tag is found by going back to the `!` that it begins with. */
function tagSpan(source: Source, span: Span): Span {
  const from = source.text.lastIndexOf('!', span.from);
  let to = from;
  while (to < source.text.length && !' \t\r\n,]}'.includes(source.text.charAt(to))) to += 1;
  return { from: source.text.charAt(from - 1) === '!' ? from - 1 : from, to };
}

function spanOf(node: Node): Span {
  // Every node that was composed from a text has one.
  const [from, to] = node.range as Range;
  return { from, to };
}
