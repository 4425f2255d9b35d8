import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, ROOT } from './source-files.js';

/** Put together here, so that this file does not hold them. */
const FORBIDDEN = [['..', 'shared'].join('/'), `.${'library'}`, ['', 'work', ''].join('/')];

describe('the repository', () => {
  it('speaks of nothing outside itself', () => {
    const found = filesBelow(ROOT).flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      return FORBIDDEN.filter((word) => text.includes(word)).map(
        (word) => `${relative(ROOT, path)}: ${word}`,
      );
    });
    expect(found).toEqual([]);
  });
});
