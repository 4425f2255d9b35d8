import { KMS_OPERATIONS } from '../catalogue/kms-operations.js';
import { SQS_OPERATIONS } from '../catalogue/sqs-operations.js';
import { type ContextValue, UNKNOWN } from '../conditions/context.js';
import { readCaller } from '../evaluator/caller.js';
import { RULES } from '../rules/registry.js';
import { resourceOf } from '../services/plan-call.js';
import { placeOf } from '../syntax/locate.js';
import { didYouMean } from '../syntax/suggest.js';
import type { Call } from '../world/call.js';
import type { Estate } from '../world/world.js';
import { buildSession, nameSession } from './build-principal.js';
import type { Loader } from './loader.js';
import type { Read } from './shape.js';
import { describe, itemsOf, type Located, membersOf, refuse, type Spot, scalarText } from './spot.js';
import type { Expectation, ExpectedReason, Step } from './step.js';
import { STEPS, VERBS, type Verb } from './step-format.js';

type ReadStep<V extends Verb> = Read<(typeof STEPS)[V]>;
export type AnyReadStep = { readonly [V in Verb]: { readonly verb: V; readonly read: ReadStep<V> } }[Verb];

/** Reads a step by its verb first, so that complaints are about that verb. */
export function readStep(loader: Loader, spot: Spot): AnyReadStep | undefined {
  const members = membersOf(spot);
  if (members === undefined) {
    return refuse(loader, spot, {
      code: 'wrong-type',
      message: `the step is ${describe(spot.node)}`,
      expected: `a mapping with one of ${VERBS.join(', ')}`,
    });
  }
  const verbs = VERBS.filter((verb) => members.some(({ key }) => key === verb));
  const [verb] = verbs;
  if (verbs.length !== 1 || verb === undefined) {
    const first = members[0]?.key ?? '';
    return refuse(loader, spot, {
      code: verbs.length === 0 ? 'missing-element' : 'conflicting-elements',
      message:
        verbs.length === 0
          ? 'the step says nothing to do'
          : `the step has ${verbs.length} verbs: ${verbs.join(', ')}`,
      expected: `exactly one of ${VERBS.join(', ')}`,
      help:
        verbs.length === 0
          ? members.some(({ key }) => key === 'as')
            ? 'add `call:`'
            : didYouMean(first, VERBS)
          : 'make a step of each',
    });
  }
  const before = loader.issues.length;
  const read = STEPS[verb].readMembers(loader, spot, members);
  if (loader.issues.slice(before).some(({ severity }) => severity === 'error')) return undefined;
  return { verb, read } as AnyReadStep;
}

/** What every step has: its number, perhaps a title, and its place in the file. */
export function stepBase(
  read: { readonly title?: Located<string>; readonly spot: Spot },
  number: number,
): Pick<Step, 'number' | 'title' | 'at'> {
  const { title, spot } = read;
  const at = placeOf(spot.source, spot.pointer, spot.node.span);
  return { number, ...(title === undefined ? {} : { title: title.value }), at };
}

/** Turns a step that acts into what the replay runs, against the estate as it is at that step. */
export class StepBuilder {
  constructor(
    private readonly loader: Loader,
    private readonly estate: Estate,
  ) {}

