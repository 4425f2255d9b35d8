import { describe, expect, it } from 'vitest';
import { complaints, HEAD, problemsOf } from './in-memory.js';

const world = (key: string): string => `${HEAD}
principals:
  boss: { policies: [] }
  app: { policies: [] }
  admin: { policies: [admin.json] }
  partner: { account: "444455556666", policies: [admin.json] }
keys:
  orders-key: ${key}
steps:
`;
const steps = (...given: readonly string[]): string => given.map((step) => `  - { ${step} }\n`).join('');
const KEY = 'key: orders-key';
const REFUSED = 'expect: { denied: AccessDeniedException }';
const CHOSEN = '{ console: { administrators: [boss], users: [app], accounts: ["444455556666"] } }';

describe('a key made in the console', () => {
  it('is used by its users and other accounts, and managed by its administrators', () => {
    const text =
      world(CHOSEN) +
      steps(
        `as: app, call: kms:Decrypt, ${KEY}`,
        `as: app, call: kms:DisableKey, ${KEY}, ${REFUSED}`,
        `as: partner, call: kms:GenerateDataKey, ${KEY}`,
        `as: boss, call: kms:Decrypt, ${KEY}, ${REFUSED}`,
        `as: boss, call: kms:DisableKey, ${KEY}`,
        `as: admin, call: kms:EnableKey, ${KEY}`,
      );
    expect(problemsOf(text).flat()).toEqual([]);
  });

  it('lets users make grants through services only', () => {
    const grant = `as: app, call: kms:CreateGrant, ${KEY}, with: { GranteePrincipal: "arn:aws:iam::111122223333:role/app", Operations: [Decrypt] }`;
    expect(problemsOf(world(CHOSEN) + steps(`${grant}, ${REFUSED}`)).flat()).toEqual([]);
  });

  it('can be chosen anew in a step', () => {
    const text =
      world('{ console: { users: [boss] } }') +
      steps(
        `as: app, call: kms:Decrypt, ${KEY}, ${REFUSED}`,
        'set: { keys: { orders-key: { console: { users: [app] } } } }',
        `as: app, call: kms:Decrypt, ${KEY}`,
        `as: boss, call: kms:Decrypt, ${KEY}, ${REFUSED}`,
      );
    expect(problemsOf(text).flat()).toEqual([]);
  });

  it.each([
    ['{ console: { users: [ap] } }', '11:36 unknown principal `ap`'],
    [
      '{ console: { administrators: ["arn:aws:iam::1:role/x"] } }',
      '11:45 `1` in `arn:aws:iam::1:role/x` is no account id',
    ],
    ['{ console: { accounts: [elsewhere] } }', '11:39 unknown account `elsewhere`'],
    ['{ console: { people: [app] } }', '11:28 unknown key `people` in what was chosen in the console'],
    [
      '{ console: { users: [app] }, policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "kms:*", Resource: "*" } } }',
      '11:26 key `orders-key` has its key policy from two places',
    ],
    [
      '{ alias: alias/aws/sqs, console: { users: [app] } }',
      '11:48 key `orders-key` has its key policy from AWS',
    ],
  ])('%s is refused', (key, complaint) => {
    expect(complaints(world(key) + steps(`as: app, call: kms:Decrypt, ${KEY}`))).toEqual([complaint]);
  });
});
