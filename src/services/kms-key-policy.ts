import { kmsOperation } from '../catalogue/kms-operations.js';
import { authorize } from '../evaluator/authorize.js';
import type { ApplicablePolicies } from '../evaluator/request.js';
import { policyFrom } from '../policy/parse-policy.js';
import type { Policy, PrincipalEntry } from '../policy/policy.js';
import { invariant } from '../syntax/invariant.js';
import type { Checked } from '../syntax/issue.js';
import { type Call, textParameter } from '../world/call.js';
import { changeThing } from '../world/change.js';
import { spread } from '../world/clock.js';
import { unknownPrincipals } from '../world/known-principals.js';
import type { Key, World } from '../world/world.js';
import { plainValue } from './json-parameter.js';
import { askKms } from './kms-ask.js';
import { kmsCheck } from './kms-errors.js';
import { type KmsBehaviours, type KmsRequest, keyOf } from './kms-operation.js';
import type { Check } from './plan.js';

/** As long as anything may take in KMS until it is known everywhere. Rule: KMS-POLICY-SPREADS */
const SPREAD = 300_000;
const BYPASS = 'BypassPolicyLockoutSafetyCheck';

/** Page: KMS API Reference, PutKeyPolicy. Rule: KMS-POLICY-IS-REPLACED */
export const KEY_POLICY_BEHAVIOURS: KmsBehaviours = {
  GetKeyPolicy: { checks: (request) => [isDefault(request)] },
  PutKeyPolicy: {
    contextEntries: ({ call }) => [['kms:BypassPolicyLockoutSafetyCheck', textParameter(call, BYPASS)]],
    checks: (request) => [...checkHolder(request), ...checkSubmitted(request)],
    effect: putPolicy,
  },
};

/** AWS keeps the policies of its own keys, and every key has exactly one policy, named `default`. */
function checkHolder(request: KmsRequest): readonly Check[] {
  const { manager, arn } = keyOf(request);
  return [
    kmsCheck(request, manager !== 'aws', 'parameter', 'KMS-AWS-KEEPS-ITS-POLICIES', {
      code: 'UnsupportedOperationException',
      message: `${arn.text} is managed by AWS: its key policy cannot be changed.`,
    }),
    isDefault(request),
  ];
}

/** Rule: KMS-POLICY-IS-REPLACED */
function isDefault(request: KmsRequest): Check {
  const name = textParameter(request.call, 'PolicyName') ?? 'default';
  return kmsCheck(request, name === 'default', 'not-found', 'KMS-POLICY-IS-REPLACED', {
    code: 'NotFoundException',
    message: `No such policy exists: ${name}`,
  });
}

function checkSubmitted(request: KmsRequest): readonly Check[] {
  // Without a policy the call asks for nothing but the permission.
  const { call } = request;
  const policy = submittedKeyPolicy(call);
  const empty = kmsCheck(
    request,
    call.parameters.get('Policy') !== '',
    'parameter',
    'KMS-POLICY-IS-CHECKED',
    {
      code: 'ValidationException',
      message: 'A key policy has at least one character.',
    },
  );
  return [empty, ...(policy === undefined ? [] : checkKeyPolicy(request, keyOf(request), policy))];
}

/** The policy of a call, as its asker has read it, or from the text that it gives. */
export function submittedKeyPolicy(call: Call): Checked<Policy> | undefined {
  if (call.policy !== undefined) return call.policy;
  const given = call.parameters.get('Policy');
  if (given === undefined || given === '') return undefined;
  return policyFrom(plainValue(given), 'key', { name: `the policy that ${call.api} sets` });
}

/**
 * What KMS checks about a key policy before it keeps it, for a key as it will be.
 * Pages: KMS API Reference, PutKeyPolicy; KMS Developer Guide, Create a key policy.
 * Rules: KMS-POLICY-IS-CHECKED, KMS-POLICY-PRINCIPALS-EXIST, KMS-OVERLY-PERMISSIVE-CONDITION, KMS-LOCKOUT-CHECK
 */
