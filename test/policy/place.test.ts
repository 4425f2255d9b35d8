import { describe, expect, it } from 'vitest';
import { parsePolicy, policyFrom, policyFromNode } from '../../src/policy/parse-policy.js';
import {
  placeOfElement,
  placeOfStatement,
  type StatementPart,
  statementName,
} from '../../src/policy/place.js';
import type { Policy } from '../../src/policy/policy.js';
import type { Checked } from '../../src/syntax/issue.js';
import { scanJson } from '../../src/syntax/json-scanner.js';
import { nodeAt } from '../../src/syntax/locate.js';
import type { Place, Source } from '../../src/syntax/source.js';
import { readYaml } from '../../src/syntax/yaml-source.js';

const text = `{
  "Statement": [
    {
      "Sid": "First",
      "Effect": "Allow",
      "Principal": {
        "AWS": ["111122223333", "*"],
        "Service": "sns.amazonaws.com"
      },
      "NotAction": [
        "sqs:A",
        "sqs:B"
      ],
      "Resource": "*",
      "Condition": {
        "StringLike": {
          "aws:username": ["a", "b"]
        }
      }
    },
    { "Effect": "Deny", "Principal": "*", "Action": "sqs:*" }
  ]
}`;

function sound(result: Checked<Policy>): Policy {
  if (!result.ok) throw new Error(result.issues.map((issue) => issue.message).join('; '));
  return result.value;
}

const spot = (place: Place) => `${place.start?.line}:${place.start?.column}`;
const username: StatementPart = { of: 'condition', operator: 'StringLike', key: 'aws:username' };

describe('places in a policy file', () => {
  const policy = sound(parsePolicy({ name: 'queue.json', text }, 'queue'));

  it.each<readonly [string, number, StatementPart, number | undefined]>([
    ['5:17', 0, { of: 'effect' }, undefined],
    ['4:14', 0, { of: 'sid' }, undefined],
    ['10:20', 0, { of: 'action' }, undefined],
    ['12:9', 0, { of: 'action' }, 1],
    ['6:20', 0, { of: 'principal' }, undefined],
    ['7:33', 0, { of: 'principal' }, 1],
    ['8:20', 0, { of: 'principal' }, 2],
    ['14:19', 0, { of: 'resource' }, 0],
    ['17:11', 0, username, undefined],
    ['17:33', 0, username, 1],
    ['21:38', 1, { of: 'principal' }, 0],
    ['21:53', 1, { of: 'action' }, 0],
  ])('%s is statement %i, %j, entry %s', (expected, index, what, entry) => {
    expect(spot(placeOfElement(policy, index, what, entry))).toBe(expected);
  });

  it('what is not there stands where its statement, or its list, does', () => {
    expect(placeOfElement(policy, 1, { of: 'resource' })).toEqual(placeOfStatement(policy, 1));
    expect(placeOfElement(policy, 1, username, 3)).toEqual(placeOfStatement(policy, 1));
    expect(placeOfElement(policy, 0, { of: 'action' }, 9)).toEqual(
      placeOfElement(policy, 0, { of: 'action' }),
    );
    expect(spot(placeOfStatement(policy, 9))).toBe('2:16');
  });

  it('a condition is found by names as written, whatever they are', () => {
    for (const key of ['__proto__', 'constructor', 'AWS:username']) {
      const place = placeOfElement(policy, 0, { of: 'condition', operator: 'StringLike', key });
      expect(place).toEqual(placeOfStatement(policy, 0));
    }
  });

  it('a statement is called by its Sid or its number', () => {
    expect([statementName(policy, 0), statementName(policy, 1)]).toEqual(['`First`', 'statement 2']);
  });

  it('a single statement needs no list', () => {
    const single = sound(
      parsePolicy(
        { name: 'p', text: '{"Statement":\n{"Effect": "Deny", "Action": "*", "Resource": "*"}}' },
        'identity',
      ),
    );
    expect(spot(placeOfStatement(single, 0))).toBe('2:1');
    expect(placeOfElement(single, 0, { of: 'action' })).toMatchObject({
      pointer: ['Statement', 'Action'],
      start: { line: 2, column: 30 },
    });
  });
});

describe('the source of a policy', () => {
  it('is kept as it is when it cannot change, and copied when it can', () => {
    const frozen = Object.freeze({ name: 'queue.json', text });
    expect(sound(parsePolicy(frozen, 'queue')).origin.source).toBe(frozen);
    const open = { name: 'queue.json', text };
    const kept = sound(parsePolicy(open, 'queue')).origin.source;
    expect([kept, kept === open, Object.isFrozen(kept)]).toEqual([open, false, true]);
  });
});

describe('places of an inline policy', () => {
  const host: Source = { name: 'shop.scenario.json', text: `{"queues": {"orders": {"policy":\n${text}}}}` };
  const root = scanJson(host).node;
  const pointer = ['queues', 'orders', 'policy'];
  const node = root && nodeAt(root, pointer);

  it('are counted in the host file, with pointers from its root', () => {
    if (node === undefined) throw new Error('the host is sound');
    const policy = sound(policyFromNode(host, node, 'queue', { name: 'policy of orders' }, [], pointer));
    expect(policy.name).toBe('policy of orders');
    expect(placeOfElement(policy, 0, { of: 'action' }, 1)).toEqual({
      source: 'shop.scenario.json',
      pointer: [...pointer, 'Statement', 0, 'NotAction', 1],
      start: { line: 13, column: 9 },
      end: { line: 13, column: 16 },
    });
    expect(placeOfStatement(policy, 1)).toMatchObject({
      pointer: [...pointer, 'Statement', 1],
      start: { line: 22, column: 5 },
    });
  });

  it('are counted in a YAML host too', () => {
    const yaml: Source = {
      name: 's.yaml',
      text: 'queues:\n  orders:\n    policy:\n      Statement:\n        - Effect: Deny\n          Principal: "*"\n          Action: sqs:*\n          Resource: "*"\n',
    };
    const inner = readYaml(yaml).node;
    const at = inner && nodeAt(inner, pointer);
    if (at === undefined) throw new Error('the host is sound');
    const policy = sound(policyFromNode(yaml, at, 'queue', {}, [], pointer));
    expect(spot(placeOfElement(policy, 0, { of: 'action' }))).toBe('7:19');
  });

  it('a plain value has pointers and no lines', () => {
    const policy = sound(
      policyFrom(
        {
          Statement: [
            {
              Effect: 'Deny',
              Action: '*',
              Resource: '*',
              Condition: { StringLike: { 'aws:username': 'a' } },
            },
          ],
        },
        'identity',
        { name: 'mine' },
      ),
    );
    expect(placeOfElement(policy, 0, { of: 'action' })).toEqual({
      source: 'mine',
      pointer: ['Statement', 0, 'Action'],
    });
    expect(placeOfElement(policy, 0, username)).toEqual({
      source: 'mine',
      pointer: ['Statement', 0, 'Condition', 'StringLike', 'aws:username'],
    });
  });
});
