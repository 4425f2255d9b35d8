import type { FactRef } from './rule.js';

/** A fact that no rule implements, and why. */
export interface NotModelled {
  readonly fact: FactRef;
  readonly reason: string;
}

/** Facts about AWS that decide nothing here: what is checked elsewhere, what is left out, and what is to come. */
export const NOT_MODELLED: readonly NotModelled[] = [
  { fact: 'iam:EV-8', reason: 'errors inside AWS are not simulated' },
  {
    fact: 'iam:PR-2',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:NP-1',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:NP-2',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:SCP-6',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:SCP-7',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  { fact: 'iam:SCP-8', reason: 'tasks of the root user outside the services that are simulated' },
  {
    fact: 'iam:SCP-9',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:RCP-1',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:RCP-6',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:VPCE-4',
    reason: 'which denials of another account’s endpoint are missing from a trail is not documented',
  },
  {
    fact: 'iam:G-A3',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:G-A4',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:G-A6',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  {
    fact: 'iam:G-A7',
    reason: 'a check of documents: it refuses or warns when a policy is read, and decides no request',
  },
  { fact: 'iam:W-8', reason: 'later: a practice that lint will check' },
  { fact: 'kms:KP-10', reason: 'which Regions an account has enabled is not known' },
  { fact: 'kms:KX-8', reason: 'an internal action of KMS that no caller sends' },
  { fact: 'kms:KC-1', reason: 'nothing to model: there is no such condition key' },
  { fact: 'sqs:A-9', reason: 'what the console calls beside the operation is not simulated' },
  { fact: 'sqs:P-14', reason: 'nothing to hold back: every condition key is read in every policy' },
  { fact: 'sqs:E-8', reason: 'a mistake in a service model, which nothing reads' },
  { fact: 'sqs:L-4', reason: 'retention is not simulated: messages stay' },
  { fact: 'sqs:L-12', reason: 'the console is not simulated' },
  {
    fact: 'sqs:V-1',
    reason:
      'host names of endpoints are not simulated; that an endpoint of SQS takes HTTPS only is checked when a scenario is read',
  },
  { fact: 'err:M-7', reason: 'an older wording of an answer, which AWS does not print any more' },
  { fact: 'err:M-8', reason: 'a misspelled sample on a page, which nothing prints' },
];
