import { describe, expect, it } from 'vitest';
import { complaints, HEAD, SHOP, scenarioOf, thing } from './in-memory.js';

const KEY = `arn:aws:kms:us-east-1:${SHOP}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Open', Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
});
const PRINTED = {
  QueueArn: `arn:aws:sqs:us-east-1:${SHOP}:orders`,
  VisibilityTimeout: '45',
  KmsMasterKeyId: KEY,
  KmsDataKeyReusePeriodSeconds: '600',
  SqsManagedSseEnabled: 'false',
  Policy: POLICY,
  RedrivePolicy: JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:us-east-1:${SHOP}:orders-dlq`,
    maxReceiveCount: 3,
  }),
};

/** A JSON scenario, so that attributes stand in it as the command line printed them. */
function withAttributes(attributes: unknown): string {
  const queues = { orders: { attributes }, 'orders-dlq': {} };
  return JSON.stringify({ gainsay: 1, region: 'us-east-1', account: SHOP, queues });
}

describe('attributes as get-queue-attributes prints them', () => {
  it.each([
    ['inline', PRINTED, {}],
    ['inline with the wrapping', { Attributes: PRINTED }, {}],
    ['in a file', 'printed.json', { 'printed.json': JSON.stringify({ Attributes: PRINTED }) }],
  ])('describe a queue, %s', (_, attributes, others) => {
    const queue = thing(
      scenarioOf(withAttributes(attributes), others, 'x.json').world.estate.queues,
      'orders',
    );
    expect(queue).toMatchObject({
      encryption: { sse: 'kms', key: KEY, reusePeriod: 600_000 },
      redrive: { to: 'orders-dlq', maxReceives: 3 },
      visibilityTimeout: 45_000,
    });
    expect(queue.policy?.statements[0]).toMatchObject({ sid: 'Open' });
  });

  it.each([
    [{}, { sse: 'sqs' }],
    [{ SqsManagedSseEnabled: 'true' }, { sse: 'sqs' }],
    [{ SqsManagedSseEnabled: 'false' }, { sse: 'none' }],
    [{ KmsMasterKeyId: '', SqsManagedSseEnabled: 'false' }, { sse: 'none' }],
    [{ KmsMasterKeyId: 'alias/x' }, { sse: 'kms', key: 'alias/x', reusePeriod: 300_000 }],
  ])('say the encryption: %j', (attributes, encryption) => {
    const { queues } = scenarioOf(withAttributes(attributes), {}, 'x.json').world.estate;
    expect(thing(queues, 'orders').encryption).toEqual(encryption);
  });

  it.each([
    ['VisibilityTimeout: soon', '`VisibilityTimeout` is `soon`'],
    ['VisibilityTimeout: -1', '`VisibilityTimeout` is `-1`'],
    ['VisibilityTimeout: 43201', '`VisibilityTimeout` is `43201`'],
    ['VisibilityTimeout: 1e3', '`VisibilityTimeout` is `1e3`'],
    ['VisibilityTimeout: [30]', '`VisibilityTimeout` is a list'],
    ['VisibilityTimeout: ""', '`VisibilityTimeout` is ``'],
    ['KmsDataKeyReusePeriodSeconds: 59', '`KmsDataKeyReusePeriodSeconds` is `59`'],
    ['KmsDataKeyReusePeriodSeconds: NaN', '`KmsDataKeyReusePeriodSeconds` is `NaN`'],
    ['SqsManagedSseEnabled: yes', '`SqsManagedSseEnabled` is `yes`'],
    ['Visibility: 30', 'SQS has no queue attribute `Visibility`'],
    ['RedrivePolicy: "{}"', 'the redrive policy names no `deadLetterTargetArn`'],
    [`RedrivePolicy: '{"deadLetterTargetArn": "dlq"}'`, '`deadLetterTargetArn` is `dlq`'],
    [
      `RedrivePolicy: '{"deadLetterTargetArn": "arn:aws:sqs:us-east-1:111122223333:x", "maxReceiveCount": "many"}'`,
      '`maxReceiveCount` is `many`',
    ],
  ])('are refused where AWS cannot have printed them: %s', (line, message) => {
    const [first, ...more] = complaints(`${HEAD}queues:\n  orders:\n    attributes:\n      ${line}\n`);
    expect(first?.replace(/^\S+ /, '')).toBe(message);
    expect(more).toEqual([]);
  });

  it('are refused at their place in the file when their JSON is broken', () => {
    expect(complaints(`${HEAD}queues:\n  orders:\n    attributes:\n      RedrivePolicy: '{'\n`)[0]).toMatch(
      /^7:\d+ the document ends/,
    );
    expect(complaints(`${HEAD}queues:\n  orders: { attributes: no.json }\n`)).toEqual([
      '5:25 the file `no.json` does not exist',
    ]);
  });
});
