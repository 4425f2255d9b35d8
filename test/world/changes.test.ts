import { describe, expect, it } from 'vitest';
import { runCall } from '../../src/replay/run-call.js';
import { listParameter, pairsParameter } from '../../src/world/call.js';
import { changeThing, withThing } from '../../src/world/change.js';
import { unknownPrincipals } from '../../src/world/known-principals.js';
import { nextTask, taskOf, withTask } from '../../src/world/move-tasks.js';
import type { MoveTask } from '../../src/world/world.js';
import { call, policy, queue, role, SHOP, world } from '../explain/small-world.js';

const worker = role('worker', []);
const before = world({ principals: [worker], queues: [queue('orders')] });

describe('a world with one thing changed', () => {
  it('is the same one when there is no such thing', () => {
    expect(changeThing(before, 'queues', 'gone', (thing) => ({ ...thing, delay: 1 }))).toBe(before);
  });

  it('is another one otherwise, and the first stays as it was', () => {
    const after = changeThing(before, 'queues', 'orders', () => undefined);
    expect([after.estate.queues.size, before.estate.queues.size]).toEqual([0, 1]);
    expect(withThing(after, 'queues', 'orders', queue('orders')).estate.queues.size).toBe(1);
  });
});

describe('move tasks', () => {
  const task = (id: string, next: number, more: Partial<MoveTask> = {}): MoveTask => ({
    id,
    source: 'orders',
    status: 'RUNNING',
    startedBy: call(worker, 'sqs:StartMessageMoveTask', 'orders'),
    started: 0,
    next,
    moved: 0,
    ...more,
  });
  const three = [task('b', 2), task('a', 1), task('c', 3)].reduce(withTask, before);

  it('move in the order of their next moves, as long as they run', () => {
    expect(nextTask(three, 5)?.id).toBe('a');
    expect(nextTask(withTask(three, task('a', 1, { status: 'CANCELLED' })), 5)?.id).toBe('b');
    expect(nextTask(three, 0)).toBeUndefined();
  });

  it('are changed one by one', () => {
    const changed = withTask(three, task('b', 2, { moved: 7 }));
    expect(['a', 'b', 'c'].map((id) => taskOf(changed, id)?.moved)).toEqual([0, 7, 0]);
  });
});

describe('parameters of a call', () => {
  const given = call(worker, 'kms:Encrypt', 'k', {
    parameters: new Map<string, string | readonly string[] | ReadonlyMap<string, string | readonly string[]>>(
      [
        ['One', 'a'],
        [
          'Map',
          new Map<string, string | readonly string[]>([
            ['a', 'b'],
            ['c', ['d']],
          ]),
        ],
      ],
    ),
  });
  it('that are no list are an empty one, and members that are no text are left out', () => {
    expect(listParameter(given, 'One')).toEqual(['a']);
    expect(listParameter(given, 'Map')).toEqual([]);
    expect([...pairsParameter(given, 'Map')]).toEqual([['a', 'b']]);
  });
});

describe('principals that a policy names', () => {
  const naming = (...principals: readonly string[]): readonly string[] =>
    unknownPrincipals(
      before,
      policy('queue', 'q', {
        Effect: 'Allow',
        Principal: { AWS: principals },
        Action: 'sqs:SendMessage',
        Resource: '*',
      }),
    ).map(({ text }) => text);
  const session = (name: string): string => `arn:aws:sts::${SHOP}:assumed-role/${name}/s`;
  it('are unknown where others of their account are known', () => {
    expect(
      naming(
        `arn:aws:iam::${SHOP}:role/worker`,
        `arn:aws:iam::${SHOP}:role/gone`,
        'arn:aws:iam::999999999999:role/anybody',
        session('worker'),
        session('gone'),
      ),
    ).toEqual([`arn:aws:iam::${SHOP}:role/gone`, session('gone')]);
  });
});

describe('a second factor', () => {
  const DENY = policy('identity', 'mfa', {
    Effect: 'Allow',
    Action: 'sqs:*',
    Resource: '*',
    Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  });
  it.each([
    [{ mfa: true }, true, undefined],
    [{ mfa: false }, false, false],
    [{}, false, true],
  ])('of a session %j: succeeds %s, perhaps %s', (session, succeeded, undetermined) => {
    const careful = role('careful', [DENY], { session });
    const outcome = runCall(
      world({ principals: [careful], queues: [queue('orders')] }),
      call(careful, 'sqs:SendMessage', 'orders', { session }),
    );
    expect([outcome.succeeded, outcome.refusal?.undetermined]).toEqual([succeeded, undetermined]);
  });
});
