import { KMS_OPERATIONS } from '../catalogue/kms-operations.js';
import { SQS_OPERATIONS } from '../catalogue/sqs-operations.js';
import { type ContextValue, UNKNOWN } from '../conditions/context.js';
import { readCaller } from '../evaluator/caller.js';
import type { Caller } from '../evaluator/request.js';
import { codeOf } from '../services/lambda.js';
import { type CalledOn, OTHER_CALLS, resourceOf } from '../services/plan-call.js';
import { excerpt } from '../syntax/excerpt.js';
import { scalarText } from '../syntax/scalar.js';
import type { Call } from '../world/call.js';
import type { Estate } from '../world/world.js';
import { keyCalledOn, replicaToMake } from './build-kms-call.js';
import { buildParameters, textGiven } from './build-parameters.js';
import { buildPath } from './build-path.js';
import { buildSession, nameSession } from './build-principal.js';
import type { Loader } from './loader.js';
import { queueToMake, regionOf } from './made-queue.js';
import { named } from './named.js';
import type { ReadStep } from './read-step.js';
import { describe, itemsOf, type Located, refuse, type Spot, suggest } from './spot.js';

type ReadCall = ReadStep<'call'>;

/** The call of a step: who, what, on which resource, along which path; `undefined` after complaints. */
export function buildCall(loader: Loader, estate: Estate, read: ReadCall): Call | undefined {
  const who = callerOf(loader, estate, read.as);
  const api = apiOf(loader, read.call);
  const session = read.session === undefined ? undefined : buildSession(loader, read.session, 'this step');
  const context = contextOf(loader, read);
  const on = api === undefined ? NOTHING : resourceAt(loader, estate, read, api);
  if (api === 's3:PutObject') needsKey(loader, read);
  const region = regionOf(loader, read);
  if (api === undefined || who === undefined || on === undefined) return undefined;
  return {
    api,
    ...who,
    caller: nameSession(who.caller, session?.name),
    ...(session === undefined ? {} : { session }),
    path: buildPath(loader, estate, read, api),
    ...on,
    ...replicaToMake(loader, estate, read, api),
    ...(region === undefined ? {} : { region }),
    ...buildParameters(loader, api, read.with),
    context: [...(who.context ?? []), ...context],
  };
}

function callerOf(
  loader: Loader,
  estate: Estate,
  given: Located<string>,
): (Pick<Call, 'caller' | 'principal'> & Partial<Pick<Call, 'context'>>) | undefined {
  const principal = estate.principals.get(given.value);
  if (principal !== undefined) return { caller: principal.caller, principal };
  const lambda = estate.functions.get(given.value);
  const role = lambda === undefined ? undefined : estate.principals.get(lambda.role);
  if (lambda !== undefined && role !== undefined) return codeOf(lambda, role);
  const caller = readCaller(given.value);
  if (caller !== undefined && isPlausible(caller)) return { caller };
  if (given.value.startsWith('arn:')) {
    return refuse(loader, given.spot, {
      code: 'bad-arn',
      message: `${excerpt(given.value)} is no principal`,
      expected: 'the ARN of a role, user, session, federated user or account root',
    });
  }
  named(loader, estate, given, 'principals');
  return undefined;
}

/** Any name with a dot could be a host; only those of AWS are service principals. */
function isPlausible(caller: Caller): boolean {
  return caller.kind !== 'service' || /\.(amazonaws\.com(\.cn)?|amazon\.com)$/.test(caller.host);
}

const CALLS: ReadonlySet<string> = new Set([
  ...[...SQS_OPERATIONS.values()].map(({ name }) => `sqs:${name}`),
  ...[...KMS_OPERATIONS.values()].map(({ name }) => `kms:${name}`),
  ...OTHER_CALLS.keys(),
]);

