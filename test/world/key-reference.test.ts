import { describe, expect, it } from 'vitest';
import { awsManagedKey, keyByArn, resolveKey } from '../../src/world/key-reference.js';
import { arn, DELEGATES, KEY_ID, key, PARTNER, policy, SHOP, world } from '../explain/small-world.js';

const POLICY = policy('key', 'key', DELEGATES);
const OURS = key('ours', POLICY, { aliases: ['alias/orders', 'alias/second'] });
const THEIRS = key('theirs', POLICY, {
  arn: arn(`arn:aws:kms:us-east-1:${PARTNER}:key/22222222-2222-2222-2222-222222222222`),
  aliases: ['alias/orders'],
});
const ABROAD = key('abroad', POLICY, {
  arn: arn(`arn:aws:kms:eu-west-1:${SHOP}:key/33333333-3333-3333-3333-333333333333`),
  aliases: ['alias/abroad'],
});
const { estate } = world({ keys: [OURS, THEIRS, ABROAD] });
const HOME = { partition: 'aws', region: 'us-east-1', account: SHOP };

describe('a reference to a key', () => {
  it.each([
    ['alias/orders', 'ours', 'alias/orders'],
    ['alias/second', 'ours', 'alias/second'],
    [KEY_ID, 'ours', undefined],
    [`arn:aws:kms:us-east-1:${SHOP}:key/${KEY_ID}`, 'ours', undefined],
    [`arn:aws:kms:us-east-1:${SHOP}:alias/orders`, 'ours', 'alias/orders'],
    [`arn:aws:kms:us-east-1:${PARTNER}:alias/orders`, 'theirs', 'alias/orders'],
    [`arn:aws:kms:us-east-1:${PARTNER}:key/22222222-2222-2222-2222-222222222222`, 'theirs', undefined],
  ])('%s names %s', (reference, name, alias) => {
    const found = resolveKey(estate, reference, HOME);
    expect(found.key?.name).toBe(name);
    expect(found.alias).toBe(alias);
    expect(found.account).toBe(found.key?.arn.account);
  });

  it.each([
    ['alias/none', `arn:aws:kms:us-east-1:${SHOP}:alias/none`, SHOP],
    ['alias/Orders', `arn:aws:kms:us-east-1:${SHOP}:alias/Orders`, SHOP],
    ['alias/abroad', `arn:aws:kms:us-east-1:${SHOP}:alias/abroad`, SHOP],
    [
      '33333333-3333-3333-3333-333333333333',
      `arn:aws:kms:us-east-1:${SHOP}:key/33333333-3333-3333-3333-333333333333`,
      SHOP,
    ],
    [ABROAD.arn.text, ABROAD.arn.text, SHOP],
    [
      `arn:aws:kms:us-east-1:${PARTNER}:key/${KEY_ID}`,
      `arn:aws:kms:us-east-1:${PARTNER}:key/${KEY_ID}`,
      PARTNER,
    ],
    ['__proto__', `arn:aws:kms:us-east-1:${SHOP}:key/__proto__`, SHOP],
  ])('%s names no key of this Region', (reference, asked, account) => {
    expect(resolveKey(estate, reference, HOME)).toMatchObject({ arn: asked, account });
    expect(resolveKey(estate, reference, HOME).key).toBeUndefined();
  });

  it('is resolved where it is used', () => {
    expect(resolveKey(estate, 'alias/orders', { ...HOME, account: PARTNER }).key?.name).toBe('theirs');
    expect(resolveKey(estate, 'alias/abroad', { ...HOME, region: 'eu-west-1' }).key?.name).toBe('abroad');
  });

  it('to alias/aws/sqs names the key that AWS keeps for that account and Region', () => {
    const found = resolveKey(estate, 'alias/aws/sqs', HOME).key;
    expect(found).toMatchObject({ name: 'aws/sqs', manager: 'aws', aliases: ['alias/aws/sqs'] });
    expect(found).toBe(awsManagedKey('sqs', HOME));
    expect(resolveKey(estate, 'alias/aws/sqs', { ...HOME, account: PARTNER }).key?.arn.text).not.toBe(
      found?.arn.text,
    );
    expect(resolveKey(estate, 'alias/aws/sns', HOME).key?.arn.text).not.toBe(found?.arn.text);
  });

  it('to alias/aws/sqs gives way to a key of the file that has this alias', () => {
    const own = key('own', POLICY, { aliases: ['alias/aws/sqs'], manager: 'aws' });
    expect(resolveKey(world({ keys: [own] }).estate, 'alias/aws/sqs', HOME).key?.name).toBe('own');
  });
});

describe('the key of an ARN', () => {
  it('is one of the file, or the one that AWS keeps for SQS', () => {
    const managed = awsManagedKey('sqs', HOME);
    expect(keyByArn(estate, OURS.arn.text)).toBe(OURS);
    expect(keyByArn(estate, managed.arn.text)).toBe(managed);
    expect(keyByArn(estate, 'arn:aws:kms:us-east-1:111122223333:key/none')).toBeUndefined();
    expect(keyByArn(estate, 'none')).toBeUndefined();
  });
});
