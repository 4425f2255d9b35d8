import { type ContextValue, UNKNOWN } from '../../src/conditions/context.js';
import { readCaller } from '../../src/evaluator/caller.js';
import { contextFrom } from '../../src/evaluator/derive-context.js';
import type { AuthorizationRequest, Caller } from '../../src/evaluator/request.js';
import { policyFrom } from '../../src/policy/parse-policy.js';
import type { Policy, PolicyType } from '../../src/policy/policy.js';

export type Assignment = readonly (readonly [key: string, value: ContextValue | undefined])[];

/** The request with other values of some keys; `undefined` leaves a key absent. */
export function withKeys(request: AuthorizationRequest, values: Assignment): AuthorizationRequest {
  const { principal, network, resource, call } = request.context;
  return { ...request, context: contextFrom(principal, network, resource, call, values) };
}

export function unknown(request: AuthorizationRequest, keys: readonly string[]): AuthorizationRequest {
  return withKeys(
    request,
    keys.map((key) => [key, UNKNOWN] as const),
  );
}

export const HERE = '111122223333';
export const QUEUE = `arn:aws:sqs:us-east-1:${HERE}:orders`;
export const KEY = `arn:aws:kms:us-east-1:${HERE}:key/1`;

export function callerOf(text: string): Caller {
  const caller = readCaller(text, {});
  if (caller === undefined) throw new Error(text);
  return caller;
}

export function policy(type: PolicyType, ...statements: readonly Record<string, unknown>[]): Policy {
  const principal = ['queue', 'key', 'rcp', 'vpc-endpoint'].includes(type) ? { Principal: '*' } : {};
  const named = statements.map((statement) => ({
    ...('NotPrincipal' in statement ? {} : principal),
    ...('NotAction' in statement ? {} : { Action: ['sqs:*', 'kms:*'] }),
    ...('NotResource' in statement ? {} : { Resource: '*' }),
    ...statement,
  }));
  const read = policyFrom({ Version: '2012-10-17', Statement: named }, type);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.value;
}

export const ALLOW = { Effect: 'Allow' };
export const DENY = { Effect: 'Deny' };
export const when = (effect: string, Condition: unknown): Record<string, unknown> => ({
  Effect: effect,
  Condition,
});

export function sending(keys: readonly string[], known: Assignment = []): AuthorizationRequest {
  const request: AuthorizationRequest = {
    caller: callerOf(`arn:aws:iam::${HERE}:user/alice`),
    action: 'sqs:SendMessage',
    resource: { arn: QUEUE, account: HERE },
    context: contextFrom(known),
  };
  return unknown(request, keys);
}
