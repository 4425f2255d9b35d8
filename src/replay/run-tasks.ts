import { movesOf, taskAfterMoves } from '../services/sqs-moves.js';
import { advance } from '../world/clock.js';
import { nextTask, taskOf, withTask } from '../world/move-tasks.js';
import type { MoveTask, World } from '../world/world.js';
import type { Hop } from './outcome.js';
import { runHop } from './run-call.js';

/**
 * The world some time later, with what message move tasks have moved meanwhile, second by second. `failed` holds the
 * calls at which a task ended. Rule: SQS-REDRIVE-TAKES-TIME
 */
export function advanceWithTasks(
  world: World,
  milliseconds: number,
): { readonly world: World; readonly failed: readonly Hop[] } {
  const until = world.now + milliseconds;
  const failed: Hop[] = [];
  let now = world;
  for (let task = nextTask(now, until); task !== undefined; task = nextTask(now, until)) {
    now = advance(now, Math.max(0, task.next - now.now));
    // What has become due meanwhile may have cancelled it.
    const present = taskOf(now, task.id);
    if (present?.status !== 'RUNNING') continue;
    const step = moveNext(now, present);
    now = step.world;
    if (step.failed !== undefined) failed.push(step.failed);
  }
  return { world: advance(now, until - now.now), failed };
}

function moveNext(world: World, task: MoveTask): { readonly world: World; readonly failed?: Hop } {
  const { children, count } = movesOf(world, task);
  let now = world;
  for (const child of children) {
    const hop = runHop(now, child);
    now = hop.outcome.world;
    if (hop.fate === 'taskFailed') return { world: now, failed: hop };
  }
  return { world: withTask(now, taskAfterMoves(now, task, count)) };
}
