import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMON_KMS_EXCEPTIONS, KMS_EXCEPTIONS } from '../../src/catalogue/kms-exceptions.js';
import { SQS_EXCEPTIONS, sqsException } from '../../src/catalogue/sqs-exceptions.js';
import { world } from '../../src/fuzz/world.js';
import { runCall } from '../../src/replay/run-call.js';
import { type AwsError, requestId } from '../../src/services/aws-error.js';
import { kmsError } from '../../src/services/kms-errors.js';
import { kmsErrorThroughSqs, sqsError } from '../../src/services/sqs-errors.js';
import { type WireAnswer, wireAnswers } from '../../src/services/wire-error.js';
import { type Call, PUBLIC_ENDPOINT } from '../../src/world/call.js';

const REQUEST = requestId(7);

function callOf(api: string): Call {
  return {
    api,
    caller: { kind: 'anonymous' },
    path: PUBLIC_ENDPOINT,
    parameters: new Map(),
    context: [],
  };
}

const SEND = callOf('sqs:SendMessage');

function answered(error: AwsError, protocol: WireAnswer['protocol']): WireAnswer {
  const found = wireAnswers(error, REQUEST).find((each) => each.protocol === protocol);
  if (found === undefined) throw new Error(`${error.service} does not speak ${protocol}`);
  return found;
}

/** Code of the query protocol, `__type` of the JSON protocol, HTTP status, as the API and AWS's own answers have them. */
const SQS: readonly (readonly [code: string, type: string, http: number])[] = [
  ['AccessDenied', 'com.amazon.coral.service#AccessDeniedException', 403],
  ['KMS.AccessDeniedException', 'com.amazonaws.sqs#KmsAccessDenied', 400],
  ['KMS.DisabledException', 'com.amazonaws.sqs#KmsDisabled', 400],
  ['KMS.InvalidKeyUsageException', 'com.amazonaws.sqs#KmsInvalidKeyUsage', 400],
  ['KMS.InvalidStateException', 'com.amazonaws.sqs#KmsInvalidState', 400],
  ['KMS.NotFoundException', 'com.amazonaws.sqs#KmsNotFound', 400],
  ['KMS.OptInRequired', 'com.amazonaws.sqs#KmsOptInRequired', 403],
  ['KMS.ThrottlingException', 'com.amazonaws.sqs#KmsThrottled', 400],
  ['AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 'com.amazonaws.sqs#BatchEntryIdsNotDistinct', 400],
  ['AWS.SimpleQueueService.BatchRequestTooLong', 'com.amazonaws.sqs#BatchRequestTooLong', 400],
  ['AWS.SimpleQueueService.EmptyBatchRequest', 'com.amazonaws.sqs#EmptyBatchRequest', 400],
  ['AWS.SimpleQueueService.InvalidBatchEntryId', 'com.amazonaws.sqs#InvalidBatchEntryId', 400],
  ['AWS.SimpleQueueService.MessageNotInflight', 'com.amazonaws.sqs#MessageNotInflight', 400],
  ['AWS.SimpleQueueService.NonExistentQueue', 'com.amazonaws.sqs#QueueDoesNotExist', 400],
  ['AWS.SimpleQueueService.PurgeQueueInProgress', 'com.amazonaws.sqs#PurgeQueueInProgress', 403],
  ['AWS.SimpleQueueService.QueueDeletedRecently', 'com.amazonaws.sqs#QueueDeletedRecently', 400],
  [
    'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    'com.amazonaws.sqs#TooManyEntriesInBatchRequest',
    400,
  ],
  ['AWS.SimpleQueueService.UnsupportedOperation', 'com.amazonaws.sqs#UnsupportedOperation', 400],
  ['InvalidAddress', 'com.amazonaws.sqs#InvalidAddress', 404],
  ['InvalidAttributeName', 'com.amazonaws.sqs#InvalidAttributeName', 400],
  ['InvalidAttributeValue', 'com.amazonaws.sqs#InvalidAttributeValue', 400],
  ['InvalidIdFormat', 'com.amazonaws.sqs#InvalidIdFormat', 400],
  ['InvalidMessageContents', 'com.amazonaws.sqs#InvalidMessageContents', 400],
  ['InvalidParameterValue', 'com.amazon.coral.service#InvalidParameterValueException', 400],
  ['InvalidSecurity', 'com.amazonaws.sqs#InvalidSecurity', 403],
  ['OverLimit', 'com.amazonaws.sqs#OverLimit', 403],
  ['QueueAlreadyExists', 'com.amazonaws.sqs#QueueNameExists', 400],
  ['ReceiptHandleIsInvalid', 'com.amazonaws.sqs#ReceiptHandleIsInvalid', 404],
  ['RequestThrottled', 'com.amazonaws.sqs#RequestThrottled', 403],
  ['ResourceNotFoundException', 'com.amazonaws.sqs#ResourceNotFoundException', 404],
];

describe('errors of SQS', () => {
  it('are all in this table', () => {
    expect([...SQS_EXCEPTIONS.values()].map(({ name }) => name)).toEqual(SQS.map(([code]) => code));
  });

  it.each(SQS)('%s is %s in JSON, with HTTP %i in both protocols', (code, type, http) => {
    const error = sqsError(SEND, code, 'no', { shape: 'Other', http });
    expect(error).toMatchObject({ code, shape: type, http: sqsException(code)?.http });
    const json = answered(error, 'json');
    expect(json).toMatchObject({ status: http, code: type });
    expect(json.headers['x-amzn-query-error']).toBe(`${code};Sender`);
    expect(json.headers['Content-Type']).toBe('application/x-amz-json-1.0');
    expect(JSON.parse(json.body)).toEqual({
      __type: type,
      [code === 'AccessDenied' ? 'Message' : 'message']: 'no',
    });
    const query = answered(error, 'query');
    expect(query).toMatchObject({ status: http, code });
    expect(query.body).toContain(
      `<ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message><Detail/></Error><RequestId>${REQUEST}</RequestId></ErrorResponse>`,
    );
    expect(query.headers['x-amzn-query-error']).toBeUndefined();
  });

  it('that pass on KMS’s keep its name and say what KMS said', () => {
    const passed = [
      'AccessDeniedException',
      'DisabledException',
      'InvalidKeyUsageException',
      'KMSInvalidStateException',
      'NotFoundException',
      'OptInRequired',
      'ThrottlingException',
    ].map((code) => kmsErrorThroughSqs(SEND, code, 'no', 1));
    expect(passed.map(({ code, http }) => [code, http])).toEqual(
      SQS.slice(1, 8)
        .toSorted(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other))
        .map(([code, , http]) => [code, http]),
    );
    expect(passed[0]?.message).toBe(
      `no (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: ${requestId(1)}; Proxy: null)`,
    );
  });

  it('about a missing queue are worded differently in the two protocols', () => {
    const [query, json] = wireAnswers(
      sqsError(SEND, 'AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.', {
        shape: 'QueueDoesNotExist',
      }),
      REQUEST,
    );
    expect(query?.body).toContain(
      '<Message>The specified queue does not exist for this wsdl version.</Message>',
    );
    expect(json?.body).toContain('"message":"The specified queue does not exist."');
  });

  it('stay well-formed XML, whatever a name says', () => {
    const error = sqsError(SEND, 'InvalidAttributeName', '<a> & \u0000 \ud800 ]]>', {
      shape: 'InvalidAttributeName',
    });
    expect(answered(error, 'query').body).toContain(
      '<Message>&lt;a&gt; &amp; \ufffd \ufffd ]]&gt;</Message>',
    );
  });

  it('are, in random worlds, those of the table', () => {
    fc.assert(
      fc.property(world(), ({ world: start, calls }) => {
        for (const call of calls) {
          const error = runCall(start, call).refusal?.error;
          if (error?.service !== 'sqs') continue;
          const known = sqsException(error.code);
          expect([error.code, error.shape, error.http]).toEqual([known?.name, known?.type, known?.http]);
        }
      }),
      { seed: 20261301, numRuns: 200 },
    );
  });
});

