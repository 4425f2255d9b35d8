import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The rooms of `src/`; each may import from itself and from those before it. */
export const ROOMS: readonly string[] = [
  'rules',
  'syntax',
  'catalogue',
  'conditions',
  'policy',
  'evaluator',
  'world',
  'services',
  'replay',
  'explain',
  'analysis',
  'lint',
  'scenario',
  'fuzz',
  'report',
  'cli',
];

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  /** `undefined` for an entry point, which stands in `src/` itself; any other folder is a room that nobody knows. */
  readonly room: string | undefined;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

export interface Import {
  readonly specifier: string;
  /** The file of this repository that is meant; `undefined` for packages. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage', '.stryker', '.git']);

/** All files below a folder, except what is installed or built. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}

export const SOURCE_FILES: readonly SourceFile[] = filesBelow(join(ROOT, 'src'))
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    const from = relative(ROOT, path).replaceAll('\\', '/');
    const [, second = '', ...rest] = from.split('/');
    const room = rest.length === 0 ? undefined : second;
    return { path: from, room, text, tree: ts.createSourceFile(from, text, ts.ScriptTarget.Latest, true) };
  });

/** All imports of a file: `import`, `export … from`, and `import(…)`. */
export function importsOf(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    found.push({ specifier: specifier.text, target: targetOf(file, specifier.text), typeOnly });
  };
  walk(file.tree, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node.importClause));
    else if (ts.isExportDeclaration(node))
      add(node.moduleSpecifier, node.isTypeOnly || exportsTypesOnly(node));
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
  });
  return found;
}

function targetOf(file: SourceFile, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return normalize(join(dirname(file.path), specifier))
    .replaceAll('\\', '/')
    .replace(/\.js$/, '.ts');
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const { namedBindings } = clause;
  if (clause.name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings))
    return false;
  return namedBindings.elements.every((element) => element.isTypeOnly);
}

function exportsTypesOnly({ exportClause }: ts.ExportDeclaration): boolean {
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return false;
  return exportClause.elements.every((element) => element.isTypeOnly);
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** `file:line`, for failures that can be clicked. */
export function lineOf(file: SourceFile, node: ts.Node): string {
  const { line } = file.tree.getLineAndCharacterOfPosition(node.getStart(file.tree));
  return `${file.path}:${line + 1}`;
}

/** The comments of a file, each without its marks. */
export function commentsOf(file: SourceFile): readonly string[] {
  const ranges = new Map<number, string>();
  walk(file.tree, (node) => {
    for (const range of ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? []) {
      ranges.set(range.pos, file.text.slice(range.pos, range.end));
    }
    for (const range of ts.getTrailingCommentRanges(file.text, node.getEnd()) ?? []) {
      ranges.set(range.pos, file.text.slice(range.pos, range.end));
    }
  });
  return [...ranges.values()].map((text) => text.replace(/^\/\*\*?|\*\/$|^\/\/|^\s*\*/gm, ''));
}
