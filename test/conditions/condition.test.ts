import { describe, expect, test } from 'vitest';
import { compileCondition } from '../../src/conditions/condition.js';
import type { ContextSegment, RequestContext, Segment } from '../../src/conditions/context.js';
import { segmentOf, useOf, word } from './ask.js';

const SEGMENTS: readonly Segment[] = ['principal', 'network', 'resource', 'call'];
const none: ContextSegment = new Map();

describe('a compiled condition', () => {
  test.each(SEGMENTS)('looks its key up in the %s segment and nowhere else', (segment) => {
    const condition = { operator: useOf('StringEquals'), key: 'K', operands: ['a'] };
    const options = { variables: false, segment, many: false, segmentOf: () => segment };
    const { evaluate } = compileCondition(condition, options);
    for (const filled of SEGMENTS) {
      const empty: RequestContext = { principal: none, network: none, resource: none, call: none };
      const answer = evaluate({ ...empty, [filled]: new Map([['k', 'a']]) });
      expect(word(answer)).toBe(String(filled === segment));
    }
  });

  test.each(SEGMENTS)('looks a variable up in the %s segment when the key lives there', (segment) => {
    const condition = { operator: useOf('StringEquals'), key: 'k', operands: ['${V}'] };
    const options = { variables: true, segment: 'call', many: false, segmentOf: () => segment } as const;
    const { evaluate } = compileCondition(condition, options);
    const empty: RequestContext = {
      principal: none,
      network: none,
      resource: none,
      call: new Map([['k', 'a']]),
    };
    const own = new Map([...empty[segment], ['v', 'a']]);
    expect(word(evaluate({ ...empty, [segment]: own }))).toBe('true');
    expect(word(evaluate(empty))).toBe('false');
  });

  test('keys named like members of objects are just names', () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype']) {
      const condition = { operator: useOf('Null'), key, operands: ['true'] };
      const options = { variables: true, segment: 'call', many: undefined, segmentOf } as const;
      const { evaluate } = compileCondition(condition, options);
      const empty: RequestContext = { principal: none, network: none, resource: none, call: none };
      expect(word(evaluate(empty))).toBe('true');
      expect(word(evaluate({ ...empty, call: new Map([[key.toLowerCase(), 'x']]) }))).toBe('false');
    }
  });
});
