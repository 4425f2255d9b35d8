import { describe, expect, it } from 'vitest';
import { kmsRequestsByFormula } from '../../src/analysis/kms-cost.js';
import { failedTask, type Outcome, type Refusal } from '../../src/replay/outcome.js';
import { runPlan } from '../../src/replay/run-call.js';
import { worldOf } from './adapter.js';
import { ownCall, planOf, serviceCall } from './calls.js';
import { caseFiles, type FieldCase, fixed, type RawStep, type RawWorld } from './case-format.js';
import { sameText } from './same-text.js';

/** Cases that fail, by id, with the reason. A case that begins to pass must leave the list. */
const NOT_YET_REPLAYED: ReadonlyMap<string, string> = new Map();

interface Replay {
  readonly title: string;
  readonly id: string;
  readonly world: RawWorld;
  readonly step: RawStep;
}

/** Which layer refused, in the words of the cases and in ours. `explicit` left out: either kind. */
interface Refuser {
  readonly by: readonly string[];
  readonly explicit?: boolean;
}

const RESOURCE_POLICIES = ['queue-policy', 'key-policy', 'topic-policy', 'resource-policy'];
const REFUSERS: ReadonlyMap<string, Refuser> = new Map<string, Refuser>([
  ['implicit-identity', { by: ['identity-policy'], explicit: false }],
  ['implicit-resource', { by: RESOURCE_POLICIES, explicit: false }],
  ['explicit-deny-identity', { by: ['identity-policy'], explicit: true }],
  ['explicit-deny-resource', { by: RESOURCE_POLICIES, explicit: true }],
  ['scp', { by: ['scp'] }],
  ['rcp', { by: ['rcp'] }],
  ['boundary', { by: ['permissions-boundary'] }],
  ['vpce-policy', { by: ['vpc-endpoint-policy'] }],
  ['cross-account-not-allowed', { by: ['cross-account-exclusion'] }],
  ['validation', { by: ['parameter'] }],
  ['key-not-found', { by: ['not-found'] }],
  ['not-found-in-caller-account', { by: ['not-found'] }],
  ['key-state', { by: ['key-state'] }],
]);

/** What a step came to, in the words of the cases. */
interface Result {
  readonly outcome: 'ok' | 'denied';
  readonly code?: string;
  readonly at?: string;
  readonly http?: number;
  readonly message?: string;
  readonly cause?: { readonly code: string; readonly at: string };
  readonly refusal?: Refusal;
}

const OK: Result = { outcome: 'ok' };

function resultOf(outcome: Outcome): Result {
  const failed = failedTask(outcome)?.outcome.refusal;
  if (failed !== undefined) return { ...denied(failed), code: 'TASK_FAILED' };
  return outcome.refusal === undefined ? OK : denied(outcome.refusal);
}

function denied(refusal: Refusal): Result {
  const { error } = refusal;
  const [where = ''] = refusal.at.split(':');
  const { code, http, message, cause } = error;
  const common = { outcome: 'denied' as const, code, http, message, refusal };
  return cause === undefined
    ? { ...common, at: where }
    : { ...common, at: error.service, cause: { code: cause.code, at: where } };
}

function replay({ world, step }: Replay): void {
  const before = worldOf(world);
  const outcome = runPlan(before, planOf(before, step));
  const result = resultOf(outcome);
  const { refusal } = result;
  const saw = refusal === undefined ? '' : `${refusal.at} by ${refusal.by}: ${refusal.error.message}`;
  expect(result.outcome, saw).toBe(step.expect);
  expect(refusal?.undetermined ?? false, 'nothing is left open').toBe(false);
  checkTrail(step, outcome);
  const { error, kmsAction } = step;
  if (refusal === undefined) return;
  checkRefuser(step, refusal);
  if (kmsAction !== undefined) expect(refusal.at).toBe(kmsAction);
  if (error === undefined) return;
  expect(result, saw).toMatchObject({
    code: error.code,
    at: error.at,
    ...(error.http === undefined ? {} : { http: error.http }),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  });
  const { message } = error;
  if (message !== undefined && !sameText(message, result.message ?? '')) expect(result.message).toBe(message);
}

function checkTrail({ cloudTrail }: RawStep, { asked }: Outcome): void {
  if (cloudTrail === undefined) return;
  const [resource] = cloudTrail.resources;
  const request = asked.at(-1)?.ask.request;
  expect(request).toMatchObject({
    action: `kms:${cloudTrail.eventName}`,
    caller: { arn: { account: cloudTrail.userIdentity.accountId } },
    resource: { arn: resource?.ARN, account: resource?.accountId },
    through: { service: 'sqs', region: cloudTrail.awsRegion },
    encryptionContext: new Map(Object.entries(cloudTrail.requestParameters.encryptionContext)),
  });
  expect(cloudTrail.userIdentity.invokedBy).toBe(`${request?.through?.service}.amazonaws.com`);
}

