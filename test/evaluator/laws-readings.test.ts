import { describe } from 'vitest';
import { stringify } from 'yaml';
import { authorize } from '../../src/evaluator/authorize.js';
import { recordTrace } from '../../src/evaluator/recorder.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { law } from './law.js';
import { decide, policiesOf, requestOf } from './law-decide.js';
import { readAnew } from './law-readings.js';
import { ACTIONS, pick, shuffled } from './law-scenes.js';
import type { PolicyText, Random } from './law-texts.js';

/** A law about another way to write policies; each policy of the pool is written so once. */
function written(title: string, write: (text: PolicyText, random: Random) => unknown): void {
  const known = new Map<PolicyText, Policy>();
  law(title, (scene, random) =>
    decide(scene, (text, type) => {
      const read = known.get(text) ?? readAs(write(text, random), type);
      known.set(text, read);
      return read;
    }),
  );
}

/** Text may be JSON or YAML; anything else is a value. */
function readAs(text: unknown, type: PolicyType): Policy {
  if (typeof text !== 'string') return readAnew(text, type);
  const read = parsePolicy({ name: 'policy', text }, type, { readYaml });
  if (read.ok) return read.value;
  throw new Error(`${JSON.stringify(read.issues)}\n${text}`);
}

/** Every list of one entry as that entry, the list of statements too. */
function unlist(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? unlist(value[0]) : value.map(unlist);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unlist(each)]));
}

function shuffleMembers(random: Random, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffleMembers(random, each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    shuffled(random, Object.entries(value)).map(([key, each]) => [key, shuffleMembers(random, each)]),
  );
}

/** Some texts as JSON can hold them bare: `true`, `5`. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value === 'true' || value === 'false') return value === 'true';
  if (value === '5' || value === '-3' || value === '1704067201') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bare(each)]));
}

const escaped = (text: string): string =>
  [...text]
    .map((letter) =>
      /[A-Za-z]/.test(letter) ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
    )
    .join('');

describe('how a policy is written down', () => {
  written('one entry alone equals a list of one', (text) => unlist(text));
  written('the order of the members of objects does not matter', (text, random) =>
    shuffleMembers(random, text),
  );
  written('a condition value can be bare or quoted', (text) => bare(text));
  written('compact JSON equals a value', (text) => JSON.stringify(text));
  written('pretty JSON equals a value', (text) => JSON.stringify(text, null, 2));
  written('JSON with tabs and Windows line ends equals a value', (text) =>
    JSON.stringify(text, null, '\t').replaceAll('\n', '\r\n'),
  );
  written('JSON with every letter of its texts escaped equals a value', (text) =>
    JSON.stringify(text).replace(/"(?:[^"\\]|\\.)*"/g, escaped),
  );
  written('JSON inside a JSON string equals a value', (text) => JSON.stringify(JSON.stringify(text)));
  written('a policy inside what AWS’s command line prints equals a value', (text, random) =>
    JSON.stringify({
      [pick(random, ['Policy', 'PolicyDocument'])]: pick(random, [text, JSON.stringify(text)]),
    }),
  );
  written('YAML equals a value', (text) => stringify(text, { aliasDuplicateObjects: false }));
  written('YAML with aliases for what is said twice equals a value', (text) => stringify(text));
  // A text that begins with a brace is read as JSON, so that its mistakes are told as such.
  written(
    'YAML in JSON’s own style equals a value',
    (text) => `---\n${stringify(text, { collectionStyle: 'flow' })}`,
  );
});

describe('how a decision is asked for', () => {
  law('policies read anew give the same verdict', (scene) =>
    decide(scene, (text, type) => readAnew(text, type)),
  );

  law('a recorder that listens changes no part of the verdict', (scene) => {
    const policies = policiesOf(scene);
    const heard = authorize(requestOf(scene), policies, recordTrace());
    return heard === authorize(requestOf(scene), policies) ? heard : { ...heard, decidedBy: 'parameter' };
  });

  law('what was asked before, about other actions, changes no part of the verdict', (scene, random) => {
    const policies = policiesOf(scene);
    const before = authorize(requestOf(scene), policies);
    for (const action of shuffled(random, ACTIONS).slice(0, 3))
      authorize({ ...requestOf(scene), action }, policies);
    const after = authorize(requestOf(scene), policies);
    return after === before ? after : { ...after, decidedBy: 'parameter' };
  });

  law('the policies of a call in a new object give the same verdict', (scene) =>
    authorize(requestOf(scene), { ...policiesOf(scene) }),
  );

  law('a layer said to be none gives the decision of a layer left out', (scene) => {
    const given = policiesOf(scene);
    return authorize(requestOf(scene), {
      identity: 'none',
      resource: 'none',
      permissionsBoundary: 'none',
      session: 'none',
      scp: 'none',
      rcp: 'none',
      vpcEndpoint: 'none',
      grants: 'none',
      ...given,
    });
  });
});