function apiOf(loader: Loader, { value, spot }: Located<string>): string | undefined {
  if (CALLS.has(value)) return value;
  const hasService = value.includes(':');
  const twin = [...CALLS].find((api) => api.endsWith(`:${value}`));
  return refuse(loader, spot, {
    code: 'unknown-name',
    message: hasService
      ? `${excerpt(value)} is no call that can be replayed`
      : `${excerpt(value)} does not name its service`,
    expected: `a call of SQS or KMS such as \`sqs:SendMessage\`, or ${[...OTHER_CALLS.keys()].map((api) => `\`${api}\``).join(', ')}`,
    help:
      twin === undefined ? suggest(loader, hasService ? value : `sqs:${value}`, CALLS) : `write \`${twin}\``,
  });
}

const NOTHING = {};
const SECTION = {
  queue: 'queues',
  key: 'keys',
  topic: 'topics',
  bucket: 'buckets',
  rule: 'rules',
  function: 'functions',
} as const satisfies Readonly<Record<CalledOn, string>>;
const KINDS = ['queue', 'key', 'topic', 'bucket', 'rule', 'function'] as const;

/** The resource by name, or nothing where none is needed; `undefined` after a complaint. */
function resourceAt(
  loader: Loader,
  estate: Estate,
  read: ReadCall,
  api: string,
): { readonly on?: string } | undefined {
  if (api === 'sqs:CreateQueue') return queueToMake(loader, read);
  const wanted = api === 'sqs:ListQueues' ? undefined : resourceOf(api);
  for (const kind of KINDS) {
    if (kind === wanted || read[kind] === undefined) continue;
    return refuse(
      loader,
      read[kind].spot,
      {
        code: 'conflicting-elements',
        message: `${excerpt(api)} is not called on a ${kind}`,
        expected: wanted === undefined ? 'no resource' : `\`${wanted}:\``,
      },
      'name',
    );
  }
  if (wanted === undefined) return NOTHING;
  if (wanted === 'key') return keyCalledOn(loader, estate, read, api.slice('kms:'.length));
  const given = read[wanted];
  if (given !== undefined) {
    const on = named(loader, estate, given, SECTION[wanted]);
    return on === undefined ? undefined : { on };
  }
  return refuse(loader, read.call.spot, {
    code: 'missing-element',
    message: `${excerpt(api)} names no ${wanted}`,
    expected: `\`${wanted}:\` with the name of a ${wanted} of this file`,
  });
}

/** The name of the object is a part of the resource that policies speak of, so it is not made up. */
function needsKey(loader: Loader, read: ReadCall): void {
  if (textGiven(read.with, 'Key') !== undefined) return;
  refuse(loader, read.call.spot, {
    code: 'missing-element',
    message: '`s3:PutObject` names no object',
    expected: '`with: { Key: name }`',
  });
}

function contextOf(loader: Loader, { context, unknown }: ReadCall): Call['context'] {
  const seen = new Map<string, string>();
  const entries: (readonly [string, ContextValue])[] = [];
  const isTwin = (name: string, spot: Spot, what: 'value' | 'name'): boolean => {
    const twin = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    if (twin === undefined) return false;
    const message =
      twin === name
        ? `the condition key ${excerpt(name)} is given twice`
        : `${excerpt(name)} and ${excerpt(twin)} are the same condition key`;
    const code = 'condition-key-letter-case';
    refuse(loader, spot, { code, message, expected: 'one of the two' }, what);
    return true;
  };
  for (const [name, spot] of context ?? []) {
    if (isTwin(name, spot, 'name')) continue;
    const value = itemsOf(spot)?.flatMap((item) => scalarText(item.node) ?? []) ?? scalarText(spot.node);
    if (value !== undefined) entries.push([name, value]);
    else
      refuse(loader, spot, {
        code: 'wrong-type',
        message: `the value of ${excerpt(name)} is ${describe(spot.node)}`,
        expected: 'a text or a list of texts',
      });
  }
  for (const { value, spot } of unknown ?? [])
    if (!isTwin(value, spot, 'value')) entries.push([value, UNKNOWN]);
  return entries;
}
