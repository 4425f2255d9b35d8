import { describe, expect, it } from 'vitest';
import { type Import, importsOf, ROOMS, SOURCE_FILES, type SourceFile } from './source-files.js';

const FILES: ReadonlyMap<string, SourceFile> = new Map(SOURCE_FILES.map((file) => [file.path, file]));
const IMPORTS: ReadonlyMap<string, readonly Import[]> = new Map(
  SOURCE_FILES.map((file) => [file.path, importsOf(file)]),
);

function floorOf(room: string): number {
  return ROOMS.indexOf(room);
}

function wrongImports(file: SourceFile): readonly string[] {
  return (IMPORTS.get(file.path) ?? []).flatMap(({ target }) => {
    if (target === undefined) return [];
    const imported = FILES.get(target);
    if (imported === undefined) return [`${file.path} imports ${target}, which is not in src`];
    if (imported.room === undefined) {
      return file.path === 'src/cli.ts' ? [] : [`${file.path} imports the entry point ${target}`];
    }
    if (file.room === undefined || floorOf(imported.room) <= floorOf(file.room)) return [];
    return [`${file.path} imports ${target}, a later room`];
  });
}

/** Files on a path of value imports that comes back to where it began; type imports vanish and may go in circles. */
function cycles(): readonly string[] {
  const found: string[] = [];
  const settled = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const begin = trail.indexOf(path);
    if (begin >= 0) found.push([...trail.slice(begin), path].join(' -> '));
    if (begin >= 0 || settled.has(path)) return;
    for (const { target, typeOnly } of IMPORTS.get(path) ?? []) {
      if (target !== undefined && !typeOnly) visit(target, [...trail, path]);
    }
    settled.add(path);
  };
  for (const { path } of SOURCE_FILES) visit(path, []);
  return found;
}

describe('the rooms of src', () => {
  it('are the ones that stand in the list', () => {
    const rooms = new Set(SOURCE_FILES.flatMap(({ room }) => room ?? []));
    expect([...rooms].filter((room) => floorOf(room) < 0)).toEqual([]);
  });
  it('import only from themselves and from earlier rooms, and nothing imports an entry point but the command line', () => {
    expect(SOURCE_FILES.flatMap(wrongImports)).toEqual([]);
  });
  it('hold no files that import each other in a circle', () => {
    expect(cycles()).toEqual([]);
  });
  it('hold no file of more than 350 lines', () => {
    const long = SOURCE_FILES.map(({ path, text }) => [path, text.trimEnd().split('\n').length] as const);
    expect(long.filter(([, lines]) => lines > 350)).toEqual([]);
  });
});
