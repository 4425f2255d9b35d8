import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/evaluator/decide.js';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: false });
const isLine = ajv.compile(read('schema/decide-line-1.json') as object);
const isAnswer = ajv.compile(read('schema/decide-answer-1.json') as object);
const { cases } = read('test/conformance/kms-examples.json') as { readonly cases: readonly object[] };

describe('the published schemas of decide', () => {
  it('describe every worked KMS example and its answer', () => {
    for (const example of cases) {
      expect(isLine(example), JSON.stringify(isLine.errors)).toBe(true);
      expect(isAnswer(decide(example)), JSON.stringify(isAnswer.errors)).toBe(true);
    }
  });

  it.each([
    ['a line without a request', {}],
    ['a request without an action', { request: { principal: 'anonymous', resource: '*' } }],
    [
      'levels that are no list',
      { request: { principal: 'anonymous', action: 'sqs:SendMessage', resource: '*' }, scps: {} },
    ],
    ['an action with a wildcard', { request: { principal: 'anonymous', action: 'sqs:*', resource: '*' } }],
  ])('refuse %s, and so does decide', (_what, line) => {
    expect(isLine(line)).toBe(false);
    const answer = decide(line);
    expect(answer.decision).toBe('invalid');
    expect(isAnswer(answer)).toBe(true);
  });
});
