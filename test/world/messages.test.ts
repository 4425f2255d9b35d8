import { describe, expect, it } from 'vitest';
import {
  addMessages,
  dueForDeadLetter,
  markReceived,
  messagesOf,
  moveToDeadLetter,
  removeMessages,
  visibleMessages,
} from '../../src/world/messages.js';
import { EMPTY_STATE, type Message, type World } from '../../src/world/world.js';
import { queue, world } from '../explain/small-world.js';

const ORDERS = queue('orders', { redrive: { to: 'dlq', maxReceives: 2 }, visibilityTimeout: 30_000 });
const START = world({}).now;
const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  encryption: { keyArn: 'key', contextQueueArn: 'queue', dataKey: 'data key' },
  sent: START,
  visibleAt: START,
  receives: 0,
  ...more,
});
const idsOf = (messages: readonly Message[]) => messages.map(({ id }) => id);

describe('messages', () => {
  it('are kept in the order in which they came, by queue, and old states stay as they were', () => {
    const one = addMessages(EMPTY_STATE, 'orders', [message('1')]);
    const two = addMessages(one, 'orders', [message('2'), message('3')]);
    expect(idsOf(messagesOf(two, 'orders'))).toEqual(['1', '2', '3']);
    expect(idsOf(messagesOf(one, 'orders'))).toEqual(['1']);
    expect(messagesOf(two, 'other')).toEqual([]);
    expect(idsOf(messagesOf(removeMessages(two, 'orders', new Set(['2'])), 'orders'))).toEqual(['1', '3']);
  });

  it('that were received cannot be seen until the visibility timeout is over', () => {
    const full = addMessages(EMPTY_STATE, 'orders', [message('1'), message('2')]);
    const state = markReceived(full, ORDERS, new Set(['1']), 'ann', START);
    const seenAt = (milliseconds: number) => {
      const later: World = { ...world({}), state, now: START + milliseconds };
      return idsOf(visibleMessages(later, ORDERS));
    };
    expect(messagesOf(state, 'orders')[0]).toMatchObject({ receives: 1, receivedBy: 'ann' });
    expect([seenAt(0), seenAt(29_999), seenAt(30_000)]).toEqual([['2'], ['2'], ['1', '2']]);
  });

  it.each([
    [0, false],
    [1, false],
    [2, true],
    [3, true],
  ])('received %i times are due for the dead-letter queue after two: %s', (receives, due) => {
    expect(dueForDeadLetter(ORDERS, message('1', { receives }))).toBe(due);
    expect(dueForDeadLetter(queue('plain'), message('1', { receives }))).toBe(false);
  });

  it('move to a dead-letter queue with their encryption and time of sending, and are new there', () => {
    const old = message('1', { receives: 2, receivedBy: 'ann', visibleAt: START + 5 });
    const full = addMessages(EMPTY_STATE, 'orders', [old, message('2')]);
    const moved = moveToDeadLetter(full, 'orders', 'dlq', [old], START + 10);
    expect(idsOf(messagesOf(moved, 'orders'))).toEqual(['2']);
    expect(messagesOf(moved, 'dlq')).toEqual([
      {
        id: '1',
        encryption: old.encryption,
        sent: START,
        visibleAt: START + 10,
        receives: 0,
        movedFrom: 'orders',
      },
    ]);
    expect(moveToDeadLetter(full, 'orders', 'dlq', [], START)).toBe(full);
  });
});
