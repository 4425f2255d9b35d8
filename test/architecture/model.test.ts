import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesBelow, importsOf, lineOf, ROOT, type SourceFile, walk } from './source-files.js';

const MOST_LINES = 900;
const MOST_COLUMNS = 110;

const MODEL: readonly SourceFile[] = filesBelow(join(ROOT, 'test/model'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    const from = relative(ROOT, path).replaceAll('\\', '/');
    return {
      path: from,
      room: 'model',
      text,
      tree: ts.createSourceFile(from, text, ts.ScriptTarget.Latest, true),
    };
  });

/** What a naive reading of a pattern has no need of. */
function expressionsIn(file: SourceFile): readonly string[] {
  const found: string[] = [];
  walk(file.tree, (node) => {
    const named = ts.isIdentifier(node) && ['RegExp', 'Function', 'eval'].includes(node.text);
    if (ts.isRegularExpressionLiteral(node) || named) found.push(`${lineOf(file, node)} ${node.getText()}`);
  });
  return found;
}

describe('the reference model', () => {
  it(`is ${MOST_LINES} lines of ${MOST_COLUMNS} columns or fewer, so that it can be read beside AWS's pages`, () => {
    expect(MODEL.map(({ path }) => path)).toContain('test/model/decide.ts');
    const lines = MODEL.reduce((total, { text }) => total + text.split('\n').length - 1, 0);
    expect(lines).toBeLessThanOrEqual(MOST_LINES);
    const wide = MODEL.filter(({ text }) => text.split('\n').some((line) => line.length > MOST_COLUMNS));
    expect(wide.map(({ path }) => path)).toEqual([]);
  });

  it('shares nothing with the engine but types', () => {
    const imports = MODEL.flatMap((file) => importsOf(file).map((each) => ({ ...each, by: file.path })));
    const within = ({ target }: (typeof imports)[number]) => target?.startsWith('test/model/') === true;
    const foreign = imports.filter((each) => !within(each) && !each.typeOnly);
    expect(foreign.map(({ by, specifier }) => `${by} ${specifier}`)).toEqual([
      'test/model/values.ts node:net',
    ]);
  });

  it('reads patterns character by character, without regular expressions', () => {
    expect(MODEL.flatMap(expressionsIn)).toEqual([]);
  });
});
