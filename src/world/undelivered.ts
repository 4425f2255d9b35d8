import type { UndeliveredEvent, World } from './world.js';

/** EventBridge keeps an event that it could not deliver. Rule: EVENTS-DELIVERS-ONCE-REPAIRED */
export function keepEvent(world: World, event: UndeliveredEvent): World {
  const { state } = world;
  return { ...world, state: { ...state, undelivered: [...state.undelivered, event] } };
}

/** The world without the events that were kept: whoever tries them again keeps those that fail. */
export function releaseEvents(world: World): World {
  return { ...world, state: { ...world.state, undelivered: [] } };
}
