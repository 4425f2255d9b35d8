import { excerpt } from '../syntax/excerpt.js';
import type { Estate } from '../world/world.js';
import { buildCall } from './build-call.js';
import { buildExpectation } from './build-expectation.js';
import type { Loader } from './loader.js';
import { named } from './named.js';
import { type AnyReadStep, type ReadStep, stepBase } from './read-step.js';
import { type Located, referTo, refuse } from './spot.js';
import type { Step } from './step.js';

type Acting = Exclude<AnyReadStep, { verb: 'set' | 'remove' }>;

/** Turns a step that acts into what the replay runs, against the estate as it is at that step. */
export function buildStep(loader: Loader, estate: Estate, step: Acting, number: number): Step | undefined {
  const base = stepBase(step.read, number);
  switch (step.verb) {
    case 'call': {
      const { read } = step;
      const call = buildCall(loader, estate, read);
      const expect = buildExpectation(loader, estate, read, call?.api ?? '');
      return call === undefined ? undefined : { ...base, verb: 'call', call, times: read.times ?? 1, expect };
    }
    case 'deliver': {
      const from = sourceOf(loader, estate, step.read.deliver);
      const to = named(loader, estate, step.read.to, 'queues');
      const expect = buildExpectation(loader, estate, step.read, 'sqs:SendMessage');
      return from === undefined || to === undefined
        ? undefined
        : { ...base, verb: 'deliver', from, to, expect };
    }
    case 'poll': {
      const lambda = polling(loader, estate, step.read.poll);
      const expect = buildExpectation(loader, estate, step.read, 'sqs:ReceiveMessage');
      return lambda === undefined ? undefined : { ...base, verb: 'poll', lambda, expect };
    }
    case 'wait':
      return { ...base, verb: 'wait', milliseconds: step.read.wait };
    case 'check': {
      const check = checkOf(loader, estate, step.read);
      return check === undefined ? undefined : { ...base, verb: 'check', ...check };
    }
  }
}

function sourceOf(
  loader: Loader,
  { topics, buckets, rules }: Estate,
  reference: Located<string> | undefined,
): { readonly kind: 'topic' | 'bucket' | 'rule'; readonly name: string } | undefined {
  if (reference === undefined) return undefined;
  const name = reference.value;
  if ((['topics', 'buckets', 'rules'] as const).some((section) => loader.hasRefused(section, name)))
    return undefined;
  if (topics.has(name)) return { kind: 'topic', name };
  if (buckets.has(name)) return { kind: 'bucket', name };
  if (rules.has(name)) return { kind: 'rule', name };
  const things = new Map<string, unknown>([...topics, ...buckets, ...rules]);
  referTo(loader, reference, things, 'topic, bucket or rule');
  return undefined;
}

function polling(loader: Loader, estate: Estate, reference: Located<string> | undefined): string | undefined {
  const lambda = named(loader, estate, reference, 'functions');
  if (lambda === undefined || reference === undefined) return undefined;
  if (estate.functions.get(lambda)?.polls !== undefined) return lambda;
  return refuse(loader, reference.spot, {
    code: 'missing-element',
    message: `function ${excerpt(lambda)} polls no queue`,
    expected: '`polls:` in its definition',
  });
}

function checkOf(
  loader: Loader,
  estate: Estate,
  { check }: ReadStep<'check'>,
): Omit<Extract<Step, { readonly verb: 'check' }>, 'verb' | 'number' | 'title' | 'at'> | undefined {
  const queue = named(loader, estate, check.queue, 'queues');
  const { messages, 'encrypted-with': key, task } = check;
  if (key !== undefined && key.value !== 'none' && !key.value.startsWith('aws/'))
    named(loader, estate, key, 'keys');
  if (messages === undefined && key === undefined && task === undefined) {
    return refuse(loader, check.spot, {
      code: 'missing-element',
      message: 'the check asks nothing of the queue',
      expected: '`messages:`, `encrypted-with:` or `task:`',
    });
  }
  if (queue === undefined) return undefined;
  return {
    queue,
    ...(messages === undefined ? {} : { messages }),
    ...(key === undefined ? {} : { encryptedWith: key.value }),
    ...(task === undefined ? {} : { task }),
  };
}
