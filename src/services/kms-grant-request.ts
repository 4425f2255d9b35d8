import { KEY_SPECS, keyOffers } from '../catalogue/key-specs.js';
import { GRANT_OPERATIONS } from '../catalogue/kms-actions.js';
import { KMS_QUOTAS } from '../catalogue/quotas.js';
import { isServiceHost } from '../evaluator/caller.js';
import { principalArn } from '../evaluator/derive-context.js';
import type { PrincipalEntry } from '../policy/policy.js';
import { readPrincipal } from '../policy/principal-element.js';
import { elementAt } from '../policy/reader.js';
import type { Issue } from '../syntax/issue.js';
import { type Call, listParameter, type Parameter, textPairs, textParameter } from '../world/call.js';
import { kmsCheck } from './kms-errors.js';
import { type KmsRequest, keyOf } from './kms-operation.js';
import type { Check } from './plan.js';

/** Somebody that a grant names: as a policy would name it, and in the words of the request. */
export interface Party {
  readonly text: string;
  /** `undefined` for what is no principal that a grant could name. */
  readonly entry?: PrincipalEntry;
}

const PARTIES: ReadonlySet<PrincipalEntry['kind']> = new Set([
  'account',
  'user',
  'role',
  'session',
  'federatedUser',
]);

/** The principal of a parameter: a name of the estate, or what AWS takes. Page: KMS API Reference, CreateGrant. */
export function partyOf({ world, call }: KmsRequest, parameter: string): Party | undefined {
  const given = textParameter(call, parameter);
  if (given === undefined) return undefined;
  const known = world.estate.principals.get(given);
  const text = (known === undefined ? undefined : principalArn(known.caller)) ?? given;
  const wantsService = parameter.endsWith('ServicePrincipal');
  const entry = entryOf(text, wantsService ? 'Service' : 'AWS');
  const fits = wantsService
    ? isServiceHost(text)
    : text.startsWith('arn:') && entry !== undefined && PARTIES.has(entry.kind);
  return fits && entry !== undefined ? { text, entry } : { text };
}

function entryOf(text: string, type: 'AWS' | 'Service'): PrincipalEntry | undefined {
  const issues: Issue[] = [];
  const node = {
    kind: 'object' as const,
    members: [{ key: type, value: { kind: 'string' as const, value: text } }],
  };
  const [entry] = readPrincipal({ source: { name: 'grant', text: '' }, issues }, elementAt(node, []));
  return issues.length === 0 ? entry : undefined;
}

/** The constraints that CreateGrant was given. */
export interface GrantConstraints {
  readonly equals?: ReadonlyMap<string, string>;
  readonly subset?: ReadonlyMap<string, string>;
  readonly sourceArn?: string;
}

export function constraintsOf(call: Call): GrantConstraints {
  const given = call.parameters.get('Constraints');
  if (!(given instanceof Map)) return {};
  const constraints = given as ReadonlyMap<string, Parameter>;
  const equals = constraints.get('EncryptionContextEquals');
  const subset = constraints.get('EncryptionContextSubset');
  const source = constraints.get('SourceArn');
  return {
    ...(equals instanceof Map ? { equals: textPairs(equals) } : {}),
    ...(subset instanceof Map ? { subset: textPairs(subset) } : {}),
    ...(typeof source === 'string' ? { sourceArn: source } : {}),
  };
}

/** Whether the call says what grant to make. One that does not asks for nothing but the permission. */
export function saysGrant({ parameters }: Call): boolean {
  return [
    'GranteePrincipal',
    'GranteeServicePrincipal',
    'RetiringPrincipal',
    'RetiringServicePrincipal',
    'Operations',
    'Constraints',
    'Name',
  ].some((name) => parameters.has(name));
}

const OPERATIONS: ReadonlySet<string> = new Set(GRANT_OPERATIONS);

/**
 * What CreateGrant does not take, whoever asks.
 * Page: KMS API Reference, CreateGrant. Rules: KMS-GRANT-IS-WELL-FORMED, KMS-GRANT-TO-A-SERVICE
 */