  build(step: Exclude<AnyReadStep, { verb: 'set' | 'remove' }>, number: number): Step | undefined {
    const { read } = step;
    const base = stepBase(read, number);
    switch (step.verb) {
      case 'call': {
        const call = this.call(step.read);
        return call === undefined
          ? undefined
          : {
              ...base,
              verb: 'call',
              call,
              times: step.read.times ?? 1,
              expect: this.expectation(step.read, call.api),
            };
      }
      case 'deliver': {
        const from = this.source(step.read.deliver);
        const to = this.named(step.read.to, this.estate.queues, 'queue');
        if (from === undefined || to === undefined) return undefined;
        return { ...base, verb: 'deliver', from, to, expect: this.expectation(step.read, 'sqs:SendMessage') };
      }
      case 'poll': {
        const lambda = this.named(step.read.poll, this.estate.functions, 'function');
        if (lambda === undefined || step.read.poll === undefined) return undefined;
        if (this.estate.functions.get(lambda)?.polls === undefined) {
          return refuse(this.loader, step.read.poll.spot, {
            code: 'missing-element',
            message: `function \`${lambda}\` polls no queue`,
            expected: '`polls:` in its definition',
          });
        }
        return { ...base, verb: 'poll', lambda, expect: this.expectation(step.read, 'sqs:ReceiveMessage') };
      }
      case 'wait':
        return { ...base, verb: 'wait', milliseconds: step.read.wait ?? 0 };
      case 'check': {
        const { check } = step.read;
        const queue = this.named(check?.queue, this.estate.queues, 'queue');
        if (queue === undefined || check === undefined) return undefined;
        const key = check['encrypted-with'];
        if (key !== undefined && key.value !== 'none') this.named(key, this.estate.keys, 'key');
        return {
          ...base,
          verb: 'check',
          queue,
          ...(check.messages === undefined ? {} : { messages: check.messages }),
          ...(key === undefined ? {} : { encryptedWith: key.value }),
        };
      }
    }
  }

  private named(
    reference: Located<string> | undefined,
    things: ReadonlyMap<string, unknown>,
    what: string,
  ): string | undefined {
    if (reference === undefined) return undefined;
    if (things.has(reference.value)) return reference.value;
    return refuse(this.loader, reference.spot, {
      code: 'unknown-name',
      message: `unknown ${what} \`${reference.value}\``,
      expected:
        things.size === 0 ? `a ${what} defined in this file` : `one of ${[...things.keys()].join(', ')}`,
      help: didYouMean(reference.value, things.keys()),
    });
  }

  private source(
    reference: Located<string> | undefined,
  ): { readonly kind: 'topic' | 'bucket' | 'rule'; readonly name: string } | undefined {
    if (reference === undefined) return undefined;
    const { topics, buckets, rules } = this.estate;
    const name = reference.value;
    if (topics.has(name)) return { kind: 'topic', name };
    if (buckets.has(name)) return { kind: 'bucket', name };
    if (rules.has(name)) return { kind: 'rule', name };
    const names = new Map<string, unknown>([...topics, ...buckets, ...rules]);
    this.named(reference, names, 'topic, bucket or rule');
    return undefined;
  }

  private call(read: ReadStep<'call'>): Call | undefined {
    const api = this.api(read.call);
    const who = this.caller(read);
    if (api === undefined || who === undefined) return undefined;
    const on = this.resource(read, api);
    if (on === false) return undefined;
    const session =
      read.session === undefined ? undefined : buildSession(this.loader, read.session, 'this step');
    return {
      api,
      ...who,
      caller: nameSession(who.caller, session?.name),
      ...(session === undefined ? {} : { session }),
      path: {
        tls: read.tls ?? true,
        ...(read.through === undefined ? {} : { endpoint: read.through.value }),
        ...(read.from === undefined ? {} : { sourceIp: read.from.value }),
      },
      ...(on === undefined ? {} : { on }),
      parameters: this.parameters(read.with),
      context: [
        ...this.context(read.context),
        ...(read.unknown ?? []).map(({ value }) => [value, UNKNOWN] as const),
      ],
    };
  }

