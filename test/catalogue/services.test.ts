import { describe, expect, it } from 'vitest';
import { EVENT_SOURCES, eventSourceOf } from '../../src/catalogue/event-sources.js';
import { kmsAction } from '../../src/catalogue/kms-actions.js';
import { PARTITIONS, partitionOf } from '../../src/catalogue/partitions.js';
import { RCP_SERVICES, SERVICE_PREFIXES } from '../../src/catalogue/service-prefixes.js';
import { fillsNetworkKey, isServicePrefix, supportsRcps } from '../../src/catalogue/services.js';
import { sqsAction } from '../../src/catalogue/sqs-operations.js';

describe('services', () => {
  it('that RCPs reach are 62, KMS, SQS, S3 and EventBridge among them, SNS not', () => {
    expect(RCP_SERVICES.size).toBe(62);
    for (const prefix of ['kms', 'sqs', 's3', 'events', 'sts', 'SQS'])
      expect(supportsRcps(prefix)).toBe(true);
    for (const prefix of ['sns', 'lambda', '__proto__', '']) expect(supportsRcps(prefix)).toBe(false);
  });

  it('have prefixes in lower case without blanks', () => {
    expect(SERVICE_PREFIXES.size).toBe(456);
    for (const prefix of SERVICE_PREFIXES) expect(prefix).toMatch(/^[a-z0-9-]+$/);
    for (const prefix of RCP_SERVICES) expect(SERVICE_PREFIXES.has(prefix), prefix).toBe(true);
    expect(isServicePrefix('KMS')).toBe(true);
    expect(isServicePrefix('constructor')).toBe(false);
  });

  it.each([
    ['kms', 'aws:SourceVpcArn', true],
    ['sqs', 'aws:SourceVpcArn', false],
    ['sqs', 'aws:VpceOrgID', true],
    ['sns', 'aws:VpceOrgID', false],
    ['sqs', 'aws:VpceAccount', false],
    ['events', 'aws:VpceOrgPaths', false],
    ['sqs', 'aws:SourceVpce', true],
    ['glue', 'aws:VpceAccount', undefined],
  ])('%s fills in %s: %s', (service, key, expected) => {
    expect(fillsNetworkKey(service, key)).toBe(expected);
  });
});

describe('event sources', () => {
  it.each([
    ['sns.amazonaws.com', 'sns'],
    ['s3.amazonaws.com', 's3'],
    ['events.amazonaws.com', 'events'],
  ])('%s is %s', (principal, name) => {
    expect(eventSourceOf(principal)?.name).toBe(name);
  });

  it('sqs.amazonaws.com is none, nor is a name that every object inherits', () => {
    for (const principal of ['sqs.amazonaws.com', '__proto__', 'constructor']) {
      expect(eventSourceOf(principal)).toBeUndefined();
    }
  });

  it('with a role need actions that exist', () => {
    for (const source of EVENT_SOURCES.values()) {
      if (source.caller === 'service') continue;
      for (const action of source.queueActions) expect(sqsAction(action)).toBeDefined();
      for (const action of source.keyActions) expect(kmsAction(action)).toBeDefined();
    }
  });
});

describe('partitions', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['nowhere-1', 'aws'],
  ])('the Region %s lies in %s', (region, partition) => {
    expect(partitionOf(region)).toBe(partition);
    expect(PARTITIONS.has(partition)).toBe(true);
  });
});