export function checkGrantShape(request: KmsRequest): readonly Check[] {
  const { call } = request;
  if (!saysGrant(call)) return [];
  const { equals, subset, sourceArn } = constraintsOf(call);
  const grantee = partyOf(request, 'GranteePrincipal');
  const service = partyOf(request, 'GranteeServicePrincipal');
  const retiring = partyOf(request, 'RetiringPrincipal');
  const retiringService = partyOf(request, 'RetiringServicePrincipal');
  const operations = listParameter(call, 'Operations');
  const strange = operations.find((operation) => !OPERATIONS.has(operation));
  const invalid = (holds: boolean, message: string): Check =>
    kmsCheck(request, holds, 'parameter', 'KMS-GRANT-IS-WELL-FORMED', {
      code: 'ValidationException',
      message,
    });
  return [
    invalid(
      (grantee === undefined) !== (service === undefined),
      'A grant names exactly one of GranteePrincipal and GranteeServicePrincipal.',
    ),
    ...[grantee, service, retiring, retiringService].map((party) =>
      kmsCheck(
        request,
        party === undefined || party.entry !== undefined,
        'parameter',
        'KMS-GRANT-IS-WELL-FORMED',
        {
          code: 'InvalidArnException',
          message: `${party?.text ?? ''} names no principal that a grant can name.`,
        },
      ),
    ),
    invalid(operations.length > 0, 'A grant allows at least one operation.'),
    invalid(strange === undefined, `${strange ?? ''} is no operation that a grant can allow.`),
    ...[equals, subset].map((pairs) =>
      invalid(
        fitsConstraint(pairs),
        `A grant constraint holds at most ${KMS_QUOTAS.grantConstraintPairs} pairs and ${KMS_QUOTAS.grantConstraintCharacters} characters.`,
      ),
    ),
    kmsCheck(
      request,
      service === undefined || (sourceArn !== undefined && (retiring ?? retiringService) !== undefined),
      'parameter',
      'KMS-GRANT-TO-A-SERVICE',
      {
        code: 'ValidationException',
        message:
          'A grant to a service principal needs a SourceArn constraint and a principal that may retire it.',
      },
    ),
  ];
}

/** Names and values of all pairs together. */
function fitsConstraint(pairs: ReadonlyMap<string, string> | undefined): boolean {
  if (pairs === undefined) return true;
  let characters = 0;
  for (const [name, value] of pairs) characters += name.length + value.length;
  return pairs.size <= KMS_QUOTAS.grantConstraintPairs && characters <= KMS_QUOTAS.grantConstraintCharacters;
}

/**
 * What the key cannot do, and the number of its grants.
 * Page: KMS API Reference, CreateGrant. Rules: KMS-GRANT-FITS-THE-KEY, KMS-GRANTS-PER-KEY
 */
export function checkGrantFitsKey(request: KmsRequest): readonly Check[] {
  const { call } = request;
  const key = keyOf(request);
  const { equals, subset } = constraintsOf(call);
  const unfit = listParameter(call, 'Operations').find(
    (operation) => !keyOffers(operation, key.usage, key.spec),
  );
  const isSymmetric = KEY_SPECS.get(key.spec.toLowerCase())?.family === 'symmetric';
  const fits = (holds: boolean, message: string): Check =>
    kmsCheck(request, holds, 'parameter', 'KMS-GRANT-FITS-THE-KEY', { code: 'ValidationException', message });
  return [
    fits(unfit === undefined, `${key.arn.text} cannot be used for ${unfit ?? ''}.`),
    fits(
      isSymmetric || (equals === undefined && subset === undefined),
      `Encryption context constraints are for symmetric encryption keys; ${key.arn.text} is none.`,
    ),
    kmsCheck(request, key.grants.length < KMS_QUOTAS.grantsPerKey, 'parameter', 'KMS-GRANTS-PER-KEY', {
      code: 'LimitExceededException',
      message: `${key.arn.text} has ${KMS_QUOTAS.grantsPerKey} grants.`,
    }),
  ];
}
