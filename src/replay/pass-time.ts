import { retryHop } from '../services/events.js';
import { PUBLIC_ENDPOINT } from '../world/call.js';
import { releaseEvents } from '../world/undelivered.js';
import type { Instant, UndeliveredEvent, World } from '../world/world.js';
import type { Hop, Outcome } from './outcome.js';
import { runHop } from './run-call.js';
import { advanceWithTasks } from './run-tasks.js';

/**
 * Lets time pass. What EventBridge keeps it tries again at once, when the time of an event is over, and at the end.
 * Message move tasks go on meanwhile.
 * `hops` tells what became of each event that is not kept any longer, and of those that are still kept at the end.
 * Rule: EVENTS-DELIVERS-ONCE-REPAIRED
 */
export function passTime(world: World, milliseconds: number): Outcome {
  const end = world.now + milliseconds;
  const hops: Hop[] = [];
  let now = world;
  const tryAll = (): void => {
    const events = now.state.undelivered;
    now = releaseEvents(now);
    for (const event of events) {
      const hop = tryAgain(now, event);
      if (hop === undefined) continue;
      if (hop.fate !== 'delayed' || now.now === end) hops.push(hop);
      now = hop.deadLetter?.outcome.world ?? hop.outcome.world;
    }
  };
  const goOn = (until: Instant): void => {
    const gone = advanceWithTasks(now, until - now.now);
    hops.push(...gone.failed);
    now = gone.world;
  };
  tryAll();
  for (const { until } of now.state.undelivered) {
    if (until <= now.now || until >= end) continue;
    goOn(until);
    tryAll();
  }
  goOn(end);
  tryAll();
  return {
    call: {
      api: 'events:Deliver',
      caller: { kind: 'service', host: 'events.amazonaws.com' },
      path: PUBLIC_ENDPOINT,
      parameters: new Map(),
      context: [],
    },
    at: world.now,
    succeeded: true,
    asked: [],
    hops,
    world: now,
  };
}

/** A rule or target that is gone takes its events along; an event whose time is over is dropped when it fails once more. */
function tryAgain(world: World, event: UndeliveredEvent): Hop | undefined {
  const child = retryHop(world, event);
  if (child === undefined) return undefined;
  const isOver = child.onRefused.what === 'retries' && event.until <= world.now;
  return runHop(world, isOver ? { ...child, onRefused: { what: 'drops' } } : child);
}
