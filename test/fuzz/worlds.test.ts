import { describe, expect, it } from 'vitest';
import { type WorldWithCalls, world } from '../../src/fast-check.js';
import type { Outcome } from '../../src/replay/outcome.js';
import { runCall } from '../../src/replay/run-call.js';
import { counts, samples, smallest } from './samples.js';

function outcomesOf({ world: start, calls }: WorldWithCalls): readonly Outcome[] {
  let now = start;
  return calls.map((call) => {
    const outcome = runCall(now, call);
    now = outcome.world;
    return outcome;
  });
}

const MADE = samples(world());
const OUTCOMES = MADE.flatMap(outcomesOf);

describe('a world with calls', () => {
  it('is small and hangs together', () => {
    for (const { world: made, calls } of MADE) {
      const { principals, queues, keys, topics } = made.estate;
      expect(principals.size + queues.size + keys.size + topics.size).toBeLessThanOrEqual(7);
      expect(calls.length).toBeLessThanOrEqual(4);
      for (const { principal, on, api } of calls) {
        expect(principals.get(principal?.name ?? '')).toBe(principal);
        const things = api.startsWith('kms:') ? keys : api.startsWith('sns:') ? topics : queues;
        expect([...things.keys()]).toContain(on);
      }
    }
  });

  it('replays, and often enough to the end', () => {
    expect(OUTCOMES.filter(({ succeeded }) => succeeded).length).toBeGreaterThan(300);
    const refusals = counts(OUTCOMES, ({ refusal }) => refusal?.by ?? 'none');
    for (const layer of [
      'identity-policy',
      'queue-policy',
      'key-policy',
      'scp',
      'rcp',
      'session-policy',
      'permissions-boundary',
    ]) {
      expect(refusals.has(layer), layer).toBe(true);
    }
    const fates = counts(
      OUTCOMES.flatMap(({ hops }) => hops),
      ({ fate }) => fate,
    );
    expect([...fates.keys()]).toEqual(expect.arrayContaining(['lost', 'arrived']));
  });

  it('asks KMS for the data keys of encrypted queues', () => {
    const asked = OUTCOMES.filter(
      ({ call, asked: questions }) => call.api === 'sqs:SendMessage' && questions.length > 1,
    );
    expect(asked.length).toBeGreaterThan(30);
  });

  it('has queues that take the dead letters of all queues, of the others or of none', () => {
    const queues = MADE.flatMap(({ world: made }) => [...made.estate.queues.values()]);
    const takes = counts(queues, ({ redriveAllow }) => redriveAllow?.permission ?? 'allowAll');
    expect([...takes.keys()].toSorted()).toEqual(['allowAll', 'byQueue', 'denyAll']);
    for (const { redriveAllow } of queues)
      if (redriveAllow?.permission === 'byQueue') expect(redriveAllow.sources).toHaveLength(1);
  });

  it('has calls that make grants for its principals, and calls that disable keys', () => {
    const grants = OUTCOMES.filter(({ call }) => call.api === 'kms:CreateGrant');
    const made = grants.filter(({ succeeded }) => succeeded);
    expect(made.length).toBeGreaterThan(0);
    for (const { call, world: after } of made) {
      const given = after.estate.keys.get(call.on ?? '')?.grants.at(-1);
      expect(given?.operations).toEqual(['Decrypt', 'GenerateDataKey']);
    }
    for (const { call } of grants) {
      const grantee = call.parameters.get('GranteePrincipal');
      expect(MADE.some(({ world: each }) => each.estate.principals.has(String(grantee)))).toBe(true);
    }
    const disabled = OUTCOMES.filter(({ call, succeeded }) => call.api === 'kms:DisableKey' && succeeded);
    expect(disabled.length).toBeGreaterThan(0);
    for (const { call, world: after } of disabled)
      expect(after.estate.keys.get(call.on ?? '')?.state).toBe('Disabled');
  });

  it('is asked for nothing that cannot be replayed', () => {
    const made = samples(world({ actions: ['iam:GetUser', 'lambda:CreateEventSourceMapping'] }), 50);
    const apis = new Set(made.flatMap(({ calls }) => calls.map(({ api }) => api.split(':')[0])));
    expect([...apis].toSorted()).toEqual(['kms', 'sns', 'sqs']);
  });

  it('has the accounts and names that are given', () => {
    const made = samples(
      world({ accounts: ['012345678901'], names: ['parcels'], actions: ['sqs:SendMessage'] }),
      200,
    );
    for (const { world: each, calls } of made) {
      expect([...each.estate.queues.keys()]).toEqual(['parcels']);
      expect([...each.estate.queues.values()].map(({ arn }) => arn.account)).toEqual(['012345678901']);
      expect(new Set(calls.map(({ api }) => api))).toEqual(new Set(['sqs:SendMessage']));
    }
  });

  it('shrinks to one principal, one queue and the call that matters', () => {
    const isLost = (made: WorldWithCalls) =>
      outcomesOf(made).some(
        ({ refusal }) => refusal?.at === 'kms:GenerateDataKey' && refusal.by === 'key-policy',
      );
    const { world: made, calls } = smallest(world(), (each) => !isLost(each));
    expect(made.estate.principals.size).toBe(1);
    expect(made.estate.queues.size).toBe(1);
    expect(made.estate.organizations).toEqual([]);
    expect(calls).toHaveLength(1);
  });
});
