import { describe, expect, it } from 'vitest';
import { HEAD, problemsOf, replay } from './in-memory.js';

const WORLD = `${HEAD}
principals: { admin: { policies: [admin.json] } }
keys:
  orders-key: { alias: alias/orders }
  imported-key: { origin: EXTERNAL, state: PendingImport }
queues:
  orders: { encryption: { kms: alias/orders, reuse: 5m } }
topics:
  news: { encryption: { kms: alias/orders } }
steps:
`;
const works = (...steps: readonly string[]): void =>
  expect(problemsOf(`${WORLD}${steps.map((step) => `  - ${step}\n`).join('')}`).flat()).toEqual([]);
const by = (call: string, rest = '', key = 'orders-key'): string =>
  `{ as: admin, call: kms:${call}, key: ${key}${rest} }`;
const refused = (code: string): string => `, expect: { denied: ${code} }`;
const SEND = '{ as: admin, call: sqs:SendMessage, queue: orders }';
const sqs = (call: string, code: string): string =>
  `{ as: admin, call: sqs:${call}, queue: orders, expect: { denied: ${code} } }`;

describe('a key', () => {
  it('is disabled and enabled, which is seen through SQS and SNS', () => {
    works(
      by('DisableKey'),
      by('Decrypt', refused('DisabledException')),
      sqs('SendMessage', 'KMS.DisabledException'),
      `{ as: admin, call: sns:Publish, topic: news, expect: { denied: KMSDisabledException } }`,
      by('EnableKey'),
      SEND,
    );
  });

  it('that is gone is known by its ARN: not found in its own account, and hidden from others', () => {
    const text = `${HEAD}
principals:
  admin: { policies: [admin.json] }
  far: { account: "444455556666", policies: [admin.json] }
keys: { orders-key: {} }
steps:
  - ${by('ScheduleKeyDeletion', ', with: { PendingWindowInDays: 7 }')}
  - { wait: 8d }
  - ${by('DescribeKey', refused('NotFoundException'))}
  - { as: admin, call: kms:DescribeKey, with: { KeyId: orders-key }, expect: { denied: NotFoundException } }
  - { as: far, call: kms:DescribeKey, key: orders-key, expect: { denied: AccessDeniedException } }
`;
    const results = replay(text);
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    const said = results.slice(2, 4).map(({ outcome }) => outcome?.refusal?.error.message);
    expect(said[0]).toMatch(/^Key 'arn:aws:kms:us-east-1:111122223333:key\/[0-9a-f-]{36}' does not exist$/);
    expect(said[1]).toBe(said[0]);
  });

  it('lets data keys outlive it', () => {
    works(
      SEND,
      by('DisableKey'),
      '{ as: admin, call: sqs:SendMessage, queue: orders, calls: [] }',
      '{ as: admin, call: sqs:ReceiveMessage, queue: orders, with: { MaxNumberOfMessages: 10 }, expect: { denied: KMS.DisabledException, at: kms:Decrypt } }',
      'wait: 5m',
      sqs('SendMessage', 'KMS.DisabledException'),
    );
  });

  it('is deleted when its waiting period ends, and messages cannot be read any more', () => {
    works(
      SEND,
      by('ScheduleKeyDeletion', ', with: { PendingWindowInDays: 7 }'),
      'wait: 5m',
      sqs('SendMessage', 'KMS.InvalidStateException'),
      by('EnableKey', refused('KMSInvalidStateException')),
      by('ScheduleKeyDeletion', refused('KMSInvalidStateException')),
      'wait: 10074m',
      by('DescribeKey'),
      'wait: 1m',
      by('DescribeKey', refused('NotFoundException')),
      sqs('SendMessage', 'KMS.NotFoundException'),
      sqs('ReceiveMessage', 'KMS.NotFoundException'),
      '{ check: { queue: orders, messages: 1 } }',
    );
  });

  it('is disabled after a cancelled deletion, and stays', () => {
    works(
      by('CancelKeyDeletion', refused('KMSInvalidStateException')),
      by('ScheduleKeyDeletion'),
      'wait: 29d',
      by('CancelKeyDeletion'),
      by('Decrypt', refused('DisabledException')),
      'wait: 2d',
      by('EnableKey'),
      by('Decrypt'),
    );
  });

  it('waits anew when its deletion is scheduled anew', () => {
    works(
      by('ScheduleKeyDeletion', ', with: { PendingWindowInDays: 7 }'),
      'wait: 6d',
      by('CancelKeyDeletion'),
      by('ScheduleKeyDeletion', ', with: { PendingWindowInDays: 7 }'),
      'wait: 2d',
      by('DescribeKey'),
      'wait: 5d',
      by('DescribeKey', refused('NotFoundException')),
    );
  });

  it.each(['6', '31', '7.5', 'many', '""'])('does not wait for %s days', (days) => {
    works(
      by(
        'ScheduleKeyDeletion',
        `, with: { PendingWindowInDays: ${days} }, expect: { denied: ValidationException, by: parameter }`,
      ),
    );
  });

  it.each([
    ['89', ', expect: { denied: ValidationException, by: parameter }'],
    ['2561', ', expect: { denied: ValidationException, by: parameter }'],
    ['90', ''],
    ['2560', ''],
  ])('is rotated every %s days, which changes no permission', (days, rest) => {
    works(
      by('EnableKeyRotation', `, with: { RotationPeriodInDays: ${days} }${rest}`),
      SEND,
      by('RotateKeyOnDemand'),
      SEND,
    );
  });
});

