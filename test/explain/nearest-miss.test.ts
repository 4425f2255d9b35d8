import { describe, expect, it } from 'vitest';
import { explainOutcome } from '../../src/explain/explanation.js';
import type { NearestMiss } from '../../src/explain/nearest-miss.js';
import { runCall } from '../../src/replay/run-call.js';
import { call, PARTNER, policy, queue, role, SEND_ORDERS, SHOP, world } from './small-world.js';

type Statement = Readonly<Record<string, unknown>>;

const ALLOW: Statement = {
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: `arn:aws:sqs:us-east-1:${SHOP}:orders`,
};
const when = (key: string, value: string): Statement => ({ StringEquals: { [key]: value } });

/** The nearest miss of a send that these statements of an identity policy refuse. */
function nearest(...statements: readonly Statement[]): NearestMiss | undefined {
  const worker = role('worker', [policy('identity', 'worker', ...statements)]);
  const before = world({ principals: [worker], queues: [queue('orders')] });
  return explainOutcome(runCall(before, call(worker, 'sqs:SendMessage', 'orders')))?.nearest;
}

function nameOf(miss: NearestMiss | undefined): string | undefined {
  return miss === undefined || miss.is === 'grant' ? undefined : miss.statement.name;
}

describe('the nearest miss', () => {
  it('is the statement with the fewest failed facets', () => {
    const both = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'aws:PrincipalTag/team': 'billing' } };
    const miss = nearest(
      { ...ALLOW, Sid: 'MissesTwo', Condition: both },
      { ...ALLOW, Sid: 'MissesOne', Condition: when('aws:RequestedRegion', 'eu-west-1') },
    );
    expect(nameOf(miss)).toBe('`MissesOne`');
  });

  it('is a statement about the action rather than one about another action', () => {
    const miss = nearest(
      { ...ALLOW, Sid: 'OtherAction', Action: 'sqs:ReceiveMessage' },
      {
        ...ALLOW,
        Sid: 'ThisAction',
        Condition: { ...when('aws:RequestedRegion', 'eu-west-1'), Bool: { 'aws:SecureTransport': 'false' } },
      },
    );
    expect(nameOf(miss)).toBe('`ThisAction`');
  });

  it('is no statement about another service', () => {
    expect(nearest({ ...ALLOW, Action: 's3:GetObject' })).toBeUndefined();
  });

  it('is no statement of a Deny', () => {
    const miss = nearest({
      ...ALLOW,
      Sid: 'Deny',
      Effect: 'Deny',
      Condition: when('aws:RequestedRegion', 'eu-west-1'),
    });
    expect(miss).toBeUndefined();
  });

  it('speaks of the nearest of several values first, with its own place', () => {
    const miss = nearest({
      ...ALLOW,
      Resource: ['arn:aws:sqs:eu-west-1:*:*', `arn:aws:sqs:us-east-1:${SHOP}:order`],
    });
    const missed = miss?.is === 'statement' ? miss.missed[0] : undefined;
    expect(missed?.wanted[0]).toBe(`arn:aws:sqs:us-east-1:${SHOP}:order`);
    expect(missed?.place.start).toEqual({ line: 9, column: 9 });
  });

  it('names the caller’s account before it counts conditions', () => {
    const partner = role('partner-app', [policy('identity', 'partner', SEND_ORDERS)], {}, PARTNER);
    const queuePolicy = policy(
      'queue',
      'queue',
      { ...ALLOW, Sid: 'Own', Principal: { AWS: `arn:aws:iam::${SHOP}:role/worker` } },
      {
        ...ALLOW,
        Sid: 'Theirs',
        Principal: { AWS: PARTNER },
        Condition: { ...when('aws:RequestedRegion', 'eu-west-1'), Bool: { 'aws:SecureTransport': 'false' } },
      },
    );
    const before = world({ principals: [partner], queues: [queue('orders', { policy: queuePolicy })] });
    const explained = explainOutcome(runCall(before, call(partner, 'sqs:SendMessage', 'orders')));
    expect(nameOf(explained?.nearest)).toBe('`Theirs`');
  });
});