  private api(given: Located<string> | undefined): string | undefined {
    if (given === undefined) return undefined;
    const { value, spot } = given;
    if (resourceOf(value) !== undefined) return value;
    const known = [
      ...[...SQS_OPERATIONS.values()].map(({ name }) => `sqs:${name}`),
      ...[...KMS_OPERATIONS.values()].map(({ name }) => `kms:${name}`),
      'sns:Publish',
      's3:PutBucketNotificationConfiguration',
    ].filter((api) => resourceOf(api) !== undefined);
    return refuse(this.loader, spot, {
      code: 'unknown-name',
      message: value.includes(':')
        ? `\`${value}\` is no call that can be replayed`
        : `\`${value}\` does not name its service`,
      expected:
        'a call such as `sqs:SendMessage`, `kms:Decrypt`, `sns:Publish` or `s3:PutBucketNotificationConfiguration`',
      help: didYouMean(value.includes(':') ? value : `sqs:${value}`, known),
    });
  }

  private caller(read: ReadStep<'call'>): Pick<Call, 'caller' | 'principal'> | undefined {
    const given = read.as;
    if (given === undefined) return undefined;
    const principal = this.estate.principals.get(given.value);
    if (principal !== undefined) return { caller: principal.caller, principal };
    const caller = readCaller(given.value);
    if (caller !== undefined) return { caller };
    this.named(given, this.estate.principals, 'principal');
    return undefined;
  }

  /** The resource by name; `undefined` where none is needed, `false` after a complaint. */
  private resource(read: ReadStep<'call'>, api: string): string | undefined | false {
    const wanted = resourceOf(api);
    const things = {
      queue: this.estate.queues,
      key: this.estate.keys,
      topic: this.estate.topics,
      bucket: this.estate.buckets,
    } as const;
    for (const kind of ['queue', 'key', 'topic', 'bucket'] as const) {
      if (kind === wanted || read[kind] === undefined) continue;
      refuse(this.loader, read[kind].spot, {
        code: 'conflicting-elements',
        message: `${api} is not called on a ${kind}`,
        expected: `\`${wanted ?? 'nothing'}:\``,
      });
      return false;
    }
    if (wanted === undefined) return undefined;
    const given = read[wanted];
    if (given !== undefined) return this.named(given, things[wanted], wanted) ?? false;
    if (api.startsWith('kms:') && KEYLESS.has(api.slice(4))) return undefined;
    refuse(this.loader, read.spot, {
      code: 'missing-element',
      message: `${api} names no ${wanted}`,
      expected: `\`${wanted}:\``,
    });
    return false;
  }

  private parameters(given: ReadonlyMap<string, Spot> | undefined): ReadonlyMap<string, string> {
    const parameters = new Map<string, string>();
    for (const [name, spot] of given ?? []) {
      const value = scalarText(spot.node);
      if (value !== undefined) parameters.set(name, value);
      for (const { key, value: inner } of membersOf(spot) ?? []) {
        const text = scalarText(inner.node);
        if (text !== undefined) parameters.set(`${name}.${key}`, text);
      }
      const items = itemsOf(spot);
      if (items !== undefined) parameters.set(name, String(items.length));
    }
    return parameters;
  }

  private context(
    given: ReadonlyMap<string, Spot> | undefined,
  ): readonly (readonly [string, ContextValue])[] {
    const seen = new Map<string, string>();
    const entries: (readonly [string, ContextValue])[] = [];
    for (const [name, spot] of given ?? []) {
      const twin = seen.get(name.toLowerCase());
      seen.set(name.toLowerCase(), name);
      if (twin !== undefined) {
        refuse(
          this.loader,
          spot,
          {
            code: 'condition-key-letter-case',
            message: `\`${name}\` and \`${twin}\` are the same condition key`,
            expected: 'one of the two',
          },
          'name',
        );
      }
      const value = itemsOf(spot)?.flatMap((item) => scalarText(item.node) ?? []) ?? scalarText(spot.node);
      if (value !== undefined) entries.push([name, value]);
      else
        refuse(this.loader, spot, {
          code: 'wrong-type',
          message: `the value of \`${name}\` is ${describe(spot.node)}`,
          expected: 'a text or a list of texts',
        });
    }
    return entries;
  }

