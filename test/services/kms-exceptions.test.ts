import { describe, expect, it } from 'vitest';
import {
  COMMON_KMS_EXCEPTIONS,
  KMS_EXCEPTIONS,
  kmsExceptionStatus,
} from '../../src/catalogue/kms-exceptions.js';
import { FLOW_CASES, replayCase } from '../conformance/flow-cases.js';

/** KMS API Reference (2026), the errors of each operation, without the suffix `Exception`. */
const MODELLED: Readonly<Record<string, string>> = {
  CancelKeyDeletion: 'NotFound, InvalidArn, DependencyTimeout, KMSInvalidState',
  CreateAlias: 'DependencyTimeout, AlreadyExists, NotFound, InvalidAliasName, LimitExceeded, KMSInvalidState',
  CreateGrant:
    'NotFound, Disabled, DependencyTimeout, InvalidArn, InvalidGrantToken, LimitExceeded, KMSInvalidState, DryRunOperation',
  CreateKey:
    'MalformedPolicyDocument, DependencyTimeout, InvalidArn, UnsupportedOperation, LimitExceeded, Tag, CustomKeyStoreNotFound, CustomKeyStoreInvalidState',
  Decrypt:
    'NotFound, Disabled, InvalidCiphertext, KeyUnavailable, IncorrectKey, InvalidKeyUsage, DependencyTimeout, InvalidGrantToken, KMSInvalidState, DryRunOperation',
  DeleteAlias: 'DependencyTimeout, NotFound, KMSInvalidState',
  DeleteImportedKeyMaterial: 'InvalidArn, UnsupportedOperation, DependencyTimeout, NotFound, KMSInvalidState',
  DeriveSharedSecret:
    'NotFound, Disabled, KeyUnavailable, DependencyTimeout, InvalidGrantToken, InvalidKeyUsage, KMSInvalidState, DryRunOperation',
  DescribeKey: 'NotFound, InvalidArn, DependencyTimeout',
  DisableKey: 'NotFound, InvalidArn, DependencyTimeout, KMSInvalidState',
  DisableKeyRotation:
    'NotFound, Disabled, InvalidArn, DependencyTimeout, KMSInvalidState, UnsupportedOperation',
  EnableKey: 'NotFound, InvalidArn, DependencyTimeout, LimitExceeded, KMSInvalidState',
  EnableKeyRotation:
    'NotFound, Disabled, InvalidArn, DependencyTimeout, KMSInvalidState, UnsupportedOperation',
  Encrypt:
    'NotFound, Disabled, KeyUnavailable, DependencyTimeout, InvalidKeyUsage, InvalidGrantToken, KMSInvalidState, DryRunOperation',
  GenerateDataKey:
    'NotFound, Disabled, KeyUnavailable, DependencyTimeout, InvalidKeyUsage, InvalidGrantToken, KMSInvalidState, DryRunOperation',
  GenerateDataKeyPair:
    'NotFound, Disabled, KeyUnavailable, DependencyTimeout, InvalidKeyUsage, InvalidGrantToken, KMSInvalidState, UnsupportedOperation, DryRunOperation',
  GenerateDataKeyPairWithoutPlaintext:
    'NotFound, Disabled, KeyUnavailable, DependencyTimeout, InvalidKeyUsage, InvalidGrantToken, KMSInvalidState, UnsupportedOperation, DryRunOperation',
  GenerateDataKeyWithoutPlaintext:
    'NotFound, Disabled, KeyUnavailable, DependencyTimeout, InvalidKeyUsage, InvalidGrantToken, KMSInvalidState, DryRunOperation',
  GenerateMac:
    'NotFound, Disabled, KeyUnavailable, InvalidKeyUsage, InvalidGrantToken, KMSInvalidState, DryRunOperation',
  GenerateRandom:
    'DependencyTimeout, UnsupportedOperation, CustomKeyStoreNotFound, CustomKeyStoreInvalidState',
  GetKeyLastUsage: 'NotFound, InvalidArn, DependencyTimeout',
  GetKeyPolicy: 'NotFound, InvalidArn, DependencyTimeout, KMSInvalidState',
  GetKeyRotationStatus: 'NotFound, InvalidArn, DependencyTimeout, KMSInvalidState, UnsupportedOperation',
  GetParametersForImport: 'InvalidArn, UnsupportedOperation, DependencyTimeout, NotFound, KMSInvalidState',
  GetPublicKey:
    'NotFound, Disabled, KeyUnavailable, DependencyTimeout, UnsupportedOperation, InvalidArn, InvalidGrantToken, InvalidKeyUsage, KMSInvalidState',
  ImportKeyMaterial:
    'InvalidArn, UnsupportedOperation, DependencyTimeout, NotFound, KMSInvalidState, InvalidCiphertext, IncorrectKeyMaterial, ExpiredImportToken, InvalidImportToken',
  ListAliases: 'DependencyTimeout, InvalidMarker, InvalidArn, NotFound',
  ListGrants: 'NotFound, DependencyTimeout, InvalidMarker, InvalidGrantId, InvalidArn, KMSInvalidState',
  ListKeyPolicies: 'NotFound, InvalidArn, DependencyTimeout, KMSInvalidState',
  ListKeyRotations: 'NotFound, InvalidArn, InvalidMarker, KMSInvalidState, UnsupportedOperation',
  ListKeys: 'DependencyTimeout, InvalidMarker',
  ListResourceTags: 'NotFound, InvalidArn, InvalidMarker',
  ListRetirableGrants: 'DependencyTimeout, InvalidMarker, InvalidArn, NotFound',
  PutKeyPolicy:
    'NotFound, InvalidArn, MalformedPolicyDocument, DependencyTimeout, UnsupportedOperation, LimitExceeded, KMSInvalidState',
  ReEncrypt:
    'NotFound, Disabled, InvalidCiphertext, KeyUnavailable, IncorrectKey, DependencyTimeout, InvalidKeyUsage, InvalidGrantToken, KMSInvalidState, DryRunOperation',
  ReplicateKey:
    'AlreadyExists, Disabled, InvalidArn, KMSInvalidState, LimitExceeded, MalformedPolicyDocument, NotFound, Tag, UnsupportedOperation',
  RetireGrant:
    'InvalidArn, InvalidGrantToken, InvalidGrantId, NotFound, DependencyTimeout, KMSInvalidState, DryRunOperation',
  RevokeGrant: 'NotFound, DependencyTimeout, InvalidArn, InvalidGrantId, KMSInvalidState, DryRunOperation',
  RotateKeyOnDemand:
    'NotFound, Disabled, InvalidArn, DependencyTimeout, KMSInvalidState, UnsupportedOperation, LimitExceeded, Conflict',
  ScheduleKeyDeletion: 'NotFound, InvalidArn, DependencyTimeout, KMSInvalidState',
  Sign: 'NotFound, Disabled, KeyUnavailable, DependencyTimeout, InvalidKeyUsage, InvalidGrantToken, KMSInvalidState, DryRunOperation',
  TagResource: 'NotFound, InvalidArn, KMSInvalidState, LimitExceeded, Tag',
  UntagResource: 'NotFound, InvalidArn, KMSInvalidState, Tag',
  UpdateAlias: 'DependencyTimeout, NotFound, LimitExceeded, KMSInvalidState',
  UpdateKeyDescription: 'NotFound, InvalidArn, DependencyTimeout, KMSInvalidState',
  UpdatePrimaryRegion: 'Disabled, InvalidArn, KMSInvalidState, NotFound, UnsupportedOperation',
  Verify:
    'NotFound, Disabled, KeyUnavailable, DependencyTimeout, InvalidKeyUsage, InvalidGrantToken, KMSInvalidState, KMSInvalidSignature, DryRunOperation',
  VerifyMac:
    'NotFound, Disabled, KeyUnavailable, InvalidKeyUsage, InvalidGrantToken, KMSInvalidMac, KMSInvalidState, DryRunOperation',
};

