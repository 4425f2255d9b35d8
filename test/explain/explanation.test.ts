import { describe, expect, it } from 'vitest';
import { assumptionText, certainty } from '../../src/explain/assumption.js';
import { dependency } from '../../src/explain/depends-on.js';
import { explainHop, explainOutcome } from '../../src/explain/explanation.js';
import { whyLines } from '../../src/explain/why.js';
import { runCall } from '../../src/replay/run-call.js';
import { deliveryOf } from '../../src/services/sns.js';
import { SITUATIONS } from './situations.js';
import {
  call,
  DELEGATES,
  EVERYTHING,
  key,
  policy,
  queue,
  role,
  SEND_ORDERS,
  topic,
  world,
} from './small-world.js';

const explanationOf = (title: string) => SITUATIONS.find((each) => each.title === title)?.explanation();

describe('an explanation', () => {
  it('lists the layers that would refuse next', () => {
    const explained = explanationOf('a permissions boundary, and a session policy behind it');
    expect(explained?.by).toBe('permissions-boundary');
    expect(explained?.alsoRefusing).toEqual(['session-policy']);
  });

  it('follows the chain from the outermost call to the refused request', () => {
    expect(explanationOf('a delivery of SNS that the AWS managed key refuses')?.chain).toEqual([
      { api: 'sns:Publish', on: 'news', by: 'worker' },
      { api: 'sqs:SendMessage', on: 'orders', by: 'SNS', for: 'topic news' },
      { api: 'kms:GenerateDataKey', on: 'aws/sqs', by: 'SNS' },
    ]);
  });

  it('compares both decisions where the caller’s address may not reach KMS', () => {
    expect(explanationOf('a Deny on the address of a call that SQS makes')?.sourceAddress).toEqual({
      passedOn: 'explicitDeny',
      notPassedOn: 'allowed',
    });
  });

  it('keeps quiet about the address where it changes nothing', () => {
    expect(explanationOf('a key policy that does not delegate to IAM')?.sourceAddress).toBeUndefined();
  });

  it('says of a delivery that is replayed by itself that nobody is told', () => {
    const news = topic('news');
    const delivery = deliveryOf(world({ topics: [news] }), news, 'orders');
    const lines = whyLinesOf(runCall(world({ queues: [queue('orders')], topics: [news] }), delivery));
    expect(lines[0]).toMatch(/^answer {3}Publish succeeded and nobody is told; SNS gets AccessDenied/);
    expect(lines.at(-2)).toMatch(/^message {2}lost: it never reaches orders; look at: metric/);
  });

  it('explains the dead-letter queue that refuses as a hop of its own', () => {
    const outcome = SITUATIONS.find(({ title }) => title.includes('managed key refuses'))?.outcome();
    const deadLetter = outcome?.hops[0]?.deadLetter;
    const explained = deadLetter === undefined ? undefined : explainHop(deadLetter, outcome?.call);
    expect(explained?.chain.at(-1)).toEqual({
      api: 'sqs:SendMessage',
      on: 'undelivered',
      by: 'SNS',
      for: 'topic news',
    });
  });

  it('says that an encrypted queue takes no plain HTTP', () => {
    const one = role('worker', [policy('identity', 'worker', SEND_ORDERS)]);
    const before = world({ principals: [one], queues: [queue('orders', { encryption: { sse: 'sqs' } })] });
    const lines = whyLinesOf(
      runCall(before, call(one, 'sqs:SendMessage', 'orders', { path: { tls: false } })),
    );
    expect(lines).toContain('because  orders is encrypted and takes no plain HTTP');
  });

  it('shortens the folders of a path before it cuts anything else', () => {
    const far = policy('identity', `${'a-long-folder-name/'.repeat(5)}worker`, {
      ...SEND_ORDERS,
      Action: 'sqs:GetQueueUrl',
    });
    const one = role('worker', [far]);
    const lines = whyLinesOf(
      runCall(
        world({ principals: [one], queues: [queue('orders')] }),
        call(one, 'sqs:SendMessage', 'orders'),
      ),
    );
    expect(lines.join('\n')).toContain(
      '…/worker.json:7:17: `UseOrders` lists sqs:GetQueueUrl; the call is sqs:SendMessage',
    );
  });

  it('names the layers that were assumed not to exist', () => {
    const one = { ...call(role('worker', []), 'kms:Decrypt', 'orders-key') };
    const { principal: _, ...stranger } = one;
    const before = world({
      keys: [
        key('orders-key', policy('key', 'key', { ...DELEGATES, Condition: EVERYTHING.Condition ?? {} })),
      ],
    });
    const lines = whyLinesOf(runCall(before, stranger));
    expect(lines).toContain('assumed  not given: identity policies; assumed not to allow');
    expect(lines.join('\n')).toContain('no policy of role worker was given');
  });
});

function whyLinesOf(outcome: ReturnType<typeof runCall>): readonly string[] {
  const explained = explainOutcome(outcome);
  return explained === undefined ? [] : whyLines(explained);
}

describe('words', () => {
  it.each([
    ['documented', 'certain'],
    ['observed', 'observed'],
    ['assumed', 'assumed'],
  ] as const)('a rule that is %s is %s', (basis, word) => {
    expect(certainty(basis)).toBe(word);
  });

  it('tell layers that could restrict from layers that could allow', () => {
    expect(assumptionText(['scp', 'rcp'])).toBe(
      'not given: service control policies, resource control policies; assumed not to restrict',
    );
    expect(assumptionText(['grant'])).toBe('not given: grants; assumed not to allow');
    expect(assumptionText([])).toBe('');
  });

  it.each([
    ['aws:SourceIp', 'aws:SourceIp', 'give `from:`'],
    ['aws:PrincipalTag/team', 'aws:PrincipalTag/team', 'give `context: { aws:PrincipalTag/team: … }`'],
    ['session-policy', 'the session policy', 'say what stands there, or that there is nothing'],
  ])('say how to give %s', (name, on, say) => {
    expect(dependency(name)).toEqual({ on, say });
  });
});
