import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { stepReport } from '../../src/report/json.js';
import { loadScenario } from '../../src/scenario/load.js';
import { nodeFiles } from '../../src/scenario/node-files.js';
import { runScenario } from '../../src/scenario/run.js';
import { invariant } from '../../src/syntax/invariant.js';
import { readYaml } from '../../src/syntax/yaml-source.js';

const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));
const FILES = readdirSync(FIXTURES).filter((name) => name.endsWith('.yaml'));

/** The fixtures, with one of them as the text given. */
function stepsOf(file: string, text: string) {
  const path = join(FIXTURES, file);
  const files = {
    ...nodeFiles,
    read: (wanted: string) =>
      wanted === path ? { bytes: new TextEncoder().encode(text) } : nodeFiles.read(wanted),
  };
  const loaded = loadScenario(path, files, readYaml);
  invariant(loaded.ok, `${file} can be read`);
  expect(loaded.issues).toEqual([]);
  return [...runScenario(loaded.value)]
    .map(stepReport)
    .map((step) => ({ ...(step as object), at: undefined }));
}

describe('a scenario of five real situations', () => {
  it.each(FILES)('%s passes', (file) => {
    const steps = stepsOf(file, readFileSync(join(FIXTURES, file), 'utf8'));
    expect(steps.length).toBeGreaterThan(3);
    expect(steps.filter((step) => !('passed' in step && step.passed === true))).toEqual([]);
  });

  it.each(FILES)('%s says the same in JSON', (file) => {
    const text = readFileSync(join(FIXTURES, file), 'utf8');
    const json = JSON.stringify(parse(text, { schema: 'core' }), null, 2);
    expect(stepsOf(file.replace('.yaml', '.json'), json)).toEqual(stepsOf(file, text));
  });

  it('is there', () => {
    expect(FILES).toHaveLength(5);
  });
});
