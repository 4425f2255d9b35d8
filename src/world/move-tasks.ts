import type { MoveTask, World } from './world.js';

/** The task of a queue that was started last: the one that a handle of that queue is for. */
export function lastTask(world: World, queue: string): MoveTask | undefined {
  return world.state.moveTasks.findLast(({ source }) => source === queue);
}

/** Whether a queue has a task that is not over: it can have one at a time. */
export function hasActiveTask(world: World, queue: string): boolean {
  return world.state.moveTasks.some(({ source, status }) => source === queue && isActive(status));
}

function isActive(status: MoveTask['status']): boolean {
  return status === 'RUNNING' || status === 'CANCELLING';
}

export function taskOf(world: World, id: string): MoveTask | undefined {
  return world.state.moveTasks.find((task) => task.id === id);
}

/** The world with a task as it is now: a new one, or one that has changed. */
export function withTask(world: World, task: MoveTask): World {
  const known = world.state.moveTasks.some(({ id }) => id === task.id);
  const moveTasks = known
    ? world.state.moveTasks.map((each) => (each.id === task.id ? task : each))
    : [...world.state.moveTasks, task];
  return { ...world, state: { ...world.state, moveTasks } };
}

/** The running task that moves messages next, up to an instant. */
export function nextTask(world: World, until: number): MoveTask | undefined {
  const due = world.state.moveTasks.filter(({ status, next }) => status === 'RUNNING' && next <= until);
  return due.reduce<MoveTask | undefined>(
    (first, task) => (first === undefined || task.next < first.next ? task : first),
    undefined,
  );
}
