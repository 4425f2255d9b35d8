import { describe, expect, it } from 'vitest';
import type { ComparedFacet } from '../../src/explain/facet.js';
import { demandOf, facetTexts } from '../../src/explain/facet-words.js';
import { aftermathOfDelivery, fateOfHop, fateOfRefused, toldOf } from '../../src/explain/fate.js';
import type { NearestMiss } from '../../src/explain/nearest-miss.js';
import { placeText } from '../../src/explain/plain-text.js';
import { callerWords, findRefusal, refusedTexts, serviceWords } from '../../src/explain/refused-call.js';
import { whyLines } from '../../src/explain/why.js';
import type { Hop } from '../../src/replay/outcome.js';
import { runCall } from '../../src/replay/run-call.js';
import { call, queue, role, SHOP, world } from './small-world.js';

describe('what an operator wants', () => {
  it.each([
    ['StringEquals', 'x', 'x'],
    ['StringNotLike', 'x*', 'anything but x*'],
    ['NotIpAddress', '10.0.0.0/8', 'an address outside 10.0.0.0/8'],
    ['NumericLessThan', '5', 'less than 5'],
    ['NumericLessThanEquals', '5', 'at most 5'],
    ['NumericGreaterThan', '5', 'more than 5'],
    ['NumericGreaterThanEquals', '5', 'at least 5'],
    ['DateLessThan', '2026-01-01', 'a time before 2026-01-01'],
    ['DateLessThanEquals', '2026-01-01', 'a time up to 2026-01-01'],
    ['DateGreaterThan', '2026-01-01', 'a time after 2026-01-01'],
    ['DateGreaterThanEquals', '2026-01-01', 'a time from 2026-01-01 on'],
    ['Null', 'true', 'it absent'],
    ['Null', 'false', 'it present'],
    ['ForAllValues:StringNotEquals', 'x', 'every value to be anything but x'],
    ['ForAnyValue:NumericLessThan', '5', 'some value to be less than 5'],
    ['Resembles', 'x', 'x'],
  ])('%s %s is said as "%s"', (operator, wanted, said) => {
    expect(demandOf(operator, wanted)).toBe(said);
  });
});

const FACET: ComparedFacet = {
  of: 'condition',
  operator: 'StringEquals',
  key: 'aws:PrincipalTag/team',
  negated: false,
  wanted: ['Blue'],
  actual: { is: 'value', values: ['red'] },
  variables: [],
  holds: 'fails',
  place: { pointer: [] },
};
const first = (facet: Partial<ComparedFacet>, is: 'allow' | 'deny' = 'allow'): string =>
  facetTexts({ ...FACET, ...facet }, { is, name: 'it' })[0];

describe('why a facet missed', () => {
  it.each<readonly [string, Partial<ComparedFacet>, string]>([
    [
      'differs in letter case',
      { actual: { is: 'value', values: ['blue'] } },
      'aws:PrincipalTag/team is blue; it wants Blue (they differ in letter case)',
    ],
    [
      'has no wildcards',
      { wanted: ['Bl*'] },
      'aws:PrincipalTag/team is red; it wants Bl* (StringEquals reads no wildcards)',
    ],
    [
      'has two values',
      { actual: { is: 'value', values: ['red', ''] } },
      'aws:PrincipalTag/team is red and ""; it wants Blue',
    ],
    [
      'has more values than are shown',
      { actual: { is: 'value', values: ['a', 'b', 'c', 'd'] } },
      'aws:PrincipalTag/team is a, b and c …; it wants Blue',
    ],
    ['is not known', { actual: { is: 'unknown' } }, 'aws:PrincipalTag/team is not known; it wants Blue'],
    [
      'is a list where a variable needs one value',
      {
        wanted: ['${aws:TagKeys}'],
        variables: [{ name: 'aws:TagKeys', actual: { is: 'value', values: ['a', 'b'] } }],
      },
      'aws:PrincipalTag/team is red; it wants ${aws:TagKeys}, which is a list, so no value',
    ],
    [
      'is a variable among other text',
      {
        wanted: ['x-${aws:username}'],
        variables: [{ name: 'aws:username', actual: { is: 'value', values: ['ann'] } }],
      },
      'aws:PrincipalTag/team is red; it wants x-${aws:username} (${aws:username} is ann here)',
    ],
    [
      'has an operator that does not exist',
      { operator: 'Resembles' },
      'aws:PrincipalTag/team is red; it wants Blue',
    ],
  ])('says of a value that %s', (_, facet, said) => {
    expect(first(facet)).toBe(said);
  });

  it.each([
    ['true', 'it is for requests without it'],
    ['false', 'it is for requests with it'],
  ])('says of a Deny for Null %s which requests it is for', (wanted, said) => {
    expect(first({ operator: 'Null', wanted: [wanted], holds: 'holds' }, 'deny')).toContain(said);
  });
});