const ORDER = [
  'KMS.AccessDeniedException',
  'KMS.DisabledException',
  'KMS.InvalidKeyUsageException',
  'KMS.InvalidStateException',
  'KMS.NotFoundException',
  'KMS.OptInRequired',
  'KMS.ThrottlingException',
];

const KMS = [
  ...new Set([...COMMON_KMS_EXCEPTIONS, ...[...KMS_EXCEPTIONS.values()].flatMap(({ modelled }) => modelled)]),
];
const RETRIED = ['KeyUnavailableException', 'DependencyTimeoutException', 'KMSInternalException'];

describe('errors of KMS', () => {
  it('are many', () => {
    expect(KMS.length).toBeGreaterThan(25);
  });

  it.each(KMS)('%s is answered in JSON 1.1 only', (code) => {
    const answers = wireAnswers(kmsError(callOf('kms:Decrypt'), code, 'no'), REQUEST);
    expect(answers).toEqual([
      {
        protocol: 'json',
        status: RETRIED.includes(code) ? 500 : 400,
        code,
        headers: { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': REQUEST },
        body: JSON.stringify({
          __type: code,
          [code === 'AccessDeniedException' ? 'Message' : 'message']: 'no',
        }),
      },
    ]);
  });
});

describe('errors of other services', () => {
  const error = { http: 403, message: 'no', operation: 'Publish' };

  it('of SNS are query XML without details', () => {
    expect(wireAnswers({ ...error, code: 'AuthorizationError', service: 'sns' }, REQUEST)).toEqual([
      {
        protocol: 'query',
        status: 403,
        code: 'AuthorizationError',
        headers: { 'Content-Type': 'text/xml', 'x-amzn-RequestId': REQUEST },
        body: `<?xml version="1.0"?><ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>no</Message></Error><RequestId>${REQUEST}</RequestId></ErrorResponse>`,
      },
    ]);
  });

  it('of S3 name what could not be validated', () => {
    const details = {
      ArgumentName1: 'arn:aws:sqs:us-east-1:111122223333:orders',
      ArgumentValue1: 'no & never',
    };
    const [answer, ...others] = wireAnswers(
      { ...error, http: 400, code: 'InvalidArgument', service: 's3', details },
      REQUEST,
    );
    expect(others).toEqual([]);
    expect(answer?.body).toContain(
      '<Error><Code>InvalidArgument</Code><Message>no</Message><ArgumentName1>arn:aws:sqs:us-east-1:111122223333:orders</ArgumentName1><ArgumentValue1>no &amp; never</ArgumentValue1>',
    );
  });

  it('of Lambda are not documented here', () => {
    expect(
      wireAnswers({ ...error, code: 'InvalidParameterValueException', service: 'lambda' }, REQUEST),
    ).toEqual([]);
  });
});
