import { describe, expect, it } from 'vitest';
import { cautionsOf } from '../../src/explain/cautions.js';
import { explainHop, explainOutcome } from '../../src/explain/explanation.js';
import { traceLines } from '../../src/explain/full-trace.js';
import { whyLines } from '../../src/explain/why.js';
import type { Outcome } from '../../src/replay/outcome.js';
import { HEAD, replay } from '../scenario/in-memory.js';

/** What became of the last step of a scenario. */
function outcomeOf(text: string): Outcome {
  const outcome = replay(`${HEAD}${text}`).at(-1)?.outcome;
  if (outcome === undefined) throw new Error('the last step is no call');
  return outcome;
}

const inOneLine = (lines: readonly string[]): string => lines.join(' ').replace(/\s+/g, ' ');

/** Why the last step was refused, or else its first delivery that was. */
function whyOf(text: string): string {
  const outcome = outcomeOf(text);
  const explanation =
    explainOutcome(outcome) ?? outcome.hops.flatMap((hop) => explainHop(hop, outcome.call) ?? [])[0];
  return explanation === undefined ? 'nothing was refused' : inOneLine(whyLines(explanation));
}

const document = (...statements: readonly string[]): string =>
  `{ Version: "2012-10-17", Statement: [${statements.join(', ')}] }`;
const EVERYTHING = '{ Effect: Allow, Action: "*", Resource: "*" }';
const ADMIN = `principals: { admin: { policies: [${document(EVERYTHING)}] } }\n`;
const FOR_X =
  '{ Effect: Allow, Principal: { AWS: "arn:aws:iam::111122223333:role/x" }, Action: "*", Resource: "*" }';
const ELSEWHERE = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const ONLY_X = `queues: { orders: { policy: ${document(
  '{ Effect: Allow, Principal: "*", Action: "sqs:*", Resource: "*" }',
  '{ Sid: OnlyX, Effect: Deny, NotPrincipal: { AWS: ["arn:aws:iam::111122223333:role/x", "arn:aws:iam::111122223333:root"] }, Action: "sqs:*", Resource: "*" }',
)} } }\n`;

