import type { Decider } from '../evaluator/layer.js';
import { accountOf } from '../evaluator/principal.js';
import type { Caller } from '../evaluator/request.js';
import type { Verdict } from '../evaluator/verdict.js';
import type { Key } from '../world/world.js';
import type { AwsError } from './aws-error.js';

/** How AWS names each layer in its access-denied sentence. Page: IAM User Guide, Troubleshoot access denied error messages. */
const NAMES: Readonly<Record<Decider, readonly [implicit: string, explicit: string]>> = {
  'identity-policy': ['identity-based policy', 'an identity-based policy'],
  'queue-policy': ['resource-based policy', 'a resource-based policy'],
  'key-policy': ['resource-based policy', 'a resource-based policy'],
  'topic-policy': ['resource-based policy', 'a resource-based policy'],
  'resource-policy': ['resource-based policy', 'a resource-based policy'],
  'permissions-boundary': ['permissions boundary', 'a permissions boundary'],
  'session-policy': ['session policy', 'a session policy'],
  scp: ['service control policy', 'a service control policy'],
  rcp: ['resource control policy', 'a resource control policy'],
  'vpc-endpoint-policy': ['VPC endpoint policy', 'a VPC endpoint policy'],
  'cross-account-exclusion': ['resource-based policy', 'a resource-based policy'],
  grant: ['resource-based policy', 'a resource-based policy'],
  'key-state': ['resource-based policy', 'a resource-based policy'],
  'not-found': ['resource-based policy', 'a resource-based policy'],
  quota: ['resource-based policy', 'a resource-based policy'],
  parameter: ['resource-based policy', 'a resource-based policy'],
};

/** Layers whose policies have an ARN that AWS adds to an explicit denial, since January 2026. */
const WITH_POLICY_ARN: ReadonlySet<Decider> = new Set([
  'scp',
  'rcp',
  'permissions-boundary',
  'session-policy',
  'identity-policy',
]);

/**
 * `because no identity-based policy allows the kms:Decrypt action`, or `with an explicit deny in a …`.
 * Rules: ANSWER-DENIAL-SENTENCE, ANSWER-POLICY-ARN
 */
export function denialReason(verdict: Verdict, action: string): string {
  const [implicit, explicit] = NAMES[verdict.decidedBy];
  if (verdict.possible[0] !== 'explicitDeny') return `because no ${implicit} allows the ${action} action`;
  const arn = WITH_POLICY_ARN.has(verdict.decidedBy) ? verdict.statement?.policy.arn : undefined;
  return arn === undefined
    ? `with an explicit deny in ${explicit}`
    : `with an explicit deny in ${explicit}: ${arn}`;
}

/** The caller as AWS prints it; the name of a session that was not given is left open. */
export function callerName(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
    case 'federatedUser':
      return caller.arn.text;
    case 'session':
      return caller.arn.resource.split('/').length > 2 ? caller.arn.text : `${caller.arn.text}/<session>`;
    case 'root':
      return `arn:${caller.partition}:iam::${caller.account}:root`;
    case 'service':
      return caller.host;
    case 'anonymous':
      return 'anonymous';
  }
}

/** SQS prints its actions in lower case. Page: measured; IAM User Guide, Troubleshoot access denied error messages. */
export function denialSentence(caller: Caller, action: string, resource: string, verdict: Verdict): string {
  return `User: ${callerName(caller)} is not authorized to perform: ${action} on resource: ${resource} ${denialReason(verdict, action)}`;
}

const CLASSIC =
  'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.';
const HIDDEN =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

export interface KmsDenial {
  readonly caller: Caller;
  readonly action: string;
  readonly keyArn: string;
  readonly keyAccount: string;
  readonly verdict: Verdict;
  /** The operation is given a ciphertext, which names the key. */
  readonly ciphertext: boolean;
  /** Another service asks for the caller and passes the answer on. */
  readonly passedOn: boolean;
}

/**
 * KMS's words for a refusal. Across accounts it does not tell a hidden key from a missing one. Texts as seen in the
 * field. Rule: KMS-OBFUSCATED-DENIAL
 */
export function kmsDenialSentence(denial: KmsDenial): string {
  const { caller, action, verdict, ciphertext, passedOn } = denial;
  if (caller.kind === 'service' && passedOn) return 'null';
  const abroad = accountOf(caller) !== denial.keyAccount;
  const keySide = KEY_SIDE.has(verdict.decidedBy);
  if (abroad && keySide) return hiddenKeySentence(caller, action, denial);
  const who = `User: ${callerName(caller)} is not authorized to perform: ${action}`;
  const where =
    ciphertext && (passedOn || abroad)
      ? 'on the resource associated with this ciphertext'
      : 'on this resource';
  if (abroad || (ciphertext && passedOn)) return `${who} ${where} ${denialReason(verdict, action)}`;
  return `${who} on resource: ${denial.keyArn} ${denialReason(verdict, action)}`;
}

/** KMS's words about a key of another account that refuses or does not exist. Rule: KMS-OBFUSCATED-DENIAL */
export function hiddenKeySentence(
  caller: Caller,
  action: string,
  asked: Pick<KmsDenial, 'ciphertext' | 'passedOn'>,
): string {
  if (asked.ciphertext && asked.passedOn) return CLASSIC;
  const where = asked.ciphertext ? 'on the resource associated with this ciphertext' : 'on this resource';
  return `User: ${callerName(caller)} is not authorized to perform: ${action} ${where} ${HIDDEN}`;
}

const KEY_SIDE: ReadonlySet<Decider> = new Set(['key-policy', 'cross-account-exclusion', 'not-found', 'rcp']);

/** KMS's words for a refusal that another service passes on to its caller. */
export function passedOnSentence(caller: Caller, action: string, key: Key, verdict: Verdict): string {
  return kmsDenialSentence({
    caller,
    action,
    keyArn: key.arn.text,
    keyAccount: key.arn.account,
    verdict,
    ciphertext: action === 'kms:Decrypt',
    passedOn: true,
  });
}

/** What SQS and SNS add when they pass KMS's answer on. */
export function kmsSuffix(code: string, id: string): string {
  return `(Service: AWSKMS; Status Code: 400; Error Code: ${code}; Request ID: ${id}; Proxy: null)`;
}

/** KMS's code and words in an error, whether KMS gave it to its caller or a service passed it on. */
export function kmsErrorIn({ service, code, message }: AwsError): Pick<AwsError, 'code' | 'message'> {
  const end = service === 'kms' ? -1 : message.lastIndexOf(' (Service: AWSKMS;');
  if (end < 0) return { code, message };
  const label = 'Error Code: ';
  const from = message.indexOf(label, end) + label.length;
  return { code: message.slice(from, message.indexOf(';', from)), message: message.slice(0, end) };
}
