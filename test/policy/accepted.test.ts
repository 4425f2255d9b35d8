import { describe, expect, it } from 'vitest';
import { itFinds, policyOf, type Row } from './marked.js';

/** Forms met in deployed policies. None is an error; those that do something unexpected are told of. */
const ACCEPTED: readonly Row[] = [
  [
    'a missing Version',
    'queue',
    '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]}',
  ],
  [
    'the older Version',
    'identity',
    '{"Version": "2008-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}',
  ],
  [
    'service prefixes in capitals',
    'queue',
    '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": ["SQS:SendMessage", "SNS:Publish"], "Resource": "*"}}',
  ],
  [
    'Sids with blanks and hyphens in key policies',
    'key',
    '{"Statement": {"Sid": "Enable IAM User Permissions - all", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}}',
  ],
  [
    'Sids with other characters in queue and topic policies',
    'topic',
    '{"Id": "an id", "Statement": {"Sid": "__default_statement_ID", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "SNS:Publish", "Resource": "*"}}',
  ],
  [
    'an empty Sid',
    'identity',
    '{"Statement": {"Sid": "", "Effect": "Allow", "Action": "*", "Resource": "*"}}',
  ],
  [
    'repeated values, and numbers and booleans without quotes',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": ["s3:*", "s3:*"], "Resource": ["*"], "Condition": {"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"aws:MultiFactorAuthAge": 3600}}}}',
  ],
  [
    'short resource patterns and prefixes with a dot',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": "runtime.sagemaker:InvokeEndpoint", "Resource": ["arn:aws:logs:*", "arn:aws:sns:*:*", "arn:aws:s3:::"]}}',
  ],
  [
    'condition keys of any service',
    'identity',
    '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"codestar-connections:ProviderAction": "a"}}}}',
  ],
  [
    'no Resource in a resource policy',
    'queue',
    '{"Statement": ¦{"Effect": "Allow", "Principal": "*", "Action": "sqs:*"}}',
    'warning missing-element',
  ],
  [
    'operators in another letter case',
    'rcp',
    '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {¦"Stringlike": {"aws:PrincipalArn": "*"}}}}',
    'warning operator-letter-case',
  ],
  [
    'aws:SourceOwner in the default topic policy',
    'topic',
    '{"Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "SNS:Publish", "Resource": "arn:aws:sns:us-east-1:111122223333:news", "Condition": {"StringEquals": {"AWS:SourceOwner": "111122223333"}}}}',
  ],
  [
    'members in any order',
    'queue',
    '{"Statement": [{"Resource": "*", "Action": "sqs:*", "Principal": "*", "Effect": "Allow"}], "Id": "x", "Version": "2012-10-17"}',
  ],
];

describe('AWS accepts', () => {
  itFinds(ACCEPTED);

  it.each(ACCEPTED.map(([title, type, document]) => ({ title, type, document })))(
    '$title, and reads its statement',
    ({ type, document }) => {
      expect(policyOf(type, document.replaceAll('¦', '')).statements).toHaveLength(1);
    },
  );
});