describe('why, where it is rare', () => {
  it.each<readonly [title: string, scenario: string, why: readonly string[]]>([
    [
      'a key of another usage',
      `${ADMIN}keys: { sign: { spec: RSA_2048, usage: SIGN_VERIFY } }\nsteps: [{ as: admin, call: kms:Encrypt, key: sign }]`,
      ['sign is a key for SIGN_VERIFY of spec RSA_2048; no policy is to blame'],
    ],
    [
      'a key of another Region than the queue',
      `${ADMIN}keys: { k: { arn: "${ELSEWHERE}" } }\nqueues: { orders: { encryption: { kms: "${ELSEWHERE}" } } }\nsteps: [{ as: admin, call: sqs:SendMessage, queue: orders }]`,
      [`SQS asks KMS in us-east-1, the Region of the queue, and there is no ${ELSEWHERE}`],
    ],
    [
      'the handle of no task',
      `${ADMIN}queues: { orders: {} }\nsteps: [{ as: admin, call: sqs:CancelMessageMoveTask, queue: orders, with: { TaskHandle: nothing } }]`,
      ['because Value for parameter TaskHandle is invalid.'],
    ],
    [
      'the root user, whom the key policy does not name',
      `principals: { boss: { type: root } }\nkeys: { k: { policy: ${document(FOR_X)} } }\nsteps: [{ as: boss, call: kms:Decrypt, key: k }]`,
      [
        'refused kms:Decrypt on k, made by boss',
        'statement 1 names arn:aws:iam::111122223333:role/x; the caller is arn:aws:iam::111122223333:root',
      ],
    ],
    [
      'the root user, by a Deny in a queue policy of another account',
      `principals: { boss: { type: root } }\nqueues: { orders: { account: "444455556666", policy: ${document(FOR_X)} } }\nsteps: [{ as: boss, call: sqs:SendMessage, queue: orders }]`,
      ['the queue policy of orders does not allow it', 'the caller is arn:aws:iam::111122223333:root'],
    ],
    [
      'an unsigned call',
      `queues: { orders: { encryption: none, policy: ${document(FOR_X)} } }\nsteps: [{ as: anonymous, call: sqs:SendMessage, queue: orders }]`,
      [
        'refused sqs:SendMessage on orders, made by an anonymous caller',
        'the queue policy of orders does not allow it',
      ],
    ],
    [
      'a service under a Deny with NotPrincipal',
      `${ADMIN}${ONLY_X}topics: { news: { subscriptions: [{ queue: orders }] } }\nsteps: [{ as: admin, call: sns:Publish, topic: news }]`,
      [
        'Publish succeeded and nobody is told; SNS gets AccessDenied',
        '`OnlyX` in the queue policy of orders denies it',
        'the caller is sns.amazonaws.com',
        'a Deny with NotPrincipal hits every service principal',
      ],
    ],
    [
      'a role under a Deny with NotPrincipal',
      `${ADMIN}${ONLY_X}steps: [{ as: admin, call: sqs:SendMessage, queue: orders }]`,
      ['a caller escapes a Deny with NotPrincipal only if the account and each link of its chain'],
    ],
    [
      'SNS under its name of an opt-in Region',
      `${ADMIN}queues: { orders: { region: eu-west-1, policy: ${document('{ Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: "sqs:*", Resource: "*" }')} } }\ntopics: { news: { region: af-south-1, subscriptions: [{ queue: orders }] } }\nsteps: [{ as: admin, call: sns:Publish, topic: news }]`,
      [
        'statement 1 names sns.amazonaws.com; the caller is sns.af-south-1.amazonaws.com',
        'from a topic in an opt-in Region to a queue in another',
      ],
    ],
    [
      'a move task, which no endpoint carries',
      `${ADMIN}endpoints: { vpce-1a2b3c4d: { service: sqs } }\nqueues:\n  orders: { redrive: { to: dead }, policy: ${document('{ Effect: Deny, Principal: "*", Action: "sqs:SendMessage", Resource: "*", Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } } }')} }\n  dead: { messages: [{ count: 1, moved-from: orders }] }\nsteps: [{ as: admin, call: sqs:StartMessageMoveTask, queue: dead, through: vpce-1a2b3c4d }]`,
      [
        'StartMessageMoveTask was accepted; its task fails with AccessDenied',
        'the request carries no aws:SourceVpce; the deny spares only vpce-1a2b3c4d',
        'calls made by a move task carry no VPC endpoint',
        'safe: it stays in the dead-letter queue; the move task ends FAILED',
      ],
    ],
    [
      'a value of ten, and an empty one',
      `principals: { app: { tags: { team: "" }, policies: [${document(
        '{ Effect: Allow, Action: "sqs:*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalTag/team": [a, b, c, d, e, f, g, h, i, j] } } }',
      )}] } }\nqueues: { orders: {} }\nsteps: [{ as: app, call: sqs:SendMessage, queue: orders }]`,
      ['aws:PrincipalTag/team is ""; statement 1 wants a (or 9 others)'],
    ],
    [
      'an account and a unit of the organization',
      `organization: { id: o-a1b2c3d4e5, management: "999999999999", scps: [FullAWSAccess], units: { prod: { scps: [FullAWSAccess, ${document('{ Sid: NoKms, Effect: Deny, Action: "kms:*", Resource: "*" }')}], accounts: { "111122223333": { scps: [${document('{ Sid: OnlyS3, Effect: Allow, Action: "s3:*", Resource: "*" }')}] } } } } }\n${ADMIN}keys: { k: {} }\nsteps: [{ as: admin, call: kms:Decrypt, key: k }]`,
      [
        '`NoKms` in a service control policy at unit prod denies it',
        'also then the service control policies would refuse',
      ],
    ],
  ])('%s', (_title, scenario, wanted) => {
    const why = whyOf(scenario);
    for (const text of wanted) expect(why).toContain(text);
  });

  it('a test message of S3 that the configuration waits for', () => {
    const outcome = outcomeOf(
      `${ADMIN}queues: { orders: {} }\nbuckets: { photos: { notifications: [{ queue: orders }] } }\nsteps: [{ as: admin, call: s3:PutBucketNotificationConfiguration, bucket: photos }]`,
    );
    const [hop] = outcome.hops;
    const explanation = hop === undefined ? undefined : explainHop(hop, outcome.call);
    expect(explanation?.told).toEqual({ who: 'caller' });
    expect(inOneLine(explanation === undefined ? [] : whyLines(explanation))).toContain(
      'only a test message: the notifications are not configured, and the caller is told',
    );
  });
});

