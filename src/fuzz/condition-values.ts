import fc from 'fast-check';
import type { ConditionKey, ConditionKeyType } from '../catalogue/condition-key.js';
import { CONDITION_KEYS, conditionKey } from '../catalogue/condition-keys.js';
import { accountId, arn, principalArn, SERVICE_HOSTS } from './names.js';
import { type FuzzOptions, vocabularyOf } from './vocabulary.js';

/** A condition key by its whole name, with what the catalogue says about it. */
export interface NamedKey {
  readonly name: string;
  readonly type: ConditionKeyType;
  readonly many: boolean;
  readonly policyTypes?: ConditionKey['policyTypes'];
}

/** What stands behind a prefix such as `aws:PrincipalTag/`. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['kms:encryptioncontext:', 'aws:sqs:arn'],
  ['kms:recipientattestation:', 'ImageSha384'],
]);

/** The keys that policies around queues name most; the first is what others shrink to. */
const COMMON: readonly string[] = [
  'aws:PrincipalOrgID',
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:PrincipalArn',
  'aws:SourceVpce',
  'aws:SourceIp',
  'aws:SecureTransport',
  'kms:ViaService',
  'aws:PrincipalTag/team',
  'kms:EncryptionContext:aws:sqs:arn',
];

/** Every key of the catalogue once, the common ones first. */
export const FUZZ_KEYS: readonly NamedKey[] = sorted();

function sorted(): readonly NamedKey[] {
  const all = [...CONDITION_KEYS.values()].map((key) => namedKey(wholeName(key.name)));
  const isCommon = (key: NamedKey): boolean => COMMON.includes(key.name);
  return [...COMMON.map(namedKey), ...all.filter((key) => !isCommon(key))];
}

export const COMMON_KEYS: readonly NamedKey[] = COMMON.map(namedKey);

function wholeName(name: string): string {
  if (!name.endsWith('/') && !name.endsWith(':')) return name;
  return `${name}${ENDINGS.get(name.toLowerCase()) ?? 'team'}`;
}

/** A key that the catalogue does not know holds one text. */
export function namedKey(name: string): NamedKey {
  const known = conditionKey(name);
  if (known === undefined) return { name, type: 'String', many: false };
  const { type, many, policyTypes } = known;
  return { name, type, many, ...(policyTypes === undefined ? {} : { policyTypes }) };
}

/** A value that requests may carry under the key and that every operator of its type can read. */
export function valueFor({ name, type }: NamedKey, options: FuzzOptions): fc.Arbitrary<string> {
  return valueByName(name, options) ?? valueByType(type, options);
}

function valueByName(name: string, options: FuzzOptions): fc.Arbitrary<string> | undefined {
  const { names, regions, organizations } = vocabularyOf(options);
  switch (name.toLowerCase()) {
    case 'aws:principalarn':
      return principalArn(['role', 'user', 'root'], options);
    case 'aws:sourcearn':
      return fc.oneof(arn('sns', options), arn('s3', options), arn('events', options));
    case 'aws:principalaccount':
    case 'aws:resourceaccount':
    case 'aws:sourceaccount':
    case 'aws:vpceaccount':
    case 'kms:calleraccount':
      return accountId(options);
    case 'aws:principalorgid':
    case 'aws:resourceorgid':
    case 'aws:sourceorgid':
    case 'aws:vpceorgid':
      return fc.constantFrom(...organizations);
    case 'aws:principalorgpaths':
    case 'aws:resourceorgpaths':
    case 'aws:sourceorgpaths':
    case 'aws:vpceorgpaths':
      return fc.constantFrom(...organizations).map((id) => `${id}/r-ab12/`);
    case 'aws:sourcevpce':
      return fc.constantFrom('vpce-1a2b3c4d', 'vpce-5e6f7a8b');
    case 'aws:sourcevpc':
      return fc.constantFrom('vpc-1a2b3c4d', 'vpc-5e6f7a8b');
    case 'kms:viaservice':
      return fc.constantFrom(...regions).map((region) => `sqs.${region}.amazonaws.com`);
    case 'kms:encryptioncontext:aws:sqs:arn':
      return arn('sqs', options);
    case 'kms:encryptioncontextkeys':
      return fc.constant('aws:sqs:arn');
    case 'kms:resourcealiases':
    case 'kms:requestalias':
      return fc.constantFrom(...names).map((each) => `alias/${each}`);
    case 'kms:granteeprincipal':
    case 'kms:retiringprincipal':
      return principalArn(['role', 'user'], options);
    case 'aws:requestedregion':
    case 'kms:replicaregion':
    case 'kms:primaryregion':
      return fc.constantFrom(...regions);
    case 'aws:username':
      return fc.constantFrom(...names);
    case 'aws:principalservicename':
    case 'aws:principalservicenameslist':
      return fc.constantFrom(...SERVICE_HOSTS);
    case 'aws:epochtime':
    case 'kms:validto':
      return fc.constantFrom('1767225600', '1798761600');
    default:
      return undefined;
  }
}

function valueByType(type: ConditionKeyType, options: FuzzOptions): fc.Arbitrary<string> {
  switch (type) {
    case 'String':
      return fc.constantFrom('red', 'blue', 'Red', ...vocabularyOf(options).names);
    case 'ARN':
      return arn(undefined, options);
    case 'Bool':
      return fc.constantFrom('true', 'false');
    case 'Numeric':
      return fc.constantFrom('0', '7', '30', '2.5');
    case 'Date':
      return fc.constantFrom('2026-01-01T00:00:00Z', '2026-06-01T12:00:00Z', '1767225600');
    case 'IP':
      return fc.constantFrom('203.0.113.9', '198.51.100.7', '10.0.0.4', '2001:db8::1');
    case 'Binary':
      return fc.constantFrom('QQ==', 'QUI=');
  }
}
