import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, DOCUMENTS, linksOf, ROOT, textOf } from './documents.js';

describe('the documents', () => {
  it.each(DOCUMENTS)('link to what exists: %s', (document) => {
    const dead = linksOf(document).filter(({ path, anchor }) => {
      if (!existsSync(join(ROOT, path))) return true;
      return anchor !== '' && !anchorsOf(path).has(anchor);
    });
    expect(dead).toEqual([]);
  });

  it('index every story of the scenarios', () => {
    const stories = readdirSync(join(ROOT, 'scenarios'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const indexed = linksOf('scenarios/README.md').map(({ path }) => path.split('/')[1] ?? '');
    expect(stories.filter((name) => !indexed.includes(name))).toEqual([]);
  });

  it('index every decision record', () => {
    const records = readdirSync(join(ROOT, 'docs/adr'));
    expect(records.filter((name) => !textOf('docs/design.md').includes(`adr/${name}`))).toEqual([]);
  });
});
