import { describe, expect, it } from 'vitest';
import { GLOBAL_CONDITION_KEYS } from '../../src/catalogue/condition-keys/global.js';
import { KMS_CONDITION_KEYS } from '../../src/catalogue/condition-keys/kms.js';
import { SERVICE_CONDITION_KEYS } from '../../src/catalogue/condition-keys/services.js';
import {
  CONDITION_KEY_NAMES,
  CONDITION_KEYS,
  conditionKey,
  segmentOf,
} from '../../src/catalogue/condition-keys.js';

const SENSITIVE =
  `aws:PrincipalAccount aws:PrincipalOrgID aws:ResourceAccount aws:ResourceOrgID aws:SourceAccount
  aws:SourceOrgID aws:SourceVpc aws:SourceVpce aws:VpceAccount aws:VpceOrgID`.split(/\s+/);

const MULTIVALUED = `aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:VpceOrgPaths aws:ResourceOrgPaths
  aws:SourceOrgPaths aws:TagKeys aws:CalledVia kms:EncryptionContextKeys kms:GrantOperations
  kms:ResourceAliases`.split(/\s+/);

describe('the catalogue of condition keys', () => {
  it('holds each key once', () => {
    const rows = [...GLOBAL_CONDITION_KEYS, ...KMS_CONDITION_KEYS, ...SERVICE_CONDITION_KEYS];
    expect(CONDITION_KEYS.size).toBe(rows.length);
    expect(CONDITION_KEY_NAMES).toEqual(rows.map((row) => row.name));
  });

  it('marks the keys in which AWS calls wildcards always wrong', () => {
    const rows = [...CONDITION_KEYS.values()].filter((row) => row.sensitive === true);
    expect(rows.map((row) => row.name).sort()).toEqual([...SENSITIVE].sort());
  });

  it('marks the multivalued global and KMS keys', () => {
    const rows = [...GLOBAL_CONDITION_KEYS, ...KMS_CONDITION_KEYS].filter((row) => row.many);
    expect(rows.map((row) => row.name).sort()).toEqual([...MULTIVALUED].sort());
  });

  it.each([
    ['aws:principalarn', 'aws:PrincipalArn'],
    ['AWS:SOURCEIP', 'aws:SourceIp'],
    ['aws:UserId', 'aws:userid'],
    ['KMS:viaservice', 'kms:ViaService'],
    ['aws:PrincipalTag/Team', 'aws:PrincipalTag/'],
    ['AWS:PRINCIPALTAG/team/sub:unit', 'aws:PrincipalTag/'],
    ['aws:RequestTag/aws:x', 'aws:RequestTag/'],
    ['kms:EncryptionContext:aws:sqs:arn', 'kms:EncryptionContext:'],
    ['kms:encryptioncontext:a/b', 'kms:EncryptionContext:'],
    ['kms:EncryptionContextKeys', 'kms:EncryptionContextKeys'],
    ['kms:RecipientAttestation:PCR0', 'kms:RecipientAttestation:'],
    ['s3:ExistingObjectTag/k', 's3:ExistingObjectTag/'],
    ['events:SystemMetadata/AwsSource', 'events:SystemMetadata/AwsSource'],
    ['lambda:sourcefunctionarn', 'lambda:SourceFunctionArn'],
    ['sns:Protocol', 'sns:Protocol'],
  ])('finds %s as %s', (name, expected) => {
    expect(conditionKey(name)?.name).toBe(expected);
  });

  it.each([
    '',
    ':',
    '/',
    '__proto__',
    'constructor',
    'aws:constructor',
    'aws:__proto__/x',
    'aws:PrincipalTag',
    'aws:PrincipalTag/',
    'kms:EncryptionContext',
    'kms:EncryptionContext:',
    'kms:EncryptionContext/x',
    'kms:PolicyName',
    'token.actions.githubusercontent.com:sub',
  ])('does not know %j, and takes its value to belong to the call', (name) => {
    expect(conditionKey(name)).toBeUndefined();
    expect(segmentOf(name.toLowerCase())).toBe('call');
  });

  it.each([
    ['aws:principalarn', 'principal'],
    ['aws:principaltag/team', 'principal'],
    ['aws:multifactorauthpresent', 'principal'],
    ['aws:sourceip', 'network'],
    ['aws:sourcevpce', 'network'],
    ['aws:vpceorgid', 'network'],
    ['aws:securetransport', 'network'],
    ['aws:resourcetag/x', 'resource'],
    ['aws:resourceaccount', 'resource'],
    ['aws:resourceorgpaths', 'resource'],
    ['kms:keyspec', 'resource'],
    ['kms:resourcealiases', 'resource'],
    ['kms:multiregion', 'resource'],
    ['aws:sourcearn', 'call'],
    ['aws:viaawsservice', 'call'],
    ['kms:viaservice', 'call'],
    ['kms:calleraccount', 'call'],
    ['kms:encryptioncontext:aws:sqs:arn', 'call'],
    ['aws:currenttime', 'call'],
  ])('%s belongs to the segment %s', (name, segment) => {
    expect(segmentOf(name)).toBe(segment);
  });

  it.each([
    ['aws:SourceArn', 'ARN'],
    ['aws:SourceAccount', 'String'],
    ['aws:SecureTransport', 'Bool'],
    ['aws:CurrentTime', 'Date'],
    ['aws:MultiFactorAuthAge', 'Numeric'],
    ['aws:VpcSourceIp', 'IP'],
    ['kms:GranteePrincipal', 'String'],
    ['kms:GrantConstraintSourceArn', 'ARN'],
    ['kms:ValidTo', 'Date'],
  ])('%s has values of type %s', (name, type) => {
    expect(conditionKey(name)?.type).toBe(type);
  });

  it('restricts kms:ResourceAliases and lambda:SourceFunctionArn to policies without a resource', () => {
    const restricted = [...CONDITION_KEYS.values()].filter((row) => row.policyTypes !== undefined);
    expect(restricted.map((row) => row.name)).toEqual(['kms:ResourceAliases', 'lambda:SourceFunctionArn']);
  });
});
