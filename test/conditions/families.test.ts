import { describe, expect, test } from 'vitest';
import { decodeBase64 } from '../../src/conditions/binary.js';
import { ask } from './ask.js';

const cases: readonly (readonly [operator: string, operand: string, value: string, expected: boolean])[] = [
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', 'a*', 'a*', true],
  ['StringEquals', '', '', true],
  ['StringEqualsIgnoreCase', 'Straße', 'STRAßE', true],
  ['StringEqualsIgnoreCase', 'TITLE', 'title', true],
  ['StringEqualsIgnoreCase', 'TITLE', 'tıtle', false],
  ['StringEqualsIgnoreCase', 'a*', 'ab', false],
  ['StringNotEqualsIgnoreCase', 'A', 'a', false],
  ['StringLike', 'a*c', 'abc', true],
  ['StringLike', 'A*', 'abc', false],
  ['StringLike', 'home/${*}', 'home/*', true],
  ['StringLike', 'home/${*}', 'home/x', false],
  ['StringLike', 'a:*:c', 'a:b:b:c', true],
  ['StringNotLike', '?', 'ab', true],

  ['NumericEquals', '10', '10.0', true],
  ['NumericEquals', '1e400', '1e400', true],
  ['NumericEquals', '12345678901234567890', '12345678901234567891', false],
  ['NumericNotEquals', '0', '-0', false],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThan', '10', '10', false],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericLessThanEquals', '10', '10.1', false],
  ['NumericGreaterThan', '10', '10', false],
  ['NumericGreaterThan', '9', '10', true],
  ['NumericGreaterThanEquals', '10', '10', true],
  ['NumericGreaterThanEquals', '10', '9.99', false],
  ['NumericEquals', '16', '0x10', false],
  ['NumericNotEquals', '16', '0x10', true],
  ['NumericNotEquals', '${a}', '16', true],

  ['DateEquals', '2024-01-01T00:00:00Z', '1704067200', true],
  ['DateEquals', '2024', '2024-01-01T01:00+01:00', true],
  ['DateNotEquals', '2024', '2024-01-01', false],
  ['DateLessThan', '2024-01-01T00:00:00Z', '2023-12-31T23:59:59.999Z', true],
  ['DateLessThan', '2024', '2024', false],
  ['DateLessThanEquals', '2024', '2024', true],
  ['DateGreaterThan', '2024', '2024', false],
  ['DateGreaterThan', '2024-06-30T22:00:00+02:00', '2024-06-30T20:00:01Z', true],
  ['DateGreaterThanEquals', '2024', '2024', true],
  ['DateGreaterThanEquals', '2024', '2023', false],
  ['DateNotEquals', 'yesterday', '2024', true],

  ['Bool', 'true', 'true', true],
  ['Bool', 'True', 'TRUE', true],
  ['Bool', 'false', 'true', false],
  ['Bool', 'false', 'False', true],
  ['Bool', 'true', '1', false],
  ['Bool', 'true', 'truthy', false],

  ['BinaryEquals', 'QUJD', 'QUJD', true],
  ['BinaryEquals', 'QUJD', 'QUJE', false],
  ['BinaryEquals', 'QQ==', 'QR==', true],
  ['BinaryEquals', 'QQ', 'QQ', false],
  ['BinaryEquals', '', '', true],

  ['IpAddress', '203.0.113.0/24', '203.0.113.255', true],
  ['IpAddress', '203.0.113.0/24', '203.0.114.0', false],
  ['IpAddress', '203.0.113.7', '203.0.113.7', true],
  ['IpAddress', '203.0.113.7', '203.0.113.8', false],
  ['IpAddress', '2001:db8::/32', '2001:DB8:1::5', true],
  ['IpAddress', '2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
  ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
  ['NotIpAddress', '0.0.0.0/0', '2001:db8::1', true],
  ['IpAddress', '::/0', '203.0.113.7', false],
  ['IpAddress', '203.0.113.7', '::ffff:203.0.113.7', false],
  ['IpAddress', '::ffff:203.0.113.0/120', '::ffff:cb00:7107', true],

  [
    'ArnEquals',
    'arn:aws:sqs:us-east-1:111122223333:orders',
    'arn:aws:sqs:us-east-1:111122223333:orders',
    true,
  ],
  [
    'ArnEquals',
    'arn:aws:sqs:us-east-1:111122223333:orders',
    'arn:aws:sqs:us-east-1:111122223333:Orders',
    false,
  ],
  ['ArnEquals', 'arn:aws:sqs:*:111122223333:*', 'arn:aws:sqs:us-east-1:111122223333:orders', true],
  ['ArnLike', 'arn:aws:sqs:*', 'arn:aws:sqs:us-east-1:111122223333:orders', false],
  ['ArnLike', 'arn:*:orders', 'arn:aws:sqs:us-east-1:111122223333:orders', false],
  ['ArnLike', '*', 'arn:aws:sqs:us-east-1:111122223333:orders', false],
  ['ArnNotLike', '*', 'arn:aws:sqs:us-east-1:111122223333:orders', true],
  ['ArnLike', '*:*:*:*:*:*', 'arn:aws:sqs:us-east-1:111122223333:orders', true],
  ['ArnLike', '*:*:*:*:*:*', 'a:b:c:d:e:f', false],
  ['ArnLike', 'a:b:c:d:e:f', 'a:b:c:d:e:f', false],
  ['ArnLike', 'arn:aws:kms:us-*-1:*:key/*', 'arn:aws:kms:us-east-1:111122223333:key/a:b/c', true],
  ['ArnLike', 'arn:aws:sns:us-east-?:*:a*c', 'arn:aws:sns:us-east-1:1:a:b:c', true],
  ['ArnLike', 'arn:aws:s3:::bucket', 'arn:aws:s3:::bucket', true],
  ['ArnLike', 'arn:aws:s3:::*', 'arn:aws:s3:::', true],
  ['ArnLike', 'arn:aws:s3:?:*:*', 'arn:aws:s3:::bucket', false],
  ['ArnEquals', 'arn:aws:sqs:us-east-1:111122223333:orders', 'orders', false],
  ['ArnNotEquals', 'arn:aws:sqs:us-east-1:111122223333:orders', 'orders', true],
  ['ArnNotLike', 'arn:aws:sqs:*:*:*', 'arn:aws:sqs:us-east-1:111122223333:orders', false],
];

