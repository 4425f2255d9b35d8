import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/load.js';
import { readYaml } from '../../src/syntax/yaml-source.js';
import { filesFrom, HEAD, load, SHOP, scenarioOf, type Texts, thing } from './in-memory.js';

const estateOf = (text: string, others: Texts = {}) => scenarioOf(HEAD + text, others).world.estate;
const QUEUE = `arn:aws:sqs:us-east-1:${SHOP}`;

/** Every part of the format that may be left out, given. */
const FULL = `
principals:
  worker:
    policies: [admin.json]
    boundary: admin.json
    tags: { team: blue }
    session: { name: run-1, policies: [admin.json], tags: { shift: night }, mfa: true }
  ann: { type: user, id: AIDAEXAMPLEID0000000 }
  fed: { type: federated-user, user: ann }
  guest: { type: federated-user, user: "arn:aws:iam::${SHOP}:user/boss" }
  other: { arn: "arn:aws:sts::444455556666:assumed-role/other/s" }
keys:
  orders-key:
    alias: alias/orders
    aliases: [alias/second]
    policy: admin-key.json
    tags: { secret: yes }
    grants:
      - { grantee: worker, operations: [Decrypt] }
      - id: second
        grantee: sqs.amazonaws.com
        operations: [Decrypt, GenerateDataKey]
        retiring: "arn:aws:iam::${SHOP}:user/ann"
        encryption-context-equals: { a: b }
        encryption-context-subset: { c: d }
        source-arn: "arn:aws:sqs:us-east-1:${SHOP}:orders"
  near: { id: mrk-1234abcd12ab34cd56ef1234567890ab, multi-region: primary }
  far: { id: mrk-1234abcd12ab34cd56ef1234567890ab, region: eu-west-1, multi-region: replica }
queues:
  orders: { encryption: { kms: orders-key, reuse: 60s }, redrive: { to: orders-dlq, after: 3 }, tags: { a: b } }
  orders-dlq:
    redrive-allow: { byQueue: [orders, "arn:aws:sqs:us-east-1:${SHOP}:elsewhere"] }
    messages:
      - { moved-from: orders, count: 2 }
      - { encrypted-with: none }
      - { encrypted-with: alias/gone }
topics:
  news:
    policy: admin-topic.json
    encryption: { kms: orders-key }
    subscriptions: [{ queue: orders, dead-letter: orders-dlq, confirmed: false }]
    tags: { a: b }
buckets:
  photos: { policy: admin-topic.json, notifications: [{ queue: orders }] }
  empty: {}
rules:
  nightly:
    bus: own
    bus-policy: admin-topic.json
    targets: [{ queue: orders, role: worker, dead-letter: orders-dlq }]
functions:
  handler: { role: worker, polls: orders }
endpoints:
  vpce-1a2b: { service: com.amazonaws.us-east-1.sqs, vpc: vpc-1a2b, account: "444455556666", policy: admin-topic.json }
`;

const ANYBODY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});
const FILES: Texts = { 'admin-key.json': ANYBODY, 'admin-topic.json': ANYBODY };

