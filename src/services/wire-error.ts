import { sqsException } from '../catalogue/sqs-exceptions.js';
import type { AwsError } from './aws-error.js';

/** One HTTP answer, as it comes over the network. */
export interface WireAnswer {
  readonly protocol: 'query' | 'json' | 'rest-xml';
  readonly status: number;
  /** What names the error in this protocol: the element `Code`, or `__type`. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * An error as each protocol of its service carries it: SQS speaks query XML and JSON 1.0, KMS and EventBridge JSON 1.1, SNS query XML, S3
 * XML. Empty for a service whose answers are not documented here. `request` is the id of the request, which a replay makes up.
 * Pages: SQS API Reference and service model; measured for denials. Rules:
 * ANSWER-SQS-PROTOCOLS, ANSWER-SQS-DENIAL, ANSWER-KMS-THROUGH-SQS
 */
export function wireAnswers(error: AwsError, request: string): readonly WireAnswer[] {
  switch (error.service) {
    case 'sqs':
      return [queryAnswer(sqsInQuery(error), request, SQS), sqsInJson(error, request)];
    case 'kms':
    case 'events':
      return [inJson(error, request)];
    case 'sns':
      return [queryAnswer(error, request, SNS)];
    case 's3':
      return [inS3(error, request)];
    default:
      return [];
  }
}

interface QueryProtocol {
  readonly namespace: string;
  /** SQS has an element for details, which is empty. */
  readonly detail: string;
}

const SQS: QueryProtocol = { namespace: 'http://queue.amazonaws.com/doc/2012-11-05/', detail: '<Detail/>' };
const SNS: QueryProtocol = { namespace: 'http://sns.amazonaws.com/doc/2010-03-31/', detail: '' };

function queryAnswer(
  { code, message, http }: Pick<AwsError, 'code' | 'message' | 'http'>,
  request: string,
  { namespace, detail }: QueryProtocol,
): WireAnswer {
  const error = `<Error><Type>${fault(http)}</Type>${element('Code', code)}${element('Message', message)}${detail}</Error>`;
  return {
    protocol: 'query',
    status: http,
    code,
    headers: { 'Content-Type': 'text/xml', 'x-amzn-RequestId': request },
    body: `<?xml version="1.0"?><ErrorResponse xmlns="${namespace}">${error}${element('RequestId', request)}</ErrorResponse>`,
  };
}

/** The one message that differs between the protocols of SQS. Recorded. */
function sqsInQuery(error: AwsError): AwsError {
  if (error.message !== 'The specified queue does not exist.') return error;
  return { ...error, message: 'The specified queue does not exist for this wsdl version.' };
}

/** The name of the exception is the type, and the code of the query protocol travels in a header, which SDKs report. */
function sqsInJson({ code, shape, message, http }: AwsError, request: string): WireAnswer {
  const known = sqsException(code);
  const type = known?.type ?? shape ?? code;
  return {
    protocol: 'json',
    status: http,
    code: type,
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'x-amzn-query-error': `${code};${fault(http)}`,
      'x-amzn-RequestId': request,
    },
    body: JSON.stringify({ __type: type, [known?.member ?? 'message']: message }),
  };
}

function inJson({ code, shape, message, http }: AwsError, request: string): WireAnswer {
  const member = code === 'AccessDeniedException' ? 'Message' : 'message';
  const type = shape ?? code;
  return {
    protocol: 'json',
    status: http,
    code: type,
    headers: { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': request },
    body: JSON.stringify({ __type: type, [member]: message }),
  };
}

/** What S3 says beside the message stands under its own names: `ArgumentName1`. */
function inS3({ code, message, http, details = {} }: AwsError, request: string): WireAnswer {
  const said = Object.entries(details).map(([name, value]) => element(name, value));
  return {
    protocol: 'rest-xml',
    status: http,
    code,
    headers: { 'Content-Type': 'application/xml', 'x-amz-request-id': request },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error>${element('Code', code)}${element('Message', message)}${said.join('')}${element('RequestId', request)}</Error>`,
  };
}

function fault(http: number): 'Sender' | 'Receiver' {
  return http < 500 ? 'Sender' : 'Receiver';
}

function element(name: string, text: string): string {
  return `<${name}>${escapedXml(text)}</${name}>`;
}

/** XML cannot hold control characters: they become the replacement character. */
function escapedXml(text: string): string {
  return text
    .replace(/\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, (character) =>
      /[\t\n\r]/.test(character) ? character : '\ufffd',
    )
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
