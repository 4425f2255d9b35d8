import type { EventSource } from '../services/delivery.js';
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
      const poller = polling(loader, estate, step.read.poll);
      const expect = buildExpectation(loader, estate, step.read, 'sqs:ReceiveMessage');
      return poller === undefined ? undefined : { ...base, verb: 'poll', ...poller, expect };
    }
    case 'wait':
      return { ...base, verb: 'wait', milliseconds: step.read.wait };
    case 'check': {
      const check = checkOf(loader, estate, step.read);
      return check === undefined ? undefined : { ...base, verb: 'check', ...check };
    }
  }
}

const DELIVERING = [
  ['topics', 'topic'],
  ['buckets', 'bucket'],
  ['rules', 'rule'],
  ['functions', 'function'],
  ['sources', 'source'],
] as const;

function sourceOf(
  loader: Loader,
  estate: Estate,
  reference: Located<string> | undefined,
): EventSource | undefined {
  if (reference === undefined) return undefined;
  const name = reference.value;
  if (DELIVERING.some(([section]) => loader.hasRefused(section, name))) return undefined;
  for (const [section, kind] of DELIVERING) if (estate[section].has(name)) return { kind, name };
  const things = new Map<string, unknown>(DELIVERING.flatMap(([section]) => [...estate[section]]));
  referTo(loader, reference, things, 'topic, bucket, rule, function or source');
  return undefined;
}

/** Functions poll, and so do pipes that read from a queue. */
function polling(
  loader: Loader,
  estate: Estate,
  reference: Located<string> | undefined,
): Pick<Extract<Step, { readonly verb: 'poll' }>, 'by' | 'name'> | undefined {
  if (reference === undefined) return undefined;
  const pipe = estate.sources.get(reference.value);
  const by = pipe === undefined || estate.functions.has(reference.value) ? 'function' : 'pipe';
  const name = by === 'pipe' ? reference.value : named(loader, estate, reference, 'functions');
  if (name === undefined) return undefined;
  const polls = by === 'pipe' ? pipe?.polls : estate.functions.get(name)?.polls;
  if (polls !== undefined) return { by, name };
  return refuse(loader, reference.spot, {
    code: 'missing-element',
    message: `${by === 'pipe' ? (pipe?.type ?? by) : by} ${excerpt(name)} polls no queue`,
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
