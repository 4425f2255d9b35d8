import { describe, expect, it } from 'vitest';
import { DECIDERS } from '../../src/evaluator/layer.js';
import type { Files } from '../../src/scenario/files.js';
import { HEADER, settings } from '../../src/scenario/format.js';
import { loadScenario } from '../../src/scenario/load.js';
import { runScenario } from '../../src/scenario/run.js';
import { STEPS, VERBS } from '../../src/scenario/step-format.js';
import { DEFINITIONS, organizationSchema, SECTION_NAMES, SECTIONS } from '../../src/scenario/world-format.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { blocksOf, textOf } from './documents.js';

const DOCUMENT = textOf('docs/scenario-format.md');
const COMPLETE = blocksOf(DOCUMENT, 'yaml').filter((block) => block.includes('gainsay: 1'));

/** One file in memory and no others. */
function only(text: string): Files {
  return {
    read: (path) =>
      path === 'example.yaml' ? { bytes: new TextEncoder().encode(text) } : { failure: 'missing' },
    resolve: (_, path) => path,
  };
}

/** Every name that a schema gives to a property, at any depth; names that users choose are none. */
function namesIn(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(namesIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) =>
    keyword === 'properties'
      ? Object.entries(value as object).flatMap(([name, inner]) => [name, ...namesIn(inner)])
      : namesIn(value),
  );
}

const WORDS = new Set([
  ...VERBS,
  ...SECTION_NAMES,
  ...DECIDERS,
  ...Object.keys(HEADER),
  ...namesIn([settings.schema, organizationSchema, DEFINITIONS]),
  ...SECTION_NAMES.flatMap((section) => namesIn(SECTIONS[section].schema)),
  ...VERBS.flatMap((verb) => namesIn(STEPS[verb].schema)),
]);

/** What stands in code, in the prose and in the examples. */
const CODE = [...DOCUMENT.matchAll(/```yaml\n([\s\S]*?)```|`([^`\n]+)`/g)].map(([text]) => text).join('\n');

describe('the reference of the scenario format', () => {
  it.each(COMPLETE.map((block) => [/title: (.*)/.exec(block)?.[1], block] as const))(
    'has a complete example that runs and passes: %s',
    (_, block) => {
      const loaded = loadScenario('example.yaml', only(block), readYaml);
      expect(loaded.issues).toEqual([]);
      if (!loaded.ok) return;
      const results = [...runScenario(loaded.value)];
      expect(results.length).toBeGreaterThan(0);
      expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    },
  );

  it.each([...WORDS])('speaks of `%s`', (word) => {
    expect(CODE).toMatch(new RegExp(`(^|[^a-z-])${word}([^a-z-]|$)`, 'm'));
  });
});