const STATUS: Readonly<Record<string, number>> = {
  NotFoundException: 400,
  InvalidArnException: 400,
  DisabledException: 400,
  KMSInvalidStateException: 400,
  KeyUnavailableException: 500,
  InvalidKeyUsageException: 400,
  IncorrectKeyException: 400,
  InvalidCiphertextException: 400,
  InvalidGrantTokenException: 400,
  InvalidGrantIdException: 400,
  KMSInvalidSignatureException: 400,
  KMSInvalidMacException: 400,
  UnsupportedOperationException: 400,
  DryRunOperationException: 400,
  LimitExceededException: 400,
  MalformedPolicyDocumentException: 400,
  AlreadyExistsException: 400,
  InvalidAliasNameException: 400,
  InvalidMarkerException: 400,
  TagException: 400,
  ConflictException: 400,
  DependencyTimeoutException: 500,
  KMSInternalException: 500,
  ThrottlingException: 400,
  ValidationException: 400,
  AccessDeniedException: 400,
};

describe('the exceptions of KMS', () => {
  it.each(Object.entries(MODELLED))('of %s are those of its page', (operation, names) => {
    const wanted = names.split(', ').map((name) => `${name}Exception`);
    expect([...(KMS_EXCEPTIONS.get(operation.toLowerCase())?.modelled ?? [])].sort()).toEqual(wanted.sort());
  });

  it('are listed for no other operation', () => {
    expect([...KMS_EXCEPTIONS.values()].map(({ name }) => name).sort()).toEqual(Object.keys(MODELLED).sort());
  });

  it.each(Object.entries(STATUS))('%s comes with HTTP status %i', (name, http) => {
    expect(kmsExceptionStatus(name)).toBe(http);
  });

  it('are the only ones that a direct call is answered with', () => {
    const answers = FLOW_CASES.flatMap(replayCase).flatMap(({ step, outcome: { refusal } }) =>
      step.op.startsWith('kms:') && refusal !== undefined ? [[step.op.slice(4), refusal.error] as const] : [],
    );
    expect(answers.length).toBeGreaterThan(100);
    const strange = answers.filter(([operation, { code }]) => {
      const modelled = KMS_EXCEPTIONS.get(operation.toLowerCase())?.modelled ?? [];
      return !modelled.includes(code) && !COMMON_KMS_EXCEPTIONS.includes(code);
    });
    expect(strange.map(([operation, { code }]) => `${operation} ${code}`)).toEqual([]);
    expect(answers.filter(([, { code, http }]) => http !== kmsExceptionStatus(code))).toEqual([]);
  });
});
