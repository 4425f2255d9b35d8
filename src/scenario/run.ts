import { countKmsRequests, type KmsCount, KmsCounter } from '../analysis/kms-count.js';
import type { Outcome } from '../replay/outcome.js';
import { passTime } from '../replay/pass-time.js';
import { runCall, runPlan } from '../replay/run-call.js';
import { asRole } from '../services/as-role.js';
import { planDelivery } from '../services/delivery.js';
import type { Call } from '../world/call.js';
import { keyByArn } from '../world/key-reference.js';
import { messagesOf } from '../world/messages.js';
import { lastTask } from '../world/move-tasks.js';
import type { World } from '../world/world.js';
import { applyEdits } from './edit.js';
import { problemsWith } from './expectation.js';
import type { Scenario, Step } from './step.js';

/** What became of one step, and how that differs from what was expected. */
export interface StepResult {
  readonly step: Step;
  readonly outcome?: Outcome;
  /** Empty when the step did what it was expected to do. */
  readonly problems: readonly string[];
  readonly world: World;
  /** The requests to KMS that it made, in all its turns. */
  readonly kms: readonly KmsCount[];
}

/** Runs the steps of a scenario in order, on one virtual clock. A generator, so that results can be shown as they come. */
export function* runScenario(scenario: Scenario): Generator<StepResult> {
  let { world } = scenario;
  for (const step of scenario.steps) {
    const result = runStep(world, step);
    world = result.world;
    yield result;
  }
}

export function runStep(world: World, step: Step): StepResult {
  switch (step.verb) {
    case 'set':
    case 'remove':
      return { step, problems: [], world: applyEdits(world, step.edits), kms: [] };
    case 'wait':
      return waited(step, world, step.milliseconds);
    case 'check':
      return { step, problems: checkQueue(world, step), world, kms: [] };
    case 'call':
      return repeat(step, step.times, world, (now) => runCall(now, step.call));
    case 'deliver': {
      const plan = planDelivery(world, step.from, step.to);
      return plan === undefined ? gone(world, step) : repeat(step, 1, world, (now) => runPlan(now, plan));
    }
    case 'poll': {
      const call = pollCall(world, step);
      return call === undefined ? gone(world, step) : repeat(step, 1, world, (now) => runCall(now, call));
    }
  }
}

/** A wait has an outcome only if something came of it. */
function waited(step: Step, world: World, milliseconds: number): StepResult {
  const outcome = passTime(world, milliseconds);
  return {
    step,
    problems: [],
    world: outcome.world,
    kms: countKmsRequests([outcome]),
    ...(outcome.hops.length === 0 ? {} : { outcome }),
  };
}

function gone(world: World, step: Step): StepResult {
  return { step, problems: ['what the step names is not in the file any more'], world, kms: [] };
}

function repeat(
  step: Extract<Step, { readonly expect: unknown }>,
  times: number,
  world: World,
  run: (world: World) => Outcome,
): StepResult {
  const isDelivery = step.verb === 'deliver';
  const counter = new KmsCounter();
  let outcome = run(world);
  counter.add(outcome);
  let problems = problemsWith(outcome, step.expect, isDelivery);
  for (let turn = 1; turn < times && problems.length === 0; turn += 1) {
    outcome = run(outcome.world);
    counter.add(outcome);
    problems = problemsWith(outcome, step.expect, isDelivery).map(
      (problem) => `time ${turn + 1}: ${problem}`,
    );
  }
  return { step, outcome, problems, world: outcome.world, kms: counter.counts() };
}

function pollCall(
  { estate }: World,
  { by, name }: Extract<Step, { readonly verb: 'poll' }>,
): Call | undefined {
  const poller = by === 'function' ? estate.functions.get(name) : estate.sources.get(name);
  const role = poller?.role === undefined ? undefined : estate.principals.get(poller.role);
  return role === undefined
    ? undefined
    : asRole(role, by === 'function' ? 'lambda:Poll' : 'pipes:Poll', name);
}

function checkQueue(world: World, step: Extract<Step, { readonly verb: 'check' }>): readonly string[] {
  const messages = messagesOf(world.state, step.queue);
  const problems: string[] = [];
  if (step.messages !== undefined && messages.length !== step.messages) {
    problems.push(
      `expected ${step.messages} message${step.messages === 1 ? '' : 's'} in ${step.queue}, found ${messages.length}`,
    );
  }
  if (step.task !== undefined) {
    const task = lastTask(world, step.queue);
    const found =
      task === undefined ? 'none' : `${task.status}${task.failure === undefined ? '' : `: ${task.failure}`}`;
    if (task?.status !== step.task)
      problems.push(`expected the move task of ${step.queue} to be ${step.task}, found ${found}`);
  }
  if (step.encryptedWith === undefined) return problems;
  const keys = new Set(
    messages.map(({ encryption }) =>
      encryption === undefined
        ? 'none'
        : (keyByArn(world.estate, encryption.keyArn)?.name ?? encryption.keyArn),
    ),
  );
  for (const key of keys) {
    if (key !== step.encryptedWith)
      problems.push(`expected messages encrypted with ${step.encryptedWith}, found one with ${key}`);
  }
  return problems;
}
