import { describe, expect, it } from 'vitest';
import { importsOf, SOURCE_FILES } from '../architecture/source-files.js';

/** The packages that loading an entry point loads. */
function packagesOf(entry: string): ReadonlySet<string> {
  const files = new Map(SOURCE_FILES.map((file) => [file.path, file]));
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const file = files.get(path);
    if (file === undefined || seen.has(path)) return;
    seen.add(path);
    for (const { specifier, target, typeOnly } of importsOf(file)) {
      if (typeOnly) continue;
      if (target === undefined) packages.add(specifier);
      else visit(target);
    }
  };
  visit(entry);
  return packages;
}

describe('what users bring along', () => {
  it('is loaded by the entry points that are about it alone', () => {
    expect(packagesOf('src/index.ts')).toEqual(new Set(['ipaddr.js']));
    expect(
      [...packagesOf('src/cli.ts')].filter((name) => name === 'vitest' || name === 'fast-check'),
    ).toEqual([]);
    expect(packagesOf('src/fast-check.ts')).toEqual(new Set(['ipaddr.js', 'fast-check']));
    expect(packagesOf('src/vitest.ts')).toContain('vitest');
    expect(packagesOf('src/vitest.ts')).not.toContain('fast-check');
  });
});
