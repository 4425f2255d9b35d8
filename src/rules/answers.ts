import type { Rule } from './rule.js';

const SQS_MODEL = 'SQS API Reference, Common Errors and the errors of each action';
const DENIED = 'IAM User Guide, Troubleshoot access denied error messages';

/** What AWS answers and records, as a program and a person read it. None of these decides a request. */
export const ANSWER_RULES = {
  'ANSWER-DENIAL-SENTENCE': {
    says: 'an access-denied sentence names the caller (a role by its session), the action, mostly the resource, and one type of policy: `because no … allows` or `with an explicit deny in …`',
    page: DENIED,
    basis: 'assumed',
    facts: ['sqs:D-3', 'err:M-1', 'err:M-2', 'err:M-4'],
  },
  'ANSWER-POLICY-ARN': {
    says: 'an explicit denial of an SCP, RCP, permissions boundary, session policy or identity policy ends with the ARN of the policy, where it has one',
    page: DENIED,
    basis: 'assumed',
    facts: ['err:M-9'],
  },
  'ANSWER-SQS-DENIAL': {
    says: 'SQS answers its own denials with HTTP 403 and code AccessDenied, in JSON com.amazon.coral.service#AccessDeniedException with the member Message; its sentence has the action in lower case',
    page: 'measured on AWS',
    basis: 'observed',
    facts: ['sqs:D-1', 'sqs:D-2'],
  },
  'ANSWER-SQS-PROTOCOLS': {
    says: 'SQS answers an error as XML with its code, or as JSON with the name of the exception in __type and the code in the header x-amzn-query-error, which SDKs report as the error’s name',
    page: SQS_MODEL,
    basis: 'observed',
    facts: ['sqs:E-5', 'sqs:E-6', 'sqs:D-7', 'sqs:D-8'],
  },
  'ANSWER-KMS-THROUGH-SQS': {
    says: 'SQS repeats an error of KMS under the code KMS.…, with HTTP 400, and 403 for KMS.OptInRequired; its exceptions begin with com.amazonaws.sqs#Kms',
    page: SQS_MODEL,
    basis: 'documented',
    facts: ['sqs:E-4', 'sqs:E-6'],
  },
  'ANSWER-KMS-TRAIL': {
    says: 'each request to KMS leaves a record in the trail of the caller’s account and of the key’s, invoked by SQS where SQS made it; data keys from the cache and SSE-SQS leave none',
    page: 'KMS Developer Guide, Logging AWS KMS API calls with AWS CloudTrail',
    basis: 'observed',
    facts: ['sqs:X-2'],
  },
} as const satisfies Readonly<Record<string, Rule>>;