describe('a world with everything in it', () => {
  const { estate, state } = scenarioOf(HEAD + FULL, FILES).world;

  it('has principals with their sessions', () => {
    const { caller, session, tags, permissionsBoundary, identity } = thing(estate.principals, 'worker');
    expect(caller).toMatchObject({ arn: { text: `arn:aws:sts::${SHOP}:assumed-role/worker/run-1` } });
    expect(session).toMatchObject({ name: 'run-1', mfa: true, tags: new Map([['shift', 'night']]) });
    expect(session?.policies).toHaveLength(1);
    expect(identity).toHaveLength(1);
    expect(permissionsBoundary?.name).toBe('admin.json');
    expect(tags).toEqual(new Map([['team', 'blue']]));
    expect(thing(estate.principals, 'ann').caller).toMatchObject({
      kind: 'user',
      id: 'AIDAEXAMPLEID0000000',
    });
    expect(thing(estate.principals, 'fed').caller).toMatchObject({
      user: { text: `arn:aws:iam::${SHOP}:user/ann` },
    });
    expect(thing(estate.principals, 'guest').caller).toMatchObject({
      user: { text: `arn:aws:iam::${SHOP}:user/boss` },
    });
    expect(thing(estate.principals, 'other').caller).toMatchObject({
      kind: 'session',
      arn: { account: '444455556666' },
    });
  });

  it('has keys with grants', () => {
    const { aliases, grants, tags, multiRegion } = thing(estate.keys, 'orders-key');
    expect(aliases).toEqual(['alias/orders', 'alias/second']);
    expect(tags).toEqual(new Map([['secret', 'yes']]));
    expect(multiRegion).toBe(false);
    expect(grants).toMatchObject([
      {
        id: 'grant 1',
        grantee: { text: `arn:aws:iam::${SHOP}:role/worker` },
        operations: ['Decrypt'],
      },
      {
        id: 'second',
        grantee: { kind: 'service' },
        operations: ['Decrypt', 'GenerateDataKey'],
        retiring: { text: `arn:aws:iam::${SHOP}:user/ann` },
        encryptionContextEquals: new Map([['a', 'b']]),
        encryptionContextSubset: new Map([['c', 'd']]),
        sourceArn: `${QUEUE}:orders`,
      },
    ]);
    expect(grants[0]).not.toHaveProperty('retiring');
    expect(thing(estate.keys, 'near')).toMatchObject({ multiRegion: true, multiRegionType: 'PRIMARY' });
    expect(thing(estate.keys, 'far')).toMatchObject({ multiRegion: true, multiRegionType: 'REPLICA' });
  });

  it('has queues, and messages that remember their keys', () => {
    const key = thing(estate.keys, 'orders-key').arn.text;
    expect(thing(estate.queues, 'orders')).toMatchObject({
      encryption: { sse: 'kms', key, reusePeriod: 60_000 },
      redrive: { to: 'orders-dlq', maxReceives: 3 },
    });
    expect(thing(estate.queues, 'orders-dlq').redriveAllow).toEqual({
      permission: 'byQueue',
      sources: [`${QUEUE}:orders`, `${QUEUE}:elsewhere`],
    });
    expect(state.messages.get('orders-dlq')?.map(({ encryption }) => encryption)).toEqual([
      { keyArn: key, contextQueueArn: `${QUEUE}:orders`, dataKey: 'data key 1 of orders-dlq' },
      { keyArn: key, contextQueueArn: `${QUEUE}:orders`, dataKey: 'data key 1 of orders-dlq' },
      undefined,
      {
        keyArn: `arn:aws:kms:us-east-1:${SHOP}:alias/gone`,
        contextQueueArn: `${QUEUE}:orders-dlq`,
        dataKey: 'data key 3 of orders-dlq',
      },
    ]);
  });

  it('has what feeds the queues', () => {
    expect(thing(estate.topics, 'news')).toMatchObject({
      key: thing(estate.keys, 'orders-key').arn.text,
      policy: { name: 'admin-topic.json' },
      subscriptions: [{ queue: 'orders', deadLetter: 'orders-dlq', confirmed: false }],
      tags: new Map([['a', 'b']]),
    });
    expect(thing(estate.buckets, 'photos')).toMatchObject({
      arn: { text: 'arn:aws:s3:::photos' },
      account: SHOP,
      policy: { name: 'admin-topic.json' },
      notifications: [{ queue: 'orders' }],
    });
    expect(thing(estate.buckets, 'empty').notifications).toEqual([]);
    expect(thing(estate.rules, 'nightly')).toMatchObject({
      arn: { text: `arn:aws:events:us-east-1:${SHOP}:rule/own/nightly` },
      busPolicy: { name: 'admin-topic.json' },
      targets: [{ queue: 'orders', role: 'worker', deadLetter: 'orders-dlq' }],
    });
    expect(thing(estate.functions, 'handler')).toMatchObject({ role: 'worker', polls: 'orders' });
    expect(thing(estate.endpoints, 'vpce-1a2b')).toMatchObject({
      service: 'sqs',
      vpc: 'vpc-1a2b',
      account: '444455556666',
      policy: { name: 'admin-topic.json' },
    });
  });
});

