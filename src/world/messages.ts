import type { Instant, Message, Queue, State, World } from './world.js';

/** The messages of a queue that a receive can see now, oldest first. */
export function visibleMessages(world: World, queue: Queue): readonly Message[] {
  return messagesOf(world.state, queue.name).filter(({ visibleAt }) => visibleAt <= world.now);
}

export function messagesOf(state: State, queue: string): readonly Message[] {
  return state.messages.get(queue) ?? [];
}

/** Whether a message has been received as often as its queue allows: the next receive moves it away. */
export function dueForDeadLetter(queue: Queue, message: Message): boolean {
  return queue.redrive !== undefined && message.receives >= queue.redrive.maxReceives;
}

export function addMessages(state: State, queue: string, added: readonly Message[]): State {
  return withMessages(state, queue, [...messagesOf(state, queue), ...added]);
}

export function removeMessages(state: State, queue: string, ids: ReadonlySet<string>): State {
  return withMessages(
    state,
    queue,
    messagesOf(state, queue).filter(({ id }) => !ids.has(id)),
  );
}

/**
 * Moves messages to a dead-letter queue as they are: the key that encrypted them stays, and so does the time they
 * were sent. Page: SQS Developer Guide, Encryption at rest. Rule: SQS-MOVE-KEEPS-ENCRYPTION
 */
export function moveToDeadLetter(
  state: State,
  from: string,
  to: string,
  moved: readonly Message[],
  now: Instant,
): State {
  if (moved.length === 0) return state;
  const ids = new Set(moved.map(({ id }) => id));
  const arrived = moved.map(({ receivedBy: _, ...message }) => ({
    ...message,
    visibleAt: now,
    receives: 0,
    movedFrom: from,
  }));
  return addMessages(removeMessages(state, from, ids), to, arrived);
}

export function markReceived(
  state: State,
  queue: Queue,
  ids: ReadonlySet<string>,
  by: string,
  now: Instant,
  timeout: number = queue.visibilityTimeout,
): State {
  const visibleAt = now + timeout;
  return withMessages(
    state,
    queue.name,
    messagesOf(state, queue.name).map((message) =>
      ids.has(message.id)
        ? { ...message, visibleAt, receives: message.receives + 1, receivedBy: by }
        : message,
    ),
  );
}

/** The messages of those ids become visible at another time. */
export function withVisibility(
  state: State,
  queue: string,
  ids: ReadonlySet<string>,
  visibleAt: Instant,
): State {
  const changed = messagesOf(state, queue).map((each) => (ids.has(each.id) ? { ...each, visibleAt } : each));
  return withMessages(state, queue, changed);
}

function withMessages(state: State, queue: string, messages: readonly Message[]): State {
  return { ...state, messages: new Map(state.messages).set(queue, messages) };
}
