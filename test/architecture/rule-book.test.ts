import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ruleBook, SUBJECTS } from '../../scripts/rule-book.js';
import { names } from '../../scripts/rule-places.js';
import { RULES } from '../../src/rules/registry.js';
import { commentsOf, lineOf, ROOT, SOURCE_FILES, walk } from './source-files.js';

const IDS: ReadonlySet<string> = new Set(Object.keys(RULES));
const PREFIXES: ReadonlySet<string> = new Set([...IDS].map((id) => id.slice(0, id.indexOf('-'))));
const CODE = SOURCE_FILES.filter(({ room }) => room !== 'rules');

/** `EVAL-EXPLICIT-DENY`, whether there is such a rule or not. */
const RULE_LIKE = /[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+/g;

/** The ids after `Rule:` or `Rules:` in a comment, up to the end of the sentence or a bracket. */
function mentionedIn(comment: string): readonly string[] {
  return [...comment.matchAll(/\bRules?:([^.(]*)/g)].flatMap(([, list = '']) => list.match(RULE_LIKE) ?? []);
}

/** Strings that begin as rule ids do and are written in their letters. */
function ruleLikeStrings(): readonly (readonly [where: string, id: string])[] {
  const found: [string, string][] = [];
  for (const file of CODE) {
    walk(file.tree, (node) => {
      if (!ts.isStringLiteralLike(node)) return;
      const [whole] = node.text.match(RULE_LIKE) ?? [];
      if (whole !== node.text || !PREFIXES.has(whole.slice(0, whole.indexOf('-')))) return;
      found.push([lineOf(file, node), whole]);
    });
  }
  return found;
}

describe('the rules', () => {
  it('that a string of the code names are all registered', () => {
    const strings = ruleLikeStrings();
    expect(strings.length).toBeGreaterThan(20);
    expect(strings.filter(([, id]) => !IDS.has(id))).toEqual([]);
  });
  it('that a comment names are all registered', () => {
    const mentions = CODE.flatMap((file) =>
      commentsOf(file).flatMap((comment) => mentionedIn(comment).map((id) => [file.path, id] as const)),
    );
    expect(mentions.length).toBeGreaterThan(50);
    expect(mentions.filter(([, id]) => !IDS.has(id))).toEqual([]);
  });
  it('are each named where they are implemented', () => {
    expect([...IDS].filter((id) => !CODE.some(({ text }) => names(text, id)))).toEqual([]);
  });
});

describe('the rule book', () => {
  it('has a chapter for every rule', () => {
    expect(SUBJECTS.flatMap(([, rules]) => Object.keys(rules))).toEqual([...IDS]);
  });
  it('is up to date (`node scripts/write-rules.mjs` writes it)', () => {
    expect(readFileSync(join(ROOT, 'docs/rules.md'), 'utf8')).toBe(ruleBook(ROOT));
  });
});