const DENY: NearestMiss = {
  is: 'deny',
  layer: 'scp',
  statement: { name: 'statement 1', policy: 'guardrail', place: { pointer: [] } },
  matched: { ...FACET, holds: 'holds', actual: { is: 'absent' } },
};

describe('a refusal with more to say than there are lines', () => {
  it('has what else refuses and what is assumed on one line', () => {
    const lines = whyLines({
      undetermined: false,
      error: { code: 'AccessDenied', http: 403, message: 'no', service: 'sqs', operation: 'SendMessage' },
      told: { who: 'caller' },
      chain: [{ api: 'sqs:SendMessage', on: 'orders', by: 'worker' }],
      by: 'scp',
      explicit: true,
      reason: { says: ['a service control policy denies it'], searched: [] },
      nearest: DENY,
      rule: { id: 'EVAL-DEFAULT-DENY', says: 'it is so', page: 'Guide, Page', certainty: 'certain' },
      fate: { becomes: 'notSent', says: 'not sent', seenAs: [] },
      assumed: ['rcp'],
      dependsOn: [],
      alsoRefusing: ['queue-policy'],
      sourceAddress: { passedOn: 'explicitDeny', notPassedOn: 'implicitDeny' },
    });
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toBe(
      'also     the queue policy; not given: resource control policies; assumed not to restrict',
    );
  });
});

const worker = role('worker', []);
const estate = world({ queues: [queue('orders')] });
const outcomeOf = (api: string): ReturnType<typeof runCall> => runCall(estate, call(worker, api, 'orders'));
const hop = (more: Partial<Hop>): Hop => ({
  from: 'topic news',
  to: 'orders',
  outcome: outcomeOf('sqs:SendMessage'),
  fate: 'lost',
  onRefused: { what: 'drops' },
  why: 'EVAL-DEFAULT-DENY',
  seenAs: [],
  ...more,
});

describe('what becomes of the message of a refused call', () => {
  it.each([
    ['sqs:SendMessageBatch', 'not sent: nothing is stored; the caller has the error and can send again'],
    ['sqs:DeleteMessage', 'not deleted: it stays in orders and will be received again'],
    ['sqs:PurgeQueue', 'not deleted: it stays in orders and will be received again'],
    ['sqs:ChangeMessageVisibility', 'safe: it stays in orders; the caller has the error'],
    ['sqs:StartMessageMoveTask', 'safe: it stays in orders; the caller has the error'],
    ['sqs:TagQueue', undefined],
  ])('%s: %s', (api, says) => {
    const found = findRefusal(outcomeOf(api));
    expect(found && fateOfRefused(found)?.says).toBe(says);
  });

  it.each([
    ['sqs:DeleteMessage', 'not deleted: function billing handles it again and again'],
    ['sqs:ReceiveMessage', 'delayed: it stays in orders and function billing is not invoked'],
  ])('%s of a poll: %s', (api, says) => {
    const found = findRefusal(outcomeOf(api));
    const outer = hop({ from: 'function billing', why: 'LAMBDA-POLLS-AS-ITS-ROLE' });
    expect(found && fateOfRefused({ ...found, hops: [outer] })?.says).toBe(says);
  });

  it.each([
    ['sqs:DeleteMessageBatch', 'not deleted: pipe bridge sends it on again and again'],
    ['sqs:SendMessageBatch', 'delayed: it stays in the source of pipe bridge until orders takes it'],
    ['sqs:ReceiveMessage', 'delayed: it stays in orders and pipe bridge does not get it'],
  ])('%s of a pipe: %s', (api, says) => {
    const found = findRefusal(outcomeOf(api));
    const outer = hop({ from: 'pipe bridge', why: 'PIPES-ACT-AS-THEIR-ROLE' });
    expect(found && fateOfRefused({ ...found, hops: [outer] })?.says).toBe(says);
  });

  it.each<readonly [Partial<Hop>, string | undefined]>([
    [{ fate: 'arrived' }, undefined],
    [{ fate: 'refused' }, undefined],
    [{ fate: 'delayed' }, 'delayed: EventBridge tries again for a while, and then it is lost'],
    [
      { fate: 'stays', from: 'queue orders' },
      'safe: it stays in queue orders until its retention ends, and every receive tries the move again',
    ],
    [{ fate: 'taskFailed' }, 'safe: it stays in the dead-letter queue; the move task ends FAILED'],
    [
      { fate: 'deadLettered', deadLetter: hop({ to: 'dead' }) },
      'in the dead-letter queue dead instead of orders; not lost',
    ],
    [{ fate: 'lost' }, 'lost: it never reaches orders'],
    [{ fate: 'lost', why: 'S3-DELIVERY-IS-SILENT' }, 'lost: it never reaches orders, and nothing shows it'],
    [
      { fate: 'lost', deadLetter: hop({ to: 'dead' }) },
      'lost: both orders and the dead-letter queue dead refuse it (there AccessDenied at sqs:SendMessage)',
    ],
  ])('a delivery %#', (more, says) => {
    expect(fateOfHop(hop(more))?.says).toBe(says);
  });
});

