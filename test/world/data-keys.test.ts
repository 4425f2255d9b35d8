import { describe, expect, it } from 'vitest';
import { readCaller } from '../../src/evaluator/caller.js';
import type { Call } from '../../src/world/call.js';
import {
  cachedForReceiving,
  cachedForSending,
  rememberForReceiving,
  rememberForSending,
  requesterOf,
} from '../../src/world/data-keys.js';
import type { World } from '../../src/world/world.js';
import { arn, call, EVERYTHING, policy, queue, role, SHOP, world } from '../explain/small-world.js';

const SEALED = queue('orders', { encryption: { sse: 'kms', key: 'alias/orders', reusePeriod: 60_000 } });
const KEY = `arn:aws:kms:us-east-1:${SHOP}:key/k`;
const START = world({}).now;
const DATA_KEY = { dataKey: 'data key 1', keyArn: KEY, obtained: START };

function at(milliseconds: number, before: World): World {
  return { ...before, now: START + milliseconds };
}

const sent: World = { ...world({}), state: rememberForSending(world({}).state, SEALED, 'ann', DATA_KEY) };
const received: World = {
  ...world({}),
  state: rememberForReceiving(world({}).state, SEALED, 'ann', DATA_KEY),
};

describe('a cached data key', () => {
  it.each([
    [0, true],
    [59_999, true],
    [60_000, false],
    [3_600_000, false],
  ])('of a reuse period of a minute answers after %i ms: %s', (milliseconds, answers) => {
    expect(cachedForSending(at(milliseconds, sent), SEALED, KEY, 'ann') !== undefined).toBe(answers);
    expect(cachedForReceiving(at(milliseconds, received), SEALED, 'data key 1', 'ann') !== undefined).toBe(
      answers,
    );
  });

  it('says what it is and until when it answers', () => {
    expect(cachedForSending(sent, SEALED, KEY, 'ann')).toEqual({
      dataKey: 'data key 1',
      until: START + 60_000,
    });
  });

  it('answers for its requester, queue and key alone, and for sending or for receiving alone', () => {
    const other = queue('other', { encryption: SEALED.encryption });
    expect(cachedForSending(sent, SEALED, KEY, 'bob')).toBeUndefined();
    expect(cachedForSending(sent, other, KEY, 'ann')).toBeUndefined();
    expect(cachedForSending(sent, SEALED, `${KEY}2`, 'ann')).toBeUndefined();
    expect(cachedForReceiving(sent, SEALED, 'data key 1', 'ann')).toBeUndefined();
    expect(cachedForSending(received, SEALED, KEY, 'ann')).toBeUndefined();
    expect(cachedForReceiving(received, SEALED, 'data key 2', 'ann')).toBeUndefined();
  });

  it('lives as long as the queue says now, and five minutes where the queue is no longer encrypted', () => {
    const longer = {
      ...SEALED,
      encryption: { sse: 'kms', key: 'alias/orders', reusePeriod: 120_000 },
    } as const;
    expect(cachedForSending(at(90_000, sent), longer, KEY, 'ann')).toBeDefined();
    const open = { ...SEALED, encryption: { sse: 'none' } } as const;
    expect(cachedForReceiving(at(299_999, received), open, 'data key 1', 'ann')).toBeDefined();
    expect(cachedForReceiving(at(300_000, received), open, 'data key 1', 'ann')).toBeUndefined();
  });

  it('never answers while caches are cold', () => {
    const cold = { ...sent, state: { ...sent.state, cachesDataKeys: false } };
    expect(cachedForSending(cold, SEALED, KEY, 'ann')).toBeUndefined();
  });
});

describe('a requester', () => {
  const WORKER = role('worker', []);
  const by = (text: string, more: Partial<Call> = {}): string => {
    const caller = readCaller(text);
    return requesterOf({ ...call(WORKER, 'sqs:SendMessage', 'orders', more), ...(caller && { caller }) });
  };
  const session = (name: string) => `arn:aws:sts::${SHOP}:assumed-role/worker/${name}`;

  it('is a role, whatever the name of its session', () => {
    expect(by(session('run-1'))).toBe(by(session('run-2')));
    expect(by(session('run-1'))).not.toBe(by(`arn:aws:sts::${SHOP}:assumed-role/other/run-1`));
  });

  it('is another one with other session policies', () => {
    const narrowed = by(session('run-1'), {
      session: { policies: [policy('session', 'narrow', EVERYTHING)] },
    });
    expect(narrowed).not.toBe(by(session('run-1')));
  });

  it.each([
    [`arn:aws:iam::${SHOP}:user/ann`, `arn:aws:iam::${SHOP}:user/ann`],
    [`arn:aws:iam::${SHOP}:root`, `root of ${SHOP}`],
    ['anonymous', 'anonymous'],
  ])('%s is %s', (caller, requester) => {
    expect(by(caller)).toBe(requester);
  });

  it('is a service with the resource it acts for', () => {
    const source = (name: string) => ({
      arn: arn(`arn:aws:sns:us-east-1:${SHOP}:${name}`).text,
      account: SHOP,
      region: 'us-east-1',
    });
    expect(by('sns.amazonaws.com', { source: source('a') })).not.toBe(
      by('sns.amazonaws.com', { source: source('b') }),
    );
  });
});
