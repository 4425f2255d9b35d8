import { describe, expect, it } from 'vitest';
import { runCall } from '../../src/replay/run-call.js';
import {
  call,
  DELEGATES,
  EVERYTHING,
  grant,
  key,
  policy,
  role,
  SHOP,
  world,
} from '../explain/small-world.js';

const ADMIN = role('admin', [policy('identity', 'admin', EVERYTHING)]);

describe('the grants of a key', () => {
  it.each([
    [49_999, undefined],
    [50_000, 'LimitExceededException'],
  ])('%s before the next one: %s', (count, code) => {
    const one = grant('g', `arn:aws:iam::${SHOP}:role/worker`, ['Decrypt']);
    const grants = Array.from({ length: count }, () => one);
    const before = world({
      principals: [ADMIN],
      keys: [key('orders-key', policy('key', 'key', DELEGATES), { grants })],
    });
    const parameters = new Map([
      ['GranteePrincipal', 'admin'],
      ['Operations', 'Encrypt'],
    ]);
    const outcome = runCall(before, call(ADMIN, 'kms:CreateGrant', 'orders-key', { parameters }));
    expect(outcome.refusal?.error.code).toBe(code);
  });

  it.each([
    ['ForAllValues:StringEquals', 'kms:GrantOperations', 'Decrypt'],
    ['ForAnyValue:StringEquals', 'kms:GrantOperations', 'Decrypt'],
    ['StringNotEquals', 'kms:GranteePrincipal', 'arn:aws:iam::111122223333:role/worker'],
    ['StringEquals', 'kms:RetiringPrincipal', 'arn:aws:iam::111122223333:role/worker'],
    ['StringEqualsIfExists', 'kms:GrantConstraintType', 'EncryptionContextEquals'],
  ])('who asks for one and does not say which gets no sure answer under %s %s', (operator, name, value) => {
    const may = {
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Condition: { [operator]: { [name]: value } },
    };
    const asker = role('asker', [policy('identity', 'asker', may)]);
    const before = world({
      principals: [asker],
      keys: [key('orders-key', policy('key', 'key', DELEGATES), {})],
    });
    const { refusal } = runCall(before, call(asker, 'kms:CreateGrant', 'orders-key', {}));
    expect(refusal?.undetermined).toBe(true);
    expect(refusal?.asked?.verdict.dependsOn).toEqual([name]);
  });
});
