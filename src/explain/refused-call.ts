import { accountOf } from '../evaluator/principal.js';
import type { Caller } from '../evaluator/request.js';
import type { Hop, Outcome, Refusal } from '../replay/outcome.js';

import { parseArn } from '../syntax/arn.js';
import { type Call, serviceOf } from '../world/call.js';
import { visibleText } from './plain-text.js';

/** A refusal, the call whose own step was refused, and the hops that lead there from the outermost call. */
export interface RefusedCall {
  readonly outcome: Outcome;
  readonly refusal: Refusal;
  readonly hops: readonly Hop[];
}

/** Follows a refused call to the one that was refused itself. `undefined` when the call succeeded. */
export function findRefusal(outcome: Outcome): RefusedCall | undefined {
  const hops: Hop[] = [];
  let inner = outcome;
  for (;;) {
    const { refusal } = inner;
    if (refusal === undefined) return undefined;
    const hop = inner.hops.findLast(({ fate }) => fate === 'refused');
    if (hop === undefined) return { outcome: inner, refusal, hops };
    hops.push(hop);
    inner = hop.outcome;
  }
}

/** One call on the way to the refusal, outermost first; the last is the request that was refused. */
export interface ChainLink {
  /** `sqs:ReceiveMessage`; of the last link the action that was refused, `kms:Decrypt`. */
  readonly api: string;
  readonly on?: string;
  /** Who made it, by the name people know. */
  readonly by: string;
  /** What it was made for: `topic news`, `function billing`. */
  readonly for?: string;
}

export function chainOf(
  { outcome, refusal, hops }: RefusedCall,
  cause: Call | undefined,
): readonly ChainLink[] {
  const calls = [...(cause === undefined ? [] : [{ call: cause }]), ...outerCalls(outcome, hops)];
  const links = calls.map(({ call, hop }: { readonly call: Call; readonly hop?: Hop }) => link(call, hop));
  const { call } = outcome;
  if (refusal.at.toLowerCase() === call.api.toLowerCase()) return links;
  const itself = call.caller.kind === 'service' || !refusal.at.startsWith('kms:');
  const by = itself
    ? whoCalls(refusal.asked?.ask.madeBy ?? call)
    : serviceWords(`${serviceOf(call)}.amazonaws.com`);
  return [...links, { api: refusal.at, on: shortName(refusal.on), by }];
}

function outerCalls(
  outcome: Outcome,
  hops: readonly Hop[],
): readonly { readonly call: Call; readonly hop?: Hop }[] {
  if (hops.length === 0) return [{ call: outcome.call }];
  return hops.map((hop) => ({ call: hop.outcome.call, hop }));
}

function link(call: Call, hop: Hop | undefined): ChainLink {
  return {
    api: visibleText(call.api),
    ...(call.on === undefined ? {} : { on: visibleText(call.on) }),
    by: whoCalls(call),
    ...(hop === undefined ? {} : { for: visibleText(hop.from) }),
  };
}

/** What does not exist is known by its ARN only: the part of it that says most. */
function shortName(on: string): string {
  return visibleText(parseArn(on)?.resource ?? on);
}

/** Which request was refused and who made it for whom, in words; the most complete first. */
export function refusedTexts(chain: readonly ChainLink[]): readonly [string, ...string[]] {
  const last = chain.at(-1);
  if (last === undefined) return ['the call'];
  const outer = chain.at(-2);
  const where = last.on === undefined || last.on === '*' ? '' : ` on ${last.on}`;
  const what = `${last.api}${where}`;
  if (outer === undefined || last.for !== undefined) {
    const short = `${what}, made by ${last.by}${last.for === undefined ? '' : ` for ${last.for}`}`;
    if (outer === undefined) return [short];
    return [`${short} after ${callText(outer)}`, short];
  }
  const first = chain.at(-3);
  const made =
    serviceName(last.api) === serviceName(outer.api)
      ? `for ${possessive(outer.by)}`
      : last.by === outer.by
        ? `made as ${last.by} itself for its`
        : `made by ${last.by} for ${possessive(outer.by)}`;
  const operation = operationName(outer.api);
  const short = `${what}, ${made} ${operation}`;
  const whole = `${short}${outer.on === undefined ? '' : ` on ${outer.on}`}`;
  const origin = outer.for === undefined ? [] : [`${whole} (${outer.for})`];
  const root =
    outer.for === undefined || first === undefined
      ? []
      : [`${whole} (${outer.for}, after ${callText(first)})`];
  const [longest = whole, ...others] = [...root, ...origin, whole, short];
  return [longest, ...others];
}

function callText({ api, by }: ChainLink): string {
  return `${possessive(by)} ${operationName(api)}`;
}

export function operationName(api: string): string {
  return api.slice(api.indexOf(':') + 1);
}

function serviceName(api: string): string {
  return api.slice(0, api.indexOf(':'));
}

function possessive(name: string): string {
  return name.endsWith('s') ? `${name}’` : `${name}’s`;
}

/** A principal of the world by its name, a service by its own, anybody else by user, role or account. */
export function whoCalls(call: Call): string {
  return visibleText(call.principal?.name ?? callerWords(call.caller));
}

export function callerWords(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
      return `user ${lastPart(caller.arn.resource)}`;
    case 'session':
      return `role ${lastPart(caller.role.resource)}`;
    case 'federatedUser':
      return `federated user ${lastPart(caller.arn.resource)}`;
    case 'root':
      return `the root user of ${accountOf(caller) ?? ''}`;
    case 'service':
      return serviceWords(caller.host);
    case 'anonymous':
      return 'an anonymous caller';
  }
}

function lastPart(resource: string): string {
  return resource.slice(resource.lastIndexOf('/') + 1);
}

const SERVICES: ReadonlyMap<string, string> = new Map([
  ['sns', 'SNS'],
  ['sqs', 'SQS'],
  ['s3', 'S3'],
  ['kms', 'KMS'],
  ['events', 'EventBridge'],
  ['lambda', 'Lambda'],
]);

/** `SNS` for `sns.amazonaws.com`; services without a short name keep their host name. */
export function serviceWords(host: string): string {
  return SERVICES.get(host.split('.', 1).join('')) ?? host;
}
