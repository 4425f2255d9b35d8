import { keyStateError } from '../catalogue/key-states.js';
import { accountOf } from '../evaluator/principal.js';
import type { Verdict } from '../evaluator/verdict.js';
import type { RuleId } from '../rules/registry.js';
import { policiesFor } from '../world/applicable-policies.js';
import type { Call } from '../world/call.js';
import type { KeyReference } from '../world/key-reference.js';
import { type ForwardedCall, forwardedRequest } from '../world/request-context.js';
import type { Instant, Key, World } from '../world/world.js';
import type { AwsError } from './aws-error.js';
import { hiddenKeySentence } from './denial.js';
import { checkUsage } from './kms-usage.js';
import type { Ask, Check, PlanStep } from './plan.js';

/** How the service that uses a key for its caller words KMS's errors. */
export interface PassesOn {
  readonly denial: (action: string, key: Key, verdict: Verdict, serial: number) => AwsError;
  readonly other: (kmsCode: string, text: string, serial: number) => AwsError;
}

export interface KeyUse {
  readonly world: World;
  readonly call: Call;
  readonly action: 'kms:GenerateDataKey' | 'kms:Decrypt';
  readonly forward: ForwardedCall;
  readonly why: RuleId;
  readonly errors: PassesOn;
  /** A data key answers instead; KMS is not asked. */
  readonly cached?: { readonly until: Instant };
}

/** Page: KMS Developer Guide, Throttling AWS KMS requests. */
export const TOO_FAST =
  'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.';

/** What one KMS request on the caller's behalf asks and checks: authorization first, then the state of the key. */
export function useKey(use: KeyUse, key: Key): readonly PlanStep[] {
  const ask: Ask = {
    do: 'ask',
    request: forwardedRequest(use.world, use.call, use.action, key, use.forward),
    policies: policiesFor(use.world, use.call, {
      owner: key.arn.account,
      policy: key.policy,
      grants: key.grants,
      keyManager: key.manager,
      forwarded: true,
    }),
    on: key.name,
    why: use.why,
    refusedWith: (verdict, serial) => use.errors.denial(use.action, key, verdict, serial),
    ...(use.cached === undefined ? {} : { cached: use.cached }),
    metered: {
      account: accountOf(use.call.caller) ?? use.call.source?.account ?? key.arn.account,
      region: key.arn.region,
      refusedWith: (serial) => use.errors.other('ThrottlingException', TOO_FAST, serial),
    },
  };
  const cached = use.cached === undefined ? {} : { cached: use.cached };
  const checks = [...checkKey(key, use.action, use.errors), ...checkUsage(key, use.action, use.errors)];
  return [ask, ...checks.map((check) => ({ ...check, ...cached }))];
}

/** Rules: KMS-KEY-STATE, KMS-AUTHORIZATION-BEFORE-STATE */
export function checkKey(key: Key, action: string, errors: Pick<PassesOn, 'other'>): readonly Check[] {
  const operation = action.slice('kms:'.length);
  const footnote = keyStateError(operation, key);
  const base = { do: 'check', at: action, on: key.name, by: 'key-state', why: 'KMS-KEY-STATE' } as const;
  return [
    {
      ...base,
      holds: footnote === undefined,
      refusedWith: (serial) =>
        errors.other(
          footnote?.exception ?? 'KMSInvalidStateException',
          `${key.arn.text} ${footnote?.text ?? `origin is ${key.origin} which is not valid for this operation.`}`,
          serial,
        ),
    },
  ];
}

/** A key that does not exist where it is looked for. Rule: KMS-NOT-FOUND */
export function missingKey(call: Call, action: string, reference: KeyReference, errors: PassesOn): Check {
  const own = accountOf(call.caller) === reference.account || call.caller.kind === 'service';
  const text =
    reference.alias === undefined
      ? `Key '${reference.arn}' does not exist`
      : `Alias ${reference.arn} is not found.`;
  return {
    do: 'check',
    holds: false,
    at: action,
    on: reference.arn,
    by: 'not-found',
    why: 'KMS-NOT-FOUND',
    refusedWith: (serial) =>
      own
        ? errors.other('NotFoundException', text, serial)
        : errors.other(
            'AccessDeniedException',
            hiddenKeySentence(call.caller, action, { ciphertext: action === 'kms:Decrypt', passedOn: true }),
            serial,
          ),
  };
}
