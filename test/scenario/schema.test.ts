import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { INIT_FILES } from '../../src/cli/init-files.js';
import { scenarioSchema } from '../../src/scenario/format.js';
import { HEAD } from './in-memory.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PUBLISHED = readFileSync(join(ROOT, 'schema/scenario-1.json'), 'utf8');
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
  JSON.parse(PUBLISHED),
);

/** As an editor reads it: with the core schema, numbers and truth values and all. */
function asEditorsSee(text: string): unknown {
  return parse(text, { schema: 'core' });
}

function scenariosBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .toSorted();
}

describe('the published schema', () => {
  it('is what scenario files are read by', () => {
    expect(JSON.parse(PUBLISHED)).toEqual(JSON.parse(JSON.stringify(scenarioSchema())));
  });

  it.each([...scenariosBelow('scenarios'), ...scenariosBelow('test/scenario/fixtures')])(
    'takes %s',
    (file) => {
      validate(asEditorsSee(readFileSync(join(ROOT, file), 'utf8')));
      expect(validate.errors ?? []).toEqual([]);
    },
  );

  it('takes what `gainsay init` writes', () => {
    const [first] = INIT_FILES;
    expect(validate(asEditorsSee(first?.[1] ?? ''))).toBe(true);
  });

  it.each([
    ['denied: true and the number of a statement', 'expect: { denied: true, statement: 2 }'],
    [
      'a truth value and a list as condition keys',
      'context: { aws:SecureTransport: false, aws:TagKeys: [a] }',
    ],
  ])('takes %s', (_, part) => {
    const text = `${HEAD}steps:\n  - { as: a, call: sqs:SendMessage, queue: q, ${part} }\n`;
    expect(validate(asEditorsSee(text))).toBe(true);
  });

  it.each([
    ['an account id that is not quoted', 'gainsay: 1\naccounts: { shop: 111122223333 }\n'],
    ['a call without its service', `${HEAD}steps:\n  - { as: worker, call: SendMessage, queue: orders }\n`],
    ['an attribute that nobody knows', `${HEAD}queues: { orders: { encription: sqs } }\n`],
    ['a duration without a unit', `${HEAD}steps:\n  - wait: 300\n`],
    [
      'an unknown layer',
      `${HEAD}steps:\n  - { as: a, call: sqs:SendMessage, queue: q, expect: { denied: x, by: queue-polcy } }\n`,
    ],
    ['two verbs', `${HEAD}steps:\n  - { wait: 5m, poll: handler }\n`],
    ['another version', 'gainsay: 2\n'],
  ])('refuses %s', (_, text) => {
    expect(validate(asEditorsSee(text))).toBe(false);
  });
});
