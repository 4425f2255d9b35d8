import { kmsAction } from '../catalogue/kms-actions.js';
import { type ContextValue, UNKNOWN } from '../conditions/context.js';
import { kmsCallEntries } from '../evaluator/derive-context.js';
import { accountOf } from '../evaluator/principal.js';
import type { AuthorizationRequest } from '../evaluator/request.js';
import type { Verdict } from '../evaluator/verdict.js';
import { policiesFor } from '../world/applicable-policies.js';
import { type Call, listParameter } from '../world/call.js';
import { keyEntries, requestFor } from '../world/request-context.js';
import type { AwsError } from './aws-error.js';
import { kmsDenialSentence } from './denial.js';
import { carried, encryptionContextOf, parameterEntries } from './kms-context.js';
import { kmsError } from './kms-errors.js';
import type { KmsBehaviour, KmsRequest, KmsSubjectAsked } from './kms-operation.js';
import type { Ask } from './plan.js';

/** One permission of a direct KMS call on one subject. */
export function askKms(request: KmsRequest, behaviour: KmsBehaviour, asked: KmsSubjectAsked): Ask {
  const { world, call } = request;
  const { key, alias, region, permission } = asked;
  const { action } = permission;
  const account = accountOf(call.caller);
  const pairs = behaviour.encryptionContext?.(request, asked) ?? encryptionContextOf(call, action);
  const base = requestFor(
    world,
    call,
    action,
    {
      resource: resourceOf(asked, account),
      region: region ?? '',
      ...(key === undefined ? {} : { tags: key.tags }),
    },
    [
      ...regionEntries(region),
      ...carried(action, key !== undefined, [
        ...(key === undefined ? [] : keyEntries(key)),
        ...kmsCallEntries(call.caller, pairs.size === 0 ? undefined : pairs),
        ...parameterEntries(request, asked),
        ...(behaviour.contextEntries?.(request, asked) ?? []),
      ]),
    ],
  );
  const grantTokens = tokensOf(call, asked);
  const authorization: AuthorizationRequest = {
    ...base,
    encryptionContext: pairs,
    ...(grantTokens.length === 0 ? {} : { grantTokens }),
  };
  return {
    do: 'ask',
    request: authorization,
    policies: policiesFor(world, call, {
      owner: key?.arn.account ?? account ?? '',
      policy: key?.policy,
      grants: key?.grants ?? [],
      keyManager: key?.manager ?? 'customer',
      forwarded: false,
    }),
    on: key?.name ?? alias ?? '*',
    why:
      behaviour.why ??
      (permission.allowedBy === 'iam' ? 'KMS-KEYLESS-IS-IAM-ONLY' : 'KMS-KEY-POLICY-DECIDES'),
    refusedWith: (verdict) => kmsDenial(call, asked, verdict),
  };
}

/** A call of a file without a Region goes somewhere, but nobody said where. */
function regionEntries(region: string | undefined): readonly (readonly [string, ContextValue])[] {
  return region === undefined ? [['aws:RequestedRegion', UNKNOWN]] : [];
}

/** Grants that the call gives tokens of, by the token or the name of the grant. Rule: KMS-GRANT-TOKEN */
function tokensOf(call: Call, { key, permission }: KmsSubjectAsked): readonly string[] {
  if (kmsAction(permission.action)?.grantTokens !== true) return [];
  const given = [...listParameter(call, 'GrantTokens'), ...listParameter(call, 'GrantToken')];
  return given.map((text) => key?.grants.find(({ name }) => name === text)?.token ?? text);
}

function resourceOf(
  { key, alias }: KmsSubjectAsked,
  account: string | undefined,
): AuthorizationRequest['resource'] {
  if (key !== undefined) return { arn: key.arn.text, account: key.arn.account };
  if (alias === undefined) return { arn: '*' };
  return account === undefined ? { arn: alias } : { arn: alias, account };
}

function kmsDenial(call: Call, { key, alias, permission }: KmsSubjectAsked, verdict: Verdict): AwsError {
  const { action } = permission;
  const sentence = kmsDenialSentence({
    caller: call.caller,
    action,
    keyArn: key?.arn.text ?? alias ?? '*',
    keyAccount: key?.arn.account ?? accountOf(call.caller) ?? '',
    verdict,
    ciphertext: kmsAction(action)?.ciphertext === true,
    passedOn: false,
  });
  return kmsError(call, 'AccessDeniedException', sentence);
}
