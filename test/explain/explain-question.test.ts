import { describe, expect, it } from 'vitest';
import { questionFrom } from '../../src/evaluator/question-from.js';
import type { Question } from '../../src/evaluator/read-question.js';
import { type Allowance, allowedLines, explainAllowed } from '../../src/explain/allowed.js';
import { explainQuestion } from '../../src/explain/explain-question.js';
import { whyLines } from '../../src/explain/why.js';
import { runQuestion } from '../../src/replay/run-question.js';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const WORKER = 'arn:aws:sts::111122223333:assumed-role/worker/run-1';
const document = (...Statement: readonly Readonly<Record<string, unknown>>[]) => ({
  Version: '2012-10-17',
  Statement,
});
const ALL = document({ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' });

function questionOf(line: unknown): Question {
  const read = questionFrom(line);
  if (!read.ok) throw new Error(read.issues[0].message);
  return read.value;
}

function allowance(line: unknown): Allowance {
  const [found, ...others] = explainAllowed(runQuestion(questionOf(line)));
  if (found === undefined || others.length > 0) throw new Error('one request is allowed once');
  return found;
}

describe('a single request', () => {
  const request = { principal: WORKER, action: 'sqs:SendMessage', resource: QUEUE };

  it('that is refused is explained as a call is, without a word about messages', () => {
    const explanation = explainQuestion(questionOf({ request }));
    expect(explanation).toMatchObject({ by: 'identity-policy', explicit: false, told: { who: 'caller' } });
    expect(explanation).not.toHaveProperty('fate');
  });

  it('of a service is made by that service, which is told', () => {
    const line = { request: { ...request, principal: 'sns.amazonaws.com' } };
    const explanation = explainQuestion(questionOf(line));
    expect(explanation?.told).toEqual({ who: 'caller' });
    expect(explanation?.chain.map(({ by }) => by)).toEqual(['SNS']);
  });

  it('that is allowed has nothing to explain', () => {
    expect(explainQuestion(questionOf({ request, identity: [ALL] }))).toBeUndefined();
  });

  it('that hangs on something says how to give it', () => {
    const identity = [
      document({
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      }),
    ];
    const line = { request: { ...request, context: { 'aws:SourceIp': { unknown: true } } }, identity };
    expect(explainQuestion(questionOf(line))?.dependsOn).toEqual([
      { on: 'aws:SourceIp', say: 'give it in the context of the request' },
    ]);
    const open: Question = {
      ...questionOf({ request }),
      policies: { identity: 'unknown', resource: 'none' },
    };
    expect(explainQuestion(open)?.dependsOn.map(({ on }) => on)).toEqual(['the identity policies']);
  });

  it('names policies that were given as values by their layer, and those given as text by line and column', () => {
    const lines = (identity: unknown) => {
      const explanation = explainQuestion(questionOf({ request, identity: [identity] }));
      return explanation === undefined ? [] : whyLines(explanation);
    };
    const other = document({ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: QUEUE });
    expect(lines(other).find((line) => line.startsWith('nearest'))).toContain(
      'identity policy 1: statement 1',
    );
    expect(lines(JSON.stringify(other, null, 2)).find((line) => line.startsWith('nearest'))).toContain(
      'identity policy 1:6:17: statement 1',
    );
  });
});

describe('what allowed a request', () => {
  it('is the statement that allows, and the condition that held', () => {
    const identity = [
      document({
        Sid: 'Office',
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      }),
    ];
    const request = {
      principal: WORKER,
      action: 'sqs:SendMessage',
      resource: QUEUE,
      context: { 'aws:SourceIp': '10.1.2.3' },
    };
    const found = allowance({ request, identity });
    expect(found).toMatchObject({ by: 'identity-policy', statement: { name: '`Office`' } });
    expect(found.matched).toMatchObject({
      key: 'aws:SourceIp',
      actual: { is: 'value', values: ['10.1.2.3'] },
    });
    expect(allowedLines(found)[2]).toBe(
      'matched  identity policy 1: aws:SourceIp is 10.1.2.3; `Office` wants 10.0.0.0/8',
    );
  });

  it('is, across accounts, the statement of the resource policy, and the one of the caller along with it', () => {
    const resourcePolicy = document({
      Sid: 'Open',
      Effect: 'Allow',
      Principal: { AWS: '444455556666' },
      Action: 'sqs:*',
      Resource: '*',
    });
    const request = {
      principal: 'arn:aws:iam::444455556666:user/eve',
      action: 'sqs:SendMessage',
      resource: QUEUE,
    };
    expect(allowance({ request, identity: [ALL], resourcePolicy })).toMatchObject({
      by: 'queue-policy',
      statement: { name: '`Open`' },
      along: { by: 'identity-policy', statement: { name: '`Everything`' } },
    });
  });

  it('is a grant, or the right of the root user', () => {
    const request = { principal: WORKER, action: 'kms:Decrypt', resource: KEY };
    const grants = [
      { id: 'grant-1', granteePrincipal: 'arn:aws:iam::111122223333:role/worker', operations: ['Decrypt'] },
    ];
    expect(allowedLines(allowance({ request, grants }))[1]).toBe(
      'because  grant grant-1 allows it: Decrypt for arn:aws:iam::111122223333:role/worker',
    );
    const root = {
      request: { principal: 'arn:aws:iam::111122223333:root', action: 'sqs:SendMessage', resource: QUEUE },
    };
    expect(allowedLines(allowance(root))[1]).toBe(
      'because  the root user of 111122223333 needs no policy that allows it',
    );
  });
});
