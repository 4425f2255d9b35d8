import { describe, expect, it } from 'vitest';
import { CALL_PARAMETERS } from '../../src/catalogue/call-parameters.js';
import { KMS_OPERATIONS } from '../../src/catalogue/kms-operations.js';
import { SQS_OPERATIONS } from '../../src/catalogue/sqs-operations.js';

const names = (api: string) => [...(CALL_PARAMETERS.get(api)?.keys() ?? [])].toSorted();

describe('the parameters of calls', () => {
  it('are known of every operation of SQS and KMS', () => {
    const sqs = [...SQS_OPERATIONS.values()].map(({ name }) => `sqs:${name}`);
    const kms = [...KMS_OPERATIONS.values()].map(({ name }) => `kms:${name}`);
    expect([...CALL_PARAMETERS.keys()].toSorted()).toEqual([...sqs, ...kms].toSorted());
  });

  it.each([
    ['sqs:PurgeQueue', ['QueueUrl']],
    ['sqs:CreateQueue', ['Attributes', 'QueueName', 'tags']],
    ['kms:ListKeys', ['Limit', 'Marker']],
    [
      'kms:GenerateDataKeyPairWithoutPlaintext',
      ['DryRun', 'EncryptionContext', 'GrantTokens', 'KeyId', 'KeyPairSpec'],
    ],
    [
      'kms:GenerateDataKey',
      ['DryRun', 'EncryptionContext', 'GrantTokens', 'KeyId', 'KeySpec', 'NumberOfBytes', 'Recipient'],
    ],
  ])('of %s are those of its service model', (api, expected) => {
    expect(names(api)).toEqual(expected);
  });

  it('say how each is written', () => {
    const grant = CALL_PARAMETERS.get('kms:CreateGrant');
    expect(grant?.get('Operations')).toBe('texts');
    expect(grant?.get('Constraints')).toBe('constraints');
    expect(CALL_PARAMETERS.get('kms:TagResource')?.get('Tags')).toBe('tags');
    expect(CALL_PARAMETERS.get('sqs:TagQueue')?.get('Tags')).toBe('pairs');
  });
});
