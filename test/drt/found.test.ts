import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Line } from '../model/request.js';
import { compare } from './compare.js';

/** A case on which engine and model once disagreed, as small as it got. */
interface Found {
  readonly says: string;
  /** Who had it wrong; `both silent` where AWS's pages leave the choice and the two chose differently. */
  readonly wrong: 'engine' | 'model' | 'both silent';
  readonly fact: string;
  /** The answer that was given up. */
  readonly before: string;
  readonly answer: string;
  readonly line: Line;
}

const FOLDER = new URL('found/', import.meta.url);
const found = readdirSync(FOLDER).map((name) => ({
  name,
  ...(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Found),
}));

describe('what the differential campaign found stays decided', () => {
  it.each(found.map((each) => [each.says, each] as const))('%s', (_, { line, answer, before }) => {
    expect(compare(line)).toEqual({ engine: answer, model: answer });
    expect(before.endsWith(answer)).toBe(false);
  });

  it('each case says who was wrong, and by which fact', () => {
    expect(found.filter(({ fact }) => !/^(?:iam|kms|sqs|err):/.test(fact))).toEqual([]);
    expect(found.filter(({ wrong }) => !['engine', 'model', 'both silent'].includes(wrong))).toEqual([]);
  });
});