export function checkKeyPolicy(request: KmsRequest, key: Key, policy: Checked<Policy>): readonly Check[] {
  const malformed = (holds: boolean, why: Check['why'], message: string): Check =>
    kmsCheck(request, holds, 'parameter', why, { code: 'MalformedPolicyDocumentException', message });
  const excess = policy.issues.find(({ code }) => code === 'quota');
  const tooLarge = kmsCheck(request, excess === undefined, 'parameter', 'KMS-POLICY-IS-CHECKED', {
    code: 'LimitExceededException',
    message: excess?.message ?? '',
  });
  if (!policy.ok) {
    const permissive = policy.issues.find(({ code }) => code === 'overly-permissive-condition');
    return [
      tooLarge,
      permissive === undefined
        ? malformed(false, 'KMS-POLICY-IS-CHECKED', policy.issues[0].message)
        : malformed(false, 'KMS-OVERLY-PERMISSIVE-CONDITION', permissiveText(permissive.message)),
    ];
  }
  return [
    tooLarge,
    malformed(
      !policy.issues.some(({ code }) => code === 'bad-characters'),
      'KMS-POLICY-IS-CHECKED',
      'The policy has characters that policies cannot hold.',
    ),
    malformed(
      unknownPrincipals(request.world, policy.value).length === 0 &&
        policy.value.statements.every(namesWhomKmsKnows),
      'KMS-POLICY-PRINCIPALS-EXIST',
      'Policy contains a statement with one or more invalid principals.',
    ),
    malformed(
      textParameter(request.call, BYPASS) === 'true' || canUpdateLater(request, key, policy.value),
      'KMS-LOCKOUT-CHECK',
      'The new key policy will not allow you to update the key policy in the future.',
    ),
  ];
}

const KNOWN_TO_KMS: ReadonlySet<PrincipalEntry['kind']> = new Set([
  'everyone',
  'account',
  'user',
  'role',
  'session',
  'federatedUser',
  'service',
]);

/** Accounts, users, roles, sessions, federated users, services and everyone. Rule: KMS-POLICY-PRINCIPALS-EXIST */
function namesWhomKmsKnows({ principal }: Policy['statements'][number]): boolean {
  return (principal?.entries ?? []).every(({ kind }) => KNOWN_TO_KMS.has(kind));
}

/**
 * KMS's words about ForAllValues on a key of one value, which the grammar of key policies refuses.
 * Rule: KMS-OVERLY-PERMISSIVE-CONDITION
 */
function permissiveText(about: string): string {
  const noun = about.toLowerCase().includes('aws:requesttag/') ? 'tag' : 'encryption context';
  return `OverlyPermissiveCondition: Using the ForAllValues set operator with a single-valued condition key matches requests without the specified ${noun} or with an unspecified ${noun}. To fix, remove ForAllValues.`;
}

const EVERYTHING = policyFrom(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  'identity',
  { name: 'whatever IAM may allow' },
);

/**
 * Whether the caller could put a policy again under the new one, if IAM lets it: AWS does not publish its check. What is
 * not known does not lock out. Rule: KMS-LOCKOUT-CHECK
 */
function canUpdateLater(request: KmsRequest, key: Key, policy: Policy): boolean {
  const permission = kmsOperation('PutKeyPolicy')?.permissions[0];
  invariant(permission !== undefined && EVERYTHING.ok, 'PutKeyPolicy needs a permission');
  const { region } = request;
  const asked = { permission, region, key: { ...key, policy, grants: [] } };
  const ask = askKms(request, {}, asked);
  const policies: ApplicablePolicies = {
    identity: [EVERYTHING.value],
    permissionsBoundary: 'none',
    session: 'none',
    resource: policy,
    scp: 'none',
    rcp: 'none',
    vpcEndpoint: 'none',
    grants: 'none',
  };
  return authorize(ask.request, policies).possible.includes('allowed');
}

/** The new policy replaces the old one whole. Rules: KMS-POLICY-IS-REPLACED, KMS-POLICY-SPREADS */
function putPolicy(world: World, request: KmsRequest): World {
  const policy = submittedKeyPolicy(request.call);
  if (policy?.ok !== true) return world;
  const { name } = keyOf(request);
  return spread(world, SPREAD, `the key policy of ${name} is in force`, (now) =>
    changeThing(now, 'keys', name, (present) => ({ ...present, policy: policy.value })),
  );
}