describe('a key with imported material', () => {
  const key = (call: string, rest = ''): string => by(call, rest, 'imported-key');
  const FOREVER = ', with: { ExpirationModel: KEY_MATERIAL_DOES_NOT_EXPIRE }';

  it('waits for the material, and for it again when it is deleted', () => {
    works(
      key('Decrypt', refused('KMSInvalidStateException')),
      key('ImportKeyMaterial', FOREVER),
      key('Decrypt'),
      key('DeleteImportedKeyMaterial'),
      key('Decrypt', refused('KMSInvalidStateException')),
      by('ImportKeyMaterial', `${FOREVER}${refused('UnsupportedOperationException')}`),
    );
  });

  it('lets its material expire, unless new material has come', () => {
    const until = (date: string): string => `, with: { ValidTo: "${date}" }`;
    works(
      key('ImportKeyMaterial', until('2026-01-02T00:00:00Z')),
      'wait: 23h',
      key('Decrypt'),
      key('ImportKeyMaterial', until('2026-01-03T00:00:00Z')),
      'wait: 2h',
      key('Decrypt'),
      'wait: 23h',
      key('Decrypt', refused('KMSInvalidStateException')),
    );
  });

  it.each([
    ', with: { ExpirationModel: KEY_MATERIAL_EXPIRES }',
    ', with: { ValidTo: "2025-01-01T00:00:00Z" }',
    ', with: { ValidTo: soon }',
    ', with: { ExpirationModel: KEY_MATERIAL_DOES_NOT_EXPIRE, ValidTo: "2027-01-01T00:00:00Z" }',
    ', with: { ExpirationModel: SOMETIMES }',
  ])('is not given material%s', (parameters) => {
    works(key('ImportKeyMaterial', `${parameters}, expect: { denied: ValidationException, by: parameter }`));
  });
});

describe('policies about the life of keys', () => {
  const statement = (action: string, condition: string): string =>
    `{ policies: [{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "kms:${action}", Resource: "*", Condition: ${condition} } }] }`;
  it.each([
    [
      'ScheduleKeyDeletion',
      '{ NumericGreaterThanEquals: { "kms:ScheduleKeyDeletionPendingWindowInDays": "14" } }',
      '',
      'allowed',
    ],
    [
      'ScheduleKeyDeletion',
      '{ NumericGreaterThanEquals: { "kms:ScheduleKeyDeletionPendingWindowInDays": "14" } }',
      ', with: { PendingWindowInDays: 7 }',
      'denied',
    ],
    [
      'EnableKeyRotation',
      '{ NumericEquals: { "kms:RotationPeriodInDays": "90" } }',
      ', with: { RotationPeriodInDays: 90 }',
      'allowed',
    ],
    ['EnableKeyRotation', '{ NumericEquals: { "kms:RotationPeriodInDays": "365" } }', '', 'denied'],
    [
      'DisableKey',
      '{ NumericGreaterThan: { "kms:TrailingDaysWithoutKeyUsage": "30" } }',
      '',
      '{ undetermined: ["kms:TrailingDaysWithoutKeyUsage"] }',
    ],
    [
      'ImportKeyMaterial',
      '{ StringEquals: { "kms:ExpirationModel": KEY_MATERIAL_EXPIRES } }',
      ', with: { ExpirationModel: KEY_MATERIAL_DOES_NOT_EXPIRE }',
      'denied',
    ],
  ])('%s with %s%s: %s', (action, condition, parameters, expected) => {
    const world = WORLD.replace('principals: {', `principals: { somebody: ${statement(action, condition)},`);
    const step = `  - { as: somebody, call: kms:${action}, key: ${action === 'ImportKeyMaterial' ? 'imported-key' : 'orders-key'}${parameters}, expect: ${expected} }\n`;
    expect(problemsOf(world + step).flat()).toEqual([]);
  });
});
