import type { DueChange, World } from './world.js';

/** The world some time later: what has become due meanwhile has happened, each at its own instant and in order. */
export function advance(world: World, milliseconds: number): World {
  const until = world.now + milliseconds;
  let now = world;
  for (let next = now.state.due[0]; next !== undefined && next.at <= until; next = now.state.due[0]) {
    const rest = { ...now.state, due: now.state.due.slice(1) };
    now = next.apply({ ...now, state: rest, now: Math.max(now.now, next.at) });
  }
  return { ...now, now: until };
}

/** The world in which a change will happen after a while; of changes at one instant the one settled first is first. */
export function later(world: World, milliseconds: number, what: string, apply: DueChange['apply']): World {
  const change: DueChange = { at: world.now + milliseconds, what, apply };
  const { due } = world.state;
  const behind = due.findIndex(({ at }) => at > change.at);
  const index = behind === -1 ? due.length : behind;
  return {
    ...world,
    state: { ...world.state, due: [...due.slice(0, index), change, ...due.slice(index)] },
  };
}

/**
 * The world after somebody configured something: at once, or when the change has spread as long as it may take, where
 * the world says that changes are delayed.
 */
export function spread(world: World, milliseconds: number, what: string, apply: DueChange['apply']): World {
  return world.state.propagation === 'delayed' ? later(world, milliseconds, what, apply) : apply(world);
}