describe('operators by family', () => {
  test.each(cases)('%s %j on %j is %j', (operator, operand, value, expected) => {
    expect(ask(operator, operand, value)).toBe(String(expected));
  });

  test('ArnEquals and ArnLike give the same answers, and so do their negations', () => {
    for (const [operator, operand, value] of cases) {
      if (!operator.startsWith('Arn')) continue;
      expect(ask('ArnEquals', operand, value)).toBe(ask('ArnLike', operand, value));
      expect(ask('ArnNotEquals', operand, value)).toBe(ask('ArnNotLike', operand, value));
      expect(ask('ArnNotLike', operand, value)).not.toBe(ask('ArnLike', operand, value));
    }
  });

  test.each([
    ['', ''],
    ['QQ==', 'A'],
    ['QUI=', 'AB'],
    ['QUJD', 'ABC'],
    ['+/+/', '\u00fb\u00ff\u00bf'],
    ['QQ', undefined],
    ['QQ=', undefined],
    ['Q===', undefined],
    ['====', undefined],
    ['QU D', undefined],
    ['-_-_', undefined],
    ['QQ==QQ==', undefined],
  ])('base64 %j is %j', (text, bytes) => {
    expect(decodeBase64(text)).toBe(bytes);
  });

  test('names of object members are ordinary values', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(ask('StringEquals', ['x', 'y'], name)).toBe('false');
      expect(ask('StringEquals', [name, 'y'], name)).toBe('true');
      expect(ask('NumericEquals', '1', name)).toBe('false');
    }
  });

  test('more different values than are remembered are all read afresh', () => {
    for (let round = 0; round < 2; round += 1) {
      for (let i = 0; i < 300; i += 1) {
        expect(ask('NumericEquals', '7', String(i))).toBe(String(i === 7));
        expect(ask('NumericEquals', '7', `${'0'.repeat(300)}${i}`)).toBe(String(i === 7));
      }
    }
  });
});
