import { describe, expect, it } from 'vitest';
import { POLICY_SIZE_QUOTAS, QUEUE_POLICY_QUOTAS } from '../../src/catalogue/quotas.js';
import {
  QUEUE_ATTRIBUTES,
  queueAttribute,
  READ_ONLY_QUEUE_ATTRIBUTES,
} from '../../src/catalogue/sqs-attributes.js';

describe('quotas', () => {
  it.each([
    ['user-inline-policies', 2048, 'charactersWithoutWhiteSpace'],
    ['group-inline-policies', 5120, 'charactersWithoutWhiteSpace'],
    ['role-inline-policies', 10240, 'charactersWithoutWhiteSpace'],
    ['managed-policy', 6144, 'charactersWithoutWhiteSpace'],
    ['role-trust-policy', 2048, 'charactersWithoutWhiteSpace'],
    ['session-policies', 2048, 'characters'],
    ['scp', 5120, 'characters'],
    ['rcp', 5120, 'characters'],
    ['key-policy', 32768, 'bytes'],
    ['queue-policy', 8192, 'bytes'],
    ['vpc-endpoint-policy', 20480, 'characters'],
  ])('%s holds at most %i %s', (name, limit, unit) => {
    expect(POLICY_SIZE_QUOTAS.get(name)).toMatchObject({ limit, unit });
  });

  it('a queue policy holds 20 statements, 50 principals, 10 conditions and 7 actions a statement', () => {
    const limits = Object.entries(QUEUE_POLICY_QUOTAS).map(([name, quota]) => [name, quota.limit]);
    expect(Object.fromEntries(limits)).toEqual({
      statements: 20,
      principals: 50,
      conditions: 10,
      actions: 7,
    });
  });
});

describe('queue attributes', () => {
  it.each([
    ['DelaySeconds', 0, 900, '0'],
    ['MaximumMessageSize', 1024, 1048576, '1048576'],
    ['MessageRetentionPeriod', 60, 1209600, '345600'],
    ['ReceiveMessageWaitTimeSeconds', 0, 20, '0'],
    ['VisibilityTimeout', 0, 43200, '30'],
    ['KmsDataKeyReusePeriodSeconds', 60, 86400, '300'],
  ])('%s lies between %i and %i, and is %s until it is set', (name, min, max, preset) => {
    expect(queueAttribute(name)).toMatchObject({ value: { kind: 'integer', min, max }, default: preset });
  });

  it('are 15 that can be set, and none of them is read-only', () => {
    expect(QUEUE_ATTRIBUTES.size).toBe(15);
    for (const name of READ_ONLY_QUEUE_ATTRIBUTES) expect(queueAttribute(name)).toBeUndefined();
  });

  it('are found in any letter case, and nothing is found by inherited names', () => {
    expect(queueAttribute('kmsmasterkeyid')?.name).toBe('KmsMasterKeyId');
    for (const name of ['__proto__', 'constructor', '']) expect(queueAttribute(name)).toBeUndefined();
  });
});
