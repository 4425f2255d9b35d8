import { describe, expect, it } from 'vitest';
import { cautionsOf } from '../../src/explain/cautions.js';
import { explainHop, explainOutcome } from '../../src/explain/explanation.js';
import { traceLines } from '../../src/explain/full-trace.js';
import { stepReport } from '../../src/report/json.js';
import { stepLines } from '../../src/report/pretty.js';
import { styleFor } from '../../src/report/style.js';
import type { StepResult } from '../../src/scenario/run.js';
import { complaints, HEAD, problemsOf, replay } from './in-memory.js';

const OPEN = (host: string): string =>
  `{ Version: "2012-10-17", Statement: { Effect: Allow, Principal: { Service: ${host} }, Action: "sqs:SendMessage", Resource: "*" } }`;

const WORLD = `${HEAD}
principals:
  admin: { policies: [admin.json] }
  nobody: {}
  reader:
    policies:
      - { Version: "2012-10-17", Statement: { Effect: Allow, Action: ["sqs:ReceiveMessage", "sqs:GetQueueAttributes"], Resource: "*" } }
keys: { k: { alias: alias/k } }
queues:
  closed: {}
  dead: { policy: ${OPEN('events.amazonaws.com')} }
  open: { policy: ${OPEN('events.amazonaws.com')} }
  sealed: { encryption: { kms: alias/k } }
  incoming: { messages: [{ count: 2 }] }
  orders.fifo: {}
buckets: { uploads: { notifications: [{ queue: closed }] } }
rules:
  nightly: { targets: [{ queue: closed }] }
  safe: { targets: [{ queue: closed, dead-letter: dead }] }
  as-role: { targets: [{ queue: sealed, role: admin }] }
functions:
  handler: { role: admin, polls: incoming, on-failure: closed, dead-letter: dead }
  weak: { role: nobody, polls: incoming, dead-letter: closed }
  idler: { role: admin }
sources:
  timer: { type: schedule, role: admin, queue: closed }
  idle: { type: schedule, role: nobody, queue: closed, dead-letter: dead }
  bridge: { type: pipe, role: admin, polls: incoming, queue: closed }
  half: { type: pipe, role: reader, polls: incoming, queue: closed }
  task: { type: state-machine, role: nobody, queue: closed }
  build: { type: codebuild, queue: open }
endpoints:
  vpce-1: { service: kms }
  vpce-2: { service: sqs }
`;
const steps = (...lines: readonly string[]): string =>
  `${WORLD}steps:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
const only = (line: string): StepResult => {
  const [result] = replay(steps(line));
  if (result === undefined) throw new Error('there is a step');
  return result;
};
const fateIn = (line: string): string | undefined => {
  const { outcome } = only(line);
  if (outcome === undefined) return undefined;
  const [hop] = outcome.hops;
  const explained =
    explainOutcome(outcome) ?? (hop === undefined ? undefined : explainHop(hop, outcome.call));
  return explained?.fate?.says;
};

const PUT = 'as: admin, call: events:PutEvents, rule: nightly';
const REPAIR = `set: { queues: { closed: { policy: ${OPEN('events.amazonaws.com')} } } }`;

describe('what becomes of a message', () => {
  it.each([
    [`{ ${PUT} }`, 'delayed: EventBridge tries again until 2026-01-02 00:00:00Z, and then it is lost'],
    [
      '{ as: admin, call: events:PutEvents, rule: safe }',
      'in the dead-letter queue dead instead of closed; not lost',
    ],
    [
      '{ as: admin, call: s3:PutObject, bucket: uploads, with: { Key: a } }',
      'lost: it never reaches closed, and nothing shows it',
    ],
    [
      '{ deliver: idle, to: closed }',
      'lost: both closed and the dead-letter queue dead refuse it (there AccessDenied at sqs:SendMessage)',
    ],
    ['{ deliver: weak, to: closed }', 'lost: it never reaches closed'],
    ['{ deliver: task, to: closed }', 'not sent: nothing is stored; whoever set it going is told'],
    ['{ poll: half }', 'delayed: it stays in the source of pipe half until closed takes it'],
    ['{ deliver: half, to: closed }', 'delayed: it stays in the source of pipe half until closed takes it'],
    ['{ poll: bridge }', undefined],
    ['{ deliver: timer, to: closed }', undefined],
    ['{ deliver: handler, to: closed }', undefined],
  ])('in %s: %s', (line, says) => {
    expect(fateIn(line)).toBe(says);
  });
});

describe('an event that EventBridge keeps', () => {
  it.each([
    ['arrives once it is repaired', [REPAIR, 'wait: 1h'], 1],
    ['stays away while it is not', ['wait: 23h'], 0],
    ['arrives with the last try', ['wait: 23h', REPAIR, 'wait: 1h'], 1],
    ['is gone after a day', ['wait: 24h', REPAIR, 'wait: 1h'], 0],
    ['goes with its rule', ['remove: { rules: [nightly] }', REPAIR, 'wait: 1h'], 0],
    [
      'is one of several',
      [`{ ${PUT}, times: 3, expect: { lost: [{ becomes: delayed }] } }`, REPAIR, 'wait: 1h'],
      4,
    ],
  ])('%s', (_title, lines, messages) => {
    const first = `{ ${PUT}, expect: { lost: [{ queue: closed, becomes: delayed }] } }`;
    const all = problemsOf(steps(first, ...lines, `check: { queue: closed, messages: ${messages} }`));
    expect(all.flat()).toEqual([]);
  });

  it.each([
    [[REPAIR, 'wait: 1h'], 'delivered late'],
    [['wait: 1h'], 'DELAYED'],
    [['wait: 25h'], 'LOST'],
  ])('after %j shows as %s', (lines, words) => {
    const result = replay(steps(`{ ${PUT}, expect: { lost: [{}] } }`, ...lines)).at(-1);
    expect(result === undefined ? [] : stepLines(result, styleFor(false, 100), false).join()).toContain(
      words,
    );
  });

  it('is no loss of another kind', () => {
    expect(problemsOf(steps(`{ ${PUT}, expect: { lost: [{ becomes: lost }] } }`))).toEqual([
      ['expected the delivery to closed to be lost, but it was delayed'],
    ]);
  });
});

describe('a delivery that was expected to be lost', () => {
  const SEALED = `{ queues: { sealed: { policy: ${OPEN('[events.amazonaws.com, s3.amazonaws.com]')} } }, buckets: { uploads: { notifications: [{ queue: sealed }] } }, rules: { nightly: { targets: [{ queue: sealed }] } } }`;
  const told = (call: string): readonly string[] => {
    const all = replay(steps(`set: ${SEALED}`, `{ as: admin, ${call}, expect: { lost: [{}] } }`));
    return all
      .slice(1)
      .flatMap((each) => stepLines(each, styleFor(false, 80), true).map((line) => line.trim()));
  };

  it('says in 80 columns where it stopped, what the caller saw and until when it is tried', () => {
    expect(told('call: events:PutEvents, rule: nightly').slice(1)).toEqual([
      'answer   PutEvents succeeded; EventBridge gets KMS.AccessDeniedException',
      'refused  kms:GenerateDataKey on k, made as EventBridge itself for its',
      'SendMessage on sealed (rule nightly, after admin’s PutEvents)',
      'because  the default policy of key k: the key policy of k does not allow it',
      'message  delayed: EventBridge tries again until 2026-01-02 00:00:00Z, and',
      'then it is lost; look at: metric FailedInvocations of the rule',
    ]);
  });
  it('says that nothing shows what S3 loses', () => {
    expect(told('call: s3:PutObject, bucket: uploads, with: { Key: a }')).toContain(
      'message  lost: it never reaches sealed, and nothing shows it',
    );
  });
});

describe('the story of a refusal', () => {
  const linesOf = (...lines: readonly string[]): string => {
    const last = replay(steps(...lines)).at(-1);
    const shown = last === undefined ? [] : stepLines(last, styleFor(false, 80), true);
    return shown.map((line) => line.trim()).join(' ');
  };

  it.each([
    [
      'names the role whose rights were looked at, not who configures',
      ['{ as: admin, call: lambda:CreateEventSourceMapping, function: weak }'],
      'made by nobody for admin’s CreateEventSourceMapping on weak because  nobody has no identity policy',
    ],
    [
      'makes up no call where a schedule began it',
      ['{ deliver: idle, to: closed }'],
      'answer   nobody is told; EventBridge Scheduler gets AccessDenied',
    ],
    [
      'tells of a call once',
      ['{ deliver: task, to: closed }'],
      'refused  sqs:SendMessage on closed, made by nobody for state-machine task because',
    ],
    [
      'says where the one who set it going is told',
      ['{ deliver: task, to: closed }'],
      'whoever set it going is told; look at: the error of the task in the execution history',
    ],
    [
      'makes up no call where EventBridge tries again',
      [`{ ${PUT} }`, '{ wait: 1h }'],
      'answer   PutEvents succeeded; EventBridge gets AccessDenied refused  sqs:SendMessage on closed, made by EventBridge for rule nightly because',
    ],
    [
      'says where two losses show',
      ['{ deliver: idle, to: closed }'],
      'refuse it (there AccessDenied at sqs:SendMessage); look at: metrics TargetErrorCount',
    ],
  ])('%s', (_title, lines, words) => {
    expect(linesOf(...lines)).toContain(words);
  });
});

describe('what a step sets of a source', () => {
  it.each([
    ['timer: { role: nobody }', 'timer', '{ lost: [{ becomes: lost, by: identity-policy }] }'],
    ['timer: { role: nobody, dead-letter: open }', 'timer', '{ lost: [{ becomes: lost }] }'],
    ['idle: { role: admin }', 'idle', 'allowed'],
    ['build: { type: lambda }', 'build', '{ lost: [{ by: queue-policy }] }'],
  ])('holds for the next delivery: %s', (change, by, expected) => {
    const set = `set: { sources: { ${change} } }`;
    expect(problemsOf(steps(set, `{ deliver: ${by}, to: closed, expect: ${expected} }`)).flat()).toEqual([]);
  });
});

describe('what a service writes down', () => {
  it('stands in the trace and in the report', () => {
    const result = only(
      '{ as: admin, call: events:PutEvents, rule: safe, expect: { lost: [{ becomes: dead-lettered }] } }',
    );
    const { outcome } = result;
    expect(outcome === undefined ? '' : traceLines(outcome).join('\n')).toContain(
      'ERROR_CODE: NO_PERMISSIONS',
    );
    expect(stepReport(result)).toMatchObject({
      passed: true,
      outcome: { hops: [{ fate: 'deadLettered', record: { holds: { RETRY_ATTEMPTS: '0' } } }] },
    });
  });
});

describe('a role on the target of a rule', () => {
  it('is warned of where the queue is encrypted', () => {
    const { outcome } = only('{ as: admin, call: events:PutEvents, rule: as-role }');
    expect(outcome?.hops.map(({ fate }) => fate)).toEqual(['arrived']);
    expect(outcome === undefined ? [] : cautionsOf(outcome)).toEqual([
      'rule as-role sends to the encrypted queue sealed with a role; copies of AWS’s page say that such deliveries may fail and that no role should be set (assumed)',
    ]);
  });
});

describe('what sends', () => {
  it.each([
    ['{ deliver: timer, to: closed }'],
    ['{ as: handler, call: sqs:SendMessage, queue: closed }'],
    ['{ as: admin, call: lambda:CreateEventSourceMapping, function: handler }'],
    [
      '{ as: nobody, call: lambda:CreateEventSourceMapping, function: idler, expect: { denied: AccessDeniedException } }',
    ],
    [
      '{ as: admin, call: lambda:CreateEventSourceMapping, function: idler, expect: { denied: InvalidParameterValueException, by: parameter, message: EventSourceArn } }',
    ],
    [
      '{ as: admin, call: lambda:CreateEventSourceMapping, function: weak, expect: { denied: InvalidParameterValueException } }',
    ],
    [
      '{ as: nobody, call: lambda:CreateEventSourceMapping, function: handler, expect: { denied: AccessDeniedException, at: lambda:CreateEventSourceMapping, by: identity-policy } }',
    ],
    [
      '{ as: nobody, call: events:PutEvents, rule: nightly, expect: { denied: AccessDeniedException, by: identity-policy } }',
    ],
    [
      '{ as: nobody, call: s3:PutObject, bucket: uploads, with: { Key: a }, expect: { denied: AccessDenied, by: identity-policy } }',
    ],
    ['{ deliver: build, to: open, expect: { lost: [{ by: queue-policy }] } }'],
    ['{ as: admin, call: sqs:SendMessage, queue: closed, through: vpce-2 }'],
  ])('does as expected in %s', (line) => {
    expect(only(line).problems).toEqual([]);
  });

  it.each([
    ['{ as: admin, call: s3:PutObject, bucket: uploads }', '`s3:PutObject` names no object'],
    [
      '{ as: admin, call: sqs:SendMessage, queue: closed, through: vpce-1 }',
      '`vpce-1` is an endpoint of `kms`, which `sqs:SendMessage` does not pass',
    ],
    [
      '{ as: admin, call: sqs:SendMessage, queue: closed, through: vpce-2, tls: false }',
      'the VPC endpoint of SQS takes HTTPS only',
    ],
    ['{ poll: timer }', 'schedule `timer` polls no queue'],
    ['{ deliver: nothing, to: closed }', 'unknown topic, bucket, rule, function or source `nothing`'],
    ['set: { sources: { x: { type: schedule, queue: closed } } }', '`x` has no `role`'],
    [
      'set: { sources: { x: { type: codebuild, role: admin, queue: closed } } }',
      'a source of type `codebuild` calls as itself and has no role',
    ],
    [
      'set: { sources: { x: { type: schedule, role: admin, queue: closed, polls: open } } }',
      'a source of type `schedule` reads from no queue',
    ],
    [
      'set: { sources: { x: { type: pipe, role: admin, queue: closed, dead-letter: dead } } }',
      'a source of type `pipe` has no dead-letter queue',
    ],
  ])('is refused when the file is read: %s', (line, message) => {
    expect(complaints(steps(line)).map((each) => each.slice(each.indexOf(' ') + 1))).toContain(message);
  });
});
