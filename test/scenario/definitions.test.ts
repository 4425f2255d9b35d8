import { describe, expect, it } from 'vitest';
import { madeUpKeyId } from '../../src/world/made-up-id.js';
import { ADMIN, complaints, HEAD, SHOP, scenarioOf, thing } from './in-memory.js';

const estateOf = (text: string) => scenarioOf(HEAD + text).world.estate;

describe('a name', () => {
  it('becomes the ARN of a role, queue, topic, rule or function in the account and Region of the file', () => {
    const { principals, queues, topics, rules, functions } = estateOf(
      'principals: { worker: {} }\nqueues: { orders: {} }\ntopics: { news: {} }\n' +
        'rules: { nightly: {}, other: { bus: events } }\nfunctions: { handler: { role: worker } }\n',
    );
    expect(thing(principals, 'worker').caller).toMatchObject({
      kind: 'session',
      role: { text: `arn:aws:iam::${SHOP}:role/worker` },
    });
    expect(thing(queues, 'orders').arn.text).toBe(`arn:aws:sqs:us-east-1:${SHOP}:orders`);
    expect(thing(topics, 'news').arn.text).toBe(`arn:aws:sns:us-east-1:${SHOP}:news`);
    expect(thing(rules, 'nightly').arn.text).toBe(`arn:aws:events:us-east-1:${SHOP}:rule/nightly`);
    expect(thing(rules, 'other').arn.text).toBe(`arn:aws:events:us-east-1:${SHOP}:rule/events/other`);
    expect(thing(functions, 'handler').arn.text).toBe(`arn:aws:lambda:us-east-1:${SHOP}:function:handler`);
  });

  it.each([
    ['user', { kind: 'user', arn: { text: `arn:aws:iam::${SHOP}:user/ann` } }],
    ['root', { kind: 'root', account: SHOP }],
    ['federated-user', { kind: 'federatedUser', arn: { text: `arn:aws:sts::${SHOP}:federated-user/ann` } }],
  ])('becomes the ARN of a %s where the type says so', (type, caller) => {
    const { principals } = estateOf(`principals: { ann: { type: ${type} } }\n`);
    expect(thing(principals, 'ann').caller).toMatchObject(caller);
  });

  it('gives way to an ARN', () => {
    const { queues } = estateOf('queues: { orders: { arn: "arn:aws:sqs:eu-west-1:444455556666:other" } }\n');
    expect(thing(queues, 'orders').arn).toMatchObject({ account: '444455556666', resource: 'other' });
  });

  it('takes account, Region and partition from nearest by', () => {
    const { queues } = scenarioOf(
      'gainsay: 1\nregion: cn-north-1\npartition: aws-cn\naccount: shop\naccounts: { shop: "111122223333", partner: "444455556666" }\n' +
        'queues: { near: {}, far: { account: partner, region: cn-northwest-1 } }\n',
    ).world.estate;
    expect(thing(queues, 'near').arn.text).toBe('arn:aws-cn:sqs:cn-north-1:111122223333:near');
    expect(thing(queues, 'far').arn.text).toBe('arn:aws-cn:sqs:cn-northwest-1:444455556666:far');
  });

  it('gives a key an id that is the same in every replay', () => {
    const { keys } = estateOf('keys: { orders-key: {} }\n');
    expect(thing(keys, 'orders-key').arn.resource).toBe(`key/${madeUpKeyId('aws/orders-key')}`);
    expect(madeUpKeyId('aws/orders-key')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('gives a session the name that it says', () => {
    const { principals } = estateOf('principals: { worker: { session: { name: run-1 } } }\n');
    expect(thing(principals, 'worker').caller).toMatchObject({
      arn: { text: `arn:aws:sts::${SHOP}:assumed-role/worker/run-1` },
    });
  });
});

describe('what is left out', () => {
  it('is a key policy that trusts the account', () => {
    const { policy } = thing(estateOf('keys: { orders-key: {} }\n').keys, 'orders-key');
    expect(policy.statements).toHaveLength(1);
    expect(policy.statements[0]).toMatchObject({ sid: 'Enable IAM User Permissions', effect: 'Allow' });
  });

  it('is the policy of AWS for a key that AWS manages', () => {
    const key = thing(estateOf('keys: { theirs: { alias: alias/aws/sqs } }\n').keys, 'theirs');
    expect(key.manager).toBe('aws');
    expect(key.policy.statements.length).toBeGreaterThan(1);
  });

  it('is SSE-SQS, no queue policy and thirty seconds of invisibility for a queue', () => {
    const queue = thing(estateOf('queues: { orders: }\n').queues, 'orders');
    expect(queue).toMatchObject({ encryption: { sse: 'sqs' }, visibilityTimeout: 30_000 });
    expect(queue.policy).toBeUndefined();
  });

  it('is five minutes of reuse and ten receives', () => {
    const queue = thing(
      estateOf('queues: { orders: { encryption: { kms: alias/x }, redrive: { to: dlq } }, dlq: {} }\n')
        .queues,
      'orders',
    );
    expect(queue).toMatchObject({
      encryption: { sse: 'kms', key: 'alias/x', reusePeriod: 300_000 },
      redrive: { to: 'dlq', maxReceives: 10 },
    });
  });

  it('is a start of the clock in 2026 and caches that are filled', () => {
    const { world } = scenarioOf(HEAD);
    expect(world.now).toBe(Date.UTC(2026, 0, 1));
    expect(world.state.cachesDataKeys).toBe(true);
    expect(
      scenarioOf(`${HEAD}starts: 2025-03-04T05:06:07Z\nsettings: { data-keys: cold }\n`).world,
    ).toMatchObject({
      now: Date.UTC(2025, 2, 4, 5, 6, 7),
      state: { cachesDataKeys: false },
    });
  });
});

describe('an organization', () => {
  const TEXT =
    'accounts: { payer: "999988887777", shop: "111122223333", lab: "444455556666" }\n' +
    'organization:\n  id: o-a1b2c3d4e5\n  management: payer\n' +
    '  units:\n    workloads:\n      scps: [FullAWSAccess, admin.json]\n      units:\n' +
    '        prod: { accounts: { shop: { scps: [] } } }\n    sandbox: { accounts: [lab] }\n';

  it('has levels, each with FullAWSAccess unless others are given', () => {
    const [organization] = estateOf(TEXT).organizations;
    expect(organization).toMatchObject({ id: 'o-a1b2c3d4e5', managementAccount: '999988887777' });
    const names = (unit: string) =>
      organization?.root.units.find(({ name }) => name === unit)?.scps.map(({ name }) => name);
    expect(organization?.root.scps.map(({ name }) => name)).toEqual(['FullAWSAccess']);
    expect(names('workloads')).toEqual(['FullAWSAccess', 'admin.json']);
    expect(names('sandbox')).toEqual(['FullAWSAccess']);
    const workloads = organization?.root.units.find(({ name }) => name === 'workloads');
    expect(workloads?.units[0]).toMatchObject({ name: 'prod', accounts: [{ account: SHOP, scps: [] }] });
  });

  it('is deeper than AWS allows at six levels of units', () => {
    const nested = (depth: number): string =>
      depth === 0 ? '{ accounts: [] }' : `{ units: { u${depth}: ${nested(depth - 1)} } }`;
    const organization = (depth: number) =>
      `${HEAD}organization: { id: o-abc, units: { top: ${nested(depth - 1)} } }\n`;
    expect(complaints(organization(5))).toEqual([]);
    expect(complaints(organization(6))[0]).toContain('the units are nested more than 5 levels deep');
  });
});

describe('extends', () => {
  it('takes over everything but steps, thing by thing, and account by account', () => {
    const { estate } = scenarioOf(
      'gainsay: 1\nextends: world.yaml\naccounts: { lab: "444455556666" }\nqueues: { orders: { visibility: 1m }, mine: { account: lab } }\n',
      {
        'world.yaml': `${HEAD}accounts: { shop: "111122223333" }\nqueues: { orders: {}, other: { account: shop } }\n`,
      },
    ).world;
    expect([...estate.queues.keys()]).toEqual(['orders', 'other', 'mine']);
    expect(thing(estate.queues, 'orders').visibilityTimeout).toBe(60_000);
    expect(thing(estate.queues, 'mine').arn.account).toBe('444455556666');
  });

  it('reads the files that a file names from where that file lies', () => {
    const text = 'gainsay: 1\nextends: shared/world.yaml\n';
    const world = `${HEAD}principals: { worker: { policies: [worker.json] } }\n`;
    const policy = ADMIN;
    expect(complaints(text, { 'shared/world.yaml': world, 'shared/worker.json': policy })).toEqual([]);
    expect(complaints(text, { 'shared/world.yaml': world, 'worker.json': policy })).toEqual([
      'shared/world.yaml:4:36 the file `shared/worker.json` does not exist',
    ]);
  });
});

describe('a thing that cannot be built', () => {
  it('is complained of once, not wherever it is named', () => {
    expect(
      complaints(
        `${HEAD}queues: { orders: sqs }\ntopics: { news: { subscriptions: [{ queue: orders }] } }\nsteps:\n  - check: { queue: orders, messages: 0 }\n`,
      ),
    ).toEqual(['4:19 `sqs` stands where a definition is expected']);
    expect(
      complaints(
        `${HEAD}keys: { k: { policy: no.json } }\nqueues: { orders: { encryption: { kms: k } } }\nprincipals: { a: {} }\n` +
          'steps:\n  - { as: a, call: kms:Decrypt, key: k }\n  - { as: a, call: sqs:SendMessage, queue: orders, calls: [kms:Decrypt k] }\n',
      ),
    ).toEqual(['4:22 the file `no.json` does not exist']);
  });

  it('does not make every other thing complain of the account or Region that is missing', () => {
    expect(complaints('gainsay: 1\nqueues: { a: {}, b: {} }\ntopics: { c: {} }\n')).toEqual([
      '2:11 no account is given for this, nor one for the file',
      '2:11 no Region is given for this, nor one for the file',
    ]);
    expect(complaints('gainsay: 1\nregion: nowhere\naccount: shop\nqueues: { a: {}, b: {} }\n')).toEqual([
      '2:9 `region` is `nowhere`',
      '3:10 unknown account `shop`',
    ]);
  });
});
