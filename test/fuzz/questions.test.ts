import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/evaluator/decide.js';
import { questionFrom } from '../../src/evaluator/question-from.js';
import { allowedLines, explainAllowed } from '../../src/explain/allowed.js';
import { explainQuestion } from '../../src/explain/explain-question.js';
import { columnsOf } from '../../src/explain/plain-text.js';
import { whyLines } from '../../src/explain/why.js';
import { grant, principalArn, type QuestionLine, question } from '../../src/fast-check.js';
import { runQuestion } from '../../src/replay/run-question.js';
import { counts, samples, smallest } from './samples.js';

const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';

function complaints(line: unknown): readonly string[] {
  return decide(line).issues.map(({ severity, message }) => `${severity}: ${message}`);
}

describe('a grant', () => {
  it('is read without a complaint', () => {
    const lines = samples(grant()).map((each) => ({
      request: {
        principal: 'arn:aws:iam::111122223333:user/alice',
        action: 'kms:Decrypt',
        resource: 'arn:aws:kms:us-east-1:111122223333:key/1',
      },
      grants: [each],
    }));
    expect(lines.flatMap(complaints)).toEqual([]);
  });
});

describe('a question', () => {
  const made = samples(question());

  it('is decided without a complaint, with every decision often enough to be worth asking', () => {
    expect(made.flatMap(complaints)).toEqual([]);
    const decisions = counts(made, (line) => decide(line).decision);
    for (const decision of ['allowed', 'explicitDeny', 'implicitDeny']) {
      expect(decisions.get(decision), decision).toBeGreaterThan(100);
    }
    expect([...decisions.keys()].toSorted()).toEqual(['allowed', 'explicitDeny', 'implicitDeny']);
  });

  it('is refused by every layer that there is', () => {
    const refused = made.map((line) => decide(line)).filter(({ decision }) => decision !== 'allowed');
    const deciders = counts(refused, ({ decidedBy }) => decidedBy ?? 'none');
    for (const layer of [
      'identity-policy',
      'queue-policy',
      'key-policy',
      'permissions-boundary',
      'session-policy',
      'scp',
      'rcp',
      'vpc-endpoint-policy',
    ]) {
      expect(deciders.has(layer), layer).toBe(true);
    }
  });

  it('hangs on something unknown only where that is allowed', () => {
    const open = samples(question({ unknown: true }));
    expect(open.flatMap(complaints)).toEqual([]);
    expect(counts(open, (line) => decide(line).decision).get('undetermined')).toBeGreaterThan(4);
  });

  it('carries a context that such a caller can have', () => {
    for (const { request } of made) {
      const { principal, context = {} } = request;
      const keys = Object.keys(context);
      const isService = !principal.startsWith('arn:') && principal !== 'anonymous';
      expect(isService && keys.some((key) => key.startsWith('aws:Principal') || key === 'aws:SourceIp')).toBe(
        false,
      );
      expect(!isService && keys.includes('aws:SourceArn')).toBe(false);
      expect(keys.includes('aws:SourceIp') && keys.includes('aws:SourceVpce')).toBe(false);
      expect(keys.includes('kms:ViaService') && !request.action.startsWith('kms:')).toBe(false);
    }
  });

  it('is a plain value: kept as JSON, it is the same question', () => {
    for (const line of made) expect(decide(JSON.parse(JSON.stringify(line)))).toEqual(decide(line));
  });

  it('can be explained, whatever the answer is', () => {
    for (const line of samples(question({ unknown: true }))) {
      const read = questionFrom(line);
      if (!read.ok) throw new Error(read.issues[0].message);
      const refused = explainQuestion(read.value);
      const lines =
        refused === undefined
          ? explainAllowed(runQuestion(read.value)).flatMap(allowedLines)
          : whyLines(refused);
      expect(lines.length).toBeGreaterThan(2);
      expect(lines.length).toBeLessThanOrEqual(8);
      for (const each of lines) expect(columnsOf(each)).toBeLessThanOrEqual(100);
    }
  });

  it('keeps what is given and draws the rest', () => {
    const resourcePolicy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:ReceiveMessage', Resource: QUEUE }],
    };
    const given = samples(
      question({
        principal: principalArn(['session'], { accounts: ['999999999999'] }),
        action: fc.constantFrom('sqs:ReceiveMessage', 'sqs:DeleteMessage'),
        resource: QUEUE,
        resourcePolicy,
        context: { 'aws:PrincipalOrgID': 'o-mine' },
        identity: [],
        boundary: null,
        scps: [],
        rcps: [],
      }),
    );
    expect(given.flatMap(complaints)).toEqual([]);
    for (const line of given) {
      expect(line.request.principal).toContain(':999999999999:assumed-role/');
      expect(line.request.resource).toBe(QUEUE);
      expect(line.resourcePolicy).toBe(resourcePolicy);
      expect(line.request.context).toMatchObject({ 'aws:PrincipalOrgID': 'o-mine' });
      expect(line.identity).toEqual([]);
      expect(line).not.toHaveProperty('boundary');
    }
    expect(new Set(given.map(({ request }) => request.action)).size).toBe(2);
    expect(
      samples(question({ action: 'sqs:SendMessage', resourcePolicy: null })).some(
        (line) => 'resourcePolicy' in line,
      ),
    ).toBe(false);
  });

  it('shrinks to the few things that matter', () => {
    const isAllowed = (line: QuestionLine) => decide(line).decision === 'allowed';
    expect(smallest(question(), (line) => !isAllowed(line))).toMatchInlineSnapshot(`
      {
        "request": {
          "action": "sqs:SendMessage",
          "context": {
            "aws:SourceIp": "203.0.113.9",
          },
          "principal": "arn:aws:iam::111122223333:root",
          "resource": "arn:aws:sqs:us-east-1:111122223333:orders",
        },
      }
    `);
    const byScp = (line: QuestionLine) => decide(line).decidedBy === 'scp';
    expect(smallest(question(), (line) => !byScp(line))).toMatchInlineSnapshot(`
      {
        "request": {
          "action": "sqs:SendMessage",
          "context": {
            "aws:SourceIp": "203.0.113.9",
          },
          "principal": "arn:aws:sts::111122223333:assumed-role/orders/run-1",
          "resource": "arn:aws:sqs:us-east-1:111122223333:orders",
        },
        "scps": [
          [
            {
              "Statement": [
                {
                  "Action": "*",
                  "Condition": {
                    "StringEquals": {
                      "aws:PrincipalOrgID": "o-a1b2c3d4e5",
                    },
                  },
                  "Effect": "Allow",
                  "Resource": "*",
                },
              ],
              "Version": "2012-10-17",
            },
          ],
        ],
      }
    `);
  });
});
