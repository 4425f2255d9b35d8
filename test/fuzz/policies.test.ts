import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionKey } from '../../src/catalogue/condition-keys.js';
import { UNKNOWN } from '../../src/conditions/context.js';
import { parseOperator } from '../../src/conditions/operators.js';
import { authorize } from '../../src/evaluator/authorize.js';
import { contextFrom } from '../../src/evaluator/derive-context.js';
import {
  caller,
  conditionBlock,
  conditionOperator,
  contextEntries,
  policyDocument,
} from '../../src/fast-check.js';
import { parsePolicy, policyFrom } from '../../src/policy/parse-policy.js';
import type { PolicyType } from '../../src/policy/policy.js';
import { POLICY_TYPES } from '../../src/policy/policy-types.js';
import { counts, samples, smallest } from './samples.js';

const TYPES = Object.keys(POLICY_TYPES).filter((type): type is PolicyType =>
  Object.hasOwn(POLICY_TYPES, type),
);

describe.each(TYPES)('a policy document of the type %s', (type) => {
  it('is read without a complaint, as a value and as text', () => {
    const made = samples(policyDocument(type));
    const complaints = made.flatMap((document) => [
      ...policyFrom(document, type).issues,
      ...parsePolicy({ name: 'policy.json', text: JSON.stringify(document, null, 2) }, type).issues,
    ]);
    expect(complaints.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([]);
  });
});

describe('policy documents', () => {
  it('hold every element that there is', () => {
    const made = samples(policyDocument('queue')).flatMap(({ Statement }) => Statement);
    const elements = new Set(made.flatMap((statement) => Object.keys(statement)));
    expect([...elements].toSorted()).toEqual([
      'Action',
      'Condition',
      'Effect',
      'NotAction',
      'NotPrincipal',
      'NotResource',
      'Principal',
      'Resource',
      'Sid',
    ]);
  });
  it('speak only of the accounts and names that are given', () => {
    const text = JSON.stringify(
      samples(
        policyDocument('queue', {
          accounts: ['012345678901'],
          names: ['parcels'],
          actions: ['sqs:SendMessage'],
        }),
      ),
    );
    expect(text.match(/\b\d{12}\b/g)?.every((id) => id === '012345678901')).toBe(true);
    expect(text).not.toContain('orders');
    expect(text).not.toContain('kms:Decrypt');
  });
  it('shrink to one statement that allows everything', () => {
    expect(smallest(policyDocument('identity'), () => false)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    expect(smallest(policyDocument('queue'), () => false).Statement).toEqual([
      { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
    ]);
  });
  it('shrink to the one element that matters', () => {
    const denies = (document: { readonly Statement: readonly { readonly Effect: string }[] }) =>
      document.Statement.some(({ Effect }) => Effect === 'Deny');
    expect(smallest(policyDocument('scp'), (document) => !denies(document)).Statement).toEqual([
      { Effect: 'Deny', Action: '*', Resource: '*' },
    ]);
    const asks = (document: unknown) => JSON.stringify(document).includes('NotIpAddress');
    const { Statement } = smallest(policyDocument('key'), (document) => !asks(document));
    expect(Statement).toHaveLength(1);
    expect(Object.keys(Statement[0]?.Condition ?? {})).toHaveLength(1);
  });
});

describe('a condition operator', () => {
  it('is one that AWS has', () => {
    const made = samples(conditionOperator());
    expect(made.filter((name) => !parseOperator(name).ok)).toEqual([]);
    expect(new Set(made).size).toBeGreaterThan(60);
  });
  it.each([
    ['aws:SourceIp', ['ip', 'null']],
    ['aws:SourceArn', ['arn', 'null', 'string']],
    ['aws:SecureTransport', ['bool', 'null']],
    ['aws:PrincipalOrgID', ['null', 'string']],
    ['aws:CurrentTime', ['date', 'null']],
    ['aws:MultiFactorAuthAge', ['null', 'numeric']],
  ])('fits its key %s', (key, families) => {
    const found = counts(samples(conditionOperator(key)), (name) => {
      const parsed = parseOperator(name);
      return parsed.ok ? parsed.use.operator.family : 'none';
    });
    expect([...found.keys()].toSorted()).toEqual(families);
  });
  it('is a set operator exactly for keys that hold several values', () => {
    const isSet = (name: string) => name.startsWith('For') || name === 'Null';
    expect(samples(conditionOperator('aws:PrincipalOrgPaths')).every(isSet)).toBe(true);
    expect(samples(conditionOperator('aws:PrincipalOrgID')).some((name) => name.startsWith('For'))).toBe(
      false,
    );
  });
});

describe('a condition block', () => {
  it('names only the keys that are given', () => {
    const made = samples(conditionBlock({ keys: ['aws:SourceArn', 'my:Key'] }));
    const keys = new Set(made.flatMap((block) => Object.values(block).flatMap((each) => Object.keys(each))));
    expect([...keys].toSorted()).toEqual(['aws:SourceArn', 'my:Key']);
  });
});

describe('context entries', () => {
  it('hold one text under a single-valued key and a list under a multivalued one', () => {
    const entries = samples(contextEntries()).flat();
    const wrong = entries.filter(
      ([key, value]) => Array.isArray(value) !== (conditionKey(key)?.many ?? false),
    );
    expect(wrong).toEqual([]);
    expect(new Set(entries.map(([key]) => key)).size).toBeGreaterThan(60);
  });
  it('name each key once, and are unknown only where that is allowed', () => {
    for (const entries of samples(contextEntries())) {
      expect(new Set(entries.map(([key]) => key.toLowerCase())).size).toBe(entries.length);
      expect(entries.some(([, value]) => value === UNKNOWN)).toBe(false);
    }
    expect(
      samples(contextEntries({ unknown: true }))
        .flat()
        .some(([, value]) => value === UNKNOWN),
    ).toBe(true);
  });
  it('make contexts that any policy can be asked with', () => {
    const asked = fc.record({
      caller: caller(),
      entries: contextEntries({
        unknown: true,
        keys: ['aws:SourceIp', 'aws:PrincipalOrgID', 'aws:SourceVpce', 'aws:PrincipalTag/team'],
      }),
      identity: policyDocument('identity'),
      resource: policyDocument('queue'),
    });
    const decisions = counts(samples(asked), ({ caller: who, entries, identity, resource }) => {
      const one = policyFrom(identity, 'identity');
      const other = policyFrom(resource, 'queue');
      if (!one.ok || !other.ok) return 'invalid';
      const arn = 'arn:aws:sqs:us-east-1:111122223333:orders';
      const request = {
        caller: who,
        action: 'sqs:SendMessage',
        resource: { arn, account: '111122223333' },
        context: contextFrom(entries),
      };
      return authorize(request, { identity: [one.value], resource: other.value }).decision;
    });
    expect([...decisions.keys()].toSorted()).toEqual([
      'allowed',
      'explicitDeny',
      'implicitDeny',
      'undetermined',
    ]);
  });
});
