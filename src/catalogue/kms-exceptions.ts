/**
 * The exceptions of KMS: with which HTTP status, and which of them each operation models. `KMSInternalException` is
 * modelled by all of them; `AccessDeniedException`, `ValidationException` and `ThrottlingException` are errors common to
 * all. Exceptions of custom key stores are left out.
 *
 * Source: KMS API Reference (2026).
 */
import { byName } from './table.js';

export interface KmsExceptionsRow {
  /** The operation, as AWS spells it. */
  readonly name: string;
  readonly modelled: readonly string[];
}

function row(name: string, exceptions: string): KmsExceptionsRow {
  return { name, modelled: exceptions.split(' ').map((each) => `${each}Exception`) };
}

const WITH_STATUS_500: ReadonlySet<string> = new Set([
  'KeyUnavailableException',
  'DependencyTimeoutException',
  'KMSInternalException',
]);

/** The HTTP status of an exception: 400, but for those of which KMS says to try again. */
export function kmsExceptionStatus(exception: string): number {
  return WITH_STATUS_500.has(exception) ? 500 : 400;
}

/** Errors that every operation can answer with, beside those that it models. */
export const COMMON_KMS_EXCEPTIONS: readonly string[] = Object.freeze([
  'AccessDeniedException',
  'ValidationException',
  'ThrottlingException',
  'KMSInternalException',
]);