describe('who learnt of a refused delivery', () => {
  it.each<readonly [string, Partial<Hop>, string | undefined, object]>([
    [
      'the task of a move',
      { fate: 'taskFailed' },
      undefined,
      { who: 'task', accepted: 'StartMessageMoveTask' },
    ],
    ['Lambda', { from: 'function billing' }, undefined, { service: 'Lambda' }],
    ['S3', { from: 'bucket photos' }, undefined, { service: 'S3', succeeded: 'the upload' }],
    [
      'EventBridge',
      { from: 'rule nightly' },
      'events:PutEvents',
      { service: 'EventBridge', succeeded: 'PutEvents' },
    ],
    ['nobody knows which service', { from: 'courier x' }, undefined, { service: 'the service' }],
  ])('%s', (_, more, cause, told) => {
    expect(toldOf(hop(more), cause === undefined ? undefined : call(worker, cause, 'x'))).toMatchObject(told);
  });

  it('is the service itself, of a delivery that is replayed alone', () => {
    const made = (host: string): ReturnType<typeof aftermathOfDelivery> =>
      aftermathOfDelivery({
        ...call(worker, 'sqs:SendMessage', 'orders'),
        caller: { kind: 'service', host },
      } as Parameters<typeof aftermathOfDelivery>[0]);
    expect(made('sns.amazonaws.com')).toMatchObject({
      told: { succeeded: 'Publish' },
      fate: {
        seenAs: ['metric NumberOfNotificationsFailed of the topic', 'delivery status log, if enabled'],
      },
    });
    expect(made('budgets.amazonaws.com')).toMatchObject({
      told: { service: 'budgets.amazonaws.com' },
      fate: { seenAs: [] },
    });
    expect(aftermathOfDelivery(call(worker, 'sqs:SendMessage', 'orders'))).toBeUndefined();
  });
});

describe('who calls, and for whom', () => {
  it.each([
    [[], 'the call'],
    [[{ api: 'sqs:ListQueues', on: '*', by: 'ann' }], 'sqs:ListQueues, made by ann'],
    [
      [
        { api: 'sqs:SendMessage', by: 'boss' },
        { api: 'kms:Decrypt', on: 'k', by: 'SQS' },
      ],
      'kms:Decrypt on k, made by SQS for boss’ SendMessage',
    ],
  ])('%j', (chain, text) => {
    expect(refusedTexts(chain)[0]).toBe(text);
  });

  it('is named by user, role or account', () => {
    expect(callerWords({ kind: 'root', account: SHOP, partition: 'aws' })).toBe(`the root user of ${SHOP}`);
    expect(callerWords({ kind: 'anonymous' })).toContain('nonymous');
    expect(serviceWords('budgets.amazonaws.com')).toBe('budgets.amazonaws.com');
  });
});

describe('a place without a file', () => {
  it.each([
    [{}, undefined, 'policy'],
    [{ source: 'a.json' }, undefined, 'a.json'],
    [{ source: 'a.json' }, 'the key policy', 'the key policy'],
    [{ start: { line: 2, column: 3, offset: 9 } }, 'the key policy', 'the key policy:2:3'],
    [{ start: { line: 2, column: 3, offset: 9 } }, undefined, 'policy:2:3'],
  ])('%j of %s is %s', (place, policy, text) => {
    expect(placeText({ pointer: [], ...place }, policy)).toBe(text);
  });
});
