import type { ContextValue } from '../conditions/context.js';
import type { Caller } from '../evaluator/request.js';
import type { Policy } from '../policy/policy.js';
import type { Checked } from '../syntax/issue.js';
import type { Message, Principal, SessionTraits } from './world.js';

/** How a request reaches the service: through a VPC endpoint, or over the public endpoint from some address. */
export interface NetworkPath {
  /** The id of a VPC endpoint of the estate, or one that the estate does not describe. */
  readonly endpoint?: string;
  /** The public address of the caller; left out: not known. */
  readonly sourceIp?: string;
  /** `false` for plain HTTP. */
  readonly tls: boolean;
}

export const PUBLIC_ENDPOINT: NetworkPath = { tls: true };

/** The resource on whose behalf a service principal calls. */
export interface CallSource {
  readonly arn: string;
  readonly account: string;
  /** The Region of the source, for the regional names of the service principal. */
  readonly region: string;
}

/** The value of a parameter as it was given: every scalar is the text that was typed. */
export type Parameter = string | readonly Parameter[] | ReadonlyMap<string, Parameter>;

/** One API call: who makes it, of what kind, on what, along which path. */
export interface Call {
  /** `sqs:SendMessage`, as AWS spells service and operation. */
  readonly api: string;
  readonly caller: Caller;
  /** The principal's policies; absent for services, anonymous callers and identities that the estate does not describe. */
  readonly principal?: Principal;
  readonly session?: SessionTraits;
  readonly source?: CallSource;
  readonly path: NetworkPath;
  /** The resource by its name in the estate; `undefined` for calls that name none. */
  readonly on?: string;
  /** The Region that is called, where nothing that the call is on says so. */
  readonly region?: string;
  /** The name of the thing that the call makes, beside the one that it is on. */
  readonly makes?: string;
  /** By AWS's names. A policy among them is in `policy` as well. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** The policy that the call puts in place, read as such; with issues, the service refuses it. */
  readonly policy?: Checked<Policy>;
  /** Condition keys that the asker sets, over those that follow from the rest. `undefined` takes a key away. */
  readonly context: readonly (readonly [string, ContextValue | undefined])[];
  /** The one message that it is about, by its id: a move task takes one after the other. */
  readonly message?: string;
  /** SQS itself moves these messages to a dead-letter queue. */
  readonly moves?: { readonly from: string; readonly messages: readonly Message[] };
  /** The call is made by SQS with the rights of the one who started a message move task. */
  readonly throughMoveTask?: boolean;
}

export function serviceOf(call: Call): string {
  return call.api.slice(0, call.api.indexOf(':'));
}

export function operationOf(call: Call): string {
  return call.api.slice(call.api.indexOf(':') + 1);
}

/** What the call names to be called on; empty for a call that names nothing. */
export function nameOn({ on }: Call): string {
  return on ?? '';
}

/** The thing that the call is on; `undefined` where it names none, or one that is not there. */
export function calledOn<T>(things: ReadonlyMap<string, T>, { on }: Call): T | undefined {
  return on === undefined ? undefined : things.get(on);
}

/** A parameter that is a text; `undefined` if it is not given, or is none. */
export function textParameter(call: Call, name: string): string | undefined {
  const value = call.parameters.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** A parameter that is a list of texts, of which a single text is the shortest; empty if it is not given. */
export function listParameter(call: Call, name: string): readonly string[] {
  const value = call.parameters.get(name);
  return value === undefined ? [] : listTexts(value);
}

/** The texts of a list, of which a single text is the shortest. */
export function listTexts(value: Parameter): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A parameter that maps names to texts, such as `Attributes` or `EncryptionContext`; empty if it is not given. */
export function pairsParameter(call: Call, name: string): ReadonlyMap<string, string> {
  return textPairs(call.parameters.get(name));
}

/** The members of a mapping that are texts. */
export function textPairs(value: Parameter | undefined): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (value instanceof Map) {
    for (const [key, text] of value as ReadonlyMap<string, Parameter>)
      if (typeof text === 'string') pairs.set(key, text);
  }
  return pairs;
}
