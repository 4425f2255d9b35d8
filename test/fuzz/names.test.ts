import { describe, expect, it } from 'vitest';
import { KMS_ACTIONS } from '../../src/catalogue/kms-actions.js';
import { SQS_ACTIONS } from '../../src/catalogue/sqs-operations.js';
import { readCaller } from '../../src/evaluator/caller.js';
import type { CallerKind } from '../../src/evaluator/request.js';
import {
  accountId,
  action,
  actionPattern,
  arn,
  caller,
  callerText,
  principalArn,
  serviceHost,
} from '../../src/fast-check.js';
import type { ArnService, PrincipalKind } from '../../src/fuzz/names.js';
import { policyFrom } from '../../src/policy/parse-policy.js';
import { isAccountId, parseArn } from '../../src/syntax/arn.js';
import { counts, samples, smallest } from './samples.js';

function principalsRead(AWS: string): readonly string[] {
  const document = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'sqs:*', Resource: '*' },
  };
  return policyFrom(document, 'queue').issues.map(({ message }) => message);
}

describe('an account id', () => {
  it('is twelve digits, now and then of an account that nothing else mentions', () => {
    const made = samples(accountId());
    expect(made.filter((id) => !isAccountId(id))).toEqual([]);
    expect(new Set(made).size).toBeGreaterThan(10);
    expect(made.some((id) => id.startsWith('0'))).toBe(true);
  });
  it('is one of those given', () => {
    expect(new Set(samples(accountId({ accounts: ['012345678901', '999999999999'] })))).toEqual(
      new Set(['012345678901', '999999999999']),
    );
  });
});

describe('an ARN', () => {
  it.each<ArnService>(['sqs', 'kms', 'sns', 's3', 'events', 'lambda', 'iam'])(
    'of %s has six parts',
    (service) => {
      const made = samples(arn(service)).map(parseArn);
      expect(made.filter((each) => each?.service !== service)).toEqual([]);
    },
  );
  it('is of every service when none is named', () => {
    expect(
      [...counts(samples(arn()), (text) => parseArn(text)?.service ?? 'none').keys()].toSorted(),
    ).toEqual(['events', 'iam', 'kms', 'lambda', 's3', 'sns', 'sqs']);
  });
  it('holds only the accounts, names and Regions that are given', () => {
    const made = samples(arn('sqs', { accounts: ['012345678901'], names: ['q'], regions: ['eu-north-1'] }));
    expect(new Set(made)).toEqual(new Set(['arn:aws:sqs:eu-north-1:012345678901:q']));
  });
});

describe('a principal', () => {
  it.each<readonly [PrincipalKind, string]>([
    ['user', 'iam:user'],
    ['role', 'iam:role'],
    ['session', 'sts:assumed-role'],
    ['federatedUser', 'sts:federated-user'],
    ['root', 'iam:root'],
  ])('of the kind %s can be named by a policy', (kind, begins) => {
    const made = samples(principalArn([kind]));
    expect(made.flatMap(principalsRead)).toEqual([]);
    const parts = made.map((text) => parseArn(text));
    expect(new Set(parts.map((each) => `${each?.service}:${each?.resource.split('/')[0]}`))).toEqual(
      new Set([begins]),
    );
  });
  it('shrinks to a user with no path in the first account', () => {
    expect(smallest(principalArn(), () => false)).toBe('arn:aws:iam::111122223333:user/orders');
  });
});

describe('a caller', () => {
  it('is anybody that a request can come from', () => {
    const kinds = counts(samples(caller()), ({ kind }) => kind);
    expect([...kinds.keys()].toSorted()).toEqual([
      'anonymous',
      'federatedUser',
      'root',
      'service',
      'session',
      'user',
    ]);
    expect(samples(callerText()).filter((text) => readCaller(text) === undefined)).toEqual([]);
    expect(samples(serviceHost()).filter((host) => readCaller(host)?.kind !== 'service')).toEqual([]);
  });
  it.each<CallerKind>(['user', 'session', 'federatedUser', 'root', 'service', 'anonymous'])(
    'can be a %s alone',
    (kind) => {
      expect([...counts(samples(caller({ kinds: [kind] })), (each) => each.kind).keys()]).toEqual([kind]);
    },
  );
});

describe('an action', () => {
  it('is one that SQS or KMS has, sending and receiving often among them', () => {
    const made = samples(action());
    expect(
      made.filter((name) => !SQS_ACTIONS.has(name.toLowerCase()) && !KMS_ACTIONS.has(name.toLowerCase())),
    ).toEqual([]);
    expect(counts(made, (name) => name).get('sqs:ReceiveMessage')).toBeGreaterThan(80);
    expect(new Set(made).size).toBeGreaterThan(60);
  });
  it('is one of those given', () => {
    expect(new Set(samples(action({ actions: ['s3:GetObject'] })))).toEqual(new Set(['s3:GetObject']));
  });
  it('is written as a pattern in every way in which policies do it', () => {
    const forms = counts(samples(actionPattern()), (text) =>
      text === '*'
        ? 'everything'
        : text.endsWith(':*')
          ? 'service'
          : text.endsWith('*')
            ? 'beginning'
            : 'whole',
    );
    expect([...forms.keys()].toSorted()).toEqual(['beginning', 'everything', 'service', 'whole']);
    expect(samples(actionPattern({}, true))).not.toContain('*');
  });
});