/** By lower-cased operation. Operations on custom key stores are not in it. */
export const KMS_EXCEPTIONS: ReadonlyMap<string, KmsExceptionsRow> = byName([
  row('CancelKeyDeletion', 'NotFound InvalidArn DependencyTimeout KMSInvalidState'),
  row(
    'CreateAlias',
    'DependencyTimeout AlreadyExists NotFound InvalidAliasName LimitExceeded KMSInvalidState',
  ),
  row(
    'CreateGrant',
    'NotFound Disabled DependencyTimeout InvalidArn InvalidGrantToken LimitExceeded KMSInvalidState DryRunOperation',
  ),
  row(
    'CreateKey',
    'MalformedPolicyDocument DependencyTimeout InvalidArn UnsupportedOperation LimitExceeded Tag CustomKeyStoreNotFound CustomKeyStoreInvalidState',
  ),
  row(
    'Decrypt',
    'NotFound Disabled InvalidCiphertext KeyUnavailable IncorrectKey InvalidKeyUsage DependencyTimeout InvalidGrantToken KMSInvalidState DryRunOperation',
  ),
  row('DeleteAlias', 'DependencyTimeout NotFound KMSInvalidState'),
  row(
    'DeleteImportedKeyMaterial',
    'InvalidArn UnsupportedOperation DependencyTimeout NotFound KMSInvalidState',
  ),
  row(
    'DeriveSharedSecret',
    'NotFound Disabled KeyUnavailable DependencyTimeout InvalidGrantToken InvalidKeyUsage KMSInvalidState DryRunOperation',
  ),
  row('DescribeKey', 'NotFound InvalidArn DependencyTimeout'),
  row('DisableKey', 'NotFound InvalidArn DependencyTimeout KMSInvalidState'),
  row(
    'DisableKeyRotation',
    'NotFound Disabled InvalidArn DependencyTimeout KMSInvalidState UnsupportedOperation',
  ),
  row('EnableKey', 'NotFound InvalidArn DependencyTimeout LimitExceeded KMSInvalidState'),
  row(
    'EnableKeyRotation',
    'NotFound Disabled InvalidArn DependencyTimeout KMSInvalidState UnsupportedOperation',
  ),
  row(
    'Encrypt',
    'NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken KMSInvalidState DryRunOperation',
  ),
  row(
    'GenerateDataKey',
    'NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken KMSInvalidState DryRunOperation',
  ),
  row(
    'GenerateDataKeyPair',
    'NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken KMSInvalidState UnsupportedOperation DryRunOperation',
  ),
  row(
    'GenerateDataKeyPairWithoutPlaintext',
    'NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken KMSInvalidState UnsupportedOperation DryRunOperation',
  ),
  row(
    'GenerateDataKeyWithoutPlaintext',
    'NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken KMSInvalidState DryRunOperation',
  ),
  row(
    'GenerateMac',
    'NotFound Disabled KeyUnavailable InvalidKeyUsage InvalidGrantToken KMSInvalidState DryRunOperation',
  ),
  row(
    'GenerateRandom',
    'DependencyTimeout UnsupportedOperation CustomKeyStoreNotFound CustomKeyStoreInvalidState',
  ),
  row('GetKeyLastUsage', 'NotFound InvalidArn DependencyTimeout'),
  row('GetKeyPolicy', 'NotFound InvalidArn DependencyTimeout KMSInvalidState'),
  row('GetKeyRotationStatus', 'NotFound InvalidArn DependencyTimeout KMSInvalidState UnsupportedOperation'),
  row('GetParametersForImport', 'InvalidArn UnsupportedOperation DependencyTimeout NotFound KMSInvalidState'),
  row(
    'GetPublicKey',
    'NotFound Disabled KeyUnavailable DependencyTimeout UnsupportedOperation InvalidArn InvalidGrantToken InvalidKeyUsage KMSInvalidState',
  ),
  row(
    'ImportKeyMaterial',
    'InvalidArn UnsupportedOperation DependencyTimeout NotFound KMSInvalidState InvalidCiphertext IncorrectKeyMaterial ExpiredImportToken InvalidImportToken',
  ),
  row('ListAliases', 'DependencyTimeout InvalidMarker InvalidArn NotFound'),
  row('ListGrants', 'NotFound DependencyTimeout InvalidMarker InvalidGrantId InvalidArn KMSInvalidState'),
  row('ListKeyPolicies', 'NotFound InvalidArn DependencyTimeout KMSInvalidState'),
  row('ListKeyRotations', 'NotFound InvalidArn InvalidMarker KMSInvalidState UnsupportedOperation'),
  row('ListKeys', 'DependencyTimeout InvalidMarker'),
  row('ListResourceTags', 'NotFound InvalidArn InvalidMarker'),
  row('ListRetirableGrants', 'DependencyTimeout InvalidMarker InvalidArn NotFound'),
  row(
    'PutKeyPolicy',
    'NotFound InvalidArn MalformedPolicyDocument DependencyTimeout UnsupportedOperation LimitExceeded KMSInvalidState',
  ),
  row(
    'ReEncrypt',
    'NotFound Disabled InvalidCiphertext KeyUnavailable IncorrectKey DependencyTimeout InvalidKeyUsage InvalidGrantToken KMSInvalidState DryRunOperation',
  ),
  row(
    'ReplicateKey',
    'AlreadyExists Disabled InvalidArn KMSInvalidState LimitExceeded MalformedPolicyDocument NotFound Tag UnsupportedOperation',
  ),
  row(
    'RetireGrant',
    'InvalidArn InvalidGrantToken InvalidGrantId NotFound DependencyTimeout KMSInvalidState DryRunOperation',
  ),
  row('RevokeGrant', 'NotFound DependencyTimeout InvalidArn InvalidGrantId KMSInvalidState DryRunOperation'),
  row(
    'RotateKeyOnDemand',
    'NotFound Disabled InvalidArn DependencyTimeout KMSInvalidState UnsupportedOperation LimitExceeded Conflict',
  ),
  row('ScheduleKeyDeletion', 'NotFound InvalidArn DependencyTimeout KMSInvalidState'),
  row(
    'Sign',
    'NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken KMSInvalidState DryRunOperation',
  ),
  row('TagResource', 'NotFound InvalidArn KMSInvalidState LimitExceeded Tag'),
  row('UntagResource', 'NotFound InvalidArn KMSInvalidState Tag'),
  row('UpdateAlias', 'DependencyTimeout NotFound LimitExceeded KMSInvalidState'),
  row('UpdateKeyDescription', 'NotFound InvalidArn DependencyTimeout KMSInvalidState'),
  row('UpdatePrimaryRegion', 'Disabled InvalidArn KMSInvalidState NotFound UnsupportedOperation'),
  row(
    'Verify',
    'NotFound Disabled KeyUnavailable DependencyTimeout InvalidKeyUsage InvalidGrantToken KMSInvalidState KMSInvalidSignature DryRunOperation',
  ),
  row(
    'VerifyMac',
    'NotFound Disabled KeyUnavailable InvalidKeyUsage InvalidGrantToken KMSInvalidMac KMSInvalidState DryRunOperation',
  ),
]);
