import { describe, expect, it } from 'vitest';
import { deletePrincipal } from '../../src/world/deleted-principal.js';
import { HEAD, problemsOf, replay, scenarioOf, thing } from './in-memory.js';

const ROLE = 'arn:aws:iam::111122223333:role/worker';
const statement = (effect: string, principal: string, action: string): string =>
  `{ Effect: ${effect}, Principal: ${principal}, Action: "${action}", Resource: "*" }`;
const policy = (...statements: readonly string[]): string =>
  `{ Version: "2012-10-17", Statement: [${statements.join(', ')}] }`;
const OWNER = statement('Allow', '{ AWS: "arn:aws:iam::111122223333:root" }', 'kms:*');

const WORLD = `${HEAD}
principals:
  admin: { policies: [admin.json] }
  worker: { id: AROAWORKER0000000001 }
  other: { policies: [admin.json] }
keys:
  named: { policy: ${policy(OWNER, statement('Allow', `{ AWS: "${ROLE}" }`, 'kms:Decrypt'))} }
  session: { policy: ${policy(OWNER, statement('Allow', '{ AWS: "arn:aws:sts::111122223333:assumed-role/worker/one" }', 'kms:Decrypt'))} }
  granted: { grants: [{ grantee: worker, operations: [Decrypt] }] }
  shut: { policy: ${policy(OWNER, statement('Deny', '{ AWS: "arn:aws:iam::111122223333:role/other" }', 'kms:*'))} }
queues:
  orders: { policy: ${policy(statement('Allow', `{ AWS: "${ROLE}" }`, 'sqs:SendMessage'))} }
  open: { policy: ${policy(statement('Allow', '"*"', 'sqs:SendMessage'))} }
topics:
  news: { policy: ${policy(statement('Allow', `{ AWS: "${ROLE}" }`, 'sns:Publish'))} }
steps:
`;
const problems = (...lines: readonly string[]): readonly string[] =>
  problemsOf(`${WORLD}${lines.map((line) => `  - ${line}\n`).join('')}`).flat();

const RECREATED = [
  'remove: { principals: [worker] }',
  'set: { principals: { worker: { id: AROAWORKER0000000001 } } }',
];
const DECRYPT = (key: string, more = ''): string => `{ as: worker, call: kms:Decrypt, key: ${key}${more} }`;

describe('a role that is deleted and made again under its name', () => {
  it.each([
    ['the key policy', DECRYPT('named'), 'expect: { denied: AccessDeniedException, by: identity-policy }'],
    [
      'the key policy that named its session',
      DECRYPT('session', ', session: { name: one }'),
      'expect: { denied: AccessDeniedException }',
    ],
    ['its grant', DECRYPT('granted'), 'expect: { denied: AccessDeniedException }'],
    [
      'the queue policy',
      '{ as: worker, call: sqs:SendMessage, queue: orders }',
      'expect: { denied: AccessDenied, by: identity-policy }',
    ],
    ['the topic policy', '{ as: worker, call: sns:Publish, topic: news }', 'expect: { denied: true }'],
  ])('is no longer let in by %s', (_what, call, expected) => {
    expect(problems(call)).toEqual([]);
    expect(problems(...RECREATED, call.replace(/ \}$/, `, ${expected} }`))).toEqual([]);
  });

  it('is let in by what is saved for it afterwards', () => {
    const saved = `set: { keys: { named: { policy: ${policy(OWNER, statement('Allow', `{ AWS: "${ROLE}" }`, 'kms:Decrypt'))} } } }`;
    expect(problems(...RECREATED, saved, DECRYPT('named'))).toEqual([]);
  });

  it('escapes a Deny that named the old one, as at AWS', () => {
    const call = (more: string): string => `{ as: other, call: kms:DescribeKey, key: shut${more} }`;
    expect(problems(call(', expect: denied'))).toEqual([]);
    expect(
      problems(
        'remove: { principals: [other] }',
        'set: { principals: { other: { policies: [admin.json] } } }',
        call(''),
      ),
    ).toEqual([]);
  });

  it('leaves policies that did not name it as they are', () => {
    const [before, after] = replay(`${WORLD}  - wait: 1s\n  - remove: { principals: [worker] }\n`);
    const queues = [before, after].map((step) => thing(step?.world.estate.queues ?? new Map(), 'open'));
    expect(queues[1]?.policy).toBe(queues[0]?.policy);
    expect(after?.world.estate.principals.has('worker')).toBe(false);
  });
});

describe('what names a principal in other places than a queue or key policy', () => {
  const everywhere = (principal: string): string => `
buckets: { photos: { policy: ${policy(statement('Allow', principal, 's3:PutObject'))}, notifications: [] } }
rules: { nightly: { bus-policy: ${policy(statement('Allow', principal, 'events:PutEvents'))}, targets: [{ queue: open }] } }
`;
  const given = (principal: string): string =>
    WORLD.replace('\nsteps:\n', `${everywhere(principal)}steps:\n`);
  const PUT_OBJECT = 'as: worker, call: s3:PutObject, bucket: photos, with: { Key: a }';
  const PUT_EVENTS = 'as: worker, call: events:PutEvents, rule: nightly';
  const run = (text: string, ...lines: readonly string[]): readonly string[] =>
    problemsOf(`${text}${lines.map((line) => `  - ${line}\n`).join('')}`).flat();

  it.each([[PUT_OBJECT], [PUT_EVENTS]])('goes with it: %s', (call) => {
    const text = given(`{ AWS: "${ROLE}" }`);
    expect(run(text, `{ ${call} }`)).toEqual([]);
    expect(run(text, ...RECREATED, `{ ${call}, expect: { denied: true } }`)).toEqual([]);
  });

  it.each([[PUT_OBJECT], [PUT_EVENTS]])('stays where it named everybody: %s', (call) => {
    expect(run(given('"*"'), ...RECREATED, `{ ${call} }`)).toEqual([]);
  });
});

describe('a grant that a deleted principal may retire, or that names it beside others', () => {
  const SHARED = WORLD.replace(
    'granted: { grants: [{ grantee: worker, operations: [Decrypt] }] }',
    'granted: { grants: [{ grantee: worker, operations: [Decrypt], retiring: other }, { grantee: other, operations: [Decrypt], retiring: worker }, { grantee: other, operations: [Encrypt] }] }',
  );
  const grantsAfter = (...lines: readonly string[]): readonly (readonly (string | undefined)[])[] => {
    const last = replay(`${SHARED}${lines.map((line) => `  - ${line}\n`).join('')}`).at(-1);
    const world = last?.outcome?.world;
    if (world === undefined) throw new Error('the last step is a call');
    return thing(world.estate.keys, 'granted').grants.map(({ grantee, retiring }) => [
      grantee.kind,
      retiring?.kind,
    ]);
  };

  it('keeps what it says of the others', () => {
    const look = '{ as: admin, call: kms:ListGrants, key: granted }';
    expect(grantsAfter(look)).toEqual([
      ['role', 'role'],
      ['role', 'role'],
      ['role', undefined],
    ]);
    expect(grantsAfter('remove: { principals: [worker] }', look)).toEqual([
      ['uniqueId', 'role'],
      ['role', 'uniqueId'],
      ['role', undefined],
    ]);
  });
});

it('a principal that is not there is not deleted', () => {
  const { world } = scenarioOf(WORLD.replace('steps:\n', ''));
  expect(deletePrincipal(world, 'nobody')).toBe(world);
});
