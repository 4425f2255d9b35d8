import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { importsOf, lineOf, ROOMS, SOURCE_FILES, type SourceFile, walk } from './source-files.js';

const FIRST_WITH_NODE = ROOMS.indexOf('scenario');
const CORE = SOURCE_FILES.filter(
  ({ room, path }) =>
    path === 'src/index.ts' || (room !== undefined && ROOMS.indexOf(room) < FIRST_WITH_NODE),
);

const AMBIENT: ReadonlySet<string> = new Set([
  'process',
  'require',
  'Buffer',
  'Intl',
  'globalThis',
  'navigator',
  'fetch',
  'setTimeout',
  'setInterval',
  'performance',
  'crypto',
]);

const AMBIENT_MEMBERS: ReadonlySet<string> = new Set(['Date.now', 'Math.random']);

/** What would make a decision hang on the machine, the moment, or the locale. */
function ambientUses(file: SourceFile): readonly string[] {
  const found: string[] = [];
  const report = (node: ts.Node, what: string): void => {
    found.push(`${lineOf(file, node)} ${what}`);
  };
  for (const { specifier } of importsOf(file)) {
    if (specifier.startsWith('node:')) found.push(`${file.path} imports ${specifier}`);
  }
  walk(file.tree, (node) => {
    if (ts.isIdentifier(node) && AMBIENT.has(node.text) && isReference(node)) report(node, node.text);
    if (ts.isPropertyAccessExpression(node)) {
      const name = `${node.expression.getText(file.tree)}.${node.name.text}`;
      if (AMBIENT_MEMBERS.has(name)) report(node, name);
      if (node.name.text.startsWith('toLocale') || node.name.text === 'localeCompare')
        report(node, node.name.text);
    }
    if (isCallOf(node, 'Date')) report(node, 'Date');
  });
  return found;
}

/** Not a member's name, a property's key or a declaration of the file's own. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  const named = parent as ts.Node & { readonly name?: ts.Node; readonly propertyName?: ts.Node };
  return named.name !== node && named.propertyName !== node;
}

function isCallOf(node: ts.Node, name: string): node is ts.CallExpression | ts.NewExpression {
  return (
    (ts.isCallExpression(node) || ts.isNewExpression(node)) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === name
  );
}

/** String methods that build a RegExp out of any text they are given. */
const REGEXP_METHODS: ReadonlySet<string> = new Set(['match', 'matchAll', 'search']);

function builtPatterns(file: SourceFile): readonly string[] {
  const found: string[] = [];
  walk(file.tree, (node) => {
    if (isCallOf(node, 'RegExp')) found.push(`${lineOf(file, node)} RegExp`);
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const [first, ...others] = node.arguments;
    const method = node.expression.name.text;
    // The methods of strings take one argument; others of the same name are not meant.
    if (!REGEXP_METHODS.has(method) || first === undefined || others.length > 0) return;
    if (!ts.isRegularExpressionLiteral(first)) found.push(`${lineOf(file, node)} ${method}`);
  });
  return found;
}

describe('the core', () => {
  it('has no clock, no chance, no environment, no locale and no Node module', () => {
    expect(CORE.length).toBeGreaterThan(50);
    expect(CORE.flatMap(ambientUses)).toEqual([]);
  });
});

describe('no source file', () => {
  it('builds a regular expression from text', () => {
    expect(SOURCE_FILES.flatMap(builtPatterns)).toEqual([]);
  });
});