  private expectation(read: Pick<ReadStep<'call'>, 'expect' | 'calls'>, api: string): Expectation {
    const calls = this.calls(read.calls);
    const { expect } = read;
    if (expect === undefined || expect === 'allowed') return { of: 'allowed', ...calls };
    if (expect === 'denied') return { of: 'denied', ...calls };
    if (expect.lost !== undefined)
      return { of: 'lost', lost: expect.lost.map((each) => this.reason(each, api)), ...calls };
    if (expect.undetermined !== undefined)
      return { of: 'undetermined', undetermined: expect.undetermined.map(({ value }) => value), ...calls };
    const reason = this.reason(expect, api);
    if (expect.failed !== undefined) return { of: 'taskFails', reason, ...calls };
    if (expect.denied === undefined) {
      refuse(this.loader, expect.spot, {
        code: 'missing-element',
        message: 'the expectation says neither `denied`, `lost`, `failed` nor `undetermined`',
        expected: '`denied: CODE`, or `denied: true` for any error',
      });
    }
    return { of: 'denied', reason, ...calls };
  }

  private calls(given: readonly Located<string>[] | undefined): Pick<Expectation, 'calls'> {
    if (given === undefined) return {};
    return {
      calls: given.map(({ value, spot }) => {
        const [action = '', key] = value.split(' ', 2);
        if (!action.startsWith('kms:')) {
          refuse(this.loader, spot, {
            code: 'wrong-value',
            message: `\`${value}\` is no KMS request`,
            expected: '`kms:Decrypt`, or `kms:Decrypt key-name`',
          });
        }
        if (key !== undefined && !this.estate.keys.has(key) && !key.startsWith('aws/')) {
          refuse(this.loader, spot, {
            code: 'unknown-name',
            message: `unknown key \`${key}\``,
            help: didYouMean(key, this.estate.keys.keys()),
          });
        }
        return { action, ...(key === undefined ? {} : { key }) };
      }),
    };
  }

  private reason(
    read: Partial<Omit<Read<typeof import('./step-format.js').expectation>, 'lost' | 'undetermined'>>,
    api: string,
  ): ExpectedReason {
    const { queue, denied, at, key, by, statement, explicit, message, because } = read;
    if (queue !== undefined) this.named(queue, this.estate.queues, 'queue');
    if (key !== undefined && !key.value.startsWith('aws/')) this.named(key, this.estate.keys, 'key');
    if (denied?.value === 'AccessDeniedException' && at?.value.startsWith('kms:') && api.startsWith('sqs:')) {
      refuse(this.loader, denied.spot, {
        code: 'hint',
        severity: 'warning',
        message: 'SQS passes a refusal of KMS on under a code of its own',
        help: 'write `KMS.AccessDeniedException`',
      });
    }
    for (const rule of because ?? []) {
      if (Object.hasOwn(RULES, rule.value)) continue;
      refuse(this.loader, rule.spot, {
        code: 'unknown-name',
        message: `unknown rule \`${rule.value}\``,
        help: didYouMean(rule.value, Object.keys(RULES)),
      });
    }
    return {
      ...(queue === undefined ? {} : { queue: queue.value }),
      ...(denied === undefined || denied.value === 'true' ? {} : { code: denied.value }),
      ...(at === undefined ? {} : { at: at.value }),
      ...(key === undefined ? {} : { key: key.value }),
      ...(by === undefined ? {} : { by }),
      ...(statement === undefined ? {} : { statement: statement.value }),
      ...(explicit === undefined ? {} : { explicit }),
      ...(message === undefined ? {} : { message: message.value }),
      ...(because === undefined ? {} : { because: because.map(({ value }) => value) }),
    };
  }
}

const KEYLESS: ReadonlySet<string> = new Set(
  [...KMS_OPERATIONS.values()]
    .filter(({ permissions }) => permissions.every(({ on }) => on === 'none'))
    .map(({ name }) => name),
);
