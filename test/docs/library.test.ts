import { describe, expect, it } from 'vitest';
import * as library from '../../src/index.js';
import { blocksOf, textOf } from './documents.js';
import { promisedLines, runExample } from './run-example.js';

const DOCUMENT = textOf('docs/library.md');

/** The names in the first column of the table that has this heading. */
function namesInTable(heading: string): readonly string[] {
  const from = DOCUMENT.indexOf(`| ${heading} |`);
  const table = DOCUMENT.slice(from, DOCUMENT.indexOf('\n\n', from)).split('\n').slice(2);
  return table.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  );
}

const request = { principal: 'anonymous', action: 'sqs:SendMessage', resource: '*' };

const { decide } = library;

describe('the page about the library', () => {
  it.each(Object.keys(library))('speaks of `%s`', (name) => {
    expect(DOCUMENT).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it.each(blocksOf(DOCUMENT, 'ts').map((code) => [code] as const))(
    'has examples that print what their comments say',
    async (code) => expect(await runExample(code)).toEqual(promisedLines(code)),
  );

  it('lists members that `decide` reads', () => {
    const names = namesInTable('member');
    expect(names).toContain('keyPolicy');
    for (const name of names) {
      const { issues } = decide({ request, [name]: name === 'request' ? request : null });
      expect(issues.map(({ message }) => message)).not.toContain(`\`${name}\` is ignored`);
    }
  });

  it('lists members that `decide` reads in a request', () => {
    const names = namesInTable('member of `request`');
    expect(names).toContain('grantTokens');
    for (const name of names) {
      const { issues } = decide({ request: { ...request, [name]: null } });
      expect(issues.map(({ message }) => message)).not.toContain(`\`${name}\` is ignored`);
    }
  });
});