describe('the attributes of a queue', () => {
  it.each([
    ['Policy: ""', { policy: undefined }],
    [
      'Policy: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: "*", Action: "sqs:*" } }',
      { policy: { statements: [{}] } },
    ],
    ['RedriveAllowPolicy: ""', { redriveAllow: undefined }],
    ['RedriveAllowPolicy: { redrivePermission: allowAll }', { redriveAllow: undefined }],
    ['RedriveAllowPolicy: { redrivePermission: denyAll }', { redriveAllow: { permission: 'denyAll' } }],
    [
      `RedriveAllowPolicy: '{"redrivePermission":"byQueue","sourceQueueArns":["${QUEUE}:a"]}'`,
      { redriveAllow: { permission: 'byQueue', sources: [`${QUEUE}:a`] } },
    ],
    [`RedrivePolicy: { deadLetterTargetArn: "${QUEUE}:d" }`, { redrive: { to: 'd', maxReceives: 10 } }],
    ['DelaySeconds: 5', { delay: 5000 }],
    ['DelaySeconds: 0', { delay: undefined }],
    ['SqsManagedSseEnabled: false', { encryption: { sse: 'none' } }],
    ['SqsManagedSseEnabled: true', { encryption: { sse: 'sqs' } }],
    [
      'KmsMasterKeyId: alias/orders',
      { encryption: { sse: 'kms', key: 'alias/orders', reusePeriod: 300_000 } },
    ],
  ])('%s', (attribute, expected) => {
    const queue = thing(estateOf(`queues: { orders: { attributes: { ${attribute} } } }\n`).queues, 'orders');
    for (const [name, value] of Object.entries(expected)) {
      const found = Object.entries(queue).find(([key]) => key === name)?.[1];
      if (value === undefined) expect(found).toBeUndefined();
      else expect(found).toMatchObject(value);
    }
  });

  it('are taken from a file, wrapped or not', () => {
    for (const text of ['{"Attributes":{"VisibilityTimeout":"7"}}', '{"VisibilityTimeout":"7"}']) {
      const { queues } = estateOf('queues: { orders: { attributes: orders.json } }\n', {
        'orders.json': text,
      });
      expect(thing(queues, 'orders').visibilityTimeout).toBe(7000);
    }
  });
});

describe('an organization', () => {
  it('may have units and members that say nothing, and RCPs under the name of the managed one', () => {
    const [one, two] = estateOf(
      'organizations:\n' +
        '  - { id: o-abc, rcps: [RCPFullAWSAccess], accounts: { "111122223333": } , units: { empty: } }\n' +
        '  - { id: o-def, accounts: ["444455556666"] }\n',
    ).organizations;
    expect(one?.root).toMatchObject({
      rcps: [],
      accounts: [{ account: SHOP }],
      units: [{ name: 'empty', accounts: [], units: [] }],
    });
    expect(two?.root.accounts.map(({ account }) => account)).toEqual(['444455556666']);
  });
});

describe('a file in another form', () => {
  it('may be JSON, whose values are typed', () => {
    const said = (text: string) =>
      load(text, {}, 'x.json').issues.map(({ at, message }) => `${at.start?.column} ${message}`);
    expect(said('{"gainsay": true}')).toEqual([
      '13 `gainsay` is `true`, and this is no version of the format that is known here',
    ]);
    expect(said('{"gainsay": 1, "title": null}')).toEqual(['25 `title` is empty']);
    expect(said('{"gainsay": 1, "settings": { "kms-requests-per-second": 1.5 } }')).toEqual([
      '57 `kms-requests-per-second` is the number 1.5',
    ]);
    expect(said('{"gainsay": 1, "title": 7}')).toEqual([]);
  });

  it.each([
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x67, 0x00]), 'the file looks like UTF-16'],
    [
      'bytes that are no text',
      new Uint8Array([0x67, 0xff]),
      'the file is not UTF-8 text: byte 0xFF at offset 1',
    ],
  ])('that is %s is refused as what it is', (_form, bytes, message) => {
    const files = { ...filesFrom({}), read: () => ({ bytes }) };
    const { ok, issues } = loadScenario('x.yaml', files, readYaml);
    expect(ok).toBe(false);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code: 'encoding', at: { source: 'x.yaml' } });
    expect(issues[0]?.message).toContain(message);
  });
});
