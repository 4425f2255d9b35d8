import { describe, expect, expectTypeOf, it } from 'vitest';
import { questionFrom } from '../../src/evaluator/question-from.js';
import type { Question } from '../../src/evaluator/read-question.js';
import { runCall } from '../../src/replay/run-call.js';
import type { ExpectedDenial } from '../../src/vitest.js';
import '../../src/vitest.js';
import {
  call,
  DELEGATES,
  KMS_STAR,
  key,
  policy,
  queue,
  role,
  SEND_ORDERS,
  topic,
  world,
} from '../explain/small-world.js';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const WORKER = 'arn:aws:sts::111122223333:assumed-role/worker/run-1';
const document = (...Statement: readonly Readonly<Record<string, unknown>>[]) => ({
  Version: '2012-10-17',
  Statement,
});
const ALLOW_ALL = document({ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' });

const receive = { principal: WORKER, action: 'sqs:ReceiveMessage', resource: QUEUE };
const allowed = { request: receive, identity: [ALLOW_ALL] };
const refused = {
  request: receive,
  identity: [document({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: QUEUE })],
};
const denied = {
  request: receive,
  identity: [ALLOW_ALL],
  resourcePolicy: document({
    Sid: 'OnlyOverTheEndpoint',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: QUEUE,
    Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
  }),
};
const open = {
  request: { ...receive, context: { 'aws:SourceIp': { unknown: true } } },
  identity: [
    document({
      Effect: 'Allow',
      Action: 'sqs:ReceiveMessage',
      Resource: QUEUE,
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    }),
  ],
};
const stranger = {
  request: { ...receive, principal: 'arn:aws:iam::444455556666:user/eve' },
  identity: [ALLOW_ALL],
  resourcePolicy: document({
    Sid: 'OurOrganization',
    Effect: 'Allow',
    Principal: '*',
    Action: 'sqs:ReceiveMessage',
    Resource: QUEUE,
    Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  }),
};
const broken = { request: { principal: 'worker', action: 'sqs:ReceiveMessage', resource: QUEUE } };

function prepared(line: unknown): Question {
  const read = questionFrom(line);
  if (!read.ok) throw new Error(read.issues[0].message);
  return read.value;
}

/** What a reader sees of a test that fails. */
function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'it did not fail';
}

describe('a decide line', () => {
  it('that is allowed allows, and is not refused', () => {
    expect(allowed).toAllow();
    expect(allowed).not.toDeny();
    expect(allowed).not.toNeedContext();
  });

  it('that is refused is refused, and does not allow', () => {
    for (const line of [refused, denied]) {
      expect(line).toDeny();
      expect(line).not.toAllow();
      expect(line).not.toNeedContext();
    }
  });

  it.each<readonly [string, unknown, ExpectedDenial, boolean]>([
    ['the layer', refused, { by: 'identity-policy' }, true],
    ['another layer', refused, { by: 'queue-policy' }, false],
    ['that nothing allows', refused, { explicit: false }, true],
    ['that a statement denies', refused, { explicit: true }, false],
    ['the statement by its Sid', denied, { statement: 'OnlyOverTheEndpoint' }, true],
    ['the statement by its number', denied, { statement: 1 }, true],
    ['another statement', denied, { statement: 2 }, false],
    ['a rule', denied, { because: 'EVAL-EXPLICIT-DENY' }, true],
    [
      'several rules, one of which did not decide',
      denied,
      { because: ['EVAL-EXPLICIT-DENY', 'EVAL-DEFAULT-DENY'] },
      false,
    ],
    [
      'everything at once',
      denied,
      { by: 'queue-policy', explicit: true, statement: 'OnlyOverTheEndpoint' },
      true,
    ],
    ['a reason though it is allowed', allowed, { by: 'queue-policy' }, false],
  ])('is compared with the reason that a test expects: %s', (_, line, reason, holds) => {
    if (holds) expect(line).toDeny(reason);
    else expect(line).not.toDeny(reason);
    expect(failure(() => (holds ? expect(line).not.toDeny(reason) : expect(line).toDeny(reason)))).not.toBe(
      'it did not fail',
    );
  });

  it('whose answer hangs on something unknown needs that, and neither allows nor denies nor does not', () => {
    expect(open).toNeedContext();
    expect(open).toNeedContext('aws:SourceIp');
    expect(open).toNeedContext('AWS:sourceip');
    expect(open).not.toNeedContext('aws:SourceVpce');
    for (const assertion of [
      () => expect(open).toAllow(),
      () => expect(open).not.toAllow(),
      () => expect(open).toDeny(),
      () => expect(open).not.toDeny(),
    ]) {
      expect(failure(assertion)).toContain('the answer is not known: it hangs on aws:SourceIp');
    }
  });

  it.each([broken, { request: 1 }, null, undefined, 'sqs', 12n, [], () => 1])(
    'that cannot be read fails whatever is expected of it: %o',
    (line) => {
      for (const assertion of [
        () => expect(line).toAllow(),
        () => expect(line).not.toAllow(),
        () => expect(line).toDeny(),
        () => expect(line).not.toDeny(),
        () => expect(line).toNeedContext(),
        () => expect(line).not.toNeedContext(),
      ]) {
        expect(failure(assertion)).toContain('expected a request that can be decided');
      }
    },
  );
});

describe('a prepared question', () => {
  it('is judged as the line that it was read from', () => {
    expect(prepared(allowed)).toAllow();
    expect(prepared(denied)).toDeny({ by: 'queue-policy', explicit: true });
    expect(prepared(open)).toNeedContext('aws:SourceIp');
    expect(failure(() => expect(prepared(refused)).toAllow())).toBe(failure(() => expect(refused).toAllow()));
  });
});

describe('the outcome of a call', () => {
  const worker = role('worker', [policy('identity', 'worker', SEND_ORDERS, KMS_STAR)]);
  const keyPolicy = policy('key', 'key', DELEGATES);
  const sealed = queue('orders', {
    encryption: { sse: 'kms', key: 'alias/orders-key', reusePeriod: 300_000 },
    policy: policy('queue', 'queue', {
      Sid: 'News',
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    }),
  });
  const publisher = role('publisher', [
    policy('identity', 'publisher', { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }),
  ]);
  const before = world({
    principals: [worker, publisher],
    keys: [key('orders-key', keyPolicy)],
    queues: [sealed],
    topics: [topic('news', { subscriptions: [{ queue: 'orders' }] })],
  });
  const sent = runCall(before, call(worker, 'sqs:SendMessage', 'orders'));
  const published = runCall(before, call(publisher, 'sns:Publish', 'news'));
  const purged = runCall(before, call(worker, 'sqs:PurgeQueue', 'orders'));

  it('allows when the call succeeded and everything arrived', () => {
    expect(sent).toAllow();
    expect(sent).not.toDeny();
    expect(purged).toDeny({ by: 'identity-policy' });
    expect(purged).not.toAllow();
  });

  it('does not allow when the call succeeded and its delivery is lost, and is no denial either', () => {
    expect(published.succeeded).toBe(true);
    expect(published).not.toAllow();
    expect(published).not.toDeny();
  });

  it('that lost a delivery is explained by the refusal of the delivery', () => {
    expect(failure(() => expect(published).toAllow())).toMatchInlineSnapshot(`
      "the call succeeded, but the delivery to orders was lost

      answer   Publish succeeded and nobody is told; SNS gets KMS.AccessDeniedException
      refused  kms:GenerateDataKey on orders-key, made as SNS itself for its SendMessage on orders (topic
               news, after publisher’s Publish)
      because  policies/key.json:1:1: the key policy of orders-key does not allow it
      rule     an AWS service that calls KMS as itself needs a key policy statement (or a grant) for its
               service principal (SQS Developer Guide, Key management): certain
      message  lost: it never reaches orders; look at: metric NumberOfNotificationsFailed of the topic;
               delivery status log, if enabled"
    `);
  });

  it('that was not refused is explained by what allowed each request', () => {
    expect(failure(() => expect(sent).toDeny())).toMatchInlineSnapshot(`
      "expected an error, but the call succeeded

      allowed  sqs:SendMessage on orders, made by worker
      because  policies/worker.json:4:5: \`UseOrders\` allows it
      rule     in one account, an allow in an identity policy or in the resource policy is enough (IAM
               User Guide, How AWS enforcement code logic evaluates requests to allow or deny access):
               certain
      assumed  not given: resource control policies, service control policies; assumed not to restrict

      allowed  kms:GenerateDataKey on orders-key, made by worker
      because  policies/worker.json:13:5: \`UseEveryKey\` allows it
      rule     IAM policies count for a key only as far as the key policy allows the account principal,
               which by itself gives no user or role anything (KMS Developer Guide, Default key policy):
               certain
      assumed  not given: resource control policies, service control policies; assumed not to restrict

      allowed  kms:Decrypt on orders-key, made by worker
      because  policies/worker.json:13:5: \`UseEveryKey\` allows it
      rule     IAM policies count for a key only as far as the key policy allows the account principal,
               which by itself gives no user or role anything (KMS Developer Guide, Default key policy):
               certain
      assumed  not given: resource control policies, service control policies; assumed not to restrict"
    `);
  });
});

describe('a failing test says why AWS would answer so', () => {
  it('for an allow that is missing, with what came nearest', () => {
    expect(failure(() => expect(refused).toAllow())).toMatchInlineSnapshot(`
      "expected the request to be allowed, but it is refused

      answer   AccessDenied: … because no identity-based policy allows the sqs:receivemessage action
      refused  sqs:ReceiveMessage on orders, made by role worker
      because  identity policy 1: role worker’s policies do not allow it, and orders has no queue policy
      nearest  identity policy 1: statement 1 lists sqs:SendMessage; the call is sqs:ReceiveMessage
      rule     what no policy allows is denied (IAM User Guide, How AWS enforcement code logic evaluates
               requests to allow or deny access): certain
      assumed  not given: resource policy; assumed not to allow"
    `);
  });
  it('for a statement that denies, with what made it match', () => {
    expect(failure(() => expect(denied).toAllow())).toMatchInlineSnapshot(`
      "expected the request to be allowed, but it is refused

      answer   AccessDenied: … with an explicit deny in a resource-based policy
      refused  sqs:ReceiveMessage on orders, made by role worker
      because  resource policy: \`OnlyOverTheEndpoint\` in the queue policy of orders denies it
      matched  resource policy: the request carries no aws:SourceVpce; the deny spares only vpce-1a2b3c4d
      rule     a request through a VPC endpoint carries aws:SourceVpce and aws:SourceVpc and no
               aws:SourceIp; one to the public endpoint the reverse (IAM User Guide, AWS global condition
               context keys): certain"
    `);
  });
  it('for a request that should have been refused, with what allowed it', () => {
    expect(failure(() => expect(stranger).toDeny())).toMatchInlineSnapshot(`
      "expected the request to be refused, but it is allowed

      allowed  sqs:ReceiveMessage on orders, made by user eve
      because  resource policy: \`OurOrganization\` allows it, and so does \`Everything\` (identity policy 1)
      matched  resource policy: the request carries no aws:PrincipalOrgID; \`OurOrganization\` is for
               o-a1b2c3d4e5, and StringEqualsIfExists takes an absent key for a match
      rule     an operator with the suffix \`IfExists\` is satisfied when the request does not hold its key
               (IAM User Guide: IAM JSON policy elements: Condition operators): certain
      assumed  not given: resource control policies, service control policies, permissions boundary;
               assumed not to restrict"
    `);
  });
  it('for a refusal with another reason', () => {
    expect(
      failure(() => expect(denied).toDeny({ by: 'key-policy', explicit: false })),
    ).toMatchInlineSnapshot(`
      "expected the refusal by key-policy, got queue-policy
      expected no statement that denies, got explicitDeny

      answer   AccessDenied: … with an explicit deny in a resource-based policy
      refused  sqs:ReceiveMessage on orders, made by role worker
      because  resource policy: \`OnlyOverTheEndpoint\` in the queue policy of orders denies it
      matched  resource policy: the request carries no aws:SourceVpce; the deny spares only vpce-1a2b3c4d
      rule     a request through a VPC endpoint carries aws:SourceVpce and aws:SourceVpc and no
               aws:SourceIp; one to the public endpoint the reverse (IAM User Guide, AWS global condition
               context keys): certain"
    `);
  });
  it('for a key policy that leaves the answer to IAM', () => {
    const line = {
      request: { principal: WORKER, action: 'kms:Decrypt', resource: KEY },
      identity: [document({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' })],
      keyPolicy: document({
        Effect: 'Allow',
        Principal: { AWS: '111122223333' },
        Action: 'kms:*',
        Resource: '*',
      }),
    };
    expect(failure(() => expect(line).toAllow())).toMatchInlineSnapshot(`
      "expected the request to be allowed, but it is refused

      answer   AccessDeniedException: … because no identity-based policy allows the kms:Decrypt action
      refused  kms:Decrypt on key/1234abcd-12ab-34cd-56ef-1234567890ab, made by role worker
      because  identity policy 1: role worker’s policies do not allow it; the key policy (resource policy)
               defers to IAM
      rule     IAM policies count for a key only as far as the key policy allows the account principal,
               which by itself gives no user or role anything (KMS Developer Guide, Default key policy):
               certain
      assumed  not given: grants; assumed not to allow"
    `);
  });
  it('for an answer that is not known', () => {
    expect(failure(() => expect(open).toAllow())).toMatchInlineSnapshot(`
      "expected success, but the answer is not known: it hangs on aws:SourceIp

      answer   success, or AccessDenied: … no identity-based policy allows the sqs:receivemessage action
      perhaps  sqs:ReceiveMessage on orders, made by role worker
      nearest  identity policy 1: aws:SourceIp is not known; statement 1 wants 203.0.113.0/24
      rule     what no policy allows is denied (IAM User Guide, How AWS enforcement code logic evaluates
               requests to allow or deny access): certain
      depends  on aws:SourceIp (give it in the context of the request)
      assumed  not given: resource control policies, service control policies, permissions boundary,
               session policy; assumed not to restrict and resource policy; assumed not to allow"
    `);
  });
  it('for an answer that hangs on something else', () => {
    expect(
      failure(() => expect(open).toNeedContext('aws:SourceVpce', 'aws:SourceIp')),
    ).toMatchInlineSnapshot(`
      "expected the answer to hang on aws:SourceVpce; it hangs on aws:SourceIp

      answer   success, or AccessDenied: … no identity-based policy allows the sqs:receivemessage action
      perhaps  sqs:ReceiveMessage on orders, made by role worker
      nearest  identity policy 1: aws:SourceIp is not known; statement 1 wants 203.0.113.0/24
      rule     what no policy allows is denied (IAM User Guide, How AWS enforcement code logic evaluates
               requests to allow or deny access): certain
      depends  on aws:SourceIp (give it in the context of the request)
      assumed  not given: resource control policies, service control policies, permissions boundary,
               session policy; assumed not to restrict and resource policy; assumed not to allow"
    `);
  });
  it('for an answer that is certain', () => {
    expect(failure(() => expect(allowed).toNeedContext('aws:SourceIp'))).toMatchInlineSnapshot(`
      "expected an answer that hangs on something unknown, but it is certain: allowed

      allowed  sqs:ReceiveMessage on orders, made by role worker
      because  identity policy 1: \`Everything\` allows it
      rule     in one account, an allow in an identity policy or in the resource policy is enough (IAM
               User Guide, How AWS enforcement code logic evaluates requests to allow or deny access):
               certain
      assumed  not given: resource control policies, service control policies, resource policy,
               permissions boundary, session policy; assumed not to restrict"
    `);
  });
  it('for the opposite of what was expected', () => {
    expect(failure(() => expect(allowed).not.toAllow())).toMatchInlineSnapshot(`
      "expected no success, but the request is allowed

      allowed  sqs:ReceiveMessage on orders, made by role worker
      because  identity policy 1: \`Everything\` allows it
      rule     in one account, an allow in an identity policy or in the resource policy is enough (IAM
               User Guide, How AWS enforcement code logic evaluates requests to allow or deny access):
               certain
      assumed  not given: resource control policies, service control policies, resource policy,
               permissions boundary, session policy; assumed not to restrict"
    `);
  });
  it('for a line that cannot be read', () => {
    expect(failure(() => expect(broken).toAllow())).toMatchInlineSnapshot(`
      "expected a request that can be decided, the outcome of a call, or {request, policies}

      request: error: \`worker\` is no caller (at request.principal)
        expected: the ARN of a user, session, federated user or account root, a service principal such as \`sns.amazonaws.com\`, or \`anonymous\`"
    `);
  });
});

describe('the types of the matchers', () => {
  it('take only layers and rules that there are', () => {
    expectTypeOf(expect(allowed).toDeny).parameter(0).toEqualTypeOf<ExpectedDenial | undefined>();
    expectTypeOf<{ by: 'iam' }>().not.toExtend<ExpectedDenial>();
    expectTypeOf<{ because: 'EVAL-NO-SUCH-RULE' }>().not.toExtend<ExpectedDenial>();
  });
});
