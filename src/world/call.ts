import type { ContextValue } from '../conditions/context.js';
import type { Caller } from '../evaluator/request.js';
import type { Principal, SessionTraits } from './world.js';

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
  readonly parameters: ReadonlyMap<string, string>;
  /** Condition keys that the asker sets, over those that follow from the rest. `undefined` takes a key away. */
  readonly context: readonly (readonly [string, ContextValue | undefined])[];
  /** The call is made by SQS with the rights of the one who started a message move task. */
  readonly throughMoveTask?: boolean;
}

export function serviceOf(call: Call): string {
  return call.api.slice(0, call.api.indexOf(':'));
}

export function operationOf(call: Call): string {
  return call.api.slice(call.api.indexOf(':') + 1);
}