describe('a success that one should not trust', () => {
  const KEYS = 'keys: { k: { alias: alias/k } }\nqueues: { orders: { encryption: { kms: alias/k } } }\n';

  it('is served from a cache where KMS might refuse', () => {
    const policy = document(
      '{ Effect: Allow, Principal: { AWS: "111122223333" }, Action: "kms:*", Resource: "*", Condition: { StringEquals: { "my:flag": "on" } } }',
    );
    const outcome = outcomeOf(
      `${ADMIN}${KEYS}steps:\n  - { as: admin, call: sqs:SendMessage, queue: orders }\n  - set: { keys: { k: { policy: ${policy} } } }\n  - { as: admin, call: sqs:SendMessage, queue: orders, unknown: ["my:flag"] }\n`,
    );
    expect(cautionsOf(outcome)).toEqual([
      'warm cache: allowed, served from a cached data key, good for 300 s more',
      'cold cache: KMS.AccessDeniedException, KMS may refuse kms:GenerateDataKey on k (key policy)',
    ]);
    expect(inOneLine(traceLines(outcome))).toContain(
      'not asked, a cached data key answers; asked anew it would be',
    );
  });

  it('is served from a cache where the key is disabled by now', () => {
    const outcome = outcomeOf(
      `${ADMIN}${KEYS}steps:\n  - { as: admin, call: sqs:SendMessage, queue: orders }\n  - set: { keys: { k: { state: Disabled } } }\n  - { as: admin, call: sqs:SendMessage, queue: orders }\n`,
    );
    expect(inOneLine(traceLines(outcome))).toContain(
      'check: kms:GenerateDataKey on k: not made, a cached data key answers; made anew it would fail, whatever the policies say (key-state)',
    );
  });

  it.each([
    [
      'boundary',
      `boundary: ${document('{ Effect: Allow, Action: "s3:*", Resource: "*" }')}`,
      'permissions boundary',
    ],
    [
      'session policy',
      `session: { policies: [${document('{ Effect: Allow, Action: "s3:*", Resource: "*" }')}] }`,
      'session policy',
    ],
  ])('comes through everyone, past a %s', (_what, limit, said) => {
    const outcome = outcomeOf(
      `principals: { app: { ${limit} } }\nqueues: { orders: { policy: ${document('{ Effect: Allow, Principal: "*", Action: "sqs:*", Resource: "*" }')} } }\nsteps: [{ as: app, call: sqs:SendMessage, queue: orders }]`,
    );
    expect(cautionsOf(outcome)).toEqual([
      `sqs:SendMessage on orders: allowed through Principal "*" although the ${said} does not allow it, which is our reading of AWS’s pages (assumed)`,
    ]);
  });

  it('rests on the caller’s address, of which AWS’s pages disagree whether KMS sees it', () => {
    const by = document(
      '{ Effect: Allow, Action: "sqs:*", Resource: "*" }',
      '{ Effect: Allow, Action: "kms:*", Resource: "*", Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } }',
    );
    const outcome = outcomeOf(
      `principals: { app: { policies: [${by}] } }\n${KEYS}steps: [{ as: app, call: sqs:SendMessage, queue: orders, from: 203.0.113.9 }]`,
    );
    const [said] = cautionsOf(outcome);
    expect(said).toContain('on k: AWS’s pages disagree on whether SQS passes the caller’s address on to KMS');
    expect(inOneLine(traceLines(outcome))).toContain('AWS’s pages disagree on whether SQS passes');
  });
});

describe('the whole trace', () => {
  it('shows the first eight of many values, empty ones, and layers that are not known', () => {
    const many =
      '{ Effect: Allow, Action: "sqs:*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalTag/team": [a, b, c, d, e, f, g, h, i, j] } } }';
    const outcome = outcomeOf(
      `principals: { app: { tags: { team: "" }, policies: [${document(many)}] } }\nqueues: { orders: {} }\nsteps: [{ as: app, call: sqs:SendMessage, queue: orders }]`,
    );
    const trace = inOneLine(traceLines(outcome));
    expect(trace).toContain('wants a, b, c, d, e, f, g, h or 2 others; the request has "": fails');
  });
});
