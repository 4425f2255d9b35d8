import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTemplate } from '../../src/syntax/policy-variable.js';
import { compileResourcePattern, resourcePieces } from '../../src/syntax/resource-pattern.js';
import { parsePieces } from '../../src/syntax/wildcard.js';
import { matchesByTable } from './wildcard-model.js';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd';
const QUEUE = 'arn:aws:sqs:us-east-1:111122223333:orders';

describe('wildcards in Resource', () => {
  test.each([
    ['*', KEY, true],
    ['arn:aws:kms:*', KEY, true],
    ['arn:aws:kms:*', QUEUE, false],
    ['arn:aws:kms:*:111122223333:key/*', KEY, true],
    ['arn:aws:kms:*:444455556666:key/*', KEY, false],
    ['arn:aws:sqs:us-east-*', QUEUE, true],
    ['arn:aws:sqs:us-*', QUEUE, true],
    ['arn:aws:sqs:us-*-1:111122223333:orders', QUEUE, true],
    ['arn:aws:sqs:us-*1:111122223333:orders', QUEUE, true],
    ['arn:aws:sqs:u*3:orders', QUEUE, false],
    ['arn:aws:sqs:u*1:1*3:orders', QUEUE, true],
    ['arn:aws:sqs:us-east-?:111122223333:orders', QUEUE, true],
    ['arn:aws:sqs:us-east-1?111122223333:orders', QUEUE, false],
    ['arn:aws:sqs:*:*:orders', QUEUE, true],
    ['arn:*:orders', QUEUE, true],
    ['arn:aws:sqs:us-east-1:111122223333:*', 'arn:aws:sqs:us-east-1:111122223333:a:b/c', true],
    ['arn:aws:sqs:us-east-1:111122223333:a*c', 'arn:aws:sqs:us-east-1:111122223333:a:b/c', true],
    ['arn:aws:sqs:us-east-1:111122223333:a?b', 'arn:aws:sqs:us-east-1:111122223333:a:b', true],
    ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket', true],
    ['arn:aws:s3:::bucket', 'arn:aws:s3:::Bucket', false],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket', false],
  ])('%s against %s is %j', (pattern, arn, expected) => {
    expect(compileResourcePattern(parsePieces(pattern)).test(arn)).toBe(expected);
  });

  test('stars side by side end a segment when the last of them does', () => {
    expect(compileResourcePattern(parsePieces('arn:aws:kms:**')).test(KEY)).toBe(true);
    expect(compileResourcePattern(parsePieces('arn:aws:sqs:u**3:orders')).test(QUEUE)).toBe(false);
  });

  test('variables stay in place and move no segment', () => {
    const { parts } = parseTemplate('arn:aws:s3:e*t:*:bucket/${aws:username}/*', { wildcards: true });
    expect(resourcePieces(parts).map((part) => part.kind)).toEqual([
      'text',
      'anyButColon',
      'text',
      'any',
      'text',
      'variable',
      'text',
      'any',
    ]);
  });

  test('random patterns are matched as the table says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 12 });
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ':', '*', '?', 'b'), maxLength: 12 }),
        text,
        (pattern, value) => {
          const pieces = parsePieces(pattern);
          return compileResourcePattern(pieces).test(value) === matchesByTable(resourcePieces(pieces), value);
        },
      ),
      { seed: 20261127, numRuns: 20_000 },
    );
  });
});
