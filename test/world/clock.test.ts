import { describe, expect, it } from 'vitest';
import { advance, later, spread } from '../../src/world/clock.js';
import { EMPTY_ESTATE, EMPTY_STATE, type World } from '../../src/world/world.js';

const START: World = { estate: EMPTY_ESTATE, state: EMPTY_STATE, now: 1000 };

/** Notes what happened and when in the serial, as digits. */
const note =
  (digit: number) =>
  (world: World): World => ({
    ...world,
    state: { ...world.state, serial: world.state.serial * 10 + digit },
  });

describe('the virtual clock', () => {
  it('lets changes happen in the order of their instants, and of settling where those are one', () => {
    const world = [
      [50, 3],
      [20, 1],
      [50, 4],
      [20, 2],
    ].reduce((now, [delay = 0, digit = 0]) => later(now, delay, String(digit), note(digit)), START);
    expect(world.state.due.map(({ at, what }) => [at, what])).toEqual([
      [1020, '1'],
      [1020, '2'],
      [1050, '3'],
      [1050, '4'],
    ]);
    expect(advance(world, 19)).toMatchObject({ now: 1019, state: { serial: 0 } });
    expect(advance(world, 20)).toMatchObject({ now: 1020, state: { serial: 12 } });
    expect(advance(world, 100)).toMatchObject({ now: 1100, state: { serial: 1234, due: [] } });
  });

  it('gives a change its own instant, and happens what it settles in turn', () => {
    const seen: number[] = [];
    const chain = (world: World): World => {
      seen.push(world.now);
      return seen.length < 3 ? later(world, 10, 'next', chain) : world;
    };
    expect(advance(later(START, 10, 'first', chain), 25).now).toBe(1025);
    expect(seen).toEqual([1010, 1020]);
  });

  it('spreads a change at once, or after its time where the world says so', () => {
    expect(spread(START, 60_000, 'change', note(7)).state).toMatchObject({ serial: 7, due: [] });
    const delayed: World = { ...START, state: { ...EMPTY_STATE, propagation: 'delayed' } };
    const waiting = spread(delayed, 60_000, 'change', note(7));
    expect(waiting.state.serial).toBe(0);
    expect(advance(waiting, 59_999).state.serial).toBe(0);
    expect(advance(waiting, 60_000).state.serial).toBe(7);
  });
});
