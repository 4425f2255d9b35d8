import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Where a rule is named: a file, and the function, table or class of that file that names it. */
export interface RulePlace {
  readonly path: string;
  readonly owners: readonly string[];
}

/** The TypeScript files that implement rules: all but the registry itself. */
export function sourceTexts(root: string, folder: string): readonly SourceText[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((found) => {
      const path = `${folder}/${found.name}`;
      if (found.isDirectory()) return path === 'src/rules' ? [] : sourceTexts(root, path);
      return path.endsWith('.ts') ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
    });
}

/** All places that name a rule, in code or in a comment. */
export function placesOf(id: string, sources: readonly SourceText[]): readonly RulePlace[] {
  return sources.flatMap((source) => {
    const found = positionsOf(source.text, id);
    if (found.length === 0) return [];
    const owners = new Set(found.flatMap((position) => ownerOf(treeOf(source), position) ?? []));
    return [{ path: source.path, owners: [...owners] }];
  });
}

/** Whether a text names the rule itself, not one whose id merely begins or ends with it. */
export function names(text: string, id: string): boolean {
  return positionsOf(text, id).length > 0;
}

function positionsOf(text: string, id: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    if (!isIdUnit(text.charCodeAt(at - 1)) && !isIdUnit(text.charCodeAt(at + id.length))) found.push(at);
  }
  return found;
}

function isIdUnit(unit: number): boolean {
  return unit === 45 || (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90);
}

const TREES = new WeakMap<SourceText, ts.SourceFile>();

function treeOf(source: SourceText): ts.SourceFile {
  const known = TREES.get(source);
  if (known !== undefined) return known;
  const tree = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest);
  TREES.set(source, tree);
  return tree;
}

/** What stands at the top of a file around a position, its comment included; `undefined` beside everything. */
function ownerOf(tree: ts.SourceFile, position: number): string | undefined {
  const isAround = (node: ts.Node): boolean => node.pos <= position && position < node.end;
  const owner = tree.statements.find(isAround);
  if (owner === undefined) return undefined;
  if (ts.isVariableStatement(owner)) return textOf(owner.declarationList.declarations[0]?.name);
  if (ts.isClassDeclaration(owner)) {
    const member = textOf(owner.members.find(isAround)?.name);
    return [textOf(owner.name), member].filter((name) => name !== undefined).join('.');
  }
  const isNamed =
    ts.isFunctionDeclaration(owner) || ts.isInterfaceDeclaration(owner) || ts.isTypeAliasDeclaration(owner);
  return isNamed ? textOf(owner.name) : undefined;
}

function textOf(name: ts.Node | undefined): string | undefined {
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}