function checkRefuser(step: RawStep, refusal: Refusal): void {
  if (step.deniedBy === undefined) return;
  const refuser = REFUSERS.get(step.deniedBy);
  expect(refuser, `the test knows ${step.deniedBy}`).toBeDefined();
  expect(refuser?.by).toContain(refusal.by);
  if (refuser?.explicit === undefined) return;
  expect(refusal.asked?.verdict.decision).toBe(refuser.explicit ? 'explicitDeny' : 'implicitDeny');
}

function replaysOf({ id, world, steps, fix, stepsAfterFix = [] }: FieldCase): {
  readonly before: readonly Replay[];
  readonly after: readonly Replay[];
} {
  const repaired = fixed(world, fix?.set ?? []);
  const titled = (list: readonly RawStep[], of: RawWorld, when: string): readonly Replay[] =>
    list.map((step, index) => ({
      title: `${id}, ${when} ${index + 1}: ${inWords(step)}`,
      id,
      world: of,
      step,
    }));
  return { before: titled(steps, world, 'step'), after: titled(stepsAfterFix, repaired, 'after the fix') };
}

function inWords({ op, by, on, expect: wanted, error }: RawStep): string {
  const who = typeof by === 'string' ? by : by.service;
  return `${op} by ${who} on ${on} is ${wanted}${error === undefined ? '' : ` (${error.code})`}`;
}

const FILES = caseFiles().map((file) => ({ ...file, replays: file.cases.map(replaysOf) }));

const SHIPPED = ['seed-examples.json', 'field-cases.json'];

function stepsOf(file: (typeof FILES)[number]): readonly Replay[] {
  return file.replays.flatMap(({ before, after }) => [...before, ...after]);
}

describe.each(FILES.map((file) => [file.name, file] as const))('%s comes out as on AWS', (_name, file) => {
  const due = stepsOf(file).filter(({ id }) => !NOT_YET_REPLAYED.has(id));
  it.each(due.map((each) => [each.title, each] as const))('%s', (_title, each) => replay(each));
});

// Of files that somebody names, no more is asked than that their steps come out.
describe.each(FILES.filter(({ name }) => SHIPPED.includes(name)).map((file) => [file.name, file] as const))(
  'of %s',
  (_name, file) => {
    const services = stepsOf(file).flatMap(({ title, world, step }) =>
      typeof step.by === 'string' ? [] : [{ title, world, by: step.by, on: step.on }],
    );
    it('services call as themselves and for their own resources', () => {
      const differing = services.filter(({ world, by, on }) => {
        const own = ownCall(worldOf(world), by, on);
        return own !== undefined && JSON.stringify(own) !== JSON.stringify(serviceCall(by, on));
      });
      expect(differing.map(({ title }) => title)).toEqual([]);
    });
  },
);

describe('the replay of the cases', () => {
  it.each([
    ['seed-examples.json', 20, 62, 5],
    ['field-cases.json', 35, 60, 40],
  ])('holds all of %s: %i cases, %i steps and %i after the fix', (name, cases, steps, afterFix) => {
    const file = FILES.find((each) => each.name === name);
    expect(file?.cases).toHaveLength(cases);
    expect(file?.replays.flatMap(({ before }) => before)).toHaveLength(steps);
    expect(file?.replays.flatMap(({ after }) => after)).toHaveLength(afterFix);
  });

  it('leaves out only cases that still fail', () => {
    const passing = [...NOT_YET_REPLAYED.keys()].filter((id) => {
      const steps = FILES.flatMap(stepsOf).filter((each) => each.id === id);
      return steps.every(passes);
    });
    expect(passing).toEqual([]);
  });

  it('leaves nothing of the documented examples out', () => {
    const ids = FILES.find(({ name }) => name === 'seed-examples.json')?.cases.map(({ id }) => id) ?? [];
    expect(ids.filter((id) => NOT_YET_REPLAYED.has(id))).toEqual([]);
  });
});

function passes(each: Replay): boolean {
  try {
    replay(each);
    return true;
  } catch {
    return false;
  }
}

describe('the documented costs', () => {
  const costs = FILES.flatMap((file) => file.costs ?? []);
  it.each(costs.map((each) => [each.id, each] as const))(
    '%s comes out to the request',
    (_id, { B, queues, total }) => {
      const requests = queues.map(({ D, P, C }) =>
        kmsRequestsByFormula({ billingSeconds: B, reusePeriodSeconds: D, producers: P, consumers: C }),
      );
      expect(requests).toEqual(queues.map(({ R }) => R));
      expect(requests.reduce((sum, each) => sum + each, 0)).toBe(total);
    },
  );
  it('are 26,784 and 532', () => {
    expect(costs.map(({ total }) => total)).toEqual(expect.arrayContaining([26_784, 532]));
  });
});
